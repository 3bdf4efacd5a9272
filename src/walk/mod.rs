//! Walking decision lists: for one user to the decision alone or with a trace of every gate, for a user on all apps (`rows`) or all
//! resources (`columns`) at once, and as verdicts for walkers that have their users elsewhere.

mod anybody;
mod chain;
mod columns;
mod compare;
mod decision;
mod evaluate;
mod formula;
mod given;
mod grounds;
mod held;
mod instants;
mod leaves;
mod level;
mod open;
mod possible;
mod reach;
mod rows;
mod sat;
mod step;
mod subject;
mod trace;
mod verdicts;
mod walker;
mod words;

pub use anybody::{Share, anybody};
pub use columns::{Cells, Column, Columns};
pub use decision::{Decision, verdict_name};
pub use given::{Given, GivenHolding, brought_by, given_to};
pub use instants::instants;
pub use possible::Remembered;
pub use rows::{Difference, Places, Row, Rows, Tally, Turns};
pub use step::{Nearest, Step, Trace};
pub use subject::{Subject, WhatIf};
pub use trace::trace;
pub use verdicts::{Verdict, verdicts};
pub use walker::{decide, decide_knowing};
