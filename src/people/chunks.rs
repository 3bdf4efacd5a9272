//! A file in pieces that can be read by themselves: whole lines, whole records, whole items.

use std::io::{ErrorKind, Read};

use super::Unsure;

/// A piece that goes on for longer than this is not ordinary.
const LONGEST: usize = 1 << 24;

/// Where a piece can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// After a line.
    Line,
    /// After a line that is not inside a quoted field.
    Record,
    /// After a comma between two items of a JSON list; the piece begins with an item.
    Item,
    /// Before a line that begins so.
    Before(String),
}

/// Gives out the pieces of a file in order.
pub(super) struct Chunks<'f> {
    reader: Box<dyn Read + Send + 'f>,
    ends: Ends,
    /// So much is read at once.
    size: usize,
    /// What was read behind the end of the last piece.
    rest: Vec<u8>,
    /// Whether a piece was given out, whether the file was read to its end, and whether that was given out.
    begun: bool,
    over: bool,
    done: bool,
}

/// What a piece is within its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// There is more.
    Inner,
    /// The end of the file.
    Last,
    /// All of it.
    Whole,
}

impl<'f> Chunks<'f> {
    pub(super) fn new(reader: Box<dyn Read + Send + 'f>, size: usize) -> Self {
        Self { reader, ends: Ends::Line, size, rest: Vec::new(), begun: false, over: false, done: false }
    }

    /// Reads ahead, and takes off what `found` finds the length of.
    pub(super) fn head(&mut self, found: impl FnOnce(&[u8]) -> Option<usize>) -> Result<String, Unsure> {
        self.fill(self.size)?;
        let length = found(&self.rest).ok_or(Unsure)?;
        let rest = self.rest.get(length..).ok_or(Unsure)?.to_vec();
        self.rest.truncate(length);
        String::from_utf8(std::mem::replace(&mut self.rest, rest)).map_err(|_| Unsure)
    }

    pub(super) fn ending(&mut self, ends: Ends) {
        self.ends = ends;
    }

    /// The next piece, into the memory of one before; `None` after the last one. Every file has a last one, if an empty one.
    pub(super) fn next(&mut self, into: &mut Vec<u8>) -> Result<Option<Part>, Unsure> {
        into.clear();
        std::mem::swap(into, &mut self.rest);
        if self.done {
            return Ok(None);
        }
        let mut wanted = self.size;
        loop {
            self.fill_up(into, wanted)?;
            if self.over {
                self.done = true;
                return Ok(Some(if self.begun { Part::Last } else { Part::Whole }));
            }
            if let Some(end) = self.ends.last_in(into) {
                self.rest.extend_from_slice(into.get(end..).unwrap_or_default());
                into.truncate(end);
                self.begun = true;
                return Ok(Some(Part::Inner));
            }
            wanted *= 2;
            if wanted > LONGEST {
                return Err(Unsure);
            }
        }
    }

    fn fill(&mut self, wanted: usize) -> Result<(), Unsure> {
        let mut rest = std::mem::take(&mut self.rest);
        self.fill_up(&mut rest, wanted)?;
        self.rest = rest;
        Ok(())
    }

    /// Reads until there are so many bytes, or no more. Asking for all of them at once takes one call where the system has them.
    fn fill_up(&mut self, into: &mut Vec<u8>, wanted: usize) -> Result<(), Unsure> {
        let mut length = into.len();
        into.resize(wanted.max(length), 0);
        while let Some(missing) = into.get_mut(length..).filter(|missing| !missing.is_empty()) {
            match self.reader.read(missing) {
                Ok(0) => {
                    self.over = true;
                    break;
                }
                Ok(read) => length += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Unsure),
            }
        }
        into.truncate(length);
        Ok(())
    }
}

impl Ends {
    /// The last place at which a piece can end.
    fn last_in(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Line => Some(bytes.iter().rposition(|byte| *byte == b'\n')? + 1),
            Self::Record => {
                let mut quoted = bytes.iter().fold(false, |quoted, byte| quoted ^ (*byte == b'"'));
                let ends = bytes.iter().rposition(|byte| {
                    quoted ^= *byte == b'"';
                    *byte == b'\n' && !quoted
                });
                Some(ends? + 1)
            }
            Self::Item => last_comma_outside(bytes),
            Self::Before(start) => {
                let mut end = bytes.len();
                loop {
                    let line = bytes.get(..end)?.iter().rposition(|byte| *byte == b'\n')?;
                    if bytes.get(line + 1..).is_some_and(|rest| rest.starts_with(start.as_bytes())) {
                        return Some(line + 1);
                    }
                    end = line;
                }
            }
        }
    }
}

/// The end of the last comma of a JSON text that is in no mapping, list or text.
fn last_comma_outside(bytes: &[u8]) -> Option<usize> {
    let (mut last, mut depth, mut at) = (None, 0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => loop {
                let rest = bytes.get(at..).unwrap_or_default();
                let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else { return last };
                at += length + 1;
                match bytes.get(at - 1) {
                    Some(b'"') => break,
                    _ => at += 1,
                }
            },
            b'{' | b'[' => depth += 1,
            b'}' | b']' => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                // The list ends here.
                None => return last,
            },
            b',' if depth == 0 => last = Some(at),
            _ => {}
        }
    }
    last
}
