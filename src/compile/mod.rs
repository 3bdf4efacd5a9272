//! Definitions to decision lists: the one place where the rules of access are written.
//!
//! A target compiles to stages, a stage to an ordered list of gates, a gate to ordered arms. Everything that answers a question
//! walks that list; nothing else knows a rule.

mod app;
mod arm;
mod detailed_traces;
mod feature;
mod gate;
mod home_page;
mod list;
mod lists;
mod predicate;
mod reference;
mod site;
mod target;

pub use arm::{Arm, Asks, Because, Outcome, Part};
pub use gate::{GateDoc, GateId};
pub use list::{DecisionList, Gate, Options, Stage, StageId, compile};
pub use predicate::Predicate;
pub use reference::gates as reference;
pub use target::{SitePage, Target, Targets, UnknownTarget};
