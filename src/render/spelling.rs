//! How a format writes a row: the text of each field, with what stands around it.

use std::io::{self, Write};

use super::escape;
use super::rows::{Field, Head, RowFormat};

/// A format in which a field's text depends on nothing but the field and its column, so that rows can be put together from pieces.
#[derive(Clone, Debug)]
pub struct Spelling {
    format: Format,
    head: Head,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Ndjson,
    Csv,
    Markdown,
}

impl Spelling {
    /// The spelling of a format; a table has none, since its columns depend on other rows.
    pub fn new(format: RowFormat, head: &Head) -> Option<Self> {
        let format = match format {
            RowFormat::Table => return None,
            RowFormat::Json => Format::Json,
            RowFormat::Ndjson => Format::Ndjson,
            RowFormat::Csv => Format::Csv,
            RowFormat::Markdown => Format::Markdown,
        };
        Some(Self { format, head: head.clone() })
    }

    /// Whether people read it as it is.
    pub(super) fn is_for_people(&self) -> bool {
        self.format == Format::Markdown
    }

    /// Adds what stands before all rows.
    pub(super) fn begin(&self, text: &mut Vec<u8>) -> io::Result<()> {
        let columns = &self.head.columns;
        match self.format {
            Format::Json => {
                text.push(b'{');
                for (name, value) in &self.head.envelope {
                    write!(text, "\"{name}\":{value},")?;
                }
                write!(text, "\"{}\":[", self.head.rows)
            }
            Format::Ndjson => Ok(()),
            Format::Csv => writeln!(text, "{}", columns.join(",")),
            Format::Markdown => writeln!(text, "| {} |\n|{}", columns.join(" | "), " --- |".repeat(columns.len())),
        }
    }

    /// What stands before a row.
    pub(super) fn before_row(&self, first: bool) -> &'static [u8] {
        match self.format {
            Format::Json if first => b"\n",
            Format::Json => b",\n",
            Format::Ndjson | Format::Csv | Format::Markdown => b"",
        }
    }

    /// Adds the field of a column, with what parts it from the one before.
    pub(super) fn field(&self, column: usize, field: Field<'_>, text: &mut Vec<u8>) -> io::Result<()> {
        match self.format {
            Format::Json | Format::Ndjson => {
                text.extend_from_slice(if column == 0 { b"{\"" } else { b",\"" });
                write!(text, "{}\":", self.head.columns.get(column).copied().unwrap_or_default())?;
            }
            Format::Csv if column == 0 => {}
            Format::Csv => text.push(b','),
            Format::Markdown => text.extend_from_slice(b"| "),
        }
        match (self.format, field) {
            (_, Field::Count(count)) => write!(text, "{count}")?,
            (Format::Json | Format::Ndjson, Field::Nothing) => text.extend_from_slice(b"null"),
            (Format::Csv | Format::Markdown, Field::Nothing) => {}
            (Format::Json | Format::Ndjson, Field::Text(field)) => serde_json::to_writer(&mut *text, field)?,
            (Format::Csv, Field::Text(field)) if self.head.raw => text.extend_from_slice(escape::csv(field).as_bytes()),
            (Format::Csv, Field::Text(field)) => text.extend_from_slice(escape::csv(&escape::formula(field)).as_bytes()),
            (Format::Markdown, Field::Text(field)) => text.extend_from_slice(escape::markdown(field).as_bytes()),
        }
        if self.format == Format::Markdown {
            text.push(b' ');
        }
        Ok(())
    }

    /// What stands after a row's last field.
    pub(super) fn after_row(&self) -> &'static [u8] {
        match self.format {
            Format::Json => b"}",
            Format::Ndjson => b"}\n",
            Format::Csv => b"\n",
            Format::Markdown => b"|\n",
        }
    }

    /// What stands after all rows.
    pub(super) fn end(&self) -> &'static [u8] {
        match self.format {
            Format::Json => b"\n]}\n",
            Format::Ndjson | Format::Csv | Format::Markdown => b"",
        }
    }
}
