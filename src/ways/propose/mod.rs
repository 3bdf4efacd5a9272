//! Which edits could matter for a user and a target. Whether one does is decided by making it.

mod apps;
mod permissions;

use super::{Act, Asked, Edit, Kind, Of};
use crate::model::{EntityRule, Semantics, UserType, Workspace};
use crate::walk::Subject;

/// What of a user the edits are made from.
pub(in crate::ways) struct Facts<'u> {
    pub(super) id: Option<&'u str>,
    user_type: UserType,
    pub(super) roles: Vec<&'u str>,
    /// The entity that the user has, or would have with the entity feature enabled.
    pub(super) entity: Option<String>,
    /// Where an entity of a user is written, key by key.
    entity_at: Option<Vec<String>>,
}

impl<'u> Facts<'u> {
    pub(in crate::ways) fn new(workspace: &Workspace, subject: &Subject<'u>, semantics: Semantics) -> Self {
        let rule = EntityRule::if_enabled(workspace, semantics);
        let entity_at = match &rule {
            EntityRule::Attribute(path) => Some(std::iter::once("customData").chain(path.split('.')).map(str::to_owned).collect()),
            EntityRule::Own => Some(vec!["entity".to_owned()]),
            EntityRule::Nobody { .. } | EntityRule::Supposed(_) => None,
        };
        let entity = rule.of(subject.user).name().map(str::to_owned);
        Self { id: subject.id, user_type: subject.user_type, roles: subject.roles.clone(), entity, entity_at }
    }

    /// The other type.
    pub(super) fn set_type(&self) -> Edit {
        let other = match self.user_type {
            UserType::Internal => UserType::External,
            UserType::External => UserType::Internal,
        };
        Edit::new(Kind::UserSetType, Of::User, &["userType"], Act::Set(other.name().to_owned()))
    }

    /// Another entity, or one of several that do the same.
    pub(super) fn set_entity(&self, names: &[&str]) -> Option<Edit> {
        let path: Vec<&str> = self.entity_at.as_ref()?.iter().map(String::as_str).collect();
        one_of(names, |name| Edit::new(Kind::UserSetEntity, Of::User, &path, Act::Set(name)))
    }
}

/// One edit for values that do the same.
fn one_of(names: &[&str], edit: impl Fn(String) -> Edit) -> Option<Edit> {
    let (first, others) = names.split_first()?;
    Some(Edit { others: others.iter().map(|name| (*name).to_owned()).collect(), ..edit((*first).to_owned()) })
}

pub(super) use apps::cut;

/// The edits for a target.
pub(super) fn edits(workspace: &Workspace, facts: &Facts<'_>, asked: &Asked<'_>) -> Vec<Edit> {
    if asked.target.is_about_resources() {
        permissions::edits(workspace, facts, asked)
    } else {
        apps::edits(workspace, facts, asked.target, asked.options.semantics)
    }
}
