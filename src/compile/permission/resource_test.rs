//! Tests of a resource alone: what is left of a predicate once the user and the time are known.

use std::sync::Arc;

use super::atoms::Resource;
use super::teams::{TeamId, Teams};
use crate::model::permissions::{Attribute, Operator, TEAM_ID, Value};

/// A test of one attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResourceTest {
    /// The attribute.
    pub name: Arc<str>,
    /// What is asked of it.
    pub ask: Ask,
}

/// What is asked of an attribute. None of these is negative: what must not be is a `not` around one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// That it is there.
    Exists,
    /// That an element compares so with one of the values.
    Compares(Operator, Vec<Value>),
    /// That an element is this team, or one below it.
    Within(TeamId),
    /// That it has an element.
    Filled,
}

impl ResourceTest {
    /// A test of the resource's team.
    pub fn of_team(ask: Ask) -> Self {
        Self { name: TEAM_ID.into(), ask }
    }

    /// A test that an attribute has one of these names.
    pub fn named(attribute: &str, names: Vec<Value>) -> Self {
        Self { name: attribute.into(), ask: Ask::Compares(Operator::In, names) }
    }

    /// Whether it holds for a resource.
    pub fn holds(&self, resource: &Resource, teams: &Teams) -> bool {
        resource.attributes.get(&self.name).is_some_and(|attribute| self.ask.holds(attribute, teams))
    }
}

/// One of the things that are asked of an attribute: one value, where several are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Single<'a> {
    /// That it is there.
    Exists,
    /// That an element compares so with the value.
    Compares(Operator, &'a Value),
    /// That an element is this team, or one below it.
    Within(TeamId),
    /// That it has an element.
    Filled,
}

impl Ask {
    /// The things that are asked; one of them has to hold.
    pub fn singles(&self) -> impl Iterator<Item = Single<'_>> {
        let (one, compared) = match self {
            Self::Exists => (Some(Single::Exists), None),
            Self::Filled => (Some(Single::Filled), None),
            Self::Within(team) => (Some(Single::Within(*team)), None),
            Self::Compares(operator, values) => (None, Some((*operator, values))),
        };
        let compared =
            compared.into_iter().flat_map(|(operator, values)| values.iter().map(move |value| Single::Compares(operator, value)));
        one.into_iter().chain(compared)
    }

    fn holds(&self, attribute: &Attribute, teams: &Teams) -> bool {
        self.singles().any(|single| single.holds(attribute, teams))
    }

    /// Whether it holds for an element.
    pub fn holds_for(&self, value: &Value, teams: &Teams) -> bool {
        self.singles().any(|single| single.holds_for(value, teams))
    }
}

impl Single<'_> {
    /// Whether it holds for an attribute that is there.
    pub fn holds(self, attribute: &Attribute, teams: &Teams) -> bool {
        matches!(self, Self::Exists) || attribute.values.iter().any(|value| self.holds_for(value, teams))
    }

    /// Whether it holds for an element.
    pub fn holds_for(self, value: &Value, teams: &Teams) -> bool {
        match self {
            Self::Exists | Self::Filled => true,
            Self::Compares(operator, with) => operator.compares(value, with),
            Self::Within(above) => teams.find(value.text()).is_some_and(|team| teams.is_within(team, above)),
        }
    }
}
