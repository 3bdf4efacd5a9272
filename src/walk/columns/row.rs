//! The decisions of one user on all columns.

use super::walk::Walk;
use super::{Columns, Place, bits};
use crate::walk::Subject;
use crate::walk::decision::Decision;

/// The decisions of one user on all columns.
#[derive(Debug)]
pub struct Row<'c> {
    columns: &'c Columns,
    sheets: Vec<Decided<'c>>,
}

/// The decisions of one user on the resources of a type.
#[derive(Debug)]
struct Decided<'c> {
    walk: Walk<'c>,
    /// For each list the decisions, and which of them each lane has.
    lists: Vec<(Vec<Decision>, Vec<u32>)>,
}

impl Columns {
    /// Decides for a user.
    pub fn row(&self, subject: &Subject<'_>) -> Row<'_> {
        let decided = self.sheets.iter().map(|sheet| {
            let mut walk = Walk::new(sheet);
            walk.turn_to(subject);
            let lists = (0..sheet.rules.lists.len()).map(|list| decided(&mut walk, list)).collect();
            Decided { walk, lists }
        });
        Row { columns: self, sheets: decided.collect() }
    }
}

fn decided(walk: &mut Walk<'_>, list: usize) -> (Vec<Decision>, Vec<u32>) {
    let mut decisions = Vec::new();
    let mut of_lanes = vec![u32::MAX; (walk.shared_words() + bits::words(walk.own().len())) * bits::WIDTH];
    walk.decide(list, |decision, lanes| {
        let at = super::number(decisions.len());
        decisions.push(decision);
        for lane in bits::lanes(lanes) {
            of_lanes.get_mut(lane).into_iter().for_each(|of_lane| *of_lane = at);
        }
    });
    (decisions, of_lanes)
}

impl Row<'_> {
    /// The decision on a column, by its number.
    pub fn get(&self, column: usize) -> Option<Decision> {
        let Place { sheet, list, resource } = *self.columns.places.get(column)?;
        let decided = self.sheets.get(sheet as usize)?;
        let (decisions, of_lanes) = decided.lists.get(list as usize)?;
        decisions.get(*of_lanes.get(decided.walk.lane(resource))? as usize).copied()
    }
}
