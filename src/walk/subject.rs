//! The user as a question sees one: with a type, roles and an entity that count, after what-ifs.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::held::Holding;
use crate::compile::Holdings;
use crate::model::{EntityFeature, Semantics, User, UserType, Workspace};
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

/// A user's entity, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entity<'u> {
    /// The user belongs to it.
    Of(Cow<'u, str>),
    /// The user has none.
    None {
        /// Why, in words that follow "no entity: ".
        why: Cow<'static, str>,
        /// The definition that makes it so.
        source: Option<Span>,
    },
}

impl Entity<'_> {
    /// Its name.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Of(name) => Some(name),
            Self::None { .. } => None,
        }
    }
}

/// Where the entity of users is found. It depends on the site, the semantics and the question, and is the same for all users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityRule<'r> {
    /// Nobody has one.
    Nobody {
        /// Why, in words that follow "no entity: ".
        why: &'static str,
        /// The definition that makes it so.
        source: Option<Span>,
    },
    /// Everybody is supposed to be of this one.
    Supposed(&'r str),
    /// At this dotted path of custom data.
    Attribute(&'r str),
    /// In the user's own `entity` field.
    Own,
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
            holding: OnceCell::new(),
        }
    }

    /// What the user holds. A subject is asked about one workspace, which has one set of holdings.
    pub(super) fn holding(&self, holdings: &Holdings) -> &Holding {
        self.holding.get_or_init(|| {
            let places: HashMap<&str, Span> = self.user.roles.iter().rev().map(|role| (&*role.value, role.span)).collect();
            let own = self.roles.iter().map(|role| (*role, places.get(role).copied()));
            Rc::new(Holding::new(holdings, self.id, own, &self.what_if.without_roles))
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

impl<'r> EntityRule<'r> {
    /// The rule of a workspace under a semantics. A question may suppose an entity for everybody, and an empty one for none; where
    /// nobody has one, it supposes in vain.
    pub fn new(workspace: &'r Workspace, semantics: Semantics, supposed: Option<&'r str>) -> Self {
        if supposed == Some("") {
            return Self::Nobody { why: "the question supposes that there is none", source: None };
        }
        let rule = match &workspace.site().entity {
            Some(feature) => Self::of_feature(feature),
            None if semantics == Semantics::Documented => Self::Own,
            None => Self::Nobody { why: "the site does not configure `siteFeatures.entity`", source: None },
        };
        match (rule, supposed) {
            (Self::Attribute(_) | Self::Own, Some(name)) => Self::Supposed(name),
            (rule, _) => rule,
        }
    }

    fn of_feature(feature: &'r EntityFeature) -> Self {
        if !feature.enabled.is_some_and(|enabled| enabled.value) {
            let span = feature.enabled.map_or(feature.span, |enabled| enabled.span);
            return Self::Nobody { why: "the site's entity feature is not enabled", source: Some(span) };
        }
        match &feature.attribute {
            None => Self::Nobody { why: "the site's entity feature has no `attributeName`", source: Some(feature.span) },
            Some(attribute) => Self::Attribute(&attribute.value),
        }
    }

    /// The entity of one user.
    pub fn of<'u>(&self, user: &'u User) -> Entity<'u>
    where
        'r: 'u,
    {
        match *self {
            Self::Nobody { why, source } => none(why, source),
            Self::Supposed(name) => Entity::Of(Cow::Borrowed(name)),
            Self::Attribute(path) => at(path, user),
            Self::Own => match &user.entity {
                Some(name) => Entity::Of(Cow::Borrowed(&name.value)),
                None => none("the user has no `entity`, and the site does not configure `siteFeatures.entity`", Some(user.span)),
            },
        }
    }
}

/// The entity at a path of custom data.
fn at<'u>(path: &str, user: &'u User) -> Entity<'u> {
    let Some(node) = user.custom(path).filter(|node| !node.is_null()) else {
        let hint = if path.contains('.') { ", where dots descend" } else { "" };
        return none(
            format!("the user's custom data has no `{path}`{hint}"),
            Some(user.custom_data.as_ref().map_or(user.span, |data| data.span)),
        );
    };
    match node.text() {
        Some("") => none(format!("`{path}` in the user's custom data is empty"), Some(node.span)),
        Some(text) => Entity::Of(Cow::Borrowed(text)),
        None => none(format!("`{path}` in the user's custom data is {}, not text", node.kind()), Some(node.span)),
    }
}

fn none(why: impl Into<Cow<'static, str>>, source: Option<Span>) -> Entity<'static> {
    Entity::None { why: why.into(), source }
}
