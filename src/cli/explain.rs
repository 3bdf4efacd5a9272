//! `gatewalk explain`

use anyhow::Result;
use clap::Args;
use gatewalk::render;
use gatewalk::report::Timeline;
use jiff::Timestamp;

use super::check::{AnswerFormat, Asked, CheckArgs, answer, json};
use super::error::Refusal;
use super::exit::Exit;
use super::options::{Options, time};
use super::output::emit;

/// Arguments of `explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    check: CheckArgs,

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
    answer(&args.check, options, |answer, supposed, workspace| match args.check.format {
        AnswerFormat::Json => json(answer),
        AnswerFormat::Text => Ok(render::explain(answer, supposed, workspace.sources(), options.look())),
    })
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
