//! The traced walk: every gate with its outcome, its reason and its place.

use super::evaluate::Case;
use super::step::{Step, Trace};
use super::walker::{Watcher, walk};
use super::{Subject, grounds, open, words};
use crate::compile::{Arm, Asked, Asks, DecisionList, Gate, Outcome, Stage, StageId};
use crate::model::Entity;
use crate::source::Span;

/// Walks a list for one user and keeps everything there is to say.
pub fn trace(list: &DecisionList, subject: &Subject<'_>) -> Trace {
    let case = Case::new(list, subject);
    if let Asked::Any(_) = list.asked {
        return open::trace(list, &case);
    }
    let mut recorder = Recorder { case: &case, steps: Vec::new() };
    let decision = walk(list, &case, &mut recorder);
    let steps = recorder.steps;
    grounds::with_nearest(Trace { decision, steps, nearest: None, depends_on: Vec::new() }, list, &case)
}

struct Recorder<'s, 'u> {
    case: &'s Case<'s, 'u>,
    steps: Vec<Step>,
}

impl<'l> Watcher<'l> for Recorder<'_, '_> {
    fn walked(&mut self, stage: &'l Stage, gate: &'l Gate, arm: &'l Arm) {
        if stage.id == StageId::Permission {
            self.steps.push(grounds::walked(self.case, gate, arm));
            return;
        }
        let subject = self.case.subject;
        let (required, actual) = words::compared(&arm.asks, self.case);
        self.steps.push(Step {
            source: arm.source,
            missing: arm.missing,
            matched: matched(arm, subject),
            because_of: because_of(arm, subject),
            combines: words::combines(&arm.asks),
            required,
            actual,
            ..Step::new(gate, stage.id, arm.outcome, words::reason(arm, self.case))
        });
    }

    fn not_reached(&mut self, stage: &'l Stage, gate: &'l Gate) {
        let winner = self.steps.iter().find(|step| matches!(step.outcome, Outcome::Allow | Outcome::Deny)).cloned();
        let winner = winner.as_ref();
        let step = Step::new(gate, stage.id, Outcome::NotReached, words::NOT_REACHED.to_owned());
        self.steps.push(if stage.id == StageId::Permission { grounds::outranked(self.case, gate, step, winner) } else { step });
    }
}

/// The entry of the arm's list that is the user's.
fn matched(arm: &Arm, subject: &Subject<'_>) -> Option<Span> {
    // A requirement that no file writes down has a list, but no entries to point at.
    arm.source?;
    let entry = match &arm.asks {
        Asks::UserType(list) => list.find(subject.user_type.name()),
        Asks::AnyRole(list) => subject.roles.iter().find_map(|role| list.find(role)),
        Asks::Entity(list) => subject.entity.name().and_then(|entity| list.find(entity)),
        Asks::UserId(list) | Asks::NotUserId(list) => subject.id.and_then(|id| list.find(id)),
        Asks::Nothing | Asks::Flag(_) | Asks::AllRoles(_) | Asks::Combination(..) | Asks::Statement(_) => None,
    };
    entry.map(|entry| entry.span)
}

fn because_of(arm: &Arm, subject: &Subject<'_>) -> Option<Span> {
    match (&arm.asks, &subject.entity) {
        (Asks::Entity(_), Entity::None { source, .. }) => *source,
        _ => None,
    }
}
