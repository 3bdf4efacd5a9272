//! A gate as it is defined: its name, what it means, and how its arms are made from the definitions.

/// The name of a gate, such as `combine-rules`. It is part of the machine formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GateId(pub(super) &'static str);

impl GateId {
    /// No gate at all.
    pub(crate) const NONE: Self = Self("none");

    /// The name.
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// What the reference page says about a gate.
#[derive(Clone, Copy, Debug)]
pub struct GateDoc {
    /// Its name.
    pub id: GateId,
    /// Its meaning, in Markdown.
    pub about: &'static str,
}

/// A gate of a stage; `F` makes its arms from what the stage is about.
pub(super) struct GateDef<F> {
    pub(super) doc: GateDoc,
    pub(super) arms: F,
}

impl<F> GateDef<F> {
    pub(super) const fn new(id: &'static str, about: &'static str, arms: F) -> Self {
        Self { doc: GateDoc { id: GateId(id), about }, arms }
    }
}
