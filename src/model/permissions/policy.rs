//! Policies: rules that allow and deny, with a priority.

use std::sync::Arc;

use super::condition::Conditions;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Spanned;
use crate::model::fields::{Fields, Shape, deciding, known, wrong_type};
use crate::model::names::{Name, Names};
use crate::parse::Node;
use crate::source::Span;

/// A policy.
#[derive(Debug)]
pub struct Policy {
    /// Its name.
    pub name: Name,
    /// Its rank; 0 if not written.
    pub priority: Option<Spanned<i64>>,
    /// Its rules.
    pub rules: Vec<PolicyRule>,
}

/// A rule of a policy.
#[derive(Debug)]
pub struct PolicyRule {
    /// The mapping.
    pub span: Span,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// The actions.
    pub actions: Arc<Names>,
    /// The types.
    pub resources: Arc<Names>,
    /// When it applies.
    pub conditions: Conditions,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
}

const POLICY: Shape =
    Shape { what: "a policy", fields: &[deciding("name"), deciding("priority"), deciding("rules"), known("description")] };

const RULE: Shape = Shape {
    what: "a policy's rule",
    fields: &[deciding("effect"), deciding("actions"), deciding("resources"), deciding("conditions"), known("description"), known("name")],
};

impl Policy {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = POLICY.read(node, problems)?;
        let name = fields.required("name", problems);
        let priority = priority(&fields, problems);
        let mut rules = Vec::new();
        match fields.list("rules", problems) {
            Some((_, items)) => rules.extend(items.iter().filter_map(|item| PolicyRule::read(item, problems))),
            None if fields.node("rules").is_none() => {
                problems.push(Diagnostic::new(Code::MissingField, fields.span, "a policy needs the field `rules`"));
            }
            None => {}
        }
        Some(Self { name: name?, priority, rules })
    }
}

fn priority(fields: &Fields<'_>, problems: &mut Vec<Diagnostic>) -> Option<Spanned<i64>> {
    let node = fields.node("priority")?;
    let plain = node.text().filter(|_| node.is_plain());
    match plain.and_then(|text| text.parse().ok()) {
        Some(value) => Some(Spanned { value, span: node.span }),
        None => {
            problems.push(wrong_type(node, "`priority`", "a whole number"));
            None
        }
    }
}

impl PolicyRule {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = RULE.read(node, problems)?;
        let mut needed = |field| {
            let list = fields.names(field, problems);
            if fields.node(field).is_none() {
                problems.push(Diagnostic::new(Code::MissingField, fields.span, format!("a policy's rule needs the field `{field}`")));
            }
            list
        };
        let (actions, resources) = (needed("actions"), needed("resources"));
        let effect = fields.word("effect", &["allow", "deny"], problems);
        if fields.node("effect").is_none() {
            problems.push(Diagnostic::new(Code::MissingField, fields.span, "a policy's rule needs the field `effect`"));
        }
        let conditions = fields.node("conditions").map(|node| Conditions::read(node, problems));
        Some(Self {
            span: node.span,
            effect: if effect?.value == "deny" { Effect::Deny } else { Effect::Allow },
            actions: actions?,
            resources: resources?,
            conditions: conditions.unwrap_or_else(|| Conditions::none(node.span)),
        })
    }
}
