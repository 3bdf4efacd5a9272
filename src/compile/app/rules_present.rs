//! Secure by default: without rules nobody is let in.

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;
use crate::model::Semantics;

pub(super) const GATE: AppGate = GateDef::new(
    "rules-present",
    "None of `userTypes`, `userRoles`, `requiredRoles`, `allowedEntities`, `allowedUserIds` is there: nobody is let in (\"No access - No user types or roles selected\"). Under `legacy` the walk goes on.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let own =
        [scope.of_app(|app| &app.required_roles), scope.of_app(|app| &app.allowed_entities), scope.of_app(|app| &app.allowed_user_ids)];
    let first = scope.lists.first_span().or_else(|| own.into_iter().flatten().map(|list| list.span()).next());
    let overrides = scope.scope.overriding.is_some();
    let (outcome, because) = match first {
        Some(_) if overrides => (Outcome::Pass, "the override has rules"),
        Some(_) => (Outcome::Pass, "the app has rules"),
        None if scope.scope.semantics == Semantics::Legacy && overrides => {
            (Outcome::Pass, "the override has no rules, which lets everybody in under these semantics")
        }
        None if scope.scope.semantics == Semantics::Legacy => {
            (Outcome::Pass, "the app has no rules, which lets everybody in under these semantics")
        }
        None if overrides => (
            Outcome::Deny,
            "No access - No user types or roles selected: the override has neither `userTypes` nor `userRoles`, and the app's own rules are not consulted",
        ),
        None => (
            Outcome::Deny,
            "No access - No user types or roles selected: the app has none of `userTypes`, `userRoles`, `requiredRoles`, `allowedEntities`, `allowedUserIds`",
        ),
    };
    let source = first.unwrap_or(scope.rules.span);
    let arm = Arm::fixed(Predicate::ALWAYS, outcome, because, source);
    vec![if first.is_none() { arm.missing() } else { arm }]
}
