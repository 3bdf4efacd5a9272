//! What a walk left behind: each gate with its outcome, its reason and its place.

use serde_json::Value;

use super::decision::Decision;
use crate::compile::{Gate, GateId, Link, Outcome, StageId};
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
    /// The other statements of the gate that match too.
    pub also: Vec<Link>,
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
    /// The places of what does not hold, and what to call them: a condition, or what is held and does not reach.
    pub because_of: Vec<(Span, &'static str)>,
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
    /// For a question about a type that its resources answer differently: the attributes on which it depends.
    pub depends_on: Vec<String>,
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
            also: Vec::new(),
        }
    }
}
