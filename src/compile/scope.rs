//! An app as a question sees it.

use jiff::Timestamp;

use crate::model::{App, Override, SITE_FEATURES, Semantics, Workspace, is_feature};

/// How to compile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The semantics to follow.
    pub semantics: Semantics,
    /// The time asked about.
    pub at: Timestamp,
    /// Ask as if no app had an override.
    pub ignore_override: bool,
}

/// An app as a question sees it.
pub(super) struct Scope<'w> {
    pub(super) workspace: &'w Workspace,
    pub(super) app: &'w App,
    /// The override that counts; `None` also where the question sets it aside.
    pub(super) overriding: Option<&'w Override>,
    pub(super) semantics: Semantics,
    /// Whether the question sets an override aside.
    pub(super) set_aside: bool,
}

impl<'w> Scope<'w> {
    pub(super) fn new(workspace: &'w Workspace, app: &'w App, options: Options) -> Self {
        let overriding = app.overriding.as_deref().filter(|_| !options.ignore_override);
        Self { workspace, app, overriding, semantics: options.semantics, set_aside: options.ignore_override && app.overriding.is_some() }
    }

    /// Why there is no override, for a sentence.
    pub(super) fn no_override(&self) -> &'static str {
        if self.set_aside { "the app's override is set aside by this question" } else { "the app has no override" }
    }

    /// Whether the framework, the site, the app or its override has this feature.
    pub(super) fn knows_feature(&self, name: &str) -> bool {
        SITE_FEATURES.contains(&name) || self.features().any(|known| known == name)
    }

    /// The features that the site, the app or its override configures.
    pub(super) fn features(&self) -> impl Iterator<Item = &'w str> + use<'w> {
        let own = self.app.features.keys();
        let overriding = self.app.overriding.as_ref().map(|overriding| overriding.features.keys());
        let names = self.workspace.site().features.keys().chain(own).chain(overriding.into_iter().flatten());
        names.map(String::as_str).filter(|name| is_feature(name))
    }
}
