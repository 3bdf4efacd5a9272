//! A world: everything that a workspace says about chat-app access, as plain data.
//!
//! Absent, false, true, an empty list and a non-empty list are all different here, because the
//! rules tell them apart. How a world is spelled in files is the business of `layout` alone.

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    pub apps: Vec<App>,
    pub users: Vec<User>,
    pub site: Site,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserType {
    Internal,
    External,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    And,
    Or,
}

/// The fields that open every kind of access: of an app, an override, a feature or detailed traces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    pub enabled: Option<bool>,
    pub user_types: Option<Vec<UserType>>,
    pub user_roles: Option<Vec<String>>,
    pub apply_rules_as: Option<Combine>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureConfig {
    pub rules: Rules,
    /// Read in the configuration of `traces` only.
    pub detailed_traces: Option<Rules>,
}

/// Feature name to configuration; a name that is not there is not configured, which differs from
/// configured as `{}`.
pub type Features = BTreeMap<String, FeatureConfig>;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct App {
    pub id: String,
    pub rules: Rules,
    pub required_roles: Option<Vec<String>>,
    pub allowed_entities: Option<Vec<String>>,
    pub allowed_user_ids: Option<Vec<String>>,
    pub denied_user_ids: Option<Vec<String>>,
    pub features: Features,
    pub test: Option<bool>,
    pub test_type: Option<String>,
    pub admin_override: Option<Override>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    pub rules: Rules,
    pub exclusive_user_ids: Option<Vec<String>>,
    pub exclusive_internal: Option<Vec<String>>,
    pub exclusive_external: Option<Vec<String>>,
    pub features: Features,
    pub home_page_rules: Option<Vec<HomePageRule>>,
}

/// "Users of these types see links to apps for those types."
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomePageRule {
    pub user_types: Option<Vec<UserType>>,
    pub chat_app_user_types: Option<Vec<UserType>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    pub id: String,
    pub user_type: Option<UserType>,
    pub roles: Option<Vec<String>>,
    pub entity: Option<String>,
    pub custom_data: Option<BTreeMap<String, Value>>,
}

/// A value in a user's custom data.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    /// A string, number or boolean: what counts is its text as written (`1.0`, `007`, `true`).
    Text(String),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    pub features: Features,
    pub entity: Option<EntitySettings>,
    pub home_page_rules: Option<Vec<HomePageRule>>,
    pub site_admin: Option<bool>,
    pub content_admin: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntitySettings {
    pub enabled: Option<bool>,
    pub attribute_name: Option<String>,
}

impl UserType {
    pub const ALL: [Self; 2] = [Self::Internal, Self::External];

    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal-user",
            Self::External => "external-user",
        }
    }
}

impl Combine {
    pub fn name(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
        }
    }
}

impl World {
    pub fn app(&self, id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.id == id)
    }

    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }
}
