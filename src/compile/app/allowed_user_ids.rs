//! An app can be for named users only.

use std::sync::Arc;

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "allowed-user-ids",
    "The app's `allowedUserIds` is there: the user is listed, or is denied. Not consulted under an override.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    match scope.of_app(|app| &app.allowed_user_ids) {
        None => scope.absent("the app is not limited to user ids"),
        Some(list) => Arm::listed(list, Predicate::UserIdIn(Arc::clone(list)), Asks::UserId, Outcome::Pass, Outcome::Deny),
    }
}
