//! The same decisions as a good programmer writes them without further thought: a loop over users and apps, and hash sets.
//!
//! This is the measure of all others. It is also a second opinion on the counts, written from the documents.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;

/// Who is let into one app.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Rules {
    chat_app_id: String,
    enabled: Option<bool>,
    user_types: Option<HashSet<String>>,
    user_roles: Option<HashSet<String>>,
    apply_rules_as: Option<String>,
    required_roles: Option<Vec<String>>,
    allowed_entities: Option<HashSet<String>>,
    allowed_user_ids: Option<HashSet<String>>,
    denied_user_ids: Option<HashSet<String>>,
    exclusive_user_id_access_control: Option<HashSet<String>>,
    exclusive_internal_access_control: Option<HashSet<String>>,
    exclusive_external_access_control: Option<HashSet<String>>,
}

/// An app, and what an administrator put in place of its rules.
#[derive(Debug)]
pub(crate) struct App {
    rules: Rules,
    overriding: Option<Rules>,
}

/// A user as the file has one.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct User {
    #[serde(rename = "userId")]
    id: String,
    #[serde(rename = "userType")]
    kind: Option<String>,
    roles: Vec<String>,
    custom_data: HashMap<String, String>,
}

impl User {
    fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("external-user")
    }

    fn entity(&self) -> Option<&str> {
        self.custom_data.get("accountId").map(String::as_str).filter(|entity| !entity.is_empty())
    }
}

impl App {
    /// The app's id.
    pub(crate) fn id(&self) -> &str {
        &self.rules.chat_app_id
    }

    /// Whether the user is let in.
    pub(crate) fn lets_in(&self, user: &User) -> bool {
        if self.rules.enabled != Some(true) {
            return false;
        }
        let Some(overriding) = &self.overriding else {
            return self.rules.own(user);
        };
        if overriding.enabled == Some(false) {
            return false;
        }
        if let Some(ids) = overriding.exclusive_user_id_access_control.as_ref().filter(|ids| !ids.is_empty()) {
            return ids.contains(&user.id);
        }
        let entities = match user.kind() {
            "internal-user" => &overriding.exclusive_internal_access_control,
            _ => &overriding.exclusive_external_access_control,
        };
        if let Some(entities) = entities.as_ref().filter(|entities| !entities.is_empty()) {
            return user.entity().is_some_and(|entity| entities.contains(entity));
        }
        overriding.enabled == Some(true) && overriding.types_and_roles(user).unwrap_or(false)
    }
}

impl Rules {
    fn own(&self, user: &User) -> bool {
        if self.denied_user_ids.as_ref().is_some_and(|ids| ids.contains(&user.id)) {
            return false;
        }
        let combined = self.types_and_roles(user);
        let any = combined.is_some() || self.allowed_entities.is_some() || self.required_roles.is_some() || self.allowed_user_ids.is_some();
        any && combined.unwrap_or(true)
            && self.allowed_entities.as_ref().is_none_or(|entities| user.entity().is_some_and(|entity| entities.contains(entity)))
            && self.required_roles.as_ref().is_none_or(|roles| !roles.is_empty() && roles.iter().all(|role| user.roles.contains(role)))
            && self.allowed_user_ids.as_ref().is_none_or(|ids| ids.contains(&user.id))
    }

    fn types_and_roles(&self, user: &User) -> Option<bool> {
        let by_type = self.user_types.as_ref().map(|types| types.contains(user.kind()));
        let by_role = self.user_roles.as_ref().map(|listed| user.roles.iter().any(|role| listed.contains(role)));
        if by_type.is_none() && by_role.is_none() {
            return None;
        }
        let (by_type, by_role) = (by_type.unwrap_or(true), by_role.unwrap_or(true));
        Some(if self.apply_rules_as.as_deref() == Some("or") { by_type || by_role } else { by_type && by_role })
    }
}

/// The apps of a generated workspace, by id.
pub(crate) fn apps(workspace: &Path) -> io::Result<Vec<App>> {
    let mut overrides: HashMap<String, Rules> = HashMap::new();
    for rules in records::<Rules>(&workspace.join("overrides.ndjson"))? {
        let rules = rules?;
        overrides.insert(rules.chat_app_id.clone(), rules);
    }
    let mut apps = BTreeMap::new();
    for rules in records::<Rules>(&workspace.join("apps.ndjson"))? {
        let rules = rules?;
        let overriding = overrides.remove(&rules.chat_app_id);
        apps.insert(rules.chat_app_id.clone(), App { rules, overriding });
    }
    Ok(apps.into_values().collect())
}

/// The users of a generated workspace, one after the other.
pub(crate) fn users(workspace: &Path) -> io::Result<impl Iterator<Item = io::Result<User>> + use<>> {
    records(&workspace.join("users.ndjson"))
}

fn records<T: for<'a> Deserialize<'a>>(path: &Path) -> io::Result<impl Iterator<Item = io::Result<T>> + use<T>> {
    let lines = BufReader::with_capacity(1 << 16, File::open(path)?).lines();
    Ok(lines.map(|line| serde_json::from_str(&line?).map_err(io::Error::from)))
}
