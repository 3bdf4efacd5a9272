//! Random worlds, and their files in many layouts, for every test that asks about them.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::similar_names, clippy::struct_field_names, reason = "rules, roles and user types are the words of the published guide")]
#![allow(unreachable_pub, reason = "nothing outside reaches into a test crate")]
#![allow(dead_code, reason = "each test uses its part")]

pub mod dice;
pub mod generate;
pub mod layout;
mod names;
pub mod seeds;
pub mod world;
