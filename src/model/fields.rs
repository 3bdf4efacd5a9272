//! The fields of one mapping, under any of their spellings: known, unknown, misspelled, or there twice.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use super::names::{Name, Names};
use super::near::{is_slip_of, suggestion};
use super::{Spanned, time};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{
    Entry, Node, Value,
    spelling::{camel, means},
    text,
};
use crate::source::Span;

/// A field that a kind of mapping can have.
pub(super) struct Field {
    /// Its camelCase name; the snake_case form means the same.
    pub(super) name: &'static str,
    /// A second name for the same thing.
    pub(super) also: Option<&'static str>,
    /// Whether it can decide access: an unknown field that is nearly this one is refused.
    pub(super) decides: bool,
}

/// A field that decides access.
pub(super) const fn deciding(name: &'static str) -> Field {
    Field { name, also: None, decides: true }
}

/// A field that decides access and has a second name.
pub(super) const fn deciding_also(name: &'static str, also: &'static str) -> Field {
    Field { name, also: Some(also), decides: true }
}

/// A field that is known and decides nothing.
pub(super) const fn known(name: &'static str) -> Field {
    Field { name, also: None, decides: false }
}

/// A kind of mapping.
pub(super) struct Shape {
    /// What it is called in messages, with its article.
    pub(super) what: &'static str,
    /// Its fields.
    pub(super) fields: &'static [Field],
}

/// A mapping, read as a [`Shape`].
pub(super) struct Fields<'n> {
    /// What it is called in messages.
    what: &'static str,
    /// The mapping's place.
    pub(super) span: Span,
    found: Vec<(&'static str, &'n Entry)>,
    /// Fields that the shape does not know, under their camelCase name, in the order of the file.
    pub(super) unknown: Vec<(String, &'n Entry)>,
}

impl Shape {
    /// Sorts the fields of a mapping; `None` and a problem if it is not one.
    pub(super) fn read<'n>(&self, node: &'n Node, problems: &mut Vec<Diagnostic>) -> Option<Fields<'n>> {
        let Some(entries) = node.entries() else {
            problems.push(wrong_type(node, self.what, "a mapping"));
            return None;
        };
        let mut unknown: HashMap<String, &Entry> = HashMap::new();
        let mut fields = Fields { what: self.what, span: node.span, found: Vec::with_capacity(entries.len()), unknown: Vec::new() };
        for entry in entries {
            let means = |name: &str| means(&entry.key, name);
            let field = self.fields.iter().find(|field| means(field.name) || field.also.is_some_and(means));
            let Some(field) = field else {
                let name = camel(&entry.key);
                fields.reject_slip(self, entry, &name, problems);
                if let Some(first) = unknown.insert(name.clone().into_owned(), entry) {
                    problems.push(two_spellings(first, entry));
                }
                fields.unknown.push((name.into_owned(), entry));
                continue;
            };
            if let Some((_, first)) = fields.found.iter().find(|(known, _)| *known == field.name) {
                problems.push(two_spellings(first, entry));
                continue;
            }
            fields.found.push((field.name, entry));
        }
        Some(fields)
    }
}

impl<'n> Fields<'n> {
    fn reject_slip(&self, shape: &Shape, entry: &Entry, name: &str, problems: &mut Vec<Diagnostic>) {
        let names = shape.fields.iter().filter(|field| field.decides).flat_map(|field| [Some(field.name), field.also]).flatten();
        let meant = names.filter(|known| is_slip_of(name, known)).min_by_key(|known| strsim::osa_distance(name, known));
        if let Some(meant) = meant {
            problems.push(
                Diagnostic::new(Code::MisspelledField, entry.key_span, format!("{} has no field `{}`", self.what, entry.key))
                    .label(format!("did you mean `{meant}`?"))
                    .help(format!("`{meant}` decides access: correct the spelling, or rename the field so that nobody takes it for that")),
            );
        }
    }

