//! Ways in to actions on resources, against a search that was written from docs/ways-in.md and shares nothing with the engine.
//!
//! Every edit is made to a copy of a random world, and the naive decision of the tests of permissions is asked again. A failure names
//! the seed of its world and shows the files. `GATEWALK_WORLDS` sets how many worlds are asked about.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::similar_names, clippy::struct_field_names, reason = "roles, rules and types are the words of the page")]
#![allow(unreachable_pub, reason = "nothing outside reaches into a test crate")]

/// The random worlds of permissions, their files and their naive decision.
#[allow(dead_code, unused_imports, reason = "each test uses its part")]
#[path = "permissions"]
mod permissions {
    pub mod ask;
    pub mod generate;
    pub mod layout;
    pub mod oracle;
    pub mod target;
    pub mod value;
    pub mod world;
}
use permissions::{ask, generate, layout, oracle, target, value, world};

#[allow(dead_code, reason = "each test uses its part")]
#[path = "worlds/dice.rs"]
mod dice;
#[path = "worlds/seeds.rs"]
mod seeds;

#[path = "ways_given/answer.rs"]
mod answer;
#[path = "ways_given/by_hand.rs"]
mod by_hand;
#[path = "ways_given/comments.rs"]
mod comments;
#[path = "ways_given/compare.rs"]
mod compare;
#[path = "ways_given/edit.rs"]
mod edit;
#[path = "ways_given/fixtures.rs"]
mod fixtures;
#[path = "ways_given/folder.rs"]
mod folder;
#[path = "ways_given/generated.rs"]
mod generated;
#[path = "ways_given/named.rs"]
mod named;
#[path = "ways_given/patch.rs"]
mod patch;
#[path = "ways_given/question.rs"]
mod question;
#[path = "ways_given/read.rs"]
mod read;
#[path = "ways_given/search.rs"]
mod search;
#[path = "ways_given/vocabulary.rs"]
mod vocabulary;
