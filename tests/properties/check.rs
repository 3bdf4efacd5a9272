//! A world in a folder, and all there is to say about it where its cells are not those expected.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tempfile::TempDir;

use crate::engine::{self, Cell};
use crate::oracle::Semantics;
use crate::worlds::layout::{self, Document};
use crate::worlds::world::World;

/// A world laid out in a folder of its own, gone when this is dropped.
pub struct Workspace {
    dir: TempDir,
    pub files: Vec<Document>,
}

impl Workspace {
    pub fn of(world: &World, layout_seed: u64) -> Self {
        let files = layout::files(world, layout_seed);
        let dir = tempfile::tempdir().expect("a folder for the world");
        layout::write(&files, dir.path());
        Self { dir, files }
    }

    /// The product's cells, or what it said instead together with the files it was given.
    pub fn cells(&self, semantics: Semantics) -> Result<Vec<Cell>, String> {
        catch_unwind(AssertUnwindSafe(|| engine::cells(self.dir.path(), semantics))).map_err(|panic| {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let said = said.unwrap_or_else(|| "no message".to_owned());
            format!("under {}: {said}\n{}", semantics.name(), self.contents())
        })
    }

    /// Every file with its path, as text.
    pub fn contents(&self) -> String {
        let mut all = String::new();
        for file in &self.files {
            let text = file.text.replace('\u{feff}', "<BOM>").replace('\r', "<CR>");
            writeln!(all, "======== {}\n{text}", file.path).expect("a string takes all text");
        }
        all
    }
}

/// The first few differences between two lists of cells, none where they are equal.
pub fn differences(expected: &[Cell], actual: &[Cell]) -> Option<String> {
    let missing = expected.iter().filter(|cell| !actual.contains(cell)).map(|cell| format!("- {}", shown(cell)));
    let surplus = actual.iter().filter(|cell| !expected.contains(cell)).map(|cell| format!("+ {}", shown(cell)));
    let mut lines: Vec<String> = missing.chain(surplus).collect();
    if lines.is_empty() && expected.len() == actual.len() {
        return None;
    }
    lines.sort_by(|one, other| one[2..].cmp(&other[2..]));
    let total = lines.len();
    lines.truncate(12);
    Some(format!("{total} differing lines, {} cells expected (-), {} given (+)\n{}", expected.len(), actual.len(), lines.join("\n")))
}

fn shown(cell: &Cell) -> String {
    let decision = if cell.allow { "allow" } else { "deny" };
    format!("{:?} on {:?}: {decision} at {}", cell.user, cell.target, cell.gate)
}
