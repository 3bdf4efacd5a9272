//! Users, and where their entity is or is not.

use std::collections::BTreeMap;

use super::Generator;
use crate::worlds::world::{User, UserType, Value};

impl Generator {
    pub fn user(&mut self, id: &str) -> User {
        User {
            id: id.to_owned(),
            user_type: self.dice.weighted(&[(4, Some(UserType::Internal)), (3, Some(UserType::External)), (2, None)]),
            roles: self.roles(),
            entity: self.own_entity(),
            custom_data: self.dice.chance(88).then(|| self.custom_data()),
        }
    }

    pub fn roles(&mut self) -> Option<Vec<String>> {
        self.names_list(90, 5, |names| &names.roles)
    }

    fn own_entity(&mut self) -> Option<String> {
        match self.dice.between(0, 19) {
            0..=10 => Some(self.entity()),
            11 => Some(String::new()),
            _ => None,
        }
    }

    fn entity(&mut self) -> String {
        self.dice.pick(&self.names.entities).clone()
    }

    /// Custom data with the entity where the site looks for it, or something in its place that
    /// gives no entity, and decoys beside it.
    pub fn custom_data(&mut self) -> BTreeMap<String, Value> {
        let mut data = BTreeMap::new();
        let steps: Vec<String> = self.names.attribute.split('.').map(str::to_owned).collect();
        if let Some(value) = self.entity_value() {
            // Now and then the path ends early, in a value that cannot be descended into.
            let depth = if self.dice.chance(6) { 1 } else { steps.len() };
            insert_at(&mut data, &steps[..depth], value);
        }
        // A key that merely looks like the path is not what the path leads to.
        if steps.len() > 1 && self.dice.chance(8) {
            let value = Value::Text(self.entity());
            data.insert(self.names.attribute.clone(), value);
        }
        for decoy in ["plan", "account_id", "accountID", "entity", "Org"] {
            if self.dice.chance(15) {
                let value = Value::Text(self.entity());
                data.entry(decoy.to_owned()).or_insert(value);
            }
        }
        data
    }

    fn entity_value(&mut self) -> Option<Value> {
        let entity = self.entity();
        match self.dice.between(0, 99) {
            0..=77 => Some(Value::Text(entity)),
            78..=81 => Some(Value::Text(String::new())),
            82..=85 => Some(Value::Null),
            86..=89 => Some(Value::List(vec![Value::Text(entity)])),
            90..=93 => Some(Value::Map(BTreeMap::from([("id".to_owned(), Value::Text(entity))]))),
            _ => None,
        }
    }
}

fn insert_at(data: &mut BTreeMap<String, Value>, steps: &[String], value: Value) {
    match steps {
        [] => {}
        [last] => {
            data.insert(last.clone(), value);
        }
        [first, rest @ ..] => {
            let mut inner = BTreeMap::new();
            insert_at(&mut inner, rest, value);
            data.insert(first.clone(), Value::Map(inner));
        }
    }
}
