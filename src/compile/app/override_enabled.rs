//! An override can switch an enabled app off.

use super::{AppGate, AppScope};
use crate::compile::arm::{Arm, Outcome, Switch};
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
    // That it was meant to end decides nothing, but whoever reads this wants to know.
    let until =
        overriding.expires.map(|end| format!("; it was meant to end {}, which Pika does not look at", end.value)).unwrap_or_default();
    let (on, absent) =
        (format!("the override is enabled{until}"), format!("the override does not disable the app: it has no `enabled`{until}"));
    let words = Switch { on, off: format!("the override disables the app{until}"), absent: (Outcome::Pass, absent) };
    vec![Arm::switch(overriding.rules.enabled, overriding.span(), words)]
}
