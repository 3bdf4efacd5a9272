//! From a target to its decision list.

use std::collections::HashMap;
use std::sync::Arc;

use super::list::{Asked, DecisionList, Stage};
use super::permission::atoms::Resource;
use super::permission::holdings::Holdings;
use super::scope::{Options, Scope};
use super::target::{Target, UnknownTarget};
use super::{app, detailed_traces, feature, home_page, permission, site};
use crate::model::Workspace;

/// Compiles the targets of a workspace. What targets share, such as who holds what, is made once.
#[derive(Debug)]
pub struct Compiler<'w> {
    workspace: &'w Workspace,
    options: Options,
    holdings: Option<Arc<Holdings>>,
    /// The stages of an action on a type: what they ask differs from resource to resource, the stages do not.
    actions: HashMap<(String, String, bool), Arc<[Stage]>>,
}

/// Compiles one target.
pub fn compile(workspace: &Workspace, target: &Target, options: Options) -> Result<DecisionList, UnknownTarget> {
    Compiler::new(workspace, options).compile(target)
}

impl<'w> Compiler<'w> {
    /// A compiler that has compiled nothing yet.
    pub fn new(workspace: &'w Workspace, options: Options) -> Self {
        Self { workspace, options, holdings: None, actions: HashMap::new() }
    }

    /// Compiles a target.
    pub fn compile(&mut self, target: &Target) -> Result<DecisionList, UnknownTarget> {
        let (workspace, options) = (self.workspace, self.options);
        let app = |id: &str| workspace.app(id).ok_or_else(|| UnknownTarget::app(workspace, id));
        let scope = |found| Scope::new(workspace, found, options);
        let mut settings = Vec::new();
        let mut asked = Asked::Nothing;
        let stages: Arc<[Stage]> = match target {
            Target::App(id) => [app::stage(&scope(app(id)?))].into(),
            Target::Feature { app: id, feature: name } => {
                let scope = scope(app(id)?);
                if !scope.knows_feature(name) {
                    return Err(UnknownTarget::feature(&scope, name));
                }
                let feature = feature::FeatureScope::new(&scope, name);
                settings = feature.settings();
                [app::stage(&scope), feature::stage(&feature)].into()
            }
            Target::DetailedTraces { app: id } => {
                let scope = scope(app(id)?);
                let traces = feature::FeatureScope::new(&scope, "traces");
                [app::stage(&scope), feature::stage(&traces), detailed_traces::stage(&scope, &traces)].into()
            }
            Target::HomePage { app: id } => {
                let scope = scope(app(id)?);
                [app::stage(&scope), home_page::stage(&scope)].into()
            }
            Target::Site(page) => [site::stage(workspace, *page, options.semantics)].into(),
            Target::Type { kind, action } => {
                asked = Asked::Any(kind.as_str().into());
                self.action(kind, action, true)?
            }
            Target::Instance { kind, id, action } => {
                let stages = self.action(kind, action, false)?;
                let instance = workspace.permissions().instance(kind, id);
                let instance = instance.ok_or_else(|| UnknownTarget::instance(workspace.permissions(), kind, id, action))?;
                asked = Asked::Resource(Resource::instance(instance));
                stages
            }
            Target::Given { resource, action, .. } => {
                asked = Asked::Resource(resource.clone());
                self.action(&resource.kind, action, false)?
            }
        };
        let holdings = if matches!(asked, Asked::Nothing) { None } else { self.holdings.clone() };
        Ok(DecisionList { target: target.clone(), stages, at: options.at, asked, holdings, settings })
    }

    /// The list that all resources of a type share for an action, asked of none of them yet: for walkers of many at a time.
    /// Unlike a question about the type it has no gate for what resources answer differently.
    pub fn of_resources(&mut self, kind: &str, action: &str) -> Result<DecisionList, UnknownTarget> {
        self.shared(kind, action, Asked::Any(kind.into()))
    }

    /// The same for walkers that have the resources beside the list, such as SQL.
    pub fn of_each(&mut self, kind: &str, action: &str) -> Result<DecisionList, UnknownTarget> {
        self.shared(kind, action, Asked::Each(kind.into()))
    }

    fn shared(&mut self, kind: &str, action: &str, asked: Asked) -> Result<DecisionList, UnknownTarget> {
        let target = Target::Type { kind: kind.to_owned(), action: action.to_owned() };
        let stages = self.action(kind, action, false)?;
        Ok(DecisionList { target, stages, at: self.options.at, asked, holdings: self.holdings.clone(), settings: Vec::new() })
    }

    fn holdings(&mut self) -> Arc<Holdings> {
        let permissions = self.workspace.permissions();
        Arc::clone(self.holdings.get_or_insert_with(|| Arc::new(Holdings::new(permissions))))
    }

    fn action(&mut self, kind: &str, action: &str, open: bool) -> Result<Arc<[Stage]>, UnknownTarget> {
        let permissions = self.workspace.permissions();
        let known = permissions.resource_type(kind).ok_or_else(|| UnknownTarget::resource_type(permissions, kind, action))?;
        if !known.actions.contains(action) {
            return Err(UnknownTarget::action(kind, known, action));
        }
        let holdings = self.holdings();
        let key = (kind.to_owned(), action.to_owned(), open);
        let stages = self.actions.entry(key).or_insert_with(|| [permission::stage(permissions, &holdings, kind, action, open)].into());
        Ok(Arc::clone(stages))
    }
}
