//! Every single edit that docs/ways-in.md allows for one denial, in the document's order and close to its words.
//!
//! What is enumerated follows from the definitions as they stand. An edit that another one would first make possible is not in
//! the list: a list is not started in an override whose exclusive list the other edit takes out.

use crate::edit::{Act, Edit, Kind, List, Of, Spot};
use crate::oracle::Semantics;
use crate::target::Target;
use crate::worlds::world::{App, FeatureConfig, Override, Rules, Site, User, UserType, Value, World};

/// Who asks for what.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub world: &'a World,
    pub user: &'a User,
    pub target: &'a Target,
    pub semantics: Semantics,
}

/// A mapping of rules, and where it stands.
struct Place<'a> {
    of: Of,
    spot: Spot,
    rules: &'a Rules,
}

pub fn edits(asked: &Question<'_>) -> Vec<Edit> {
    let mut all = Vec::new();
    user_add_role(asked, &mut all);
    user_set_entity(asked, &mut all);
    user_set_type(asked, &mut all);
    list_add_role(asked, &mut all);
    list_add_id_or_entity(asked, &mut all);
    list_remove(asked, &mut all);
    enable(asked, &mut all);
    override_edit(asked, &mut all);
    override_remove(asked, &mut all);
    site_enable(asked, &mut all);
    all
}

fn add(all: &mut Vec<Edit>, kind: Kind, of: Of, act: Act) {
    let edit = Edit { kind, of, act };
    if !all.contains(&edit) {
        all.push(edit);
    }
}

impl<'a> Question<'a> {
    pub fn app(&self) -> Option<&'a App> {
        self.target.app().and_then(|id| self.world.app(id))
    }

    fn admin_override(&self) -> Option<&'a Override> {
        self.app()?.admin_override.as_ref()
    }

    /// The feature that is asked about; detailed traces are asked about within `traces`.
    fn feature(&self) -> Option<&'a str> {
        match self.target {
            Target::Feature(_, name) => Some(name),
            Target::DetailedTraces(_) => Some("traces"),
            _ => None,
        }
    }

    fn is_detailed(&self) -> bool {
        matches!(self.target, Target::DetailedTraces(_))
    }

    /// The path in custom data where the site finds entities.
    fn entity_path(&self) -> Option<&'a str> {
        self.world.site.entity.as_ref()?.attribute_name.as_deref()
    }

    fn can_have_entity(&self) -> bool {
        match &self.world.site.entity {
            Some(settings) => settings.attribute_name.is_some(),
            None => self.semantics == Semantics::Documented,
        }
    }

    /// The entity which the user has, or would have with the entity feature enabled.
    fn entity(&self) -> Option<&'a str> {
        if !self.can_have_entity() {
            return None;
        }
        let Some(path) = self.entity_path() else {
            return self.user.entity.as_deref().filter(|entity| !entity.is_empty());
        };
        let mut steps = path.split('.');
        let mut value = self.user.custom_data.as_ref()?.get(steps.next()?)?;
        for step in steps {
            let Value::Map(fields) = value else { return None };
            value = fields.get(step)?;
        }
        match value {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Whether something that is no mapping stands on the way to the entity, or something that is no text in its place.
    fn entity_path_is_blocked(&self) -> bool {
        let (Some(path), Some(mut fields)) = (self.entity_path(), self.user.custom_data.as_ref()) else { return false };
        let steps: Vec<&str> = path.split('.').collect();
        for step in &steps[..steps.len() - 1] {
            match fields.get(*step) {
                None | Some(Value::Null) => return false,
                Some(Value::Text(_) | Value::List(_)) => return true,
                Some(Value::Map(inner)) => fields = inner,
            }
        }
        matches!(fields.get(steps[steps.len() - 1]), Some(Value::List(_) | Value::Map(_)))
    }

    fn roles(&self) -> Vec<&'a String> {
        self.user.roles.iter().flatten().collect()
    }

    /// The configurations of the feature that is asked about: the app's, the override's, the site's.
    fn configs(&self) -> Vec<(Of, &'a FeatureConfig)> {
        let Some(name) = self.feature() else { return Vec::new() };
        let own = self.app().and_then(|app| app.features.get(name)).map(|config| (Of::App, config));
        let overriding = self.admin_override().and_then(|over| over.features.get(name)).map(|config| (Of::Override, config));
        let site = self.world.site.features.get(name).map(|config| (Of::Site, config));
        [own, overriding, site].into_iter().flatten().collect()
    }

    /// The rules of the target.
    fn places(&self) -> Vec<Place<'a>> {
        let mut all = Vec::new();
        if let Some(app) = self.app() {
            all.push(Place { of: Of::App, spot: Spot::Own, rules: &app.rules });
        }
        if let Some(over) = self.admin_override() {
            all.push(Place { of: Of::Override, spot: Spot::Own, rules: &over.rules });
        }
        for (of, config) in self.configs() {
            let name = self.feature().unwrap_or_default();
            all.push(Place { of, spot: Spot::Feature(name.to_owned()), rules: &config.rules });
            if self.is_detailed()
                && let Some(rules) = &config.detailed_traces
            {
                all.push(Place { of, spot: Spot::Detailed, rules });
            }
        }
        all
    }

    /// Whether an exclusive list that is empty decides all the same.
    fn empty_ids_count(&self) -> bool {
        self.semantics == Semantics::Legacy
    }

    /// The exclusive lists of the override that count.
    fn exclusive(&self) -> Vec<(List, &'a Vec<String>)> {
        let Some(over) = self.admin_override() else { return Vec::new() };
        let ids = over.exclusive_user_ids.as_ref().filter(|ids| !ids.is_empty() || self.empty_ids_count());
        let internal = over.exclusive_internal.as_ref().filter(|list| !list.is_empty());
        let external = over.exclusive_external.as_ref().filter(|list| !list.is_empty());
        let lists = [(List::ExclusiveUserIds, ids), (List::ExclusiveInternal, internal), (List::ExclusiveExternal, external)];
        lists.into_iter().filter_map(|(list, names)| Some((list, names?))).collect()
    }

    /// Whether the rules that stand there have no list at all, so that one can be started.
    fn can_start(&self, place: &Place<'_>) -> bool {
        let rules = place.rules;
        let bare = rules.user_types.is_none() && rules.user_roles.is_none();
        match (place.of, &place.spot) {
            (Of::App, Spot::Own) => self.app().is_some_and(|app| {
                bare && app.required_roles.is_none() && app.allowed_entities.is_none() && app.allowed_user_ids.is_none()
            }),
            (Of::Override, Spot::Own) => bare && self.exclusive().is_empty(),
            _ => bare,
        }
    }

    fn can_start_own(&self, of: Of) -> bool {
        self.places().iter().any(|place| place.of == of && place.spot == Spot::Own && self.can_start(place))
    }
}

