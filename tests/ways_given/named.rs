//! What conditions compare of a user, and with which values.

use std::collections::BTreeSet;

use crate::oracle::{Person, Resource, actions_of_custom, type_of};
use crate::question::Question;
use crate::value::{Attr, Scalar};
use crate::world::{Attributes, Condition, Conditions, Op, Operand, Permission, World};

/// A value of a user that is compared, how, and with what.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub op: Op,
    pub value: Scalar,
}

/// Values of a user, and attributes of a resource, that are text as written.
const USER_TEXT: &[&str] = &["id", "type", "entity", "team_id", "role"];
const RESOURCE_TEXT: &[&str] = &["team_id", "owner", "project"];

/// What is compared in the statements that can match for the question.
pub fn in_question(asked: &Question<'_>) -> Vec<Named> {
    let attributes = asked.attributes();
    let mut all = Vec::new();
    for conditions in statements(asked).into_iter().filter(|conditions| can_match(asked, conditions, attributes.as_ref())) {
        collect(asked, conditions, attributes.as_ref(), false, &mut all);
    }
    all
}

/// What is compared anywhere, also by what can be read into it.
pub fn anywhere(asked: &Question<'_>) -> Vec<Named> {
    let attributes = asked.attributes();
    let mut all = Vec::new();
    for conditions in every_condition(asked.world) {
        collect(asked, conditions, attributes.as_ref(), true, &mut all);
    }
    all
}

fn every_condition(world: &World) -> Vec<&Conditions> {
    let mut all: Vec<&Conditions> = world.conditions.iter().map(|(_, conditions)| conditions).collect();
    all.extend(world.customs.iter().map(|custom| &custom.conditions));
    all.extend(world.policies.iter().flat_map(|policy| &policy.rules).map(|rule| &rule.conditions));
    let permissions = world.roles.iter().flat_map(|role| &role.permissions);
    all.extend(permissions.filter_map(|permission| match permission {
        Permission::Rule(rule) => Some(&rule.conditions),
        Permission::Custom(_) => None,
    }));
    all
}

/// The conditions of all statements about the type and the action.
fn statements<'a>(asked: &Question<'a>) -> Vec<&'a Conditions> {
    let (world, kind, action) = (asked.world, asked.target.kind.as_str(), asked.target.action.as_str());
    let is_action = |named: &String| named == action;
    let mut all = Vec::new();
    for rule in world.policies.iter().flat_map(|policy| &policy.rules) {
        if rule.resources.iter().any(|named| named == kind) && rule.actions.iter().any(is_action) {
            all.push(&rule.conditions);
        }
    }
    let of_policies = all.len();
    for custom in &world.customs {
        if type_of(world, custom) == kind && actions_of_custom(custom).contains(&action) {
            all.push(&custom.conditions);
        }
    }
    for permission in world.roles.iter().flat_map(|role| &role.permissions) {
        if let Permission::Rule(rule) = permission
            && rule.resource == kind
            && rule.actions.iter().any(is_action)
        {
            all.push(&rule.conditions);
        }
    }
    // An escalation gives what the base role gives.
    let escalation = world.team_based.as_ref().and_then(|pattern| pattern.escalation.as_ref());
    if let Some(escalation) = escalation.filter(|_| all.len() > of_policies) {
        let sets = world.conditions.iter().filter(|(name, _)| escalation.conditions.contains(name));
        all.extend(sets.map(|(_, conditions)| conditions));
    }
    all
}

fn asks_the_user(condition: &Condition) -> bool {
    let template = |operand: &Operand| matches!(operand, Operand::Template(_));
    condition.key.starts_with("user.") || condition.checks.iter().flat_map(|check| &check.operands).any(template)
}

/// The attribute of the resource that a key names.
fn attribute_of<'k>(key: &'k str, kind: &str) -> Option<&'k str> {
    match key.split_once('.') {
        None => Some(key),
        Some((first, name)) => (first == kind).then_some(name),
    }
}

/// Whether what does not ask about the user holds.
fn can_match(asked: &Question<'_>, conditions: &[Condition], attributes: Option<&Attributes>) -> bool {
    let kind = asked.target.kind.as_str();
    let person = Person::new(asked.world, asked.user, asked.at);
    conditions.iter().all(|condition| {
        let is_open = attribute_of(&condition.key, kind).is_some_and(|name| kind != "team" || name == "team_id");
        if asks_the_user(condition) || (attributes.is_none() && is_open) {
            return true;
        }
        let nothing = Attributes::new();
        let resource = Resource { kind, attributes: attributes.unwrap_or(&nothing) };
        condition.checks.iter().all(|check| person.holds(&condition.key, check, resource))
    })
}

fn collect(asked: &Question<'_>, conditions: &[Condition], attributes: Option<&Attributes>, generously: bool, all: &mut Vec<Named>) {
    let own = |name: &str| asked.user.attributes.get(name).and_then(Attr::elements).unwrap_or_default().to_vec();
    for condition in conditions {
        let user_key = condition.key.strip_prefix("user.");
        let attribute = attribute_of(&condition.key, &asked.target.kind).filter(|_| user_key.is_none());
        for check in &condition.checks {
            if matches!(check.op, Op::Exists | Op::Glob) {
                continue;
            }
            let mut add = |name: &str, value: Scalar, as_text: bool| {
                if generously || !as_text {
                    all.push(Named { name: name.to_owned(), op: check.op, value: value.clone() });
                }
                if as_text {
                    all.push(Named { name: name.to_owned(), op: check.op, value: Scalar::quoted(value.text) });
                }
            };
            for operand in &check.operands {
                match (user_key, operand) {
                    (Some(name), Operand::Value(value)) => add(name, value.clone(), USER_TEXT.contains(&name)),
                    (Some(name), Operand::Template(other)) if generously => {
                        for (one, two) in [(name, other.as_str()), (other.as_str(), name)] {
                            for value in own(two) {
                                add(one, value, USER_TEXT.contains(&two));
                            }
                        }
                    }
                    (None, Operand::Template(name)) => {
                        let values = attribute.and_then(|attribute| attributes?.get(attribute)?.elements()).unwrap_or_default();
                        let as_text =
                            attribute.is_some_and(|attribute| RESOURCE_TEXT.contains(&attribute)) || USER_TEXT.contains(&name.as_str());
                        for value in values {
                            add(name, value.clone(), as_text);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The texts with which one of the five values of users is compared.
pub fn texts(named: &[Named], name: &str) -> BTreeSet<String> {
    named.iter().filter(|named| named.name == name).map(|named| named.value.text.clone()).collect()
}

/// Everything else that is compared.
pub fn attributes(named: &[Named]) -> impl Iterator<Item = &Named> {
    named.iter().filter(|named| !USER_TEXT.contains(&named.name.as_str()))
}
