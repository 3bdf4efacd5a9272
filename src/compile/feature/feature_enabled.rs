//! The app, or its override, can switch a feature off.

use super::{FeatureGate, FeatureScope};
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: FeatureGate =
    GateDef::new("feature-enabled", "The effective configuration's `enabled` is not `true`: denied.", arms);

fn arms(scope: &FeatureScope<'_>) -> Vec<Arm> {
    let Some(feature) = scope.effective() else {
        return vec![Arm::not_applicable("no configuration of the app counts")];
    };
    let enabled = feature.rules.enabled;
    let whose = scope.whose();
    let (outcome, because) = match enabled {
        Some(enabled) if enabled.value => (Outcome::Pass, format!("{whose} enables the feature")),
        Some(_) => (Outcome::Deny, format!("{whose} disables the feature")),
        // Only a configuration that counts by its lists gets here without `enabled`.
        None => (Outcome::Pass, format!("{whose}'s configuration has no `enabled`, which counts as enabled under these semantics")),
    };
    vec![Arm::flag(outcome, because, enabled, feature.rules.span)]
}
