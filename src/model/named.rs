//! The names that definitions know, to tell a slip from a name on purpose.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Features, Names, Rules, Workspace};

/// The roles that open the framework's own pages. No file writes them down.
const FRAMEWORK: &[&str] = &["pika:site-admin", "pika:content-admin", "pika:content-user"];

impl Workspace {
    /// The roles that rules of apps and of the site name, and those with permissions.
    pub fn roles_of_rules(&self) -> BTreeSet<&str> {
        let mut lists: Vec<&Arc<Names>> = Vec::new();
        for app in self.apps() {
            lists.extend(&app.rules.user_roles);
            lists.extend(&app.required_roles);
            of_features(&app.features, &mut lists);
            if let Some(overriding) = &app.overriding {
                lists.extend(&overriding.rules.user_roles);
                of_features(&overriding.features, &mut lists);
            }
        }
        of_features(&self.site().features, &mut lists);
        let of_permissions = self.permissions().roles().map(|role| &*role.name.value);
        names(&lists).chain(FRAMEWORK.iter().copied()).chain(of_permissions).collect()
    }

    /// The entities that rules of apps name.
    pub fn entities_of_rules(&self) -> BTreeSet<&str> {
        let mut lists: Vec<&Arc<Names>> = Vec::new();
        for app in self.apps() {
            lists.extend(&app.allowed_entities);
            if let Some(overriding) = &app.overriding {
                lists.extend(overriding.internal_entities.iter().chain(&overriding.external_entities));
            }
        }
        names(&lists).collect()
    }

    /// The roles that users have of their own, and those with permissions, which teams and assignments can give.
    pub fn roles_of_users(&self) -> BTreeSet<&str> {
        let own = self.users().iter().flat_map(|user| &user.roles).map(|role| &*role.value);
        own.chain(self.permissions().roles().map(|role| &*role.name.value)).collect()
    }
}

fn names<'n>(lists: &[&'n Arc<Names>]) -> impl Iterator<Item = &'n str> {
    lists.iter().copied().flat_map(|list| list.iter())
}

fn of_features<'f>(features: &'f Features, lists: &mut Vec<&'f Arc<Names>>) {
    let rules = features.values().flat_map(|feature| std::iter::once(&feature.rules).chain(&feature.detailed_traces));
    lists.extend(rules.filter_map(|rules: &Rules| rules.user_roles.as_ref()));
}
