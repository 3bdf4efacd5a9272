//! Lists of names in rules: user types, roles, entities, user ids.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::source::Span;

use super::Spanned;

/// A name: an id, a role, an entity or a user type, byte for byte as written.
pub type Name = Spanned<Box<str>>;

/// Above this length a list is searched by hash.
const LINEAR: usize = 8;

/// A list of names that a rule compares with; being present and empty is not the same as being absent.
#[derive(Debug, PartialEq, Eq)]
pub struct Names {
    span: Span,
    entries: Vec<Name>,
    index: HashMap<Box<str>, usize>,
    distinct: usize,
}

impl Names {
    /// The list at `span`.
    pub fn new(span: Span, entries: Vec<Name>) -> Self {
        let mut index = HashMap::new();
        if entries.len() > LINEAR {
            for (at, entry) in entries.iter().enumerate() {
                index.entry(entry.value.clone()).or_insert(at);
            }
        }
        let new = |at: &usize| {
            entries.get(..*at).is_none_or(|before| before.iter().all(|entry| entries.get(*at).is_none_or(|own| own.value != entry.value)))
        };
        let distinct = if index.is_empty() { (0..entries.len()).filter(new).count() } else { index.len() };
        Self { span, entries, index, distinct }
    }

    /// Where the list is written.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The first entry equal to `name`.
    pub fn find(&self, name: &str) -> Option<&Name> {
        if self.index.is_empty() {
            return self.entries.iter().find(|entry| &*entry.value == name);
        }
        self.index.get(name).and_then(|at| self.entries.get(*at))
    }

    /// How many different names are listed.
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The names with their places, in the order of the file.
    pub fn entries(&self) -> &[Name] {
        &self.entries
    }

    /// The names, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.value)
    }
}

/// A name as sentences and group headings show it: in quotes where it could be mistaken for two names, for none, or for a word of ours.
pub fn shown(name: &str) -> Cow<'_, str> {
    let unclear = name.is_empty() || name.contains([',', ';', '"', '\\']) || name.starts_with(['(', ' ']) || name.ends_with(' ');
    if unclear { Cow::Owned(serde_json::Value::from(name).to_string()) } else { Cow::Borrowed(name) }
}
