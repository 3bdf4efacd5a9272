//! Answers as data: what the commands found out, before anybody thinks of how it looks.

mod against;
mod crowd;
mod described;
mod explanation;
mod extent;
mod for_user;
mod lookup;
mod matrix;
mod question;
mod summary;
mod timeline;
mod validation;
mod ways;

pub use against::{Turned, Was};
pub use crowd::{Counts, Crowd};
pub use explanation::{AsDefined, Explanation, LinkReport, NearestReport, StepReport};
pub use extent::{Extent, Of};
pub use for_user::{Ask, ForUser};
pub use lookup::{Change, Granted, WhatCan, WhoCan};
pub use matrix::{Decider, Matrix};
pub use question::{Before, Question};
pub use summary::{GroupBy, SummaryRow, summarise};
pub use timeline::{Moment, Timeline};
pub use validation::{FindingReport, Holds, ProblemReport, Validation};
pub use ways::{Alternative, PartReport, WayReport, WaysReport, takes_several};
