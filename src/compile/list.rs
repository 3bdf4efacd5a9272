//! Decision lists: what a target compiles to.

use super::arm::Arm;
use super::gate::GateId;
use super::target::Target;
use crate::parse::Node;

/// The name of a stage. It is part of the machine formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StageId {
    /// Who is let into the app.
    App,
    /// Who of them has the feature.
    Feature,
    /// Who of those sees detailed traces.
    DetailedTraces,
    /// Who sees the app's link.
    HomePage,
    /// Who is let into a page of the framework.
    Site,
}

impl StageId {
    /// The name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Feature => "feature",
            Self::DetailedTraces => "detailed-traces",
            Self::HomePage => "home-page",
            Self::Site => "site",
        }
    }
}

/// One gate, ready to walk.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Its name.
    pub id: GateId,
    /// Its arms; one of them always holds.
    pub arms: Vec<Arm>,
}

/// An ordered list of gates. An allow enters the next stage, a deny ends the walk; who passes all gates is allowed.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub id: StageId,
    /// Its gates, in order.
    pub gates: Vec<Gate>,
}

/// What a target compiles to.
#[derive(Clone, Debug)]
pub struct DecisionList {
    /// The target.
    pub target: Target,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// For a feature: its effective settings, which decide nothing.
    pub settings: Vec<(String, Node)>,
}

impl Stage {
    /// A stage of gates that are ready to walk.
    pub(super) fn new(id: StageId, gates: impl Iterator<Item = (GateId, Vec<Arm>)>) -> Self {
        Self { id, gates: gates.map(|(id, arms)| Gate { id, arms }).collect() }
    }
}
