//! Rules of policies, by priority.

use std::collections::BTreeMap;
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

/// A rule that says something about the action, with its policy and its place there.
pub(super) type Ruling<'w> = (&'w Policy, usize, &'w PolicyRule);

/// The rules of policies that say something about the action, by priority and in each by the name of the policy.
pub(super) fn by_priority<'w>(scope: &PermissionScope<'w>) -> BTreeMap<i64, Vec<Ruling<'w>>> {
    let mut all: BTreeMap<i64, Vec<Ruling<'w>>> = BTreeMap::new();
    for policy in scope.permissions.policies() {
        let priority = policy.priority.map_or(0, |priority| priority.value);
        let about = policy.rules.iter().enumerate().filter(|(_, rule)| is_about(scope, rule));
        all.entry(priority).or_default().extend(about.map(|(at, rule)| (policy, at, rule)));
    }
    all.retain(|_, rules| !rules.is_empty());
    all
}

/// The arms of the rules of one priority that have an effect.
pub(super) fn arms(scope: &PermissionScope<'_>, of: i64, rules: &[Ruling<'_>], effect: Effect) -> Vec<Arm> {
    let outcome = if effect == Effect::Deny { Outcome::Deny } else { Outcome::Allow };
    let with_effect = rules.iter().filter(|(_, _, rule)| rule.effect == effect);
    let mut arms: Vec<Arm> = with_effect
        .map(|(policy, at, rule)| {
            let title = format!("policy {}, rule {}", policy.name.value, at + 1);
            let statement = Arc::new(Statement { title, span: rule.span, links: Vec::new(), raised: Arc::default(), breadth: 1 });
            stated(Predicate::All(scope.conditions(&rule.conditions)), outcome, &statement)
        })
        .collect();
    let does = if effect == Effect::Deny { "denies" } else { "allows" };
    let at = if of == 0 { String::new() } else { format!(" of priority {of}") };
    arms.push(Arm::not_applicable(format!("no rule of a policy{at} {does} this")));
    arms
}

fn is_about(scope: &PermissionScope<'_>, rule: &PolicyRule) -> bool {
    rule.resources.find(&scope.kind).is_some() && rule.actions.find(&scope.action).is_some()
}
