//! One edit of what a user is given, as data.

use jiff::{SignedDuration, Timestamp};

use crate::value::{Attr, Scalar, Typed};
use crate::world::{Assignment, World};

/// What an assignment gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    Role(String),
    Permission(String),
}

/// An edit, in the order of the kinds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    AddRole(String),
    SetEntity(String),
    /// Whether the user becomes internal.
    SetType(bool),
    /// For a day, else without an end.
    Grant {
        standing: bool,
        held: Held,
        team: Option<String>,
    },
    Member {
        team: String,
        role: String,
    },
    /// The attribute, and what it is set to, as [`sort_of`] says it: values that compare alike are one.
    Attribute(String, String),
}

/// What a value compares as, with its type.
pub fn sort_of(value: &Scalar) -> String {
    match &value.typed {
        Typed::Text => format!("text {}", value.text),
        Typed::Number(millionths) => format!("number {millionths}"),
        Typed::Time(time) => format!("time {time}"),
        Typed::Bool(flag) => format!("boolean {flag}"),
    }
}

impl Edit {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::AddRole(_) => "user-add-role",
            Self::SetEntity(_) => "user-set-entity",
            Self::SetType(_) => "user-set-type",
            Self::Grant { .. } => "grant",
            Self::Member { .. } => "membership",
            Self::Attribute(..) => "attribute",
        }
    }

    /// What ends by itself comes first, then what reaches a team, then what reaches everything.
    pub fn limit(&self) -> usize {
        match self {
            Self::Grant { standing: true, team: Some(_), .. } | Self::Member { .. } => 1,
            Self::Grant { standing: true, team: None, .. } => 2,
            Self::AddRole(_) => 3,
            _ => 0,
        }
    }

    /// The place of the kind in the document's table.
    pub fn rank(&self) -> usize {
        let kinds = ["user-add-role", "user-set-entity", "user-set-type", "grant", "membership", "attribute"];
        kinds.iter().position(|kind| *kind == self.kind()).expect("the kind is one of them")
    }

    /// The definition that it changes, as an answer names it.
    pub fn of(&self) -> &'static str {
        match self {
            Self::Grant { .. } => "assignment",
            Self::Member { .. } => "team",
            _ => "user",
        }
    }

    /// Whether two edits are about the same thing, so that one of them alone can be made.
    pub fn conflicts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::SetEntity(_), Self::SetEntity(_)) | (Self::SetType(_), Self::SetType(_)) => true,
            (Self::Attribute(one, _), Self::Attribute(two, _)) | (Self::Member { team: one, .. }, Self::Member { team: two, .. }) => {
                one == two
            }
            (Self::Grant { held: one, .. }, Self::Grant { held: two, .. }) => one == two,
            _ => self == other,
        }
    }

    /// The same grant for every resource.
    pub fn widened(&self) -> Option<Self> {
        match self {
            Self::Grant { standing, held, team: Some(_) } => Some(Self::Grant { standing: *standing, held: held.clone(), team: None }),
            _ => None,
        }
    }

    /// Makes the edit; `value` is what an attribute is set to.
    pub fn apply(&self, world: &mut World, user: &str, at: Timestamp, value: Option<&Scalar>) {
        let of_user = world.users.iter_mut().find(|known| known.id == user).expect("the user is defined");
        match self {
            Self::AddRole(role) => of_user.roles.push(role.clone()),
            Self::SetEntity(entity) => of_user.entity = Some(entity.clone()),
            Self::SetType(internal) => of_user.internal = Some(*internal),
            Self::Attribute(name, _) => {
                let value = value.expect("an attribute is set to something").clone();
                of_user.attributes.insert(name.clone(), Attr::One(value));
            }
            Self::Member { team, role } => {
                let team = world.teams.iter_mut().find(|known| known.name == *team).expect("the team is defined");
                team.members.push((user.to_owned(), role.clone()));
            }
            Self::Grant { standing, held, team } => {
                let window = (!standing).then(|| (at, a_day_after(at)));
                let (role, permission) = match held {
                    Held::Role(name) => (Some(name.clone()), None),
                    Held::Permission(name) => (None, Some(name.clone())),
                };
                world.assignments.push(Assignment {
                    user: Some(user.to_owned()),
                    team: team.clone(),
                    role,
                    permission,
                    not_before: window.map(|(from, _)| from),
                    expires: window.map(|(_, to)| to),
                    ..Assignment::default()
                });
            }
        }
    }
}

/// When a grant for a day ends.
pub fn a_day_after(at: Timestamp) -> Timestamp {
    at + SignedDuration::from_hours(24)
}
