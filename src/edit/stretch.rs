//! As much of a large text as a change is about, so that the rest need not be read again.

use super::work::Stretch;
use crate::parse::{Syntax, ordinary_yaml};
use crate::source::{FileId, SourceFile, Span};

/// All of a text.
pub(super) fn whole(source: &SourceFile, syntax: Syntax) -> Stretch {
    let text = source.text().to_owned();
    Stretch { own: 0..text.len(), text, base: 0, syntax }
}

/// The stretch of a definition, with what stands beside it if that matters; nothing where only the whole text can tell.
pub(super) fn of(source: &SourceFile, syntax: Syntax, definition: Span, with_neighbours: bool) -> Option<Stretch> {
    let lines = Lines { text: source.text(), start: definition.start as usize, end: definition.end as usize };
    let text = lines.text.get(lines.start..lines.end)?;
    match (syntax, with_neighbours) {
        (Syntax::Json | Syntax::Ndjson, false) => {
            Some(Stretch { own: 0..text.len(), text: text.to_owned(), base: lines.start, syntax: Syntax::Json })
        }
        (Syntax::Ndjson, true) => lines.record(),
        // What holds a list can say how many items it has.
        (Syntax::Json | Syntax::Yaml, true) if is_export(lines.text) => None,
        (Syntax::Json, true) => lines.item_in_brackets(),
        (Syntax::Yaml, false) => lines.mapping(),
        (Syntax::Yaml, true) => lines.item().or_else(|| lines.document()),
        (Syntax::Csv, _) => None,
    }
}

/// Whether a text could be an export, whose items are counted.
fn is_export(text: &str) -> bool {
    text.contains("ount") && !text.trim_start().starts_with('[')
}

