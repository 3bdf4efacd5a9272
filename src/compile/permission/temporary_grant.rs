//! Roles and custom permissions that are held for a time, for a project, or in an emergency.

use super::atoms::Lasting;
use super::granting;
use super::{PermissionGate, PermissionScope};
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;

pub(super) const GATE: PermissionGate = GateDef::new(
    "temporary-grant",
    "The same by a holding that is limited: by a window (`notBefore`, `expires`), a `project`, or as an `emergency`. It counts from `notBefore` until just before `expires`.",
    arms,
);

fn arms(scope: &PermissionScope<'_>) -> Vec<Arm> {
    let all = scope.of_roles().into_iter().chain(scope.of_custom()).collect();
    let mut arms = granting::arms(all, Lasting::Temporary);
    arms.push(Arm::not_applicable("no temporary grant gives this"));
    arms
}
