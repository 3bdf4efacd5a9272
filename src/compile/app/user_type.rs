//! The user's type, noted before it is combined.

use super::{AppGate, AppScope};
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;

pub(super) const GATE: AppGate = GateDef::new(
    "user-type",
    "`userTypes` is there: the user's type is in it or not. That is noted, and decided at `combine-rules`. Users without a type are `external-user`.",
    arms,
);

fn arms(scope: &AppScope<'_>) -> Vec<Arm> {
    scope.lists.user_type()
}
