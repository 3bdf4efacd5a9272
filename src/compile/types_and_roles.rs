//! User types and roles: the three gates that an app, a feature and detailed traces share.

use std::sync::Arc;

use super::arm::{Arm, Asks, Because, Outcome, Part};
use super::gate::GateId;
use super::predicate::Predicate;
use crate::model::{Apply, Names, Rules, Semantics};
use crate::source::Span;

/// The lists of a rule as a semantics sees them.
pub(super) struct TypesAndRoles<'w> {
    rules: &'w Rules,
    pub(super) types: Option<Arc<Names>>,
    pub(super) roles: Option<Arc<Names>>,
}

/// The names of the three gates in a stage.
pub(super) struct Ids {
    pub(super) user_type: GateId,
    pub(super) user_role: GateId,
}

const NO_TYPES: &str = "no userTypes are listed";
const NO_ROLES: &str = "no userRoles are listed";
const EMPTY_TYPES: &str = "userTypes is empty beside a list that is not, which counts as absent under these semantics";
const EMPTY_ROLES: &str = "userRoles is empty beside a list that is not, which counts as absent under these semantics";

impl<'w> TypesAndRoles<'w> {
    pub(super) fn new(rules: &'w Rules, semantics: Semantics) -> Self {
        let filled = |list: &Option<Arc<Names>>| list.as_ref().is_some_and(|list| !list.is_empty());
        // Pika drops an empty list on saving where the other one holds something.
        let seen = |list: &Option<Arc<Names>>, other: &Option<Arc<Names>>| {
            list.clone().filter(|list| !(semantics == Semantics::Current && list.is_empty() && filled(other)))
        };
        Self { rules, types: seen(&rules.user_types, &rules.user_roles), roles: seen(&rules.user_roles, &rules.user_types) }
    }

    pub(super) fn is_absent(&self) -> bool {
        self.types.is_none() && self.roles.is_none()
    }

    /// Where the first list that is there stands.
    pub(super) fn first_span(&self) -> Option<Span> {
        self.types.as_ref().or(self.roles.as_ref()).map(|list| list.span())
    }

    /// The user's type against `userTypes`.
    pub(super) fn user_type(&self) -> Vec<Arm> {
        match &self.types {
            None if self.rules.user_types.is_some() => vec![Arm::not_applicable(EMPTY_TYPES)],
            None => vec![Arm::not_applicable(NO_TYPES)],
            Some(list) => Arm::listed(list, Predicate::UserTypeIn(Arc::clone(list)), Asks::UserType, Outcome::Pass, Outcome::Fail),
        }
    }

    /// The user's roles against `userRoles`.
    pub(super) fn user_role(&self) -> Vec<Arm> {
        match &self.roles {
            None if self.rules.user_roles.is_some() => vec![Arm::not_applicable(EMPTY_ROLES)],
            None => vec![Arm::not_applicable(NO_ROLES)],
            Some(list) => Arm::listed(list, Predicate::HasAnyRole(Arc::clone(list)), Asks::AnyRole, Outcome::Pass, Outcome::Fail),
        }
    }

    /// Both together. A list that is absent counts as matched.
    pub(super) fn combination(&self, ids: &Ids) -> Vec<Arm> {
        if self.is_absent() {
            return vec![Arm::not_applicable("neither userTypes nor userRoles is listed")];
        }
        let apply = self.rules.apply.map_or(Apply::And, |apply| apply.value);
        let types = Predicate::or_always(self.types.as_ref(), Predicate::UserTypeIn);
        let roles = Predicate::or_always(self.roles.as_ref(), Predicate::HasAnyRole);
        let when = match apply {
            Apply::And => Predicate::All(vec![types.clone(), roles.clone()]),
            Apply::Or => Predicate::Any(vec![types.clone(), roles.clone()]),
        };
        let part = |gate, what, when: &Predicate| Part { gate, what, when: when.clone() };
        let asks = Asks::Combination(apply, vec![part(ids.user_type, "the user type", &types), part(ids.user_role, "the role", &roles)]);
        let written = self.rules.apply.map(|apply| apply.span);
        let span = |list: &Option<Arc<Names>>| list.as_ref().map(|list| list.span());
        let arm = |when, outcome, source: Option<Span>| Arm {
            when,
            outcome,
            asks: asks.clone(),
            because: Because::Compared,
            source: written.or(source),
            missing: false,
        };
        let passes = arm(when, Outcome::Pass, span(&self.roles).or(span(&self.types)));
        // Without `applyRulesAs` to point at, a denial points at the first list that does not match.
        let denies_for_type = arm(Predicate::Not(Box::new(types)), Outcome::Deny, span(&self.types));
        let denies_for_role = arm(Predicate::ALWAYS, Outcome::Deny, span(&self.roles));
        vec![passes, denies_for_type, denies_for_role]
    }
}
