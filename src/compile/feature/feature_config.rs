//! Which configuration of a feature counts. Never decides.

use super::{Config, FeatureGate, FeatureScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: FeatureGate = GateDef::new(
    "feature-config",
    "The override's configuration of the feature if it has one, else the app's, whole. One without `enabled` counts as none, and the site's rule is used. Never decides.",
    arms,
);

fn arms(scope: &FeatureScope<'_>) -> Vec<Arm> {
    match &scope.config {
        Config::Effective { feature, whose } => {
            let because = format!("{whose}'s configuration of the feature counts");
            vec![Arm::fixed(Predicate::ALWAYS, Outcome::Pass, because, feature.rules.span)]
        }
        Config::Ignored { span, because } => vec![Arm::fixed(Predicate::ALWAYS, Outcome::NotApplicable, *because, *span)],
        Config::Absent => vec![Arm::not_applicable("neither the override nor the app configures the feature: the site's rule counts")],
    }
}
