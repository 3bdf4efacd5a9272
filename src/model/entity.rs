//! Where a user's entity is found: a matter of the site and the semantics, the same for every user.

use std::borrow::Cow;

use super::{EntityFeature, Semantics, User, Workspace};
use crate::source::Span;

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

    fn none(why: impl Into<Cow<'static, str>>, source: Option<Span>) -> Self {
        Self::None { why: why.into(), source }
    }
}

/// Where the entity of every user is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityRule<'r> {
    /// Nowhere: nobody has one.
    Nobody {
        /// Why.
        why: &'static str,
        /// The definition that makes it so.
        source: Option<Span>,
    },
    /// A question supposes that everybody is of this one.
    Supposed(&'r str),
    /// At this dotted path of custom data.
    Attribute(&'r str),
    /// In the user's own `entity` field.
    Own,
}

impl<'r> EntityRule<'r> {
    /// The rule of a workspace under a semantics. A question may suppose an entity for everybody, the empty one for none; where nobody
    /// has one, it supposes in vain.
    pub fn new(workspace: &'r Workspace, semantics: Semantics, supposed: Option<&'r str>) -> Self {
        if supposed == Some("") {
            return Self::Nobody { why: "the question supposes that there is none", source: None };
        }
        let found = match &workspace.site().entity {
            Some(feature) => Self::by_feature(feature),
            None if semantics == Semantics::Documented => Self::Own,
            None => Self::Nobody { why: "the site does not configure `siteFeatures.entity`", source: None },
        };
        match (found, supposed) {
            (Self::Attribute(_) | Self::Own, Some(name)) => Self::Supposed(name),
            (found, _) => found,
        }
    }

    /// The rule of a workspace if the site's entity feature were enabled.
    pub fn if_enabled(workspace: &'r Workspace, semantics: Semantics) -> Self {
        match workspace.site().entity.as_ref().map(|feature| feature.attribute.as_ref()) {
            Some(Some(attribute)) => Self::Attribute(&attribute.value),
            _ => Self::new(workspace, semantics, None),
        }
    }

    fn by_feature(feature: &'r EntityFeature) -> Self {
        if !feature.enabled.is_some_and(|enabled| enabled.value) {
            let span = feature.enabled.map_or(feature.span, |enabled| enabled.span);
            return Self::Nobody { why: "the site's entity feature is not enabled", source: Some(span) };
        }
        match &feature.attribute {
            None => Self::Nobody { why: "the site's entity feature has no `attributeName`", source: Some(feature.span) },
            Some(attribute) => Self::Attribute(&attribute.value),
        }
    }

    /// The entity of a user.
    pub fn of<'u>(&self, user: &'u User) -> Entity<'u>
    where
        'r: 'u,
    {
        match self {
            Self::Nobody { why, source } => Entity::none(*why, *source),
            Self::Supposed(name) => Entity::Of(Cow::Borrowed(name)),
            Self::Attribute(path) => at(path, user),
            Self::Own => match &user.entity {
                Some(entity) => Entity::Of(Cow::Borrowed(&entity.value)),
                None => Entity::none("the user has no `entity`, and the site does not configure `siteFeatures.entity`", Some(user.span)),
            },
        }
    }
}

/// The entity at a path of custom data: a text, a number or a boolean as written. Nothing, and an empty text, are none.
fn at<'u>(path: &str, user: &'u User) -> Entity<'u> {
    let Some(node) = user.custom(path).filter(|node| !node.is_null()) else {
        let hint = if path.contains('.') { ", where dots descend" } else { "" };
        let span = user.custom_data.as_ref().map_or(user.span, |data| data.span);
        return Entity::none(format!("the user's custom data has no `{path}`{hint}"), Some(span));
    };
    match node.text() {
        Some("") => Entity::none(format!("`{path}` in the user's custom data is empty"), Some(node.span)),
        Some(text) => Entity::Of(Cow::Borrowed(text)),
        None => Entity::none(format!("`{path}` in the user's custom data is {}, not text", node.kind()), Some(node.span)),
    }
}
