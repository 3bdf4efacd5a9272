//! Documents find their kind: by the field that identifies them, by the key they stand under, and only then by their folder.

use std::collections::HashMap;

use super::fields::{check_name, wrong_type};
use super::kind::{self, Kind};
use super::permissions::{Assignment, Conditions, CustomPermission, Declaration, Definitions, Instance, Pattern, Policy, Role, Team};
use super::{App, Name, Override, Settings, Site, User, Workspace, near};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{
    Entry, KINDS, Node, Value,
    spelling::{camel, means},
    unwrap,
};
use crate::source::{SourceMap, Span};

/// What the place of a file says about the records in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Chat apps are expected.
    Apps,
    /// Overrides are expected: the same identifying field, another meaning.
    Overrides,
    /// Users are expected, and the record alone decides.
    Users,
    /// Definitions of permissions are expected, and the record alone decides.
    Permissions,
    /// Nothing: the record alone decides.
    Any,
}

/// The definitions read so far.
#[derive(Debug, Default)]
pub struct Records {
    pub(super) apps: Vec<App>,
    pub(super) overrides: Vec<Override>,
    pub(super) users: Vec<User>,
    pub(super) site: Site,
    pub(super) permissions: Definitions,
    pub(super) preferences: usize,
    pub(super) notes: Vec<Note>,
    /// Whether a definition could not be read, so that what refers to it is no problem of its own.
    pub(super) lost: bool,
}

/// Something about the workspace that its author probably did not mean, and that decides nothing.
#[derive(Clone, Debug)]
pub struct Note {
    /// Where.
    pub span: Span,
    /// What.
    pub text: &'static str,
}

impl Records {
    /// Notes something that decides nothing.
    pub fn note(&mut self, span: Span, text: &'static str) {
        self.notes.push(Note { span, text });
    }

    /// How many users were defined.
    pub(crate) fn users(&self) -> usize {
        self.users.len()
    }

    /// Whether nothing that was defined has to know who the users are.
    pub(crate) fn ignores_users(&self) -> bool {
        self.permissions.is_empty()
    }

    /// Whether nothing but users was defined, and rows of their preferences.
    fn has_only_users(&self) -> bool {
        let Self { apps, overrides, users: _, site, permissions, preferences: _, notes, lost } = self;
        let nothing_else = apps.is_empty() && overrides.is_empty() && site.is_empty() && permissions.is_empty() && notes.is_empty();
        nothing_else && !lost
    }

    /// The users, if nothing else was defined.
    pub(crate) fn into_users(self) -> Option<Vec<User>> {
        self.has_only_users().then_some(self.users)
    }

    /// Adds what a document of a file holds.
    pub fn add(&mut self, document: Node, folder: Folder, problems: &mut Vec<Diagnostic>) {
        for record in unwrap(document, problems) {
            self.record(record, folder, problems);
        }
    }

    /// Adds what is nothing but users without a problem; else says that something else was in it.
    pub fn add_users(&mut self, document: Node) -> bool {
        let mut problems = Vec::new();
        self.add(document, Folder::Any, &mut problems);
        problems.is_empty() && self.has_only_users()
    }

    /// Adds all that others hold, after what is there.
    pub fn append_users(&mut self, others: Self) {
        if self.users.is_empty() {
            self.users = others.users;
        } else {
            self.users.extend(others.users);
        }
        self.preferences += others.preferences;
    }

    fn record(&mut self, record: Node, folder: Folder, problems: &mut Vec<Diagnostic>) {
        let Some(entries) = record.entries() else {
            problems.push(unknown(&record, &format!("a document is a mapping, this is {}", record.kind())));
            return;
        };
        if entries.is_empty() {
            problems.push(unknown(&record, "this mapping defines nothing"));
            return;
        }
        if kind::has(&record, "chatAppId") && kind::has(&record, "userId") {
            problems.push(unknown(&record, "this mapping has both `chatAppId` and `userId`: it is neither an app nor a user"));
            return;
        }
        match Kind::of(&record) {
            Some(kind) => {
                let beside = |entry: &&Entry| KINDS.contains(&&*camel(&entry.key)) && !kind.owns(&camel(&entry.key));
                if let Some(beside) = entries.iter().find(beside) {
                    let message = format!("this document is a definition of its own, and has `{}` beside it", beside.key);
                    let problem = Diagnostic::new(Code::UnknownDocument, beside.key_span, message);
                    problems.push(problem.help("move one of them into a document of its own"));
                    return;
                }
                let kind = if kind == Kind::App && folder == Folder::Overrides { Kind::Override } else { kind };
                self.definition(kind, record, problems);
            }
            None if kind::is_of_kinds(&record) => self.kinds(record, problems),
            None => problems.push(unidentified(&record)),
        }
    }

