//! `gatewalk explain`

use anyhow::Result;
use clap::Args;
use gatewalk::render;

use super::check::{AnswerFormat, CheckArgs, answer, json};
use super::exit::Exit;
use super::options::Options;

/// Arguments of `explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    check: CheckArgs,
}

/// Answers with every gate.
pub(crate) fn run(args: &ExplainArgs, options: &Options) -> Result<Exit> {
    answer(&args.check, options, |answer, supposed, workspace| match args.check.format {
        AnswerFormat::Json => json(answer),
        AnswerFormat::Text => Ok(render::explain(answer, supposed, workspace.sources(), options.look())),
    })
}
