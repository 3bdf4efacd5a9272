//! Lists of names in rules: user types, roles, entities, user ids.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::source::Span;

use super::Spanned;

/// A name: an id, a role, an entity or a user type, byte for byte as written.
pub type Name = Spanned<Box<str>>;

/// Above this length a list is searched by hash.
const LINEAR: usize = 8;

/// A list of names that a rule compares with; being present and empty is not the same as being absent.
#[derive(Debug)]
pub struct Names {
    span: Span,
    entries: Vec<Name>,
    /// Made when a long list is first asked: most questions are about one app, and a workspace has thousands.
    index: OnceLock<HashMap<Box<str>, usize>>,
}

impl Names {
    /// The list at `span`.
    pub fn new(span: Span, entries: Vec<Name>) -> Self {
        Self { span, entries, index: OnceLock::new() }
    }

    /// Where each name first stands, for a list that is long.
    fn index(&self) -> Option<&HashMap<Box<str>, usize>> {
        let index = || {
            let mut index = HashMap::with_capacity(self.entries.len());
            for (at, entry) in self.entries.iter().enumerate() {
                index.entry(entry.value.clone()).or_insert(at);
            }
            index
        };
        (self.entries.len() > LINEAR).then(|| self.index.get_or_init(index))
    }

    /// Where the list is written.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The first entry equal to `name`.
    pub fn find(&self, name: &str) -> Option<&Name> {
        match self.index() {
            Some(index) => index.get(name).and_then(|at| self.entries.get(*at)),
            None => self.entries.iter().find(|entry| &*entry.value == name),
        }
    }

    /// How many different names are listed.
    pub fn distinct(&self) -> usize {
        let first = |(at, own): &(usize, &Name)| self.entries.iter().take(*at).all(|entry| entry.value != own.value);
        self.index().map_or_else(|| self.entries.iter().enumerate().filter(first).count(), HashMap::len)
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
