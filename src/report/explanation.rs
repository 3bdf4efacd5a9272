//! Why one user is let into one target, or is not.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::described::{describe, json, resource};
use super::{Before, Question, WaysReport};
use crate::compile::{Link, Outcome, StageId, Target, UnknownTarget, compile};
use crate::model::{Semantics, User, Workspace};
use crate::source::{Place, Span};
use crate::walk::{Decision, Step, Subject, Trace, decide, trace, verdict_name};

/// The answer of `check` and `explain`. Its fields are those of the JSON format.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The format and its version.
    pub schema: &'static str,
    /// The user's id, or the mapping as it was given.
    pub user: String,
    /// The target.
    pub target: String,
    /// The semantics followed.
    pub semantics: &'static str,
    /// The semantics under which the decision would be another.
    pub differs: Vec<&'static str>,
    /// The time asked about.
    pub at: String,
    /// What the question supposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<Value>,
    /// Where something is supposed: the decision without that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_defined: Option<AsDefined>,
    /// Whether the user is let in.
    #[serde(rename = "decision", serialize_with = "verdict")]
    pub allowed: bool,
    /// The gate that decided.
    pub gate: &'static str,
    /// The gates that did not hold and were noted.
    pub failed: Vec<&'static str>,
    /// Why, in a sentence.
    pub reason: String,
    /// The value that decided, where one is written.
    pub source: Option<Place>,
    /// For a feature: its effective settings, which decide nothing.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub settings: Map<String, Value>,
    /// For a question about a type that its resources answer differently: the attributes on which it depends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<String>,
    /// For a denial because nothing allows it: the statement that came closest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<NearestReport>,
    /// Every gate of the target in order; `check` leaves them out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepReport>>,
    /// For a denial the ways in; `check` leaves them out.
    #[serde(flatten)]
    pub ways: Option<WaysReport>,
    /// Who was asked about, for people.
    #[serde(skip)]
    pub subject: String,
    /// For a permission: the resource asked about, for people.
    #[serde(skip)]
    pub resource: Option<String>,
    /// What to point at in the files: the deciding value and the noted ones, each with its gate.
    #[serde(skip)]
    pub marks: Vec<(Span, String)>,
}

/// A decision with nothing supposed; nothing where the user or the target is not defined without that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AsDefined {
    /// Whether the user is let in.
    #[serde(rename = "decision", serialize_with = "verdict_if_any")]
    pub allowed: Option<bool>,
    /// The gate that decides.
    pub gate: Option<&'static str>,
}

/// The statement that came closest to allowing what nothing allows.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NearestReport {
    /// The gate it stands at.
    pub gate: &'static str,
    /// The statement.
    pub statement: String,
    /// Where it is written.
    pub source: Place,
    /// What of it does not hold.
    pub reason: String,
    /// The places of what does not hold, where it has any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because_of: Vec<Place>,
}

/// A link of the chain from the user to a statement.
#[derive(Clone, Debug, Serialize)]
pub struct LinkReport {
    /// What it is.
    pub what: String,
    /// Where it is written; null where the question supposes it.
    pub source: Option<Place>,
}

/// One gate of an [`Explanation`].
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// The gate.
    pub gate: &'static str,
    /// The stage it stands in.
    pub stage: &'static str,
    /// What it did.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// The value that says so.
    pub source: Option<Place>,
    /// The entry of a list that matched the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<Place>,
    /// The definition that leaves the user without an entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because_of: Option<Place>,
    /// For a gate of policies: their priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<i64>,
    /// For a permission: the statement that matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// What leads from the user to the statement, link by link.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<LinkReport>,
    /// The other statements of the gate that match too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<LinkReport>,
    /// What was required.
    pub required: Value,
    /// What the user has, or what is written.
    pub actual: Value,
}

impl Explanation {
    /// The format of `explain --format json`.
    pub const SCHEMA: &'static str = "gatewalk/explain/v1";
    /// The format of `check --format json`.
    pub const CHECK_SCHEMA: &'static str = "gatewalk/check/v1";

    /// Answers for one user. `label` is the id, or the mapping as it was given.
    pub fn new(workspace: &Workspace, user: &User, label: &str, target: &Target, question: &Question) -> Result<Self, UnknownTarget> {
        let subject = |semantics| Subject::new(workspace, user, semantics, &question.what_if);
        let list = compile(workspace, target, question.options(question.semantics))?;
        let asked = subject(question.semantics);
        let trace = trace(&list, &asked);
        let mut differs = Vec::new();
        for semantics in Semantics::ALL.iter().copied().filter(|semantics| *semantics != question.semantics) {
            // The rules of permissions are the same under all of them; what differs is a user's entity.
            let other = if list.holdings.is_some() { None } else { Some(compile(workspace, target, question.options(semantics))?) };
            if decide(other.as_ref().unwrap_or(&list), &subject(semantics)).allowed != trace.decision.allowed {
                differs.push(semantics.name());
            }
        }
        let place = |span: Option<Span>| span.map(|span| workspace.sources().place(span));
        Ok(Self {
            schema: Self::SCHEMA,
            user: label.to_owned(),
            target: target.to_string(),
            semantics: question.semantics.name(),
            differs,
            at: question.at.to_string(),
            what_if: question.supposed(),
            as_defined: None,
            allowed: trace.decision.allowed,
            gate: trace.decision.gate.name(),
            failed: trace.failed().map(|step| step.gate.name()).collect(),
            reason: reason(&trace),
            source: place(trace.deciding().and_then(|step| step.source)),
            settings: list.settings.iter().map(|(name, node)| (name.clone(), json(node))).collect(),
            depends_on: trace.depends_on.clone(),
            nearest: trace.nearest.as_ref().map(|nearest| NearestReport {
                gate: nearest.gate.name(),
                statement: nearest.statement.clone(),
                source: workspace.sources().place(nearest.source),
                reason: nearest.reason.clone(),
                because_of: nearest.because_of.iter().map(|(span, _)| workspace.sources().place(*span)).collect(),
            }),
            ways: None,
            steps: Some(trace.steps.iter().map(|step| StepReport::new(workspace, step)).collect()),
            subject: describe(&asked),
            resource: resource(&list.asked),
            marks: marks(&trace, trace.decision),
        })
    }

