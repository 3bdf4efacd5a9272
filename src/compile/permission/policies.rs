//! Rules of policies, by priority.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::PermissionScope;
use super::granting::stated;
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::{GateDoc, GateId};
use crate::compile::statement::Statement;
use crate::model::permissions::{Effect, Policy, PolicyRule};

pub(super) const DENY: GateDoc = GateDoc {
    id: GateId("policy-deny"),
    about: "A rule of a policy denies the action. Policies of higher `priority` come first; at one priority denials come before everything that allows.",
};

pub(super) const ALLOW: GateDoc = GateDoc {
    id: GateId("policy-allow"),
    about: "A rule of a policy allows the action, and none of that priority or a higher one denies it.",
};

/// The priorities of the policies that say something about the action, highest first.
pub(super) fn priorities(scope: &PermissionScope<'_>) -> Vec<i64> {
    let about = scope.permissions.policies().filter(|policy| policy.rules.iter().any(|rule| is_about(scope, rule)));
    let all: BTreeSet<i64> = about.map(priority).collect();
    all.into_iter().rev().collect()
}

/// The arms of the rules of one priority and effect, by the name of the policy.
pub(super) fn arms(scope: &PermissionScope<'_>, of: i64, effect: Effect) -> Vec<Arm> {
    let outcome = if effect == Effect::Deny { Outcome::Deny } else { Outcome::Allow };
    let of_priority = scope.permissions.policies().filter(|policy| priority(policy) == of);
    let mut arms: Vec<Arm> = of_priority
        .flat_map(|policy| policy.rules.iter().enumerate().map(move |(at, rule)| (policy, at, rule)))
        .filter(|(_, _, rule)| rule.effect == effect && is_about(scope, rule))
        .map(|(policy, at, rule)| {
            let title = format!("policy {}, rule {}", policy.name.value, at + 1);
            let statement = Arc::new(Statement { title, span: rule.span, links: Vec::new(), breadth: 1 });
            stated(Predicate::All(scope.conditions(&rule.conditions)), outcome, &statement)
        })
        .collect();
    let does = if effect == Effect::Deny { "denies" } else { "allows" };
    let at = if of == 0 { String::new() } else { format!(" of priority {of}") };
    arms.push(Arm::not_applicable(format!("no rule of a policy{at} {does} this")));
    arms
}

fn priority(policy: &Policy) -> i64 {
    policy.priority.map_or(0, |priority| priority.value)
}

fn is_about(scope: &PermissionScope<'_>, rule: &PolicyRule) -> bool {
    rule.resources.find(&scope.kind).is_some() && rule.actions.find(&scope.action).is_some()
}
