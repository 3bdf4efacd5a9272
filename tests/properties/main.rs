//! Random worlds against a naive decision that was written from the published rules and shares
//! nothing with the engine.
//!
//! A failure names the seed of its world and shows the world's files; the same seed makes the same
//! world and files again. `GATEWALK_WORLDS` sets how many worlds the first test asks about.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::similar_names, clippy::struct_field_names, reason = "rules, roles and user types are the words of the published guide")]
#![allow(unreachable_pub, reason = "nothing outside reaches into a test crate")]

mod check;
mod coverage;
mod engine;
mod later;
mod oracle;
mod target;
#[path = "../worlds/mod.rs"]
mod worlds;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use check::Workspace;
use engine::Cell;
use later::Fixed;
use oracle::Semantics;
use target::Target;
use worlds::dice::Dice;
use worlds::generate::Generator;
use worlds::world::World;
use worlds::{layout, seeds};

const WORLDS: u64 = 2000;

fn world_of(seed: u64) -> World {
    Generator::new(seed, 0).world()
}

fn semantics_of(seed: u64) -> Semantics {
    Semantics::ALL[usize::try_from(seed % 3).expect("it is below three")]
}

/// What the oracle says about every user and target, in the order promised for the cells: users as
/// they are defined, targets in byte order.
fn oracle_cells(world: &World, users: &[&str], semantics: Semantics) -> Vec<Cell> {
    let (sites, others): (Vec<_>, Vec<_>) = oracle::targets(world).into_iter().partition(|target| target.starts_with("site#"));
    let mut cells = Vec::new();
    for targets in [others, sites] {
        for id in users {
            let user = world.user(id).expect("the layout lists the world's users");
            for text in &targets {
                let (allow, gate) = oracle::decide(world, user, &Target::parse(text), semantics);
                cells.push(Cell { user: user.id.clone(), target: text.clone(), allow, gate: gate.to_owned() });
            }
        }
    }
    cells
}

#[test]
fn every_cell_is_decided_as_published() {
    let count = std::env::var("GATEWALK_WORLDS").map_or(WORLDS, |text| text.parse().expect("GATEWALK_WORLDS is a number"));
    seeds::every_seed(count, |seed| {
        let world = world_of(seed);
        let workspace = Workspace::of(&world, seed);
        let users = layout::user_order(&workspace.files);
        for semantics in Semantics::ALL {
            let expected = oracle_cells(&world, &users, semantics);
            let actual = workspace.cells(semantics)?;
            if let Some(differences) = check::differences(&expected, &actual) {
                return Err(format!("under {}: {differences}\n{}", semantics.name(), workspace.contents()));
            }
            if expected != actual {
                return Err(format!(
                    "under {} the cells are right but their order is not: users as {users:?}, targets in byte order\n{}",
                    semantics.name(),
                    workspace.contents()
                ));
            }
        }
        Ok(())
    });
}

#[test]
fn four_layouts_of_one_world_decide_alike() {
    seeds::every_seed(200, |seed| {
        let world = world_of(seed);
        let semantics = semantics_of(seed);
        let mut dice = Dice::seeded(seed);
        let first = Workspace::of(&world, dice.seed());
        let mut expected = first.cells(semantics)?;
        expected.sort();
        for _ in 1..4 {
            let other = Workspace::of(&world, dice.seed());
            let mut actual = other.cells(semantics)?;
            actual.sort();
            if let Some(differences) = check::differences(&expected, &actual) {
                return Err(format!(
                    "under {}: {differences}\none layout (-):\n{}\nanother layout (+):\n{}",
                    semantics.name(),
                    first.contents(),
                    other.contents()
                ));
            }
        }
        Ok(())
    });
}

