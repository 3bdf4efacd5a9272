//! Replacements as a unified diff.

use std::ops::Range;

use super::Splice;
use crate::source::{Form, SourceFile};

/// Lines that are shown around a change.
const CONTEXT: usize = 3;

/// The unified diff that makes the replacements in a file, as `git apply` takes it. Nothing for what is no plain file of the
/// workspace: compressed files, standard input, and names that lead out of it.
pub fn diff(source: &SourceFile, splices: &[Splice]) -> Option<String> {
    let name = source.name();
    // A name that could not be read as text is not the file's.
    let leads_out = name.contains('\u{fffd}') || name.split('/').any(|part| matches!(part, ".." | "." | ""));
    if source.form() == Form::Other || leads_out {
        return None;
    }
    let lines = Lines { source, text: source.text() };
    let is_blank = is_left_blank(lines.text, splices)?;
    let old = quoted("a/", name);
    let new = if is_blank { "/dev/null".to_owned() } else { quoted("b/", name) };
    let mut out = format!("--- {old}\n+++ {new}\n");
    let blocks = if is_blank { vec![Block { lines: 0..lines.text.len(), with: String::new() }] } else { lines.blocks(splices)? };
    let mut moved = 0;
    let mut rest = blocks.as_slice();
    while let Some(first) = rest.first() {
        // Blocks whose context would touch are shown together.
        let apart = |pair: &[Block]| matches!(pair, [one, next] if lines.count(one.lines.end, next.lines.start) > 2 * CONTEXT);
        let count = rest.windows(2).position(apart).map_or(rest.len(), |at| at + 1);
        let (hunk, behind) = rest.split_at(count);
        lines.hunk(first.lines.start, hunk, &mut moved, &mut out)?;
        rest = behind;
    }
    (!blocks.is_empty()).then_some(out)
}

/// Whole lines that are replaced.
struct Block {
    lines: Range<usize>,
    with: String,
}

struct Lines<'t> {
    source: &'t SourceFile,
    text: &'t str,
}

