//! Patterns: access by team with escalation, and access that grows with a user's progress.

use std::sync::Arc;

use jiff::SignedDuration;

use super::role::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Spanned;
use crate::model::fields::{Shape, deciding, known, unknown_value, wrong_type};
use crate::model::names::{Name, Names};
use crate::parse::{Node, Value};
use crate::source::Span;

/// A pattern.
#[derive(Debug)]
pub enum Pattern {
    /// Access by team.
    TeamBased(TeamBased),
    /// Access that grows.
    Progressive(Progressive),
}

/// What every member of a team holds, and who may step in.
#[derive(Debug)]
pub struct TeamBased {
    /// The implementation's mapping.
    pub span: Span,
    /// The role that every member holds in the team.
    pub base_role: Name,
    /// Whether what is held in a team reaches the teams below, where the team does not say.
    pub inheritance: Option<Spanned<bool>>,
    /// To which resources the base role is narrowed.
    pub scope: Option<Spanned<Scope>>,
    /// Who may step in, and when.
    pub escalation: Option<Escalation>,
}

/// Who may step in, and when.
#[derive(Debug)]
pub struct Escalation {
    /// The mapping.
    pub span: Span,
    /// Names of conditions, of which one must hold.
    pub conditions: Arc<Names>,
    /// The role that may step in.
    pub escalate_to: Name,
}

/// Actions that a user gets level by level.
#[derive(Debug)]
pub struct Progressive {
    /// The implementation's mapping.
    pub span: Span,
    /// The type; if not written, the only declared one.
    pub resource: Option<Name>,
    /// The levels, lowest first.
    pub levels: Arc<[Level]>,
}

/// One level.
#[derive(Debug)]
pub struct Level {
    /// The mapping.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// The actions.
    pub permissions: Arc<Names>,
    /// How long it lasts from the user's start.
    pub duration: Option<Spanned<SignedDuration>>,
    /// What has to be completed for it.
    pub requirements: Vec<Name>,
}

/// The names of patterns.
const NAMES: &[&str] = &["team_based_access", "progressive_access"];

const PATTERN: Shape =
    Shape { what: "a pattern", fields: &[deciding("pattern"), deciding("implementation"), known("description"), known("name")] };

const TEAM_BASED: Shape = Shape {
    what: "team-based access",
    fields: &[deciding("baseRole"), deciding("inheritance"), deciding("scope"), deciding("escalation"), known("description")],
};

const ESCALATION: Shape = Shape { what: "an escalation", fields: &[deciding("conditions"), deciding("escalateTo"), known("description")] };

const PROGRESSIVE: Shape = Shape { what: "progressive access", fields: &[deciding("resource"), deciding("levels"), known("description")] };

const LEVEL: Shape = Shape {
    what: "a level",
    fields: &[deciding("name"), deciding("permissions"), deciding("duration"), deciding("requirements"), known("description")],
};

impl Pattern {
    /// Its name.
    pub(in crate::model) fn name(&self) -> &'static str {
        match self {
            Self::TeamBased(_) => "team_based_access",
            Self::Progressive(_) => "progressive_access",
        }
    }

    /// Where it is written.
    pub(in crate::model) fn place(&self) -> Span {
        match self {
            Self::TeamBased(pattern) => pattern.span,
            Self::Progressive(pattern) => pattern.span,
        }
    }

    /// Whether another is meant to be in its place: there is one of teams, and one of growing access for each type.
    pub(in crate::model) fn is_of_kind(&self, other: &Self) -> bool {
        let resource = |pattern: &Progressive| pattern.resource.as_ref().map(|resource| resource.value.clone());
        // Without a type it is of the only one there is.
        let same = |one: Option<Box<str>>, other: Option<Box<str>>| one.is_none() || other.is_none() || one == other;
        match (self, other) {
            (Self::TeamBased(_), Self::TeamBased(_)) => true,
            (Self::Progressive(one), Self::Progressive(other)) => same(resource(one), resource(other)),
            _ => false,
        }
    }

    /// Reads a document with `pattern` and `implementation`.
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = PATTERN.read(node, problems)?;
        let name = fields.required("pattern", problems);
        let implementation = fields.node("implementation");
        if implementation.is_none() {
            problems.push(Diagnostic::new(Code::MissingField, fields.span, "a pattern needs the field `implementation`"));
        }
        Self::of_name(&name?, implementation?, problems)
    }

    /// Reads the implementation of a pattern that is known by name.
    pub(in crate::model) fn of_name(name: &Name, implementation: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        match &*name.value {
            "team_based_access" => TeamBased::read(implementation, problems).map(Self::TeamBased),
            "progressive_access" => Progressive::read(implementation, problems).map(Self::Progressive),
            other => {
                problems.push(unknown_value(other, name.span, "pattern", NAMES));
                None
            }
        }
    }
}

