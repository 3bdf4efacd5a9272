//! Changes of a definition in the text it was read from, touching nothing else, and the patch that makes them.
//!
//! A change is written where it belongs, the changed text is read again, and what comes out has to be what was there with the
//! change made on it. Where it is not, there is no edit: a wrong one cannot come out.

mod block;
mod csv;
mod diff;
mod document;
mod flow;
mod page;
mod plan;
mod render;
mod scalar;
mod splices;
mod step;
mod stretch;
mod tree;
mod work;

use std::ops::Range;

pub use diff::diff;
pub use tree::{changed, tree};
use work::Work;

use crate::parse::{Node, Syntax};
use crate::source::{SourceFile, Span};

/// A scalar that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'v> {
    /// A text, whatever it looks like.
    Text(&'v str),
    /// The boolean `true`.
    True,
    /// A number or a boolean, written as it is.
    Plain(&'v str),
}

impl<'v> Value<'v> {
    /// A text, or what is written as it is.
    pub fn like(text: &'v str, is_plain: bool) -> Self {
        if is_plain { Self::Plain(text) } else { Self::Text(text) }
    }
}

/// One change of a definition.
///
/// A path is the keys that lead to a field, in camelCase; each is found in either spelling, and can name others that mean the same
/// behind it ([`either`]). What is written new has the first of them, spelled as its neighbours are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'c> {
    /// Sets the scalar at a path; the mappings on the way are there or are made.
    Set {
        /// Where.
        path: &'c [&'c str],
        /// To what.
        value: Value<'c>,
    },
    /// Adds a name at the end of the list at a path; where the field is missing or null, the list is started.
    Add {
        /// Where.
        path: &'c [&'c str],
        /// The name.
        item: &'c str,
    },
    /// Takes all items that are this name out of the list at a path. One that loses its last item becomes `[]`.
    Take {
        /// Where.
        path: &'c [&'c str],
        /// The name.
        item: &'c str,
    },
    /// Takes a field out of its mapping.
    Drop {
        /// Which.
        path: &'c [&'c str],
    },
    /// Adds a mapping of scalars at the end of the list at a path; where the field is missing or null, the list is started.
    Append {
        /// Where.
        path: &'c [&'c str],
        /// The mapping, its keys in camelCase.
        fields: &'c [(&'c str, Value<'c>)],
    },
    /// Takes the whole definition out of its list, its document or its file. It stands alone.
    Remove,
    /// Puts a mapping of scalars behind this definition, as the next item of the list it stands in.
    Follow {
        /// The mapping, its keys in camelCase.
        fields: &'c [(&'c str, Value<'c>)],
    },
}

/// Stands between the names that a key can have. No name that a definition gives has this character.
const OR: char = '\u{0}';

/// A key of a path that can have another name.
pub fn either(name: &str, other: &str) -> String {
    format!("{name}{OR}{other}")
}

/// The names that a key can have.
pub fn names(key: &str) -> impl Iterator<Item = &str> {
    key.split(OR)
}

/// A replacement in the text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The bytes of the text that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub with: String,
}

/// A changed definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The replacements, in the order of the text, none touching another; there are none if it was so already.
    pub splices: Vec<Splice>,
    /// The definition as it reads then, DynamoDB's types off; none if it was removed. Its spans say nothing.
    pub node: Option<Node>,
}

/// Makes changes of the definition that was read from `definition`, one after the other; nothing where one of them cannot be made, or
/// where it cannot be shown that nothing else changes.
///
/// `definition` is the span of the definition's own mapping as [`crate::parse`] gave it.
pub fn edit(source: &SourceFile, syntax: Syntax, definition: Span, changes: &[Change<'_>]) -> Option<Edited> {
    edit_beyond(work::SMALL, source, syntax, definition, changes)
}

/// Makes changes; of a file larger than this, no more is read again than has to be.
fn edit_beyond(small: usize, source: &SourceFile, syntax: Syntax, definition: Span, changes: &[Change<'_>]) -> Option<Edited> {
    if changes.contains(&Change::Remove) && changes.len() > 1 {
        return None;
    }
    if syntax == Syntax::Csv {
        return csv::edit(source, definition, changes);
    }
    let with_neighbours = changes.iter().any(|change| matches!(change, Change::Remove | Change::Follow { .. }));
    if source.text().len() > small
        && let Some(stretch) = stretch::of(source, syntax, definition, with_neighbours)
        && let Some(work) = Work::new(source, stretch, definition)
    {
        return work.run(changes);
    }
    Work::new(source, stretch::whole(source, syntax), definition)?.run(changes)
}

fn splice(range: Range<usize>, with: String) -> Splice {
    Splice { range, with }
}

#[cfg(test)]
mod tests;
