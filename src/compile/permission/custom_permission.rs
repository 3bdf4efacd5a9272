//! Custom permissions of who holds them, or a role that brings them, without limits.

use super::atoms::Lasting;
use super::granting;
use super::{PermissionGate, PermissionScope};
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;

pub(super) const GATE: PermissionGate = GateDef::new(
    "custom-permission",
    "A custom permission gives the action: it is assigned to the user or a team of theirs, or brought by a role they hold, without a limit, and its conditions hold.",
    arms,
);

fn arms(scope: &PermissionScope<'_>) -> Vec<Arm> {
    let mut arms = granting::arms(scope.of_custom(), Lasting::Standing);
    arms.push(Arm::not_applicable("no custom permission that the user holds gives this"));
    arms
}
