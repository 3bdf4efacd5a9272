//! Who of those who have traces sees the detailed ones.

use super::arm::{Arm, Outcome, Switch};
use super::feature::{FeatureScope, counts_before_2025};
use super::gate::{GateDef, GateId};
use super::list::{Stage, StageId};
use super::predicate::Predicate;
use super::scope::Scope;
use super::types_and_roles::{Ids, TypesAndRoles};
use crate::model::{Rules, Semantics};
use crate::source::Span;

pub(super) type DetailedGate = GateDef<for<'a, 'w> fn(&'a DetailedScope<'w>) -> Vec<Arm>>;

const IDS: Ids = Ids { user_type: GateId("detailed-traces-user-type"), user_role: GateId("detailed-traces-user-role") };

/// The gates of the stage, in order.
pub(super) const GATES: &[DetailedGate] = &[
    GateDef::new("detailed-traces-site", "The site's `traces.detailedTraces` is not enabled: denied.", site_leave),
    GateDef::new(
        "detailed-traces-enabled",
        "The rules are the `detailedTraces` of the effective traces configuration where it has one, else the site's. Not enabled: denied.",
        enabled,
    ),
    GateDef::new(
        "detailed-traces-rules-present",
        "The rules have neither `userTypes` nor `userRoles`: denied; allowed under `legacy`.",
        rules_present,
    ),
    GateDef::new(
        "detailed-traces-user-type",
        "The rules' `userTypes` is there: the user's type is in it or not. Noted, and decided at `detailed-traces-combine-rules`.",
        |scope| scope.lists(TypesAndRoles::user_type),
    ),
    GateDef::new(
        "detailed-traces-user-role",
        "The rules' `userRoles` is there: the user has one of them or not. Noted, and decided at `detailed-traces-combine-rules`.",
        |scope| scope.lists(TypesAndRoles::user_role),
    ),
    GateDef::new(
        "detailed-traces-combine-rules",
        "As `combine-rules`, over `detailed-traces-user-type` and `detailed-traces-user-role`.",
        |scope| scope.lists(|lists| lists.combination(&IDS)),
    ),
];

pub(super) struct DetailedScope<'w> {
    site: Option<&'w Rules>,
    own: Option<&'w Rules>,
    /// Where the site is configured, to point at what it lacks.
    site_span: Option<Span>,
    semantics: Semantics,
    /// Whose rules count, for a sentence.
    whose: &'static str,
}

impl<'w> DetailedScope<'w> {
    fn rules(&self) -> Option<&'w Rules> {
        self.own.or(self.site)
    }

    fn lists(&self, arms: impl Fn(&TypesAndRoles<'w>) -> Vec<Arm>) -> Vec<Arm> {
        match self.rules() {
            Some(rules) => arms(&TypesAndRoles::new(rules, self.semantics)),
            None => vec![Arm::not_applicable("there are no rules for detailed traces")],
        }
    }
}

/// The stage, for an app whose traces are `traces`.
pub(super) fn stage(scope: &Scope<'_>, traces: &FeatureScope<'_>) -> Stage {
    let own = if scope.semantics == Semantics::Legacy {
        // Its own test, whether or not the traces configuration around it counts.
        let own = scope.app.features.get("traces").and_then(|feature| feature.detailed_traces.as_ref());
        own.filter(|rules| counts_before_2025(rules))
    } else {
        traces.effective().and_then(|feature| feature.detailed_traces.as_ref())
    };
    let site = scope.workspace.site().features.get("traces").and_then(|feature| feature.detailed_traces.as_ref());
    let whose = match own {
        None => "the site",
        Some(_) if scope.semantics == Semantics::Legacy => "the app",
        Some(_) => traces.whose(),
    };
    let scope = DetailedScope { site, own, site_span: scope.workspace.site().span, semantics: scope.semantics, whose };
    Stage::new(StageId::DetailedTraces, GATES.iter().map(|gate| (gate.doc.id, (gate.arms)(&scope))))
}

fn site_leave(scope: &DetailedScope<'_>) -> Vec<Arm> {
    let Some(rules) = scope.site else {
        return vec![
            Arm::fixed(
                Predicate::ALWAYS,
                Outcome::Deny,
                "the site does not configure `traces.detailedTraces`, and they need the site to enable them",
                scope.site_span,
            )
            .missing(),
        ];
    };
    let words = Switch {
        on: "the site enables detailed traces",
        off: "the site disables detailed traces",
        absent: (Outcome::Deny, "the site's `detailedTraces` has no `enabled`, which counts as disabled"),
    };
    vec![Arm::switch(rules.enabled, rules.span, words)]
}

fn enabled(scope: &DetailedScope<'_>) -> Vec<Arm> {
    let Some(rules) = scope.rules() else {
        return vec![Arm::fixed(Predicate::ALWAYS, Outcome::Deny, "there are no rules for detailed traces", scope.site_span).missing()];
    };
    let rule = format!("{}'s rules for detailed traces", scope.whose);
    let (on, off) = (format!("{rule} count, and are enabled"), format!("{rule} count, and are disabled"));
    let own_before_2025 = scope.own.is_some() && scope.semantics == Semantics::Legacy;
    let absent = if own_before_2025 {
        (Outcome::Pass, format!("{rule} have no `enabled`, which counts as enabled under these semantics"))
    } else {
        (Outcome::Deny, format!("{rule} have no `enabled`, which counts as disabled"))
    };
    vec![Arm::switch(rules.enabled, rules.span, Switch { on, off, absent })]
}

fn rules_present(scope: &DetailedScope<'_>) -> Vec<Arm> {
    let Some(rules) = scope.rules() else {
        return vec![Arm::fixed(Predicate::ALWAYS, Outcome::Deny, "there are no rules for detailed traces", scope.site_span).missing()];
    };
    let first = TypesAndRoles::new(rules, scope.semantics).first_span();
    let (outcome, because) = match first {
        Some(_) => (Outcome::Pass, "detailed traces have rules"),
        None if scope.semantics == Semantics::Legacy => {
            (Outcome::Allow, "the rules list neither user types nor roles, which is for everybody who has traces under these semantics")
        }
        None => (
            Outcome::Deny,
            "No access - No user types or roles selected: the rules for detailed traces have neither `userTypes` nor `userRoles`",
        ),
    };
    let arm = Arm::fixed(Predicate::ALWAYS, outcome, because, first.unwrap_or(rules.span));
    vec![if first.is_none() { arm.missing() } else { arm }]
}
