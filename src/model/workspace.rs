//! Everything that was defined, put together and checked as a whole.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::feature::is_feature;
use super::permissions::{TEAM, Users};
use super::{App, Name, Note, Override, Permissions, Population, Records, Semantics, Settings, Site, User, fields, near};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::text;
use crate::source::{SourceMap, Span};

/// A workspace that can be asked.
#[derive(Debug)]
pub struct Workspace {
    sources: SourceMap,
    /// In byte order of their ids.
    apps: Vec<App>,
    users: Vec<User>,
    by_id: HashMap<Box<str>, usize>,
    site: Site,
    permissions: Permissions,
    semantics: Semantics,
    population: Population,
    preferences: usize,
    notes: Vec<Note>,
}

/// How much a workspace holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Chat apps.
    pub apps: usize,
    /// Overrides.
    pub overrides: usize,
    /// Users.
    pub users: usize,
    /// Distinct features that the site, an app or an override configures.
    pub features: usize,
    /// Rows of user preferences that were skipped.
    pub preferences: usize,
    /// Types of resources, `team` aside.
    pub types: usize,
    /// Resources, teams aside.
    pub instances: usize,
    /// Roles with permissions.
    pub roles: usize,
    /// Custom permissions.
    pub permissions: usize,
    /// Teams.
    pub teams: usize,
    /// Assignments.
    pub assignments: usize,
    /// Policies.
    pub policies: usize,
}

impl Workspace {
    pub(super) fn build(records: Records, sources: SourceMap, settings: &Settings, partial: bool, problems: &mut Vec<Diagnostic>) -> Self {
        let partial = partial || records.lost;
        let mut apps = records.apps;
        apps.sort_by(|one, other| one.id.value.cmp(&other.id.value));
        apps.dedup_by(|app, first| {
            let again = app.id.value == first.id.value;
            if again {
                let help =
                    format!("keep one of them; if one is an override, call it `{}:override`, or move it to `overrides`", app.id.value);
                problems.push(duplicate("app", &app.id, first.id.span).help(help));
            }
            again
        });
        for overriding in records.overrides {
            attach(overriding, &mut apps, partial, problems);
        }
        let mut by_id: HashMap<Box<str>, usize> = HashMap::with_capacity(records.users.len());
        for (at, user) in records.users.iter().enumerate() {
            let Some(id) = &user.id else { continue };
            match by_id.entry(id.value.clone()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(at);
                }
                Entry::Occupied(first) => {
                    let first = records.users.get(*first.get()).and_then(|user| user.id.as_ref());
                    problems.extend(first.map(|first| duplicate("user", id, first.span)));
                }
            }
        }
        let is_user = |id: &str| by_id.contains_key(id);
        let is_user: Option<&dyn Fn(&str) -> bool> = if by_id.is_empty() { None } else { Some(&is_user) };
        let attributes = records.users.iter().flat_map(|user| user.attributes.iter()).map(|attribute| &*attribute.name.value).collect();
        let permissions = Permissions::build(records.permissions, &Users { is_user, attributes }, partial, problems);
        let workspace = Self {
            sources,
            apps,
            users: records.users,
            by_id,
            site: records.site,
            permissions,
            semantics: settings.semantics,
            population: settings.population,
            preferences: records.preferences,
            notes: records.notes,
        };
        for user in &workspace.users {
            workspace.check_entity(user, problems);
        }
        if workspace.apps.is_empty() && workspace.permissions.is_empty() && !partial && problems.is_empty() {
            problems.push(
                Diagnostic::of_workspace(Code::NoTargets, "this workspace defines no chat app and no resource type: there is nothing to ask about")
                    .help("definitions are read from `apps.yaml` and `apps/`, `permissions.yaml` and `permissions/`, or from where `gatewalk.yaml` says; -C names another folder, -f single files"),
            );
        }
        workspace
    }

    /// An entity is a name like any other, but only the site says where it stands.
    pub fn check_entity(&self, user: &User, problems: &mut Vec<Diagnostic>) {
        let Some(attribute) = self.site.entity.as_ref().and_then(|entity| entity.attribute.as_ref()) else { return };
        if let Some((text, span)) = user.custom(&attribute.value).and_then(|node| Some((node.text()?, node.span))) {
            fields::check_text(text, span, "this user's entity", problems);
        }
    }

    /// The texts that were read.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The texts alone, of a workspace that cannot be trusted.
    pub(crate) fn into_sources(self) -> SourceMap {
        self.sources
    }

    /// Reads one more text, such as a user given on the command line, so that places in it can be shown.
    pub fn sources_mut(&mut self) -> &mut SourceMap {
        &mut self.sources
    }

    /// The apps, in byte order of their ids.
    pub fn apps(&self) -> impl ExactSizeIterator<Item = &App> {
        self.apps.iter()
    }

    /// The app of an id.
    pub fn app(&self, id: &str) -> Option<&App> {
        self.apps.get(place(&self.apps, id)?)
    }

    pub(super) fn app_mut(&mut self, id: &str) -> Option<&mut App> {
        let place = place(&self.apps, id)?;
        self.apps.get_mut(place)
    }

    pub(super) fn site_mut(&mut self) -> &mut Site {
        &mut self.site
    }

    /// The users, in the order of their definitions.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// The user of an id.
    pub fn user(&self, id: &str) -> Option<&User> {
        self.by_id.get(id).and_then(|at| self.users.get(*at))
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The permissions.
    pub fn permissions(&self) -> &Permissions {
        &self.permissions
    }

    /// The semantics that `gatewalk.yaml` asks for.
    pub fn semantics(&self) -> Semantics {
        self.semantics
    }

    /// Whether the users are everybody.
    pub fn population(&self) -> Population {
        self.population
    }

    /// The user id closest to one that does not exist.
    pub fn nearest_user(&self, unknown: &str) -> Option<&str> {
        near::nearest(unknown, self.by_id.keys().map(|id| &**id))
    }

    /// What its author probably did not mean, and decides nothing.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        let overrides: Vec<&Override> = self.apps().filter_map(|app| app.overriding.as_deref()).collect();
        let of_apps = self.apps().flat_map(|app| app.features.keys());
        let of_overrides = overrides.iter().flat_map(|overriding| overriding.features.keys());
        let features: BTreeSet<&String> =
            self.site.features.keys().chain(of_apps).chain(of_overrides).filter(|id| is_feature(id)).collect();
        let kinds = || self.permissions.types().map(|(kind, _)| kind).filter(|kind| *kind != TEAM);
        Counts {
            apps: self.apps.len(),
            overrides: overrides.len(),
            users: self.users.len(),
            features: features.len(),
            preferences: self.preferences,
            types: kinds().count(),
            instances: kinds().map(|kind| self.permissions.instances(kind).count()).sum(),
            roles: self.permissions.roles().count(),
            permissions: self.permissions.custom().count(),
            teams: self.permissions.teams().count(),
            assignments: self.permissions.assignments().len(),
            policies: self.permissions.policies().count(),
        }
    }
}

