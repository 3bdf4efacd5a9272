//! The app, or its override, can switch a feature off.

use super::{FeatureGate, FeatureScope};
use crate::compile::arm::{Arm, Outcome, Switch};
use crate::compile::gate::GateDef;

pub(super) const GATE: FeatureGate =
    GateDef::new("feature-enabled", "The effective configuration's `enabled` is not `true`: denied.", arms);

fn arms(scope: &FeatureScope<'_>) -> Vec<Arm> {
    let Some(feature) = scope.effective() else {
        return vec![Arm::not_applicable("no configuration of the app counts")];
    };
    let whose = scope.whose();
    let (on, off) = (format!("{whose} enables the feature"), format!("{whose} disables the feature"));
    // Only a configuration that counts by its lists gets here without `enabled`.
    let absent = format!("{whose}'s configuration has no `enabled`, which counts as enabled under these semantics");
    let words = Switch { on, off, absent: (Outcome::Pass, absent) };
    vec![Arm::switch(feature.rules.enabled, feature.rules.span, words)]
}
