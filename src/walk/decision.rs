//! The answer to one question.

use crate::compile::{GateId, StageId};

/// The answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the user is let in.
    pub allowed: bool,
    /// The gate that decided.
    pub gate: GateId,
    /// The stage it stands in.
    pub stage: StageId,
    /// Which of all gates of the list it is, counted from 0: a gate's name can stand there more than once.
    pub position: usize,
}

impl Decision {
    /// `allow` or `deny`.
    pub fn name(self) -> &'static str {
        verdict_name(self.allowed)
    }
}

/// What answers call it to be let in, and not to be.
pub fn verdict_name(allowed: bool) -> &'static str {
    if allowed { "allow" } else { "deny" }
}
