//! What an element of an attribute can be, as far as tests tell elements apart.

use std::collections::BTreeSet;

use super::globs::{self, FRESH};
use crate::compile::{Ask, TeamId, Teams};
use crate::model::permissions::{Attributes, Operator, TEAM_ID, Value};

/// Which of the tests an element passes.
pub(super) type Element = Vec<bool>;

/// The elements that an attribute can have, as far as they were found.
pub(super) struct Elements {
    /// Each once.
    pub(super) all: Vec<Element>,
    /// Whether there are no others. Where not, what was found is there, and what was not found may be.
    pub(super) complete: bool,
}

/// So many tests of elements are made for one attribute.
const TESTS: usize = 16_000_000;

/// The elements that an attribute can have, each once: those that are named, those between, and fresh ones of each type.
pub(super) fn elements(name: &str, asks: &[&Ask], teams: &Teams) -> Elements {
    let named: Vec<&Value> =
        asks.iter().filter_map(|ask| if let Ask::Compares(_, values) = ask { Some(values) } else { None }).flatten().collect();
    let ordered = |ask: &&&Ask| matches!(ask, Ask::Compares(operator, _) if operator.is_of_order());
    let of_order = || asks.iter().filter(ordered).filter_map(|ask| if let Ask::Compares(_, values) = ask { Some(values) } else { None });
    let by_glob = asks.iter().any(|ask| matches!(ask, Ask::Compares(Operator::Glob, _)));
    // Where globs and the order of texts meet, or numbers and the order of names, not every combination is looked for.
    // A number or a time compares with a name as it is written, and with text not at all.
    let typed = || named.iter().any(|value| value.number().is_some() || value.time().is_some());
    let by_name = !Attributes::is_naming(name) && of_order().flatten().any(Value::is_name);
    let meets = by_glob && of_order().flatten().any(|value| value.is_text() || Attributes::is_naming(name))
        || by_name && (typed() || of_order().flatten().any(|value| value.is_text() && !value.is_name()));
    let each = if Attributes::is_naming(name) { 1 } else { 4 };
    if asks.len().saturating_mul(each * named.len() + 8) > TESTS {
        return Elements { all: Vec::new(), complete: false };
    }
    let (texts, all_texts) = texts(name, asks, &named, teams);
    if asks.len().saturating_mul(texts.len()) > TESTS {
        return Elements { all: Vec::new(), complete: false };
    }
    let mut found: BTreeSet<Element> = BTreeSet::new();
    for value in texts {
        found.insert(asks.iter().map(|ask| ask.holds_for(&value, teams)).collect());
    }
    let complete = all_texts && !meets;
    if Attributes::is_naming(name) {
        return Elements { all: found.into_iter().collect(), complete };
    }
    let as_written = named.iter().filter(|value| !value.is_name()).map(|value| (*value).clone());
    let otherwise = named.iter().flat_map(|value| other_spellings(value));
    for value in [true, false].map(Value::boolean).into_iter().chain(as_written).chain(otherwise) {
        found.insert(asks.iter().map(|ask| ask.holds_for(&value, teams)).collect());
    }
    found.extend(gaps(asks, &named, |value| value.number().cloned()));
    found.extend(gaps(asks, &named, Value::time));
    Elements { all: found.into_iter().collect(), complete }
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

/// Texts that tests tell apart, and whether these are all.
fn texts(name: &str, asks: &[&Ask], named: &[&Value], teams: &Teams) -> (Vec<Value>, bool) {
    // Where an attribute names something, whatever it is compared with counts as it is written.
    let as_text = |value: &&&Value| value.is_text() || Attributes::is_naming(name);
    let written: Vec<&str> = named.iter().filter(as_text).map(|value| value.text()).collect();
    let globs: Vec<&str> = asks
        .iter()
        .filter_map(|ask| if let Ask::Compares(Operator::Glob, values) = ask { Some(values) } else { None })
        .flatten()
        .map(Value::text)
        .collect();
    let ordered = asks.iter().any(|ask| matches!(ask, Ask::Compares(operator, _) if operator.is_of_order()));
    let mut all: Vec<String> = vec![FRESH.to_string(), format!("{FRESH}/{FRESH}#{FRESH}:")];
    all.extend(written.iter().map(|text| (*text).to_owned()));
    let mut complete = true;
    if !globs.is_empty() {
        let (texts, all_texts) = globs::texts(&globs);
        all.extend(texts);
        complete = all_texts;
    }
    if ordered {
        all.push(String::new());
        all.extend(written.iter().map(|text| format!("{text}\u{1}")));
        all.push(char::MAX.to_string());
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
    // Text that is a time is no text, and one that is nearly a time is not read at all.
    let value = |text: &String| if Attributes::is_naming(name) { Some(Value::name(text)) } else { Value::of_quoted(text) };
    (all.iter().filter_map(value).collect(), complete)
}
