//! gatewalk answers "why was I denied?".
//!
//! The crate flows one way: files are discovered, parsed with positions, validated into a model, compiled into decision lists,
//! walked, reported and rendered. See `docs/design.md`.

pub mod compile;
pub mod diagnostic;
pub mod discover;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod source;
pub mod walk;
