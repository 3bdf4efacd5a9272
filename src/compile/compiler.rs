//! From a target to its decision list.

use super::list::DecisionList;
use super::scope::{Options, Scope};
use super::target::{Target, UnknownTarget};
use super::{app, detailed_traces, feature, home_page, site};
use crate::model::Workspace;

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
