//! Who of those let into an app has a feature of it.

use super::arm::Arm;
use super::gate::{GateDef, GateId};
use super::list::{Stage, StageId};
use super::scope::Scope;
use super::types_and_roles::{Ids, TypesAndRoles};
use crate::model::{Feature, Rules, SITE_FEATURES, Semantics};
use crate::parse::Node;
use crate::source::Span;

mod feature_config;
mod feature_enabled;
mod feature_rules_present;
mod site_feature_enabled;

pub(super) type FeatureGate = GateDef<for<'a, 'w> fn(&'a FeatureScope<'w>) -> Vec<Arm>>;

const IDS: Ids = Ids { user_type: GateId("feature-user-type"), user_role: GateId("feature-user-role") };

/// The gates of the stage, in order.
pub(super) const GATES: &[FeatureGate] = &[
    feature_config::GATE,
    feature_enabled::GATE,
    site_feature_enabled::GATE,
    feature_rules_present::GATE,
    GateDef::new(
        "feature-user-type",
        "The rules' `userTypes` is there: the user's type is in it or not. Noted, and decided at `feature-combine-rules`.",
        |scope| scope.lists(TypesAndRoles::user_type),
    ),
    GateDef::new(
        "feature-user-role",
        "The rules' `userRoles` is there: the user has one of them or not. Noted, and decided at `feature-combine-rules`.",
        |scope| scope.lists(TypesAndRoles::user_role),
    ),
    GateDef::new("feature-combine-rules", "As `combine-rules`, over `feature-user-type` and `feature-user-role`.", |scope| {
        scope.lists(|lists| lists.combination(&IDS))
    }),
];

/// Which configuration of a feature counts.
enum Config<'w> {
    /// This one, whole.
    Effective { feature: &'w Feature, whose: &'static str },
    /// One is there, but counts as none; the site's rule is used.
    Ignored { span: Span, because: &'static str },
    /// None is there.
    Absent,
}

/// What the gates look at.
pub(super) struct FeatureScope<'w> {
    /// Whether the site has to enable it.
    site_feature: bool,
    config: Config<'w>,
    site: Option<&'w Feature>,
    /// Where the site is configured, to point at what it lacks.
    site_span: Option<Span>,
    semantics: Semantics,
}

impl<'w> FeatureScope<'w> {
    pub(super) fn new(scope: &Scope<'w>, name: &str) -> Self {
        Self {
            site_feature: SITE_FEATURES.contains(&name),
            config: config(scope, name),
            site: scope.workspace.site().features.get(name),
            site_span: scope.workspace.site().span,
            semantics: scope.semantics,
        }
    }

    /// The effective configuration, if one counts.
    pub(super) fn effective(&self) -> Option<&'w Feature> {
        match self.config {
            Config::Effective { feature, .. } => Some(feature),
            Config::Ignored { .. } | Config::Absent => None,
        }
    }

    /// Whose configuration counts, for a sentence.
    pub(super) fn whose(&self) -> &'static str {
        match self.config {
            Config::Effective { whose, .. } => whose,
            Config::Ignored { .. } | Config::Absent => "the site",
        }
    }

    /// What else is configured, and decides nothing.
    pub(super) fn settings(&self) -> Vec<(String, Node)> {
        self.effective().or(self.site).map(|feature| feature.settings.clone()).unwrap_or_default()
    }

    /// The rules that count: the effective configuration's, else the site's.
    fn rules(&self) -> Option<&'w Rules> {
        self.effective().or(self.site).map(|feature| &feature.rules)
    }

    fn lists(&self, arms: impl Fn(&TypesAndRoles<'w>) -> Vec<Arm>) -> Vec<Arm> {
        match self.rules() {
            Some(rules) => arms(&TypesAndRoles::new(rules, self.semantics)),
            None => vec![Arm::not_applicable("there are no rules for this feature")],
        }
    }
}

/// An override's configuration in place of the app's, never merged with it, and no fall-back to the app's where it is invalid.
fn config<'w>(scope: &Scope<'w>, name: &str) -> Config<'w> {
    let own = scope.app.features.get(name);
    let overriding = scope.overriding.and_then(|overriding| overriding.features.get(name));
    if scope.semantics == Semantics::Legacy {
        return match own {
            None => match overriding {
                Some(feature) => {
                    Config::Ignored { span: feature.rules.span, because: "an override's features are not consulted under these semantics" }
                }
                None => Config::Absent,
            },
            Some(feature) if counts_before_2025(&feature.rules) => Config::Effective { feature, whose: "the app" },
            Some(feature) => Config::Ignored {
                span: feature.rules.span,
                because: "the app's configuration lists no user types or roles, and counts as none under these semantics",
            },
        };
    }
    let (feature, whose, invalid) = match (overriding, own) {
        (Some(feature), _) => (
            feature,
            "the override",
            "the override's configuration has no `enabled` and counts as none; the app's is not used in its place",
        ),
        (None, Some(feature)) => (feature, "the app", "the app's configuration has no `enabled` and counts as none"),
        (None, None) => return Config::Absent,
    };
    match feature.rules.enabled {
        Some(_) => Config::Effective { feature, whose },
        None => Config::Ignored { span: feature.rules.span, because: invalid },
    }
}

/// Before mid-2025 Pika took an app's rules only where they listed somebody, or had a list of roles at all.
pub(super) fn counts_before_2025(rules: &Rules) -> bool {
    rules.user_roles.is_some() || rules.user_types.as_ref().is_some_and(|types| !types.is_empty())
}

/// The stage for a feature.
pub(super) fn stage(scope: &FeatureScope<'_>) -> Stage {
    Stage::new(StageId::Feature, GATES.iter().map(|gate| (gate.doc.id, (gate.arms)(scope))))
}
