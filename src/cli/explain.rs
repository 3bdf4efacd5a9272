//! `gatewalk explain`

use anyhow::Result;
use clap::Args;
use gatewalk::render;
use gatewalk::report::{ForUser, Timeline};
use jiff::Timestamp;

use super::check::{AnswerFormat, Asked, CheckArgs, exit, json};
use super::error::Refusal;
use super::exit::Exit;
use super::options::{Options, time};
use super::output::emit;

/// Arguments of `explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    check: CheckArgs,

    /// A text that can be shown to the person: what to ask for, and whom
    #[arg(long, conflicts_with_all = ["timeline", "all", "as_type", "with_role", "without_role", "as_entity", "ignore_override", "changes"])]
    for_user: bool,

    /// List all ways in that were found, not the best ten
    #[arg(long, conflicts_with = "timeline")]
    all: bool,

    /// Every time at which the answer changes, and why
    #[arg(long)]
    timeline: bool,

    /// The time at which the timeline begins [default: the time asked about]
    #[arg(long, value_name = "TIME", requires = "timeline")]
    from: Option<String>,

    /// The time at which the timeline ends [default: none]
    #[arg(long, value_name = "TIME", requires = "timeline")]
    to: Option<String>,
}

/// Answers with every gate, or with every time at which the answer changes.
pub(crate) fn run(args: &ExplainArgs, options: &Options) -> Result<Exit> {
    if args.timeline {
        return timeline(args, options);
    }
    let mut asked = std::mem::ManuallyDrop::new(Asked::new(&args.check, options)?);
    let mut answer = asked.answer()?;
    if args.for_user {
        let more = !answer.allowed && asked.takes_several();
        let id = asked.user()?.id.as_ref().map(|id| &*id.value);
        let told = ForUser::new(&asked.workspace, &answer, &asked.target, id, more);
        let text = match args.check.format {
            AnswerFormat::Json => json(&told)?,
            AnswerFormat::Text => render::for_user(&told, options.look()),
        };
        return emit(options.output.as_deref(), exit(&answer), |out| out.write_all(text.as_bytes()));
    }
    if !answer.allowed {
        answer.ways = asked.ways(args.all);
    }
    let text = match args.check.format {
        AnswerFormat::Json => json(&answer)?,
        AnswerFormat::Text => render::explain(&answer, &asked.question.supposed_in_words(), asked.workspace.sources(), options.look()),
    };
    emit(options.output.as_deref(), exit(&answer), |out| out.write_all(text.as_bytes()))
}

/// The exit code is the decision at the time asked about.
fn timeline(args: &ExplainArgs, options: &Options) -> Result<Exit> {
    let asked = Asked::new(&args.check, options)?;
    let span = args.span(asked.question.at)?;
    let answer =
        Timeline::new(&asked.workspace, asked.user()?, asked.label, &asked.target, &asked.question, span).map_err(Refusal::from)?;
    let exit = if answer.allowed { Exit::Yes } else { Exit::No };
    let text = match args.check.format {
        AnswerFormat::Json => json(&answer)?,
        AnswerFormat::Text => render::timeline(&answer, &asked.question.supposed_in_words(), options.look()),
    };
    emit(options.output.as_deref(), exit, |out| out.write_all(text.as_bytes()))
}

impl ExplainArgs {
    /// From when until when; without an end it has none.
    fn span(&self, asked: Timestamp) -> Result<(Timestamp, Option<Timestamp>)> {
        let from = self.from.as_deref().map_or(Ok(asked), |text| time("--from", text))?;
        let to = self.to.as_deref().map(|text| time("--to", text)).transpose()?;
        if let Some(to) = to.filter(|to| *to < from) {
            let hint = if self.from.is_some() { "swap --from and --to" } else { "say with --from when it begins" };
            return Err(Refusal::new(format!("the timeline ends on {to}, before it begins on {from}")).hint(hint).into());
        }
        Ok((from, to))
    }
}
