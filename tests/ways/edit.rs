//! One edit of a world: what it is called, where it stands, and what the world is once it is made.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::worlds::world::{App, Features, Override, Rules, User, UserType, Value, World};

/// In the order of the document's table, which is the order in which equal ways are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    UserAddRole,
    UserSetEntity,
    UserSetType,
    ListAdd,
    ListRemove,
    Enable,
    OverrideEdit,
    OverrideRemove,
    SiteEnable,
}

/// Whose definition is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    User,
    App,
    Override,
    Site,
}

/// Which mapping of rules in that definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// That of the app or override itself.
    Own,
    Feature(String),
    /// That of `traces.detailedTraces`.
    Detailed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    UserRoles,
    RequiredRoles,
    AllowedEntities,
    AllowedUserIds,
    DeniedUserIds,
    ExclusiveUserIds,
    ExclusiveInternal,
    ExclusiveExternal,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    AddRole(String),
    /// Under the path in custom data, else in the field `entity`.
    SetEntity(Option<String>, String),
    SetType(UserType),
    Add(Spot, List, String),
    Undeny(String),
    Enable(Spot),
    EnableEntity,
    EnableSiteAdmin,
    EnableContentAdmin,
    DropList(List),
    DropFeature(String),
    DropHomePage,
    DropOverride,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub kind: Kind,
    pub of: Of,
    pub act: Act,
}

/// What an answer says of an edit: whose definition, the path in it, and the value as JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub of: String,
    pub path: String,
    pub value: String,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::UserAddRole,
        Self::UserSetEntity,
        Self::UserSetType,
        Self::ListAdd,
        Self::ListRemove,
        Self::Enable,
        Self::OverrideEdit,
        Self::OverrideRemove,
        Self::SiteEnable,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::UserAddRole => "user-add-role",
            Self::UserSetEntity => "user-set-entity",
            Self::UserSetType => "user-set-type",
            Self::ListAdd => "list-add",
            Self::ListRemove => "list-remove",
            Self::Enable => "enable",
            Self::OverrideEdit => "override-edit",
            Self::OverrideRemove => "override-remove",
            Self::SiteEnable => "site-enable",
        }
    }
}

impl List {
    pub fn name(self) -> &'static str {
        match self {
            Self::UserRoles => "userRoles",
            Self::RequiredRoles => "requiredRoles",
            Self::AllowedEntities => "allowedEntities",
            Self::AllowedUserIds => "allowedUserIds",
            Self::DeniedUserIds => "deniedUserIds",
            Self::ExclusiveUserIds => "exclusiveUserIdAccessControl",
            Self::ExclusiveInternal => "exclusiveInternalAccessControl",
            Self::ExclusiveExternal => "exclusiveExternalAccessControl",
        }
    }
}

impl Edit {
    pub fn key(&self) -> Key {
        let of = match self.of {
            Of::User => "user",
            Of::App => "app",
            Of::Override => "override",
            Of::Site => "site",
        };
        Key { of: of.to_owned(), path: self.path(), value: self.value().to_string() }
    }

    fn path(&self) -> String {
        let below = |spot: &Spot, field: &str| {
            // A site's features stand beside its other settings, an app's in a mapping of their own.
            let features = if self.of == Of::Site { "" } else { "features." };
            match spot {
                Spot::Own => field.to_owned(),
                Spot::Feature(name) => format!("{features}{name}.{field}"),
                Spot::Detailed => format!("{features}traces.detailedTraces.{field}"),
            }
        };
        match &self.act {
            Act::AddRole(_) => "roles".to_owned(),
            Act::SetEntity(None, _) => "entity".to_owned(),
            Act::SetEntity(Some(path), _) => format!("customData.{path}"),
            Act::SetType(_) => "userType".to_owned(),
            Act::Add(spot, list, _) => below(spot, list.name()),
            Act::Undeny(_) => List::DeniedUserIds.name().to_owned(),
            Act::Enable(spot) => below(spot, "enabled"),
            Act::EnableEntity => "entity.enabled".to_owned(),
            Act::EnableSiteAdmin => "siteAdmin.websiteEnabled".to_owned(),
            Act::EnableContentAdmin => "contentAdmin.enabled".to_owned(),
            Act::DropList(list) => list.name().to_owned(),
            Act::DropFeature(name) => format!("features.{name}"),
            Act::DropHomePage => "homePageFilterRules".to_owned(),
            Act::DropOverride => String::new(),
        }
    }

    fn value(&self) -> Json {
        match &self.act {
            Act::AddRole(name) | Act::SetEntity(_, name) | Act::Add(_, _, name) | Act::Undeny(name) => json!(name),
            Act::SetType(user_type) => json!(user_type.name()),
            Act::Enable(_) | Act::EnableEntity | Act::EnableSiteAdmin | Act::EnableContentAdmin => json!(true),
            Act::DropList(_) | Act::DropFeature(_) | Act::DropHomePage | Act::DropOverride => Json::Null,
        }
    }

    /// Whether two ways that differ in the value of this edit alone are one row.
    pub fn has_alternatives(&self) -> bool {
        match &self.act {
            Act::AddRole(_) | Act::SetEntity(..) => true,
            Act::Add(_, list, _) => matches!(list, List::UserRoles | List::RequiredRoles),
            _ => false,
        }
    }

