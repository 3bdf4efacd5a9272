//! `gatewalk validate`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use gatewalk::diagnostic::{At, Diagnostic};
use gatewalk::discover::{self, Invalid, Request, name_inside};
use gatewalk::findings::{Finding, Level, findings};
use gatewalk::model::Workspace;
use gatewalk::render;
use gatewalk::report::Validation;

use super::check::{AnswerFormat, json};
use super::error::Refusal;
use super::exit::Exit;
use super::options::Options;
use super::output::emit;

/// Arguments of `validate`
#[derive(Args, Debug)]
pub(crate) struct ValidateArgs {
    /// A workspace's folder, or files of one: the whole is validated, and what concerns them is shown [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How the answer is written
    #[arg(long, default_value = "text")]
    format: AnswerFormat,
}

/// Loads the definitions and says what is wrong with them, or what there is.
pub(crate) fn run(args: &ValidateArgs, options: &Options) -> Result<Exit> {
    let (request, files) = request(args, options)?;
    match discover::load(&request) {
        Ok(workspace) => valid(&workspace, &files, args, options),
        Err(invalid) => not_valid(&invalid, &files, args, options),
    }
}

fn valid(workspace: &Workspace, files: &[String], args: &ValidateArgs, options: &Options) -> Result<Exit> {
    options.tell(workspace, &[]);
    if let Some(file) = files.iter().find(|name| !workspace.sources().files().any(|file| file.name() == *name)) {
        return Err(Refusal::new(format!("`{file}` is not one of the workspace's files")).hint("-f reads a file by itself").into());
    }
    let among = |finding: &Finding| {
        files.is_empty() || workspace.sources().file(finding.span.file).is_some_and(|file| files.iter().any(|name| name == file.name()))
    };
    let findings: Vec<Finding> = findings(workspace).into_iter().filter(among).collect();
    let text = match args.format {
        AnswerFormat::Json => json(&Validation::valid(workspace, &findings))?,
        AnswerFormat::Text => render::validate(workspace, &findings, options.look()),
    };
    let exit = if findings.iter().any(|finding| finding.level == Level::Deny) { Exit::No } else { Exit::Yes };
    emit(options.output.as_deref(), exit, |out| out.write_all(text.as_bytes()))
}

/// Here the problems are the answer. A workspace that is invalid elsewhere is invalid all the same.
fn not_valid(invalid: &Invalid, files: &[String], args: &ValidateArgs, options: &Options) -> Result<Exit> {
    let shown: Vec<Diagnostic> =
        invalid.problems.iter().filter(|problem| files.is_empty() || concerns(invalid, problem, files)).cloned().collect();
    let elsewhere = invalid.problems.len() - shown.len();
    if elsewhere > 0 {
        options.note(&format!("{elsewhere} of the workspace's problems are in other files"));
    }
    match args.format {
        AnswerFormat::Json => {
            let text = json(&Validation::invalid(&invalid.sources, &shown))?;
            emit(options.output.as_deref(), Exit::Unanswered, |out| out.write_all(text.as_bytes()))
        }
        AnswerFormat::Text => emit(options.output.as_deref(), Exit::Unanswered, |out| {
            render::problems(&invalid.sources, &shown, render::NOT_TRUSTED, options.look())
                .try_for_each(|text| out.write_all(text.as_bytes()))
        }),
    }
}

/// Whether a problem is in one of the files, or refers to one.
fn concerns(invalid: &Invalid, problem: &Diagnostic, files: &[String]) -> bool {
    let among = |name: &str| files.iter().any(|file| file == name);
    let at = match &problem.at {
        At::Span(span) => invalid.sources.file(span.file).is_some_and(|file| among(file.name())),
        At::File { name, .. } => among(name),
        At::Workspace => true,
    };
    at || problem.related.iter().any(|related| invalid.sources.file(related.span.file).is_some_and(|file| among(file.name())))
}

/// What to load, and the names of the files that PATH limits the answer to.
fn request(args: &ValidateArgs, options: &Options) -> Result<(Request, Vec<String>)> {
    let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(|path| path.is_dir());
    let mut request = options.request()?;
    match (folders.as_slice(), files.first()) {
        ([], None) => {}
        ([folder], None) if options.workspace.is_none() => request.root.clone_from(folder),
        ([_], None) => return Err(Refusal::new("the folder is named twice: as PATH and with -C").into()),
        ([], Some(first)) => {
            // Without -C the workspace is the one that the files belong to.
            let around =
                first.canonicalize().ok().and_then(|path| discover::find_root(path.parent()?)).filter(|_| options.workspace.is_none());
            request.root = around.unwrap_or(request.root);
        }
        _ => {
            return Err(Refusal::new("PATH is one folder, or files of one").hint("validate several workspaces one after the other").into());
        }
    }
    let name = |path: &&PathBuf| {
        name_inside(&request.root, path).ok_or_else(|| {
            let refusal = Refusal::new(format!("there is no file {} in the workspace {}", path.display(), request.root.display()));
            refusal.hint("-C names the workspace's folder; -f reads a file by itself")
        })
    };
    let names = files.iter().map(name).collect::<Result<_, _>>()?;
    Ok((request, names))
}
