//! An override can let in named users and nobody else.

use std::sync::Arc;

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "exclusive-user-ids",
    "The override's `exclusiveUserIdAccessControl` lists user ids: those are let in, everybody else is denied, and no other rule is looked at. An empty list counts as absent; under `legacy` it denies everybody.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let Some(overriding) = scope.scope.overriding else { return vec![Arm::not_applicable(scope.scope.no_override())] };
    match overriding.counting_user_ids(scope.scope.semantics) {
        Some(list) => Arm::listed(list, Predicate::UserIdIn(Arc::clone(list)), Asks::UserId, Outcome::Allow, Outcome::Deny),
        None if overriding.user_ids.is_some() => {
            vec![Arm::not_applicable("the override's list of exclusive user ids is empty, which counts as absent")]
        }
        None => vec![Arm::not_applicable("the override has no exclusive user ids")],
    }
}
