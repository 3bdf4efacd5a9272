//! Lists and mappings in brackets that close on the line they open on.

use super::Reader;
use super::block::Entries;
use crate::parse::limits;
use crate::parse::node::{Node, Value};

impl Reader<'_> {
    /// Reads a list or mapping in brackets, `depth` others around it.
    pub(super) fn flow(&mut self, depth: usize) -> Option<Node> {
        if depth >= limits::DEPTH {
            return None;
        }
        let start = self.at;
        let open = self.peek()?;
        self.at += 1;
        self.skip_spaces();
        let value = if open == b'[' { self.flow_list(depth)? } else { self.flow_mapping(depth)? };
        Some(Node { span: self.span(start, self.at), value })
    }

    fn flow_list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        if self.closes(b']') {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.flow_value(depth)?);
            if self.separator(b']')? {
                return Some(Value::List(items));
            }
        }
    }

    fn flow_mapping(&mut self, depth: usize) -> Option<Value> {
        let mut entries = Entries::default();
        if self.closes(b'}') {
            return Some(Value::Map(entries.finish()));
        }
        loop {
            let key = self.scalar(true)?;
            self.colon(key)?;
            self.at += 1;
            self.skip_spaces();
            let value = self.flow_value(depth)?;
            entries.push(key, value)?;
            if self.separator(b'}')? {
                return Some(Value::Map(entries.finish()));
            }
        }
    }

    fn flow_value(&mut self, depth: usize) -> Option<Node> {
        match self.peek()? {
            b'[' | b'{' => self.flow(depth + 1),
            _ => Some(self.scalar(true)?.node()),
        }
    }

    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        self.at += usize::from(closes);
        closes
    }

    /// After a member: a comma (false) or the closing bracket (true).
    fn separator(&mut self, close: u8) -> Option<bool> {
        self.skip_spaces();
        match self.peek()? {
            b',' => {
                self.at += 1;
                self.skip_spaces();
                Some(false)
            }
            byte if byte == close => {
                self.at += 1;
                Some(true)
            }
            _ => None,
        }
    }
}
