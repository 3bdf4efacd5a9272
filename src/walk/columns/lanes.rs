//! Resources that the tests of many users do not tell apart share a lane.

use std::collections::HashMap;
use std::sync::Arc;

use super::bits;
use super::table::{Table, Values};
use crate::compile::{Ask, ResourceTest, Single, TeamId, Teams};
use crate::model::permissions::{Operator, Value};

/// The lanes, and for which of them tests hold.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    count: usize,
    of: Vec<u32>,
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
    /// As bits.
    Many(Vec<u64>),
}

impl Lanes {
    /// Lanes that these tests tell apart; each test asks for one thing.
    pub(super) fn new(table: &Table, teams: &Teams, tests: &[ResourceTest]) -> Self {
        let mut lanes = Self { count: 1, of: vec![0; table.len()], ..Self::default() };
        let mut by_name: HashMap<&Arc<str>, Vec<(usize, Single<'_>)>> = HashMap::new();
        for (number, test) in tests.iter().enumerate() {
            for single in test.ask.singles() {
                lanes.known.entry(Arc::clone(&test.name)).or_default().insert(&test.ask, number);
                by_name.entry(&test.name).or_default().push((number, single));
            }
        }
        let told: Vec<(&Values, Vec<Vec<usize>>)> = by_name
            .into_iter()
            .filter_map(|(name, tests)| table.values(name).map(|values| (values, told(table, values, teams, &tests))))
            .collect();
        for (values, told) in &told {
            lanes.split(values, told);
        }
        let sets = lanes.holding(&told, tests.len());
        lanes.sets = sets.into_iter().map(|few| LaneSet::new(few, lanes.count)).collect();
        lanes
    }

    /// Splits lanes in which the tests that hold for an attribute's values differ.
    fn split(&mut self, values: &Values, told: &[Vec<usize>]) {
        let mut alike: HashMap<&[usize], u32> = HashMap::from([([].as_slice(), 0)]);
        let numbers: Vec<u32> = told
            .iter()
            .map(|tests| {
                let next = u32::try_from(alike.len()).unwrap_or(u32::MAX);
                *alike.entry(tests).or_insert(next)
            })
            .collect();
        let mut lanes: HashMap<(u32, u32), u32> = HashMap::new();
        for (resource, lane) in (0..).zip(&mut self.of) {
            let number = values.of(resource).and_then(|at| numbers.get(at as usize)).copied().unwrap_or(0);
            let next = u32::try_from(lanes.len()).unwrap_or(u32::MAX);
            *lane = *lanes.entry((*lane, number)).or_insert(next);
        }
        self.count = lanes.len();
    }

    /// For each test the lanes for which it holds. A lane's first resource stands for it.
    fn holding(&self, told: &[(&Values, Vec<Vec<usize>>)], tests: usize) -> Vec<Vec<u32>> {
        let mut sets: Vec<Vec<u32>> = vec![Vec::new(); tests];
        let mut seen = 0;
        for (resource, lane) in (0..).zip(&self.of) {
            // Lanes are numbered in the order in which they come first.
            if *lane < seen {
                continue;
            }
            seen = *lane + 1;
            for (values, told) in told {
                let holding = values.of(resource).and_then(|at| told.get(at as usize)).into_iter().flatten();
                for test in holding {
                    sets.get_mut(*test).into_iter().for_each(|set| set.push(*lane));
                }
            }
        }
        sets
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
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
    fn new(few: Vec<u32>, count: usize) -> Self {
        let words = bits::words(count);
        // A number takes half a word.
        if few.len() < words * 2 {
            return Self::Few(few);
        }
        let mut many = vec![0; words];
        for lane in few {
            bits::set(&mut many, lane as usize);
        }
        Self::Many(many)
    }

    /// Adds them to other lanes.
    pub(super) fn add_to(&self, all: &mut [u64]) {
        match self {
            Self::Few(few) => {
                for lane in few {
                    bits::set(all, *lane as usize);
                }
            }
            Self::Many(many) => bits::or(all, many),
        }
    }

    /// Whether a lane is one of them.
    pub(super) fn has(&self, lane: usize) -> bool {
        match self {
            Self::Few(few) => few.binary_search_by(|other| (*other as usize).cmp(&lane)).is_ok(),
            Self::Many(many) => bits::has(many, lane),
        }
    }
}
