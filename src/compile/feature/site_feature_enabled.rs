//! The site's leave.

use super::{FeatureGate, FeatureScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: FeatureGate = GateDef::new(
    "site-feature-enabled",
    "The site configures the feature and it is not enabled there: denied. Where the site does not configure it, `traces`, `verifyResponse` and `logout` are denied; other features do not need the site. For the framework's own sites: `siteAdmin.websiteEnabled`, `contentAdmin.enabled`.",
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
        } else {
            Arm::not_applicable("the site does not configure the feature, and it does not need the site to")
        }];
    };
    let enabled = site.rules.enabled;
    let (outcome, because) = match enabled {
        Some(enabled) if enabled.value => (Outcome::Pass, "the site enables the feature"),
        Some(_) => (Outcome::Deny, "the site disables the feature"),
        None => (Outcome::Deny, "the site's rule has no `enabled`, which counts as disabled"),
    };
    vec![Arm::flag(outcome, because, enabled, site.rules.span)]
}
