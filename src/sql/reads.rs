//! What predicates read of users and resources: no column is asked for that decides nothing.

use std::collections::BTreeSet;

use crate::compile::Held;

/// What is read of users beside id, type and roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OfUser {
    /// The entity.
    Entity,
    /// The roles that are held without limits and for every resource.
    Granted,
    /// These, and what they bring.
    Closed,
    /// What else is held.
    Held,
    /// The teams of which the user is a member.
    Teams,
    /// The teams to which the user is assigned.
    Assigned,
    /// When the user started.
    Started,
    /// What the user completed.
    Completed,
}

/// What is read of users.
#[derive(Debug, Default)]
pub(super) struct UserReads {
    pub(super) columns: BTreeSet<OfUser>,
    /// The attributes; the place of one is the number of its column.
    pub(super) attributes: Vec<Box<str>>,
    /// Of what is held otherwise than by [`OfUser::Granted`], what is asked for.
    pub(super) held: BTreeSet<Held>,
    /// Whether every role is asked for.
    pub(super) all_roles: bool,
}

/// What is read of the resources of a type.
#[derive(Debug, Default)]
pub(super) struct ResourceReads {
    /// The attributes; the place of one is the number of its column.
    pub(super) attributes: Vec<Box<str>>,
    /// Whether the numbers of its teams are.
    pub(super) teams: bool,
}

impl UserReads {
    pub(super) fn attribute(&mut self, name: &str) -> String {
        format!("u.a{}", place(&mut self.attributes, name))
    }
}

impl ResourceReads {
    pub(super) fn attribute(&mut self, name: &str) -> String {
        format!("r.a{}", place(&mut self.attributes, name))
    }
}

fn place(names: &mut Vec<Box<str>>, name: &str) -> usize {
    names.iter().position(|known| **known == *name).unwrap_or_else(|| {
        names.push(name.into());
        names.len() - 1
    })
}
