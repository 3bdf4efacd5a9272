//! `gatewalk matrix`

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use gatewalk::model::{UserType, Workspace};
use gatewalk::render::{self, Field, Head, RowFormat, row_writer};
use gatewalk::report::{GroupBy, Matrix, Question, Summary};
use serde_json::json;

use super::error::Refusal;
use super::exit::Exit;
use super::options::{Options, UserTypeArg, WhatIfArgs};
use super::output::emit;
use super::progress::Progress;
use super::select::{self, UserFilter};

/// Arguments of `matrix`
#[derive(Args, Debug)]
pub(crate) struct MatrixArgs {
    /// Users whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    user: Vec<String>,

    /// Targets whose name matches (repeatable); `*` does not cross `/`, `#` or `:`
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
    let workspace = options.load()?;
    let question = options.question(&workspace, &args.what_if)?;
    let filter = UserFilter { ids: &args.user, roles: &args.role, user_type: args.user_type.map(UserType::from), entities: &args.entity };
    let users = select::users(&workspace, &filter, &question)?;
    let targets = select::targets(&workspace, &args.target, args.features)?;
    let matrix = Matrix::new(&workspace, &question, users, &targets).map_err(Refusal::from)?;
    let counted = args.summary || args.group_by.is_some();
    if counted {
        people(&workspace, &matrix, args, options);
    }
    if !question.supposed_in_words().is_empty() {
        options.note(&format!("supposed: {}", question.supposed_in_words()));
    }
    emit(options.output.as_deref(), Exit::Yes, |out| {
        if counted {
            summary(args, options, &workspace, &question, &matrix, out)
        } else {
            cells(args, options, &workspace, &question, &matrix, out)
        }
    })
}

/// Machine formats of counts have no place for it: whether the counted users are everybody.
fn people(workspace: &Workspace, matrix: &Matrix<'_>, args: &MatrixArgs, options: &Options) {
    if matches!(args.format, RowFormatArg::Ndjson | RowFormatArg::Csv) {
        options.note(&population(workspace, matrix));
    }
}

fn population(workspace: &Workspace, matrix: &Matrix<'_>) -> String {
    let count = matrix.users().len();
    format!("counted over {count} {} (population: {})", if count == 1 { "user" } else { "users" }, workspace.population().name())
}

fn head(
    columns: Vec<&'static str>,
    schema: &str,
    rows: &'static str,
    args: &MatrixArgs,
    workspace: &Workspace,
    question: &Question,
) -> Head {
    let mut envelope = vec![
        ("schema", json!(schema)),
        ("semantics", json!(question.semantics.name())),
        ("at", json!(question.at.to_string())),
        ("population", json!(workspace.population().name())),
    ];
    envelope.extend(question.supposed().map(|supposed| ("whatIf", supposed)));
    Head { columns, envelope, rows, raw: args.raw }
}

fn cells(
    args: &MatrixArgs,
    options: &Options,
    workspace: &Workspace,
    question: &Question,
    matrix: &Matrix<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = |allowed: bool| args.only.is_none_or(|only| (only == Only::Allowed) == allowed);
    if matches!(args.format, RowFormatArg::Table) {
        if !render::grid(matrix, shown, out, options.look())? {
            options.note(NOTHING_SHOWN);
        }
        return Ok(());
    }
    let head = head(vec!["user", "target", "decision", "gate"], "gatewalk/matrix/v1", "cells", args, workspace, question);
    let mut writer = row_writer(args.format.into(), head, out, options.look())?;
    let mut progress = Progress::new(size(matrix), "cells", options);
    let mut any = false;
    matrix.cells(|cell| {
        progress.advance(1);
        let decision = cell.decision;
        if !shown(decision.allowed) {
            return Ok(());
        }
        any = true;
        writer.row(&[Field::Text(cell.user), Field::Text(cell.target), Field::Text(decision.name()), Field::Text(decision.gate.name())])
    })?;
    writer.finish()?;
    drop(progress);
    if !any {
        options.note(NOTHING_SHOWN);
    }
    Ok(())
}

/// That nothing was written is an answer too.
const NOTHING_SHOWN: &str = "no cell is decided so";

/// How many cells a matrix has.
fn size(matrix: &Matrix<'_>) -> u64 {
    matrix.users().len() as u64 * matrix.targets().len() as u64
}

fn summary(
    args: &MatrixArgs,
    options: &Options,
    workspace: &Workspace,
    question: &Question,
    matrix: &Matrix<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let group_by = args.group_by.map(|group_by| match group_by {
        GroupByArg::Profile => GroupBy::Profile,
        GroupByArg::Type => GroupBy::Type,
        GroupByArg::Entity => GroupBy::Entity,
        GroupByArg::Role => GroupBy::Role,
    });
    let columns = ["group", "target", "allowed", "denied"].into_iter().filter(|name| group_by.is_some() || *name != "group").collect();
    let head = head(columns, "gatewalk/matrix-summary/v1", "rows", args, workspace, question);
    let mut writer = row_writer(args.format.into(), head, &mut *out, options.look())?;
    let mut progress = Progress::new(size(matrix), "cells", options);
    let summary = Summary::new(matrix, group_by, |cells| progress.advance(cells));
    drop(progress);
    for row in summary.rows {
        let counts = [Field::Text(&row.target), Field::Count(row.allowed), Field::Count(row.denied)];
        match &row.group {
            Some(group) => writer.row(&[&[Field::Text(group)], counts.as_slice()].concat())?,
            None => writer.row(&counts)?,
        }
    }
    writer.finish()?;
    drop(writer);
    match args.format {
        RowFormatArg::Table | RowFormatArg::Markdown => writeln!(out, "\n{}", population(workspace, matrix)),
        RowFormatArg::Json | RowFormatArg::Ndjson | RowFormatArg::Csv => Ok(()),
    }
}
