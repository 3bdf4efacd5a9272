//! `gatewalk matrix`

mod answer;

use anyhow::Result;
use clap::{Args, ValueEnum};
use gatewalk::compile::{Compiler, Target};
use gatewalk::model::{User, Workspace};
use gatewalk::report::{Before, GroupBy, Matrix, Question, summarise};

use super::error::Refusal;
use super::exit::Exit;
use super::filter::FilterArgs;
use super::options::{Options, WhatIfArgs};
use super::output::emit;
use super::rows::{RowArgs, RowFormatArg};
use super::select;
use super::stream::{self, About, or_changed};
use answer::{Answer, Gone, Take};

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

    /// The targets that are asked about and that supposed changes remove.
    fn targets_gone(&self, defined: Option<&mut Workspace>, workspace: &Workspace, question: &Question) -> Vec<String> {
        let targets = defined.map(|defined| select::targets_there(defined, &self.target, self.features)).unwrap_or_default();
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        targets.iter().filter(|target| compiler.compile(target).is_err()).map(ToString::to_string).collect()
    }

    /// The users who are asked about as they are defined, and whom supposed changes remove.
    fn users_gone<'w>(&self, before: &Before<'w>, workspace: &Workspace) -> Vec<&'w User> {
        let users = select::those(before.workspace, &self.users.filter(), &before.question);
        let is_gone = |user: &&User| user.id.as_ref().is_some_and(|id| workspace.user(&id.value).is_none());
        users.into_iter().filter(is_gone).collect()
    }
}

/// Decides the cells and writes them, or their counts.
pub(crate) fn run(args: &MatrixArgs, options: &Options) -> Result<Exit> {
    if let Some(exit) = stream(args, options)? {
        return Ok(exit);
    }
    let (mut workspace, mut defined) = options.load_supposed(&args.what_if)?;
    let question = options.question(&workspace, &args.what_if)?;
    let targets = select::targets_left((&mut workspace, defined.as_mut()), &args.target, args.features, &question)?;
    let users = select::users_left((&workspace, defined.as_ref()), || args.users.filter(), &question)?;
    options.tell_unknown(&workspace, &args.what_if, true);
    let mut gone = Gone { users: Vec::new(), targets: args.targets_gone(defined.as_mut(), &workspace, &question) };
    let targets_defined = select::as_defined(&targets, defined.as_mut());
    let before = Before { workspace: defined.as_ref().unwrap_or(&workspace), question: question.as_defined() };
    let mut matrix = Matrix::new(&workspace, &question, users, &targets).map_err(Refusal::from)?;
    if args.what_if.supposes() {
        let users_gone = if defined.is_some() { args.users_gone(&before, &workspace) } else { Vec::new() };
        gone.users = users_gone.iter().filter_map(|user| Some(user.id.as_ref()?.value.to_string())).collect();
        matrix = matrix.against(&before, users_gone, &targets_defined);
    }
    let about_a_type = targets.iter().find_map(|target| if let Target::Type { kind, .. } = target { Some(kind.as_str()) } else { None });
    if let Some(kind) = about_a_type.filter(|_| args.counts()) {
        // Machine formats of counts have no place for it either.
        options.note(&format!("what depends on the resource counts as denied; --target '{kind}:*#*' asks about each resource there is"));
    }
    drop((targets, targets_defined));
    let answer = Answer { args, options, workspace: &workspace, question: &question, users: matrix.users().len() as u64, gone };
    answer.tell();
    let cells = answer.users * matrix.targets().len() as u64;
    emit(options.output.as_deref(), Exit::Yes, |out| {
        if args.counts() {
            let group_by = args.group_by.map(GroupBy::from);
            return answer.counts(out, |take| {
                // Where something is supposed, each is looked at once more.
                let mut progress = answer.progress(if args.what_if.supposes() { cells * 2 } else { cells });
                summarise(&matrix, group_by, |cells| progress.advance(cells), take)
            });
        }
        let Some(spelling) = answer.spelling() else { return answer.grid(&matrix, out) };
        answer.cells(spelling, out, matrix.targets(), |take| {
            let mut progress = answer.progress(cells);
            matrix.each_user(|user, decisions, was| {
                progress.advance(decisions.len() as u64);
                take(user, decisions, was)
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
        let answer = Answer { args, options, workspace: stream.workspace, question: stream.question, users, gone: Gone::default() };
        answer.tell();
        let output = options.output.as_deref();
        if let Some(counts) = counts {
            return emit(output, Exit::Yes, |out| answer.counts(out, |take| stream.crowd.rows(&counts, take))).map(Some);
        }
        let Some(spelling) = answer.spelling() else { return Ok(None) };
        let targets = stream.crowd.targets();
        let cells = |take: &mut Take<'_>| {
            let mut progress = answer.progress(users * targets.len() as u64);
            stream.each(|user, decisions, was| {
                progress.advance(decisions.len() as u64);
                take(user, decisions, was)
            })
        };
        emit(output, Exit::Yes, |out| answer.cells(spelling, out, targets, cells)).map(Some).map_err(or_changed)
    })
}
