//! An app can keep named users out. Not being listed lets nobody in: for everybody else the gate does not apply.

use std::sync::Arc;

use super::{AppGate, AppScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "denied-user-ids",
    "The app's `deniedUserIds` lists the user: denied. For everybody else the gate does not apply: a list of whom to keep out lets nobody in. Not consulted under an override.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    match scope.of_app(|app| &app.denied_user_ids) {
        None => scope.absent("the app denies no user ids"),
        Some(list) => Arm::listed(list, Predicate::UserIdIn(Arc::clone(list)), Asks::NotUserId, Outcome::Deny, Outcome::NotApplicable),
    }
}
