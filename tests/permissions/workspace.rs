//! A world, its folder, and who is asked about it.

use std::fmt::Write as _;

use jiff::Timestamp;
use tempfile::TempDir;

use crate::ask::{self, Cell};
use crate::layout::{self, Layout};
use crate::oracle::{self, Person};
use crate::world::World;

/// Who decides: what is true of the oracle must be true of the product.
#[derive(Clone, Copy, Debug)]
pub enum Judge {
    Oracle,
    Product,
}

/// A world laid out in a folder of its own, gone when this is dropped.
pub struct Workspace<'w> {
    pub world: &'w World,
    pub layout: Layout,
    pub dir: TempDir,
}

impl<'w> Workspace<'w> {
    pub fn of(world: &'w World, seed: u64) -> Self {
        let layout = layout::of(world, seed);
        let dir = tempfile::tempdir().expect("a folder for the world");
        layout::write(&layout.files, dir.path());
        Self { world, layout, dir }
    }

    /// Every cell, users in the order of their definitions and targets in byte order; or what went
    /// wrong, with the files.
    pub fn cells(&self, judge: Judge, at: Timestamp) -> Result<Vec<Cell>, String> {
        match judge {
            Judge::Oracle => Ok(self.expected(at)),
            Judge::Product => {
                ask::matrix(self.dir.path(), &oracle::targets(self.world), at).map_err(|problem| format!("{problem}\n{}", self.contents()))
            }
        }
    }

    fn expected(&self, at: Timestamp) -> Vec<Cell> {
        let targets = oracle::targets(self.world);
        let mut cells = Vec::new();
        for id in &self.layout.users {
            let person = Person::new(self.world, self.world.user(id), at);
            for target in &targets {
                let (allow, gate) = oracle::decide_for(&person, target);
                cells.push(Cell { user: id.clone(), target: target.to_string(), allow, gate: gate.to_owned() });
            }
        }
        cells
    }

    /// Every file with its path, as text.
    pub fn contents(&self) -> String {
        let mut all = String::new();
        for file in &self.layout.files {
            writeln!(all, "======== {}\n{}", file.path, file.text).expect("a string takes all text");
        }
        all
    }
}

/// The first few differences between two lists of cells, none where they hold the same.
pub fn differences(expected: &[Cell], actual: &[Cell]) -> Option<String> {
    let missing = expected.iter().filter(|cell| !actual.contains(cell)).map(|cell| ("-", cell));
    let surplus = actual.iter().filter(|cell| !expected.contains(cell)).map(|cell| ("+", cell));
    let mut lines: Vec<(&str, &Cell)> = missing.chain(surplus).collect();
    if lines.is_empty() && expected.len() == actual.len() {
        return None;
    }
    lines.sort_by_key(|(sign, cell)| (&cell.user, &cell.target, *sign == "+"));
    let shown: Vec<String> = lines.iter().take(12).map(|(sign, cell)| format!("{sign} {}", shown(cell))).collect();
    let (total, wanted, given) = (lines.len(), expected.len(), actual.len());
    Some(format!("{total} differing lines, {wanted} cells expected (-), {given} given (+)\n{}", shown.join("\n")))
}

pub fn shown(cell: &Cell) -> String {
    let decision = if cell.allow { "allow" } else { "deny" };
    format!("{:?} on {:?}: {decision} at {}", cell.user, cell.target, cell.gate)
}
