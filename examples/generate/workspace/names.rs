//! What things are called. Names of one kind are of one length, so that their byte order is that of their numbers.

use std::collections::BTreeSet;

use super::dice::Dice;

pub(crate) const ROLES: u32 = 300;
pub(crate) const ENTITIES: u32 = 2000;

/// Different roles that a rule lists, each as likely as any other.
pub(crate) fn roles(dice: &mut Dice, count: u32) -> Vec<String> {
    some(dice, ROLES, count).map(role).collect()
}

/// Different entities.
pub(crate) fn entities(dice: &mut Dice, count: u32) -> Vec<String> {
    some(dice, ENTITIES, count).map(entity).collect()
}

/// Different users of the first `all`.
pub(crate) fn users(dice: &mut Dice, all: u32, count: u32) -> Vec<String> {
    some(dice, all, count).map(user).collect()
}

pub(crate) fn app(number: u32) -> String {
    format!("app-{number:05}")
}

pub(crate) fn user(number: u32) -> String {
    format!("u{number:08}")
}

pub(crate) fn role(number: u32) -> String {
    format!("role-{number:03}")
}

pub(crate) fn entity(number: u32) -> String {
    format!("entity-{number:04}")
}

/// Different numbers below `end`: as many as asked for, or all there are.
fn some(dice: &mut Dice, end: u32, count: u32) -> impl Iterator<Item = u32> + use<> {
    let mut numbers = BTreeSet::new();
    while numbers.len() < count.min(end) as usize {
        numbers.insert(dice.below(end));
    }
    numbers.into_iter()
}
