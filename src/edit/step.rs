//! A change as steps on trees: what the text has to say when the change has been written.

use crate::parse::{Entry, Node, Style, Value};
use crate::source::Span;

/// A step. A place is the numbers of items and entries that lead to a value, from the documents of a text down.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Puts a value behind the item or entry before `at`, or first into what is empty. In a mapping it has a key.
    Insert { into: Vec<usize>, at: usize, key: Option<String>, node: Node },
    /// Puts another value in the place of one.
    Replace { at: Vec<usize>, node: Node },
    /// Takes an item or an entry out.
    Remove { at: Vec<usize> },
}

impl Step {
    /// Makes the step on documents.
    pub(super) fn make(&self, documents: &mut Vec<Node>) -> Option<()> {
        match self {
            Self::Insert { into, at, key, node } => {
                let Some(parent) = find_mut(documents, into) else {
                    return (into.is_empty() && key.is_none() && *at <= documents.len()).then(|| documents.insert(*at, node.clone()));
                };
                match (&mut parent.value, key) {
                    (Value::List(items), None) if *at <= items.len() => items.insert(*at, node.clone()),
                    (Value::Map(entries), Some(key)) if *at <= entries.len() => {
                        let entry = Entry { key: key.as_str().into(), key_span: node.span, value: node.clone() };
                        entries.insert(*at, entry);
                    }
                    _ => return None,
                }
            }
            Self::Replace { at, node } => *find_mut(documents, at)? = node.clone(),
            Self::Remove { at } => {
                let (last, into) = at.split_last()?;
                let Some(parent) = find_mut(documents, into) else {
                    return (into.is_empty() && *last < documents.len()).then(|| drop(documents.remove(*last)));
                };
                match &mut parent.value {
                    Value::List(items) if *last < items.len() => drop(items.remove(*last)),
                    Value::Map(entries) if *last < entries.len() => drop(entries.remove(*last)),
                    _ => return None,
                }
            }
        }
        Some(())
    }
}

/// The value at a place.
pub(super) fn find<'n>(documents: &'n [Node], at: &[usize]) -> Option<&'n Node> {
    let (first, rest) = at.split_first()?;
    rest.iter().try_fold(documents.get(*first)?, |node, index| child(node, *index))
}

fn find_mut<'n>(documents: &'n mut [Node], at: &[usize]) -> Option<&'n mut Node> {
    let (first, rest) = at.split_first()?;
    rest.iter().try_fold(documents.get_mut(*first)?, |node, index| match &mut node.value {
        Value::List(items) => items.get_mut(*index),
        Value::Map(entries) => entries.get_mut(*index).map(|entry| &mut entry.value),
        Value::Scalar(..) => None,
    })
}

/// An item of a list, or the value of an entry.
pub(super) fn child(node: &Node, index: usize) -> Option<&Node> {
    match &node.value {
        Value::List(items) => items.get(index),
        Value::Map(entries) => entries.get(index).map(|entry| &entry.value),
        Value::Scalar(..) => None,
    }
}

/// The places of all values that have this span.
pub(super) fn places(documents: &[Node], span: Span) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        search(document, span, &mut vec![index], &mut found);
    }
    found
}

fn search(node: &Node, span: Span, at: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    if (node.span.start, node.span.end) == (span.start, span.end) && matches!(node.value, Value::Map(_)) {
        found.push(at.clone());
    }
    for index in 0.. {
        let Some(child) = child(node, index) else { return };
        at.push(index);
        search(child, span, at, found);
        at.pop();
    }
}

/// Whether documents say what is expected of them, wherever it stands. A text that was to be written may have no quotes, if nobody could
/// take it for anything else.
pub(super) fn same(expected: &[Node], found: &[Node]) -> bool {
    expected.len() == found.len() && expected.iter().zip(found).all(|(expected, found)| same_value(expected, found))
}

fn same_value(expected: &Node, found: &Node) -> bool {
    match (&expected.value, &found.value) {
        (Value::Scalar(text, style), Value::Scalar(other, as_found)) => {
            text == other && (style == as_found || (*style == Style::Quoted && super::scalar::is_plain(other)))
        }
        (Value::List(items), Value::List(others)) => same(items, others),
        (Value::Map(entries), Value::Map(others)) => {
            let same_entry = |(entry, other): (&Entry, &Entry)| entry.key == other.key && same_value(&entry.value, &other.value);
            entries.len() == others.len() && entries.iter().zip(others).all(same_entry)
        }
        _ => false,
    }
}
