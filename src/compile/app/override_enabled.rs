//! An override can switch an enabled app off.

use super::{AppGate, AppScope};
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "override-enabled",
    "The app has an override whose `enabled` is `false`: nobody is let in. Without an override the gate does not apply; an override without `enabled` goes on here.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let Some(overriding) = scope.scope.overriding else {
        return vec![Arm::not_applicable(scope.scope.no_override())];
    };
    let enabled = overriding.rules.enabled;
    let (outcome, because) = match enabled {
        Some(enabled) if enabled.value => (Outcome::Pass, "the override is enabled"),
        Some(_) => (Outcome::Deny, "the override disables the app"),
        None => (Outcome::Pass, "the override does not disable the app: it has no `enabled`"),
    };
    vec![Arm::flag(outcome, because, enabled, overriding.span())]
}
