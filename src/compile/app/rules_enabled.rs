//! The rules that count must be enabled themselves.

use super::{AppGate, AppScope};
use crate::compile::arm::{Arm, Outcome, Switch};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "rules-enabled",
    "The rules are the override's if there is one, else the app's; their `enabled` is not `true`: nobody is let in. An override without `enabled` stops here.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    // Whole sentences, since most questions about many apps never say one.
    let words = if scope.scope.overriding.is_some() {
        Switch {
            on: "the override's rules count, and are enabled",
            off: "the override's rules count, and are disabled",
            absent: (Outcome::Deny, "the override's rules count, and have no `enabled`, which counts as disabled"),
        }
    } else {
        Switch {
            on: "the app's rules count, and are enabled",
            off: "the app's rules count, and are disabled",
            absent: (Outcome::Deny, "the app's rules count, and have no `enabled`, which counts as disabled"),
        }
    };
    vec![Arm::switch(scope.rules.enabled, scope.rules.span, words)]
}
