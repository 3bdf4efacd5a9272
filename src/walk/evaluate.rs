//! Predicates over one user at one time: true, false, or what they leave to ask of a resource that is not known.

use jiff::Timestamp;

use super::Subject;
use super::formula::Formula;
use super::level::standing;
use crate::compile::{Asked, DecisionList, Holdings, Predicate, Resource, ResourceTest};

/// Who is asked about, when, and which resource, if one is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'c, 'u> {
    pub(super) subject: &'c Subject<'u>,
    pub(super) at: Timestamp,
    pub(super) resource: Option<&'c Resource>,
    /// The type asked about, where it is one of resources.
    pub(super) kind: &'c str,
    /// Who holds what, where that is asked.
    pub(super) holdings: Option<&'c Holdings>,
}

impl<'c, 'u> Case<'c, 'u> {
    pub(super) fn new(list: &'c DecisionList, subject: &'c Subject<'u>) -> Self {
        let (resource, kind) = match &list.asked {
            Asked::Nothing => (None, ""),
            Asked::Resource(resource) => (Some(resource), &*resource.kind),
            Asked::Any(kind) | Asked::Each(kind) => (None, &**kind),
        };
        Self { subject, at: list.at, resource, kind, holdings: list.holdings.as_deref() }
    }

    /// A case for predicates over a user's facets alone: they ask for no resource, and at no time.
    pub(super) fn of_facets(subject: &'c Subject<'u>) -> Self {
        Self { subject, at: Timestamp::UNIX_EPOCH, resource: None, kind: "", holdings: None }
    }

    /// Whether a predicate holds, where nothing depends on an unknown resource.
    pub(super) fn holds(&self, predicate: &Predicate) -> bool {
        self.evaluate(predicate).is_true()
    }

    /// What a predicate comes to.
    pub(super) fn evaluate(&self, predicate: &Predicate) -> Formula {
        let subject = self.subject;
        Formula::Constant(match predicate {
            Predicate::Constant(value) => *value,
            Predicate::UserType(user_type) => subject.user_type == *user_type,
            Predicate::UserTypeIn(list) => list.find(subject.user_type.name()).is_some(),
            Predicate::HasAnyRole(list) => subject.roles.iter().any(|role| list.find(role).is_some()),
            Predicate::HasAllRoles(list) => {
                !list.is_empty() && list.distinct() == subject.roles.iter().filter(|role| list.find(role).is_some()).count()
            }
            Predicate::EntityIn(list) => subject.entity.name().is_some_and(|entity| list.find(entity).is_some()),
            Predicate::UserIdIn(list) => subject.id.is_some_and(|id| list.find(id).is_some()),
            Predicate::Holds(holds) => return self.reached(holds),
            Predicate::Compare(comparison) => return self.compare(comparison),
            Predicate::AtLevel(level) => standing(subject.user, &level.levels).gives(level.at, self.at),
            Predicate::Not(inner) => return Formula::not(self.evaluate(inner)),
            Predicate::All(parts) => return Formula::all(parts.iter().map(|part| self.evaluate(part))),
            Predicate::Any(parts) => return Formula::any(parts.iter().map(|part| self.evaluate(part))),
        })
    }

    /// A test of the asked resource: its result, or the test where the resource is not known.
    pub(super) fn test(&self, test: ResourceTest) -> Formula {
        match (self.resource, self.holdings) {
            (Some(resource), Some(holdings)) => Formula::Constant(test.holds(resource, holdings.teams())),
            (Some(_), None) => Formula::FALSE,
            (None, _) => Formula::Test(test),
        }
    }
}