impl TeamBased {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = TEAM_BASED.read(node, problems)?;
        let base_role = fields.required("baseRole", problems);
        let escalation = fields.node("escalation").map(|node| Escalation::read(node, problems));
        Some(Self {
            span: node.span,
            inheritance: fields.flag("inheritance", problems),
            scope: Scope::read(&fields, problems),
            base_role: base_role?,
            escalation: match escalation {
                Some(escalation) => Some(escalation?),
                None => None,
            },
        })
    }
}

impl Escalation {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = ESCALATION.read(node, problems)?;
        let conditions = fields.names("conditions", problems);
        if fields.node("conditions").is_none() {
            problems.push(Diagnostic::new(Code::MissingField, fields.span, "an escalation needs the field `conditions`"));
        }
        let escalate_to = fields.required("escalateTo", problems);
        Some(Self { span: node.span, conditions: conditions?, escalate_to: escalate_to? })
    }
}

impl Progressive {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = PROGRESSIVE.read(node, problems)?;
        let resource = fields.name("resource", problems);
        let Some((_, items)) = fields.list("levels", problems) else {
            if fields.node("levels").is_none() {
                problems.push(Diagnostic::new(Code::MissingField, fields.span, "progressive access needs the field `levels`"));
            }
            return None;
        };
        let levels = items.iter().filter_map(|item| Level::read(item, problems)).collect();
        Some(Self { span: node.span, resource, levels })
    }
}

impl Level {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = LEVEL.read(node, problems)?;
        let name = fields.required("name", problems);
        let permissions = fields.names("permissions", problems);
        if fields.node("permissions").is_none() {
            problems.push(Diagnostic::new(Code::MissingField, fields.span, "a level needs the field `permissions`: its actions"));
        }
        let requirements = fields.names("requirements", problems);
        let duration = fields.node("duration").map(|node| duration(node, problems));
        Some(Self {
            span: node.span,
            name: name?,
            permissions: permissions?,
            duration: match duration {
                Some(duration) => Some(duration?),
                None => None,
            },
            requirements: requirements.map(|list| list.to_names()).unwrap_or_default(),
        })
    }
}

/// Units of a duration with their seconds. A day has 24 hours, whatever clocks do.
const UNITS: &[(&str, i64)] = &[("minutes", 60), ("hours", 3_600), ("days", 86_400), ("weeks", 604_800)];

/// `2_weeks`
fn duration(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Spanned<SignedDuration>> {
    let Value::Scalar(text, _) = &node.value else {
        problems.push(wrong_type(node, "`duration`", "text such as `2_weeks`"));
        return None;
    };
    let seconds = text.split_once('_').and_then(|(count, unit)| {
        let plain = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        let (_, seconds) = UNITS.iter().find(|(name, _)| *name == unit).filter(|_| plain)?;
        // A duration beyond this many years is a slip; none that is refused could end within the times that can be written.
        count.parse::<i64>().ok()?.checked_mul(*seconds).filter(|seconds| (1..=LONGEST).contains(seconds))
    });
    match seconds {
        Some(seconds) => Some(Spanned { value: SignedDuration::from_secs(seconds), span: node.span }),
        None => {
            problems.push(
                Diagnostic::new(Code::BadDuration, node.span, format!("this is not a duration: `{text}`"))
                    .help("write a whole number above 0 and `minutes`, `hours`, `days` or `weeks`, such as `2_weeks`"),
            );
            None
        }
    }
}

/// Ten thousand years, in seconds.
const LONGEST: i64 = 10_000 * 366 * 86_400;
