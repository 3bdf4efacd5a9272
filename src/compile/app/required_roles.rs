//! An app can require roles that a user must all have.

use std::sync::Arc;

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "required-roles",
    "The app's `requiredRoles` is there: the user has all of them, or is denied. An empty list denies everybody. Not consulted under an override.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    match scope.of_app(|app| &app.required_roles) {
        None => scope.absent("the app requires no further roles"),
        Some(list) => Arm::listed(list, Predicate::HasAllRoles(Arc::clone(list)), Asks::AllRoles, Outcome::Pass, Outcome::Deny),
    }
}
