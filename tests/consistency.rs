//! What gatewalk says in one way it says in every other.
//!
//! Nothing here knows a rule of access: answers are compared with answers. One command with another, one spelling of the
//! definitions with another, a supposition with the change really made, a count with what was counted.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "consistency/against.rs"]
mod against;
#[path = "consistency/answers.rs"]
mod answers;
#[path = "consistency/ask.rs"]
mod ask;
#[path = "consistency/awkward.rs"]
mod awkward;
#[path = "consistency/binary.rs"]
mod binary;
#[path = "consistency/changes.rs"]
mod changes;
#[path = "consistency/counts.rs"]
mod counts;
#[path = "consistency/filters.rs"]
mod filters;
#[path = "consistency/for_user.rs"]
mod for_user;
#[path = "consistency/formats.rs"]
mod formats;
#[path = "consistency/glob.rs"]
mod glob;
#[path = "consistency/lookups.rs"]
mod lookups;
#[path = "consistency/order.rs"]
mod order;
#[path = "consistency/rows.rs"]
mod rows;
#[path = "consistency/setwise.rs"]
mod setwise;
#[path = "consistency/stream.rs"]
mod stream;
#[path = "consistency/supposing.rs"]
mod supposing;
mod worlds;
