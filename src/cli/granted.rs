//! How reverse look-ups are written: how many first, then each with the gate that decides.

use std::io::{self, Write};

use anyhow::Result;
use gatewalk::model::{Workspace, shown};
use gatewalk::render::{Field, escape, row_writer};
use gatewalk::report::{Change, Granted, Question};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::exit::Exit;
use super::options::Options;
use super::output::emit;
use super::rows::{RowArgs, RowFormatArg};

/// What there is to say of denials of questions about a type that resources answer differently; `ask` says how to ask about those.
pub(super) fn depending(depends: u64, ask: &str) -> Option<String> {
    match depends {
        0 => None,
        1 => Some(format!("1 of the others depends on the resource: {ask}")),
        more => Some(format!("{more} of the others depend on the resource: {ask}")),
    }
}

/// So many names stand in a line.
const NAMED: usize = 6;

/// Some names, so many that they stand in a line.
pub(super) fn named(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(NAMED).map(|name| shown(name)).collect();
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    shown.join(", ") + &more
}

/// What a supposition changes, in a line.
pub(super) fn against_definitions(change: &Change) -> String {
    let part = |what: &str, names: &[String]| match names {
        [] => None,
        names => Some(format!("{} {what} ({})", names.len(), named(names))),
    };
    let parts: Vec<String> = [part("more", &change.gained), part("fewer", &change.lost)].into_iter().flatten().collect();
    format!("against what is defined: {}", if parts.is_empty() { "no difference".to_owned() } else { parts.join(", ") })
}

/// For JSON: the same, where something is supposed.
pub(super) fn changes(change: Option<&Change>) -> Vec<(&'static str, Value)> {
    change.map(|change| vec![("gained", json!(change.gained)), ("lost", json!(change.lost))]).unwrap_or_default()
}

/// An answer, and how it is to be written.
pub(super) struct Answer<'a> {
    pub(super) rows: &'a RowArgs,
    pub(super) options: &'a Options,
    pub(super) asked: (&'a Workspace, &'a Question),
    /// What there is to say before the rows, a line each.
    pub(super) says: Vec<String>,
    /// What a row is of: the name of the first column.
    pub(super) of: &'static str,
    /// For JSON: what else it says.
    pub(super) envelope: Vec<(&'static str, Value)>,
    pub(super) schema: &'static str,
    /// For JSON: the name of the list of rows.
    pub(super) list: &'static str,
    /// Whether a row has a time at which it ends.
    pub(super) ends: bool,
    /// Whether there is none.
    pub(super) is_empty: bool,
}

/// Takes the rows one by one.
pub(super) type Take<'t> = dyn FnMut(&str, &'static str, bool, Option<Timestamp>) -> io::Result<()> + 't;

/// Gives rows that are there already.
pub(super) fn each(granted: &[Granted]) -> impl FnOnce(&mut Take<'_>) -> io::Result<()> {
    |take| granted.iter().try_for_each(|Granted { name, gate, temporary, until }| take(name, gate, *temporary, *until))
}

impl Answer<'_> {
    /// Writes it, with the rows that `each` gives; `exit` is what it comes to.
    pub(super) fn write(mut self, exit: Exit, each: impl FnOnce(&mut Take<'_>) -> io::Result<()>) -> Result<Exit> {
        let (_, question) = self.asked;
        if !question.supposed_in_words().is_empty() {
            self.says.push(format!("supposed: {}", question.supposed_in_words()));
        }
        // There is no place for it among rows alone.
        if self.rows.format.is_bare() {
            self.says.iter().for_each(|line| self.options.note(line));
        }
        // For people a column without a value is no column.
        let ends = self.ends || self.rows.format != RowFormatArg::Table;
        let columns = if ends { vec![self.of, "gate", "access", "until"] } else { vec![self.of, "gate", "access"] };
        let mut head = self.rows.head(self.asked, columns, self.schema, self.list);
        head.envelope.append(&mut self.envelope);
        emit(self.options.output.as_deref(), exit, |out| {
            self.say(out)?;
            let mut writer = row_writer(self.rows.format.into(), head, &mut *out, self.options.look())?;
            each(&mut |name, gate, temporary, until| {
                let access = if temporary { "temporary" } else { "standing" };
                let until = until.map(|until| until.to_string());
                let until = until.as_deref().map_or(Field::Nothing, Field::Text);
                let fields = [Field::Text(name), Field::Text(gate), Field::Text(access)];
                if ends { writer.row(&[fields.as_slice(), &[until]].concat()) } else { writer.row(&fields) }
            })?;
            writer.finish()
        })
    }

    fn say(&self, out: &mut dyn Write) -> io::Result<()> {
        let escaped = |line: &str| match self.rows.format {
            RowFormatArg::Table => Some(escape::terminal(line).into_owned()),
            RowFormatArg::Markdown => Some(escape::markdown(line) + "  "),
            RowFormatArg::Json | RowFormatArg::Ndjson | RowFormatArg::Csv => None,
        };
        let lines: Vec<String> = self.says.iter().filter_map(|line| escaped(line)).collect();
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        if lines.is_empty() || (self.is_empty && self.rows.format == RowFormatArg::Table) { Ok(()) } else { writeln!(out) }
    }
}
