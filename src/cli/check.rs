//! `gatewalk check`

use anyhow::Result;
use clap::{Args, ValueEnum};
use gatewalk::compile::Target;
use gatewalk::model::{User, Workspace};
use gatewalk::render;
use gatewalk::report::{Before, Explanation, Question, WaysReport, takes_several};

use super::error::Refusal;
use super::exit::Exit;
use super::options::{Options, WhatIfArgs};
use super::output::emit;
use super::what;
use super::who::Who;

/// Arguments of `check`
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// A user id, or a mapping such as '{userType: internal-user, roles: [hr-team]}'
    #[arg(value_name = "USER")]
    pub(crate) user: String,

    /// An app, `APP/FEATURE`, `APP/homePage`, `site#admin`, `TYPE#ACTION`, `TYPE:ID#ACTION` or `TYPE{attribute=value}#ACTION`
    #[arg(value_name = "TARGET")]
    pub(crate) target: String,

    /// How the answer is written
    #[arg(long, default_value = "text")]
    pub(crate) format: AnswerFormat,

    #[command(flatten)]
    pub(crate) what_if: WhatIfArgs,
}

/// The formats of a single answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Answers in one line.
pub(crate) fn run(args: &CheckArgs, options: &Options) -> Result<Exit> {
    // The process ends with the answer: to give a workspace back piece by piece would be most of what is left to do.
    let asked = std::mem::ManuallyDrop::new(Asked::new(args, options)?);
    let answer = asked.answer()?;
    let exit = exit(&answer);
    let text = match args.format {
        AnswerFormat::Json => json(&answer.without_steps())?,
        AnswerFormat::Text => render::check(&answer, &asked.question.supposed_in_words(), options.look()),
    };
    emit(options.output.as_deref(), exit, |out| out.write_all(text.as_bytes()))
}

/// The exit code is the decision.
pub(super) fn exit(answer: &Explanation) -> Exit {
    if answer.allowed { Exit::Yes } else { Exit::No }
}

/// What is asked: of whom, about what, and how.
pub(super) struct Asked<'a> {
    pub(super) workspace: Workspace,
    /// The workspace without supposed changes, where there are some.
    defined: Option<Workspace>,
    /// The target there, if it exists there.
    target_defined: Option<Target>,
    supposes: bool,
    pub(super) target: Target,
    pub(super) question: Question,
    /// The user as written.
    pub(super) label: &'a str,
    who: Who,
}

impl<'a> Asked<'a> {
    pub(super) fn new(args: &'a CheckArgs, options: &Options) -> Result<Self> {
        let (mut workspace, mut defined) = options.load_supposed(&args.what_if)?;
        let who = Who::parse(&args.user, &mut workspace, options)?;
        let question = options.question(&workspace, &args.what_if)?;
        let target = what::parse(&args.target, &mut workspace)?;
        let target_defined = match &mut defined {
            Some(defined) => what::parse(&args.target, defined).ok(),
            None => Some(target.clone()),
        };
        // Whether somebody given as a mapping has a role, the mapping says.
        options.tell_unknown(&workspace, &args.what_if, matches!(who, Who::Known(_)));
        Ok(Self { workspace, defined, target_defined, supposes: args.what_if.supposes(), target, question, label: &args.user, who })
    }

    /// What the answer is compared with, where something is supposed.
    fn before(&self) -> Option<Before<'_>> {
        let workspace = self.defined.as_ref().unwrap_or(&self.workspace);
        self.supposes.then(|| Before { workspace, question: self.question.as_defined() })
    }

    pub(super) fn user(&self) -> Result<&User> {
        self.who.user(&self.workspace)
    }

    /// The answer, beside the one without what is supposed.
    pub(super) fn answer(&self) -> Result<Explanation> {
        let answer = Explanation::new(&self.workspace, self.user()?, self.label, &self.target, &self.question).map_err(Refusal::from)?;
        let Some(before) = self.before() else { return Ok(answer) };
        let user = self.who.defined(before.workspace);
        Ok(answer.against(&before, user, self.target_defined.as_ref()))
    }

    /// Whether no single change would let the user in, but several would, for a denial.
    pub(super) fn takes_several(&mut self) -> bool {
        takes_several(&mut self.workspace, self.who.asker(), &self.target, &self.question)
    }

    /// The ways in, for a denial.
    pub(super) fn ways(&mut self, all: bool) -> Option<WaysReport> {
        WaysReport::new(&mut self.workspace, self.who.asker(), &self.target, &self.question, all)
    }
}

/// An answer as one line of JSON.
pub(super) fn json(answer: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_string(answer)? + "\n")
}
