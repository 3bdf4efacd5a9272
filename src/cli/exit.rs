//! Exit codes.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: yes, clean, answered.
    Yes,
    /// 1: no.
    No,
    /// 2: there is no answer: usage, invalid input, an unknown name, a filter that selects nothing, lost output.
    Unanswered,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Yes => Self::SUCCESS,
            Exit::No => Self::from(1),
            Exit::Unanswered => Self::from(2),
        }
    }
}

/// The table that `--help` shows.
pub(crate) const HELP: &str = "\
Exit codes:
  0  yes, clean, answered
  1  no: denied (--exit-zero makes it 0)
  2  no answer: usage, invalid input, unknown name, empty selection, lost output";
