//! Predicates over one user.

use super::Subject;
use crate::compile::Predicate;

/// Whether a predicate holds for a user.
pub(super) fn holds(predicate: &Predicate, subject: &Subject<'_>) -> bool {
    match predicate {
        Predicate::Constant(value) => *value,
        Predicate::UserType(user_type) => subject.user_type == *user_type,
        Predicate::UserTypeIn(list) => list.find(subject.user_type.name()).is_some(),
        Predicate::HasAnyRole(list) => subject.roles.iter().any(|role| list.find(role).is_some()),
        Predicate::HasAllRoles(list) => {
            !list.is_empty() && list.distinct() == subject.roles.iter().filter(|role| list.find(role).is_some()).count()
        }
        Predicate::EntityIn(list) => subject.entity.name().is_some_and(|entity| list.find(entity).is_some()),
        Predicate::UserIdIn(list) => subject.id.is_some_and(|id| list.find(id).is_some()),
        Predicate::Not(inner) => !holds(inner, subject),
        Predicate::All(parts) => parts.iter().all(|part| holds(part, subject)),
        Predicate::Any(parts) => parts.iter().any(|part| holds(part, subject)),
    }
}
