//! What an arm asks of a user, and of a resource: a small algebra that every walker can interpret.

use std::sync::Arc;

use super::permission::atoms::{AtLevel, Comparison, Holds};
use crate::model::{Names, UserType};

/// A condition on one user, or on a user and a resource at a time.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Predicate {
    /// Holds for everybody, or for nobody.
    Constant(bool),
    /// The user is of this type.
    UserType(UserType),
    /// The user's type is listed.
    UserTypeIn(Arc<Names>),
    /// The user has one of the listed roles.
    HasAnyRole(Arc<Names>),
    /// The user has all of the listed roles, and at least one is listed.
    HasAllRoles(Arc<Names>),
    /// The user has an entity, and it is listed.
    EntityIn(Arc<Names>),
    /// The user's id is listed.
    UserIdIn(Arc<Names>),
    /// The user holds something with a reach that has the asked resource, at the asked time.
    Holds(Arc<Holds>),
    /// Something of the user or of the asked resource compares with values.
    Compare(Arc<Comparison>),
    /// The user is at a level of progressive access at the asked time.
    AtLevel(Arc<AtLevel>),
    /// The other does not hold.
    Not(Box<Predicate>),
    /// All of these hold.
    All(Vec<Predicate>),
    /// One of these holds.
    Any(Vec<Predicate>),
}

impl Predicate {
    /// Holds for everybody.
    pub const ALWAYS: Self = Self::Constant(true);

    /// A list that is absent matches everybody.
    pub(super) fn or_always(list: Option<&Arc<Names>>, atom: fn(Arc<Names>) -> Self) -> Self {
        list.map_or(Self::ALWAYS, |list| atom(Arc::clone(list)))
    }
}
