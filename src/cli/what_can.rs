//! `gatewalk what-can`

use anyhow::Result;
use clap::Args;
use gatewalk::compile::{Target, Targets};
use gatewalk::model::Workspace;
use gatewalk::report::{Before, Question, WhatCan};
use serde_json::json;

use super::error::Refusal;
use super::exit::Exit;
use super::granted::{Answer, against_definitions, changes, depending, each};
use super::options::{Options, WhatIfArgs};
use super::rows::RowArgs;
use super::select;
use super::who::Who;

/// Arguments of `what-can`
#[derive(Args, Debug)]
pub(crate) struct WhatCanArgs {
    /// A user id, or a mapping such as '{userType: internal-user, roles: [hr-team]}'
    #[arg(value_name = "USER")]
    user: String,

    /// Targets whose name matches, or a resource given by its attributes (repeatable) [default: the apps, the framework's sites and the actions on types]
    #[arg(long, value_name = "GLOB")]
    target: Vec<String>,

    /// Also the apps' features and home page
    #[arg(long)]
    features: bool,

    #[command(flatten)]
    rows: RowArgs,

    #[command(flatten)]
    what_if: WhatIfArgs,
}

impl WhatCanArgs {
    fn targets(&self, workspace: &mut Workspace, defined: Option<&mut Workspace>, question: &Question) -> Result<Vec<Target>> {
        if self.target.is_empty() {
            return Ok(self.all(workspace));
        }
        select::targets_left((workspace, defined), &self.target, self.features, question)
    }

    /// The same without supposed changes, as far as there are any.
    fn targets_defined(&self, defined: &mut Workspace) -> Vec<Target> {
        if self.target.is_empty() { self.all(defined) } else { select::targets_there(defined, &self.target, self.features) }
    }

    fn all(&self, workspace: &Workspace) -> Vec<Target> {
        Targets { features: self.features, sites: true, types: true, instances: false }.of(workspace)
    }
}

/// Answers with everything that the user is let into.
pub(crate) fn run(args: &WhatCanArgs, options: &Options) -> Result<Exit> {
    let (mut workspace, mut defined) = options.load_supposed(&args.what_if)?;
    let who = Who::parse(&args.user, &mut workspace, options)?;
    let question = options.question(&workspace, &args.what_if)?;
    let targets = args.targets(&mut workspace, defined.as_mut(), &question)?;
    options.tell_unknown(&workspace, &args.what_if, matches!(who, Who::Known(_)));
    let mut found = WhatCan::new(&workspace, &question, who.user(&workspace)?, &targets).map_err(Refusal::from)?;
    if args.what_if.supposes() {
        // Of targets that are not there without the changes, nothing is lost.
        let before = match &mut defined {
            Some(defined) => args.targets_defined(defined),
            None => targets,
        };
        let workspace = defined.as_ref().unwrap_or(&workspace);
        found = found.against(&Before { workspace, question: question.as_defined() }, who.defined(workspace), &before);
    }
    let allowed = found.targets.len() as u64;
    let count = allowed + found.denied;
    let mut says = vec![format!("{} is let into {allowed} of {count} {}", found.user, if count == 1 { "target" } else { "targets" })];
    says.extend(depending(found.depends, "`--target 'TYPE:*#*'` is about each that is defined"));
    says.extend(found.change.as_ref().map(against_definitions));
    let mut answer = Answer {
        rows: &args.rows,
        options,
        asked: (&workspace, &question),
        says,
        of: "target",
        envelope: vec![
            ("user", json!(args.user)),
            ("allowed", json!(allowed)),
            ("denied", json!(found.denied)),
            ("dependsOnInstance", json!(found.depends)),
        ],
        schema: "gatewalk/what-can/v1",
        list: "targets",
        ends: found.targets.iter().any(|granted| granted.until.is_some()),
        is_empty: found.targets.is_empty(),
    };
    answer.envelope.extend(changes(found.change.as_ref()));
    answer.write(if allowed > 0 { Exit::Yes } else { Exit::No }, each(&found.targets))
}