struct Lines<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Lines<'t> {
    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn line_start(&self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |found| found + 1)
    }

    fn next_line(&self, at: usize) -> usize {
        self.slice(at, self.text.len()).find('\n').map_or(self.text.len(), |found| at + found + 1)
    }

    /// A mapping, or a list of it alone.
    fn mapping(&self) -> Option<Stretch> {
        if self.slice(self.start, self.end).starts_with('{') {
            let text = self.slice(self.start, self.end);
            return alone(text).then(|| Stretch { own: 0..text.len(), text: text.to_owned(), base: self.start, syntax: Syntax::Yaml });
        }
        let line = self.line_start(self.start);
        let before = self.slice(line, self.start);
        (before.bytes().all(|byte| matches!(byte, b' ' | b'-')) && !self.is_in_brackets()).then_some(())?;
        // Of a list in a list, the inner `-` is enough.
        let dash = before.rfind('-').unwrap_or(0);
        let text = " ".repeat(dash) + self.slice(line + dash, self.next_line(self.end));
        alone(&text).then(|| Stretch { own: dash..text.len(), text, base: line + dash, syntax: Syntax::Yaml })
    }

    /// Whether a mapping that has no brackets of its own stands in some, as in `[a: b]`.
    fn is_in_brackets(&self) -> bool {
        let mut rest = self.slice(self.end, self.text.len()).trim_start();
        while rest.starts_with('#') {
            rest = rest.find('\n').and_then(|end| rest.get(end..)).unwrap_or_default().trim_start();
        }
        rest.starts_with([',', ']', '}'])
    }

    /// The line of a definition: what stands on it is read without the others.
    fn record(&self) -> Option<Stretch> {
        let (start, end) = (self.line_start(self.start), self.next_line(self.end));
        let text = self.slice(start, end).to_owned();
        // Where nothing ends the line, the end of the one before goes with it.
        let is_line = !self.slice(self.start, self.end).contains('\n') && text.ends_with('\n');
        is_line.then_some(Stretch { own: 0..text.len(), text, base: start, syntax: Syntax::Ndjson })
    }

    /// An item of a block list, with the items before and behind it.
    fn item(&self) -> Option<Stretch> {
        let line = self.line_start(self.start);
        let dash = self.slice(line, self.start).strip_suffix(' ').map(str::trim_end)?.strip_suffix('-')?;
        (dash.bytes().all(|byte| byte == b' ') && !self.is_in_brackets()).then_some(())?;
        let column = dash.len();
        let before = self.item_before(line, column);
        let mut end = self.next_line(self.end);
        let mut behind = false;
        while end < self.text.len() {
            let next = self.next_line(end);
            if let Some((indent, content)) = content(self.slice(end, next))
                && indent <= column
            {
                if behind || indent < column || !is_dash(content) {
                    break;
                }
                behind = true;
            }
            end = next;
        }
        (before.is_some() || behind).then_some(())?;
        let start = before.unwrap_or(line);
        let text = self.slice(start, end).to_owned();
        (alone(&text) && text.ends_with('\n')).then_some(Stretch { own: 0..text.len(), text, base: start, syntax: Syntax::Yaml })
    }

    /// Where the item before one begins.
    fn item_before(&self, mut line: usize, column: usize) -> Option<usize> {
        loop {
            let before = self.line_start(line.checked_sub(1)?);
            if let Some((indent, content)) = content(self.slice(before, line))
                && indent <= column
            {
                return (indent == column && is_dash(content)).then_some(before);
            }
            line = before;
        }
    }

    /// A document, with those before and behind it.
    fn document(&self) -> Option<Stretch> {
        let line = self.line_start(self.start);
        (line == self.start && !self.is_in_brackets()).then_some(())?;
        let is_mark = |start: usize, end: usize| self.slice(start, end).trim_end() == "---";
        let mut start = line;
        let mut marks = 0;
        while start > 0 && marks < 2 {
            let before = self.line_start(start - 1);
            marks += usize::from(is_mark(before, start));
            start = before;
        }
        let mut end = self.next_line(self.end);
        marks = 0;
        while end < self.text.len() {
            let next = self.next_line(end);
            marks += usize::from(is_mark(end, next));
            if marks == 2 {
                break;
            }
            end = next;
        }
        let text = self.slice(start, end).to_owned();
        (alone(&text) && text.ends_with('\n')).then_some(Stretch { own: 0..text.len(), text, base: start, syntax: Syntax::Yaml })
    }

    /// An item of a JSON list. The items before and behind it stay what they are, so that any will do in their place.
    fn item_in_brackets(&self) -> Option<Stretch> {
        let before = self.slice(0, self.start).trim_end();
        let behind = self.slice(self.end, self.text.len());
        let space = behind.len() - behind.trim_start().len();
        let (first, is_first) = (before.len().checked_sub(1)?, before.ends_with('['));
        let last = self.end + space;
        let is_last = self.slice(last, self.text.len()).starts_with(']');
        (is_first || before.ends_with(',')).then_some(())?;
        (is_last || self.slice(last, self.text.len()).starts_with(',')).then_some(())?;
        let rest = self.slice(last + 1, self.text.len());
        let end = if is_last { last + 1 } else { last + 1 + (rest.len() - rest.trim_start().len()) };
        let head = if is_first { "" } else { "[0" };
        let tail = if is_last { "" } else { "0]" };
        let own = self.slice(first, end);
        let text = format!("{head}{own}{tail}");
        Some(Stretch { own: head.len()..head.len() + own.len(), text, base: first, syntax: Syntax::Json })
    }
}

/// Whether a stretch of YAML says the same wherever it stands: nothing in it is repeated elsewhere.
fn alone(text: &str) -> bool {
    !text.contains(['&', '*']) || ordinary_yaml(FileId::default(), text, 0..text.len()).is_some()
}

/// How far in a line begins, and with what; nothing for blank lines and comments.
fn content(line: &str) -> Option<(usize, &str)> {
    let content = line.trim_start_matches(' ');
    let is_content = !content.trim_end().is_empty() && !content.starts_with('#');
    is_content.then_some((line.len() - content.len(), content))
}

fn is_dash(content: &str) -> bool {
    content.strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\n', '\r']))
}
