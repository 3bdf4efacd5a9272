//! The site's leave.

use super::{FeatureGate, FeatureScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome, Switch};
use crate::compile::gate::GateDef;

pub(super) const GATE: FeatureGate = GateDef::new(
    "site-feature-enabled",
    "The site configures the feature and it is not enabled there: denied. Where the site does not configure it, `traces`, `verifyResponse` and `logout` are denied; other features do not need the site.",
    arms,
);

fn arms(scope: &FeatureScope<'_>) -> Vec<Arm> {
    let Some(site) = scope.site else {
        return vec![if scope.site_feature {
            Arm::fixed(
                Predicate::ALWAYS,
                Outcome::Deny,
                "the site does not configure the feature, and it needs the site to enable it",
                scope.site_span,
            )
            .missing()
        } else {
            Arm::not_applicable("the site does not configure the feature, and it does not need the site to")
        }];
    };
    let words = Switch {
        on: "the site enables the feature",
        off: "the site disables the feature",
        absent: (Outcome::Deny, "the site's rule has no `enabled`, which counts as disabled"),
    };
    vec![Arm::switch(site.rules.enabled, site.rules.span, words)]
}
