//! `gatewalk matrix`

mod answer;

use std::io;

use anyhow::Result;
use clap::{Args, ValueEnum};
use gatewalk::compile::Target;
use gatewalk::model::Workspace;
use gatewalk::report::{GroupBy, Matrix, summarise};
use gatewalk::walk::Decision;

use super::error::Refusal;
use super::exit::Exit;
use super::filter::FilterArgs;
use super::options::{Options, WhatIfArgs};
use super::output::emit;
use super::rows::{RowArgs, RowFormatArg};
use super::select;
use super::stream::{self, About, or_changed};
use answer::Answer;

/// Arguments of `matrix`
#[derive(Args, Debug)]
pub(crate) struct MatrixArgs {
    #[command(flatten)]
    users: FilterArgs,

    /// Targets whose name matches, or a resource given by its attributes (repeatable); `*` does not cross `/`, `#` or `:`
    #[arg(long, value_name = "GLOB")]
    target: Vec<String>,

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

    #[command(flatten)]
    rows: RowArgs,

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

impl MatrixArgs {
    /// Whether counts are asked for.
    fn counts(&self) -> bool {
        self.summary || self.group_by.is_some()
    }
}

/// Decides the cells and writes them, or their counts.
pub(crate) fn run(args: &MatrixArgs, options: &Options) -> Result<Exit> {
    if let Some(exit) = stream(args, options)? {
        return Ok(exit);
    }
    let mut workspace = options.load_changed(&args.what_if)?;
    let targets = select::targets(&mut workspace, &args.target, args.features)?;
    let question = options.question(&workspace, &args.what_if)?;
    let users = select::users(&workspace, &args.users.filter(), &question)?;
    options.tell_unknown(&workspace, &args.what_if, true);
    let matrix = Matrix::new(&workspace, &question, users, &targets).map_err(Refusal::from)?;
    let about_a_type = targets.iter().find_map(|target| if let Target::Type { kind, .. } = target { Some(kind.as_str()) } else { None });
    if let Some(kind) = about_a_type.filter(|_| args.counts()) {
        // Machine formats of counts have no place for it either.
        options.note(&format!("what depends on the resource counts as denied; --target '{kind}:*#*' asks about each resource there is"));
    }
    drop(targets);
    let answer = Answer { args, options, workspace: &workspace, question: &question, users: matrix.users().len() as u64 };
    answer.tell();
    let cells = answer.users * matrix.targets().len() as u64;
    emit(options.output.as_deref(), Exit::Yes, |out| {
        if args.counts() {
            let group_by = args.group_by.map(GroupBy::from);
            return answer.counts(out, |take| {
                let mut progress = answer.progress(cells);
                summarise(&matrix, group_by, |cells| progress.advance(cells), take)
            });
        }
        let Some(spelling) = answer.spelling() else { return answer.grid(&matrix, out) };
        answer.cells(spelling, out, matrix.targets(), |take| {
            let mut progress = answer.progress(cells);
            matrix.each_user(|user, decisions| {
                progress.advance(decisions.len() as u64);
                take(user, decisions)
            })
        })
    })
}

/// The same over users of whom nothing is kept; `None` where they have to be loaded.
fn stream(args: &MatrixArgs, options: &Options) -> Result<Option<Exit>> {
    let kept = (matches!(args.rows.format, RowFormatArg::Table) && !args.counts())
        // There can be as many profiles as users.
        || matches!(args.group_by, Some(GroupByArg::Profile));
    if kept || args.what_if.changes.is_some() {
        return Ok(None);
    }
    let about = About { options, what_if: &args.what_if, filter: args.users.filter() };
    let targets = |workspace: &mut Workspace| select::targets(workspace, &args.target, args.features);
    stream::ask(about, targets, |stream| {
        let (counts, users) = if args.counts() {
            let counts = stream.counts(args.group_by.map(GroupBy::from), false);
            let users = counts.as_ref().map(|counts| counts.users);
            (counts, users)
        } else {
            (None, stream.selected())
        };
        let Some(users) = users else { return Ok(None) };
        stream.tell();
        let answer = Answer { args, options, workspace: stream.workspace, question: stream.question, users };
        answer.tell();
        let output = options.output.as_deref();
        if let Some(counts) = counts {
            return emit(output, Exit::Yes, |out| answer.counts(out, |take| stream.crowd.rows(&counts, take))).map(Some);
        }
        let Some(spelling) = answer.spelling() else { return Ok(None) };
        let targets = stream.crowd.targets();
        let cells = |take: &mut dyn FnMut(&str, &[Decision]) -> io::Result<()>| {
            let mut progress = answer.progress(users * targets.len() as u64);
            stream.each(|user, decisions| {
                progress.advance(decisions.len() as u64);
                take(user, decisions)
            })
        };
        emit(output, Exit::Yes, |out| answer.cells(spelling, out, targets, cells)).map(Some).map_err(or_changed)
    })
}
