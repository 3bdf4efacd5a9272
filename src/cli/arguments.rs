//! The commands and their arguments.

use clap::{Parser, Subcommand};

use super::options::Options;
use super::{check, exit, explain, export, matrix, validate, what_can, who_can};

/// Answers "why was I denied?" for chat apps on Pika and support desks on Thena
///
/// gatewalk reads the definitions of chat apps, overrides, users, site features and permissions, walks the gates that decide access
/// in their order, and names the gate, the file and the line that decided.
#[derive(Parser, Debug)]
#[command(version, after_help = exit::HELP, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten, next_help_heading = "Common options")]
    pub(crate) common: Options,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Say in one line whether a user is let in, and which gate decided
    Check(check::CheckArgs),
    /// Show every gate on the way to the decision, with the lines that count
    Explain(explain::ExplainArgs),
    /// Decide for all users on all targets, or for a selection
    Matrix(matrix::MatrixArgs),
    /// List everybody who is let into a target, each with the gate that decides
    WhoCan(who_can::WhoCanArgs),
    /// List everything that a user is let into, each with the gate that decides
    WhatCan(what_can::WhatCanArgs),
    /// Write the decisions in a form that other programs run
    Export(export::ExportArgs),
    /// Check the definitions, and show all that is invalid
    Validate(validate::ValidateArgs),
}