fn user_add_role(asked: &Question<'_>, all: &mut Vec<Edit>) {
    let mut named: Vec<String> = Vec::new();
    for place in asked.places() {
        named.extend(place.rules.user_roles.iter().flatten().cloned());
    }
    named.extend(asked.app().iter().flat_map(|app| app.required_roles.iter().flatten().cloned()));
    match asked.target {
        Target::SiteAdmin => named.push("pika:site-admin".to_owned()),
        Target::ContentAdmin => named.push("pika:content-admin".to_owned()),
        _ => {}
    }
    for role in named {
        if !asked.roles().contains(&&role) {
            add(all, Kind::UserAddRole, Of::User, Act::AddRole(role));
        }
    }
}

fn user_set_entity(asked: &Question<'_>, all: &mut Vec<Edit>) {
    if !asked.can_have_entity() || asked.entity_path_is_blocked() {
        return;
    }
    let mut named: Vec<String> = asked.app().iter().flat_map(|app| app.allowed_entities.iter().flatten().cloned()).collect();
    for list in asked.admin_override().iter().flat_map(|over| [&over.exclusive_internal, &over.exclusive_external]) {
        named.extend(list.iter().flatten().cloned());
    }
    for entity in named {
        if !entity.is_empty() && asked.entity() != Some(&entity) {
            add(all, Kind::UserSetEntity, Of::User, Act::SetEntity(asked.entity_path().map(str::to_owned), entity));
        }
    }
}

fn user_set_type(asked: &Question<'_>, all: &mut Vec<Edit>) {
    let other = match asked.user.user_type {
        Some(UserType::Internal) => UserType::External,
        Some(UserType::External) | None => UserType::Internal,
    };
    add(all, Kind::UserSetType, Of::User, Act::SetType(other));
}

fn list_add_role(asked: &Question<'_>, all: &mut Vec<Edit>) {
    for place in asked.places() {
        let there = place.rules.user_roles.is_some();
        if !there && !asked.can_start(&place) {
            continue;
        }
        for role in asked.roles() {
            if !place.rules.user_roles.iter().flatten().any(|listed| listed == role) {
                add(all, Kind::ListAdd, place.of, Act::Add(place.spot.clone(), List::UserRoles, role.clone()));
            }
        }
    }
    let Some(required) = asked.app().and_then(|app| app.required_roles.as_ref()) else { return };
    for role in asked.roles() {
        if !required.contains(role) {
            add(all, Kind::ListAdd, Of::App, Act::Add(Spot::Own, List::RequiredRoles, role.clone()));
        }
    }
}

