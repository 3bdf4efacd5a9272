//! Resources that the tests of many users do not tell apart share a lane.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use super::bits::{self, Bits, WIDTH};
use super::table::{Table, Values};
use crate::compile::{Ask, ResourceTest, Single, TeamId, Teams};
use crate::model::permissions::{Operator, Value};

/// The lanes, and for which of them tests hold.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    count: usize,
    of: Vec<u32>,
    /// The resources of each.
    members: Vec<Vec<u32>>,
    known: HashMap<Arc<str>, Known>,
    sets: Vec<LaneSet>,
}

/// The tests of one attribute that tell lanes apart, by number.
#[derive(Debug, Default)]
struct Known {
    exists: Option<usize>,
    filled: Option<usize>,
    within: HashMap<TeamId, usize>,
    compares: HashMap<Operator, HashMap<Value, usize>>,
}

/// Lanes for which a test holds.
#[derive(Debug)]
pub(super) enum LaneSet {
    /// One by one, in order.
    Few(Vec<u32>),
    /// As bits, from the word at a place on.
    Many(usize, Vec<u64>),
}

impl Lanes {
    /// Lanes that these tests tell apart; each test asks for one thing.
    pub(super) fn new(table: &Table, teams: &Teams, tests: &[ResourceTest]) -> Self {
        let mut lanes = Self { count: 1, of: vec![0; table.len()], ..Self::default() };
        let mut names: Vec<&Arc<str>> = Vec::new();
        let mut by_name: HashMap<&Arc<str>, Vec<(usize, Single<'_>)>> = HashMap::new();
        for (number, test) in tests.iter().enumerate() {
            lanes.known.entry(Arc::clone(&test.name)).or_default().insert(&test.ask, number);
            let of_name = by_name.entry(&test.name).or_insert_with(|| {
                names.push(&test.name);
                Vec::new()
            });
            of_name.extend(test.ask.singles().map(|single| (number, single)));
        }
        let of_name = names.into_iter().filter_map(|name| Some((table.values(name)?, by_name.remove(name)?)));
        let told: Vec<(&Values, Vec<Vec<usize>>)> = of_name.map(|(values, tests)| (values, told(table, values, teams, &tests))).collect();
        for (values, told) in &told {
            lanes.split(values, told);
        }
        lanes.members = vec![Vec::new(); lanes.count];
        for (resource, lane) in (0..).zip(&lanes.of) {
            lanes.members.get_mut(*lane as usize).into_iter().for_each(|members| members.push(resource));
        }
        lanes.sets = lanes.holding(&told, tests.len()).into_iter().map(LaneSet::new).collect();
        lanes
    }

    /// Splits lanes in which the tests that hold for an attribute's values differ.
    ///
    /// Lanes stay in the order of these tests, first those of the attributes that came before: what passes a test that comes early
    /// stands side by side.
    fn split(&mut self, values: &Values, told: &[Vec<usize>]) {
        let numbers = numbered(told.iter().map(Vec::as_slice).chain([&[][..]]));
        let number = |tests: &[usize]| numbers.get(tests).copied().unwrap_or(0);
        let (missing, there) = (number(&[]), told.iter().map(|tests| number(tests)).collect::<Vec<u32>>());
        let number = |resource| values.of(resource).and_then(|at| there.get(at as usize)).copied().unwrap_or(missing);
        let lanes = numbered((0..).zip(&self.of).map(|(resource, lane)| (*lane, number(resource))));
        for (resource, lane) in (0..).zip(&mut self.of) {
            *lane = lanes.get(&(*lane, number(resource))).copied().unwrap_or(0);
        }
        self.count = lanes.len();
    }

    /// For each test the lanes for which it holds, in order. One of its resources stands for a lane.
    fn holding(&self, told: &[(&Values, Vec<Vec<usize>>)], tests: usize) -> Vec<Vec<u32>> {
        let mut sets: Vec<Vec<u32>> = vec![Vec::new(); tests];
        let first = self.members.iter().map(|members| members.first().copied().unwrap_or(0));
        for (lane, resource) in (0..).zip(first) {
            for (values, told) in told {
                for test in values.of(resource).and_then(|at| told.get(at as usize)).into_iter().flatten() {
                    sets.get_mut(*test).into_iter().for_each(|set| set.push(lane));
                }
            }
        }
        sets
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The resources that share one of some lanes.
    pub(super) fn members(&self, lanes: &Bits) -> impl Iterator<Item = u32> {
        let (from, words) = lanes.shared();
        let lanes = (from..).zip(words).flat_map(|(at, word)| bits::lanes(at, *word));
        lanes.filter_map(|lane| self.members.get(lane)).flatten().copied()
    }

    /// The lane of a resource.
    pub(super) fn of(&self, resource: u32) -> usize {
        self.of.get(resource as usize).map_or(usize::MAX, |lane| *lane as usize)
    }

    /// The lanes for which a test holds, if it is one that tells lanes apart.
    pub(super) fn find(&self, name: &str, asked: Single<'_>) -> Option<&LaneSet> {
        self.known.get(name)?.find(asked).and_then(|number| self.sets.get(number))
    }
}

/// Numbers things in their own order, each once.
fn numbered<T: Ord + Hash + Copy>(all: impl Iterator<Item = T>) -> HashMap<T, u32> {
    let different: HashSet<T> = all.collect();
    let mut different: Vec<T> = different.into_iter().collect();
    different.sort_unstable();
    different.into_iter().zip(0..).collect()
}

/// For each of an attribute's different values the tests that hold.
fn told(table: &Table, values: &Values, teams: &Teams, tests: &[(usize, Single<'_>)]) -> Vec<Vec<usize>> {
    let mut told: Vec<Vec<usize>> = vec![Vec::new(); values.len()];
    for (number, single) in tests {
        values.holding(table, *single, teams, |at| {
            if let Some(tests) = told.get_mut(at as usize).filter(|tests| tests.last() != Some(number)) {
                tests.push(*number);
            }
        });
    }
    told
}

impl Known {
    fn insert(&mut self, ask: &Ask, number: usize) {
        match ask {
            Ask::Exists => self.exists = Some(number),
            Ask::Filled => self.filled = Some(number),
            Ask::Within(team) => _ = self.within.insert(*team, number),
            Ask::Compares(operator, values) => {
                let of_operator = self.compares.entry(*operator).or_default();
                of_operator.extend(values.iter().map(|value| (value.clone(), number)));
            }
        }
    }

    fn find(&self, asked: Single<'_>) -> Option<usize> {
        match asked {
            Single::Exists => self.exists,
            Single::Filled => self.filled,
            Single::Within(team) => self.within.get(&team).copied(),
            Single::Compares(operator, value) => self.compares.get(&operator)?.get(value).copied(),
        }
    }
}

impl LaneSet {
    fn new(few: Vec<u32>) -> Self {
        let word = |lane: &u32| *lane as usize / WIDTH;
        let (from, to) = (few.first().map_or(0, word), few.last().map_or(0, |lane| word(lane) + 1));
        // A number takes half a word.
        if few.len() < (to - from) * 2 {
            return Self::Few(few);
        }
        let mut many = vec![0; to - from];
        for lane in few {
            if let Some(word) = many.get_mut(word(&lane) - from) {
                *word |= 1 << (lane % 64);
            }
        }
        Self::Many(from, many)
    }

    /// Adds them to other lanes.
    pub(super) fn add_to(&self, lanes: &mut Bits) {
        match self {
            Self::Few(few) => lanes.add_few(few),
            Self::Many(from, many) => lanes.add_many(*from, many),
        }
    }

    /// Whether a lane is one of them.
    pub(super) fn has(&self, lane: usize) -> bool {
        match self {
            Self::Few(few) => few.binary_search_by(|other| (*other as usize).cmp(&lane)).is_ok(),
            Self::Many(from, many) => bits::has(many, *from, lane),
        }
    }
}
