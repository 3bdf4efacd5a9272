//! Ordinary YAML, read in one pass: block lists and mappings of scalars that stand on one line.
//!
//! Nearly every file of a workspace is nothing else, and large lists of users are. This reader knows no more than that. It gives
//! up at the first byte that could mean anything else, and the parser reads the text from the start: whatever is refused, and
//! whatever is unusual, is read in one place only. What this reader does give is what the parser would have given, to the last span.

mod block;
mod bytes;
mod flow;
mod lines;
mod scalar;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::parse::node::Node;
use crate::source::{FileId, Span};
use lines::Ahead;

/// Reads the documents of `text[range]`, or nothing if anything in it is unusual. Spans count from the start of `text`.
///
/// A range begins where a line does. If it ends before the end of the text, it ends where an item of the outermost list or
/// a document does, so that what follows goes on with nothing of it.
pub(in crate::parse) fn read(file: FileId, text: &str, range: Range<usize>) -> Option<Vec<Node>> {
    let text = text.get(..range.end)?;
    text.get(range.start..)?;
    let mut reader = Reader { file, text, bytes: text.as_bytes(), at: range.start, line: range.start, ahead: Ahead::End };
    reader.look_ahead()?;
    reader.documents()
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Where the current line begins.
    line: usize,
    /// What stands at `at`, once a value and its line have been read.
    ahead: Ahead,
}

impl Reader<'_> {
    fn documents(&mut self) -> Option<Vec<Node>> {
        let mut documents = Vec::new();
        loop {
            let marked = self.ahead == Ahead::Marker;
            if marked {
                self.at += lines::MARKER.len();
                self.finish_line()?;
            }
            match self.ahead {
                Ahead::Content(column) => documents.push(self.block(column, 0)?),
                Ahead::End if !marked => return Some(documents),
                // A document of nothing.
                Ahead::End | Ahead::Marker => return None,
            }
            // A document is one value.
            if let Ahead::Content(_) = self.ahead {
                return None;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }
}
