//! What of a user decides about chat apps: all that is kept of one while a million of them are read.

use super::UserType;

/// The facets of a user, borrowed from wherever the user was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facets<'t> {
    /// The id.
    pub id: &'t str,
    /// The type that counts: users without one are external.
    pub user_type: UserType,
    /// The roles as listed; one may stand there twice.
    pub roles: &'t [&'t str],
    /// The entity, where the user has one.
    pub entity: Option<&'t str>,
}
