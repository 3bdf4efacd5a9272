//! What roles permit to who holds them without limits.

use super::atoms::Lasting;
use super::granting;
use super::{PermissionGate, PermissionScope};
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;

pub(super) const GATE: PermissionGate = GateDef::new(
    "role-permission",
    "A permission of a role gives the action: the user holds the role (directly, by a team, or inherited) without a limit, and the resource is within the holding's reach and the permission's scope, under its conditions.",
    arms,
);

fn arms(scope: &PermissionScope<'_>) -> Vec<Arm> {
    let mut arms = granting::arms(scope.of_roles(), Lasting::Standing);
    arms.push(Arm::not_applicable("no role that the user holds gives this"));
    arms
}
