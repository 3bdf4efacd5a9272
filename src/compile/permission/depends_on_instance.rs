//! Questions about a type that its resources answer differently.

use super::{PermissionGate, PermissionScope};
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;

pub(super) const GATE: PermissionGate = GateDef::new(
    "depends-on-instance",
    "For a question about a type alone: some resources that could be are allowed and some are denied. The answer names the attributes on which it depends; ask about an instance, or give attributes.",
    arms,
);

/// Which resources could be is not a matter of one user's predicates: the walk that asks about all of them decides here.
fn arms(_: &PermissionScope<'_>) -> Vec<Arm> {
    vec![Arm::not_applicable("all resources of the type are decided alike")]
}
