//! Decision lists: what a target compiles to.

use super::arm::Arm;
use super::gate::GateId;
use super::target::{Target, UnknownTarget};
use super::{app, detailed_traces, feature, home_page, site};
use crate::model::{App, Semantics, Workspace};
use crate::parse::Node;

/// How to compile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The semantics to follow.
    pub semantics: Semantics,
    /// Ask as if no app had an override.
    pub ignore_override: bool,
}

/// The name of a stage. It is part of the machine formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// Compiles one target.
pub fn compile(workspace: &Workspace, target: &Target, options: Options) -> Result<DecisionList, UnknownTarget> {
    let app = |id: &str| workspace.app(id).ok_or_else(|| UnknownTarget::app(workspace, id));
    let scope = |found| Scope::new(workspace, found, options);
    let mut settings = Vec::new();
    let stages = match target {
        Target::App(id) => vec![app::stage(&scope(app(id)?))],
        Target::Feature { app: id, feature: name } => {
            let scope = scope(app(id)?);
            if !scope.knows_feature(name) {
                return Err(UnknownTarget::feature(&scope, name));
            }
            let feature = feature::FeatureScope::new(&scope, name);
            settings = feature.settings();
            vec![app::stage(&scope), feature::stage(&feature)]
        }
        Target::DetailedTraces { app: id } => {
            let scope = scope(app(id)?);
            let traces = feature::FeatureScope::new(&scope, "traces");
            vec![app::stage(&scope), feature::stage(&traces), detailed_traces::stage(&scope, &traces)]
        }
        Target::HomePage { app: id } => {
            let scope = scope(app(id)?);
            vec![app::stage(&scope), home_page::stage(&scope)]
        }
        Target::Site(page) => vec![site::stage(workspace, *page, options.semantics)],
    };
    Ok(DecisionList { target: target.clone(), stages, settings })
}

/// An app as a question sees it.
pub(super) struct Scope<'w> {
    pub(super) workspace: &'w Workspace,
    pub(super) app: &'w App,
    /// The override that counts; `None` also where the question sets it aside.
    pub(super) overriding: Option<&'w crate::model::Override>,
    pub(super) semantics: Semantics,
    /// Whether the question sets an override aside.
    pub(super) set_aside: bool,
}

impl<'w> Scope<'w> {
    pub(super) fn new(workspace: &'w Workspace, app: &'w App, options: Options) -> Self {
        let overriding = app.overriding.as_ref().filter(|_| !options.ignore_override);
        Self { workspace, app, overriding, semantics: options.semantics, set_aside: options.ignore_override && app.overriding.is_some() }
    }

    /// Whether the framework, the site, the app or its override has this feature.
    pub(super) fn knows_feature(&self, name: &str) -> bool {
        crate::model::SITE_FEATURES.contains(&name) || self.features().any(|known| known == name)
    }

    /// The features that the site, the app or its override configures.
    pub(super) fn features(&self) -> impl Iterator<Item = &'w str> + use<'w> {
        let own = self.app.features.keys();
        let overriding = self.app.overriding.as_ref().map(|overriding| overriding.features.keys());
        let names = self.workspace.site().features.keys().chain(own).chain(overriding.into_iter().flatten());
        names.map(String::as_str).filter(|name| *name != "entity" && *name != "homePage")
    }
}
