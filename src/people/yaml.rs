//! Users as YAML: where a file of them can be cut.
//!
//! A piece of a list is a list, and of documents documents; what goes over a cut is no YAML on one of its sides.

use super::chunks::Ends;

/// What comes before the pieces, in bytes, and where they can end. Nothing where that does not show in what was read ahead.
pub(super) fn cut(ahead: &[u8]) -> Option<(usize, Ends)> {
    let mut lines = Lines { bytes: ahead, at: 0 };
    let (start, line) = lines.next_with_text()?;
    let list = |line: &[u8]| {
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        line.get(indent..)?.starts_with(b"- ").then(|| Ends::Before(format!("{}- ", " ".repeat(indent))))
    };
    match line {
        b"users:" => Some((lines.at, list(lines.next_with_text()?.1)?)),
        b"---" => match list(lines.next_with_text()?.1) {
            Some(ends) => Some((start, ends)),
            None => Some((start, documents())),
        },
        line => Some((start, list(line).unwrap_or_else(documents))),
    }
}

/// Where documents begin.
pub(super) fn documents() -> Ends {
    Ends::Before("---\n".to_owned())
}

struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Lines<'b> {
    /// The next line that is not blank and no comment, and where it begins.
    fn next_with_text(&mut self) -> Option<(usize, &'b [u8])> {
        loop {
            let (start, rest) = (self.at, self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?);
            let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            self.at = (start + length + 1).min(self.bytes.len());
            let line = rest.get(..length)?.trim_ascii_end();
            if !line.trim_ascii_start().is_empty() && !line.trim_ascii_start().starts_with(b"#") {
                return Some((start, line));
            }
        }
    }
}