    /// The same beside the decision without what is supposed, about the user and the target as defined there, if there are such.
    #[must_use]
    pub fn against(mut self, before: &Before<'_>, user: Option<&User>, target: Option<&Target>) -> Self {
        let Before { workspace, question } = before;
        let list = target.and_then(|target| compile(workspace, target, question.options(question.semantics)).ok());
        let decision = list.zip(user).map(|(list, user)| {
            let subject = Subject::new(workspace, user, question.semantics, &question.what_if);
            decide(&list, &subject)
        });
        self.as_defined =
            Some(AsDefined { allowed: decision.map(|decision| decision.allowed), gate: decision.map(|decision| decision.gate.name()) });
        self
    }

    /// The answer of `check`: without the steps.
    #[must_use]
    pub fn without_steps(mut self) -> Self {
        self.schema = Self::CHECK_SCHEMA;
        self.steps = None;
        self
    }
}

/// `allow` or `deny`
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
pub(super) fn verdict<S: Serializer>(allowed: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict_name(*allowed))
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde asks for a reference")]
fn verdict_if_any<S: Serializer>(allowed: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
    allowed.map(verdict_name).serialize(serializer)
}

/// A link with its place.
pub(super) fn link(workspace: &Workspace, link: &Link) -> LinkReport {
    LinkReport { what: link.what.clone(), source: link.span.map(|span| workspace.sources().place(span)) }
}

impl StepReport {
    fn new(workspace: &Workspace, step: &Step) -> Self {
        let place = |span: Option<Span>| span.map(|span| workspace.sources().place(span));
        Self {
            gate: step.gate.name(),
            stage: step.stage.name(),
            outcome: step.outcome,
            reason: step.reason.clone(),
            source: place(step.source),
            matched: place(step.matched),
            because_of: place(step.because_of),
            priority: step.priority,
            statement: step.statement.clone(),
            via: step.via.iter().map(|found| link(workspace, found)).collect(),
            also: step.also.iter().map(|found| link(workspace, found)).collect(),
            required: step.required.clone(),
            actual: step.actual.clone(),
        }
    }
}

/// Links in a sentence; of very many those at both ends.
fn told(links: &[Link]) -> String {
    let texts: Vec<&str> = links.iter().map(|link| link.what.as_str()).collect();
    let (Some(first), Some(last)) = (texts.get(..TOLD), texts.get(texts.len().saturating_sub(TOLD)..)) else { return texts.join(", ") };
    if texts.len() <= 3 * TOLD {
        return texts.join(", ");
    }
    format!("{}, {} more links, {}", first.join(", "), texts.len() - 2 * TOLD, last.join(", "))
}

/// So many links at each end of a long chain are told.
const TOLD: usize = 4;

/// The deciding step's reason. Where it combines others that do not hold, theirs, and how they combine.
pub(super) fn reason(trace: &Trace) -> String {
    let Some(step) = trace.deciding() else { return "nothing applies".to_owned() };
    // Of a permission the chain comes first; its last link is the statement, which the reason names.
    if let [links @ .., _] = step.via.as_slice()
        && !links.is_empty()
    {
        return format!("{}: {}", told(links), step.reason);
    }
    let noted = noted(trace, step);
    let parts: Vec<&str> = noted.iter().map(|noted| noted.reason.as_str()).collect();
    match step.combines.as_deref() {
        _ if parts.is_empty() => step.reason.clone(),
        Some("") | None => parts.join("; "),
        Some(how) => format!("{} ({how})", parts.join("; ")),
    }
}

/// For a denial at a gate that combines others: those of them that do not hold.
fn noted<'t>(trace: &'t Trace, deciding: &Step) -> Vec<&'t Step> {
    if deciding.combines.is_none() || trace.decision.allowed {
        return Vec::new();
    }
    trace.failed().filter(|step| step.stage == deciding.stage).collect()
}

fn marks(trace: &Trace, decision: Decision) -> Vec<(Span, String)> {
    let Some(deciding) = trace.deciding() else { return Vec::new() };
    let noted = noted(trace, deciding);
    let steps: Vec<&Step> = if noted.is_empty() { vec![deciding] } else { noted };
    let mut marks: Vec<(Span, String)> = Vec::new();
    for step in steps {
        let span = if decision.allowed {
            step.matched.or(step.source)
        } else {
            step.matched.filter(|_| step.outcome == Outcome::Deny).or(step.source)
        };
        let missing = if step.missing { ": missing here" } else { "" };
        marks.extend(span.map(|span| (span, format!("{}{missing}", step.gate.name()))));
        let because_of = step.because_of.filter(|_| step.stage != StageId::Permission);
        marks.extend(because_of.map(|span| (span, "no entity here".to_owned())));
    }
    if let Some(nearest) = &trace.nearest {
        marks.push((nearest.source, "closest".to_owned()));
        marks.extend(nearest.because_of.iter().map(|(span, label)| (*span, (*label).to_owned())));
    }
    marks
}
