//! Which edits could matter for a user and a target of an app or the site. Whether one does is decided by making it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Facts, one_of};
use crate::compile::{SitePage, Target};
use crate::model::{App, Names, Override, Semantics, UserType, Workspace};
use crate::ways::places::{Place, app_of, feature_of, places};
use crate::ways::{Act, Edit, Kind, Of};

/// More roles that must all be had than this are not given one by one.
const MOST_REQUIRED: usize = 8;

/// The edits for a target that is no resource.
pub(super) fn edits(workspace: &Workspace, facts: &Facts<'_>, target: &Target, semantics: Semantics) -> Vec<Edit> {
    match (target, app_of(workspace, target)) {
        (Target::Site(page), _) => of_page(workspace, facts, *page),
        (_, Some(app)) => of_app(workspace, facts, app, target, semantics),
        (_, None) => Vec::new(),
    }
}

fn of_page(workspace: &Workspace, facts: &Facts<'_>, page: SitePage) -> Vec<Edit> {
    let site = workspace.site();
    let (key, field, switch) = match page {
        SitePage::Admin => ("siteAdmin", "websiteEnabled", &site.site_admin),
        SitePage::ContentAdmin => ("contentAdmin", "enabled", &site.content_admin),
    };
    let mut edits = Vec::new();
    if !facts.roles.contains(&page.role()) {
        edits.push(Edit::new(Kind::UserAddRole, Of::User, &["roles"], Act::Add(page.role().to_owned())));
    }
    edits.push(facts.set_type());
    let is_on = switch.as_ref().and_then(|switch| switch.enabled).is_some_and(|enabled| enabled.value);
    if !is_on {
        edits.extend(on_site(workspace, key, switch.is_some(), &[field]));
    }
    edits
}

/// That something of the site is switched on; where there is no such key yet, it is added.
fn on_site(workspace: &Workspace, key: &str, is_there: bool, field: &[&str]) -> Option<Edit> {
    if is_there {
        return Some(Edit::new(Kind::SiteEnable, Of::Site(key.to_owned()), field, Act::On));
    }
    workspace.site().span?;
    let path: Vec<&str> = std::iter::once(key).chain(field.iter().copied()).collect();
    Some(Edit::new(Kind::SiteEnable, Of::SiteFeatures, &path, Act::On))
}

fn of_app(workspace: &Workspace, facts: &Facts<'_>, app: &App, target: &Target, semantics: Semantics) -> Vec<Edit> {
    let places = places(workspace, app, target);
    let overriding = app.overriding.as_deref();
    let mut edits = give_roles(facts, app, &places);
    edits.extend(move_to_entities(facts, app));
    edits.push(facts.set_type());
    for place in &places {
        edits.extend(list_role(facts, app, place, semantics));
        edits.extend(switch_on(place));
    }
    edits.extend(list_in_app(facts, app));
    if let Some(overriding) = overriding {
        edits.extend(list_in_override(facts, overriding, semantics));
        edits.extend(take_out(overriding, target, semantics));
        edits.push(Edit::new(Kind::OverrideRemove, Of::Override, &[], Act::Out));
    }
    edits.extend(site_for(workspace, target));
    edits
}

/// Whether so many required roles are missing that they are not given one by one.
fn too_many_required(facts: &Facts<'_>, app: &App) -> bool {
    let required: BTreeSet<&str> = app.required_roles.iter().flat_map(|list| list.iter()).collect();
    required.iter().filter(|role| !facts.roles.contains(role)).count() > MOST_REQUIRED
}

/// So many edits at a time are tried at most, because more would be needed of one kind.
pub(in crate::ways) fn cut(workspace: &Workspace, facts: &Facts<'_>, target: &Target) -> Option<usize> {
    app_of(workspace, target).filter(|app| too_many_required(facts, app)).map(|_| MOST_REQUIRED)
}

