//! What nothing allows is denied.

use super::{PermissionGate, PermissionScope};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Outcome};
use crate::compile::gate::GateDef;

pub(super) const GATE: PermissionGate = GateDef::new("default-deny", "No statement matches: what nothing allows is denied.", arms);

fn arms(_: &PermissionScope<'_>) -> Vec<Arm> {
    vec![Arm::fixed(Predicate::ALWAYS, Outcome::Deny, "nothing allows this", None)]
}
