//! An app that is switched off lets nobody in.

use super::{AppGate, AppScope};
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "app-enabled",
    "The app's own `enabled` is not `true`: nobody is let in, whatever an override says. An absent `enabled` counts as `false`.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let rules = &scope.scope.app.rules;
    let (outcome, because) = match rules.enabled {
        Some(enabled) if enabled.value => (Outcome::Pass, "the app is enabled"),
        Some(_) => (Outcome::Deny, "the app is disabled"),
        None => (Outcome::Deny, "the app has no `enabled`, which counts as disabled"),
    };
    vec![Arm::flag(outcome, because, rules.enabled, rules.span)]
}