/// Roles that some rule names and the user does not have. Those that stand in the same lists do the same, where one of a list is enough.
fn give_roles(facts: &Facts<'_>, app: &App, places: &[Place<'_>]) -> Vec<Edit> {
    let any: Vec<&Arc<Names>> = places.iter().filter_map(|place| place.rules.user_roles.as_ref()).collect();
    let mut lists: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, list) in any.iter().enumerate() {
        for role in list.iter() {
            let stands = lists.entry(role).or_default();
            if stands.last() != Some(&at) {
                stands.push(at);
            }
        }
    }
    let required: BTreeSet<&str> = app.required_roles.iter().flat_map(|list| list.iter()).collect();
    let missing: Vec<&str> = required.iter().copied().filter(|role| !facts.roles.contains(role)).collect();
    let mut classes: BTreeMap<&[usize], Vec<&str>> = BTreeMap::new();
    let held: BTreeSet<&str> = facts.roles.iter().copied().collect();
    for (role, stands) in lists.iter().filter(|(role, _)| !held.contains(*role) && !required.contains(*role)) {
        classes.entry(stands).or_default().push(role);
    }
    let give = |names: &[&str]| one_of(names, |role| Edit::new(Kind::UserAddRole, Of::User, &["roles"], Act::Add(role)));
    let one_by_one = missing.iter().take(if too_many_required(facts, app) { 0 } else { MOST_REQUIRED });
    one_by_one.filter_map(|role| give(&[role])).chain(classes.values().filter_map(|names| give(names))).collect()
}

/// Entities that some list names and the user is not of. Those that stand in the same lists do the same.
fn move_to_entities(facts: &Facts<'_>, app: &App) -> Vec<Edit> {
    let overriding = app.overriding.as_deref();
    let of_override = overriding.map(|overriding| [overriding.internal_entities.as_ref(), overriding.external_entities.as_ref()]);
    let lists = of_override.into_iter().flatten().chain([app.allowed_entities.as_ref()]);
    let mut stands: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, list) in lists.enumerate() {
        for entity in list.into_iter().flat_map(|list| list.iter()) {
            let places = stands.entry(entity).or_default();
            if places.last() != Some(&at) {
                places.push(at);
            }
        }
    }
    let mut classes: BTreeMap<&[usize], Vec<&str>> = BTreeMap::new();
    for (entity, places) in stands.iter().filter(|(entity, _)| !entity.is_empty() && facts.entity.as_deref() != Some(**entity)) {
        classes.entry(places).or_default().push(entity);
    }
    classes.values().filter_map(|names| facts.set_entity(names)).collect()
}

/// One of the user's roles in the list of a mapping of rules.
fn list_role(facts: &Facts<'_>, app: &App, place: &Place<'_>, semantics: Semantics) -> Option<Edit> {
    let list = place.rules.user_roles.as_ref();
    let starts = || match (&place.of, place.path.is_empty()) {
        (Of::App, true) => has_no_list(app),
        (Of::Override, true) => app.overriding.as_deref().is_some_and(|overriding| !has_list(overriding, semantics)),
        _ => place.rules.user_types.is_none(),
    };
    if list.is_none() && !starts() {
        return None;
    }
    let new: Vec<&str> = facts.roles.iter().copied().filter(|role| list.is_none_or(|list| list.find(role).is_none())).collect();
    // Of those that are listed already one is enough, and whoever lets in for that needs no second.
    let listed = new.len() < facts.roles.len();
    let new = if listed { &[][..] } else { new.as_slice() };
    one_of(new, |role| Edit::new(Kind::ListAdd, place.of.clone(), &place.field("userRoles"), Act::Add(role)))
}

/// Whether an app's rules have no list at all.
fn has_no_list(app: &App) -> bool {
    let lists = [&app.rules.user_types, &app.rules.user_roles, &app.required_roles, &app.allowed_entities, &app.allowed_user_ids];
    lists.into_iter().all(Option::is_none)
}

/// Whether an override's rules have a list that counts.
fn has_list(overriding: &Override, semantics: Semantics) -> bool {
    let rules = &overriding.rules;
    let is_exclusive = exclusive(overriding, semantics).iter().any(|(_, list)| list.is_some());
    rules.user_types.is_some() || rules.user_roles.is_some() || is_exclusive
}

fn switch_on(place: &Place<'_>) -> Option<Edit> {
    let is_on = place.rules.enabled.is_some_and(|enabled| enabled.value);
    let kind = match place.of {
        _ if is_on => return None,
        Of::App => Kind::Enable,
        Of::Override => Kind::OverrideEdit,
        _ => Kind::SiteEnable,
    };
    Some(Edit::new(kind, place.of.clone(), &place.field("enabled"), Act::On))
}

