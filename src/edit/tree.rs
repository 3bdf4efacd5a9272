//! Definitions as trees, read again from their text, and trees with changes made on them.

use super::step::find;
use super::work::{SMALL, Work};
use super::{Change, csv, plan, stretch};
use crate::parse::{Node, Syntax};
use crate::source::{SourceFile, Span};

/// A definition as it reads, DynamoDB's types off, with the places of the file; nothing where it cannot be found by its span.
pub fn tree(source: &SourceFile, syntax: Syntax, definition: Span) -> Option<Node> {
    if syntax == Syntax::Csv {
        return csv::tree(source, definition);
    }
    let is_small = source.text().len() <= SMALL;
    let stretch = (!is_small).then(|| stretch::of(source, syntax, definition, false)).flatten();
    let work = stretch.and_then(|stretch| Work::reading(source, stretch, definition));
    work.or_else(|| Work::reading(source, stretch::whole(source, syntax), definition))?.tree(definition.file)
}

/// A tree with changes made on it, as [`super::edit`] would write them.
pub fn changed(tree: &Node, changes: &[Change<'_>]) -> Option<Node> {
    let mut documents = vec![tree.clone()];
    for change in changes {
        for step in plan::steps(find(&documents, &[0])?, &[0], false, change)? {
            step.make(&mut documents)?;
        }
    }
    documents.pop()
}
