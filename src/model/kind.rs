//! Which kind of definition a mapping is, by the fields that identify it.

use super::overriding::{OWN_FIELDS, SUFFIX};
use crate::parse::{
    KINDS, Node,
    spelling::{camel, means},
};

/// A kind of definition that can stand in a document of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    App,
    Override,
    User,
    Type,
    Instance,
    Custom,
    Role,
    Team,
    Assignment,
    Policy,
    Pattern,
}

impl Kind {
    /// Fields by which a definition is known; what is nearly one was probably meant to be.
    pub(super) const IDENTIFYING: &'static [&'static str] = &["chatAppId", "userId", "pattern", "resource", "role"];

    /// The kind of a mapping; `None` if nothing identifies it.
    pub(super) fn of(record: &Node) -> Option<Self> {
        let has = |name: &str| has(record, name);
        let granted = || has("role") || has("permission");
        let is_team = || has("members") || has("parent") || has("inheritance");
        Some(match () {
            () if has("chatAppId") => {
                if is_override(record) {
                    Self::Override
                } else {
                    Self::App
                }
            }
            () if has("userId") => Self::User,
            () if has("pattern") => Self::Pattern,
            () if has("user") || (has("role") && has("permission")) || (has("team") && granted() && !is_team()) => Self::Assignment,
            () if has("team") => Self::Team,
            () if has("resource") && has("id") => Self::Instance,
            () if has("resource") && (!has("name") || has("permissions")) => Self::Type,
            () if has("role") => Self::Role,
            () if !has("name") => return None,
            () if has("rules") => Self::Policy,
            () if has("permissions") || has("inherits") || has("level") => Self::Role,
            () => Self::Custom,
        })
    }

    /// The kind of what is listed under a key of a mapping of kinds.
    pub(super) fn of_list(key: &str, record: &Node) -> Option<Self> {
        Some(match key {
            "chatApps" if is_override(record) => Self::Override,
            "chatApps" => Self::App,
            "overrides" => Self::Override,
            "users" => Self::User,
            "resources" => Self::Type,
            "instances" => Self::Instance,
            "permissions" => Self::Custom,
            "roles" => Self::Role,
            "teams" => Self::Team,
            "assignments" => Self::Assignment,
            "policies" => Self::Policy,
            "patterns" => Self::Pattern,
            _ => return None,
        })
    }

    /// Whether a field that is also the key of a kind is this one's own.
    pub(super) fn owns(self, field: &str) -> bool {
        matches!((self, field), (Self::User, "roles") | (Self::Type | Self::Role, "permissions") | (Self::Custom, "conditions"))
    }
}

/// Whether a mapping has a field.
pub(super) fn has(record: &Node, name: &str) -> bool {
    record.entries().unwrap_or_default().iter().any(|entry| means(&entry.key, name))
}

/// Whether a mapping is one of kinds.
pub(super) fn is_of_kinds(record: &Node) -> bool {
    record.entries().unwrap_or_default().iter().any(|entry| KINDS.contains(&&*camel(&entry.key)))
}

/// Whether a record with a `chatAppId` says of itself that it is an override.
fn is_override(record: &Node) -> bool {
    record.entries().unwrap_or_default().iter().any(|entry| {
        let name = camel(&entry.key);
        OWN_FIELDS.contains(&&*name) || (name == "chatAppId" && entry.value.text().is_some_and(|id| id.ends_with(SUFFIX)))
    })
}
