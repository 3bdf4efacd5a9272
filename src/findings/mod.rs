//! What looks wrong in a workspace that can be trusted. A finding never blocks a decision.
//!
//! Each lint is one small definition in a file of its own, listed in [`LINTS`].

mod attribute_nobody_has;

use serde::Serialize;

use crate::model::Workspace;
use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth a look.
    Warn,
    /// Worth stopping for: `validate` exits with 1.
    Deny,
}

impl Level {
    /// The word in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// A kind of finding.
#[derive(Clone, Copy, Debug)]
pub struct Lint {
    /// Its name, which is part of the machine formats.
    pub id: &'static str,
    /// How grave it is.
    pub level: Level,
    /// Its meaning, in Markdown.
    pub about: &'static str,
    find: fn(&Workspace) -> Vec<Finding>,
}

/// Something that looks wrong.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its kind's name.
    pub lint: &'static str,
    /// How grave it is.
    pub level: Level,
    /// What, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub span: Span,
    /// The words beside the marked text.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Every lint, in the order of the reference page.
pub const LINTS: &[Lint] = &[attribute_nobody_has::LINT];

/// All that looks wrong, in the order of files and places.
pub fn findings(workspace: &Workspace) -> Vec<Finding> {
    let mut all: Vec<Finding> = LINTS.iter().flat_map(|lint| (lint.find)(workspace)).collect();
    let name = |span: Span| workspace.sources().file(span.file).map(|file| file.name().to_owned()).unwrap_or_default();
    all.sort_by_cached_key(|finding| (name(finding.span), finding.span.start));
    all
}
