//! The user's roles, noted before they are combined.

use super::{AppGate, AppScope};
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "user-role",
    "`userRoles` is there: the user has one of them or not. That is noted, and decided at `combine-rules`.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    scope.lists.user_role()
}
