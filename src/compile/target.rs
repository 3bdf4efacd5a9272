//! Targets: what access is asked to, as people write it.

use std::collections::BTreeSet;
use std::fmt;

use super::permission::atoms::Resource;
use super::scope::{Options, Scope};
use crate::model::permissions::{CHAT_APP, Permissions, ResourceType};
use crate::model::{App, Workspace, nearest};
use crate::parse::spelling::camel;

/// One of the framework's own sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SitePage {
    /// `site#admin`
    Admin,
    /// `site#content-admin`
    ContentAdmin,
}

impl SitePage {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Admin, Self::ContentAdmin];

    /// The target.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "site#admin",
            Self::ContentAdmin => "site#content-admin",
        }
    }

    /// The role that opens it.
    pub fn role(self) -> &'static str {
        match self {
            Self::Admin => "pika:site-admin",
            Self::ContentAdmin => "pika:content-admin",
        }
    }

    /// The switch that turns it on.
    pub(super) fn switch(self) -> &'static str {
        match self {
            Self::Admin => "siteAdmin.websiteEnabled",
            Self::ContentAdmin => "contentAdmin.enabled",
        }
    }
}

/// What access is asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// `hr-assistant`
    App(String),
    /// `hr-assistant/fileUpload`
    Feature {
        /// The app.
        app: String,
        /// The feature's id in camelCase.
        feature: String,
    },
    /// `hr-assistant/traces.detailedTraces`
    DetailedTraces {
        /// The app.
        app: String,
    },
    /// `hr-assistant/homePage`
    HomePage {
        /// The app.
        app: String,
    },
    /// `site#admin`
    Site(SitePage),
    /// `ticket#view`
    Type {
        /// The type.
        kind: String,
        /// The action.
        action: String,
    },
    /// `ticket:T-42#view`
    Instance {
        /// The type.
        kind: String,
        /// The instance's id.
        id: String,
        /// The action.
        action: String,
    },
    /// `ticket{team_id=payments}#create`
    Given {
        /// The resource.
        resource: Resource,
        /// The action.
        action: String,
        /// The target as it was written.
        written: String,
    },
}

/// The type and the action under which a chat app can be asked about as a resource.
const USE: &str = "use";

impl Target {
    /// Whether it asks about resources, so that what users hold decides, and when.
    pub fn is_about_resources(&self) -> bool {
        matches!(self, Self::Type { .. } | Self::Instance { .. } | Self::Given { .. })
    }

    /// The app that it is about.
    pub fn app(&self) -> Option<&str> {
        match self {
            Self::App(app) | Self::Feature { app, .. } | Self::DetailedTraces { app } | Self::HomePage { app } => Some(app),
            _ => None,
        }
    }

    /// Reads a target as written; whether it exists shows when it is compiled.
    pub fn parse(workspace: &Workspace, text: &str) -> Result<Self, UnknownTarget> {
        if let Some(page) = SitePage::ALL.iter().find(|page| page.name() == text) {
            return Ok(Self::Site(*page));
        }
        if let Some((what, action)) = text.rsplit_once('#') {
            return Self::permission(workspace, text, what, action);
        }
        if let Some((app, feature)) = text.split_once('/') {
            let app = app.to_owned();
            return Ok(match &*camel(feature) {
                "homePage" => Self::HomePage { app },
                "traces.detailedTraces" => Self::DetailedTraces { app },
                feature => Self::Feature { app, feature: feature.to_owned() },
            });
        }
        if workspace.app(text).is_some() {
            return Ok(Self::App(text.to_owned()));
        }
        // A resource is no target without what is to be done to it.
        let kind = text.split(':').next().unwrap_or(text);
        let action = workspace.permissions().resource_type(kind).and_then(|kind| kind.actions.first());
        Err(match action {
            Some(action) => UnknownTarget {
                target: text.to_owned(),
                what: format!("`{text}` does not say what is to be done to it"),
                suggestion: Some(format!("{text}#{action}")),
            },
            None => UnknownTarget::app(workspace, text),
        })
    }

    /// Reads what stands before the `#` of a permission.
    fn permission(workspace: &Workspace, text: &str, what: &str, action: &str) -> Result<Self, UnknownTarget> {
        let permissions = workspace.permissions();
        let action = action.to_owned();
        match what.split_once(':') {
            Some((CHAT_APP, app)) if action == USE => match workspace.app(app) {
                Some(_) => Ok(Self::App(app.to_owned())),
                None => Err(UnknownTarget::app(workspace, app)),
            },
            Some((kind, id)) => Ok(Self::Instance { kind: kind.to_owned(), id: id.to_owned(), action }),
            None if permissions.is_empty() || what.contains(['{', '}', '/']) || what == "site" => {
                let sites = SitePage::ALL.iter().map(|page| page.name());
                Err(UnknownTarget {
                    target: text.to_owned(),
                    what: format!("there is no target `{text}`"),
                    suggestion: nearest(text, sites).map(str::to_owned),
                })
            }
            None => Ok(Self::Type { kind: what.to_owned(), action }),
        }
    }

