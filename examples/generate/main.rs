//! Makes a workspace of any size, the same for the same seed: what the benchmarks decide about.
//!
//! `cargo run --release --example generate -- --users 20000 --apps 500 --seed 1 --out /tmp/m`

mod workspace;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

/// Makes a workspace of chat apps and users
#[derive(Parser, Debug)]
struct Cli {
    #[command(flatten)]
    wanted: workspace::Wanted,
}

fn main() -> ExitCode {
    let Err(error) = run(&Cli::parse().wanted) else { return ExitCode::SUCCESS };
    drop(writeln!(io::stderr(), "error: {error:#}"));
    ExitCode::FAILURE
}

fn run(wanted: &workspace::Wanted) -> Result<()> {
    workspace::generate(wanted)?;
    let told = writeln!(io::stdout(), "{} users and {} apps in {}", wanted.users, wanted.apps, wanted.out.display());
    told.context("cannot write to standard output")
}
