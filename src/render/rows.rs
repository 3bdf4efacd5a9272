//! Rows in the formats that machines and documents take.

use std::io::{self, Write};

use comfy_table::Table;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::Look;
use super::escape;
use super::grid::{rule, style};
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
    /// No value.
    Nothing,
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

/// What a column leaves empty after it: a space of padding, and one that stands between columns.
const GAP: &str = "  ";

/// Whether a column is one of numbers, which stand to the right.
fn is_count(name: &str) -> bool {
    matches!(name, "allowed" | "denied" | "gained" | "lost")
}

impl Aligned<'_> {
    fn write(&mut self) -> io::Result<()> {
        let mut widths: Vec<usize> = self.head.columns.iter().map(|name| name.width()).collect();
        for row in &self.rows {
            widths.iter_mut().zip(row).for_each(|(width, text)| *width = text.width().max(*width));
        }
        let room: usize = widths.iter().map(|width| width + GAP.len()).sum();
        if room > self.look.width {
            return self.write_folded();
        }
        // There can be many rows, and nearly always they fit: only what has to be folded is worth a table.
        let mut text = line(&self.head.columns, &widths, &self.head.columns);
        text.extend(std::iter::repeat_n(rule(self.look), room - 1));
        text.push('\n');
        self.rows.drain(..).for_each(|row| text += &line(&self.head.columns, &widths, &row));
        self.out.write_all(text.as_bytes())
    }

    fn write_folded(&mut self) -> io::Result<()> {
        let mut table = Table::new();
        table.load_style(style(self.look)).set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.look.width).unwrap_or(u16::MAX)).set_header(self.head.columns.iter().copied());
        table.add_rows(self.rows.drain(..));
        for column in table.column_iter_mut() {
            column.set_padding((0, 1));
        }
        for (at, _) in self.head.columns.iter().enumerate().filter(|(_, name)| is_count(name)) {
            if let Some(column) = table.column_mut(at) {
                column.set_cell_alignment(comfy_table::CellAlignment::Right);
            }
        }
        writeln!(self.out, "{}", table.trim_fmt())
    }
}

/// One row of columns that are so wide.
fn line(columns: &[&str], widths: &[usize], fields: &[impl AsRef<str>]) -> String {
    let mut line = String::new();
    for ((name, width), field) in columns.iter().zip(widths).zip(fields) {
        let field = field.as_ref();
        let room = " ".repeat(width.saturating_sub(field.width()));
        let (before, after) = if is_count(name) { (&*room, "") } else { ("", &*room) };
        line.extend([before, field, after, GAP]);
    }
    line.truncate(line.trim_end().len());
    line + "\n"
}

impl RowWriter for Aligned<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        let text = |field: &Field<'_>| match field {
            Field::Text(text) => escape::terminal(text).into_owned(),
            Field::Count(count) => count.to_string(),
            Field::Nothing => String::new(),
        };
        self.rows.push(fields.iter().map(text).collect());
        if self.rows.len() < ALIGNED { Ok(()) } else { self.write() }
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.rows.is_empty() { Ok(()) } else { self.write() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of some targets as the two ways to draw it do.
    fn drawn(names: &[&str], width: usize) -> io::Result<[String; 2]> {
        let mut drawn = [Vec::new(), Vec::new()];
        for (folded, out) in [false, true].into_iter().zip(&mut drawn) {
            let head = Head { columns: vec!["group", "target", "allowed", "denied"], envelope: Vec::new(), rows: "rows", raw: false };
            let row =
                |(at, name): (usize, &&str)| ["(all)", name, &(at * 7).to_string(), &at.pow(9).to_string()].map(str::to_owned).to_vec();
            let rows = names.iter().enumerate().map(row).collect();
            let mut aligned = Aligned { head, out, look: Look { color: false, ascii: false, width }, rows };
            if folded { aligned.write_folded()? } else { aligned.write()? }
        }
        Ok(drawn.map(|out| String::from_utf8_lossy(&out).into_owned()))
    }

    #[test]
    fn what_fits_is_drawn_as_the_table_draws_it() -> io::Result<()> {
        let names = [
            "hr",
            "",
            "  two spaces ",
            "\u{4eba}\u{4e8b}",
            "e\u{301}t\u{e9}",
            "\u{1f469}\u{200d}\u{1f4bb}",
            "a-longer-name/with.parts",
            "\u{5d0}\u{5d1}",
        ];
        for width in 20..80 {
            let [ours, theirs] = drawn(&names, width)?;
            assert_eq!(ours, theirs, "{width} wide");
        }
        Ok(())
    }
}
