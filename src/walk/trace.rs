//! The traced walk: every gate with its outcome, its reason and its place.

use serde_json::Value;

use super::evaluate::Case;
use super::walker::{Decision, Watcher, walk};
use super::{Entity, Subject, grounds, open, words};
use crate::compile::{Arm, Asked, Asks, DEFAULT_DENY, DecisionList, Gate, GateId, Link, Outcome, Stage, StageId};
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
    /// For a gate of policies: their priority.
    pub priority: Option<i64>,
    /// The statement on permissions that matched.
    pub statement: Option<String>,
    /// What leads from the user to the statement, link by link.
    pub via: Vec<Link>,
}

/// The statement that came closest to allowing what nothing allows.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// The gate it stands at.
    pub gate: GateId,
    /// The statement.
    pub statement: String,
    /// Where it is written.
    pub source: Span,
    /// What of it does not hold.
    pub reason: String,
    /// The place of what does not hold, and what to call it: a condition, or what is held and does not reach.
    pub because_of: Option<(Span, &'static str)>,
}

/// A whole walk.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The answer.
    pub decision: Decision,
    /// Every gate of the target, in order, those not reached included.
    pub steps: Vec<Step>,
    /// For a denial because nothing allows it: what came closest.
    pub nearest: Option<Nearest>,
}

impl Trace {
    /// The step that decided.
    pub fn deciding(&self) -> Option<&Step> {
        self.steps.get(self.decision.position)
    }

    /// The gates that did not hold and were noted.
    pub fn failed(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.outcome == Outcome::Fail)
    }
}

/// Walks a list for one user and keeps everything there is to say.
pub fn trace(list: &DecisionList, subject: &Subject<'_>) -> Trace {
    let case = Case::new(list, subject);
    if let Asked::Any(_) = list.asked {
        return open::trace(list, &case);
    }
    let mut recorder = Recorder { case: &case, steps: Vec::new() };
    let decision = walk(list, &case, &mut recorder);
    let steps = recorder.steps;
    Trace { decision, steps, nearest: None }.with_nearest(list, &case)
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
        let step = Step::new(gate, stage.id, Outcome::NotReached, words::NOT_REACHED.to_owned());
        self.steps.push(if stage.id == StageId::Permission { grounds::outranked(self.case, gate, step) } else { step });
    }
}

impl Step {
    /// A step with nothing but a reason.
    pub(super) fn new(gate: &Gate, stage: StageId, outcome: Outcome, reason: String) -> Self {
        Self {
            gate: gate.id,
            stage,
            outcome,
            reason,
            source: None,
            missing: false,
            matched: None,
            because_of: None,
            combines: None,
            required: Value::Null,
            actual: Value::Null,
            priority: gate.priority,
            statement: None,
            via: Vec::new(),
        }
    }
}

impl Trace {
    /// Adds what came closest to a denial by default.
    pub(super) fn with_nearest(mut self, list: &DecisionList, case: &Case<'_, '_>) -> Self {
        if self.decision.gate != DEFAULT_DENY {
            return self;
        }
        self.nearest = grounds::nearest(list, case);
        if let (Some(nearest), Some(last)) = (&self.nearest, self.steps.get_mut(self.decision.position)) {
            last.reason = format!("{}; closest is {} ({})", last.reason, nearest.statement, nearest.reason);
        }
        self
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