/// Where the app of an id stands among apps in byte order of their ids.
fn place(apps: &[App], id: &str) -> Option<usize> {
    apps.binary_search_by(|app| (*app.id.value).cmp(id)).ok()
}

/// After so many problems no further name is compared with all others.
const SUGGESTIONS: usize = 20;

fn attach(overriding: Override, apps: &mut [App], partial: bool, problems: &mut Vec<Diagnostic>) {
    let Some(id) = overriding.app.clone() else {
        problems.push(Diagnostic::new(Code::MissingField, overriding.span(), "an override needs the field `chatAppId`"));
        return;
    };
    if let Some(app) = place(apps, &id.value).and_then(|place| apps.get_mut(place)) {
        match &app.overriding {
            None => app.overriding = Some(Box::new(overriding)),
            Some(first) => {
                let first = first.app.as_ref().map_or(first.span(), |name| name.span);
                problems.push(duplicate("override for the app", &id, first));
            }
        }
        return;
    }
    // A name that cannot be trusted has been said to be so.
    if partial || text::hidden(&id.value).is_some() {
        return;
    }
    let mut problem =
        Diagnostic::new(Code::OverrideWithoutApp, id.span, format!("this override is for the app `{}`, which is not defined", id.value));
    // Comparing with every app is worth it for a slip or two, not for thousands.
    let suggestion = if problems.len() < SUGGESTIONS { near::suggestion(&id.value, apps.iter().map(|app| &*app.id.value)) } else { None };
    if let Some(suggestion) = suggestion {
        problem = problem.label(suggestion);
    }
    problems.push(problem.help("define the app, or remove the override"));
}

/// The problem of a second definition of one id.
pub(super) fn duplicate(what: &str, id: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, id.span, format!("the {what} `{}` is defined twice", id.value))
        .label("again here")
        .related(first, "first here")
        .help("keep one of them, or give one another id")
}