fn list_add_id_or_entity(asked: &Question<'_>, all: &mut Vec<Edit>) {
    let id = Some(asked.user.id.as_str());
    let entity = asked.entity();
    let mut offer = |of: Of, list: List, there: Option<&Vec<String>>, name: Option<&str>| {
        let may_be_added_to = there.is_some() || asked.can_start_own(of);
        if let Some(name) = name
            && may_be_added_to
            && !there.is_some_and(|names| names.iter().any(|listed| listed == name))
        {
            add(all, Kind::ListAdd, of, Act::Add(Spot::Own, list, name.to_owned()));
        }
    };
    if let Some(app) = asked.app() {
        offer(Of::App, List::AllowedUserIds, app.allowed_user_ids.as_ref(), id);
        offer(Of::App, List::AllowedEntities, app.allowed_entities.as_ref(), entity);
    }
    if asked.admin_override().is_some() {
        let exclusive = asked.exclusive();
        let counting = |list: List| exclusive.iter().find(|(known, _)| *known == list).map(|(_, names)| *names);
        offer(Of::Override, List::ExclusiveUserIds, counting(List::ExclusiveUserIds), id);
        offer(Of::Override, List::ExclusiveInternal, counting(List::ExclusiveInternal), entity);
        offer(Of::Override, List::ExclusiveExternal, counting(List::ExclusiveExternal), entity);
    }
}

fn list_remove(asked: &Question<'_>, all: &mut Vec<Edit>) {
    let Some(app) = asked.app() else { return };
    if app.denied_user_ids.iter().flatten().any(|id| *id == asked.user.id) {
        add(all, Kind::ListRemove, Of::App, Act::Undeny(asked.user.id.clone()));
    }
}

/// Every mapping of that definition which is there and is not switched on: it, its configuration of the feature, and the
/// `detailedTraces` of that.
fn not_enabled(asked: &Question<'_>, of: Of) -> Vec<Spot> {
    let places = asked.places().into_iter().filter(|place| place.of == of);
    places.filter(|place| place.rules.enabled != Some(true)).map(|place| place.spot).collect()
}

fn enable(asked: &Question<'_>, all: &mut Vec<Edit>) {
    for spot in not_enabled(asked, Of::App) {
        add(all, Kind::Enable, Of::App, Act::Enable(spot));
    }
}

fn override_edit(asked: &Question<'_>, all: &mut Vec<Edit>) {
    let Some(over) = asked.admin_override() else { return };
    for spot in not_enabled(asked, Of::Override) {
        add(all, Kind::OverrideEdit, Of::Override, Act::Enable(spot));
    }
    for (list, _) in asked.exclusive() {
        add(all, Kind::OverrideEdit, Of::Override, Act::DropList(list));
    }
    if matches!(asked.target, Target::HomePage(_)) && over.home_page_rules.is_some() {
        add(all, Kind::OverrideEdit, Of::Override, Act::DropHomePage);
    }
    if let Some(name) = asked.feature()
        && over.features.contains_key(name)
    {
        add(all, Kind::OverrideEdit, Of::Override, Act::DropFeature(name.to_owned()));
    }
}

fn override_remove(asked: &Question<'_>, all: &mut Vec<Edit>) {
    if asked.admin_override().is_some() {
        add(all, Kind::OverrideRemove, Of::Override, Act::DropOverride);
    }
}

fn site_enable(asked: &Question<'_>, all: &mut Vec<Edit>) {
    let site = &asked.world.site;
    // A world cannot tell a site that says nothing from none; the generated ones all say something.
    if *site == Site::default() {
        return;
    }
    let mut offer = |act: Act, on: Option<bool>| {
        if on != Some(true) {
            add(all, Kind::SiteEnable, Of::Site, act);
        }
    };
    if let Some(name) = asked.feature() {
        let rule = site.features.get(name);
        offer(Act::Enable(Spot::Feature(name.to_owned())), rule.and_then(|rule| rule.rules.enabled));
        if asked.is_detailed()
            && let Some(rule) = rule
        {
            offer(Act::Enable(Spot::Detailed), rule.detailed_traces.as_ref().and_then(|rules| rules.enabled));
        }
    }
    if let Some(settings) = &site.entity
        && settings.attribute_name.is_some()
    {
        offer(Act::EnableEntity, settings.enabled);
    }
    match asked.target {
        Target::SiteAdmin => offer(Act::EnableSiteAdmin, site.site_admin),
        Target::ContentAdmin => offer(Act::EnableContentAdmin, site.content_admin),
        _ => {}
    }
}