/// A name in a list, if it is not there; one that is not there is started if `starts`.
fn list(of: Of, field: &str, list: Option<&Arc<Names>>, name: Option<&str>, starts: bool) -> Option<Edit> {
    let name = name.filter(|name| list.map_or(starts, |list| list.find(name).is_none()))?;
    Some(Edit::new(Kind::ListAdd, of, &[field], Act::Add(name.to_owned())))
}

fn list_in_app(facts: &Facts<'_>, app: &App) -> Vec<Edit> {
    let starts = has_no_list(app);
    let entity = facts.entity.as_deref();
    let ids = list(Of::App, "allowedUserIds", app.allowed_user_ids.as_ref(), facts.id, starts);
    let entities = list(Of::App, "allowedEntities", app.allowed_entities.as_ref(), entity, starts);
    // Who must have all of several roles gains nothing by one more; an empty list is met by nobody.
    let none_required = app.required_roles.as_ref().is_some_and(|list| list.is_empty());
    let roles = if none_required { facts.roles.as_slice() } else { &[] };
    let roles = one_of(roles, |role| Edit::new(Kind::ListAdd, Of::App, &["requiredRoles"], Act::Add(role)));
    let denied = facts.id.filter(|id| app.denied_user_ids.as_ref().is_some_and(|list| list.find(id).is_some()));
    let denied = denied.map(|id| Edit::new(Kind::ListRemove, Of::App, &["deniedUserIds"], Act::Take(id.to_owned())));
    [ids, entities, roles, denied].into_iter().flatten().collect()
}

const EXCLUSIVE: [&str; 3] = ["exclusiveUserIdAccessControl", "exclusiveInternalAccessControl", "exclusiveExternalAccessControl"];

/// The exclusive lists that count, by the fields they stand in.
fn exclusive(overriding: &Override, semantics: Semantics) -> [(&'static str, Option<&Arc<Names>>); 3] {
    let [ids, internal, external] = EXCLUSIVE;
    let entities = |user_type| overriding.counting_entities(user_type);
    [(ids, overriding.counting_user_ids(semantics)), (internal, entities(UserType::Internal)), (external, entities(UserType::External))]
}

fn list_in_override(facts: &Facts<'_>, overriding: &Override, semantics: Semantics) -> Vec<Edit> {
    let starts = !has_list(overriding, semantics);
    let names = [facts.id, facts.entity.as_deref(), facts.entity.as_deref()];
    let lists = exclusive(overriding, semantics).into_iter().zip(names);
    lists.filter_map(|((field, names), name)| list(Of::Override, field, names, name, starts)).collect()
}

/// What of an override can be taken out of it.
fn take_out(overriding: &Override, target: &Target, semantics: Semantics) -> Vec<Edit> {
    let out = |path: &[&str]| Edit::new(Kind::OverrideEdit, Of::Override, path, Act::Out);
    let mut edits: Vec<Edit> =
        exclusive(overriding, semantics).into_iter().filter(|(_, list)| list.is_some()).map(|(field, _)| out(&[field])).collect();
    if matches!(target, Target::HomePage { .. }) && overriding.home_page.is_some() {
        edits.push(out(&["homePageFilterRules"]));
    }
    if let Some((name, _)) = feature_of(target).filter(|(name, _)| overriding.features.contains_key(*name)) {
        edits.push(out(&["features", name]));
    }
    edits
}

/// What the site can switch on for an app, beside the rules that are there.
fn site_for(workspace: &Workspace, target: &Target) -> Vec<Edit> {
    let site = workspace.site();
    let mut edits = Vec::new();
    if let Some(entity) = site.entity.as_ref().filter(|entity| entity.attribute.is_some())
        && !entity.enabled.is_some_and(|enabled| enabled.value)
    {
        edits.extend(on_site(workspace, "entity", true, &["enabled"]));
    }
    let Some((name, detailed)) = feature_of(target) else { return edits };
    match site.features.get(name) {
        None => edits.extend(on_site(workspace, name, false, &["enabled"])),
        Some(feature) if detailed && feature.detailed_traces.is_none() => {
            edits.extend(on_site(workspace, name, true, &["detailedTraces", "enabled"]));
        }
        Some(_) => {}
    }
    edits
}
