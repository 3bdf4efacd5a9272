//! An override can let in the users of named entities and nobody else, by user type.

use std::sync::Arc;

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Outcome};
use crate::compile::gate::GateDef;
use crate::model::{Names, UserType};

pub(super) const GATE: AppGate = GateDef::new(
    "exclusive-entities",
    "The override lists entities for the user's type (`exclusiveInternalAccessControl` or `exclusiveExternalAccessControl`): users of those entities are let in, the others of that type are denied, those without an entity too. An empty list counts as absent.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    let Some(overriding) = scope.scope.overriding else {
        return vec![Arm::not_applicable(scope.scope.no_override())];
    };
    let mut arms = Vec::new();
    for user_type in [UserType::Internal, UserType::External] {
        arms.extend(overriding.counting_entities(user_type).into_iter().flat_map(|list| of_type(user_type, list)));
    }
    arms.push(Arm::not_applicable("the override has no exclusive entities for users of this type"));
    arms
}

fn of_type(user_type: UserType, list: &Arc<Names>) -> Vec<Arm> {
    let mut arms = Arm::listed(list, Predicate::EntityIn(Arc::clone(list)), Asks::Entity, Outcome::Allow, Outcome::Deny);
    for arm in &mut arms {
        let when = std::mem::replace(&mut arm.when, Predicate::ALWAYS);
        arm.when = Predicate::All(vec![Predicate::UserType(user_type), when]);
    }
    arms
}
