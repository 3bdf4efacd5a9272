//! Decision lists: what a target compiles to.

use std::sync::Arc;

use jiff::Timestamp;

use super::arm::Arm;
use super::gate::GateId;
use super::permission::atoms::Resource;
use super::permission::holdings::{Holdings, Supposed};
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
    /// Who may do something to a resource.
    Permission,
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
            Self::Permission => "permission",
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
    /// For a gate of policies: their priority.
    pub priority: Option<i64>,
}

/// An ordered list of gates. An allow enters the next stage, a deny ends the walk; who passes all gates is allowed.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub id: StageId,
    /// Its gates, in order.
    pub gates: Vec<Gate>,
}

/// Which resource a question is about.
#[derive(Clone, Debug)]
pub enum Asked {
    /// None: chat apps and sites are not resources.
    Nothing,
    /// This one.
    Resource(Resource),
    /// Any of this type that could be.
    Any(Arc<str>),
    /// Each of this type, which is said beside the list: what is asked of it is not settled, and not answered without it.
    Each(Arc<str>),
}

/// What a target compiles to.
#[derive(Clone, Debug)]
pub struct DecisionList {
    /// The target.
    pub target: Target,
    /// Its stages, in order.
    pub stages: Arc<[Stage]>,
    /// The time asked about.
    pub at: Timestamp,
    /// The resource asked about.
    pub asked: Asked,
    /// Who holds what, where that is asked.
    pub holdings: Option<Arc<Holdings>>,
    /// For a feature: its effective settings, which decide nothing.
    pub settings: Vec<(String, Node)>,
}

impl Stage {
    /// A stage of gates that are ready to walk.
    pub(super) fn new(id: StageId, gates: impl Iterator<Item = (GateId, Vec<Arm>)>) -> Self {
        Self { id, gates: gates.map(|(id, arms)| Gate { id, arms, priority: None }).collect() }
    }
}

impl DecisionList {
    /// Asks the list while more is taken to be given to users. Nothing where that cannot be, or where others ask the same holdings at the
    /// moment.
    pub fn supposing<T>(&mut self, given: &[Supposed], ask: impl FnOnce(&Self) -> T) -> Option<T> {
        let Some(mut holdings) = self.holdings.take() else { return given.is_empty().then(|| ask(self)) };
        let answer = Holdings::supposing(&mut holdings, given, |holdings| {
            self.holdings = Some(Arc::clone(holdings));
            let answer = ask(self);
            self.holdings = None;
            answer
        });
        self.holdings = Some(holdings);
        answer
    }

    /// The same list, asked about another time.
    #[must_use]
    pub fn bind_time(&self, at: Timestamp) -> Self {
        Self { at, ..self.clone() }
    }
}
