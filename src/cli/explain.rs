//! `gatewalk explain`

use anyhow::Result;
use clap::Args;
use gatewalk::render;

use super::check::{AnswerFormat, CheckArgs, answer, json};
use super::common::Common;
use super::exit::Exit;

/// Arguments of `explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    check: CheckArgs,
}

/// Answers with every gate.
pub(crate) fn run(args: &ExplainArgs, common: &Common) -> Result<Exit> {
    answer(&args.check, common, |answer, supposed, workspace| match args.check.format {
        AnswerFormat::Json => json(answer),
        AnswerFormat::Text => Ok(render::explain(answer, supposed, workspace.sources(), common.look())),
    })
}
