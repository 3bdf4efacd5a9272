//! Ways in against a search that was written from docs/ways-in.md and shares nothing with the engine.
//!
//! The vocabulary is enumerated as plain data, every small set of edits is made to a copy of the world, and the naive decision is
//! asked again. A failure names the seed of its world and shows the files. `GATEWALK_WORLDS` sets how many worlds are asked about.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(unreachable_pub, reason = "nothing outside reaches into a test crate")]

#[path = "ways/answer.rs"]
mod answer;
#[path = "ways/by_hand.rs"]
mod by_hand;
#[path = "ways/checker.rs"]
mod checker;
#[path = "ways/compare.rs"]
mod compare;
#[path = "ways/diff.rs"]
mod diff;
#[path = "ways/edit.rs"]
mod edit;
#[path = "ways/folder.rs"]
mod folder;
#[path = "ways/generated.rs"]
mod generated;
#[path = "ways/order.rs"]
mod order;
#[path = "ways/patch.rs"]
mod patch;
#[path = "ways/patched.rs"]
mod patched;
#[path = "ways/read.rs"]
mod read;
#[path = "ways/rows.rs"]
mod rows;
#[path = "ways/search.rs"]
mod search;
#[path = "ways/vocabulary.rs"]
mod vocabulary;

mod properties;
mod worlds;

use properties::{oracle, target};
