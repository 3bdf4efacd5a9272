//! Scalars that stand on one line and say what they mean without an escape.

use super::Reader;
use super::bytes::{BLOCK, DOUBLE, FIRST, FLOW, SINGLE, class, is_letter};
use crate::parse::node::{Node, Style, Value};
use crate::source::Span;

/// A scalar before anybody knows whether it is a key or a value.
#[derive(Clone, Copy)]
pub(super) struct Scalar<'t> {
    pub(super) text: &'t str,
    pub(super) style: Style,
    pub(super) span: Span,
}

impl Scalar<'_> {
    pub(super) fn node(self) -> Node {
        Node { span: self.span, value: Value::Scalar(self.text.into(), self.style) }
    }
}

impl<'t> Reader<'t> {
    /// Reads a scalar; the reader then stands behind it, at a `:` if it is a key.
    pub(super) fn scalar(&mut self, in_flow: bool) -> Option<Scalar<'t>> {
        match self.peek()? {
            b'"' => self.quoted(b'"', DOUBLE),
            b'\'' => self.quoted(b'\'', SINGLE),
            _ => self.plain(in_flow),
        }
    }

    fn quoted(&mut self, quote: u8, inside: u8) -> Option<Scalar<'t>> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek()? {
                byte if byte == quote => break,
                byte if class(byte) & inside != 0 => self.at += 1,
                _ => self.letter()?,
            }
        }
        let text = self.text.get(start + 1..self.at)?;
        self.at += 1;
        // A second quote would be part of the text, and anything else would be out of place.
        matches!(self.peek(), None | Some(b' ' | b'\n' | b':' | b',' | b']' | b'}')).then_some(())?;
        Some(Scalar { text, style: Style::Quoted, span: self.span(start, self.at) })
    }

    fn plain(&mut self, in_flow: bool) -> Option<Scalar<'t>> {
        let start = self.at;
        match self.peek()? {
            b'-' => {
                self.at += 1;
                self.peek().filter(u8::is_ascii_alphanumeric)?;
            }
            first if class(first) & FIRST != 0 => {}
            _ => self.letter()?,
        }
        let inside = if in_flow { FLOW } else { BLOCK };
        let end = loop {
            let Some(byte) = self.peek() else { break self.at };
            match byte {
                _ if class(byte) & inside != 0 => self.at += 1,
                b' ' => {
                    let end = self.at;
                    self.skip_spaces();
                    match self.peek() {
                        // A comment needs the space before it, and so is told from a `#` inside.
                        None | Some(b'\n') => break end,
                        Some(b'#') => {
                            self.at = end;
                            break end;
                        }
                        Some(b':') => return None,
                        Some(_) => {}
                    }
                }
                b'\n' => break self.at,
                b'#' => self.at += 1,
                b':' => match self.bytes.get(self.at + 1) {
                    None | Some(b' ' | b'\n') => break self.at,
                    Some(b',' | b'[' | b']' | b'{' | b'}') if in_flow => return None,
                    Some(_) => self.at += 1,
                },
                // What ends an entry in brackets; in a block all of these are text.
                b',' | b'[' | b']' | b'{' | b'}' => break self.trimmed(start),
                _ => self.letter()?,
            }
        };
        let text = self.text.get(start..end)?;
        Some(Scalar { text, style: Style::Plain, span: self.span(start, end) })
    }

    /// Where the text from `start` to here ends without spaces.
    fn trimmed(&self, start: usize) -> usize {
        let text = self.bytes.get(start..self.at).unwrap_or_default();
        start + text.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1)
    }

    /// Passes over a character beyond ASCII.
    pub(super) fn letter(&mut self) -> Option<()> {
        let found = self.text.get(self.at..)?.chars().next().filter(|found| is_letter(*found))?;
        self.at += found.len_utf8();
        Some(())
    }
}
