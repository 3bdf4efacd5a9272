//! From the end of a value to what stands next: blank lines and comments between, and how far that is indented.

use super::Reader;
use super::bytes::{COMMENT, class};

/// What begins a document.
pub(super) const MARKER: &str = "---";

/// What stands next, at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ahead {
    /// A value or a key, in this column.
    Content(usize),
    /// The beginning of a document.
    Marker,
    /// Nothing more.
    End,
}

impl Reader<'_> {
    /// Reads what is left of a line behind a value, and looks at what stands next.
    pub(super) fn finish_line(&mut self) -> Option<()> {
        if self.peek() == Some(b'\n') {
            self.at += 1;
        } else {
            let from = self.at;
            self.skip_spaces();
            match self.peek() {
                // A comment stands apart from what it follows.
                Some(b'#') if self.at > from => self.comment()?,
                Some(b'\n') => self.at += 1,
                None => {}
                Some(_) => return None,
            }
        }
        self.look_ahead()
    }

    /// Passes blank lines and comments over, from the start of a line on.
    pub(super) fn look_ahead(&mut self) -> Option<()> {
        loop {
            self.line = self.at;
            self.skip_spaces();
            match self.peek() {
                None => {
                    self.ahead = Ahead::End;
                    return Some(());
                }
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.comment()?,
                Some(first) => {
                    let column = self.at - self.line;
                    let marks = |marker: &str| column == 0 && self.bytes.get(self.at..).is_some_and(|rest| is_marker(rest, marker));
                    if first == b'.' && marks("...") {
                        return None;
                    }
                    self.ahead = if first == b'-' && marks(MARKER) { Ahead::Marker } else { Ahead::Content(column) };
                    return Some(());
                }
            }
        }
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Passes over a comment and the end of its line.
    fn comment(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                None => return Some(()),
                Some(b'\n') => {
                    self.at += 1;
                    return Some(());
                }
                Some(byte) if class(byte) & COMMENT != 0 => self.at += 1,
                Some(_) => self.letter()?,
            }
        }
    }
}

fn is_marker(rest: &[u8], marker: &str) -> bool {
    rest.strip_prefix(marker.as_bytes()).is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\n')))
}
