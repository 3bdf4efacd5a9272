//! Denials of the two desks among the fixtures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;

use crate::answer;
use crate::compare;
use crate::dice::Dice;
use crate::folder::Folder;
use crate::oracle::{self, Person};
use crate::patch::{self, Cell};
use crate::question::Question;
use crate::read;
use crate::search::Search;
use crate::target::{About, Target};
use crate::world::World;

/// Within the grants that are for a while.
const AT: &str = "2026-03-01T12:00:00Z";
/// So many denials of each gate are asked about, and so many rows of each have their diffs tried.
const OF_EACH_GATE: usize = 2;
const TRIED: usize = 2;

struct Desk {
    folder: Folder,
    world: World,
    at: Timestamp,
}

fn desk(name: &str, entity_at: Option<&str>) -> Desk {
    let folder = Folder::read_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name));
    let world = read::world(&folder.files, entity_at);
    Desk { folder, world, at: AT.parse().expect("it is a time") }
}

/// Every cell about something defined; types are decided by way of many resources, which is not worth it here.
fn cells(desk: &Desk) -> Vec<(Cell, &'static str, Target)> {
    let targets: Vec<Target> = oracle::targets(&desk.world).into_iter().filter(|target| target.about != About::Type).collect();
    let mut cells = Vec::new();
    for user in &desk.world.users {
        let person = Person::new(&desk.world, user, desk.at);
        for target in &targets {
            let (allowed, gate) = oracle::decide_for(&person, target);
            cells.push(((user.id.clone(), target.to_string(), allowed), gate, target.clone()));
        }
    }
    cells
}

fn asked_about(desk: &Desk) {
    let before = desk.folder.cells(desk.at).expect("the matrix answers");
    let known: BTreeSet<Cell> = before.iter().map(|line| patch::cell(line).expect("a cell")).collect();
    let cells = cells(desk);
    // What the reader here makes of the files is what the product does.
    let other = cells.iter().find(|(cell, _, _)| !known.contains(cell));
    assert!(other.is_none(), "decided otherwise: {other:?}");

    let mut by_gate: BTreeMap<&str, Vec<(String, Target)>> = BTreeMap::new();
    for ((user, _, allowed), gate, target) in cells {
        if !allowed {
            by_gate.entry(gate).or_default().push((user, target));
        }
    }
    let mut dice = Dice::seeded(1);
    for asked in by_gate.values_mut() {
        dice.shuffle(asked);
        for (user, target) in asked.iter().take(OF_EACH_GATE) {
            let asked = Question { world: &desk.world, user: desk.world.user(user), target, at: desk.at };
            let checked = check(&Search::new(asked), &desk.folder, &before, &mut dice);
            assert_eq!(checked, Ok(()), "{user} on {target}");
        }
    }
}

fn check(search: &Search<'_>, folder: &Folder, before: &[String], dice: &mut Dice) -> Result<(), String> {
    let rows_of = |all: bool| answer::rows(&search.asked, &folder.explain(&search.asked, all)?);
    let mut all = rows_of(true)?;
    compare::sets(search, &all)?;
    compare::order(&all)?;
    compare::short(&all, &rows_of(false)?)?;
    dice.shuffle(&mut all);
    for row in all.iter().take(TRIED) {
        let diff = row.diff.as_ref().ok_or_else(|| format!("a plain file has no diff: {:#}", row.whole))?;
        patch::check(search, folder, before, row, diff)?;
    }
    Ok(())
}

#[test]
fn the_ways_of_the_guide_are_listed() {
    asked_about(&desk("thena-guide/yaml", None));
    asked_about(&desk("thena-guide/json", None));
}

#[test]
fn the_ways_of_the_desk_are_listed() {
    asked_about(&desk("helpdesk", Some("company")));
}