    /// Whether the two cannot both be made: two values for one field, or an edit within what the other takes out.
    pub fn conflicts(&self, other: &Self) -> bool {
        self.undoes(other) || other.undoes(self)
    }

    fn undoes(&self, other: &Self) -> bool {
        match (&self.act, &other.act) {
            (Act::SetEntity(..), Act::SetEntity(..)) => self != other,
            (Act::DropOverride, _) => other.of == Of::Override && self != other,
            (Act::DropList(dropped), Act::Add(Spot::Own, list, _)) => dropped == list,
            (Act::DropFeature(dropped), Act::Add(spot, ..) | Act::Enable(spot)) if other.of == Of::Override => match spot {
                Spot::Own => false,
                Spot::Feature(name) => name == dropped,
                Spot::Detailed => dropped == "traces",
            },
            _ => false,
        }
    }

    /// Makes the edit for this user and the app that is asked about, if it is about one.
    pub fn apply(&self, world: &mut World, user: &str, app: Option<&str>) {
        match &self.act {
            Act::AddRole(role) => user_of(world, user).roles.get_or_insert_default().push(role.clone()),
            Act::SetEntity(path, entity) => set_entity(user_of(world, user), path.as_deref(), entity),
            Act::SetType(user_type) => user_of(world, user).user_type = Some(*user_type),
            Act::Add(spot, list, name) => self.list_of(world, app, spot, *list).get_or_insert_default().push(name.clone()),
            Act::Undeny(id) => app_of(world, app).denied_user_ids.iter_mut().for_each(|ids| ids.retain(|listed| listed != id)),
            Act::Enable(spot) => self.rules_of(world, app, spot).enabled = Some(true),
            Act::EnableEntity => world.site.entity.get_or_insert_default().enabled = Some(true),
            Act::EnableSiteAdmin => world.site.site_admin = Some(true),
            Act::EnableContentAdmin => world.site.content_admin = Some(true),
            Act::DropList(list) => *self.list_of(world, app, &Spot::Own, *list) = None,
            Act::DropFeature(name) => {
                override_of(world, app).features.remove(name);
            }
            Act::DropHomePage => override_of(world, app).home_page_rules = None,
            Act::DropOverride => app_of(world, app).admin_override = None,
        }
    }

    fn list_of<'a>(&self, world: &'a mut World, app: Option<&str>, spot: &Spot, list: List) -> &'a mut Option<Vec<String>> {
        match list {
            List::UserRoles => &mut self.rules_of(world, app, spot).user_roles,
            List::RequiredRoles => &mut app_of(world, app).required_roles,
            List::AllowedEntities => &mut app_of(world, app).allowed_entities,
            List::AllowedUserIds => &mut app_of(world, app).allowed_user_ids,
            List::DeniedUserIds => &mut app_of(world, app).denied_user_ids,
            List::ExclusiveUserIds => &mut override_of(world, app).exclusive_user_ids,
            List::ExclusiveInternal => &mut override_of(world, app).exclusive_internal,
            List::ExclusiveExternal => &mut override_of(world, app).exclusive_external,
        }
    }

    fn rules_of<'a>(&self, world: &'a mut World, app: Option<&str>, spot: &Spot) -> &'a mut Rules {
        let features: &mut Features = match (self.of, spot) {
            (Of::Site, _) => &mut world.site.features,
            (Of::Override, Spot::Own) => return &mut override_of(world, app).rules,
            (Of::Override, _) => &mut override_of(world, app).features,
            (_, Spot::Own) => return &mut app_of(world, app).rules,
            (_, _) => &mut app_of(world, app).features,
        };
        // A mapping that the site does not have is added by what switches it on.
        match spot {
            Spot::Feature(name) => &mut features.entry(name.clone()).or_default().rules,
            _ => features.entry("traces".to_owned()).or_default().detailed_traces.get_or_insert_default(),
        }
    }
}

fn user_of<'a>(world: &'a mut World, id: &str) -> &'a mut User {
    world.users.iter_mut().find(|user| user.id == id).expect("the user is defined")
}

fn app_of<'a>(world: &'a mut World, id: Option<&str>) -> &'a mut App {
    world.apps.iter_mut().find(|app| Some(app.id.as_str()) == id).expect("the target's app is defined")
}

fn override_of<'a>(world: &'a mut World, id: Option<&str>) -> &'a mut Override {
    app_of(world, id).admin_override.as_mut().expect("the app has an override")
}

/// What stands in the way of the path, a text or a list, gives way to a mapping.
fn set_entity(user: &mut User, path: Option<&str>, entity: &str) {
    let Some(path) = path else {
        user.entity = Some(entity.to_owned());
        return;
    };
    let mut fields = user.custom_data.get_or_insert_default();
    let (above, last) = match path.rsplit_once('.') {
        Some((above, last)) => (Some(above), last),
        None => (None, path),
    };
    for step in above.iter().flat_map(|above| above.split('.')) {
        let value = fields.entry(step.to_owned()).or_insert(Value::Null);
        if !matches!(value, Value::Map(_)) {
            *value = Value::Map(BTreeMap::new());
        }
        let Value::Map(inner) = value else { unreachable!("it was made one") };
        fields = inner;
    }
    fields.insert(last.to_owned(), Value::Text(entity.to_owned()));
}
