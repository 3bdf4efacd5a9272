//! The user as a question sees one: with a type, roles and an entity that count, after what-ifs.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::held::Holding;
use crate::compile::Holdings;
use crate::model::{Entity, EntityRule, Facets, Semantics, User, UserType, Workspace};
use crate::source::Span;

/// Changes to a user for the sake of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// As if the user were of this type.
    pub user_type: Option<UserType>,
    /// As if the user also had these roles.
    pub with_roles: Vec<String>,
    /// As if the user did not have these roles.
    pub without_roles: Vec<String>,
    /// As if the user belonged to this entity.
    pub entity: Option<String>,
}

/// One user, ready for a walk.
#[derive(Clone, Debug)]
pub struct Subject<'u> {
    /// The id; `None` only for a user given on the command line without one.
    pub id: Option<&'u str>,
    /// The type that counts.
    pub user_type: UserType,
    /// The roles, each once.
    pub roles: Vec<&'u str>,
    /// The entity.
    pub entity: Entity<'u>,
    /// The user as defined.
    pub user: &'u User,
    what_if: &'u WhatIf,
    /// Whether what is held for a time, for a project or in an emergency counts.
    counts_limited: bool,
    /// What the user holds; found when it is first asked.
    holding: OnceCell<Rc<Holding>>,
}

/// What a user without an id is called.
const UNNAMED: &str = "this user";

impl<'u> Subject<'u> {
    /// The user under a semantics, changed as `what_if` says.
    pub fn new(workspace: &'u Workspace, user: &'u User, semantics: Semantics, what_if: &'u WhatIf) -> Self {
        let own = user.roles.iter().map(|role| &*role.value).filter(|role| !what_if.without_roles.iter().any(|gone| gone == role));
        let roles = each_once(own.chain(what_if.with_roles.iter().map(String::as_str)));
        Self {
            id: user.id.as_ref().map(|id| &*id.value),
            user_type: what_if.user_type.unwrap_or_else(|| user.effective_type()),
            roles,
            entity: EntityRule::new(workspace, semantics, what_if.entity.as_deref()).of(user),
            user,
            what_if,
            counts_limited: true,
            holding: OnceCell::new(),
        }
    }

    /// The same user without what is held for a time, for a project or in an emergency.
    #[must_use]
    pub fn without_limited(&self) -> Self {
        Self { counts_limited: false, holding: OnceCell::new(), ..self.clone() }
    }

    pub(super) fn counts_limited(&self) -> bool {
        self.counts_limited
    }

    /// A user without id of whom a type and an entity are supposed.
    pub(super) fn supposed(user_type: UserType, entity: Option<&'u str>, user: &'u User, what_if: &'u WhatIf) -> Self {
        let entity = match entity {
            Some(name) => Entity::Of(name.into()),
            None => Entity::None { why: "".into(), source: None },
        };
        Self { id: None, user_type, roles: Vec::new(), entity, user, what_if, counts_limited: true, holding: OnceCell::new() }
    }

    /// What of the user decides about chat apps.
    pub fn facets(&self) -> Facets<'_> {
        Facets { id: self.name(), user_type: self.user_type, roles: &self.roles, entity: self.entity.name() }
    }

    /// A user of whom nothing but facets is known, in which what-ifs are counted already.
    pub(super) fn of_facets(facets: &Facets<'u>, user: &'u User, what_if: &'u WhatIf) -> Self {
        let roles = each_once(facets.roles.iter().copied());
        Self { id: Some(facets.id), roles, ..Self::supposed(facets.user_type, facets.entity, user, what_if) }
    }

    /// What the user holds. A subject is asked about one workspace, which has one set of holdings.
    pub(super) fn holding(&self, holdings: &Holdings) -> &Holding {
        self.holding.get_or_init(|| {
            let places: HashMap<&str, Span> = self.user.roles.iter().rev().map(|role| (&*role.value, role.span)).collect();
            let own = self.roles.iter().map(|role| (*role, places.get(role).copied()));
            Rc::new(Holding::new(holdings, self.id, own, &self.what_if.without_roles, self.counts_limited))
        })
    }

    /// What sentences call the user.
    pub fn name(&self) -> &'u str {
        self.id.unwrap_or(UNNAMED)
    }
}

/// Names without those that came before. Few are compared with one another, many are looked up.
fn each_once<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    const FEW: usize = 16;
    let mut kept: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for name in names {
        if kept.len() == FEW && seen.is_empty() {
            seen.extend(&kept);
        }
        let new = if kept.len() < FEW { !kept.contains(&name) } else { seen.insert(name) };
        if new {
            kept.push(name);
        }
    }
    kept
}
