//! DynamoDB JSON: `{"userId": {"S": "u1"}}` is read as `userId: u1`, every value with its place.

use super::node::{Entry, Node, Style, Value};
use crate::diagnostic::{Code, Diagnostic};

/// The type names of the format.
const TYPES: &[&str] = &["S", "N", "BOOL", "NULL", "M", "L", "SS", "NS", "B", "BS"];

/// The type and the value, where a node has the form of a typed value.
fn typed(node: &Node) -> Option<(&str, &Node)> {
    match node.entries()? {
        [entry] if TYPES.contains(&&*entry.key) => Some((&entry.key, &entry.value)),
        _ => None,
    }
}

/// Whether a record is DynamoDB JSON: the field that identifies it has the form of a typed scalar.
pub(super) fn is_record(identity: &Node) -> bool {
    matches!(typed(identity), Some(("S" | "N", _)))
}

/// The plain form of a record.
pub(super) fn plain(record: &Node) -> Result<Node, Diagnostic> {
    match record.entries() {
        Some(entries) => mapping(record, entries),
        None => Err(malformed(record, "a record is a mapping of typed values")),
    }
}

fn mapping(node: &Node, entries: &[Entry]) -> Result<Node, Diagnostic> {
    let plain = |entry: &Entry| Ok(Entry { key: entry.key.clone(), key_span: entry.key_span, value: value(&entry.value)? });
    Ok(Node { span: node.span, value: Value::Map(entries.iter().map(plain).collect::<Result<_, _>>()?) })
}

fn value(node: &Node) -> Result<Node, Diagnostic> {
    let Some((kind, inner)) = typed(node) else {
        return Err(malformed(node, "every value of a DynamoDB record has a type, as in {\"S\": \"text\"}"));
    };
    let scalar = |text: &str, style| Ok(Node { span: inner.span, value: Value::Scalar(text.into(), style) });
    match (kind, &inner.value) {
        ("S" | "B", Value::Scalar(text, Style::Quoted)) => scalar(text, Style::Quoted),
        ("N", Value::Scalar(text, Style::Quoted)) if text.parse::<serde_json::Number>().is_ok() => scalar(text, Style::Plain),
        ("BOOL", Value::Scalar(..)) if inner.boolean().is_some() => Ok(inner.clone()),
        ("NULL", Value::Scalar(..)) if inner.boolean() == Some(true) => scalar("null", Style::Plain),
        ("M", Value::Map(entries)) => mapping(inner, entries),
        ("L", Value::List(items)) => Ok(Node { span: inner.span, value: Value::List(items.iter().map(value).collect::<Result<_, _>>()?) }),
        ("SS" | "NS" | "BS", Value::List(items)) if items.iter().all(|item| matches!(item.value, Value::Scalar(_, Style::Quoted))) => {
            Ok(inner.clone())
        }
        _ => Err(malformed(inner, &format!("this is not a value of the DynamoDB type {kind}"))),
    }
}

fn malformed(node: &Node, message: &str) -> Diagnostic {
    Diagnostic::new(Code::DynamodbValue, node.span, message).help("export the table with its types, or remove them everywhere")
}
