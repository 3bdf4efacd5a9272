//! Changes to definitions: what a question supposes to be added, replaced or removed.
//!
//! A document of changes is a mapping of `add`, `replace` and `remove`, each a mapping of kinds. Under `add` and `replace` stand whole
//! definitions, under `remove` what names them. What comes of it is checked as if it were written so.

use std::borrow::Cow;
use std::collections::HashMap;

use super::permissions::{Assignee, Assignment, Conditions, CustomPermission, Declaration, Granted, Instance, Pattern, Policy, Role, Team};
use super::{App, Name, Override, Records, User, near};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Entry, KINDS, Node, Value, spelling::camel};
use crate::source::Span;

/// A definition that can be told from others of its kind.
trait Defined {
    /// What messages call one.
    const WHAT: &'static str;

    /// What it is known by; `None` for one that no change can mean.
    fn key(&self) -> Option<Cow<'_, str>>;

    /// Where that is written.
    fn place(&self) -> Span;
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

/// What the change is, as its key says.
const CHANGES: [&str; 3] = ["add", "replace", "remove"];

impl Records {
    /// Makes the changes of a document.
    pub fn change(&mut self, document: Node, problems: &mut Vec<Diagnostic>) {
        let span = document.span;
        let Value::Map(entries) = document.value else {
            problems.push(unclear(span, "a document of changes is a mapping"));
            return;
        };
        for entry in entries.into_iter().filter(|entry| !entry.value.is_null()) {
            if entry.value.entries().is_none() {
                problems.push(unclear(entry.value.span, &format!("what stands under `{}` is not a mapping of kinds", entry.key)));
                continue;
            }
            match &*entry.key {
                "add" => self.add_all(entry.value, problems),
                "replace" => self.replace_all(entry.value, problems),
                "remove" => self.remove_all(&entry.value, problems),
                other => {
                    let problem = unclear(entry.key_span, &format!("there is no change `{other}`"));
                    problems.push(match near::suggestion(other, CHANGES) {
                        Some(suggestion) => problem.label(suggestion),
                        None => problem,
                    });
                }
            }
        }
    }

    /// Definitions of a mapping of kinds, which can be of all kinds but the site's features: of those there is one, in parts.
    fn of_kinds(kinds: Node, problems: &mut Vec<Diagnostic>) -> Self {
        let mut found = Self::default();
        for entry in kinds.entries().unwrap_or_default() {
            let kind = camel(&entry.key);
            if kind == "siteFeatures" {
                problems.push(unclear(entry.key_span, "the site's features cannot be changed here"));
            } else if !KINDS.contains(&&*kind) {
                problems.push(no_kind(&entry.key, entry.key_span));
            }
        }
        found.kinds(kinds, problems);
        found
    }

    fn add_all(&mut self, kinds: Node, problems: &mut Vec<Diagnostic>) {
        let added = Self::of_kinds(kinds, problems);
        // The second of a name is found when all is put together.
        self.lost |= added.lost;
        self.apps.extend(added.apps);
        self.overrides.extend(added.overrides);
        self.users.extend(added.users);
        let (all, added) = (&mut self.permissions, added.permissions);
        all.declarations.extend(added.declarations);
        all.instances.extend(added.instances);
        all.custom.extend(added.custom);
        all.roles.extend(added.roles);
        all.teams.extend(added.teams);
        all.assignments.extend(added.assignments);
        all.policies.extend(added.policies);
        all.patterns.extend(added.patterns);
        all.conditions.extend(added.conditions);
    }

    fn replace_all(&mut self, kinds: Node, problems: &mut Vec<Diagnostic>) {
        let new = Self::of_kinds(kinds, problems);
        self.lost |= new.lost;
        let mut others = Vec::new();
        for overriding in new.overrides {
            // An override can stand inside its app.
            let inside = self.apps.iter_mut().filter(|app| overriding.key() == app.key()).find_map(|app| app.overriding.as_mut());
            match inside {
                Some(inside) => **inside = overriding,
                None => others.push(overriding),
            }
        }
        replace(&mut self.overrides, others, problems);
        replace(&mut self.apps, new.apps, problems);
        replace(&mut self.users, new.users, problems);
        let (all, new) = (&mut self.permissions, new.permissions);
        replace(&mut all.declarations, new.declarations, problems);
        replace(&mut all.instances, new.instances, problems);
        replace(&mut all.custom, new.custom, problems);
        replace(&mut all.roles, new.roles, problems);
        replace(&mut all.teams, new.teams, problems);
        replace(&mut all.assignments, new.assignments, problems);
        replace(&mut all.policies, new.policies, problems);
        replace(&mut all.conditions, new.conditions, problems);
        for pattern in new.patterns {
            match all.patterns.iter_mut().find(|known| known.is_of_kind(&pattern)) {
                Some(known) => *known = pattern,
                None => problems.push(missing("pattern", pattern.name(), pattern.place(), "replace", std::iter::empty())),
            }
        }
    }

