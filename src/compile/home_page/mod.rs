//! Who of those let into an app sees its link on the home page.

use std::sync::Arc;

use super::arm::{Arm, Outcome};
use super::gate::GateDef;
use super::list::{Stage, StageId};
use super::predicate::Predicate;
use super::scope::Scope;
use crate::model::{HomePageRule, HomePageRules, Names, Semantics, UserType};
use crate::source::Span;

pub(super) type HomePageGate = GateDef<for<'a, 'w> fn(&'a Scope<'w>) -> Vec<Arm>>;

/// The gates of the stage, in order.
pub(super) const GATES: &[HomePageGate] = &[
    GateDef::new("not-test-app", "The app has `test: true` or `testType: mock`: its link is shown to nobody.", not_test_app),
    GateDef::new(
        "home-page-rules",
        "The rules are the override's `homePageFilterRules` if it has them (even empty), else the site's. Of those that apply to the user's type (no `userTypes`: all) and name `chatAppUserTypes`, the last decides: it shows the app if they share a type with the app's (the override's `userTypes` if it has them, else the app's own, else none; under `legacy` an app without types counts as internal). No such rule: not shown.",
        home_page_rules,
    ),
];

/// The stage for an app.
pub(super) fn stage(scope: &Scope<'_>) -> Stage {
    Stage::new(StageId::HomePage, GATES.iter().map(|gate| (gate.doc.id, (gate.arms)(scope))))
}

fn not_test_app(scope: &Scope<'_>) -> Vec<Arm> {
    let app = scope.app;
    let arm = |outcome, because: &'static str, source: Option<Span>| vec![Arm::fixed(Predicate::ALWAYS, outcome, because, source)];
    if let Some(test) = app.test.filter(|test| test.value) {
        return arm(Outcome::Deny, "the app is a test app (`test: true`): it is not shown on the home page", Some(test.span));
    }
    match &app.test_type {
        Some(kind) if &*kind.value == "mock" => {
            arm(Outcome::Deny, "the app is a mock for tests (`testType: mock`): it is not shown on the home page", Some(kind.span))
        }
        _ => arm(Outcome::Pass, "the app is not a test app", Some(app.test.map_or(app.span(), |test| test.span))),
    }
}

fn home_page_rules(scope: &Scope<'_>) -> Vec<Arm> {
    let overriding = scope.overriding.and_then(|overriding| overriding.home_page.as_ref());
    let Some(rules) = overriding.or(scope.workspace.site().home_page.as_ref()) else {
        return vec![
            Arm::fixed(
                Predicate::ALWAYS,
                Outcome::Deny,
                "neither an override nor the site has home-page rules",
                scope.workspace.site().span,
            )
            .missing(),
        ];
    };
    [UserType::Internal, UserType::External].into_iter().map(|user_type| of_type(scope, rules, user_type)).collect()
}

/// The arm for the users of one type.
fn of_type(scope: &Scope<'_>, rules: &HomePageRules, user_type: UserType) -> Arm {
    let arm = |outcome, because: String, source| Arm::fixed(Predicate::UserType(user_type), outcome, because, Some(source));
    let who = user_type.name();
    let Some((rule, shows)) = rules.rules.iter().rev().find_map(|rule| applies(rule, user_type)) else {
        return arm(Outcome::Deny, format!("no home-page rule applies to {who}"), rules.span);
    };
    let types = app_types(scope);
    let shared = shows.iter().find(|shown| types.contains(shown));
    let listed = shows.iter().collect::<Vec<_>>().join(", ");
    match shared {
        Some(shared) => {
            arm(Outcome::Allow, format!("the last home-page rule for {who} shows apps for {shared}, and the app is one"), rule.span)
        }
        None if types.is_empty() => arm(
            Outcome::Deny,
            format!("the last home-page rule for {who} shows apps for {listed}, and the app is for no user types"),
            rule.span,
        ),
        None => {
            let own = types.join(", ");
            arm(Outcome::Deny, format!("the last home-page rule for {who} shows apps for {listed}, and the app is for {own}"), rule.span)
        }
    }
}

/// The rule and the app types it shows, if it applies to users of this type and names any.
fn applies(rule: &HomePageRule, user_type: UserType) -> Option<(&HomePageRule, &Arc<Names>)> {
    let to_user = rule.user_types.as_ref().is_none_or(|types| types.find(user_type.name()).is_some());
    let shows = rule.app_types.as_ref().filter(|types| !types.is_empty())?;
    to_user.then_some((rule, shows))
}

/// The app's types as written; an empty list is a list.
fn app_types<'w>(scope: &Scope<'w>) -> Vec<&'w str> {
    let overriding = scope.overriding.and_then(|overriding| overriding.rules.user_types.as_ref());
    match overriding.or(scope.app.rules.user_types.as_ref()) {
        Some(types) => types.iter().collect(),
        None if scope.semantics == Semantics::Legacy => vec![UserType::Internal.name()],
        None => Vec::new(),
    }
}
