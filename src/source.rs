//! Where every value came from.
//!
//! A leaf of the crate: the text of each file that was read, and spans into it. A span is three numbers; the line and the
//! column that people read are worked out only when an answer is printed.

use std::sync::OnceLock;

use serde::Serialize;

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A stretch of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte, counted from the start of the (decompressed) text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The stretch `start..end` of `file`. Files are bounded far below 4 GiB, so that 32 bits carry every offset.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end) }
    }
}

/// A place as people write it: `apps/hr.yaml:4:12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path relative to the workspace, with `/`.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1, in characters.
    pub column: usize,
}

/// What a text is on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The text itself is a file.
    Plain,
    /// The text is a file, behind a byte order mark.
    Marked,
    /// It is no file, or one that has to be decompressed.
    #[default]
    Other,
}

/// One file as it was read.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    form: Form,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters stand before every [`STRIDE`]th byte, so that a column in a long line is found at once.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes between two known counts of characters.
const STRIDE: usize = 1024;

impl SourceFile {
    /// Path relative to the workspace, with `/`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is on disk.
    pub fn form(&self) -> Form {
        self.form
    }

    /// The text, decompressed, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line (from 1) of byte `offset`, and the offset at which that line begins.
    pub fn line_of(&self, offset: u32) -> (usize, usize) {
        let starts = self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.filter_map(|(at, _)| u32::try_from(at + 1).ok())).collect()
        });
        let line = starts.partition_point(|start| *start <= offset).max(1);
        (line, starts.get(line - 1).map_or(0, |start| *start as usize))
    }
    /// How many characters start before byte `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        let starts = |bytes: &[u8]| bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count();
        let bytes = self.text.as_bytes();
        let known = self.characters.get_or_init(|| {
            let mut before = 0;
            let counts = bytes.chunks(STRIDE).map(|chunk| {
                let here = before;
                before += u32::try_from(starts(chunk)).unwrap_or(0);
                here
            });
            counts.collect()
        });
        let offset = offset.min(bytes.len());
        let (stride, count) = known.get(offset / STRIDE).map_or((0, 0), |count| (offset / STRIDE, *count as usize));
        count + bytes.get(stride * STRIDE..offset).map_or(0, starts)
    }
}

/// All files that were read, in the order in which they were read.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Keeps a `text` that is no file under `name` and gives it an id.
    pub fn add(&mut self, name: String, text: String) -> FileId {
        self.add_file(name, text, Form::Other)
    }

    /// Keeps the `text` of a file under `name` and gives it an id.
    pub fn add_file(&mut self, name: String, text: String, form: Form) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { name, form, text, line_starts: OnceLock::new(), characters: OnceLock::new() });
        id
    }

    /// The file behind an id that [`SourceMap::add_file`] gave out.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The files, in the order in which they were read.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The text of a span; empty for a span of another map.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).and_then(|file| file.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
    }

    /// Where a span starts, for people.
    pub fn place(&self, span: Span) -> Place {
        let Some(file) = self.file(span.file) else {
            return Place { file: String::new(), line: 1, column: 1 };
        };
        let (line, start) = file.line_of(span.start);
        let column = file.characters_before(span.start as usize).saturating_sub(file.characters_before(start)) + 1;
        Place { file: file.name.clone(), line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut map = SourceMap::default();
        let id = map.add("a.yaml".into(), "é: x\r\n  ü: y\n".into());
        let at = map.slice(Span::new(id, 0, 15)).find('y').unwrap_or_default();
        assert_eq!(map.place(Span::new(id, at, at + 1)), Place { file: "a.yaml".into(), line: 2, column: 6 });
        assert_eq!(map.place(Span::new(id, 4, 5)).column, 4);
    }

    #[test]
    fn columns_of_long_lines_count_characters_too() {
        let mut map = SourceMap::default();
        let text = format!("first\n{}x{}y", "é".repeat(1500), "-".repeat(3000));
        let id = map.add("a".into(), text.clone());
        for (found, column) in [('x', 1501), ('y', 4502)] {
            let at = text.find(found).unwrap_or_default();
            assert_eq!(map.place(Span::new(id, at, at + 1)).column, column);
        }
    }
}