    /// The entry of a field whose value is there and not null.
    pub(super) fn entry(&self, name: &str) -> Option<&'n Entry> {
        self.found.iter().find(|(known, _)| *known == name).map(|(_, entry)| *entry).filter(|entry| !entry.value.is_null())
    }

    /// The value of a field, if it is there and not null.
    pub(super) fn node(&self, name: &str) -> Option<&'n Node> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// A field that is text as written: unquoted numbers and words are the text they are.
    pub(super) fn text(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Name> {
        self.written(name, problems).map(|Spanned { value, span }| Spanned { value: value.into(), span })
    }

    fn written(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Spanned<&'n str>> {
        let node = self.node(name)?;
        let text = node.text();
        if text.is_none() {
            problems.push(wrong_type(node, &format!("`{name}`"), "text"));
        }
        text.map(|value| Spanned { value, span: node.span })
    }

    /// Text that decides nothing, for people to read; nothing where it is no text, or a blank one.
    pub(super) fn words_of(&self, name: &str) -> Option<Name> {
        let node = self.node(name)?;
        let text = node.text().filter(|text| !text.trim().is_empty())?;
        Some(Spanned { value: text.into(), span: node.span })
    }

    /// Text that names something: no hidden characters, not empty.
    pub(super) fn name(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Name> {
        let found = self.text(name, problems)?;
        if found.value.is_empty() {
            problems.push(Diagnostic::new(Code::MissingField, found.span, format!("`{name}` is empty")));
            return None;
        }
        check_name(&found, format_args!("`{name}`"), problems);
        Some(found)
    }

    /// A boolean; `yes`, `on`, `1` and `"true"` are not.
    pub(super) fn flag(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Spanned<bool>> {
        let node = self.node(name)?;
        match node.boolean() {
            Some(value) => Some(Spanned { value, span: node.span }),
            None => {
                problems.push(wrong_type(node, &format!("`{name}`"), "`true` or `false`"));
                None
            }
        }
    }

    /// A list of names.
    pub(super) fn names(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Arc<Names>> {
        let node = self.node(name)?;
        if let Value::List(items) = &node.value {
            // Dropping the entry could leave the list empty, which opens what it was meant to close.
            problems
                .extend(items.iter().filter(|item| item.is_null()).map(|item| wrong_type(item, &format!("an entry of `{name}`"), "text")));
        }
        Some(Arc::new(Names::new(node.span, &texts(node, name, problems)?)))
    }

    /// A list of words out of a closed set.
    pub(super) fn words(&self, name: &str, allowed: &[&str], problems: &mut Vec<Diagnostic>) -> Option<Arc<Names>> {
        let list = self.names(name, problems)?;
        let node = self.node(name)?;
        let Value::List(items) = &node.value else { return None };
        for item in items {
            if let Some(word) = item.text().filter(|word| !item.is_null() && !allowed.contains(word)) {
                problems.push(unknown_value(word, item.span, name, allowed));
            }
        }
        Some(list)
    }

    /// One word out of a closed set.
    pub(super) fn word(&self, name: &str, allowed: &[&str], problems: &mut Vec<Diagnostic>) -> Option<Spanned<&'n str>> {
        let found = self.written(name, problems)?;
        if !allowed.contains(&found.value) {
            problems.push(unknown_value(found.value, found.span, name, allowed));
            return None;
        }
        Some(found)
    }

    /// A point in time.
    pub(super) fn time(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Spanned<jiff::Timestamp>> {
        let found = self.written(name, problems)?;
        match time::parse(found.value) {
            Ok(value) => Some(Spanned { value, span: found.span }),
            Err(problem) => {
                problems
                    .push(Diagnostic::new(Code::BadTime, found.span, format!("{problem}: `{}`", found.value)).help(time::Problem::HELP));
                None
            }
        }
    }

    /// The items of a list.
    pub(super) fn list(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<(Span, &'n [Node])> {
        let node = self.node(name)?;
        match &node.value {
            Value::List(items) => Some((node.span, items)),
            _ => {
                problems.push(wrong_type(node, &format!("`{name}`"), "a list"));
                None
            }
        }
    }

    /// A field without which the mapping means nothing.
    pub(super) fn required(&self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Name> {
        let before = problems.len();
        let found = self.name(name, problems);
        if found.is_none() && problems.len() == before {
            problems.push(Diagnostic::new(Code::MissingField, self.span, format!("{} needs the field `{name}`", self.what)));
        }
        found
    }
}

/// The names of a list; a scalar is not taken for a list of one, and null entries are absent.
pub(super) fn names(node: &Node, field: &str, problems: &mut Vec<Diagnostic>) -> Option<Vec<Name>> {
    let texts = texts(node, field, problems)?;
    Some(texts.into_iter().map(|Spanned { value, span }| Name { value: value.into(), span }).collect())
}

/// The same, as they stand in the list.
fn texts<'n>(node: &'n Node, field: &str, problems: &mut Vec<Diagnostic>) -> Option<Vec<Spanned<&'n str>>> {
    let Value::List(items) = &node.value else {
        let mut problem = wrong_type(node, &format!("`{field}`"), "a list");
        if let Some(text) = node.text() {
            problem = problem.help(format!("write it as a list: [{text}]"));
        }
        problems.push(problem);
        return None;
    };
    let mut texts = Vec::with_capacity(items.len());
    for item in items.iter().filter(|item| !item.is_null()) {
        match item.text() {
            Some(value) => {
                check_text(value, item.span, format_args!("an entry of `{field}`"), problems);
                texts.push(Spanned { value, span: item.span });
            }
            None => problems.push(wrong_type(item, &format!("an entry of `{field}`"), "text")),
        }
    }
    Some(texts)
}

/// Refuses a name with characters that cannot be seen.
pub(super) fn check_name(name: &Name, what: impl Display, problems: &mut Vec<Diagnostic>) {
    check_text(&name.value, name.span, what, problems);
}

/// The same of a text that is not kept.
pub(super) fn check_text(name: &str, span: Span, what: impl Display, problems: &mut Vec<Diagnostic>) {
    if let Some(found) = text::hidden(name) {
        let message = format!("{what} contains the character U+{:04X}, which cannot be seen", u32::from(found));
        problems
            .push(Diagnostic::new(Code::UnsafeName, span, message).help("two names that look the same would not be the same: remove it"));
    }
}

/// A value of another type than the field takes.
pub(super) fn wrong_type(node: &Node, what: &str, expected: &str) -> Diagnostic {
    let mut problem = Diagnostic::new(Code::WrongType, node.span, format!("{what} is {}, expected {expected}", node.kind()));
    if expected.starts_with("`true`") && node.text().is_some() {
        problem = problem.help("only unquoted `true` and `false` are booleans");
    }
    problem
}

/// A word that is none of those allowed.
pub(super) fn unknown_value(word: &str, span: Span, field: &str, allowed: &[&str]) -> Diagnostic {
    let listed = allowed.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let problem =
        Diagnostic::new(Code::UnknownValue, span, format!("`{field}` has no value `{word}`")).help(format!("known values: {listed}"));
    match suggestion(word, allowed.iter().copied()) {
        Some(suggestion) => problem.label(suggestion),
        None => problem,
    }
}

/// Two keys of one mapping that mean one field.
pub(super) fn two_spellings(first: &Entry, second: &Entry) -> Diagnostic {
    Diagnostic::new(Code::TwoSpellings, second.key_span, format!("`{}` and `{}` are two spellings of one field", first.key, second.key))
        .label("again here")
        .related(first.key_span, "first here")
        .help("keep one of them")
}
