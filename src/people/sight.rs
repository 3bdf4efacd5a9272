//! Users as a question sees them: with what it supposes, and with the entity that the site's settings make theirs.

use super::Raw;
use crate::model::Semantics;
use crate::model::{EntityRule, Facets, User, UserType, Workspace};
use crate::walk::{Subject, WhatIf};

/// What a question makes of users.
#[derive(Debug)]
pub struct Sight<'q> {
    workspace: &'q Workspace,
    semantics: Semantics,
    what_if: &'q WhatIf,
    entity: EntityRule<'q>,
}

impl<'q> Sight<'q> {
    /// How a workspace's users are seen under a semantics, changed as `what_if` says.
    pub fn new(workspace: &'q Workspace, semantics: Semantics, what_if: &'q WhatIf) -> Self {
        Self { workspace, semantics, what_if, entity: EntityRule::new(workspace, semantics, what_if.entity.as_deref()) }
    }

    /// A user as the loader reads one.
    pub(super) fn user<R>(&self, user: &User, take: impl FnOnce(&Facets<'_>) -> R) -> R {
        take(&Subject::new(self.workspace, user, self.semantics, self.what_if).facets())
    }

    /// A user as the text has one; `roles` are changed in place.
    pub(super) fn raw<'r, 't>(&self, raw: &Raw<'t>, roles: &'r mut Vec<&'t str>) -> Facets<'r>
    where
        'q: 't,
        't: 'r,
    {
        if !self.what_if.without_roles.is_empty() {
            roles.retain(|role| !self.what_if.without_roles.iter().any(|gone| gone == role));
        }
        roles.extend(self.what_if.with_roles.iter().map(String::as_str));
        let entity = match &self.entity {
            EntityRule::Nobody { .. } => None,
            EntityRule::Supposed(name) => Some(*name),
            EntityRule::Attribute(_) => raw.at_path,
            EntityRule::Own => raw.own,
        };
        Facets {
            id: raw.id,
            user_type: self.what_if.user_type.or(raw.user_type).unwrap_or(UserType::External),
            roles,
            entity: entity.filter(|entity| !entity.is_empty()),
        }
    }

    /// Where in custom data the site looks for the entity.
    pub(super) fn path(&self) -> Option<&'q str> {
        let feature = self.workspace.site().entity.as_ref()?;
        feature.attribute.as_ref().map(|attribute| &*attribute.value)
    }

    pub(super) fn workspace(&self) -> &'q Workspace {
        self.workspace
    }
}
