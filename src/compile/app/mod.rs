//! Who is let into a chat app.

use std::sync::Arc;

use super::arm::Arm;
use super::gate::GateDef;
use super::list::{Stage, StageId};
use super::scope::Scope;
use super::types_and_roles::TypesAndRoles;
use crate::model::{Names, Rules};

mod allowed_entities;
mod allowed_user_ids;
mod app_enabled;
mod combine_rules;
mod denied_user_ids;
mod exclusive_entities;
mod exclusive_user_ids;
mod override_enabled;
mod required_roles;
mod rules_enabled;
mod rules_present;
mod user_role;
mod user_type;

pub(super) type AppGate = GateDef<for<'a, 'w> fn(&'a AppScope<'w>) -> Vec<Arm>>;

/// The gates of the stage, in order.
pub(super) const GATES: &[AppGate] = &[
    app_enabled::GATE,
    override_enabled::GATE,
    exclusive_user_ids::GATE,
    exclusive_entities::GATE,
    rules_enabled::GATE,
    rules_present::GATE,
    denied_user_ids::GATE,
    user_type::GATE,
    user_role::GATE,
    combine_rules::GATE,
    allowed_entities::GATE,
    required_roles::GATE,
    allowed_user_ids::GATE,
];

/// What the gates look at.
pub(super) struct AppScope<'w> {
    scope: &'w Scope<'w>,
    /// The rules that count: the override's whole, if there is one.
    rules: &'w Rules,
    lists: TypesAndRoles<'w>,
}

const REPLACED: &str = "the override replaces the app's rules, and overrides have none of this kind";

impl AppScope<'_> {
    /// A list that only chat apps have: absent under an override.
    fn of_app(&self, list: for<'a> fn(&'a crate::model::App) -> &'a Option<Arc<Names>>) -> Option<&Arc<Names>> {
        if self.scope.overriding.is_some() { None } else { list(self.scope.app).as_ref() }
    }

    /// The arms where such a list is absent.
    fn absent(&self, because: &'static str) -> Vec<Arm> {
        vec![Arm::not_applicable(if self.scope.overriding.is_some() { REPLACED } else { because })]
    }
}

/// The stage for an app.
pub(super) fn stage(scope: &Scope<'_>) -> Stage {
    let rules = scope.overriding.map_or(&scope.app.rules, |overriding| &overriding.rules);
    let scope = AppScope { scope, rules, lists: TypesAndRoles::new(rules, scope.semantics) };
    Stage::new(StageId::App, GATES.iter().map(|gate| (gate.doc.id, (gate.arms)(&scope))))
}
