//! The rules that count must be enabled themselves.

use super::{AppGate, AppScope};
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "rules-enabled",
    "The rules are the override's if there is one, else the app's; their `enabled` is not `true`: nobody is let in. An override without `enabled` stops here.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let enabled = scope.rules.enabled;
    let whose = scope.whose();
    let (outcome, because) = match enabled {
        Some(enabled) if enabled.value => (Outcome::Pass, format!("{whose}'s rules count, and are enabled")),
        Some(_) => (Outcome::Deny, format!("{whose}'s rules count, and are disabled")),
        None => (Outcome::Deny, format!("{whose}'s rules count, and have no `enabled`, which counts as disabled")),
    };
    vec![Arm::flag(outcome, because, enabled, scope.rules.span)]
}
