//! What a predicate comes to once the user and the time are known: true, false, or what it takes of the resource.

use crate::compile::{Resource, ResourceTest, Teams};

/// True, false, or tests of a resource that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Formula {
    /// Whatever the resource.
    Constant(bool),
    /// If the resource passes.
    Test(ResourceTest),
    /// If the other does not hold.
    Not(Box<Formula>),
    /// If all hold.
    All(Vec<Formula>),
    /// If one holds.
    Any(Vec<Formula>),
}

impl Formula {
    pub(super) const TRUE: Self = Self::Constant(true);
    pub(super) const FALSE: Self = Self::Constant(false);

    pub(super) fn not(inner: Self) -> Self {
        match inner {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(inner) => *inner,
            inner => Self::Not(Box::new(inner)),
        }
    }

    /// All of them. What comes after one that does not hold is not looked at.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::FALSE,
                part => kept.push(part),
            }
        }
        if kept.len() < 2 { kept.pop().unwrap_or(Self::TRUE) } else { Self::All(kept) }
    }

    /// One of them. What comes after one that holds is not looked at.
    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(false) => {}
                Self::Constant(true) => return Self::TRUE,
                part => kept.push(part),
            }
        }
        if kept.len() < 2 { kept.pop().unwrap_or(Self::FALSE) } else { Self::Any(kept) }
    }

    pub(super) fn is_true(&self) -> bool {
        *self == Self::TRUE
    }

    pub(super) fn is_false(&self) -> bool {
        *self == Self::FALSE
    }

    /// Whether it holds for a resource.
    pub(super) fn holds(&self, resource: &Resource, teams: &Teams) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Test(test) => test.holds(resource, teams),
            Self::Not(inner) => !inner.holds(resource, teams),
            Self::All(parts) => parts.iter().all(|part| part.holds(resource, teams)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(resource, teams)),
        }
    }

    /// Adds the tests in it.
    pub(super) fn tests<'f>(&'f self, found: &mut Vec<&'f ResourceTest>) {
        match self {
            Self::Constant(_) => {}
            Self::Test(test) => found.push(test),
            Self::Not(inner) => inner.tests(found),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.tests(found)),
        }
    }
}