    /// The targets of what can be asked about a resource of a type: itself, or its instances.
    fn of_type(permissions: &Permissions, instances: bool) -> impl Iterator<Item = Self> {
        permissions.types().flat_map(move |(kind, known)| {
            known.actions.iter().flat_map(move |action| {
                let (kind, action) = (kind.to_owned(), action.to_string());
                let of_type = (!instances).then(|| Self::Type { kind: kind.clone(), action: action.clone() });
                let ids = instances.then(|| permissions.instances(&kind).map(|instance| instance.id.value.to_string()).collect::<Vec<_>>());
                let of_instances =
                    ids.into_iter().flatten().map(move |id| Self::Instance { kind: kind.clone(), id, action: action.clone() });
                of_type.into_iter().chain(of_instances)
            })
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(app) => f.write_str(app),
            Self::Feature { app, feature } => write!(f, "{app}/{feature}"),
            Self::DetailedTraces { app } => write!(f, "{app}/traces.detailedTraces"),
            Self::HomePage { app } => write!(f, "{app}/homePage"),
            Self::Site(page) => f.write_str(page.name()),
            Self::Type { kind, action } => write!(f, "{kind}#{action}"),
            Self::Instance { kind, id, action } => write!(f, "{kind}:{id}#{action}"),
            Self::Given { written, .. } => f.write_str(written),
        }
    }
}

/// A target that does not exist in the workspace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct UnknownTarget {
    /// As it was asked for.
    pub target: String,
    /// What does not exist.
    pub what: String,
    /// The closest target that does.
    pub suggestion: Option<String>,
}

impl UnknownTarget {
    pub(super) fn app(workspace: &Workspace, id: &str) -> Self {
        let ids = workspace.apps().map(|app| &*app.id.value).chain(SitePage::ALL.iter().map(|page| page.name()));
        Self { target: id.to_owned(), what: format!("there is no app `{id}`"), suggestion: nearest(id, ids).map(str::to_owned) }
    }

    pub(super) fn resource_type(permissions: &Permissions, kind: &str, action: &str) -> Self {
        let known = permissions.types().map(|(name, _)| name);
        Self {
            target: format!("{kind}#{action}"),
            what: format!("there is no type `{kind}`"),
            suggestion: nearest(kind, known).map(|kind| format!("{kind}#{action}")),
        }
    }

    pub(super) fn action(kind: &str, known: &ResourceType, action: &str) -> Self {
        let close = nearest(action, known.actions.iter().map(|action| &**action));
        let actions = known.actions.iter().map(|action| format!("`{action}`")).collect::<Vec<_>>().join(", ");
        let actions = if actions.is_empty() { "no definition names any".to_owned() } else { format!("known: {actions}") };
        Self {
            target: format!("{kind}#{action}"),
            what: format!("there is no action `{action}` on `{kind}`; {actions}"),
            suggestion: close.map(|action| format!("{kind}#{action}")),
        }
    }

    pub(super) fn instance(permissions: &Permissions, kind: &str, id: &str, action: &str) -> Self {
        let close = nearest(id, permissions.instances(kind).map(|instance| &*instance.id.value));
        Self {
            target: format!("{kind}:{id}#{action}"),
            what: format!("there is no `{kind}` with the id `{id}`"),
            suggestion: close.map(|id| format!("{kind}:{id}#{action}")),
        }
    }

    pub(super) fn feature(scope: &Scope<'_>, name: &str) -> Self {
        let app = &scope.app.id.value;
        let known = crate::model::SITE_FEATURES.iter().copied().chain(["homePage", "traces.detailedTraces"]).chain(scope.features());
        Self {
            target: format!("{app}/{name}"),
            what: format!("neither the site, nor the app `{app}`, nor its override configures the feature `{name}`"),
            suggestion: nearest(name, known).map(|name| format!("{app}/{name}")),
        }
    }
}

/// Which targets a workspace is said to have.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a kind of targets of its own")]
pub struct Targets {
    /// The features that are configured, and the home page, of every app.
    pub features: bool,
    /// The framework's own sites.
    pub sites: bool,
    /// The actions on types of resources.
    pub types: bool,
    /// The actions on their instances.
    pub instances: bool,
}

impl Targets {
    /// The targets, in byte order of their names.
    pub fn of(self, workspace: &Workspace) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        for app in workspace.apps() {
            targets.extend(self.of_app(workspace, app));
        }
        if self.sites {
            targets.extend(SitePage::ALL.iter().copied().map(Target::Site));
        }
        if self.types {
            targets.extend(Target::of_type(workspace.permissions(), false));
        }
        if self.instances {
            targets.extend(Target::of_type(workspace.permissions(), true));
        }
        targets.sort_by_cached_key(ToString::to_string);
        targets
    }

    /// The targets of one app: itself, and its features and home page link where those are said to be targets.
    pub fn of_app(self, workspace: &Workspace, app: &App) -> Vec<Target> {
        let id = || app.id.value.to_string();
        let mut targets = vec![Target::App(id())];
        if self.features {
            let scope = Scope::new(workspace, app, Options::default());
            let names: BTreeSet<&str> = scope.features().collect();
            targets.extend(names.into_iter().map(|feature| Target::Feature { app: id(), feature: feature.to_owned() }));
            if configures_detailed_traces(&scope) {
                targets.push(Target::DetailedTraces { app: id() });
            }
            targets.push(Target::HomePage { app: id() });
        }
        targets
    }
}

fn configures_detailed_traces(scope: &Scope<'_>) -> bool {
    let all = [
        Some(&scope.workspace.site().features),
        Some(&scope.app.features),
        scope.app.overriding.as_ref().map(|overriding| &overriding.features),
    ];
    all.into_iter().flatten().any(|features| features.get("traces").is_some_and(|traces| traces.detailed_traces.is_some()))
}
