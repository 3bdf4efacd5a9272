//! An app that is switched off lets nobody in.

use super::{AppGate, AppScope};
use crate::compile::arm::{Arm, Outcome, Switch};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "app-enabled",
    "The app's own `enabled` is not `true`: nobody is let in, whatever an override says. An absent `enabled` counts as `false`.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let rules = &scope.scope.app.rules;
    let words = Switch {
        on: "the app is enabled",
        off: "the app is disabled",
        absent: (Outcome::Deny, "the app has no `enabled`, which counts as disabled"),
    };
    vec![Arm::switch(rules.enabled, rules.span, words)]
}
