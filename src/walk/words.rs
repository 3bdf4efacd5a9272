//! What a comparison shows, in a sentence: what the user has, and what was wanted.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Subject;
use super::evaluate::Case;
use crate::compile::{Arm, Asks, Because, Part};
use crate::model::{Apply, Entity, Names, shown};

/// The reason of a gate after the decision.
pub(super) const NOT_REACHED: &str = "an earlier gate decided";

/// So many names of a list stand in a sentence; the rest is counted.
const SHOWN: usize = 6;

/// Why an arm leads where it leads, for this user.
pub(super) fn reason(arm: &Arm, case: &Case<'_, '_>) -> String {
    match &arm.because {
        Because::Always(text) => text.clone().into_owned(),
        Because::Compared => comparison(&arm.asks, case),
        Because::BuiltIn => format!("{}; that is the framework's own rule, no file says so", comparison(&arm.asks, case)),
    }
}

/// What was required and what the user has, as JSON.
pub(super) fn compared(asks: &Asks, case: &Case<'_, '_>) -> (Value, Value) {
    fn names(list: &Names) -> Vec<&str> {
        list.iter().collect()
    }
    let subject = case.subject;
    match asks {
        Asks::Nothing | Asks::Statement(_) => (Value::Null, Value::Null),
        Asks::Flag(actual) => (json!(true), json!(actual)),
        Asks::UserType(list) => (json!(names(list)), json!(subject.user_type.name())),
        Asks::AnyRole(list) | Asks::AllRoles(list) => (json!(names(list)), json!(subject.roles)),
        Asks::Entity(list) => (json!(names(list)), json!(subject.entity.name())),
        Asks::UserId(list) | Asks::NotUserId(list) => (json!(names(list)), json!(subject.id)),
        Asks::Combination(apply, parts) => {
            let held = parts.iter().map(|part| (part.gate.name().to_owned(), json!(case.holds(&part.when)))).collect();
            (json!(apply.name()), Value::Object(held))
        }
    }
}

fn comparison(asks: &Asks, case: &Case<'_, '_>) -> String {
    let subject = case.subject;
    let user = subject.name();
    match asks {
        Asks::Nothing | Asks::Flag(_) | Asks::Statement(_) => String::new(),
        Asks::UserType(list) => {
            let user_type = subject.user_type.name();
            match list.find(user_type) {
                Some(_) => format!("{user} is {user_type}"),
                None if list.is_empty() => format!("the list of user types is empty, which matches nobody; {user} is {user_type}"),
                None => format!("{user} is {user_type}, but needs {}", one_of(list)),
            }
        }
        Asks::AnyRole(list) => match subject.roles.iter().find(|role| list.find(role).is_some()) {
            Some(role) => format!("{user} has the role {}", shown(role)),
            None if list.is_empty() => format!("the list of roles is empty, which matches nobody; {user} has {}", roles(subject)),
            None => format!("{user} has {}, but needs {}", roles(subject), one_of(list)),
        },
        Asks::AllRoles(list) => {
            let has: HashSet<&str> = subject.roles.iter().copied().collect();
            let missing = distinct(list.iter().filter(|role| !has.contains(role)));
            match (list.is_empty(), missing.is_empty()) {
                (true, _) => "the list of required roles is empty, which matches nobody".to_owned(),
                (false, true) => format!("{user} has all of {}", listed(list.iter())),
                (false, false) => {
                    let all = distinct(list.iter());
                    format!("{user} has {}, but needs all of {}; {} missing", roles(subject), listed(all.into_iter()), are(&missing))
                }
            }
        }
        Asks::Entity(list) => match &subject.entity {
            Entity::Of(entity) if list.find(entity).is_some() => format!("{user} belongs to the entity {}", shown(entity)),
            Entity::Of(entity) if list.is_empty() => {
                format!("the list of entities is empty, which matches nobody; {user} belongs to {}", shown(entity))
            }
            Entity::Of(entity) => format!("{user} belongs to the entity {}, but needs {}", shown(entity), one_of(list)),
            Entity::None { why, .. } => format!("{user} has no entity ({why}), but needs {}", one_of(list)),
        },
        Asks::UserId(list) => match (subject.id, list.iter().len()) {
            (Some(id), _) if list.find(id).is_some() => format!("{user} is listed"),
            (_, 0) => "the list of user ids is empty, which matches nobody".to_owned(),
            (Some(_), 1) => format!("{user} is not the one user id listed"),
            (Some(_), count) => format!("{user} is not one of the {count} user ids listed"),
            (None, _) => format!("{user} has no id, and only listed ids are let in"),
        },
        Asks::NotUserId(list) => match subject.id.and_then(|id| list.find(id)) {
            Some(_) => format!("{user} is listed as denied"),
            None => format!("{user} is not listed as denied"),
        },
        Asks::Combination(apply, parts) => combination(*apply, parts, case),
    }
}

/// "the user type and the role must both match, and the role does not"
fn combination(apply: Apply, parts: &[Part], case: &Case<'_, '_>) -> String {
    let Some(rule) = both(apply, parts) else {
        let listed = parts.iter().find(|part| !part.is_absent());
        return match (apply, listed) {
            (Apply::Or, _) => "the user type or the role must match, and a list that is absent matches everybody".to_owned(),
            (Apply::And, Some(part)) if case.holds(&part.when) => format!("{} matches, and nothing else is listed", part.what),
            (Apply::And, Some(part)) => format!("{} does not match", part.what),
            (Apply::And, None) => String::new(),
        };
    };
    let (held, failed): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| case.holds(&part.when));
    let how = match (apply, held.as_slice(), failed.as_slice()) {
        (_, _, []) => "and both do".to_owned(),
        (_, [], _) => "and neither does".to_owned(),
        (Apply::And, _, [failed, ..]) => format!("and {} does not", failed.what),
        (Apply::Or, [held, ..], _) => format!("and {} does", held.what),
    };
    format!("{rule}, {how}")
}

/// What is wanted of both lists; `None` where only one is there.
fn both(apply: Apply, parts: &[Part]) -> Option<String> {
    if parts.iter().any(Part::is_absent) {
        return None;
    }
    let what = |word| parts.iter().map(|part| part.what).collect::<Vec<_>>().join(word);
    Some(match apply {
        Apply::And => format!("{} must both match", what(" and ")),
        Apply::Or => format!("{} must match", what(" or ")),
    })
}

/// How a gate combines those before it, in words; `None` for one that does not, empty where there is nothing to combine.
pub(super) fn combines(asks: &Asks) -> Option<String> {
    match asks {
        Asks::Combination(apply, parts) => Some(both(*apply, parts).unwrap_or_default()),
        _ => None,
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
    // Of many no more is looked at than is told.
    enumerated(&names.take(SHOWN + 1).map(shown).collect::<Vec<_>>(), count)
}

/// The first of `count` texts, with how many more there are.
pub(super) fn enumerated(texts: &[impl AsRef<str>], count: usize) -> String {
    let kept = if count > SHOWN + 1 { SHOWN } else { count };
    let names = texts.iter().take(kept).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if count > kept { format!("{names} and {} more", count - kept) } else { names }
}

/// Names, each once, in the order in which they come first.
fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

/// "a is", "a, b are"
fn are(names: &[&str]) -> String {
    format!("{} {}", listed(names.iter().copied()), if names.len() == 1 { "is" } else { "are" })
}
