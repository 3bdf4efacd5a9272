//! Users as YAML: where a file of them can be cut.
//!
//! A piece of a list is a list, and of documents documents; what goes over a cut is no YAML on one of its sides.

use super::chunks::Ends;

/// What pieces of YAML are pieces of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A list that is the document.
    List,
    /// The list under `users`.
    Users,
    /// Several documents, or one.
    Documents,
}

/// How a file is cut.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) of: Of,
    /// The bytes before the first piece.
    pub(super) head: usize,
    pub(super) ends: Ends,
}

impl Cut {
    /// Nothing where it does not show in what was read ahead.
    pub(super) fn new(ahead: &[u8]) -> Option<Self> {
        let mut lines = Lines { bytes: ahead, at: 0 };
        let (start, line) = lines.next_with_text()?;
        match line {
            line if line == b"users:" || line.starts_with(b"users: #") => {
                Some(Self { of: Of::Users, head: lines.at, ends: item(lines.next_with_text()?.1)? })
            }
            b"---" => Some(Self::from(start, lines.next_with_text()?.1)),
            line => Some(Self::from(start, line)),
        }
    }

    /// What begins at `head`, and has this as its first line.
    fn from(head: usize, line: &[u8]) -> Self {
        match item(line) {
            Some(ends) => Self { of: Of::List, head, ends },
            None => Self { of: Of::Documents, head, ends: Ends::Before("---\n".to_owned()) },
        }
    }
}

/// Where items begin that look like this one.
fn item(line: &[u8]) -> Option<Ends> {
    let indent = line.iter().take_while(|byte| **byte == b' ').count();
    line.get(indent..)?.starts_with(b"- ").then(|| Ends::Before(format!("{}- ", " ".repeat(indent))))
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