    /// Reads a definition of a known kind.
    fn definition(&mut self, kind: Kind, record: Node, problems: &mut Vec<Diagnostic>) {
        let before = problems.len();
        let there = self.permissions.len() + self.apps.len();
        let all = &mut self.permissions;
        match kind {
            Kind::App => self.apps.extend(App::read(&record, problems)),
            Kind::Override => return self.overrides.extend(Override::read(&record, problems)),
            Kind::User => return self.user(record, problems),
            Kind::Type => all.declarations.extend(Declaration::read(&record, problems)),
            Kind::Instance => all.instances.extend(Instance::read(&record, problems)),
            Kind::Custom => all.custom.extend(CustomPermission::read(&record, problems)),
            Kind::Role => all.roles.extend(Role::read(&record, problems)),
            Kind::Team => all.teams.extend(Team::read(&record, problems)),
            Kind::Assignment => all.assignments.extend(Assignment::read(&record, problems)),
            Kind::Policy => all.policies.extend(Policy::read(&record, problems)),
            Kind::Pattern => all.patterns.extend(Pattern::read(&record, problems)),
        }
        // What a definition that was not read would have named is not known.
        self.lost |= problems.len() > before && self.permissions.len() + self.apps.len() == there;
    }

    /// A mapping of kinds, such as `chatApps: [...]` beside `siteFeatures: {...}`.
    pub(super) fn kinds(&mut self, record: Node, problems: &mut Vec<Diagnostic>) {
        let Value::Map(entries) = record.value else { return };
        let mut seen: HashMap<String, (Box<str>, Span)> = HashMap::new();
        for Entry { key, key_span, value } in entries {
            let kind = camel(&key).into_owned();
            if let Some((first, span)) = seen.get(&kind) {
                let message = format!("`{first}` and `{key}` are two spellings of one field");
                let problem = Diagnostic::new(Code::TwoSpellings, key_span, message);
                problems.push(problem.related(*span, "first here").help("keep one of them"));
                continue;
            }
            if !KINDS.contains(&&*kind) {
                self.unknown_kind(&kind, &key, key_span, &value, problems);
            }
            seen.insert(kind.clone(), (key, key_span));
            if value.is_null() {
                continue;
            }
            match kind.as_str() {
                "siteFeatures" => self.site.add(&value, problems),
                "conditions" => self.named_conditions(&value, problems),
                "patterns" if value.entries().is_some() && !kind::has(&value, "pattern") => self.named_patterns(&value, problems),
                known if KINDS.contains(&known) => self.listed(known, value, problems),
                _ => {}
            }
        }
    }

    /// A key among kinds that is none. What is nearly one, or nearly identifies a definition, was meant; fields of a user make a user
    /// whose own `roles` would be taken for definitions of roles; and definitions that nobody reads are pointed at.
    fn unknown_kind(&mut self, kind: &str, key: &str, span: Span, value: &Node, problems: &mut Vec<Diagnostic>) {
        let meant = KINDS.iter().chain(Kind::IDENTIFYING).find(|known| near::is_slip_of(kind, known));
        if let Some(meant) = meant {
            let problem = Diagnostic::new(Code::MisspelledField, span, format!("there is no kind of definitions `{key}`"));
            problems.push(problem.label(format!("did you mean `{meant}`?")));
        } else if User::DECIDING.contains(&kind) {
            let problem = Diagnostic::new(Code::UnknownDocument, span, format!("this mapping has `{key}` as a user does, and no `userId`"));
            problems.push(problem.help("a user needs the field `userId`; definitions of roles stand in a mapping of kinds"));
        } else if let Value::List(items) = &value.value
            && items.iter().any(|item| kind::has(item, "chatAppId") || kind::has(item, "userId"))
        {
            self.note(span, "no kind of definitions is called so, and what it lists is not read");
        }
    }

