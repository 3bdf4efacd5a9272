//! What `validate` found: nothing wrong and what there is, or everything that is wrong.

use serde::Serialize;

use crate::diagnostic::{At, Diagnostic};
use crate::findings::{Finding, Level};
use crate::model::{Counts, Workspace};
use crate::source::{Place, SourceMap};

/// The answer of `validate`. Its fields are those of the JSON format.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Validation {
    /// The format and its version.
    pub schema: &'static str,
    /// Whether the workspace can be trusted.
    pub valid: bool,
    /// What a valid workspace holds.
    pub holds: Option<Holds>,
    /// What is wrong with an invalid one.
    pub problems: Vec<ProblemReport>,
    /// What looks wrong in a valid one.
    pub findings: Vec<FindingReport>,
}

/// Something that looks wrong.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingReport {
    /// Its kind.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// What.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The words beside the marked text.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// What a valid workspace holds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Holds {
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
    /// Whether the users are everybody: `complete`, `partial` or `none`.
    pub population: &'static str,
}

/// One problem of a [`Validation`].
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProblemReport {
    /// Its kind.
    pub code: &'static str,
    /// What happened.
    pub message: String,
    /// The file; absent for a problem of the workspace as a whole.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The column, counted from 1, in characters.
    pub column: Option<usize>,
    /// The words beside the marked text.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<RelatedReport>,
}

/// A second place of a problem.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedReport {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What is there.
    pub label: String,
}

impl Validation {
    /// The format of `validate --format json`.
    pub const SCHEMA: &'static str = "gatewalk/validate/v1";

    /// A workspace that can be trusted.
    pub fn valid(workspace: &Workspace, findings: &[Finding]) -> Self {
        let holds = Holds { counts: workspace.counts(), population: workspace.population().name() };
        let report = |finding: &Finding| FindingReport {
            code: finding.lint,
            level: finding.level,
            message: finding.message.clone(),
            place: workspace.sources().place(finding.span),
            label: finding.label.clone(),
            help: finding.help.clone(),
        };
        Self {
            schema: Self::SCHEMA,
            valid: true,
            holds: Some(holds),
            problems: Vec::new(),
            findings: findings.iter().map(report).collect(),
        }
    }

    /// A workspace that cannot.
    pub fn invalid(sources: &SourceMap, problems: &[Diagnostic]) -> Self {
        let problems = problems.iter().map(|problem| ProblemReport::new(sources, problem)).collect();
        Self { schema: Self::SCHEMA, valid: false, holds: None, problems, findings: Vec::new() }
    }
}

impl ProblemReport {
    fn new(sources: &SourceMap, problem: &Diagnostic) -> Self {
        let (file, line, column) = match &problem.at {
            At::Span(span) => {
                let place = sources.place(*span);
                (Some(place.file), Some(place.line), Some(place.column))
            }
            At::File { name, line } => (Some(name.clone()), *line, None),
            At::Workspace => (None, None, None),
        };
        Self {
            code: problem.code.id(),
            message: problem.message.clone(),
            file,
            line,
            column,
            label: problem.label.clone(),
            help: problem.help.clone(),
            related: problem
                .related
                .iter()
                .map(|related| RelatedReport { place: sources.place(related.span), label: related.label.clone() })
                .collect(),
        }
    }
}
