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

/// Ways that things can be, a bit for each.
pub type Ways = u64;

impl Predicate {
    /// Holds for everybody.
    pub const ALWAYS: Self = Self::Constant(true);

    /// Holds for nobody.
    pub const NEVER: Self = Self::Constant(false);

    /// That the other does not hold.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "it makes a predicate, as `all` and `any` do, and is no operator")]
    pub fn not(inner: Self) -> Self {
        match inner {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(inner) => *inner,
            inner => Self::Not(Box::new(inner)),
        }
    }

    /// That all of them hold, without those that always do.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(parts, true).unwrap_or_else(Self::All)
    }

    /// That one of them holds, without those that never do.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(parts, false).unwrap_or_else(Self::Any)
    }

    /// The one predicate that parts come to, or those that are left: `neutral` adds nothing, and its opposite settles all.
    fn joined(parts: impl IntoIterator<Item = Self>, neutral: bool) -> Result<Self, Vec<Self>> {
        let mut left = Vec::new();
        for part in parts {
            match part {
                Self::Constant(value) if value == neutral => {}
                Self::Constant(value) => return Ok(Self::Constant(value)),
                part => left.push(part),
            }
        }
        if left.len() < 2 { Ok(left.pop().unwrap_or(Self::Constant(neutral))) } else { Err(left) }
    }

    /// The predicate once some of its atoms are known: those of which `known` tells what they come to.
    #[must_use]
    pub fn settled(&self, known: &mut impl FnMut(&Self) -> Option<bool>) -> Self {
        match self {
            Self::Not(inner) => Self::not(inner.settled(known)),
            // All parts are looked at, so that `known` sees every atom in order.
            Self::All(parts) => Self::all(parts.iter().map(|part| part.settled(known)).collect::<Vec<_>>()),
            Self::Any(parts) => Self::any(parts.iter().map(|part| part.settled(known)).collect::<Vec<_>>()),
            atom => known(atom).map_or_else(|| atom.clone(), Self::Constant),
        }
    }

    /// In which of many ways that things can be it holds, where `atom` tells in which an atom does.
    pub fn ways(&self, atom: &impl Fn(&Self) -> Ways) -> Ways {
        match self {
            Self::Constant(true) => Ways::MAX,
            Self::Constant(false) => 0,
            Self::Not(inner) => !inner.ways(atom),
            Self::All(parts) => parts.iter().fold(Ways::MAX, |ways, part| ways & part.ways(atom)),
            Self::Any(parts) => parts.iter().fold(0, |ways, part| ways | part.ways(atom)),
            other => atom(other),
        }
    }

    /// Whether another asks the same of everybody, in the same way. What is asked about resources is the same only where it is shared.
    pub fn is_same(&self, other: &Self) -> bool {
        let all_same = |parts: &[Self], others: &[Self]| {
            parts.len() == others.len() && parts.iter().zip(others).all(|(part, other)| part.is_same(other))
        };
        match (self, other) {
            (Self::Constant(one), Self::Constant(two)) => one == two,
            (Self::UserType(one), Self::UserType(two)) => one == two,
            (Self::UserTypeIn(one), Self::UserTypeIn(two))
            | (Self::HasAnyRole(one), Self::HasAnyRole(two))
            | (Self::HasAllRoles(one), Self::HasAllRoles(two))
            | (Self::EntityIn(one), Self::EntityIn(two))
            | (Self::UserIdIn(one), Self::UserIdIn(two)) => Arc::ptr_eq(one, two) || one.iter().eq(two.iter()),
            (Self::Holds(one), Self::Holds(two)) => Arc::ptr_eq(one, two),
            (Self::Compare(one), Self::Compare(two)) => Arc::ptr_eq(one, two),
            (Self::AtLevel(one), Self::AtLevel(two)) => Arc::ptr_eq(one, two),
            (Self::Not(one), Self::Not(two)) => one.is_same(two),
            (Self::All(parts), Self::All(others)) | (Self::Any(parts), Self::Any(others)) => all_same(parts, others),
            _ => false,
        }
    }

    /// Visits the atoms, in order.
    pub fn atoms<'p>(&'p self, visit: &mut impl FnMut(&'p Self)) {
        match self {
            Self::Not(inner) => inner.atoms(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.atoms(visit)),
            atom => visit(atom),
        }
    }

    /// A list that is absent matches everybody.
    pub(super) fn or_always(list: Option<&Arc<Names>>, atom: fn(Arc<Names>) -> Self) -> Self {
        list.map_or(Self::ALWAYS, |list| atom(Arc::clone(list)))
    }
}
