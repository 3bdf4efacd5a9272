//! The traced walk: every gate with its outcome, its reason and its place.

use serde_json::Value;

use super::walker::{Decision, Watcher, walk};
use super::{Entity, Subject, words};
use crate::compile::{Arm, Asks, DecisionList, Gate, GateId, Outcome, Stage, StageId};
use crate::source::Span;

/// A gate as it was walked for one user.
#[derive(Clone, Debug)]
pub struct Step {
    /// The gate.
    pub gate: GateId,
    /// The stage it stands in.
    pub stage: StageId,
    /// What it did.
    pub outcome: Outcome,
    /// Why, in a sentence without a full stop.
    pub reason: String,
    /// The value that says so.
    pub source: Option<Span>,
    /// Whether `source` is the mapping in which the value is missing.
    pub missing: bool,
    /// The entry of a list that matched the user.
    pub matched: Option<Span>,
    /// The definition of the user, or of the site, that leaves the user without an entity.
    pub because_of: Option<Span>,
    /// For a gate that combines those noted before it: how, in words; empty where there is nothing to combine.
    pub combines: Option<String>,
    /// What was required.
    pub required: Value,
    /// What the user has, or what is written.
    pub actual: Value,
}

/// A whole walk.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The answer.
    pub decision: Decision,
    /// Every gate of the target, in order, those not reached included.
    pub steps: Vec<Step>,
}

impl Trace {
    /// The step that decided.
    pub fn deciding(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.gate == self.decision.gate && step.stage == self.decision.stage)
    }

    /// The gates that did not hold and were noted.
    pub fn failed(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.outcome == Outcome::Fail)
    }
}

/// Walks a list for one user and keeps everything there is to say.
pub fn trace(list: &DecisionList, subject: &Subject<'_>) -> Trace {
    let mut recorder = Recorder { subject, steps: Vec::new() };
    let decision = walk(list, subject, &mut recorder);
    Trace { decision, steps: recorder.steps }
}

struct Recorder<'s, 'u> {
    subject: &'s Subject<'u>,
    steps: Vec<Step>,
}

impl<'l> Watcher<'l> for Recorder<'_, '_> {
    fn walked(&mut self, stage: &'l Stage, gate: &'l Gate, arm: &'l Arm) {
        let (required, actual) = words::compared(&arm.asks, self.subject);
        self.steps.push(Step {
            gate: gate.id,
            stage: stage.id,
            outcome: arm.outcome,
            reason: words::reason(arm, self.subject),
            source: arm.source,
            missing: arm.missing,
            matched: matched(arm, self.subject),
            because_of: because_of(arm, self.subject),
            combines: words::combines(&arm.asks),
            required,
            actual,
        });
    }

    fn not_reached(&mut self, stage: &'l Stage, gate: &'l Gate) {
        self.steps.push(Step {
            gate: gate.id,
            stage: stage.id,
            outcome: Outcome::NotReached,
            reason: words::NOT_REACHED.to_owned(),
            source: None,
            missing: false,
            matched: None,
            because_of: None,
            combines: None,
            required: Value::Null,
            actual: Value::Null,
        });
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
        Asks::Nothing | Asks::Flag(_) | Asks::AllRoles(_) | Asks::Combination(..) => None,
    };
    entry.map(|entry| entry.span)
}

fn because_of(arm: &Arm, subject: &Subject<'_>) -> Option<Span> {
    match (&arm.asks, &subject.entity) {
        (Asks::Entity(_), Entity::None { source, .. }) => *source,
        _ => None,
    }
}
