//! `gatewalk validate`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use gatewalk::discover::{self, Request};
use gatewalk::render;
use gatewalk::report::Validation;

use super::check::{AnswerFormat, json};
use super::common::Common;
use super::error::Refusal;
use super::exit::Exit;
use super::output::emit;

/// Arguments of `validate`
#[derive(Args, Debug)]
pub(crate) struct ValidateArgs {
    /// A workspace's folder, or files to read instead of one [default: as -C and -f say]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How the answer is written
    #[arg(long, default_value = "text")]
    format: AnswerFormat,
}

/// Loads the definitions and says what is wrong with them, or what there is.
pub(crate) fn run(args: &ValidateArgs, common: &Common) -> Result<Exit> {
    match discover::load(&request(args, common)?) {
        Ok(workspace) => {
            common.tell(&workspace);
            let counts = workspace.counts();
            let text = match args.format {
                AnswerFormat::Json => json(&Validation::valid(counts, workspace.population()))?,
                AnswerFormat::Text => render::validate(counts, workspace.population()),
            };
            emit(common.output.as_deref(), Exit::Yes, |out| out.write_all(text.as_bytes()))
        }
        Err(invalid) => match args.format {
            AnswerFormat::Json => {
                let text = json(&Validation::invalid(&invalid.sources, &invalid.problems))?;
                emit(common.output.as_deref(), Exit::Unanswered, |out| out.write_all(text.as_bytes()))
            }
            // Here the problems are the answer.
            AnswerFormat::Text => emit(common.output.as_deref(), Exit::Unanswered, |out| {
                render::problems(&invalid.sources, &invalid.problems, render::NOT_TRUSTED, common.look())
                    .try_for_each(|text| out.write_all(text.as_bytes()))
            }),
        },
    }
}

fn request(args: &ValidateArgs, common: &Common) -> Result<Request> {
    let mut request = common.request()?;
    let (folders, files): (Vec<_>, Vec<_>) = args.paths.iter().cloned().partition(|path| path.is_dir());
    match (folders.as_slice(), files.is_empty()) {
        ([], _) => request.files.extend(files),
        ([folder], true) if common.workspace.is_none() => request.root.clone_from(folder),
        ([_], true) => return Err(Refusal::new("the folder is named twice: as PATH and with -C").into()),
        _ => return Err(Refusal::new("PATH is one folder, or files").hint("validate several workspaces one after the other").into()),
    }
    Ok(request)
}
