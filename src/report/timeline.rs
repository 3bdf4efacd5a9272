//! When an answer changes, and why.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Question;
use super::explanation::{LinkReport, link, reason, verdict};
use crate::compile::{Target, UnknownTarget, compile};
use crate::model::{User, Workspace};
use crate::source::Place;
use crate::walk::{Subject, decide, instants, trace};

/// The answer of `explain --timeline`. Its fields are those of the JSON format.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The format and its version.
    pub schema: &'static str,
    /// The user's id, or the mapping as it was given.
    pub user: String,
    /// The target.
    pub target: String,
    /// The semantics followed.
    pub semantics: &'static str,
    /// The time asked about, to which the exit code belongs.
    pub at: String,
    /// The time from which is looked.
    pub from: String,
    /// The time until which is looked; null for no end.
    pub to: Option<String>,
    /// What the question supposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<Value>,
    /// The answer at `from`, and each that differs from the one before it.
    pub moments: Vec<Moment>,
    /// Whether the user is let in at the time asked about.
    #[serde(skip)]
    pub allowed: bool,
}

/// From when on an answer holds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    /// Since when.
    pub at: String,
    /// Whether the user is let in.
    #[serde(rename = "decision", serialize_with = "verdict")]
    pub allowed: bool,
    /// The gate that decides.
    pub gate: &'static str,
    /// Why, in a sentence.
    pub reason: String,
    /// The value that decides, where one is written.
    pub source: Option<Place>,
    /// What begins or ends then; empty for the first.
    pub because: Vec<LinkReport>,
}

impl Timeline {
    /// The format of `explain --timeline --format json`.
    pub const SCHEMA: &'static str = "gatewalk/timeline/v1";

    /// Answers for one user from a time until another, both included.
    pub fn new(
        workspace: &Workspace,
        user: &User,
        label: &str,
        target: &Target,
        question: &Question,
        (from, to): (Timestamp, Option<Timestamp>),
    ) -> Result<Self, UnknownTarget> {
        let list = compile(workspace, target, question.options(question.semantics))?;
        let subject = Subject::new(workspace, user, question.semantics, &question.what_if);
        let mut edges = instants(&list, &subject);
        let later = edges.split_off(&from).into_iter().filter(|(at, _)| *at > from && to.is_none_or(|to| *at <= to));
        let mut moments = Vec::new();
        let mut before = None;
        for (at, because) in std::iter::once((from, Vec::new())).chain(later) {
            let trace = trace(&list.bind_time(at), &subject);
            let step = trace.deciding();
            let answer = (trace.decision, step.and_then(|step| step.statement.clone()), step.and_then(|step| step.source));
            if before.as_ref() == Some(&answer) {
                continue;
            }
            moments.push(Moment {
                at: at.to_string(),
                allowed: trace.decision.allowed,
                gate: trace.decision.gate.name(),
                reason: reason(&trace),
                source: answer.2.map(|span| workspace.sources().place(span)),
                because: because.iter().map(|found| link(workspace, found)).collect(),
            });
            before = Some(answer);
        }
        Ok(Self {
            schema: Self::SCHEMA,
            user: label.to_owned(),
            target: target.to_string(),
            semantics: question.semantics.name(),
            at: question.at.to_string(),
            from: from.to_string(),
            to: to.map(|to| to.to_string()),
            what_if: question.supposed(),
            moments,
            allowed: decide(&list, &subject).allowed,
        })
    }
}
