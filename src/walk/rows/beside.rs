//! Two rows of one user: as a question supposes, and as it is defined.

use super::compile::{LANES, bit};
use super::{Row, Rows, Tally};

/// Where the targets of one set of rows stand in another.
#[derive(Debug)]
pub struct Places {
    /// The lane of each target that is in both, here and there; nothing where both are the same.
    lanes: Option<Vec<(usize, usize)>>,
}

impl Places {
    /// Where all are the same.
    pub const SAME: Self = Self { lanes: None };
}

/// The targets into which a user is let by one row and not by another, a bit a lane of the former.
#[derive(Debug, Default)]
pub struct Difference {
    gained: Vec<u64>,
    lost: Vec<u64>,
}

/// How many users gain each target, and how many lose it.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    gained: Tally,
    lost: Tally,
}

impl Rows {
    /// Where the targets stand in other rows; `number` gives the number that one has there, if it is there.
    pub fn places_in(&self, others: &Self, number: impl Fn(usize) -> Option<usize>) -> Places {
        if self.lane_of == others.lane_of && (0..self.lane_of.len()).all(|target| number(target) == Some(target)) {
            return Places::SAME;
        }
        let there = |target: usize| others.lane_of.get(number(target)?).copied();
        let lanes = self.lane_of.iter().enumerate().filter_map(|(target, lane)| Some((*lane, there(target)?)));
        Places { lanes: Some(lanes.collect()) }
    }
}

impl Difference {
    /// Compares two rows; `before` is nothing for a user who is not defined there.
    pub fn find(&mut self, now: &Row, before: Option<&Row>, places: &Places) {
        let before = before.map(Row::allowed).unwrap_or_default();
        self.lost.clear();
        match &places.lanes {
            None => self.lost.extend_from_slice(before),
            Some(lanes) => {
                self.lost.resize(now.allowed().len(), 0);
                for (here, there) in lanes {
                    let is_there = before.get(there / LANES).is_some_and(|word| word & bit(*there) != 0);
                    if let Some(word) = self.lost.get_mut(here / LANES).filter(|_| is_there) {
                        *word |= bit(*here);
                    }
                }
            }
        }
        self.lost.resize(now.allowed().len(), 0);
        self.gained.clear();
        self.gained.extend(now.allowed().iter().zip(&self.lost).map(|(now, before)| now & !before));
        self.lost.iter_mut().zip(now.allowed()).for_each(|(before, now)| *before &= !now);
    }
}

impl Turns {
    /// Counts a user. Most gain and lose nothing.
    pub fn add(&mut self, difference: &Difference) {
        for (tally, words) in [(&mut self.gained, &difference.gained), (&mut self.lost, &difference.lost)] {
            if words.iter().any(|word| *word != 0) {
                tally.add_words(words);
            }
        }
    }

    /// How many users gain each target, and how many lose it.
    pub fn counts(self, rows: &Rows) -> [Vec<u64>; 2] {
        [self.gained, self.lost].map(|tally| tally.allowed(rows))
    }
}
