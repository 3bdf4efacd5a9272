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
    let rules = format!("{}'s rules count", scope.whose());
    let (on, off) = (format!("{rules}, and are enabled"), format!("{rules}, and are disabled"));
    let absent = format!("{rules}, and have no `enabled`, which counts as disabled");
    vec![Arm::switch(scope.rules.enabled, scope.rules.span, Switch { on: &on, off: &off, absent: (Outcome::Deny, &absent) })]
}
