//! Changes of YAML that is written in lines.

use super::page::{Page, member_start, range};
use super::{Splice, splice};
use crate::parse::{Entry, Node, Value};

impl Page<'_> {
    /// Writes an entry or an item on the lines behind the one before `at`.
    pub(super) fn insert_block(&self, parent: &Node, at: usize, key: Option<&str>, node: &Node) -> Option<Vec<Splice>> {
        let index = at.checked_sub(1)?;
        let end = self.part_end(parent, index)?;
        self.is_rest(end).then_some(())?;
        let (column, line) = match (&parent.value, key) {
            (Value::Map(entries), Some(key)) => {
                let column = self.column(entries.first()?.key_span.start as usize)?;
                let entry = Entry { key: key.into(), key_span: node.span, value: node.clone() };
                (column, format!("{}{}", " ".repeat(column), self.block_entry(parent, &entry, column)))
            }
            (Value::List(items), None) => {
                // An item can stand on the line below its `-`.
                let like = items.iter().rev().find_map(|item| Some((self.dash(item)?, item.span.start as usize)));
                let first = parent.span.start as usize;
                let (dash, value) = like.or_else(|| self.slice(first, self.text.len()).starts_with('-').then_some((first, first + 1)))?;
                let gap = self.slice(dash + 1, value);
                let gap = if gap.is_empty() || gap.contains(['\t', '\n']) { " " } else { gap };
                let column = self.column(dash)?;
                let is_flow = matches!(node.value, Value::Map(_)) && self.is_flow(items.get(index)?);
                let quotes = self.member_quotes(parent);
                let item = if is_flow { self.flow(node, None, quotes) } else { self.block_item(node, column + 1 + gap.len(), quotes) };
                (column, format!("{}-{gap}{item}", " ".repeat(column)))
            }
            _ => return None,
        };
        let end = self.line_end(self.with_comments(end, column));
        Some(vec![splice(end..end, format!("{}{line}", self.eol))])
    }

    /// The last of the comments below a value that stand further in than a column: they are about what is in the value.
    fn with_comments(&self, end: usize, column: usize) -> usize {
        let mut last = end;
        loop {
            let next = self.next_line(last);
            let line = self.slice(next, self.line_end(next));
            let comment = line.trim_start_matches(' ');
            if !comment.starts_with('#') || line.len() - comment.len() <= column {
                return last;
            }
            last = next;
        }
    }

    /// The column of a byte that nothing but space and `-` stands before.
    fn column(&self, at: usize) -> Option<usize> {
        let before = self.slice(self.line_start(at), at);
        before.bytes().all(|byte| matches!(byte, b' ' | b'-')).then_some(before.len())
    }

    /// Takes an entry or an item out with its lines.
    pub(super) fn remove_block(&self, parent: &Node, above: Option<&Entry>, index: usize) -> Option<Vec<Splice>> {
        let end = self.part_end(parent, index)?;
        self.is_rest(end).then_some(())?;
        let (start, open) = match &parent.value {
            Value::Map(entries) => (entries.get(index)?.key_span.start as usize, "{}"),
            Value::List(items) => (self.dash(items.get(index)?)?, "[]"),
            Value::Scalar(..) => return None,
        };
        let is_sole = index == 0 && member_start(parent, 1).is_none();
        if !is_sole {
            return if self.indent(start).is_some() { Some(vec![self.lines(start, end)]) } else { self.remove_first(parent, start, end) };
        }
        if let Some(colon) = above.and_then(|entry| self.behind_colon(entry))
            && self.line_start(colon) < self.line_start(start)
        {
            self.indent(start)?;
            return Some(vec![splice(colon..colon, format!(" {open}")), self.lines(start, end)]);
        }
        Some(vec![splice(start..end, open.to_owned())])
    }

    /// Takes the first member out of what begins on the line of the `-` around it: the second comes into its place.
    fn remove_first(&self, parent: &Node, start: usize, end: usize) -> Option<Vec<Splice>> {
        let next = match &parent.value {
            Value::Map(entries) => entries.get(1)?.key_span.start as usize,
            Value::List(items) => self.dash(items.get(1)?)?,
            Value::Scalar(..) => return None,
        };
        if self.slice(self.line_end(end), next).trim().is_empty() {
            return Some(vec![splice(start..next, String::new())]);
        }
        // A comment above the second member stays above it, and the `-` above both.
        let before = self.slice(0, start).trim_end_matches(' ');
        let is_dash = before.ends_with('-') && before.len() > self.from && matches!(parent.value, Value::Map(_));
        is_dash.then(|| vec![splice(before.len()..self.line_end(end), String::new())])
    }

    /// The whole lines of a stretch. Where the last of them has no end, the one before it has none then.
    pub(super) fn lines(&self, start: usize, end: usize) -> Splice {
        let (start, next) = (self.line_start(start), self.next_line(end));
        let is_open = next == self.text.len() && !self.slice(0, next).ends_with('\n');
        let before = self.slice(0, start);
        let before = before.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text));
        splice(if is_open { before.map_or(start, str::len) } else { start }..next, String::new())
    }

    /// Writes another value over one. Where nothing is written, it comes behind the colon.
    pub(super) fn replace(&self, old: &Node, above: Option<(&Node, &Entry)>, node: &Node) -> Option<Vec<Splice>> {
        let quotes = self.quotes(std::slice::from_ref(old));
        let is_flow = above.is_none_or(|(map, _)| self.is_flow(map));
        if let Some((_, entry)) = above
            && self.is_unwritten(old)
        {
            let colon = self.behind_colon(entry)?;
            let space = if self.slice(colon, self.text.len()).starts_with(' ') && !self.is_rest(colon) { "" } else { " " };
            return Some(vec![splice(colon..colon, format!("{space}{}", self.flow(node, None, quotes)))]);
        }
        let (start, end) = range(old);
        let end = if self.is_json { end } else { start + self.slice(start, end).trim_end().len() };
        // A text in a block has its own lines, which do not end here.
        if !is_flow && self.slice(start, end).starts_with(['|', '>']) {
            return None;
        }
        let line = self.slice(self.line_start(start), start);
        let indent = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len());
        Some(vec![splice(start..end, self.flow(node, indent, quotes))])
    }
}
