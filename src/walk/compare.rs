//! Conditions: something of the user or of the resource against values.

use super::evaluate::Case;
use super::formula::Formula;
use crate::compile::{Ask, Comparison, Held, ResourceTest, Side};
use crate::model::permissions::{Operand, Operator, UserKey, Value};

/// Values, each with what it takes of the resource for it to be among them.
pub(super) type Values = Vec<(Value, Formula)>;

impl Case<'_, '_> {
    /// What a comparison comes to.
    pub(super) fn compare(&self, comparison: &Comparison) -> Formula {
        if let Operator::Exists(there) = comparison.operator {
            let exists = self.exists(&comparison.left);
            return if there { exists } else { Formula::not(exists) };
        }
        let Some(right) = self.operands(&comparison.right) else { return Formula::FALSE };
        let operator = comparison.operator;
        let (found, there) = match &comparison.left {
            Side::OtherType(_) => return Formula::FALSE,
            Side::User(UserKey::Role) if operator.is_of_equality() => (self.holds_one_of(&right), Formula::TRUE),
            Side::User(key) => {
                let Some(left) = self.values(key) else { return Formula::FALSE };
                (among(operator, &left, &right), Formula::TRUE)
            }
            Side::Resource(name) => {
                let test = |values| self.test(ResourceTest { name: name.clone(), ask: Ask::Compares(operator, values) });
                let (sure, unsure): (Values, Values) = right.into_iter().partition(|(_, when)| when.is_true());
                let sure: Vec<Value> = sure.into_iter().map(|(value, _)| value).collect();
                let sure = if sure.is_empty() { Formula::FALSE } else { test(sure) };
                let unsure = unsure.into_iter().map(|(value, when)| Formula::all([when, test(vec![value])]));
                (Formula::any(std::iter::once(sure).chain(unsure)), self.test(ResourceTest { name: name.clone(), ask: Ask::Exists }))
            }
        };
        if operator.is_negative() { Formula::all([there, Formula::not(found)]) } else { found }
    }

    /// Whether one of these roles reaches the asked resource; the others need not be looked at.
    fn holds_one_of(&self, wanted: &Values) -> Formula {
        let Some(holdings) = self.holdings else { return Formula::FALSE };
        Formula::any(wanted.iter().map(|(role, when)| {
            let reaches = || self.role_reaches(holdings, &Held::Role(role.text().into()));
            if when.is_false() { Formula::FALSE } else { Formula::all([when.clone(), reaches()]) }
        }))
    }

    /// Whether a comparison holds where the user has this one value for the key, which it looks at on one side.
    pub(super) fn holds_with(&self, comparison: &Comparison, key: &UserKey, value: &Value) -> bool {
        let one = |side: &UserKey| if side == key { Some(vec![(value.clone(), Formula::TRUE)]) } else { self.values(side) };
        let right = comparison.right.iter().map(|operand| match operand {
            Operand::Value(value) => Some(vec![(value.clone(), Formula::TRUE)]),
            Operand::User(side) => one(side),
        });
        let right: Values = right.flatten().flatten().collect();
        match &comparison.left {
            Side::User(side) => one(side).is_some_and(|left| among(comparison.operator, &left, &right).is_true()),
            Side::Resource(name) => {
                let values = right.into_iter().map(|(value, _)| value).collect();
                self.test(ResourceTest { name: name.clone(), ask: Ask::Compares(comparison.operator, values) }).is_true()
            }
            Side::OtherType(_) => false,
        }
    }

    fn exists(&self, side: &Side) -> Formula {
        match side {
            Side::OtherType(_) => Formula::FALSE,
            Side::Resource(name) => self.test(ResourceTest { name: name.clone(), ask: Ask::Exists }),
            // Of these two lists it is asked whether they hold anything.
            Side::User(key @ (UserKey::TeamId | UserKey::Role)) => {
                Formula::any(self.values(key).unwrap_or_default().into_iter().map(|(_, when)| when))
            }
            Side::User(key) => Formula::Constant(self.values(key).is_some()),
        }
    }

    /// What is compared with; `None` where a template names what the user does not have.
    fn operands(&self, operands: &[Operand]) -> Option<Values> {
        let mut values = Values::new();
        for operand in operands {
            match operand {
                Operand::Value(value) => values.push((value.clone(), Formula::TRUE)),
                Operand::User(key) => values.extend(self.values(key)?),
            }
        }
        Some(values)
    }

    /// What conditions know of the user; `None` where it is missing.
    pub(super) fn values(&self, key: &UserKey) -> Option<Values> {
        let one = |text: &str| Some(vec![(Value::name(text), Formula::TRUE)]);
        match key {
            UserKey::Id => one(self.subject.id?),
            UserKey::Type => one(self.subject.user_type.name()),
            UserKey::Entity => one(self.subject.entity.name()?),
            UserKey::TeamId => {
                let holdings = self.holdings?;
                let teams = self.subject.holding(holdings).teams.iter();
                Some(teams.map(|(team, _)| (Value::name(holdings.teams().name(*team)), Formula::TRUE)).collect())
            }
            UserKey::Role => {
                let holdings = self.holdings?;
                let roles = self.subject.holding(holdings).roles().into_iter();
                let values = roles.map(|role| (Value::name(role), self.role_reaches(holdings, &Held::Role(role.clone()))));
                Some(values.filter(|(_, when)| !when.is_false()).collect())
            }
            UserKey::Attribute(name) => {
                let attribute = self.subject.user.attributes.get(name)?;
                Some(attribute.values.iter().map(|value| (value.clone(), Formula::TRUE)).collect())
            }
        }
    }
}

/// Whether a value on the left compares with one on the right.
fn among(operator: Operator, left: &Values, right: &Values) -> Formula {
    let pairs = left.iter().flat_map(|(value, when)| right.iter().map(move |(with, also)| (value, when, with, also)));
    let found = pairs.filter(|(value, _, with, _)| operator.compares(value, with));
    Formula::any(found.map(|(_, when, _, also)| Formula::all([when.clone(), also.clone()])))
}
