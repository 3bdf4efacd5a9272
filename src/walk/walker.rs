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
        Asked::Any(_) | Asked::Each(_) => possible::decide(list, subject),
        Asked::Nothing | Asked::Resource(_) => walk(list, &Case::new(list, subject), &mut ()),
    }
}

/// The same, with what was found out before about the same list: users of whom it leaves the same to ask are answered alike.
pub fn decide_knowing(list: &DecisionList, subject: &Subject<'_>, known: &mut Remembered) -> Decision {
    match list.asked {
        Asked::Any(_) => possible::decide_knowing(list, subject, known),
        Asked::Nothing | Asked::Resource(_) | Asked::Each(_) => decide(list, subject),
    }
}

/// How far a walk has come, and what it would decide if nothing further applied. What an outcome means is written here alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Course {
    decision: Option<Decision>,
    /// Whether this stage is decided, so that its gates are passed by.
    decided: bool,
    denied: bool,
    /// Which of all gates of the list comes next, counted from 0.
    position: usize,
}

impl Course {
    /// At the start of a stage. Whoever is let into one enters the next; after a denial all gates are passed by.
    pub(super) fn entering(self) -> Self {
        Self { decided: self.denied, ..self }
    }

    /// After a gate at which this arm applied, if any did.
    pub(super) fn after(self, stage: &Stage, gate: &Gate, arm: Option<&Arm>) -> Self {
        let next = Self { position: self.position + 1, ..self };
        let Some(arm) = arm.filter(|_| !self.decided) else { return next };
        let here = |allowed| Some(Decision { allowed, gate: gate.id, stage: stage.id, position: self.position });
        match arm.outcome {
            Outcome::Allow => Self { decided: true, decision: here(true), ..next },
            Outcome::Deny => Self { decided: true, denied: true, decision: here(false), ..next },
            Outcome::Pass | Outcome::Fail => Self { decision: here(true), ..next },
            Outcome::NotApplicable | Outcome::NotReached => next,
        }
    }

    /// Whether the gates of this stage are passed by.
    pub(super) fn is_decided(self) -> bool {
        self.decided
    }

    /// The denial that ended the walk.
    pub(super) fn denied(self) -> Option<Decision> {
        self.decision.filter(|_| self.denied)
    }

    /// The decision once all gates are walked.
    pub(super) fn end(self) -> Decision {
        self.decision.unwrap_or(NOTHING_APPLIED)
    }
}

/// Walks the gates in order. An allow enters the next stage, a deny ends the walk, and who passes all gates of a stage is let
/// in by the last one that applied.
pub(super) fn walk<'l>(list: &'l DecisionList, case: &Case<'_, '_>, watcher: &mut impl Watcher<'l>) -> Decision {
    let mut course = Course::default();
    for stage in &*list.stages {
        course = course.entering();
        for gate in &stage.gates {
            let arm = (!course.decided).then(|| applies(gate, case)).flatten();
            match arm {
                Some(arm) => watcher.walked(stage, gate, arm),
                None => watcher.not_reached(stage, gate),
            }
            course = course.after(stage, gate, arm);
        }
    }
    course.end()
}

/// Every stage has a gate that always applies. Should one ever not, nobody is let in.
const NOTHING_APPLIED: Decision = Decision { allowed: false, gate: GateId::NONE, stage: StageId::App, position: usize::MAX };

/// The arm that applies: the first whose predicate holds.
fn applies<'l>(gate: &'l Gate, case: &Case<'_, '_>) -> Option<&'l Arm> {
    gate.arms.iter().find(|arm| case.holds(&arm.when))
}
