//! Lists and mappings by indentation.

use super::Reader;
use super::lines::Ahead;
use super::scalar::Scalar;
use crate::parse::keys::Keys;
use crate::parse::limits;
use crate::parse::node::{Entry, Node, Style, Value};

/// Bytes of a key; the parser takes no longer ones.
const KEY: usize = 1000;

/// The entries of a mapping while it is read.
#[derive(Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    keys: Keys,
}

impl Entries {
    /// Adds an entry, unless its key is there already.
    pub(super) fn push(&mut self, key: Scalar<'_>, value: Node) -> Option<()> {
        self.keys.note(&self.entries, key.text, key.span).ok()?;
        self.entries.push(Entry { key: key.text.into(), key_span: key.span, value });
        Some(())
    }

    pub(super) fn finish(self) -> Vec<Entry> {
        self.entries
    }
}

impl<'t> Reader<'t> {
    /// Reads the value that stands here, with `depth` lists and mappings around it, to the end of its last line.
    pub(super) fn block(&mut self, column: usize, depth: usize) -> Option<Node> {
        if self.is_dash() {
            return self.list(column, depth, self.at);
        }
        if matches!(self.peek()?, b'[' | b'{') {
            let node = self.flow(depth)?;
            self.finish_line()?;
            return Some(node);
        }
        let scalar = self.scalar(false)?;
        if self.peek() == Some(b':') {
            return self.mapping(column, depth, scalar);
        }
        self.finish_line()?;
        Some(scalar.node())
    }

    /// Reads a list from its first `-`; its place begins at `start`.
    fn list(&mut self, column: usize, depth: usize, start: usize) -> Option<Node> {
        if depth >= limits::DEPTH {
            return None;
        }
        let mut items = Vec::new();
        loop {
            self.at += 1;
            self.skip_spaces();
            let item = match self.peek() {
                None | Some(b'\n') => {
                    let nothing = self.at;
                    self.finish_line()?;
                    self.below(column, depth, nothing)?
                }
                Some(_) => self.block(self.at - self.line, depth + 1)?,
            };
            items.push(item);
            if !self.goes_on(column)? || !self.is_dash() {
                return Some(Node { span: self.span(start, self.end(start)), value: Value::List(items) });
            }
        }
    }

    fn mapping(&mut self, column: usize, depth: usize, first: Scalar<'t>) -> Option<Node> {
        if depth >= limits::DEPTH {
            return None;
        }
        let start = first.span.start as usize;
        let mut entries = Entries::default();
        let mut key = first;
        loop {
            self.colon(key)?;
            let value = self.value(column, depth)?;
            entries.push(key, value)?;
            if !self.goes_on(column)? {
                return Some(Node { span: self.span(start, self.end(start)), value: Value::Map(entries.finish()) });
            }
            key = self.scalar(false)?;
        }
    }

    /// The reader stands on the `:` of a key.
    fn value(&mut self, column: usize, depth: usize) -> Option<Node> {
        let colon = self.at;
        self.at += 1;
        self.skip_spaces();
        let node = match self.peek() {
            None | Some(b'\n' | b'#') => {
                // The space before a comment belongs to it.
                self.at = colon + 1;
                self.finish_line()?;
                if self.ahead == Ahead::Content(column) && self.is_dash() {
                    // The parser has such a list begin at its first item.
                    let spaces = self.bytes.get(self.at + 1..)?.iter().take_while(|byte| **byte == b' ').count();
                    return self.list(column, depth + 1, self.at + 1 + spaces);
                }
                return self.below(column, depth, colon);
            }
            Some(b'[' | b'{') => self.flow(depth + 1)?,
            Some(_) => self.scalar(false)?.node(),
        };
        self.finish_line()?;
        Some(node)
    }

    /// What stands on the lines below a key or a `-` and further in; else nothing, which the parser writes `~`, at `nothing`.
    fn below(&mut self, column: usize, depth: usize, nothing: usize) -> Option<Node> {
        match self.ahead {
            Ahead::Content(inner) if inner > column => self.block(inner, depth + 1),
            _ => Some(Node { span: self.span(nothing, nothing), value: Value::Scalar("~".into(), Style::Plain) }),
        }
    }

    /// Whether the next line is in this column. One that is further in would go on with the last value, or is out of place.
    fn goes_on(&self, column: usize) -> Option<bool> {
        match self.ahead {
            Ahead::Content(next) if next > column => None,
            ahead => Some(ahead == Ahead::Content(column)),
        }
    }

    /// Whether a `-` begins an item here.
    fn is_dash(&self) -> bool {
        self.peek() == Some(b'-') && matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\n'))
    }

    /// Whether a `:` behind a key says that it is one.
    pub(super) fn colon(&self, key: Scalar<'_>) -> Option<()> {
        let is_key = self.peek() == Some(b':') && matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\n'));
        (is_key && key.text.len() <= KEY).then_some(())
    }

    /// A list or mapping ends where what follows begins, without the space between.
    fn end(&self, start: usize) -> usize {
        self.text.get(start..self.at).map_or(start, |text| start + text.trim_end().len())
    }
}
