//! What an attribute can be, up to differences that nothing asked of it can see.

use std::collections::BTreeSet;

use super::conditions::is_text;
use super::{Person, Resource};
use crate::value::{Attr, Scalar, Typed, written};
use crate::world::{Attributes, Check, Operand};

/// Something that is asked of an attribute.
pub enum Probe<'w> {
    /// A condition's key and one of its operators.
    Check(&'w str, &'w Check),
    /// Whether one of the values is one of these.
    OneOf(BTreeSet<&'w str>),
    /// Whether there is a value at all.
    Any,
}

/// Texts that match every set of the globs in use that can be matched together.
const GLOB_TEXTS: &[&str] = &["zz", "z", "s", "xs", "payx", "payxs", "h7gh", "a/b"];

/// Absent, each value, and lists of values, as many as are told apart.
///
/// What is asked of a list is whether one of its elements is this or that, or none is: so a list is
/// told apart by what is true of one element or another, and an element that adds nothing to a list
/// need not be added.
pub fn of(person: &Person<'_>, kind: &str, attribute: &str, probes: &[Probe<'_>]) -> Vec<Option<Attr>> {
    let scalars = scalars(person, attribute, probes);
    let seen_as = |value: &Attr| signature(person, kind, attribute, probes, value);
    let mut lists = vec![Vec::new()];
    let mut seen = BTreeSet::from([seen_as(&Attr::List(Vec::new()))]);
    for scalar in scalars {
        for mut list in lists.clone() {
            list.push(scalar.clone());
            if seen.insert(seen_as(&Attr::List(list.clone()))) {
                lists.push(list);
            }
        }
    }
    let mut all = vec![None];
    all.extend(lists.into_iter().map(|list| Some(Attr::List(list))));
    all
}

/// Every single value worth asking about.
pub fn scalars(person: &Person<'_>, attribute: &str, probes: &[Probe<'_>]) -> Vec<Scalar> {
    let mut named = Vec::new();
    for probe in probes {
        match probe {
            Probe::Any => {}
            Probe::OneOf(texts) => named.extend(texts.iter().map(|text| Scalar::quoted(*text))),
            Probe::Check(_, check) => named.extend(check.operands.iter().flat_map(|operand| operands(person, operand))),
        }
    }
    if is_text(attribute) {
        let texts: BTreeSet<String> = named.into_iter().map(|value| value.text).collect();
        return with_other_texts(texts).into_iter().map(Scalar::quoted).collect();
    }
    let texts = named.iter().filter(|value| value.typed == Typed::Text).map(|value| value.text.clone()).collect();
    let mut all: Vec<Scalar> = with_other_texts(texts).into_iter().map(Scalar::quoted).collect();
    all.extend(["true", "false"].map(Scalar::plain));
    all.extend(numbers_and_between(&named));
    all.extend(times_and_between(&named));
    all.extend(named);
    all
}

/// The teams there are, and one more.
pub fn teams(person: &Person<'_>, probes: &[Probe<'_>]) -> Vec<Option<Attr>> {
    let mut names: BTreeSet<String> = person.world.teams.iter().map(|team| team.name.clone()).collect();
    names.extend(scalars(person, "team_id", probes).into_iter().map(|value| value.text));
    let mut seen = BTreeSet::new();
    let values = with_other_texts(names).into_iter().map(|name| Attr::One(Scalar::quoted(name)));
    values.filter(|value| seen.insert(signature(person, "team", "team_id", probes, value))).map(Some).collect()
}

fn operands(person: &Person<'_>, operand: &Operand) -> Vec<Scalar> {
    match operand {
        Operand::Value(value) => vec![value.clone()],
        Operand::Template(name) => {
            let nothing = Attributes::new();
            let values = person.value(name, Resource { kind: "", attributes: &nothing });
            values.unwrap_or_default().into_iter().cloned().collect()
        }
    }
}

/// These, one before, one after each, and one for each way to match globs.
fn with_other_texts(mut texts: BTreeSet<String>) -> BTreeSet<String> {
    let after: Vec<String> = texts.iter().map(|text| format!("{text}!")).collect();
    texts.extend(after);
    texts.insert("!".to_owned());
    texts.extend(GLOB_TEXTS.iter().map(|text| (*text).to_owned()));
    texts
}

fn numbers_and_between(named: &[Scalar]) -> Vec<Scalar> {
    let numbers: BTreeSet<i128> =
        named.iter().filter_map(|value| if let Typed::Number(number) = value.typed { Some(number) } else { None }).collect();
    let mut fresh: Vec<i128> = numbers.iter().zip(numbers.iter().skip(1)).map(|(low, high)| i128::midpoint(*low, *high)).collect();
    fresh.push(numbers.first().unwrap_or(&0) - 1_000_000);
    fresh.push(numbers.last().unwrap_or(&0) + 1_000_000);
    fresh.extend(numbers);
    fresh.into_iter().map(|number| Scalar::plain(written(number))).collect()
}

fn times_and_between(named: &[Scalar]) -> Vec<Scalar> {
    let times: BTreeSet<i64> =
        named.iter().filter_map(|value| if let Typed::Time(time) = value.typed { Some(time.as_second()) } else { None }).collect();
    let mut fresh: Vec<i64> = times.iter().zip(times.iter().skip(1)).map(|(early, late)| i64::midpoint(*early, *late)).collect();
    fresh.push(times.first().unwrap_or(&0) - 1);
    fresh.push(times.last().unwrap_or(&0) + 1);
    fresh.extend(times);
    let at = |second| jiff::Timestamp::from_second(second).expect("these times are near");
    fresh.into_iter().map(|second| Scalar::quoted(at(second).to_string())).collect()
}

/// What is seen of a value by all that is asked of the attribute.
fn signature(person: &Person<'_>, kind: &str, attribute: &str, probes: &[Probe<'_>], value: &Attr) -> Vec<bool> {
    let attributes = Attributes::from([(attribute.to_owned(), value.clone())]);
    let resource = Resource { kind, attributes: &attributes };
    let elements = value.elements().unwrap_or_default();
    let mut seen = Vec::new();
    for probe in probes {
        match probe {
            Probe::Any => seen.push(!elements.is_empty()),
            Probe::OneOf(texts) => seen.push(resource.has_one_of(attribute, texts)),
            Probe::Check(key, check) => seen.push(person.holds(key, check, resource)),
        }
    }
    seen
}
