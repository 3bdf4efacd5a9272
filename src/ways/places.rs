//! Where the rules of a target are written: those that count, and those that something else stands in front of.

use super::Of;
use crate::compile::Target;
use crate::model::{App, Feature, Override, Rules, Workspace};

/// One mapping of rules.
#[derive(Clone, Debug)]
pub(super) struct Place<'w> {
    /// The definition that it stands in.
    pub(super) of: Of,
    /// The keys that lead to it there.
    pub(super) path: Vec<&'w str>,
    /// The rules.
    pub(super) rules: &'w Rules,
}

/// The feature of a target, and whether its detailed traces are asked about.
pub(super) fn feature_of(target: &Target) -> Option<(&str, bool)> {
    match target {
        Target::Feature { feature, .. } => Some((feature, false)),
        Target::DetailedTraces { .. } => Some(("traces", true)),
        _ => None,
    }
}

/// The app of a target.
pub(super) fn app_of<'w>(workspace: &'w Workspace, target: &Target) -> Option<&'w App> {
    workspace.app(target.app()?)
}

/// All mappings of rules that are written for a target of an app.
pub(super) fn places<'w>(workspace: &'w Workspace, app: &'w App, target: &'w Target) -> Vec<Place<'w>> {
    let overriding: Option<&Override> = app.overriding.as_deref();
    let mut places = vec![Place { of: Of::App, path: Vec::new(), rules: &app.rules }];
    places.extend(overriding.map(|overriding| Place { of: Of::Override, path: Vec::new(), rules: &overriding.rules }));
    let Some((name, detailed)) = feature_of(target) else { return places };
    let of_app = app.features.get(name).map(|feature| (Of::App, vec!["features", name], feature));
    let of_override = overriding.and_then(|overriding| overriding.features.get(name));
    let of_override = of_override.map(|feature| (Of::Override, vec!["features", name], feature));
    let of_site = workspace.site().features.get(name).map(|feature| (Of::Site(name.to_owned()), Vec::new(), feature));
    for (of, path, feature) in [of_app, of_override, of_site].into_iter().flatten() {
        add(&mut places, of, path, feature, detailed);
    }
    places
}

fn add<'w>(places: &mut Vec<Place<'w>>, of: Of, path: Vec<&'w str>, feature: &'w Feature, detailed: bool) {
    if let Some(rules) = feature.detailed_traces.as_ref().filter(|_| detailed) {
        let below = path.iter().copied().chain(["detailedTraces"]).collect();
        places.push(Place { of: of.clone(), path: below, rules });
    }
    places.push(Place { of, path, rules: &feature.rules });
}

impl Place<'_> {
    /// A field of it.
    pub(super) fn field<'f>(&'f self, name: &'f str) -> Vec<&'f str> {
        self.path.iter().copied().chain([name]).collect()
    }
}