#[test]
fn an_added_user_changes_nobody_else() {
    seeds::every_seed(150, |seed| {
        let world = world_of(seed);
        let semantics = semantics_of(seed);
        let newcomer = Generator::new(seed, 1).newcomer();
        let mut joined = world.clone();
        joined.users.insert(Dice::seeded(seed).between(0, world.users.len()), newcomer.clone());

        let mut before = Workspace::of(&world, seed).cells(semantics)?;
        let workspace = Workspace::of(&joined, seed);
        let all = workspace.cells(semantics)?;
        let mut after: Vec<Cell> = all.iter().filter(|cell| cell.user != newcomer.id).cloned().collect();
        before.sort();
        after.sort();
        if let Some(differences) = check::differences(&before, &after) {
            return Err(format!("with {:?}: {differences}\n{}", newcomer.id, workspace.contents()));
        }
        if all.len() == after.len() {
            return Err(format!("{:?} has no cells\n{}", newcomer.id, workspace.contents()));
        }
        Ok(())
    });
}

#[test]
fn no_later_gate_changes_an_answer() {
    let changes = AtomicU64::new(0);
    seeds::every_seed(150, |seed| {
        let world = world_of(seed);
        let semantics = semantics_of(seed);
        let before = Workspace::of(&world, seed);
        let cells = before.cells(semantics)?;
        let mut dice = Dice::seeded(seed);
        for cell in cells_at_different_gates(&cells, 3, &mut dice) {
            let Some(changed) = changed_after(&world, cell, semantics, seed, &mut dice) else {
                continue;
            };
            changes.fetch_add(1, Ordering::Relaxed);
            let after = Workspace::of(&changed, seed);
            let cells = after.cells(semantics)?;
            if !cells.contains(cell) {
                let now = cells.iter().find(|now| now.user == cell.user && now.target == cell.target);
                return Err(format!(
                    "under {}: {cell:?} became {now:?}, though only later gates read what changed\nbefore:\n{}\nafter:\n{}",
                    semantics.name(),
                    before.contents(),
                    after.contents()
                ));
            }
        }
        Ok(())
    });
    let changes = changes.into_inner();
    assert!(changes > 200, "only {changes} answers were put to the test");
}

/// Some cells, each decided at a gate of its own.
fn cells_at_different_gates<'a>(cells: &'a [Cell], count: usize, dice: &mut Dice) -> Vec<&'a Cell> {
    let gates: BTreeSet<&str> = cells.iter().map(|cell| cell.gate.as_str()).collect();
    let gates = dice.some(&gates.into_iter().collect::<Vec<_>>(), count);
    let mut chosen = Vec::new();
    for gate in gates {
        let there: Vec<&Cell> = cells.iter().filter(|cell| cell.gate == gate).collect();
        chosen.push(*dice.pick(&there));
    }
    chosen
}

/// The world after a change that the cell must not notice; none where a few tries change nothing or
/// lose the target.
fn changed_after(world: &World, cell: &Cell, semantics: Semantics, seed: u64, dice: &mut Dice) -> Option<World> {
    let target = Target::parse(&cell.target);
    let fixed = Fixed { user: &cell.user, target: &target, gate: &cell.gate, allow: cell.allow, semantics };
    (0..5).find_map(|_| {
        let mut generator = Generator::new(seed, dice.seed());
        let changed = later::changed(world, &fixed, &mut generator, dice);
        let still_there = oracle::targets(&changed).contains(&cell.target);
        (changed != *world && still_there).then_some(changed)
    })
}

#[test]
fn the_worlds_reach_every_gate_in_every_direction() {
    let mut missing: BTreeSet<coverage::Decided> = coverage::decidable().into_iter().collect();
    let mut unexpected = BTreeSet::new();
    let known = missing.clone();
    for seed in 0..WORLDS {
        let world = world_of(seed);
        let targets: Vec<Target> = oracle::targets(&world).iter().map(|text| Target::parse(text)).collect();
        for semantics in Semantics::ALL {
            for user in &world.users {
                for target in &targets {
                    let (allow, gate) = oracle::decide(&world, user, target, semantics);
                    let decided = (semantics, coverage::place(target, gate), gate, allow);
                    missing.remove(&decided);
                    if !known.contains(&decided) {
                        unexpected.insert(decided);
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "never decided: {missing:#?}");
    assert!(unexpected.is_empty(), "decided where the gate table has no such outcome: {unexpected:#?}");
}