    fn remove_all(&mut self, kinds: &Node, problems: &mut Vec<Diagnostic>) {
        // An override can stand inside an app that is removed too.
        let is_override = |entry: &&Entry| camel(&entry.key) == "overrides";
        let (first, others): (Vec<&Entry>, Vec<&Entry>) = kinds.entries().unwrap_or_default().iter().partition(is_override);
        for entry in first.into_iter().chain(others) {
            let Value::List(named) = &entry.value.value else {
                problems.push(unclear(entry.value.span, &format!("what is removed from `{}` is a list of names", entry.key)));
                continue;
            };
            let all = &mut self.permissions;
            match &*camel(&entry.key) {
                "chatApps" => remove(&mut self.apps, named, problems),
                "overrides" => self.remove_overrides(named, problems),
                "users" => remove(&mut self.users, named, problems),
                "resources" => remove(&mut all.declarations, named, problems),
                "instances" => remove(&mut all.instances, named, problems),
                "permissions" => remove(&mut all.custom, named, problems),
                "roles" => remove(&mut all.roles, named, problems),
                "teams" => remove(&mut all.teams, named, problems),
                "policies" => remove(&mut all.policies, named, problems),
                "conditions" => remove(&mut all.conditions, named, problems),
                "assignments" => self.remove_assignments(named, problems),
                "patterns" => self.remove_patterns(named, problems),
                "siteFeatures" => problems.push(unclear(entry.key_span, "the site's features cannot be changed here")),
                _ => problems.push(no_kind(&entry.key, entry.key_span)),
            }
        }
    }

    fn remove_overrides(&mut self, named: &[Node], problems: &mut Vec<Diagnostic>) {
        let mut others = Vec::new();
        for node in named {
            let inside = self.apps.iter_mut().find(|app| node.text() == app.key().as_deref() && app.overriding.is_some());
            match inside {
                Some(app) => app.overriding = None,
                None => others.push(node.clone()),
            }
        }
        remove(&mut self.overrides, &others, problems);
    }

    /// Assignments have no name: who is given what tells one.
    fn remove_assignments(&mut self, named: &[Node], problems: &mut Vec<Diagnostic>) {
        for node in named {
            let Some(meant) = Assignment::read(node, problems) else { continue };
            let before = self.permissions.assignments.len();
            self.permissions.assignments.retain(|known| known.key() != meant.key());
            if self.permissions.assignments.len() == before {
                let key = meant.key().unwrap_or_default();
                problems.push(missing(Assignment::WHAT, &key, meant.place(), "remove", std::iter::empty()));
            }
        }
    }

    fn remove_patterns(&mut self, named: &[Node], problems: &mut Vec<Diagnostic>) {
        for node in named {
            let Some(name) = node.text() else {
                problems.push(unclear(node.span, "a pattern is removed by its name"));
                continue;
            };
            let patterns = &mut self.permissions.patterns;
            let before = patterns.len();
            patterns.retain(|known| known.name() != name);
            if patterns.len() == before {
                problems.push(missing("pattern", name, node.span, "remove", patterns.iter().map(Pattern::name)));
            }
        }
    }
}

/// The definitions by what they are known by.
fn places<T: Defined>(all: &[T]) -> HashMap<String, usize> {
    let mut places = HashMap::with_capacity(all.len());
    for (at, one) in all.iter().enumerate() {
        if let Some(key) = one.key() {
            places.entry(key.into_owned()).or_insert(at);
        }
    }
    places
}

/// Puts new definitions in the places of those of the same name.
fn replace<T: Defined>(all: &mut [T], new: Vec<T>, problems: &mut Vec<Diagnostic>) {
    if new.is_empty() {
        return;
    }
    let places = places(all);
    for one in new {
        let at = one.key().and_then(|key| places.get(&*key)).copied();
        match at.and_then(|at| all.get_mut(at)) {
            Some(known) => *known = one,
            None => {
                let key = one.key().unwrap_or_default();
                problems.push(missing(T::WHAT, &key, one.place(), "replace", places.keys().map(String::as_str)));
            }
        }
    }
}

/// Takes out what is named.
fn remove<T: Defined>(all: &mut Vec<T>, named: &[Node], problems: &mut Vec<Diagnostic>) {
    let places = places(all);
    let mut gone = vec![false; all.len()];
    for node in named {
        let Some(name) = node.text() else {
            problems.push(unclear(node.span, &format!("a {} is removed by its name", T::WHAT)));
            continue;
        };
        match places.get(name).and_then(|at| gone.get_mut(*at)) {
            Some(gone) => *gone = true,
            None => problems.push(missing(T::WHAT, name, node.span, "remove", places.keys().map(String::as_str))),
        }
    }
    let mut gone = gone.into_iter();
    all.retain(|_| !gone.next().unwrap_or(false));
}

fn missing<'k>(what: &str, name: &str, span: Span, change: &str, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let problem = Diagnostic::new(Code::DanglingReference, span, format!("there is no {what} `{name}` to {change}"));
    match near::suggestion(name, known) {
        Some(suggestion) => problem.label(suggestion),
        None => problem,
    }
}

fn unclear(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownDocument, span, message)
        .help("changes are `add`, `replace` and `remove`, each a mapping of kinds such as `users`, `chatApps`, `overrides`, `roles`")
}

fn no_kind(kind: &str, span: Span) -> Diagnostic {
    let problem = unclear(span, &format!("there is no kind of definitions `{kind}`"));
    match near::suggestion(kind, KINDS.iter().copied()) {
        Some(suggestion) => problem.label(suggestion),
        None => problem,
    }
}
