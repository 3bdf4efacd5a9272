//! Type and roles together.

use super::{AppGate, AppScope};
use crate::compile::arm::Arm;
use crate::compile::gate::{GateDef, GateId};
use crate::compile::types_and_roles::Ids;

pub(super) const GATE: AppGate = GateDef::new(
    "combine-rules",
    "`applyRulesAs: and` (the default) needs both `user-type` and `user-role`, `or` needs one. A list that is absent counts as matched: `or` with one list absent lets everybody in, as Pika does.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    scope.lists.combination(&Ids { user_type: GateId("user-type"), user_role: GateId("user-role") })
}
