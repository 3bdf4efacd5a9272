//! Whole documents, and which part of the text a step is about.

use super::page::{Page, range};
use super::step::{Step, find};
use super::{Splice, splice};
use crate::parse::{Node, Value};

impl Page<'_> {
    /// What makes a step in the text.
    pub(super) fn write(&self, step: &Step) -> Option<Vec<Splice>> {
        match step {
            Step::Insert { into, at, node, .. } if into.is_empty() => self.insert_document(*at, node),
            Step::Insert { into, at, key, node } => {
                let parent = find(self.documents, into)?;
                let in_brackets = self.is_json || self.is_flow(parent);
                if in_brackets {
                    self.insert_flow(parent, *at, key.as_deref(), node)
                } else {
                    self.insert_block(parent, *at, key.as_deref(), node)
                }
            }
            Step::Replace { at, node } => {
                let old = find(self.documents, at)?;
                let (index, into) = at.split_last()?;
                let map = find(self.documents, into);
                let above = map.and_then(|map| Some((map, map.entries()?.get(*index)?)));
                self.replace(old, above, node)
            }
            Step::Remove { at } => {
                let (index, into) = at.split_last()?;
                let Some(parent) = find(self.documents, into) else { return self.remove_document(*index) };
                if self.is_json || self.is_flow(parent) {
                    return self.remove_flow(parent, *index);
                }
                let above = into.split_last().and_then(|(index, into)| find(self.documents, into)?.entries()?.get(*index));
                self.remove_block(parent, above, *index)
            }
        }
    }

    fn insert_document(&self, at: usize, node: &Node) -> Option<Vec<Splice>> {
        let before = self.documents.get(at.checked_sub(1)?)?;
        let end = self.end(before);
        self.is_rest(end).then_some(())?;
        let end = self.line_end(end);
        let eol = self.eol;
        let text = if self.is_json {
            format!("{eol}{}", self.flow(node, Some(""), super::scalar::Quotes::Needed))
        } else {
            format!("{eol}---{eol}{}", self.block_item(node, 0, super::scalar::Quotes::Needed))
        };
        Some(vec![splice(end..end, text)])
    }

    /// Takes a document out, with the mark that begins it, or else the one that begins the next.
    fn remove_document(&self, index: usize) -> Option<Vec<Splice>> {
        let node = self.documents.get(index)?;
        let (start, _) = range(node);
        let end = self.end(node);
        let is_alone = self.is_rest(end);
        if self.is_json {
            let own_lines = is_alone && self.indent(start).is_some();
            return Some(vec![if own_lines { self.lines(start, end) } else { splice(start..end, String::new()) }]);
        }
        is_alone.then_some(())?;
        if is_mark(self.slice(self.line_start(start), start)) {
            return Some(vec![self.lines(start, end)]);
        }
        let above = index.checked_sub(1).and_then(|before| self.documents.get(before)).map_or(0, |before| self.next_line(self.end(before)));
        if let Some(mark) = self.marks(above, self.line_start(start)).last() {
            // What stands between them stays.
            let next = self.next_line(mark);
            let is_near = self.slice(next, self.line_start(start)).trim().is_empty();
            return Some(if is_near {
                vec![self.lines(mark, end)]
            } else {
                vec![splice(mark..next, String::new()), self.lines(start, end)]
            });
        }
        let own = self.lines(start, end);
        let Some(next) = self.documents.get(index + 1) else { return Some(vec![own]) };
        let mark = self.marks(self.next_line(end), (next.span.start as usize).max(self.next_line(end))).next()?;
        let mark_end = if self.is_rest(mark + 3) { self.next_line(mark) } else { mark + 4 };
        if self.slice(own.range.end, mark).trim().is_empty() {
            return Some(vec![splice(own.range.start..mark_end, String::new())]);
        }
        Some(vec![own, splice(mark..mark_end, String::new())])
    }

    /// Where lines that begin documents start, in a stretch of whole lines.
    fn marks(&self, from: usize, to: usize) -> impl Iterator<Item = usize> {
        let mut at = from;
        self.slice(from, to).split_inclusive('\n').filter_map(move |line| {
            let start = at;
            at += line.len();
            is_mark(line).then_some(start)
        })
    }

    /// Whether a value can be taken out as a whole: it is an item of a list, or a document.
    pub(super) fn is_member(&self, at: &[usize]) -> bool {
        let parent = at.split_last().and_then(|(_, into)| find(self.documents, into));
        parent.is_none_or(|parent| matches!(parent.value, Value::List(_)))
    }
}

fn is_mark(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}
