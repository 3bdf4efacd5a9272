//! The naive decision and its targets, for tests of other things that need both.

#![allow(clippy::similar_names, clippy::struct_field_names, reason = "rules, roles and user types are the words of the published guide")]
#![allow(dead_code, reason = "each test uses its part")]

pub mod oracle;
pub mod target;