    /// Adds what stands under `users`.
    pub(crate) fn add_listed_users(&mut self, list: Node, problems: &mut Vec<Diagnostic>) {
        self.listed("users", list, problems);
    }

    fn listed(&mut self, kind: &str, value: Node, problems: &mut Vec<Diagnostic>) {
        if value.text().is_some() {
            problems.push(wrong_type(&value, &format!("`{kind}`"), "a list"));
            return;
        }
        for record in unwrap(value, problems) {
            if let Some(kind) = Kind::of_list(kind, &record) {
                self.definition(kind, record, problems);
            }
        }
    }

    /// Conditions by name, for escalations.
    fn named_conditions(&mut self, value: &Node, problems: &mut Vec<Diagnostic>) {
        let Some(entries) = value.entries() else {
            problems.push(wrong_type(value, "`conditions`", "a mapping of names to conditions"));
            return;
        };
        for entry in entries {
            let name = Name { value: entry.key.clone(), span: entry.key_span };
            check_name(&name, "the name of conditions", problems);
            let before = problems.len();
            self.permissions.conditions.push((name, Conditions::read(&entry.value, problems)));
            self.lost |= problems.len() > before;
        }
    }

    /// Patterns by name, each with its implementation.
    fn named_patterns(&mut self, value: &Node, problems: &mut Vec<Diagnostic>) {
        for entry in value.entries().unwrap_or_default().iter().filter(|entry| !entry.value.is_null()) {
            let name = Name { value: entry.key.clone(), span: entry.key_span };
            let before = problems.len();
            self.permissions.patterns.extend(Pattern::of_name(&name, &entry.value, problems));
            self.lost |= problems.len() > before;
        }
    }

    fn user(&mut self, record: Node, problems: &mut Vec<Diagnostic>) {
        let span = record.span;
        let has_id = |entry: &Entry| means(&entry.key, "userId") && !entry.value.is_null();
        let names_one = record.entries().is_some_and(|entries| entries.iter().any(has_id));
        let Some(user) = User::read(record, problems) else { return };
        match &user.id {
            // Pika's user table also holds a row of preferences for each user.
            Some(id) if id.value.ends_with("/prefs") => self.preferences += 1,
            Some(_) => self.users.push(user),
            None if names_one => {}
            None => problems.push(Diagnostic::new(Code::MissingField, span, "a user needs the field `userId`")),
        }
    }

    /// Puts the definitions together. With `partial`, some file could not be read: what refers to it is no problem of its own.
    pub fn build(self, sources: SourceMap, settings: &Settings, partial: bool, problems: &mut Vec<Diagnostic>) -> Workspace {
        Workspace::build(self, sources, settings, partial, problems)
    }
}

fn unknown(record: &Node, message: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownDocument, record.span, message)
        .help("a document is a chat app or an override (`chatAppId`), a user (`userId`), one of the definitions of permissions (`resource`, `role`, `team`, `user`, `pattern`, `name`), or a mapping of kinds such as `chatApps`, `users`, `roles`")
}

/// A mapping that nothing identifies; if a key is nearly one that would, that is said.
fn unidentified(record: &Node) -> Diagnostic {
    let identifying = Kind::IDENTIFYING.iter().chain(KINDS).copied();
    for entry in record.entries().unwrap_or_default() {
        let name = camel(&entry.key);
        if let Some(meant) = identifying.clone().find(|known| near::is_slip_of(&name, known)) {
            return Diagnostic::new(
                Code::MisspelledField,
                entry.key_span,
                format!("nothing identifies this document; it has `{}`", entry.key),
            )
            .label(format!("did you mean `{meant}`?"));
        }
    }
    unknown(record, "nothing identifies this document")
}
