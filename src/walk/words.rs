//! What a comparison shows, in a sentence: what the user has, and what was wanted.

use serde_json::{Value, json};

use super::evaluate::holds;
use super::{Entity, Subject};
use crate::compile::{Arm, Asks, Because, GateId, Predicate};
use crate::model::{Apply, Names};

/// The reason of a gate after the decision.
pub(super) const NOT_REACHED: &str = "an earlier gate decided";

/// So many names of a list stand in a sentence; the rest is counted.
const SHOWN: usize = 6;

/// Why an arm leads where it leads, for this user.
pub(super) fn reason(arm: &Arm, subject: &Subject<'_>) -> String {
    match &arm.because {
        Because::Always(text) => text.clone().into_owned(),
        Because::Compared => comparison(&arm.asks, subject),
    }
}

/// What was required and what the user has, as JSON.
pub(super) fn compared(asks: &Asks, subject: &Subject<'_>) -> (Value, Value) {
    fn names(list: &Names) -> Vec<&str> {
        list.iter().collect()
    }
    match asks {
        Asks::Nothing => (Value::Null, Value::Null),
        Asks::Flag(actual) => (json!(true), json!(actual)),
        Asks::UserType(list) => (json!(names(list)), json!(subject.user_type.name())),
        Asks::AnyRole(list) | Asks::AllRoles(list) => (json!(names(list)), json!(subject.roles)),
        Asks::Entity(list) => (json!(names(list)), json!(subject.entity.name())),
        Asks::UserId(list) | Asks::NotUserId(list) => (json!(names(list)), json!(subject.id)),
        Asks::Combination(apply, parts) => {
            let held = parts.iter().map(|(gate, predicate)| (gate.name().to_owned(), json!(holds(predicate, subject)))).collect();
            (json!(apply.name()), Value::Object(held))
        }
    }
}

fn comparison(asks: &Asks, subject: &Subject<'_>) -> String {
    let user = subject.name();
    match asks {
        Asks::Nothing | Asks::Flag(_) => String::new(),
        Asks::UserType(list) => {
            let user_type = subject.user_type.name();
            match list.find(user_type) {
                Some(_) => format!("{user} is {user_type}"),
                None if list.is_empty() => format!("the list is empty, which matches nobody; {user} is {user_type}"),
                None => format!("{user} is {user_type}; needs {}", one_of(list)),
            }
        }
        Asks::AnyRole(list) => match subject.roles.iter().find(|role| list.find(role).is_some()) {
            Some(role) => format!("{user} has the role {role}"),
            None if list.is_empty() => format!("the list is empty, which matches nobody; {user} has {}", roles(subject)),
            None => format!("{user} has {}; needs {}", roles(subject), one_of(list)),
        },
        Asks::AllRoles(list) => {
            let missing: Vec<&str> = list.iter().filter(|role| !subject.has_role(role)).collect();
            match (list.is_empty(), missing.is_empty()) {
                (true, _) => "the list is empty, which matches nobody".to_owned(),
                (false, true) => format!("{user} has all of {}", listed(list.iter())),
                (false, false) => {
                    format!("{user} lacks {} of the required {}; has {}", listed(missing.into_iter()), listed(list.iter()), roles(subject))
                }
            }
        }
        Asks::Entity(list) => match &subject.entity {
            Entity::Of(entity) if list.find(entity).is_some() => format!("{user} belongs to the entity {entity}"),
            Entity::Of(entity) if list.is_empty() => format!("the list is empty, which matches nobody; {user} belongs to {entity}"),
            Entity::Of(entity) => format!("{user} belongs to the entity {entity}; needs {}", one_of(list)),
            Entity::None { why, .. } => format!("{user} has no entity: {why}; needs {}", one_of(list)),
        },
        Asks::UserId(list) => match subject.id {
            Some(id) if list.find(id).is_some() => format!("{user} is listed"),
            Some(_) => format!("{user} is not one of the {} listed", counted(list.iter().len(), "user id", "user ids")),
            None => format!("{user} has no id; {} listed", counted(list.iter().len(), "user id is", "user ids are")),
        },
        Asks::NotUserId(list) => match subject.id.and_then(|id| list.find(id)) {
            Some(_) => format!("{user} is listed as denied"),
            None => format!("{user} is not listed as denied"),
        },
        Asks::Combination(apply, parts) => combination(*apply, parts, subject),
    }
}

/// "both must match (and): user-role does not".
fn combination(apply: Apply, parts: &[(GateId, Predicate)], subject: &Subject<'_>) -> String {
    let constant = |predicate: &Predicate| matches!(predicate, Predicate::Constant(_));
    let (held, failed): (Vec<_>, Vec<_>) = parts.iter().partition(|(_, predicate)| holds(predicate, subject));
    let name = |(gate, _): &&(GateId, Predicate)| gate.name();
    match parts.iter().find(|(_, predicate)| constant(predicate)) {
        // One list is absent: `and` leaves the other to decide, `or` leaves nothing to decide.
        Some(_) if apply == Apply::Or => "one must match (or), and a list that is absent matches everybody".to_owned(),
        Some(_) => match failed.first() {
            None => format!(
                "{} matches, and nothing else is listed",
                parts.iter().find(|(_, predicate)| !constant(predicate)).map_or("", |(gate, _)| gate.name())
            ),
            Some(part) => format!("{} does not match", name(part)),
        },
        None => match (apply, failed.as_slice()) {
            (Apply::And, []) => "both must match (and), and both do".to_owned(),
            (Apply::And, [part]) => format!("both must match (and), and {} does not", name(part)),
            (Apply::And, _) => "both must match (and), and neither does".to_owned(),
            (Apply::Or, []) => "one must match (or), and both do".to_owned(),
            (Apply::Or, [_]) => format!("one must match (or), and {} does", held.first().map_or("", name)),
            (Apply::Or, _) => "one must match (or), and neither does".to_owned(),
        },
    }
}

fn roles(subject: &Subject<'_>) -> String {
    if subject.roles.is_empty() { "no roles".to_owned() } else { listed(subject.roles.iter().copied()) }
}

fn one_of(list: &Names) -> String {
    match list.iter().len() {
        0 => "a name in an empty list".to_owned(),
        1 => listed(list.iter()),
        _ => format!("one of {}", listed(list.iter())),
    }
}

fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let count = names.len();
    let shown = names.take(if count > SHOWN + 1 { SHOWN } else { count }).collect::<Vec<_>>().join(", ");
    if count > SHOWN + 1 { format!("{shown} and {} more", count - SHOWN) } else { shown }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
