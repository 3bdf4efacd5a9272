//! The closed list of what an edit can be.

/// What an edit does. The order is the one in which equal ways are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The user is given a role.
    UserAddRole,
    /// The user is moved to an entity.
    UserSetEntity,
    /// The user becomes of the other type.
    UserSetType,
    /// A list gets the user's id, entity, or one of the user's roles.
    ListAdd,
    /// The user's id is taken out of those denied.
    ListRemove,
    /// Something of the app is switched on.
    Enable,
    /// Something of the override is switched on, or taken out.
    OverrideEdit,
    /// The override is removed.
    OverrideRemove,
    /// Something of the site is switched on.
    SiteEnable,
    /// An assignment gives the user a role or a custom permission.
    Grant,
    /// The user becomes a member of a team.
    Membership,
    /// An attribute of the user is set.
    Attribute,
}

impl Kind {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::UserAddRole => "user-add-role",
            Self::UserSetEntity => "user-set-entity",
            Self::UserSetType => "user-set-type",
            Self::ListAdd => "list-add",
            Self::ListRemove => "list-remove",
            Self::Enable => "enable",
            Self::OverrideEdit => "override-edit",
            Self::OverrideRemove => "override-remove",
            Self::SiteEnable => "site-enable",
            Self::Grant => "grant",
            Self::Membership => "membership",
            Self::Attribute => "attribute",
        }
    }

    /// Whether it takes a guard away: something that is off or in front for a reason is on or gone, or who is kept out is no longer.
    pub fn loosens(self) -> bool {
        matches!(self, Self::ListRemove | Self::Enable | Self::OverrideEdit | Self::OverrideRemove | Self::SiteEnable)
    }
}
