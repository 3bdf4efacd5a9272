//! `gatewalk matrix`

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use gatewalk::model::{UserType, Workspace};
use gatewalk::render::{self, CELL, CellWriter, Field, Head, RowFormat, Spelling, row_writer};
use gatewalk::report::{GroupBy, Matrix, Question, summarise};
use serde_json::json;

use super::error::Refusal;
use super::exit::Exit;
use super::options::{Options, UserTypeArg, WhatIfArgs};
use super::output::emit;
use super::pace::Unit;
use super::progress::Progress;
use super::select::{self, UserFilter};

/// Arguments of `matrix`
#[derive(Args, Debug)]
pub(crate) struct MatrixArgs {
    /// Users whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    user: Vec<String>,

    /// Targets whose name matches, or a resource given by its attributes (repeatable); `*` does not cross `/`, `#` or `:`
    #[arg(long, value_name = "GLOB")]
    target: Vec<String>,

    /// Users with a role that matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    role: Vec<String>,

    /// Users of this type
    #[arg(long = "type", value_name = "TYPE")]
    user_type: Option<UserTypeArg>,

    /// Users of an entity that matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    entity: Vec<String>,

    /// Also the apps' features and home page
    #[arg(long)]
    features: bool,

    /// Only cells decided so
    #[arg(long, value_name = "DECISION", conflicts_with_all = ["summary", "group_by"])]
    only: Option<Only>,

    /// Counts for each target instead of cells
    #[arg(long)]
    summary: bool,

    /// Counts for each target and group of users
    #[arg(long, value_name = "GROUP")]
    group_by: Option<GroupByArg>,

    /// How the answer is written
    #[arg(long, default_value = "table")]
    format: RowFormatArg,

    /// In CSV, leave text that a spreadsheet would run as a formula as it is
    #[arg(long)]
    raw: bool,

    #[command(flatten)]
    what_if: WhatIfArgs,
}

/// `--only`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Let in
    Allowed,
    /// Not let in
    Denied,
}

/// `--group-by`
#[derive(Clone, Copy, Debug, ValueEnum)]
enum GroupByArg {
    /// Type, roles and entity together
    Profile,
    /// User type
    Type,
    /// Entity
    Entity,
    /// Each role
    Role,
}

/// `--format` of commands that answer in rows
#[derive(Clone, Copy, Debug, ValueEnum)]
enum RowFormatArg {
    /// For people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Ndjson,
    /// CSV with a header
    Csv,
    /// A Markdown table
    Markdown,
}

impl From<GroupByArg> for GroupBy {
    fn from(arg: GroupByArg) -> Self {
        match arg {
            GroupByArg::Profile => Self::Profile,
            GroupByArg::Type => Self::Type,
            GroupByArg::Entity => Self::Entity,
            GroupByArg::Role => Self::Role,
        }
    }
}

impl From<RowFormatArg> for RowFormat {
    fn from(arg: RowFormatArg) -> Self {
        match arg {
            RowFormatArg::Table => Self::Table,
            RowFormatArg::Json => Self::Json,
            RowFormatArg::Ndjson => Self::Ndjson,
            RowFormatArg::Csv => Self::Csv,
            RowFormatArg::Markdown => Self::Markdown,
        }
    }
}

/// Decides the cells and writes them, or their counts.
pub(crate) fn run(args: &MatrixArgs, options: &Options) -> Result<Exit> {
    let mut workspace = options.load()?;
    let targets = select::targets(&mut workspace, &args.target, args.features)?;
    let question = options.question(&workspace, &args.what_if)?;
    let filter = UserFilter { ids: &args.user, roles: &args.role, user_type: args.user_type.map(UserType::from), entities: &args.entity };
    let users = select::users(&workspace, &filter, &question)?;
    let matrix = Matrix::new(&workspace, &question, users, &targets).map_err(Refusal::from)?;
    drop(targets);
    let answer = Answer { args, options, workspace: &workspace, question: &question, matrix };
    let counted = args.summary || args.group_by.is_some();
    // Machine formats of counts have no place for it: whether the counted users are everybody.
    if counted && matches!(args.format, RowFormatArg::Ndjson | RowFormatArg::Csv) {
        options.note(&answer.population());
    }
    if !question.supposed_in_words().is_empty() {
        options.note(&format!("supposed: {}", question.supposed_in_words()));
    }
    emit(options.output.as_deref(), Exit::Yes, |out| if counted { answer.summary(out) } else { answer.cells(out) })
}

