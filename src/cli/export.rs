//! `gatewalk export`

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use gatewalk::compile::Target;
use gatewalk::model::{Workspace, glob, nearest};
use gatewalk::sql::{self, Dialect, Each, Ids, Refused};

use super::error::Refusal;
use super::exit::Exit;
use super::options::{Options, WhatIfArgs};
use super::output::emit;
use super::select;

/// Arguments of `export`
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    form: Form,
}

/// The forms.
#[derive(Subcommand, Debug)]
enum Form {
    /// One query over a table of users that gives the cells of `matrix`
    Sql(SqlArgs),
}

/// Arguments of `export sql`
#[derive(Args, Debug)]
struct SqlArgs {
    /// The engine that is to run it
    #[arg(long)]
    dialect: DialectArg,

    /// Targets whose name matches, or a resource given by its attributes (repeatable); of `ticket:*#view` the instances are rows of a table
    #[arg(long, value_name = "GLOB")]
    target: Vec<String>,

    /// Also the apps' features and home page
    #[arg(long)]
    features: bool,

    #[command(flatten)]
    what_if: WhatIfArgs,
}

/// `--dialect`
#[derive(Clone, Copy, Debug, ValueEnum)]
enum DialectArg {
    /// `DuckDB`
    #[value(name = "duckdb")]
    DuckDb,
    /// Spark SQL
    Spark,
}

impl From<DialectArg> for Dialect {
    fn from(arg: DialectArg) -> Self {
        match arg {
            DialectArg::DuckDb => Self::DuckDb,
            DialectArg::Spark => Self::Spark,
        }
    }
}

/// Writes the query.
pub(crate) fn run(args: &ExportArgs, options: &Options) -> Result<Exit> {
    let Form::Sql(args) = &args.form;
    if args.what_if.changes.is_some() {
        let refusal =
            Refusal::new("a query takes no --with: its users and resources are in a warehouse, and changes to them would not count");
        return Err(refusal.hint("export from a copy of the definitions in which the changes are made").into());
    }
    let mut workspace = options.load()?;
    let (targets, each) = selected(&mut workspace, args, options)?;
    let question = options.question(&workspace, &args.what_if)?;
    let request = sql::Request {
        dialect: args.dialect.into(),
        options: question.options(question.semantics),
        what_if: &question.what_if,
        supposed: question.supposed_in_words(),
        targets,
        each,
    };
    let query = sql::export(&workspace, &request).map_err(|refused| refusal(&workspace, refused))?;
    emit(options.output.as_deref(), Exit::Yes, |out| out.write_all(query.as_bytes()))
}

fn refusal(workspace: &Workspace, refused: Refused) -> Refusal {
    match refused {
        Refused::Unknown(unknown) => unknown.into(),
        Refused::Inexact(inexact) => {
            let place = workspace.sources().place(inexact.span);
            Refusal::new(format!("{}:{}:{}: {inexact}", place.file, place.line, place.column))
        }
        Refused::Type(name, kind) => {
            let action = name.rsplit('#').next().unwrap_or_default().to_owned();
            Refusal::new(Refused::Type(name, kind.clone()).to_string())
                .hint(format!("ask about those of the table `instances`: --target '{kind}:*#{action}'"))
        }
        refused => Refusal::new(refused.to_string()),
    }
}

/// The targets that are named one by one, and the actions on the instances of a table.
fn selected(workspace: &mut Workspace, args: &SqlArgs, options: &Options) -> Result<(Vec<Target>, Vec<Each>)> {
    let (of_instances, others): (Vec<&String>, Vec<&String>) = args.target.iter().partition(|text| is_of_instances(text));
    let mut each: Vec<Each> = Vec::new();
    for text in of_instances {
        each_of(workspace, text, &mut each)?;
    }
    let mut targets = Vec::new();
    if !others.is_empty() || args.target.is_empty() {
        let others: Vec<String> = others.into_iter().cloned().collect();
        targets = select::targets(workspace, &others, args.features)?;
    }
    let named = |target: &Target| args.target.iter().any(|text| *text == target.to_string());
    let left_out: Vec<String> =
        targets.iter().filter(|target| matches!(target, Target::Type { .. }) && !named(target)).map(ToString::to_string).collect();
    targets.retain(|target| !left_out.contains(&target.to_string()));
    if targets.is_empty() && each.is_empty() {
        let refusal = Refusal::new("questions about types of resources are not for a query: they are about all resources that could be");
        return Err(refusal.hint("ask about those of the table `instances`: --target '*:*#*'").into());
    }
    if !left_out.is_empty() {
        options.note(&format!("left out, since they are about all resources that could be: {}", left_out.join(", ")));
    }
    Ok((targets, each))
}

/// Whether a target's text is about instances: `TYPE:ID#ACTION`, and no app under its other name.
fn is_of_instances(text: &str) -> bool {
    let before_action = text.rsplit_once('#').map(|(before, _)| before);
    before_action.and_then(|before| before.split_once(':')).is_some_and(|(kind, _)| kind != "chat-app" && !kind.contains('{'))
}

/// Adds the actions on instances that a text selects. No `*` crosses a separator, so that its parts select the parts of names.
fn each_of(workspace: &Workspace, text: &str, each: &mut Vec<Each>) -> Result<()> {
    let (before, action_glob) = text.rsplit_once('#').unwrap_or((text, ""));
    let (kind_glob, id_glob) = before.split_once(':').unwrap_or((before, ""));
    let permissions = workspace.permissions();
    let is_an_id = |kind: &str| permissions.instance(kind, id_glob).is_some() || !id_glob.contains(['*', '?']);
    let all: Vec<(&str, &str)> =
        permissions.types().flat_map(|(kind, known)| known.actions.iter().map(move |action| (kind, &**action))).collect();
    let mut any = false;
    for (kind, action) in all.iter().filter(|(kind, action)| glob::matches(kind_glob, kind) && glob::matches(action_glob, action)) {
        any = true;
        let ids = if is_an_id(kind) { Ids::Exactly(id_glob.to_owned()) } else { Ids::Like(id_glob.to_owned()) };
        match each.iter_mut().find(|known| known.kind == *kind && known.action == *action) {
            Some(known) if known.ids.contains(&ids) => {}
            Some(known) => known.ids.push(ids),
            None => each.push(Each { kind: (*kind).to_owned(), action: (*action).to_owned(), ids: vec![ids] }),
        }
    }
    if any {
        return Ok(());
    }
    let names: Vec<String> = all.iter().map(|(kind, action)| format!("{kind}:{id_glob}#{action}")).collect();
    let close = nearest(text, names.iter().map(String::as_str)).map(str::to_owned);
    Err(Refusal::new(format!("--target: `{text}` selects no action on a type")).did_you_mean(close.as_deref()).into())
}
