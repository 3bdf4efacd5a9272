//! Rows in the formats that machines and documents take.

use std::io::{self, Write};

use comfy_table::Table;
use serde_json::Value;

use super::Look;
use super::escape;
use super::grid::style;

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
    Ok(match format {
        RowFormat::Table => Box::new(Aligned { head, out, look, rows: Vec::new() }),
        RowFormat::Json => Box::new(Json::new(head, out)?),
        RowFormat::Ndjson => Box::new(Ndjson { columns: head.columns, out }),
        RowFormat::Csv => Box::new(Csv::new(&head, out)?),
        RowFormat::Markdown => Box::new(Markdown::new(&head.columns, out)?),
    })
}

fn json_object(columns: &[&str], fields: &[Field<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut before = "{\"";
    for (column, field) in columns.iter().zip(fields) {
        write!(out, "{before}{column}\":")?;
        match field {
            Field::Text(text) => serde_json::to_writer(&mut *out, text)?,
            Field::Count(count) => write!(out, "{count}")?,
        }
        before = ",\"";
    }
    out.write_all(b"}")
}

struct Ndjson<'o> {
    columns: Vec<&'static str>,
    out: &'o mut dyn Write,
}

impl RowWriter for Ndjson<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        json_object(&self.columns, fields, self.out)?;
        self.out.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Json<'o> {
    columns: Vec<&'static str>,
    out: &'o mut dyn Write,
    first: bool,
}

impl<'o> Json<'o> {
    fn new(head: Head, out: &'o mut dyn Write) -> io::Result<Self> {
        out.write_all(b"{")?;
        for (name, value) in &head.envelope {
            write!(out, "\"{name}\":{value},")?;
        }
        write!(out, "\"{}\":[", head.rows)?;
        Ok(Self { columns: head.columns, out, first: true })
    }
}

impl RowWriter for Json<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        json_object(&self.columns, fields, self.out)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")
    }
}

struct Csv<'o> {
    raw: bool,
    out: csv::Writer<&'o mut dyn Write>,
}

impl<'o> Csv<'o> {
    fn new(head: &Head, out: &'o mut dyn Write) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(&head.columns).map_err(io_error)?;
        Ok(Self { raw: head.raw, out })
    }
}

impl RowWriter for Csv<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        for field in fields {
            match field {
                Field::Text(text) if self.raw => self.out.write_field(text).map_err(io_error)?,
                Field::Text(text) => self.out.write_field(&*escape::formula(text)).map_err(io_error)?,
                Field::Count(count) => self.out.write_field(count.to_string()).map_err(io_error)?,
            }
        }
        self.out.write_record(None::<&[u8]>).map_err(io_error)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The error below a CSV error, so that a reader who left is still seen as that.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

struct Markdown<'o> {
    out: &'o mut dyn Write,
}

impl<'o> Markdown<'o> {
    fn new(columns: &[&str], out: &'o mut dyn Write) -> io::Result<Self> {
        writeln!(out, "| {} |", columns.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(columns.len()))?;
        Ok(Self { out })
    }
}

impl RowWriter for Markdown<'_> {
    fn row(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        for field in fields {
            match field {
                Field::Text(text) => write!(self.out, "| {} ", escape::markdown(text))?,
                Field::Count(count) => write!(self.out, "| {count} ")?,
            }
        }
        self.out.write_all(b"|\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
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
