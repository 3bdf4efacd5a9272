//! Walking a decision list for one user: to the decision alone, or with a trace of every gate.

mod chain;
mod compare;
mod evaluate;
mod formula;
mod grounds;
mod held;
mod instants;
mod leaves;
mod level;
mod open;
mod possible;
mod reach;
mod subject;
mod trace;
mod walker;
mod words;

pub use instants::instants;
pub use possible::Remembered;
pub use subject::{Entity, Subject, WhatIf};
pub use trace::{Nearest, Step, Trace, trace};
pub use walker::{Decision, decide, decide_knowing, verdict_name};
