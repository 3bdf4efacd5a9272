//! Assignments: a role or a custom permission given to somebody, perhaps for a time.

use jiff::Timestamp;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Spanned;
use crate::model::fields::{Fields, Shape, deciding, known};
use crate::model::names::Name;
use crate::parse::Node;
use crate::source::Span;

/// An assignment.
#[derive(Debug)]
pub struct Assignment {
    /// The mapping.
    pub span: Span,
    /// Who is given something.
    pub to: Assignee,
    /// What.
    pub what: Granted,
    /// How far it reaches, and when.
    pub terms: Terms,
}

/// Who an assignment is to.
#[derive(Debug)]
pub enum Assignee {
    /// A user; with a team, reaching that team.
    User {
        /// The user's id.
        user: Name,
        /// The team it reaches.
        team: Option<Name>,
    },
    /// All members of a team, reaching that team.
    Team(Name),
    /// Everybody who holds a role.
    Role(Name),
}

/// What an assignment gives.
#[derive(Debug)]
pub enum Granted {
    /// A role.
    Role(Name),
    /// A custom permission.
    Permission(Name),
}

/// What limits an assignment. One that is limited is temporary.
#[derive(Debug)]
pub struct Terms {
    /// The project it is narrowed to.
    pub project: Option<Name>,
    /// When it begins.
    pub not_before: Option<Spanned<Timestamp>>,
    /// When it has ended.
    pub expires: Option<Spanned<Timestamp>>,
    /// Whether it was given in an emergency.
    pub emergency: Option<Spanned<bool>>,
}

impl Terms {
    /// Whether they say when an assignment counts, or that it is for an emergency.
    pub(in crate::model) fn says_when(&self) -> bool {
        self.not_before.is_some() || self.expires.is_some() || self.emergency.is_some()
    }

    /// Whether an assignment counts at the same times for the same reason.
    pub(in crate::model) fn counts_as(&self, other: &Self) -> bool {
        let times = |terms: &Self| [&terms.not_before, &terms.expires].map(|time| time.as_ref().map(|time| time.value));
        let emergency = |terms: &Self| terms.emergency.is_some_and(|emergency| emergency.value);
        times(self) == times(other) && emergency(self) == emergency(other)
    }
}

const ASSIGNMENT: Shape = Shape {
    what: "an assignment",
    fields: &[
        deciding("user"),
        deciding("team"),
        deciding("role"),
        deciding("permission"),
        deciding("project"),
        deciding("notBefore"),
        deciding("expires"),
        deciding("emergency"),
        known("reason"),
        known("approvedBy"),
        known("description"),
    ],
};

/// What an assignment has to say, for a message.
const FORMS: &str = "an assignment has `user` or `team`, and `role` or `permission`; or `role` and `permission`, which adds the permission to the role; `team` beside `user` narrows the reach";

impl Assignment {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = ASSIGNMENT.read(node, problems)?;
        let before = problems.len();
        let mut name = |field| fields.name(field, problems);
        let named = (name("user"), name("team"), name("role"), name("permission"));
        let terms = Terms::read(&fields, problems);
        // A name that cannot be read has been said to be so.
        let unread = problems.len() > before;
        let (to, what) = match named {
            (Some(user), team, Some(role), None) => (Assignee::User { user, team }, Granted::Role(role)),
            (Some(user), team, None, Some(permission)) => (Assignee::User { user, team }, Granted::Permission(permission)),
            (None, Some(team), Some(role), None) => (Assignee::Team(team), Granted::Role(role)),
            (None, Some(team), None, Some(permission)) => (Assignee::Team(team), Granted::Permission(permission)),
            (None, None, Some(role), Some(permission)) => (Assignee::Role(role), Granted::Permission(permission)),
            _ if unread => return None,
            _ => {
                let message = "this assignment does not say what is given to whom";
                problems.push(Diagnostic::new(Code::UnclearAssignment, node.span, message).help(FORMS));
                return None;
            }
        };
        Some(Self { span: node.span, to, what, terms })
    }
}

impl Terms {
    fn read(fields: &Fields<'_>, problems: &mut Vec<Diagnostic>) -> Self {
        let terms = Self {
            project: fields.name("project", problems),
            not_before: fields.time("notBefore", problems),
            expires: fields.time("expires", problems),
            emergency: fields.flag("emergency", problems),
        };
        if let (Some(from), Some(to)) = (terms.not_before, terms.expires)
            && to.value < from.value
        {
            problems.push(
                Diagnostic::new(Code::BackwardWindow, to.span, "this assignment ends before it begins")
                    .label("ends here")
                    .related(from.span, "begins here")
                    .help("it would never hold: correct one of the times"),
            );
        }
        let reason = fields.text("reason", problems).filter(|reason| !reason.value.trim().is_empty());
        fields.text("approvedBy", problems);
        if let Some(emergency) = terms.emergency.filter(|emergency| emergency.value && reason.is_none()) {
            problems.push(
                Diagnostic::new(Code::MissingField, emergency.span, "an emergency assignment needs the field `reason`")
                    .help("say why, for whoever reviews it"),
            );
        }
        terms
    }

    /// Whether it is limited, so that what it gives is temporary.
    pub fn is_temporary(&self) -> bool {
        self.project.is_some() || self.not_before.is_some() || self.expires.is_some() || self.emergency.is_some_and(|flag| flag.value)
    }
}
