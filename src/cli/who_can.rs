//! `gatewalk who-can`

use std::convert::Infallible;

use anyhow::Result;
use clap::Args;
use gatewalk::compile::{Target, compile};
use gatewalk::model::{UserType, Workspace};
use gatewalk::report::{Before, Extent, GroupBy, Of, Question, WhoCan};
use serde_json::json;

use super::error::Refusal;
use super::exit::Exit;
use super::filter::FilterArgs;
use super::granted::{Answer, Take, against_definitions, changes, depending, each};
use super::options::{Options, WhatIfArgs};
use super::rows::RowArgs;
use super::stream::{self, About, or_changed};
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
    if let Some(exit) = stream(args, options)? {
        return Ok(exit);
    }
    let (mut workspace, mut defined) = options.load_supposed(&args.what_if)?;
    let target = what::parse(&args.target, &mut workspace)?;
    let question = options.question(&workspace, &args.what_if)?;
    let users = select::users_left((&workspace, defined.as_ref()), || args.users.filter(), &question)?;
    let same = users.clone();
    options.tell_unknown(&workspace, &args.what_if, true);
    let mut found = WhoCan::new(&workspace, &question, users, args.of(), &target).map_err(Refusal::from)?;
    if args.what_if.supposes() {
        let question = question.as_defined();
        let there = defined.as_mut().is_none_or(|defined| what::parse(&args.target, defined).is_ok());
        let (workspace, before) = match &defined {
            Some(defined) if !there => (defined, Vec::new()),
            // Filters that select nobody there select nobody who could lose anything.
            Some(defined) => (defined, select::those(defined, &args.users.filter(), &question)),
            None => (&workspace, same),
        };
        found = found.against(&Before { workspace, question }, before, &target);
    }
    let allowed = found.users.len() as u64;
    let mut answer = args.answer(options, (&workspace, &question), &target, (allowed, found.denied), found.extent);
    if let Target::Type { kind, action } = &target {
        answer.says.extend(depending(found.depends, &format!("ask about one, as `{kind}:ID#{action}`")));
    }
    answer.says.extend(found.change.as_ref().map(against_definitions));
    answer.envelope.push(("dependsOnInstance", json!(found.depends)));
    answer.envelope.extend(changes(found.change.as_ref()));
    answer.ends = found.users.iter().any(|granted| granted.until.is_some());
    answer.write(if allowed > 0 { Exit::Yes } else { Exit::No }, each(&found.users))
}

/// The same over users of whom nothing is kept; `None` where they have to be loaded.
fn stream(args: &WhoCanArgs, options: &Options) -> Result<Option<Exit>> {
    // Who is gained and lost is found by two questions.
    if args.what_if.supposes() {
        return Ok(None);
    }
    let about = About { options, what_if: &args.what_if, filter: args.users.filter() };
    stream::ask(
        about,
        |workspace| Ok(vec![what::parse(&args.target, workspace)?]),
        |stream| {
            let (workspace, question) = (stream.workspace, stream.question);
            let Some(counts) = stream.counts(Some(GroupBy::Type), true) else { return Ok(None) };
            let mut by_type = [(0, 0); 2];
            let [internal, external] = &mut by_type;
            let taken: Result<(), Infallible> = stream.crowd.rows(&counts, |row| {
                let of_type = if row.group == Some(UserType::Internal.name()) { &mut *internal } else { &mut *external };
                *of_type = (row.allowed, row.denied);
                Ok(())
            });
            let Ok(()) = taken;
            let Some(name) = stream.crowd.targets().first() else { return Ok(None) };
            let target = Target::parse(workspace, name).map_err(Refusal::from)?;
            let list = compile(workspace, &target, question.options(question.semantics)).map_err(Refusal::from)?;
            let extent = Extent::new(workspace, question, &list, by_type, args.of());
            let [internal, external] = by_type;
            let (allowed, denied) = (internal.0 + external.0, internal.1 + external.1);
            stream.tell();
            let mut answer = args.answer(options, (workspace, question), &target, (allowed, denied), extent);
            answer.envelope.push(("dependsOnInstance", json!(0)));
            let rows = |take: &mut Take<'_>| {
                stream.each(|user, decisions, _| {
                    let decision = decisions.first().filter(|decision| decision.allowed);
                    decision.map_or(Ok(()), |decision| take(user, decision.gate.name(), false, None))
                })
            };
            answer.write(if allowed > 0 { Exit::Yes } else { Exit::No }, rows).map(Some).map_err(or_changed)
        },
    )
}

impl WhoCanArgs {
    /// Which users are looked at.
    fn of(&self) -> Of {
        if self.users.filter().selects_all() { Of::TheseFiles } else { Of::Selected }
    }

    /// What there is to say beside the rows: how many are allowed and denied, and how far access reaches.
    fn answer<'a>(
        &'a self,
        options: &'a Options,
        asked: (&'a Workspace, &'a Question),
        target: &Target,
        (allowed, denied): (u64, u64),
        extent: Extent,
    ) -> Answer<'a> {
        let (workspace, _) = asked;
        let (count, words) = (allowed + denied, extent.in_words());
        let users = if count == 1 { "user" } else { "users" };
        let selected = if self.of() == Of::Selected { " selected" } else { "" };
        let population = workspace.population().name();
        let mut says = vec![format!("{target} lets in {allowed} of {count} {users}{selected} (population: {population})")];
        says.extend(words.as_ref().map(|words| format!("that is: {words}")));
        Answer {
            rows: &self.rows,
            options,
            asked,
            says,
            of: "user",
            envelope: vec![
                ("target", json!(target.to_string())),
                ("allowed", json!(allowed)),
                ("denied", json!(denied)),
                ("extent", extent.json()),
                ("inWords", json!(words)),
            ],
            schema: "gatewalk/who-can/v1",
            list: "users",
            ends: false,
            is_empty: allowed == 0,
        }
    }
}
