//! What a user's level gives.

use std::sync::Arc;

use super::atoms::AtLevel;
use super::granting::allow;
use super::{PermissionGate, PermissionScope};
use crate::compile::Predicate;
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;
use crate::compile::statement::Statement;

pub(super) const GATE: PermissionGate = GateDef::new(
    "progressive-level",
    "The user's level of progressive access gives the action: the highest whose requirements, and those of all levels below, are completed; it begins at `progress.startedAt` and ends after its `duration`, without falling back.",
    arms,
);

fn arms(scope: &PermissionScope<'_>) -> Vec<Arm> {
    let Some(pattern) = scope.permissions.progressive(&scope.kind) else {
        return vec![Arm::not_applicable("there is no progressive access to this type")];
    };
    let levels = pattern.levels.iter().enumerate().filter(|(_, level)| level.permissions.find(&scope.action).is_some());
    let mut arms: Vec<Arm> = levels
        .map(|(at, level)| {
            let title = format!("level {}: {} {}", level.name.value, scope.kind, scope.action);
            let statement = Arc::new(Statement { title, span: level.span, links: Vec::new(), raised: Arc::default(), breadth: 1 });
            allow(Predicate::AtLevel(Arc::new(AtLevel { levels: Arc::clone(&pattern.levels), at })), &statement)
        })
        .collect();
    arms.push(Arm::not_applicable("no level that the user has gives this"));
    arms
}
