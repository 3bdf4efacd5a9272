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

impl Ask {
    fn holds(&self, attribute: &Attribute, teams: &Teams) -> bool {
        matches!(self, Self::Exists) || attribute.values.iter().any(|value| self.holds_for(value, teams))
    }

    /// Whether it holds for an element.
    pub fn holds_for(&self, value: &Value, teams: &Teams) -> bool {
        match self {
            Self::Exists | Self::Filled => true,
            Self::Compares(operator, values) => values.iter().any(|with| operator.compares(value, with)),
            Self::Within(above) => teams.find(value.text()).is_some_and(|team| teams.is_within(team, *above)),
        }
    }
}
