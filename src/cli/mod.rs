//! The command line: what can be asked, and how answers leave the process.

mod arguments;
mod check;
mod error;
mod exit;
mod explain;
mod export;
mod filter;
mod granted;
mod matrix;
mod options;
mod output;
mod pace;
mod pattern;
mod progress;
mod rows;
mod select;
mod stream;
mod validate;
mod what;
mod what_can;
mod who;
mod who_can;

use std::io::Write;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::Parser;

use arguments::{Cli, Command};
use exit::Exit;

/// Reads the arguments, runs the command, and turns what comes of it into an exit code.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    let exit_zero = cli.common.exit_zero;
    let options = &cli.common;
    let result = match &cli.command {
        Command::Check(args) => check::run(args, options),
        Command::Explain(args) => explain::run(args, options),
        Command::Matrix(args) => matrix::run(args, options),
        Command::WhoCan(args) => who_can::run(args, options),
        Command::WhatCan(args) => what_can::run(args, options),
        Command::Export(args) => export::run(args, options),
        Command::Validate(args) => validate::run(args, options),
    };
    let exit = result.unwrap_or_else(|error| {
        error::print(&error, options.look_of_stderr());
        Exit::Unanswered
    });
    if exit == Exit::No && exit_zero { Exit::Yes.into() } else { exit.into() }
}

/// Help and version go to standard output; a usage error to standard error.
fn usage(error: &clap::Error) -> Exit {
    let text = error.render();
    let outcome = if error.use_stderr() {
        let mut out = anstream::AutoStream::new(std::io::stderr(), ColorChoice::Auto);
        write!(out, "{}", text.ansi())
    } else {
        let mut out = anstream::AutoStream::new(std::io::stdout(), ColorChoice::Auto);
        write!(out, "{}", text.ansi()).and_then(|()| out.flush())
    };
    match outcome {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Yes,
        Err(error) => {
            drop(writeln!(std::io::stderr().lock(), "error: the answer could not be written to standard output: {error}"));
            Exit::Unanswered
        }
        Ok(()) if error.use_stderr() => Exit::Unanswered,
        Ok(()) => Exit::Yes,
    }
}
