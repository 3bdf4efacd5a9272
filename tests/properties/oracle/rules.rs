//! User types and roles, combined.

use super::Semantics;
use super::user::{has_any, type_of};
use crate::worlds::world::{Combine, Rules, User, UserType};

/// The two lists as the semantics see them: under `current` an empty one beside a non-empty other
/// counts as absent.
fn lists(rules: &Rules, semantics: Semantics) -> (Option<&[UserType]>, Option<&[String]>) {
    let mut types = rules.user_types.as_deref();
    let mut roles = rules.user_roles.as_deref();
    if semantics == Semantics::Current {
        if types.is_some_and(<[_]>::is_empty) && roles.is_some_and(|roles| !roles.is_empty()) {
            types = None;
        } else if roles.is_some_and(<[_]>::is_empty) && types.is_some_and(|types| !types.is_empty()) {
            roles = None;
        }
    }
    (types, roles)
}

/// User type and role, combined as published: a list that is absent counts as matched, under `or`
/// too. None where neither is present.
pub fn types_and_roles_match(rules: &Rules, user: &User, semantics: Semantics) -> Option<bool> {
    let (types, roles) = lists(rules, semantics);
    if types.is_none() && roles.is_none() {
        return None;
    }
    let type_matches = types.is_none_or(|types| types.contains(&type_of(user)));
    let role_matches = roles.is_none_or(|roles| has_any(user, roles));
    match rules.apply_rules_as {
        None | Some(Combine::And) => Some(type_matches && role_matches),
        Some(Combine::Or) => Some(type_matches || role_matches),
    }
}
