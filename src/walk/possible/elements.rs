//! What an element of an attribute can be, as far as tests tell elements apart.

use std::collections::BTreeSet;

use super::globs::{self, FRESH};
use crate::compile::{Ask, TeamId, Teams};
use crate::model::permissions::{Attributes, Operator, TEAM_ID, Value};

/// Which of the tests an element passes.
pub(super) type Element = Vec<bool>;

/// The elements that an attribute can have, each once: those that are named, those between, and fresh ones of each type.
pub(super) fn elements(name: &str, asks: &[&Ask], teams: &Teams, are_teams: bool) -> Vec<Element> {
    let named: Vec<&Value> =
        asks.iter().filter_map(|ask| if let Ask::Compares(_, values) = ask { Some(values) } else { None }).flatten().collect();
    let mut found: BTreeSet<Element> = BTreeSet::new();
    for value in texts(name, asks, &named, teams, are_teams) {
        found.insert(asks.iter().map(|ask| ask.holds_for(&value, teams)).collect());
    }
    if Attributes::is_naming(name) {
        return found.into_iter().collect();
    }
    let as_written = named.iter().filter(|value| !value.is_name()).map(|value| (*value).clone());
    let otherwise = named.iter().flat_map(|value| other_spellings(value));
    for value in [true, false].map(Value::boolean).into_iter().chain(as_written).chain(otherwise) {
        found.insert(asks.iter().map(|ask| ask.holds_for(&value, teams)).collect());
    }
    found.extend(gaps(asks, &named, |value| value.number().cloned()));
    found.extend(gaps(asks, &named, Value::time));
    found.into_iter().collect()
}

/// The same number in other digits, which is another name; and what a name is where an attribute has it as a number.
fn other_spellings(value: &Value) -> Vec<Value> {
    let text = value.text();
    let longer = text.strip_prefix('-').map_or_else(|| format!("0{text}"), |digits| format!("-0{digits}"));
    [Value::of_number(text), Value::of_number(&longer)]
        .into_iter()
        .flatten()
        .filter(|_| value.is_name() || value.number().is_some())
        .collect()
}

/// Values of one type below, between and above those that are named.
fn gaps<T: Ord>(asks: &[&Ask], named: &[&Value], of_type: impl Fn(&Value) -> Option<T>) -> Vec<Element> {
    let points: Vec<T> = named.iter().filter_map(|value| of_type(value)).collect::<BTreeSet<T>>().into_iter().collect();
    let in_gap = |gap: usize, ask: &Ask| match ask {
        Ask::Exists | Ask::Filled => true,
        Ask::Within(_) => false,
        Ask::Compares(operator, values) => values.iter().any(|value| {
            // A point before the gap is less than what lies in it.
            let order = of_type(value).map(|point| gap.cmp(&points.partition_point(|other| *other <= point)));
            let order = order.map(|order| if order.is_lt() { order } else { std::cmp::Ordering::Greater });
            operator.holds_for(order)
        }),
    };
    (0..=points.len()).map(|gap| asks.iter().map(|ask| in_gap(gap, ask)).collect()).collect()
}

fn texts(name: &str, asks: &[&Ask], named: &[&Value], teams: &Teams, are_teams: bool) -> Vec<Value> {
    let written: Vec<&str> = named.iter().filter(|value| value.is_text()).map(|value| value.text()).collect();
    let globs: Vec<&str> = asks
        .iter()
        .filter_map(|ask| if let Ask::Compares(Operator::Glob, values) = ask { Some(values) } else { None })
        .flatten()
        .map(Value::text)
        .collect();
    let ordered = asks.iter().any(|ask| matches!(ask, Ask::Compares(Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte, _)));
    let mut all: Vec<String> = vec![FRESH.to_string(), format!("{FRESH}/{FRESH}#{FRESH}:")];
    if !globs.is_empty() {
        all.extend(globs::texts(&globs));
    }
    if ordered {
        all.push(String::new());
        all.extend(written.iter().map(|text| format!("{text}\u{1}")));
        all.push(char::MAX.to_string());
    }
    if !are_teams {
        all.extend(written.iter().map(|text| (*text).to_owned()));
    }
    if name == TEAM_ID {
        if globs.is_empty() && !ordered {
            let within = asks.iter().filter_map(|ask| if let Ask::Within(team) = ask { Some(*team) } else { None });
            let representatives: Vec<TeamId> = teams.representatives(within, written.iter().filter_map(|text| teams.find(text)));
            all.extend(representatives.into_iter().map(|team| teams.name(team).to_owned()));
        } else {
            all.extend(teams.iter().map(str::to_owned));
        }
    }
    all.iter().map(|text| if Attributes::is_naming(name) { Value::name(text) } else { Value::of_text(text) }).collect()
}
