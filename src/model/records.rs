//! Documents find their kind: by the field that identifies them, by the key they stand under, and only then by their folder.

use std::collections::HashMap;

use super::fields::wrong_type;
use super::overriding::{OWN_FIELDS, SUFFIX};
use super::{App, Override, Settings, Site, User, Workspace, near};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Entry, KINDS, Node, spelling::camel, unwrap};
use crate::source::{SourceMap, Span};

/// What the place of a file says about the records in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Chat apps are expected.
    Apps,
    /// Overrides are expected: the same identifying field, another meaning.
    Overrides,
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

    /// Adds what a document of a file holds.
    pub fn add(&mut self, document: Node, folder: Folder, problems: &mut Vec<Diagnostic>) {
        for record in unwrap(document, problems) {
            self.record(&record, folder, problems);
        }
    }

    fn record(&mut self, record: &Node, folder: Folder, problems: &mut Vec<Diagnostic>) {
        let Some(entries) = record.entries() else {
            problems.push(unknown(record, &format!("a document is a mapping, this is {}", record.kind())));
            return;
        };
        if entries.is_empty() {
            problems.push(unknown(record, "this mapping defines nothing"));
            return;
        }
        let has = |name: &str| entries.iter().any(|entry| camel(&entry.key) == name);
        let identified = has("chatAppId") || has("userId");
        if let Some(kind) = entries.iter().find(|entry| identified && KINDS.contains(&&*camel(&entry.key))) {
            let message = format!("this document is a definition of its own, and has `{}` beside it", kind.key);
            problems
                .push(Diagnostic::new(Code::UnknownDocument, kind.key_span, message).help("move one of them into a document of its own"));
            return;
        }
        match (has("chatAppId"), has("userId")) {
            (true, true) => {
                problems.push(unknown(record, "this mapping has both `chatAppId` and `userId`: it is neither an app nor a user"));
            }
            (true, false) => {
                if folder == Folder::Overrides || is_override(record) {
                    self.overrides.extend(Override::read(record, problems));
                } else {
                    self.app(record, problems);
                }
            }
            (false, true) => self.user(record, problems),
            (false, false) if KINDS.iter().any(|kind| has(kind)) => self.kinds(record, problems),
            (false, false) => problems.push(unidentified(record)),
        }
    }

    /// A mapping of kinds, such as `chatApps: [...]` beside `siteFeatures: {...}`.
    fn kinds(&mut self, record: &Node, problems: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<String, &Entry> = HashMap::new();
        for entry in record.entries().unwrap_or_default() {
            let kind = camel(&entry.key).into_owned();
            if let Some(first) = seen.get(&kind) {
                let message = format!("`{}` and `{}` are two spellings of one field", first.key, entry.key);
                problems.push(
                    Diagnostic::new(Code::TwoSpellings, entry.key_span, message)
                        .related(first.key_span, "first here")
                        .help("keep one of them"),
                );
                continue;
            }
            if let Some(meant) = KINDS.iter().find(|known| !KINDS.contains(&&*kind) && near::is_slip_of(&kind, known)) {
                let problem =
                    Diagnostic::new(Code::MisspelledField, entry.key_span, format!("there is no kind of definitions `{}`", entry.key));
                problems.push(problem.label(format!("did you mean `{meant}`?")));
            }
            seen.insert(kind.clone(), entry);
            if entry.value.is_null() {
                continue;
            }
            match kind.as_str() {
                "siteFeatures" => self.site.add(&entry.value, problems),
                "chatApps" | "overrides" | "users" => self.listed(&kind, &entry.value, problems),
                _ => {}
            }
        }
    }

    fn listed(&mut self, kind: &str, value: &Node, problems: &mut Vec<Diagnostic>) {
        if value.text().is_some() {
            problems.push(wrong_type(value, &format!("`{kind}`"), "a list"));
            return;
        }
        for record in unwrap(value.clone(), problems) {
            match kind {
                "chatApps" if is_override(&record) => self.overrides.extend(Override::read(&record, problems)),
                "chatApps" => self.app(&record, problems),
                "overrides" => self.overrides.extend(Override::read(&record, problems)),
                _ => self.user(&record, problems),
            }
        }
    }

    fn app(&mut self, record: &Node, problems: &mut Vec<Diagnostic>) {
        let app = App::read(record, problems);
        self.lost |= app.is_none();
        self.apps.extend(app);
    }

    fn user(&mut self, record: &Node, problems: &mut Vec<Diagnostic>) {
        let Some(user) = User::read(record, problems) else { return };
        match &user.id {
            // Pika's user table also holds a row of preferences for each user.
            Some(id) if id.value.ends_with("/prefs") => self.preferences += 1,
            Some(_) => self.users.push(user),
            None if record
                .entries()
                .is_some_and(|entries| entries.iter().any(|entry| camel(&entry.key) == "userId" && !entry.value.is_null())) => {}
            None => problems.push(Diagnostic::new(Code::MissingField, record.span, "a user needs the field `userId`")),
        }
    }

    /// Puts the definitions together. With `partial`, some file could not be read: what refers to it is no problem of its own.
    pub fn build(self, sources: SourceMap, settings: &Settings, partial: bool, problems: &mut Vec<Diagnostic>) -> Workspace {
        Workspace::build(self, sources, settings, partial, problems)
    }
}

/// Whether a record with a `chatAppId` says of itself that it is an override.
fn is_override(record: &Node) -> bool {
    record.entries().unwrap_or_default().iter().any(|entry| {
        let name = camel(&entry.key);
        OWN_FIELDS.contains(&&*name) || (name == "chatAppId" && entry.value.text().is_some_and(|id| id.ends_with(SUFFIX)))
    })
}

fn unknown(record: &Node, message: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownDocument, record.span, message)
        .help("a document is a chat app or an override (`chatAppId`), a user (`userId`), or a mapping of `chatApps`, `overrides`, `users`, `siteFeatures`")
}

/// A mapping that nothing identifies; if a key is nearly one that would, that is said.
fn unidentified(record: &Node) -> Diagnostic {
    let identifying = ["chatAppId", "userId"].into_iter().chain(KINDS.iter().copied());
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
