//! Who may do what to resources: the statements of roles, policies, grants and patterns, ranked.

use std::collections::HashMap;
use std::sync::Arc;

use super::arm::Arm;
use super::gate::{GateDef, GateDoc};
use super::list::{Gate, Stage, StageId};
use crate::model::Permissions;
use crate::model::permissions::{Effect, Role};
use crate::source::Span;

pub(super) mod atoms;
pub(super) mod bind;
mod conditions;
mod custom_permission;
mod default_deny;
mod depends_on_instance;
mod escalation;
mod granting;
pub(super) mod holdings;
mod policies;
mod progressive_level;
pub(super) mod resource_test;
mod role_permission;
pub(super) mod teams;
mod temporary_grant;

pub(super) type PermissionGate = GateDef<for<'a, 'w> fn(&'a PermissionScope<'w>) -> Vec<Arm>>;

/// The gates of priority 0 after those of policies, in order.
const GRANTS: &[PermissionGate] =
    &[role_permission::GATE, custom_permission::GATE, temporary_grant::GATE, progressive_level::GATE, escalation::GATE];

/// The gates after all others, in order. The first is for questions about a type alone.
const LAST: &[PermissionGate] = &[depends_on_instance::GATE, default_deny::GATE];

/// The gate of questions about a type that resources answer differently.
pub(crate) const DEPENDS: super::GateId = depends_on_instance::GATE.doc.id;

/// The gate where nothing matches.
pub(crate) const DEFAULT_DENY: super::GateId = default_deny::GATE.doc.id;

/// Every gate, in the order of the reference page.
pub(super) fn reference() -> Vec<GateDoc> {
    let grants = GRANTS.iter().chain(LAST).map(|gate| gate.doc);
    [policies::DENY, policies::ALLOW].into_iter().chain(grants).collect()
}

/// An action on a type, as the gates see it.
pub(super) struct PermissionScope<'w> {
    permissions: &'w Permissions,
    holdings: Arc<holdings::Holdings>,
    kind: Arc<str>,
    action: Arc<str>,
    /// For each custom permission the roles that list it, with the place.
    listed: HashMap<&'w str, Vec<(&'w Role, Span)>>,
}

/// The stage for an action on a type; with `open`, for a question about the type alone.
pub(super) fn stage(permissions: &Permissions, holdings: &Arc<holdings::Holdings>, kind: &str, action: &str, open: bool) -> Stage {
    let listed = granting::listed(permissions);
    let scope = PermissionScope { permissions, holdings: Arc::clone(holdings), kind: kind.into(), action: action.into(), listed };
    let mut rules = policies::by_priority(&scope);
    rules.entry(0).or_default();
    let of_policies = |(priority, rules): (&i64, &Vec<policies::Ruling<'_>>)| {
        let gate =
            |effect, doc: GateDoc| Gate { id: doc.id, arms: policies::arms(&scope, *priority, rules, effect), priority: Some(*priority) };
        [gate(Effect::Deny, policies::DENY), gate(Effect::Allow, policies::ALLOW)]
    };
    let made = |gate: &PermissionGate| Gate { id: gate.doc.id, arms: (gate.arms)(&scope), priority: None };
    let mut gates: Vec<Gate> = rules.range(0..).rev().flat_map(of_policies).collect();
    gates.extend(GRANTS.iter().map(made));
    gates.extend(rules.range(..0).rev().flat_map(of_policies));
    gates.extend(LAST.iter().filter(|gate| open || gate.doc.id != DEPENDS).map(made));
    Stage { id: StageId::Permission, gates }
}
