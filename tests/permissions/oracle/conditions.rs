//! Whether conditions hold for a user and a resource.

use std::cmp::Ordering;

use super::{Person, Resource};
use crate::value::{Attr, Scalar, Typed, compare, glob_matches};
use crate::world::{Check, Condition, Op, Operand};

/// The values of a user that are text as written.
const USER_TEXT: &[&str] = &["id", "type", "entity", "team_id", "role"];

/// The attributes of a resource that are text as written.
const RESOURCE_TEXT: &[&str] = &["team_id", "owner", "project"];

/// Which attribute of a resource of this type a key names, none for a user's value and for an
/// attribute of another type.
pub fn attribute_of<'k>(key: &'k str, kind: &str) -> Option<&'k str> {
    match key.split_once('.') {
        None => Some(key),
        Some((first, name)) => (first == kind && first != "user").then_some(name),
    }
}

/// Whether the attribute is text as written.
pub fn is_text(attribute: &str) -> bool {
    RESOURCE_TEXT.contains(&attribute)
}

fn key_is_text(key: &str) -> bool {
    match key.split_once('.') {
        Some(("user", name)) => USER_TEXT.contains(&name),
        Some((_, name)) => is_text(name),
        None => is_text(key),
    }
}

impl Person<'_> {
    /// Every key must hold.
    pub fn all_hold(&self, conditions: &[Condition], resource: Resource<'_>) -> bool {
        conditions.iter().all(|condition| condition.checks.iter().all(|check| self.holds(&condition.key, check, resource)))
    }

    pub fn holds(&self, key: &str, check: &Check, resource: Resource<'_>) -> bool {
        let left = match key.strip_prefix("user.") {
            Some(name) => self.value(name, resource),
            None => attribute_of(key, resource.kind).and_then(|name| resource.elements(name)).map(|elements| elements.iter().collect()),
        };
        if check.op == Op::Exists {
            let wanted = check.operands == [Operand::Value(Scalar::plain("true"))];
            // The two lists are always there, and asked whether they hold anything.
            let always_there = key == "user.team_id" || key == "user.role";
            let there = left.is_some_and(|elements| !always_there || !elements.is_empty());
            return there == wanted;
        }
        let Some(left) = left else { return false };
        let mut right = Vec::new();
        for operand in &check.operands {
            match operand {
                Operand::Value(value) => right.push((value, key_is_text(key))),
                Operand::Template(name) => {
                    // A missing attribute makes the condition false, on this side too.
                    let Some(values) = self.value(name, resource) else { return false };
                    let as_text = key_is_text(key) || USER_TEXT.contains(&name.as_str());
                    right.extend(values.into_iter().map(|value| (value, as_text)));
                }
            }
        }
        let some = |wanted: &[Ordering]| {
            left.iter().any(|element| {
                right.iter().any(|(value, as_text)| compare(element, value, *as_text).is_some_and(|order| wanted.contains(&order)))
            })
        };
        match check.op {
            Op::Eq | Op::In => some(&[Ordering::Equal]),
            Op::Ne | Op::NotIn => !some(&[Ordering::Equal]),
            Op::Gt => some(&[Ordering::Greater]),
            Op::Gte => some(&[Ordering::Greater, Ordering::Equal]),
            Op::Lt => some(&[Ordering::Less]),
            Op::Lte => some(&[Ordering::Less, Ordering::Equal]),
            Op::Glob => left.iter().any(|element| {
                let text = key_is_text(key) || element.typed == Typed::Text;
                text && right.iter().any(|(pattern, _)| glob_matches(&pattern.text, &element.text))
            }),
            Op::Exists => unreachable!("answered above"),
        }
    }

    /// A value of the user, which for `role` is about the asked resource.
    pub fn value(&self, name: &str, resource: Resource<'_>) -> Option<Vec<&Scalar>> {
        match name {
            "id" => Some(vec![&self.id]),
            "type" => Some(vec![&self.user_type]),
            "entity" => self.entity.as_ref().map(|entity| vec![entity]),
            "team_id" => Some(self.team_id.iter().collect()),
            "role" => {
                let reaching = self.holdings.iter().filter(|holding| self.reaches(holding, resource));
                Some(reaching.filter_map(|holding| holding.role.as_ref()).collect())
            }
            _ => self.user.attributes.get(name).and_then(Attr::elements).map(|elements| elements.iter().collect()),
        }
    }
}
