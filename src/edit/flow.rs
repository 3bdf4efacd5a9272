//! Changes inside brackets: JSON, and YAML written so.

use super::page::{Page, member_start, range};
use super::{Splice, splice};
use crate::parse::{Entry, Node, Value};

impl Page<'_> {
    /// Writes a member behind the one before `at`.
    pub(super) fn insert_flow(&self, parent: &Node, at: usize, key: Option<&str>, node: &Node) -> Option<Vec<Splice>> {
        let (start, end) = range(parent);
        let Some(index) = at.checked_sub(1) else { return self.fill(parent, key, node) };
        let before = self.part_end(parent, index)?;
        let own_line = member_start(parent, index).filter(|member| *member > start).and_then(|member| self.own_line(member));
        let member = self.member(parent, key, node, own_line);
        let comma = self.significant(before).filter(|found| *found < end && self.slice(*found, end).starts_with(','));
        let behind = comma.map_or(before, |found| found + 1);
        if let Some(indent) = own_line {
            let eol = self.eol;
            if self.is_rest(behind) {
                let line_end = self.line_end(behind);
                return Some(match comma {
                    Some(_) => vec![splice(line_end..line_end, format!("{eol}{indent}{member},"))],
                    None if line_end == behind => vec![splice(behind..behind, format!(",{eol}{indent}{member}"))],
                    None => vec![splice(behind..behind, ",".to_owned()), splice(line_end..line_end, format!("{eol}{indent}{member}"))],
                });
            }
            let text = if comma.is_some() { format!("{eol}{indent}{member},") } else { format!(",{eol}{indent}{member}") };
            return Some(vec![splice(behind..behind, text)]);
        }
        let is_trailing = comma.is_some() && self.significant(behind).is_some_and(|found| self.slice(found, end).starts_with([']', '}']));
        if is_trailing {
            let space = self.comma().get(1..).unwrap_or_default();
            return Some(vec![splice(behind..behind, format!("{space}{member},"))]);
        }
        let between = index.checked_sub(1).and_then(|index| {
            let between = self.slice(self.part_end(parent, index)?, member_start(parent, index + 1)?);
            (between.trim() == "," && !between.contains('\n')).then_some(between)
        });
        let between = between.unwrap_or_else(|| self.comma());
        Some(vec![splice(before..before, format!("{between}{member}"))])
    }

    /// Writes the first member of what is empty.
    fn fill(&self, parent: &Node, key: Option<&str>, node: &Node) -> Option<Vec<Splice>> {
        let (start, end) = range(parent);
        let is_blank = self.slice(start + 1, end.checked_sub(1)?).trim().is_empty();
        if !is_blank {
            let member = self.member(parent, key, node, None);
            return Some(vec![splice(start + 1..start + 1, member)]);
        }
        let mut whole = parent.clone();
        match (&mut whole.value, key) {
            (Value::List(items), None) => items.push(node.clone()),
            (Value::Map(entries), Some(key)) => entries.push(Entry { key: key.into(), key_span: node.span, value: node.clone() }),
            _ => return None,
        }
        let line = self.slice(self.line_start(start), start);
        let indent = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len());
        Some(vec![splice(start..end, self.flow(&whole, indent, self.member_quotes(parent)))])
    }

    fn member(&self, parent: &Node, key: Option<&str>, node: &Node, indent: Option<&str>) -> String {
        match key {
            None => self.flow(node, indent, self.member_quotes(parent)),
            Some(key) => {
                let entry = Entry { key: key.into(), key_span: node.span, value: node.clone() };
                self.flow_entry(parent, &entry, indent, self.member_quotes(parent))
            }
        }
    }

    /// Takes a member out, with the comma that it leaves behind, and the comment on its line.
    pub(super) fn remove_flow(&self, parent: &Node, index: usize) -> Option<Vec<Splice>> {
        let (start, end) = range(parent);
        let (from, to) = (member_start(parent, index)?, self.part_end(parent, index)?);
        let comma = self.significant(to).filter(|found| *found < end && self.slice(*found, end).starts_with(','));
        let behind = comma.map_or(to, |found| found + 1);
        let is_sole = index == 0 && member_start(parent, 1).is_none();
        let is_blank = |from: usize, to: usize| self.slice(from, to).trim().is_empty();
        if is_sole && is_blank(start + 1, from) && is_blank(behind, end.checked_sub(1)?) && self.is_comma(to, behind) {
            return Some(vec![splice(start + 1..end - 1, String::new())]);
        }
        let before = index.checked_sub(1).and_then(|before| self.part_end(parent, before));
        let is_last = member_start(parent, index + 1).is_none();
        // A line begins inside the brackets, and nothing else stands on it.
        if self.own_line(from).is_some_and(|_| self.line_start(from) > start) && self.is_rest(behind) && self.next_line(behind) < end {
            let line = splice(self.line_start(from)..self.next_line(behind), String::new());
            let left = match before {
                Some(before) if is_last && comma.is_none() => self.significant(before)?,
                _ => return Some(vec![line]),
            };
            self.slice(left, end).starts_with(',').then_some(())?;
            return Some(vec![splice(left..left + 1, String::new()), line]);
        }
        if let Some(next) = member_start(parent, index + 1) {
            return self.is_comma(to, next).then(|| vec![splice(from..next, String::new())]);
        }
        if let Some(before) = before {
            return self.is_comma(before, from).then(|| vec![splice(before..to, String::new())]);
        }
        None
    }

    /// Whether nothing but space and at most one comma stands there.
    fn is_comma(&self, from: usize, to: usize) -> bool {
        matches!(self.slice(from, to).trim(), "" | ",")
    }

    /// The space before a byte, if a line begins with that.
    fn own_line(&self, at: usize) -> Option<&str> {
        self.indent(at).filter(|_| self.line_start(at) > 0)
    }

    /// The next byte that is neither space nor comment.
    fn significant(&self, mut at: usize) -> Option<usize> {
        loop {
            let rest = self.text.get(at..)?;
            let trimmed = rest.trim_start();
            at += rest.len() - trimmed.len();
            if !trimmed.starts_with('#') {
                return (!trimmed.is_empty()).then_some(at);
            }
            at = self.next_line(at);
        }
    }
}
