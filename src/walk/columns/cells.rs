//! The decisions of one user on all columns.

use super::walk::{Lane, Walk};
use super::{Columns, Place, bits};
use crate::walk::Subject;
use crate::walk::decision::Decision;

/// The decisions of one user on all columns.
#[derive(Debug)]
pub struct Cells<'c> {
    columns: &'c Columns,
    sheets: Vec<Decided<'c>>,
}

/// The decisions of one user on the resources of a type.
#[derive(Debug)]
struct Decided<'c> {
    walk: Walk<'c>,
    lists: Vec<OfList>,
}

/// The decisions of a list, and which of them each lane has: lanes of single resources, and shared ones.
#[derive(Debug)]
struct OfList {
    decisions: Vec<Decision>,
    own: Vec<u32>,
    shared: Vec<u32>,
}

impl Columns {
    /// Decides for a user.
    pub fn row(&self, subject: &Subject<'_>) -> Cells<'_> {
        let decided = self.sheets.iter().map(|sheet| {
            let mut walk = Walk::new(sheet);
            walk.turn_to(subject);
            let lists = (0..sheet.rules.lists.len()).map(|list| OfList::new(&mut walk, list, sheet.lanes.count())).collect();
            Decided { walk, lists }
        });
        Cells { columns: self, sheets: decided.collect() }
    }
}

impl OfList {
    fn new(walk: &mut Walk<'_>, list: usize, lanes: usize) -> Self {
        let mut decided = Self { decisions: Vec::new(), own: vec![u32::MAX; walk.own().len()], shared: vec![u32::MAX; lanes] };
        walk.decide(list, |decision, lanes| {
            let at = super::number(decided.decisions.len());
            decided.decisions.push(decision);
            mark(&mut decided.own, 0, lanes.own(), at);
            let (from, shared) = lanes.shared();
            mark(&mut decided.shared, from, shared, at);
        });
        decided
    }

    fn get(&self, lane: Lane) -> Option<Decision> {
        let at = match lane {
            Lane::Own(lane) => self.own.get(lane)?,
            Lane::Shared(lane) => self.shared.get(lane)?,
        };
        self.decisions.get(*at as usize).copied()
    }
}

/// Notes a decision for the lanes in some words.
fn mark(lanes: &mut [u32], from: usize, words: &[u64], decision: u32) {
    for lane in (from..).zip(words).flat_map(|(at, word)| bits::lanes(at, *word)) {
        lanes.get_mut(lane).into_iter().for_each(|of_lane| *of_lane = decision);
    }
}

impl Cells<'_> {
    /// The decision on a column, by its number.
    pub fn get(&self, column: usize) -> Option<Decision> {
        let Place { sheet, list, resource } = *self.columns.places.get(column)?;
        let decided = self.sheets.get(sheet as usize)?;
        decided.lists.get(list as usize)?.get(decided.walk.lane(resource))
    }
}
