//! The keys of one mapping while it is read, so that the second of two equal keys is seen.

use std::collections::HashMap;

use super::node::Entry;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Above this many keys a linear look back would be quadratic work.
const LINEAR: usize = 12;

/// The keys seen so far.
#[derive(Debug, Default)]
pub(super) struct Keys {
    seen: HashMap<Box<str>, Span>,
}

impl Keys {
    /// Notes a key that is about to be added to `entries`; an error if it is there already.
    ///
    /// Keys compare as text: `1` and `"1"` are the same key, since readers disagree on whether they are.
    pub(super) fn note(&mut self, entries: &[Entry], key: &str, span: Span) -> Result<(), Diagnostic> {
        let first = if entries.len() < LINEAR {
            entries.iter().find(|entry| &*entry.key == key).map(|entry| entry.key_span)
        } else {
            if self.seen.is_empty() {
                self.seen.extend(entries.iter().map(|entry| (entry.key.clone(), entry.key_span)));
            }
            self.seen.insert(key.into(), span)
        };
        match first {
            None => Ok(()),
            Some(first) => Err(Diagnostic::new(Code::DuplicateKey, span, format!("`{key}` stands twice in one mapping"))
                .label("again here")
                .related(first, "first here")
                .help("some readers take the first, some the last: keep one")),
        }
    }
}
