//! Writing a matrix, or its counts.

use std::io::{self, Write};

use super::{MatrixArgs, Only};
use crate::cli::granted::named;
use crate::cli::options::Options;
use crate::cli::pace::Unit;
use crate::cli::progress::Progress;
use crate::cli::rows::RowFormatArg;
use gatewalk::model::Workspace;
use gatewalk::render::{self, CELL, CELL_AGAINST, CellWriter, Field, Head, Spelling, row_writer};
use gatewalk::report::{Matrix, Question, SummaryRow, Was};
use gatewalk::walk::Decision;

/// An answer, and how it is to be written.
pub(super) struct Answer<'a> {
    pub(super) args: &'a MatrixArgs,
    pub(super) options: &'a Options,
    pub(super) workspace: &'a Workspace,
    pub(super) question: &'a Question,
    /// How many users it is about.
    pub(super) users: u64,
    /// What supposed changes remove of what is asked about.
    pub(super) gone: Gone,
}

/// What is asked about and is there without supposed changes alone.
#[derive(Debug, Default)]
pub(super) struct Gone {
    pub(super) users: Vec<String>,
    pub(super) targets: Vec<String>,
}

/// Takes users one by one: the id, the decisions on the targets, and those without what is supposed if anything is.
pub(super) type Take<'t> = dyn FnMut(&str, &[Decision], &[Was]) -> io::Result<()> + 't;

/// That nothing was written is an answer too.
const NOTHING_SHOWN: &str = "no cell is decided so";

impl Answer<'_> {
    /// What there is to say beside the answer.
    pub(super) fn tell(&self) {
        // Machine formats of counts have no place for it: whether the counted users are everybody.
        if self.args.counts() && self.args.rows.format.is_bare() {
            self.options.note(&self.population());
        }
        if !self.question.supposed_in_words().is_empty() {
            self.options.note(&format!("supposed: {}", self.question.supposed_in_words()));
        }
        let (whose, what) = if self.args.counts() { ("counted as lost where let in", "row") } else { ("without cells", "cell") };
        match self.gone.users.len() {
            0 => {}
            1 => self.options.note(&format!("1 user is removed, {whose} ({})", named(&self.gone.users))),
            more => self.options.note(&format!("{more} users are removed, {whose} ({})", named(&self.gone.users))),
        }
        match self.gone.targets.len() {
            0 => {}
            1 => self.options.note(&format!("1 target is removed, without a {what} ({})", named(&self.gone.targets))),
            more => self.options.note(&format!("{more} targets are removed, without a {what} ({})", named(&self.gone.targets))),
        }
    }

    /// How many people are counted, and whether they are everybody.
    fn population(&self) -> String {
        let users = if self.users == 1 { "user" } else { "users" };
        format!("counted over {} {users} (population: {})", self.users, self.workspace.population().name())
    }

    fn head(&self, columns: Vec<&'static str>, schema: &str, rows: &'static str) -> Head {
        self.args.rows.head((self.workspace, self.question), columns, schema, rows)
    }

    /// The progress of work on so many cells.
    pub(super) fn progress(&self, cells: u64) -> Progress {
        Progress::new(Some(cells), Unit::Things("cells"), self.options)
    }

    /// How cells are spelled; `None` for the table, which is for people.
    pub(super) fn spelling(&self) -> Option<Spelling> {
        // People read it in the cells that differ.
        let against = self.supposes() && self.args.rows.format != RowFormatArg::Markdown;
        let columns = if against { CELL_AGAINST.to_vec() } else { CELL.to_vec() };
        Spelling::new(self.args.rows.format.into(), &self.head(columns, "gatewalk/matrix/v1", "cells"))
    }

    fn supposes(&self) -> bool {
        self.question.supposed().is_some()
    }

    fn shown(&self, allowed: bool) -> bool {
        self.args.only.is_none_or(|only| (only == Only::Allowed) == allowed)
    }

    /// Writes the cells for people, users down and targets across.
    pub(super) fn grid(&self, matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
        if !render::grid(matrix, |allowed| self.shown(allowed), out, self.options.look())? {
            self.options.note(NOTHING_SHOWN);
        }
        Ok(())
    }

    /// Writes a row a cell. `each` gives the users one by one, each with the decisions on the targets, and with those without what is
    /// supposed if anything is.
    pub(super) fn cells(
        &self,
        spelling: Spelling,
        out: &mut dyn Write,
        targets: &[String],
        each: impl FnOnce(&mut Take<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut writer = CellWriter::new(spelling, out, targets)?;
        let mut any = false;
        each(&mut |user, decisions, was| {
            writer.user(user)?;
            decisions.iter().enumerate().filter(|(_, decision)| self.shown(decision.allowed)).try_for_each(|(target, decision)| {
                any = true;
                writer.cell(target, *decision, was.get(target).copied())
            })
        })?;
        writer.finish()?;
        if !any {
            self.options.note(NOTHING_SHOWN);
        }
        Ok(())
    }

    /// Writes the counts, which `each` gives one by one.
    pub(super) fn counts(
        &self,
        out: &mut dyn Write,
        each: impl FnOnce(&mut dyn FnMut(SummaryRow<'_>) -> io::Result<()>) -> io::Result<()>,
    ) -> io::Result<()> {
        let grouped = self.args.group_by.is_some();
        let mut columns = if grouped { vec!["group", "target", "allowed", "denied"] } else { vec!["target", "allowed", "denied"] };
        if self.supposes() {
            columns.extend(["gained", "lost"]);
        }
        let head = self.head(columns, "gatewalk/matrix-summary/v1", "rows");
        let mut writer = row_writer(self.args.rows.format.into(), head, &mut *out, self.options.look())?;
        each(&mut |row| {
            let mut fields: Vec<Field<'_>> = row.group.map(Field::Text).into_iter().collect();
            fields.extend([Field::Text(row.target), Field::Count(row.allowed), Field::Count(row.denied)]);
            fields.extend(row.turned.iter().flat_map(|turned| [turned.gained, turned.lost].map(Field::Count)));
            writer.row(&fields)
        })?;
        writer.finish()?;
        drop(writer);
        match self.args.rows.format {
            RowFormatArg::Table | RowFormatArg::Markdown => writeln!(out, "\n{}", self.population()),
            RowFormatArg::Json | RowFormatArg::Ndjson | RowFormatArg::Csv => Ok(()),
        }
    }
}
