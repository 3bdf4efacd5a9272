//! From what is left to ask of a resource to the lanes for which it holds.

use super::bits::{Bits, Pool};
use super::sheet::Sheet;
use crate::compile::{ResourceTest, Single};
use crate::walk::formula::Formula;

/// Whether the resources for which something holds are soon found by their values. For what asks for the order of values, or for a
/// likeness, there can be half of all.
pub(super) fn is_found_by_value(single: Single<'_>) -> bool {
    !matches!(single, Single::Compares(operator, _) if !operator.is_of_equality())
}

/// What it takes to find the lanes for which a formula holds.
pub(super) struct Asking<'w, 's> {
    pub(super) sheet: &'s Sheet,
    /// The resources that have a lane of their own, in order.
    pub(super) own: &'w [u32],
    pub(super) pool: &'w mut Pool,
}

impl Asking<'_, '_> {
    /// The lanes for which a formula holds.
    pub(super) fn passing(&mut self, formula: &Formula) -> Bits {
        let mut lanes = self.pool.empty();
        self.add(formula, &mut lanes);
        lanes
    }

    fn add(&mut self, formula: &Formula, lanes: &mut Bits) {
        match formula {
            Formula::Constant(false) => {}
            Formula::Test(test) => self.add_tested(test, lanes),
            Formula::Any(parts) => parts.iter().for_each(|part| self.add(part, lanes)),
            Formula::All(_) | Formula::Constant(true) | Formula::Not(_) => {
                let more = self.joint(formula);
                lanes.or(&more);
                self.pool.give(more);
            }
        }
    }

    /// The lanes for which all of something holds, or something does not.
    fn joint(&mut self, formula: &Formula) -> Bits {
        let parts = match formula {
            Formula::All(parts) => parts.as_slice(),
            Formula::Not(inner) => {
                let without = self.passing(inner);
                let mut lanes = self.joint(&Formula::TRUE);
                lanes.minus(&without);
                self.pool.give(without);
                return lanes;
            }
            _ => &[],
        };
        let mut joint: Option<Bits> = None;
        for part in parts {
            let some = self.passing(part);
            match &mut joint {
                None => joint = Some(some),
                Some(joint) => {
                    joint.and(&some);
                    self.pool.give(some);
                }
            }
        }
        joint.unwrap_or_else(|| {
            let mut all = self.pool.empty();
            all.fill(self.own.len(), self.sheet.lanes.count());
            all
        })
    }

    fn add_tested(&self, test: &ResourceTest, lanes: &mut Bits) {
        let Sheet { table, lanes: shared, .. } = self.sheet;
        for single in test.ask.singles() {
            match shared.find(&test.name, single) {
                Some(set) => {
                    set.add_to(lanes);
                    self.add_own(lanes, |resource| set.has(shared.of(resource)));
                }
                None if !is_found_by_value(single) => self.add_own(lanes, |resource| {
                    table.attribute(resource, &test.name).is_some_and(|attribute| single.holds(attribute, self.sheet.teams()))
                }),
                None => {
                    let holding = table.holding(&test.name, single, self.sheet.teams());
                    self.add_own(lanes, |resource| holding.has(resource));
                }
            }
        }
    }

    /// Adds the lanes of single resources of which something is true.
    fn add_own(&self, lanes: &mut Bits, holds: impl Fn(u32) -> bool) {
        for (at, _) in self.own.iter().enumerate().filter(|(_, resource)| holds(**resource)) {
            lanes.add_own(at);
        }
    }
}
