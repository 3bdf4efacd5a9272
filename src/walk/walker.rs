//! The walk itself. Every question about one user goes through [`walk`]; what differs is who watches.

use super::Subject;
use super::decision::Decision;
use super::evaluate::Case;
use super::possible::{self, Remembered};
use crate::compile::{Arm, Asked, DecisionList, Gate, GateId, Outcome, Stage, StageId};

/// Who watches a walk.
pub(super) trait Watcher<'l> {
    /// A gate was walked, and this arm applied.
    fn walked(&mut self, stage: &'l Stage, gate: &'l Gate, arm: &'l Arm);
    /// A gate comes after the decision.
    fn not_reached(&mut self, _stage: &'l Stage, _gate: &'l Gate) {}
}

/// Nobody.
impl Watcher<'_> for () {
    fn walked(&mut self, _: &Stage, _: &Gate, _: &Arm) {}
}

/// Decides for one user, and nothing else.
pub fn decide(list: &DecisionList, subject: &Subject<'_>) -> Decision {
    match list.asked {
        Asked::Any(_) => possible::decide(list, subject),
        Asked::Nothing | Asked::Resource(_) => walk(list, &Case::new(list, subject), &mut ()),
    }
}

/// The same, with what was found out before about the same list: users of whom it leaves the same to ask are answered alike.
pub fn decide_knowing(list: &DecisionList, subject: &Subject<'_>, known: &mut Remembered) -> Decision {
    match list.asked {
        Asked::Any(_) => possible::decide_knowing(list, subject, known),
        Asked::Nothing | Asked::Resource(_) => decide(list, subject),
    }
}

/// Walks the gates in order. An allow enters the next stage, a deny ends the walk, and who passes all gates of a stage is let
/// in by the last one that applied.
pub(super) fn walk<'l>(list: &'l DecisionList, case: &Case<'_, '_>, watcher: &mut impl Watcher<'l>) -> Decision {
    let mut decision = None;
    let mut denied = false;
    let mut position = 0;
    for stage in &*list.stages {
        let mut decided = denied;
        for gate in &stage.gates {
            let here = position;
            position += 1;
            let Some(arm) = (!decided).then(|| applies(gate, case)).flatten() else {
                watcher.not_reached(stage, gate);
                continue;
            };
            watcher.walked(stage, gate, arm);
            let here = |allowed| Some(Decision { allowed, gate: gate.id, stage: stage.id, position: here });
            match arm.outcome {
                Outcome::Allow => (decided, decision) = (true, here(true)),
                Outcome::Deny => (decided, denied, decision) = (true, true, here(false)),
                Outcome::Pass | Outcome::Fail => decision = here(true),
                Outcome::NotApplicable | Outcome::NotReached => {}
            }
        }
    }
    decision.unwrap_or(NOTHING_APPLIED)
}

/// Every stage has a gate that always applies. Should one ever not, nobody is let in.
const NOTHING_APPLIED: Decision = Decision { allowed: false, gate: GateId::NONE, stage: StageId::App, position: usize::MAX };

/// The arm that applies: the first whose predicate holds.
fn applies<'l>(gate: &'l Gate, case: &Case<'_, '_>) -> Option<&'l Arm> {
    gate.arms.iter().find(|arm| case.holds(&arm.when))
}
