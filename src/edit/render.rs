//! New values as text, written as their neighbours are.

use super::page::{Page, member_start};
use super::scalar::{self, Quotes, is_plain};
use crate::parse::{Entry, Node, Value};

/// How deep a level is further in, where nothing says otherwise.
const UNIT: usize = 2;

impl Page<'_> {
    pub(super) fn scalar(&self, node: &Node, quotes: Quotes) -> String {
        let text = node.text().unwrap_or_default();
        match (node.is_plain(), self.is_json) {
            (true, _) => text.to_owned(),
            (false, true) => scalar::json(text),
            (false, false) => scalar::yaml(text, quotes),
        }
    }

    /// A key, quoted where those beside it are.
    pub(super) fn key(&self, map: &Node, key: &str) -> String {
        let entries = map.entries().unwrap_or_default();
        let is_quoted = |entry: &Entry| self.slice(entry.key_span.start as usize, entry.key_span.end as usize).starts_with('"');
        if self.is_json {
            return scalar::json(key);
        }
        let all_quoted = !entries.is_empty() && entries.iter().all(is_quoted);
        let quotes = if all_quoted || !is_plain(key) { Quotes::Double } else { Quotes::Needed };
        scalar::yaml(key, quotes)
    }

    /// What stands between a key and its value.
    fn colon(&self) -> &'static str {
        let between = self.definition.entries().and_then(|entries| entries.first()).map(|entry| {
            let start = self.behind_colon(entry).unwrap_or_default();
            self.slice(start, entry.value.span.start as usize)
        });
        if self.is_json && between.is_some_and(str::is_empty) { ":" } else { ": " }
    }

    /// What stands between the members of a list or mapping on one line.
    pub(super) fn comma(&self) -> &'static str {
        if self.colon() == ":" { "," } else { ", " }
    }

    /// A value in brackets, or a scalar. With the space before its line, it may take several lines if its like do here.
    pub(super) fn flow(&self, node: &Node, indent: Option<&str>, quotes: Quotes) -> String {
        let indent = indent.filter(|_| self.is_json && self.is_spread(node));
        let inner = indent.map(|indent| format!("{indent}{}", self.unit()));
        let (open, close, members) = match &node.value {
            Value::Scalar(..) => return self.scalar(node, quotes),
            Value::List(items) => ('[', ']', items.iter().map(|item| self.flow(item, inner.as_deref(), quotes)).collect::<Vec<_>>()),
            Value::Map(entries) => ('{', '}', entries.iter().map(|entry| self.flow_entry(node, entry, inner.as_deref(), quotes)).collect()),
        };
        match (indent, inner) {
            (Some(indent), Some(inner)) if !members.is_empty() => {
                let eol = self.eol;
                format!("{open}{eol}{inner}{}{eol}{indent}{close}", members.join(&format!(",{eol}{inner}")))
            }
            _ => format!("{open}{}{close}", members.join(self.comma())),
        }
    }

    /// An entry of a mapping in brackets.
    pub(super) fn flow_entry(&self, map: &Node, entry: &Entry, indent: Option<&str>, quotes: Quotes) -> String {
        // What has no place of its own yet has no neighbours either.
        let like = if self.is_flow(map) { map } else { self.definition };
        format!("{}{}{}", self.key(like, &entry.key), self.colon(), self.flow(&entry.value, indent, quotes))
    }

    /// Whether values like this one take several lines here.
    fn is_spread(&self, node: &Node) -> bool {
        let kind = |node: &Node| match &node.value {
            Value::Scalar(..) => 0,
            Value::List(..) => 1,
            Value::Map(entries) if matches!(entries.as_slice(), [entry] if entry.value.height() == 0) => 2,
            Value::Map(..) => 3,
        };
        let lines = |other: &Node| self.slice(other.span.start as usize, other.span.end as usize).contains('\n');
        let is_empty = |other: &Node| super::step::child(other, 0).is_none();
        let tell = |_: &Node, other: &Node| (kind(other) == kind(node) && !is_empty(other)).then(|| lines(other));
        self.taste(self.definition, tell).unwrap_or_else(|| lines(self.definition))
    }

    /// How far each level is further in, in brackets over several lines.
    fn unit(&self) -> &str {
        let inner = member_start(self.definition, 0).and_then(|start| self.indent(start)).unwrap_or_default();
        // What closes it stands where the line that opens it begins.
        let outer = (self.definition.span.end as usize).checked_sub(1).and_then(|close| self.indent(close)).map_or(0, str::len);
        inner.get(outer..).filter(|unit| !unit.is_empty()).unwrap_or("  ")
    }

    /// An entry of a block mapping that begins in a column, without the space before its first line.
    pub(super) fn block_entry(&self, map: &Node, entry: &Entry, column: usize) -> String {
        let key = self.key(map, &entry.key);
        let (eol, value) = (self.eol, &entry.value);
        let begins = |column: usize| format!("{eol}{}", " ".repeat(column));
        match &value.value {
            Value::Map(entries) if self.is_block_mapping(map) => {
                let inner = column + UNIT;
                let lines = entries.iter().map(|entry| begins(inner) + &self.block_entry(value, entry, inner));
                format!("{key}:{}", lines.collect::<String>())
            }
            Value::List(items) => match self.list_offset(map, items) {
                Some(offset) => {
                    let inner = column + offset;
                    let lines = items.iter().map(|item| format!("{}- {}", begins(inner), self.block_item(item, inner + 2, Quotes::Needed)));
                    format!("{key}:{}", lines.collect::<String>())
                }
                None => format!("{key}: {}", self.flow(value, None, Quotes::Needed)),
            },
            _ => format!("{key}: {}", self.flow(value, None, Quotes::Needed)),
        }
    }

    /// An item of a block list whose lines begin in a column, without its `-`.
    pub(super) fn block_item(&self, item: &Node, column: usize, quotes: Quotes) -> String {
        match &item.value {
            Value::Map(entries) if !entries.is_empty() => {
                let lines: Vec<String> = entries.iter().map(|entry| self.block_entry(item, entry, column)).collect();
                lines.join(&format!("{}{}", self.eol, " ".repeat(column)))
            }
            _ => self.flow(item, None, quotes),
        }
    }

    /// Whether mappings in mappings are written as blocks here.
    fn is_block_mapping(&self, near: &Node) -> bool {
        let tell = |parent: &Node, child: &Node| {
            let inner = matches!((&parent.value, &child.value), (Value::Map(_), Value::Map(entries)) if !entries.is_empty());
            inner.then(|| !self.is_flow(child))
        };
        self.taste(near, tell).unwrap_or(true)
    }

    /// How far in from their key the items of block lists stand; nothing where such lists are written in brackets.
    fn list_offset(&self, near: &Node, items: &[Node]) -> Option<usize> {
        let of_mappings = items.iter().any(|item| matches!(item.value, Value::Map(_)));
        let tell = |parent: &Node, _: &Node| {
            parent.entries()?.iter().find_map(|entry| {
                let Value::List(found) = &entry.value.value else { return None };
                let first = found.first()?;
                if of_mappings != matches!(first.value, Value::Map(_)) {
                    return None;
                }
                if self.is_flow(&entry.value) {
                    return Some(None);
                }
                let (dash, key) = (self.dash(first)?, entry.key_span.start as usize);
                Some(Some((dash - self.line_start(dash)).checked_sub(key - self.line_start(key)).unwrap_or(UNIT)))
            })
        };
        self.taste(near, tell).unwrap_or(of_mappings.then_some(UNIT))
    }
}
