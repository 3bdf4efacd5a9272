//! Walking a decision list for one user: to the decision alone, or with a trace of every gate.

mod evaluate;
mod subject;
mod trace;
mod walker;
mod words;

pub use subject::{Entity, Subject, WhatIf};
pub use trace::{Step, Trace, trace};
pub use walker::{Decision, decide, verdict_name};