impl Lines<'_> {
    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |found| found + 1)
    }

    fn next_line(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|text| text.find('\n')).map_or(self.text.len(), |found| at + found + 1)
    }

    /// How many lines begin in a stretch of whole lines; it is not worth more to know than that they are many.
    fn count(&self, from: usize, to: usize) -> usize {
        self.text.get(from..to).map_or(0, |text| text.split_inclusive('\n').take(2 * CONTEXT + 1).count())
    }

    /// The replacements as whole lines, without those that are the same at both ends.
    fn blocks(&self, splices: &[Splice]) -> Option<Vec<Block>> {
        let mut blocks: Vec<Block> = Vec::new();
        for splice in splices {
            let (start, end) = (self.line_start(splice.range.start), self.next_line(splice.range.end));
            // The mark before the first line is part of it, so that the line that takes its place changes too.
            let end = if start == 0 && self.source.form() == Form::Marked { self.next_line(end) } else { end };
            let head = self.text.get(start..splice.range.start)?;
            let tail = self.text.get(splice.range.end..end)?;
            match blocks.last_mut() {
                Some(last) if start < last.lines.end => {
                    // Both stand on one line, of which the first holds the end as it was.
                    let kept = last.lines.end.checked_sub(splice.range.start)?;
                    last.with.truncate(last.with.len().checked_sub(kept)?);
                    last.with.push_str(&splice.with);
                    last.with.push_str(tail);
                    last.lines.end = end;
                }
                _ => blocks.push(Block { lines: start..end, with: format!("{head}{}{tail}", splice.with) }),
            }
        }
        for block in &mut blocks {
            self.trim(block)?;
        }
        blocks.retain(|block| !block.lines.is_empty() || !block.with.is_empty());
        Some(blocks)
    }

    fn trim(&self, block: &mut Block) -> Option<()> {
        let mut old: &str = self.text.get(block.lines.clone())?;
        let mut new: &str = &block.with;
        let mut is_first = block.lines.start == 0 && self.source.form() == Form::Marked;
        while let (Some(line), Some(other)) = (old.split_inclusive('\n').next(), new.split_inclusive('\n').next()) {
            if line != other {
                break;
            }
            (old, new) = (old.get(line.len()..)?, new.get(line.len()..)?);
            block.lines.start += line.len();
            is_first = false;
        }
        while let (Some(line), Some(other)) = (old.split_inclusive('\n').next_back(), new.split_inclusive('\n').next_back()) {
            let would_be_empty = is_first && (line.len() == old.len() || other.len() == new.len());
            if line != other || would_be_empty {
                break;
            }
            (old, new) = (old.get(..old.len() - line.len())?, new.get(..new.len() - other.len())?);
            block.lines.end -= line.len();
        }
        block.with = new.to_owned();
        Some(())
    }

    /// Writes a hunk. `moved` is by how many lines what stands here has moved.
    fn hunk(&self, start: usize, blocks: &[Block], moved: &mut isize, out: &mut String) -> Option<()> {
        let last = blocks.last()?.lines.end;
        let mut from = start;
        for _ in 0..CONTEXT {
            from = from.checked_sub(1).map_or(0, |end| self.line_start(end));
        }
        let to = (0..CONTEXT).fold(last, |to, _| self.next_line(to));
        let mut body = Body { before: 0, after: 0, text: String::new(), is_marked: from == 0 && self.source.form() == Form::Marked };
        let mut at = from;
        for block in blocks {
            body.lines(' ', self.text.get(at..block.lines.start)?);
            body.lines('-', self.text.get(block.lines.clone())?);
            body.lines('+', &block.with);
            at = block.lines.end;
        }
        body.lines(' ', self.text.get(at..to)?);
        let (line, _) = self.source.line_of(u32::try_from(from).ok()?);
        let line = isize::try_from(line).ok()?;
        // Where a side has no lines, the number is that of the line before.
        let number = |line: isize, count: usize| if count == 0 { line - 1 } else { line };
        let (old, new) = (number(line, body.before), number(line + *moved, body.after));
        let counted = |count: usize| if count == 1 { String::new() } else { format!(",{count}") };
        out.push_str(&format!("@@ -{old}{} +{new}{} @@\n{}", counted(body.before), counted(body.after), body.text));
        *moved += isize::try_from(body.after).ok()? - isize::try_from(body.before).ok()?;
        Some(())
    }
}

/// The lines of a hunk.
struct Body {
    before: usize,
    after: usize,
    text: String,
    /// Whether its first line is behind a byte order mark.
    is_marked: bool,
}

impl Body {
    fn lines(&mut self, mark: char, lines: &str) {
        for line in lines.split_inclusive('\n') {
            self.text.push(mark);
            let is_first = (mark != '+' && self.before == 0) || (mark != '-' && self.after == 0);
            if self.is_marked && is_first {
                self.text.push('\u{feff}');
            }
            self.before += usize::from(mark != '+');
            self.after += usize::from(mark != '-');
            self.text.push_str(line);
            if !line.ends_with('\n') {
                self.text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}

/// Whether nothing but blank is left of a text. It is seen at the first letter that is.
fn is_left_blank(text: &str, splices: &[Splice]) -> Option<bool> {
    let mut at = 0;
    for splice in splices {
        if !is_blank(text.get(at..splice.range.start)?) || !is_blank(&splice.with) {
            return Some(false);
        }
        at = splice.range.end;
    }
    Some(!splices.is_empty() && is_blank(text.get(at..)?))
}

fn is_blank(text: &str) -> bool {
    text.trim_start().is_empty()
}

/// A name as git writes it.
fn quoted(side: &str, name: &str) -> String {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && !matches!(byte, b'"' | b'\\');
    if name.bytes().all(is_plain) {
        // What follows a tab is no part of the name.
        let end = if name.contains(' ') { "\t" } else { "" };
        return format!("{side}{name}{end}");
    }
    let mut out = format!("\"{side}");
    for byte in name.bytes() {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            _ if is_plain(byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\{byte:03o}")),
        }
    }
    out.push('"');
    out
}
