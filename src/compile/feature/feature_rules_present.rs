//! Secure by default, for features.

use super::{Config, FeatureGate, FeatureScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;
use crate::compile::types_and_roles::TypesAndRoles;
use crate::model::Semantics;

pub(super) const GATE: FeatureGate = GateDef::new(
    "feature-rules-present",
    "The rules are the effective configuration's, else the site's. No rules at all: denied. Rules with neither `userTypes` nor `userRoles`: denied; allowed under `legacy`, and under `current` for a feature that does not need the site.",
    arms,
);

fn arms(scope: &FeatureScope<'_>) -> Vec<Arm> {
    let Some(rules) = scope.rules() else {
        let (because, source) = match &scope.config {
            Config::Ignored { span, because } => (format!("{because}, and the site has no rule for the feature"), Some(*span)),
            _ => ("neither the app nor the site has rules for the feature".to_owned(), scope.site_span),
        };
        return vec![Arm::fixed(Predicate::ALWAYS, Outcome::Deny, because, source).missing()];
    };
    let first = TypesAndRoles::new(rules, scope.semantics).first_span();
    let open = scope.semantics == Semantics::Legacy || (scope.semantics == Semantics::Current && !scope.site_feature);
    let (outcome, because) = match first {
        Some(_) => (Outcome::Pass, "the feature has rules"),
        None if open => (
            Outcome::Allow,
            "the feature's rules list neither user types nor roles, which is for everybody in the app under these semantics",
        ),
        None => {
            (Outcome::Deny, "No access - No user types or roles selected: the feature's rules have neither `userTypes` nor `userRoles`")
        }
    };
    let arm = Arm::fixed(Predicate::ALWAYS, outcome, because, first.unwrap_or(rules.span));
    vec![if first.is_none() { arm.missing() } else { arm }]
}
