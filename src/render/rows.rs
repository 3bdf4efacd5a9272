//! Rows in the formats that machines and documents take.

use std::io::{self, Write};

use comfy_table::Table;
use serde_json::Value;

use super::Look;
use super::escape;
use super::grid::style;
use super::spelling::Spelling;

/// The formats of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// Aligned columns for people.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// CSV with a header.
    Csv,
    /// A Markdown table.
    Markdown,
}

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub enum Field<'a> {
    /// Text.
    Text(&'a str),
    /// A number of things.
    Count(u64),
}

/// What rows have in common.
#[derive(Clone, Debug)]
pub struct Head {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// For JSON: the fields before the rows.
    pub envelope: Vec<(&'static str, Value)>,
    /// For JSON: the name of the list of rows.
    pub rows: &'static str,
    /// For CSV: whether text that a spreadsheet would run is left as it is.
    pub raw: bool,
}

/// Takes rows one by one, in constant memory.
pub trait RowWriter {
    /// Writes a row; its fields are in the order of the columns.
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()>;
    /// Writes what comes after the last row.
    fn finish(&mut self) -> io::Result<()>;
}

/// The writer of a format.
pub fn row_writer<'o>(format: RowFormat, head: Head, out: &'o mut dyn Write, look: Look) -> io::Result<Box<dyn RowWriter + 'o>> {
    Ok(match Spelling::new(format, &head) {
        Some(spelling) => Box::new(Spelled::new(spelling, out)?),
        None => Box::new(Aligned { head, out, look, rows: Vec::new() }),
    })
}

/// Rows in a format whose fields stand for themselves.
struct Spelled<'o> {
    spelling: Spelling,
    out: &'o mut dyn Write,
    first: bool,
    row: Vec<u8>,
}

impl<'o> Spelled<'o> {
    fn new(spelling: Spelling, out: &'o mut dyn Write) -> io::Result<Self> {
        let mut row = Vec::new();
        spelling.begin(&mut row)?;
        out.write_all(&row)?;
        Ok(Self { spelling, out, first: true, row })
    }
}

impl RowWriter for Spelled<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        self.row.clear();
        self.row.extend_from_slice(self.spelling.before_row(self.first));
        self.first = false;
        for (column, field) in fields.iter().enumerate() {
            self.spelling.field(column, *field, &mut self.row)?;
        }
        self.row.extend_from_slice(self.spelling.after_row());
        self.out.write_all(&self.row)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(self.spelling.end())
    }
}

/// So many rows are aligned at once; what comes after is aligned anew.
const ALIGNED: usize = 1000;

struct Aligned<'o> {
    head: Head,
    out: &'o mut dyn Write,
    look: Look,
    rows: Vec<Vec<String>>,
}

impl Aligned<'_> {
    fn write(&mut self) -> io::Result<()> {
        let mut table = Table::new();
        table.load_style(style(self.look)).set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.look.width).unwrap_or(u16::MAX)).set_header(self.head.columns.iter().copied());
        table.add_rows(self.rows.drain(..));
        for column in table.column_iter_mut() {
            column.set_padding((0, 1));
        }
        for (at, _) in self.head.columns.iter().enumerate().filter(|(_, name)| matches!(**name, "allowed" | "denied")) {
            if let Some(column) = table.column_mut(at) {
                column.set_cell_alignment(comfy_table::CellAlignment::Right);
            }
        }
        writeln!(self.out, "{}", table.trim_fmt())
    }
}

impl RowWriter for Aligned<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        let text = |field: &Field<'_>| match field {
            Field::Text(text) => escape::terminal(text).into_owned(),
            Field::Count(count) => count.to_string(),
        };
        self.rows.push(fields.iter().map(text).collect());
        if self.rows.len() < ALIGNED { Ok(()) } else { self.write() }
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.rows.is_empty() { Ok(()) } else { self.write() }
    }
}
