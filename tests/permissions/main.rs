//! Random worlds of resource permissions against a naive decision that was written from
//! `docs/permissions.md` and shares nothing with the engine.
//!
//! A failure names the seed of its world and shows the world's files; the same seed makes the same
//! world and files again. `GATEWALK_WORLDS` sets how many worlds the first test asks about.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::similar_names, clippy::struct_field_names, reason = "roles, rules and types are the words of the page")]
#![allow(unreachable_pub, reason = "nothing outside reaches into a test crate")]

mod ask;
mod binding;
mod change;
mod coverage;
#[allow(dead_code, reason = "each test uses its part")]
#[path = "../worlds/dice.rs"]
mod dice;
mod exact;
mod examples;
mod generate;
mod layout;
mod oracle;
mod properties;
#[path = "../worlds/seeds.rs"]
mod seeds;
mod setwise;
mod target;
mod value;
mod workspace;
mod world;

use jiff::{SignedDuration, Timestamp};

use dice::Dice;
use workspace::{Judge, Workspace};
use world::World;

const WORLDS: u64 = 1500;

/// Some instants at which to ask: an edge of a window, another just before one, and any.
pub fn instants(world: &World, dice: &mut Dice) -> Vec<Timestamp> {
    let edges = generate::edges(world);
    let any = generate::instant(dice.between(0, 8)) + SignedDuration::from_mins(7);
    if edges.is_empty() {
        return vec![any];
    }
    vec![*dice.pick(&edges), *dice.pick(&edges) - SignedDuration::from_secs(1), any]
}

#[test]
fn every_cell_is_decided_as_the_page_says() {
    let count = std::env::var("GATEWALK_WORLDS").map_or(WORLDS, |text| text.parse().expect("GATEWALK_WORLDS is a number"));
    seeds::every_seed(count, |seed| {
        let world = generate::world(seed);
        let workspace = Workspace::of(&world, seed);
        for at in instants(&world, &mut Dice::seeded(seed)) {
            let expected = workspace.cells(Judge::Oracle, at)?;
            let actual = workspace.cells(Judge::Product, at)?;
            if let Some(differences) = workspace::differences(&expected, &actual) {
                return Err(format!("at {at}: {differences}\n{}", workspace.contents()));
            }
            if expected != actual {
                let users = &workspace.layout.users;
                let wanted = format!("users as {users:?}, targets in byte order");
                return Err(format!("at {at} the cells are right but their order is not: {wanted}\n{}", workspace.contents()));
            }
        }
        Ok(())
    });
}
