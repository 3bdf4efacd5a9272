//! Which tests lanes are told apart by.
//!
//! A test that few users ask, for few resources, is not worth a lane of its own: that a ticket is owned by this very user. The
//! resources for which it holds are looked at one by one for the users who ask. Both ways are right for every test; the choice is
//! about time alone, and a sample of the users is enough to make it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::left::{Left, Shared};
use super::rules::Rules;
use super::table::Table;
use crate::compile::{Ask, ResourceTest, Single, TeamId, Teams};
use crate::walk::Subject;

/// So many users are asked what they ask.
pub(super) const SAMPLE: usize = 2000;

/// What at least so many users of a sample ask, and at least so great a part of it, is no test of single users.
const MANY: (usize, usize) = (8, 8);

/// Looking at one resource for one user costs as much as deciding for so many lanes.
const LANES: usize = 4096;

/// Makes the choice. `users` is how many there are, of whom `sample` are some.
pub(super) fn choose<'u>(
    (rules, shared): (&Rules, &Shared),
    table: &Table,
    teams: &Teams,
    users: usize,
    sample: impl Iterator<Item = Subject<'u>>,
) -> Vec<ResourceTest> {
    let (asked, sampled) = ask(rules, shared, sample);
    let often = often(&asked);
    let mut chosen: HashSet<ResourceTest> = shared.tests().into_iter().flat_map(singly).collect();
    let mut by_name: BTreeMap<Arc<str>, (usize, Vec<ResourceTest>)> = BTreeMap::new();
    for (test, times) in asked {
        let equal = matches!(&test.ask, Ask::Compares(operator, _) if operator.is_of_equality());
        if !equal || times > MANY.0.max(sampled / MANY.1) {
            chosen.insert(test);
            continue;
        }
        let of_name = by_name.entry(Arc::clone(&test.name)).or_default();
        of_name.0 += times * holders(table, &test, teams);
        of_name.1.push(test);
    }
    let mut by_cost: Vec<(usize, Vec<ResourceTest>)> = by_name.into_values().collect();
    by_cost.sort_by_key(|(cost, _)| *cost);
    let mut budget = users + table.len() + users.saturating_mul(table.len()) / LANES;
    for (cost, tests) in by_cost {
        // What the sample costs is scaled to all users.
        budget = budget.saturating_sub(cost.saturating_mul(users) / sampled.max(1));
        if budget == 0 {
            chosen.extend(tests);
        }
    }
    let mut chosen: Vec<ResourceTest> = chosen.into_iter().filter(|test| table.values(&test.name).is_some()).collect();
    chosen.sort_by_cached_key(|test| order(test, &often));
    chosen
}

/// Which tests users ask, each with how many of them do; and how many users these are.
fn ask<'u>(rules: &Rules, shared: &Shared, users: impl Iterator<Item = Subject<'u>>) -> (HashMap<ResourceTest, usize>, usize) {
    let mut asked: HashMap<ResourceTest, usize> = HashMap::new();
    let mut left = Left::new(rules, shared);
    let mut count = 0;
    for subject in users {
        count += 1;
        left.ask(&subject);
        let tests: HashSet<ResourceTest> = left.tests().flat_map(|(_, test)| singly(test)).collect();
        for test in tests {
            *asked.entry(test).or_default() += 1;
        }
    }
    (asked, count)
}

/// How often tests of each attribute are asked.
fn often(asked: &HashMap<ResourceTest, usize>) -> HashMap<Arc<str>, usize> {
    let mut often: HashMap<Arc<str>, usize> = HashMap::new();
    for (test, times) in asked {
        *often.entry(Arc::clone(&test.name)).or_default() += times;
    }
    often
}

/// Lanes stand in the order of the tests that tell them apart: those of the attribute that is asked about most come first, and of
/// teams those of the ones above before those below, so that what is in a team's reach stands side by side.
fn order(test: &ResourceTest, often: &HashMap<Arc<str>, usize>) -> (Reverse<usize>, Arc<str>, Result<TeamId, String>) {
    let ask = match &test.ask {
        Ask::Within(team) => Ok(*team),
        ask => Err(format!("{ask:?}")),
    };
    (Reverse(often.get(&test.name).copied().unwrap_or(0)), Arc::clone(&test.name), ask)
}

/// A test as tests that ask for one thing each.
fn singly(test: &ResourceTest) -> impl Iterator<Item = ResourceTest> {
    test.ask.singles().map(|single| {
        let ask = match single {
            Single::Exists => Ask::Exists,
            Single::Filled => Ask::Filled,
            Single::Within(team) => Ask::Within(team),
            Single::Compares(operator, value) => Ask::Compares(operator, vec![value.clone()]),
        };
        ResourceTest { name: Arc::clone(&test.name), ask }
    })
}

/// For how many resources it holds.
fn holders(table: &Table, test: &ResourceTest, teams: &Teams) -> usize {
    let holding = |single| table.holding(&test.name, single, teams).stretches().map(<[u32]>::len).sum::<usize>();
    test.ask.singles().map(holding).sum()
}
