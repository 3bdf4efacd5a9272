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
    /// The same where nothing is supposed.
    nothing: WhatIf,
    defined: EntityRule<'q>,
}

/// A user as a question sees one, and as one is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighted<'t> {
    /// With what the question supposes.
    pub supposed: Facets<'t>,
    /// Without that.
    pub defined: Facets<'t>,
}

impl<'q> Sight<'q> {
    /// How a workspace's users are seen under a semantics, changed as `what_if` says.
    pub fn new(workspace: &'q Workspace, semantics: Semantics, what_if: &'q WhatIf) -> Self {
        Self {
            workspace,
            semantics,
            what_if,
            entity: EntityRule::new(workspace, semantics, what_if.entity.as_deref()),
            nothing: WhatIf::default(),
            defined: EntityRule::new(workspace, semantics, None),
        }
    }

    /// A user as the loader reads one.
    pub(super) fn user<R>(&self, user: &User, take: impl FnOnce(&Sighted<'_>) -> R) -> R {
        let seen = |what_if| Subject::new(self.workspace, user, self.semantics, what_if);
        let supposed = seen(self.what_if);
        if *self.what_if == self.nothing {
            return take(&Sighted { supposed: supposed.facets(), defined: supposed.facets() });
        }
        let defined = seen(&self.nothing);
        take(&Sighted { supposed: supposed.facets(), defined: defined.facets() })
    }

    /// A user as the text has one; `roles` are those of the text, behind which those that are supposed are put.
    pub(super) fn raw<'r, 't>(&self, raw: &Raw<'t>, roles: &'r mut Vec<&'t str>) -> Sighted<'r>
    where
        'q: 't,
        't: 'r,
    {
        let WhatIf { user_type, with_roles, without_roles, entity: _ } = self.what_if;
        let own = roles.len();
        let changes_roles = !with_roles.is_empty() || !without_roles.is_empty();
        if changes_roles {
            for at in 0..own {
                let kept = roles.get(at).copied().filter(|role| !without_roles.iter().any(|gone| gone == role));
                roles.extend(kept);
            }
            roles.extend(with_roles.iter().map(String::as_str));
        }
        let (own, changed) = roles.split_at_checked(own).unwrap_or_default();
        let facets = |user_type: Option<UserType>, roles: &'r [&'t str], rule: &EntityRule<'q>| Facets {
            id: raw.id,
            user_type: user_type.unwrap_or(UserType::External),
            roles,
            entity: entity(raw, rule),
        };
        Sighted {
            supposed: facets(user_type.or(raw.user_type), if changes_roles { changed } else { own }, &self.entity),
            defined: facets(raw.user_type, own, &self.defined),
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

/// The entity of a user as the text has one.
fn entity<'t, 'q: 't>(raw: &Raw<'t>, rule: &EntityRule<'q>) -> Option<&'t str> {
    let entity = match rule {
        EntityRule::Nobody { .. } => None,
        EntityRule::Supposed(name) => Some(*name),
        EntityRule::Attribute(_) => raw.at_path,
        EntityRule::Own => raw.own,
    };
    entity.filter(|entity| !entity.is_empty())
}