/// A matrix, and how it is to be written.
struct Answer<'a> {
    args: &'a MatrixArgs,
    options: &'a Options,
    workspace: &'a Workspace,
    question: &'a Question,
    matrix: Matrix<'a>,
}

/// That nothing was written is an answer too.
const NOTHING_SHOWN: &str = "no cell is decided so";

impl Answer<'_> {
    /// How many people are counted, and whether they are everybody.
    fn population(&self) -> String {
        let count = self.matrix.users().len();
        let users = if count == 1 { "user" } else { "users" };
        format!("counted over {count} {users} (population: {})", self.workspace.population().name())
    }

    fn head(&self, columns: Vec<&'static str>, schema: &str, rows: &'static str) -> Head {
        let mut envelope = vec![
            ("schema", json!(schema)),
            ("semantics", json!(self.question.semantics.name())),
            ("at", json!(self.question.at.to_string())),
            ("population", json!(self.workspace.population().name())),
        ];
        envelope.extend(self.question.supposed().map(|supposed| ("whatIf", supposed)));
        Head { columns, envelope, rows, raw: self.args.raw }
    }

    fn progress(&self) -> Progress {
        let cells = self.matrix.users().len() as u64 * self.matrix.targets().len() as u64;
        Progress::new(Some(cells), Unit::Things("cells"), self.options)
    }

    fn shown(&self, allowed: bool) -> bool {
        self.args.only.is_none_or(|only| (only == Only::Allowed) == allowed)
    }

    fn cells(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = self.head(CELL.to_vec(), "gatewalk/matrix/v1", "cells");
        let any = match Spelling::new(self.args.format.into(), &head) {
            Some(spelling) => self.rows(spelling, out)?,
            None => render::grid(&self.matrix, |allowed| self.shown(allowed), out, self.options.look())?,
        };
        if !any {
            self.options.note(NOTHING_SHOWN);
        }
        Ok(())
    }

    /// Writes a row a cell, and says whether there was any.
    fn rows(&self, spelling: Spelling, out: &mut dyn Write) -> io::Result<bool> {
        let mut writer = CellWriter::new(spelling, out, self.matrix.targets())?;
        let mut progress = self.progress();
        let mut any = false;
        self.matrix.each_user(|user, decisions| {
            progress.advance(decisions.len() as u64);
            writer.user(user)?;
            decisions.iter().enumerate().filter(|(_, decision)| self.shown(decision.allowed)).try_for_each(|(target, decision)| {
                any = true;
                writer.cell(target, *decision)
            })
        })?;
        writer.finish()?;
        Ok(any)
    }

    fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        let group_by = self.args.group_by.map(GroupBy::from);
        let columns = ["group", "target", "allowed", "denied"].into_iter().filter(|name| group_by.is_some() || *name != "group");
        let head = self.head(columns.collect(), "gatewalk/matrix-summary/v1", "rows");
        let mut writer = row_writer(self.args.format.into(), head, &mut *out, self.options.look())?;
        let mut progress = self.progress();
        summarise(
            &self.matrix,
            group_by,
            |cells| progress.advance(cells),
            |row| {
                let counts = [Field::Text(row.target), Field::Count(row.allowed), Field::Count(row.denied)];
                match row.group {
                    Some(group) => writer.row(&[&[Field::Text(group)], counts.as_slice()].concat()),
                    None => writer.row(&counts),
                }
            },
        )?;
        drop(progress);
        writer.finish()?;
        drop(writer);
        match self.args.format {
            RowFormatArg::Table | RowFormatArg::Markdown => writeln!(out, "\n{}", self.population()),
            RowFormatArg::Json | RowFormatArg::Ndjson | RowFormatArg::Csv => Ok(()),
        }
    }
}
