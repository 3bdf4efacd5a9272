//! From a target to its decision list.

use std::collections::HashMap;
use std::sync::Arc;

use super::list::{Asked, DecisionList, Stage};
use super::permission::atoms::Resource;
use super::permission::bind;
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
    /// For decisions alone: the stages bound to resources, which are the same for resources that rules do not tell apart.
    bound: Option<HashMap<BoundTo, Arc<[Stage]>>>,
}

/// A type, an action, and what the comparisons that look at the resource alone come to.
type BoundTo = (String, String, Vec<bool>);

/// So many lists are kept bound.
const BOUND: usize = 500;

/// Compiles one target.
pub fn compile(workspace: &Workspace, target: &Target, options: Options) -> Result<DecisionList, UnknownTarget> {
    Compiler::new(workspace, options).compile(target)
}

impl<'w> Compiler<'w> {
    /// A compiler that has compiled nothing yet.
    pub fn new(workspace: &'w Workspace, options: Options) -> Self {
        Self { workspace, options, holdings: None, actions: HashMap::new(), bound: None }
    }

    /// A compiler of lists for decisions alone: what is settled for a resource is not in them, and cannot be told.
    pub fn for_decisions(workspace: &'w Workspace, options: Options) -> Self {
        Self { bound: Some(HashMap::new()), ..Self::new(workspace, options) }
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
                let resource = Resource::instance(instance);
                let stages = self.bound_to(stages, kind, action, &resource);
                asked = Asked::Resource(resource);
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

    /// Compiles an action on a type for walkers that have the resources beside the list, such as SQL.
    pub fn compile_each(&mut self, kind: &str, action: &str) -> Result<DecisionList, UnknownTarget> {
        let stages = self.action(kind, action, false)?;
        let target = Target::Type { kind: kind.to_owned(), action: action.to_owned() };
        let (at, asked) = (self.options.at, Asked::Each(kind.into()));
        Ok(DecisionList { target, stages, at, asked, holdings: self.holdings.clone(), settings: Vec::new() })
    }

    /// The stages for one resource, if this compiler binds them.
    fn bound_to(&mut self, stages: Arc<[Stage]>, kind: &str, action: &str, resource: &Resource) -> Arc<[Stage]> {
        let Some(bound) = &mut self.bound else { return stages };
        let key = (kind.to_owned(), action.to_owned(), bind::settle(&stages, resource));
        if let Some(known) = bound.get(&key) {
            return Arc::clone(known);
        }
        // What rules tell apart too well is walked as it is.
        if bound.len() >= BOUND {
            return stages;
        }
        let stages = bind::bind(&stages, &key.2);
        bound.insert(key, Arc::clone(&stages));
        stages
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
