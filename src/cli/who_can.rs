//! `gatewalk who-can`

use anyhow::Result;
use clap::Args;
use gatewalk::compile::Target;
use gatewalk::report::WhoCan;
use serde_json::json;

use super::error::Refusal;
use super::exit::Exit;
use super::filter::FilterArgs;
use super::granted::{Answer, against_today, changes, depending};
use super::options::{Options, WhatIfArgs};
use super::rows::RowArgs;
use super::{select, what};

/// Arguments of `who-can`
#[derive(Args, Debug)]
pub(crate) struct WhoCanArgs {
    /// An app, `APP/FEATURE`, `APP/homePage`, `site#admin`, `TYPE#ACTION`, `TYPE:ID#ACTION` or `TYPE{attribute=value}#ACTION`
    #[arg(value_name = "TARGET")]
    target: String,

    #[command(flatten)]
    users: FilterArgs,

    #[command(flatten)]
    rows: RowArgs,

    #[command(flatten)]
    what_if: WhatIfArgs,
}

/// Answers with everybody who is let in.
pub(crate) fn run(args: &WhoCanArgs, options: &Options) -> Result<Exit> {
    let mut workspace = options.load()?;
    let target = what::parse(&args.target, &mut workspace)?;
    let question = options.question(&workspace, &args.what_if)?;
    let filter = args.users.filter();
    let nobody_here = workspace.users().is_empty() && filter.selects_all();
    let users = if nobody_here { Vec::new() } else { select::users(&workspace, &filter, &question)? };
    options.tell_unknown(&workspace, &args.what_if, true);
    let found = WhoCan::new(&workspace, &question, users, filter.selects_all(), &target).map_err(Refusal::from)?;
    let words = found.extent.in_words();
    if nobody_here && words.is_none() {
        return Err(select::no_users());
    }
    let allowed = found.users.len() as u64;
    let count = allowed + found.denied;
    let users = if count == 1 { "user" } else { "users" };
    let which = if filter.selects_all() { format!("(population: {})", workspace.population().name()) } else { "selected".to_owned() };
    let mut says = vec![format!("{} lets in {allowed} of {count} {users} {which}", found.target)];
    says.extend(words.as_ref().map(|words| format!("that is: {words}")));
    if let Target::Type { kind, action } = &target {
        says.extend(depending(found.depends, &format!("ask about one, as `{kind}:ID#{action}`")));
    }
    says.extend(found.change.as_ref().map(against_today));
    let mut answer = Answer {
        rows: &args.rows,
        options,
        asked: (&workspace, &question),
        says,
        columns: ["user", "gate", "access", "until"],
        envelope: vec![
            ("target", json!(found.target)),
            ("allowed", json!(allowed)),
            ("denied", json!(found.denied)),
            ("dependsOnInstance", json!(found.depends)),
            ("extent", found.extent.json()),
            ("inWords", json!(words)),
        ],
        schema: "gatewalk/who-can/v1",
        list: "users",
        granted: &found.users,
    };
    answer.envelope.extend(changes(found.change.as_ref()));
    // Where nobody is defined, it is said of everybody who could be.
    let some = allowed > 0 || (nobody_here && !found.extent.is_nobody());
    answer.write(if some { Exit::Yes } else { Exit::No })
}
