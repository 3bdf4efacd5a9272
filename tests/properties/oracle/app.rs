//! The gates of an app, in the order of the gate table.

use super::rules::types_and_roles_match;
use super::user::{entity_of, has_all, in_list, type_of};
use super::{Answer, Semantics, allow, allow_if, deny};
use crate::worlds::world::{App, Override, User, UserType, World};

pub fn app_stage(world: &World, user: &User, app: &App, semantics: Semantics) -> Answer {
    if app.rules.enabled != Some(true) {
        return deny("app-enabled");
    }
    match &app.admin_override {
        Some(admin_override) => override_gates(world, user, admin_override, semantics),
        None => base_gates(world, user, app, semantics),
    }
}

/// Gates 2 to 10 where an override stands: it replaces the base's rules whole, so nothing of the
/// base is read.
fn override_gates(world: &World, user: &User, admin_override: &Override, semantics: Semantics) -> Answer {
    if admin_override.rules.enabled == Some(false) {
        return deny("override-enabled");
    }
    if let Some(ids) = &admin_override.exclusive_user_ids {
        // An empty list is as good as none, except before mid-2025, when it kept everybody out.
        if !ids.is_empty() || semantics == Semantics::Legacy {
            return allow_if(ids.contains(&user.id), "exclusive-user-ids");
        }
    }
    let entities = match type_of(user) {
        UserType::Internal => &admin_override.exclusive_internal,
        UserType::External => &admin_override.exclusive_external,
    };
    if let Some(entities) = entities
        && !entities.is_empty()
    {
        return allow_if(in_list(entities, entity_of(world, user, semantics)), "exclusive-entities");
    }
    if admin_override.rules.enabled != Some(true) {
        return deny("rules-enabled");
    }
    match types_and_roles_match(&admin_override.rules, user, semantics) {
        Some(matched) => allow_if(matched, "combine-rules"),
        None if semantics == Semantics::Legacy => allow("rules-present"),
        None => deny("rules-present"),
    }
}

/// Gates 5 to 13 of an app without an override.
fn base_gates(world: &World, user: &User, app: &App, semantics: Semantics) -> Answer {
    // Gate 5 reads the same `enabled` as gate 1 here and so never denies.
    let any_rule = app.rules.user_types.is_some()
        || app.rules.user_roles.is_some()
        || app.required_roles.is_some()
        || app.allowed_entities.is_some()
        || app.allowed_user_ids.is_some();
    if !any_rule && semantics != Semantics::Legacy {
        return deny("rules-present");
    }
    if app.denied_user_ids.iter().flatten().any(|id| *id == user.id) {
        return deny("denied-user-ids");
    }
    let mut answer = allow("rules-present");
    if let Some(matched) = types_and_roles_match(&app.rules, user, semantics) {
        if !matched {
            return deny("combine-rules");
        }
        answer = allow("combine-rules");
    }
    if let Some(entities) = &app.allowed_entities {
        if !in_list(entities, entity_of(world, user, semantics)) {
            return deny("allowed-entities");
        }
        answer = allow("allowed-entities");
    }
    if let Some(roles) = &app.required_roles {
        if roles.is_empty() || !has_all(user, roles) {
            return deny("required-roles");
        }
        answer = allow("required-roles");
    }
    if let Some(ids) = &app.allowed_user_ids {
        if !ids.contains(&user.id) {
            return deny("allowed-user-ids");
        }
        answer = allow("allowed-user-ids");
    }
    answer
}
