//! Writing a matrix, or its counts.

use std::io::{self, Write};

use super::{MatrixArgs, Only};
use crate::cli::options::Options;
use crate::cli::pace::Unit;
use crate::cli::progress::Progress;
use crate::cli::rows::RowFormatArg;
use gatewalk::model::Workspace;
use gatewalk::render::{self, CELL, CellWriter, Field, Head, Spelling, row_writer};
use gatewalk::report::{Matrix, Question, SummaryRow};
use gatewalk::walk::Decision;

/// An answer, and how it is to be written.
pub(super) struct Answer<'a> {
    pub(super) args: &'a MatrixArgs,
    pub(super) options: &'a Options,
    pub(super) workspace: &'a Workspace,
    pub(super) question: &'a Question,
    /// How many users it is about.
    pub(super) users: u64,
}

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
        Spelling::new(self.args.rows.format.into(), &self.head(CELL.to_vec(), "gatewalk/matrix/v1", "cells"))
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

    /// Writes a row a cell. `each` gives the users one by one, each with the decisions on the targets.
    pub(super) fn cells(
        &self,
        spelling: Spelling,
        out: &mut dyn Write,
        targets: &[String],
        each: impl FnOnce(&mut dyn FnMut(&str, &[Decision]) -> io::Result<()>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut writer = CellWriter::new(spelling, out, targets)?;
        let mut any = false;
        each(&mut |user, decisions| {
            writer.user(user)?;
            decisions.iter().enumerate().filter(|(_, decision)| self.shown(decision.allowed)).try_for_each(|(target, decision)| {
                any = true;
                writer.cell(target, *decision)
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
        let columns = ["group", "target", "allowed", "denied"].into_iter().filter(|name| grouped || *name != "group");
        let head = self.head(columns.collect(), "gatewalk/matrix-summary/v1", "rows");
        let mut writer = row_writer(self.args.rows.format.into(), head, &mut *out, self.options.look())?;
        each(&mut |row| {
            let counts = [Field::Text(row.target), Field::Count(row.allowed), Field::Count(row.denied)];
            match row.group {
                Some(group) => writer.row(&[&[Field::Text(group)], counts.as_slice()].concat()),
                None => writer.row(&counts),
            }
        })?;
        writer.finish()?;
        drop(writer);
        match self.args.rows.format {
            RowFormatArg::Table | RowFormatArg::Markdown => writeln!(out, "\n{}", self.population()),
            RowFormatArg::Json | RowFormatArg::Ndjson | RowFormatArg::Csv => Ok(()),
        }
    }
}
