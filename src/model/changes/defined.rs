//! What definitions are known by, kind by kind.

use std::borrow::Cow;

use crate::model::overriding::SUFFIX;
use crate::model::permissions::{Assignee, Assignment, Conditions, CustomPermission, Declaration, Granted, Instance, Policy, Role, Team};
use crate::model::{App, Name, Override, User};
use crate::source::Span;

/// A definition that can be told from others of its kind.
pub(super) trait Defined {
    /// What messages call one.
    const WHAT: &'static str;

    /// What it is known by; `None` for one that no change can mean.
    fn key(&self) -> Option<Cow<'_, str>>;

    /// Where that is written.
    fn place(&self) -> Span;

    /// What a name means by which one is removed.
    fn plain(name: &str) -> &str {
        name
    }
}

macro_rules! named {
    ($($kind:ty, $what:literal, $name:ident;)*) => {$(
        impl Defined for $kind {
            const WHAT: &'static str = $what;

            fn key(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Borrowed(&self.$name.value))
            }

            fn place(&self) -> Span {
                self.$name.span
            }
        }
    )*};
}

named! {
    App, "chat app", id;
    Declaration, "type", resource;
    CustomPermission, "custom permission", name;
    Role, "role", name;
    Team, "team", name;
    Policy, "policy", name;
}

impl Defined for User {
    const WHAT: &'static str = "user";

    fn key(&self) -> Option<Cow<'_, str>> {
        self.id.as_ref().map(|id| Cow::Borrowed(&*id.value))
    }

    fn place(&self) -> Span {
        self.id.as_ref().map_or(self.span, |id| id.span)
    }
}

impl Defined for Override {
    const WHAT: &'static str = "override";

    fn key(&self) -> Option<Cow<'_, str>> {
        self.app.as_ref().map(|app| Cow::Borrowed(&*app.value))
    }

    fn place(&self) -> Span {
        self.app.as_ref().map_or(self.span(), |app| app.span)
    }

    fn plain(name: &str) -> &str {
        name.strip_suffix(SUFFIX).unwrap_or(name)
    }
}

impl Defined for Instance {
    const WHAT: &'static str = "resource";

    fn key(&self) -> Option<Cow<'_, str>> {
        Some(format!("{}:{}", self.resource.value, self.id.value).into())
    }

    fn place(&self) -> Span {
        self.id.span
    }
}

impl Defined for (Name, Conditions) {
    const WHAT: &'static str = "condition set";

    fn key(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.0.value))
    }

    fn place(&self) -> Span {
        self.0.span
    }
}

impl Defined for Assignment {
    const WHAT: &'static str = "assignment";

    /// Who is given what, and how far it reaches; when is what a change can be about.
    fn key(&self) -> Option<Cow<'_, str>> {
        let quoted = |name: &Name| serde_json::Value::from(&*name.value).to_string();
        let what = match &self.what {
            Granted::Role(name) => format!("role {}", quoted(name)),
            Granted::Permission(name) => format!("permission {}", quoted(name)),
        };
        let to = match &self.to {
            Assignee::User { user, team: None } => format!("user {}", quoted(user)),
            Assignee::User { user, team: Some(team) } => format!("user {}, team {}", quoted(user), quoted(team)),
            Assignee::Team(team) => format!("team {}", quoted(team)),
            Assignee::Role(role) => format!("role {}", quoted(role)),
        };
        let project = self.terms.project.as_ref().map(|project| format!(", project {}", quoted(project))).unwrap_or_default();
        Some(format!("{what} to {to}{project}").into())
    }

    fn place(&self) -> Span {
        self.span
    }
}
