//! The text that is changed, with what it says, and questions about how it is laid out.

use super::scalar::Quotes;
use crate::parse::{Entry, Node, Style, Value};

/// A text and the documents that were read from it.
#[derive(Clone, Copy)]
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) documents: &'t [Node],
    /// The definition that is changed; its neighbours say how things are written here.
    pub(super) definition: &'t Node,
    pub(super) is_json: bool,
    /// Where the text begins that is really there: what stands before keeps the place of something else.
    pub(super) from: usize,
    /// How lines end.
    pub(super) eol: &'t str,
}

impl<'t> Page<'t> {
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Where the line of a byte begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |found| found + 1)
    }

    /// Where the line of a byte ends, without its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.slice(at, self.text.len()).find('\n').map_or(self.text.len(), |found| at + found);
        if end > at && self.slice(at, end).ends_with('\r') { end - 1 } else { end }
    }

    /// Where the line after that of a byte begins.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.slice(at, self.text.len()).find('\n').map_or(self.text.len(), |found| at + found + 1)
    }

    /// What stands before a byte on its line, if that is nothing but space.
    pub(super) fn indent(&self, at: usize) -> Option<&'t str> {
        let line = self.line_start(at);
        let before = self.slice(line, at);
        (line == at || line >= self.from).then_some(())?;
        before.bytes().all(|byte| matches!(byte, b' ' | b'\t')).then_some(before)
    }

    /// Whether nothing but space and a comment is left of the line from a byte on.
    pub(super) fn is_rest(&self, at: usize) -> bool {
        let rest = self.slice(at, self.line_end(at));
        let trimmed = rest.trim_start_matches([' ', '\t']);
        trimmed.is_empty() || (!self.is_json && trimmed.starts_with('#') && trimmed.len() < rest.len())
    }

    /// Whether a list or a mapping stands in brackets. A block list can begin at its first item, and that with a bracket.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        let starts = |bracket| self.slice(node.span.start as usize, self.text.len()).starts_with(bracket);
        match &node.value {
            Value::List(items) => starts('[') && items.first().is_none_or(|first| first.span.start != node.span.start),
            Value::Map(entries) => starts('{') && entries.first().is_none_or(|first| first.key_span.start != node.span.start),
            Value::Scalar(..) => false,
        }
    }

    /// Whether a value is nothing, and nothing stands for it.
    pub(super) fn is_unwritten(&self, node: &Node) -> bool {
        let (start, end) = range(node);
        node.is_null() && self.slice(start, end).trim().is_empty()
    }

    /// Where what is written of a value ends, without comments and space behind it.
    pub(super) fn end(&self, node: &Node) -> usize {
        let (start, end) = range(node);
        if self.is_flow(node) || self.is_json {
            return end;
        }
        match &node.value {
            Value::Map(entries) => entries.last().map_or(end, |entry| self.entry_end(node, entry)),
            Value::List(items) => items.last().map_or(end, |item| self.member_end(node, item)),
            Value::Scalar(..) => start + self.slice(start, end).trim_end().len(),
        }
    }

    /// Where an entry of a mapping ends.
    pub(super) fn entry_end(&self, map: &Node, entry: &Entry) -> usize {
        let key_end = entry.key_span.end as usize;
        let colon = self.behind_colon(entry).unwrap_or(key_end);
        if self.is_unwritten(&entry.value) {
            return colon;
        }
        if is_inside(map, &entry.value) && (entry.value.span.start as usize) >= key_end {
            return self.end(&entry.value).max(colon);
        }
        // What is repeated stands elsewhere; here is its name.
        let rest = self.slice(colon, map.span.end as usize);
        let name = rest.trim_start();
        colon
            + (rest.len() - name.len())
            + name.find(|found: char| found.is_whitespace() || matches!(found, ',' | '}')).unwrap_or(name.len())
    }

    fn member_end(&self, list: &Node, item: &Node) -> usize {
        let dash = self.dash(item).map_or(0, |dash| dash + 1);
        if self.is_unwritten(item) || !is_inside(list, item) { dash.max(item.span.start as usize) } else { self.end(item).max(dash) }
    }

    /// Where an item or an entry ends; nothing for one that is written elsewhere.
    pub(super) fn part_end(&self, parent: &Node, index: usize) -> Option<usize> {
        match &parent.value {
            Value::List(items) => items.get(index).filter(|item| is_inside(parent, item)).map(|item| self.end(item)),
            Value::Map(entries) => entries.get(index).map(|entry| self.entry_end(parent, entry)),
            Value::Scalar(..) => None,
        }
    }

    /// Just behind the colon of a key.
    pub(super) fn behind_colon(&self, entry: &Entry) -> Option<usize> {
        let end = entry.key_span.end as usize;
        let rest = self.slice(end, self.text.len());
        let colon = rest.trim_start_matches([' ', '\t']);
        colon.starts_with(':').then(|| end + (rest.len() - colon.len()) + 1)
    }

    /// The `-` of an item: before it on the same line, or alone on a line above, with nothing but comments between.
    pub(super) fn dash(&self, item: &Node) -> Option<usize> {
        let start = item.span.start as usize;
        let mut line = self.line_start(start);
        let before = self.slice(line, start).trim_end_matches([' ', '\t']);
        // The place of nothing is behind its `-`.
        if before.ends_with('-') {
            return Some(line + before.len() - 1);
        }
        before.is_empty().then_some(())?;
        loop {
            let above = self.line_start(line.checked_sub(1)?);
            let text = self.slice(above, line);
            let content = text.trim();
            if !(content.is_empty() || content.starts_with('#')) {
                let dashes = content.split(" #").next().unwrap_or(content).trim_end();
                let is_dash = dashes.ends_with('-') && dashes.bytes().all(|byte| matches!(byte, b'-' | b' '));
                return is_dash.then(|| above + (text.len() - text.trim_start().len()) + dashes.len() - 1);
            }
            line = above;
        }
    }

    /// How the items of a list are quoted.
    pub(super) fn member_quotes(&self, parent: &Node) -> Quotes {
        match &parent.value {
            Value::List(items) => self.quotes(items),
            _ => Quotes::Needed,
        }
    }

    /// How the items of a list, or a scalar, are quoted.
    pub(super) fn quotes(&self, nodes: &[Node]) -> Quotes {
        let quoted = |quote| {
            let has = |node: &Node| {
                let text = self.slice(node.span.start as usize, node.span.end as usize);
                matches!(node.value, Value::Scalar(_, Style::Quoted)) && text.starts_with(quote)
            };
            !nodes.is_empty() && nodes.iter().all(has)
        };
        match (quoted('\''), quoted('"')) {
            (true, _) => Quotes::Single,
            (_, true) => Quotes::Double,
            _ => Quotes::Needed,
        }
    }

    /// The first value, from the nearest neighbours on, of which something can be told.
    pub(super) fn taste<T>(&self, near: &Node, tell: impl Fn(&Node, &Node) -> Option<T>) -> Option<T> {
        let nearest = told(near, &tell).or_else(|| told(self.definition, &tell));
        nearest.or_else(|| self.documents.iter().find_map(|document| told(document, &tell)))
    }
}

/// Where an item or an entry begins.
pub(super) fn member_start(parent: &Node, index: usize) -> Option<usize> {
    match &parent.value {
        Value::List(items) => items.get(index).map(|item| item.span.start as usize),
        Value::Map(entries) => entries.get(index).map(|entry| entry.key_span.start as usize),
        Value::Scalar(..) => None,
    }
}

/// Where a value stands.
pub(super) fn range(node: &Node) -> (usize, usize) {
    (node.span.start as usize, node.span.end as usize)
}

/// Whether a value stands where its parent does. A text in a block ends with its line, which may be behind the end of the parent.
fn is_inside(parent: &Node, node: &Node) -> bool {
    (parent.span.start..=parent.span.end).contains(&node.span.start)
}

fn told<T>(node: &Node, tell: &impl Fn(&Node, &Node) -> Option<T>) -> Option<T> {
    for index in 0.. {
        let child = super::step::child(node, index)?;
        if let Some(found) = tell(node, child).or_else(|| told(child, tell)) {
            return Some(found);
        }
    }
    None
}
