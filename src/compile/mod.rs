//! Definitions to decision lists: the one place where the rules of access are written.
//!
//! A target compiles to stages, a stage to an ordered list of gates, a gate to ordered arms. Everything that answers a question
//! walks that list; nothing else knows a rule.

mod app;
mod arm;
mod compiler;
mod detailed_traces;
mod feature;
mod gate;
mod home_page;
mod list;
mod permission;
mod predicate;
mod reference;
mod scope;
mod site;
mod statement;
mod target;
mod types_and_roles;

pub use arm::{Arm, Asks, Because, Outcome, Part};
pub use compiler::{Compiler, compile};
pub use gate::{GateDoc, GateId};
pub use list::{Asked, DecisionList, Gate, Stage, StageId};
pub use permission::atoms::{AtLevel, Comparison, Holds, Lasting, Resource, Side, Way, Within};
pub use permission::holdings::{Assigned, Grant, Held, Holdings, Origin, Reach, Supposed, Window};
pub use permission::resource_test::{Ask, ResourceTest, Single};
pub use permission::teams::{TeamId, TeamInfo, Teams};
pub(crate) use permission::{DEFAULT_DENY, DEPENDS};
pub use predicate::{Predicate, Ways};
pub use reference::gates as reference;
pub use scope::Options;
pub use statement::{Link, Statement};
pub use target::{SitePage, Target, Targets, UnknownTarget};
