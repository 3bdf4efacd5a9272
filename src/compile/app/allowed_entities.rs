//! An app can be for the users of named entities only.

use std::sync::Arc;

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "allowed-entities",
    "The app's `allowedEntities` is there: the user's entity is in it, or the user is denied, internal users too. Not consulted under an override.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    match scope.of_app(|app| &app.allowed_entities) {
        None => scope.absent("the app is not limited to entities"),
        Some(list) => Arm::listed(list, Predicate::EntityIn(Arc::clone(list)), Asks::Entity, Outcome::Pass, Outcome::Deny),
    }
}
