//! Counting rows: how many users are let into each target.
//!
//! Rows are added as binary numbers whose digits stand in words, so that one addition counts the lanes of several words: eight rows
//! become one carry into the digit of eights.

use wide::u64x4;

use super::compile::LANES;
use super::row::WIDE;
use super::{Row, Rows};

/// So many rows are added at once.
const BLOCK: usize = 8;

/// Digits above the first three. All of them are full after this many blocks.
const HIGH: usize = 12;
const FULL: u32 = (1 << HIGH) - 1;

/// The binary digits of the counts of as many lanes as are added at once.
#[derive(Clone, Copy, Debug, Default)]
struct Digits {
    ones: u64x4,
    twos: u64x4,
    fours: u64x4,
    high: [u64x4; HIGH],
}

/// Counts of rows, lane by lane.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The rows that are not added yet, some words of each.
    waiting: Vec<[u64x4; BLOCK]>,
    rows: usize,
    digits: Vec<Digits>,
    blocks: u32,
    counts: Vec<u64>,
    users: u64,
}

/// Two digits and a carry come to a digit and a carry.
fn add(one: u64x4, two: u64x4, three: u64x4) -> (u64x4, u64x4) {
    let both = one ^ two;
    (both ^ three, (one & two) | (both & three))
}

impl Digits {
    fn add(&mut self, [first, second, third, fourth, fifth, sixth, seventh, eighth]: [u64x4; BLOCK]) {
        let (ones, some_twos) = add(self.ones, first, second);
        let (ones, more_twos) = add(ones, third, fourth);
        let (twos, some_fours) = add(self.twos, some_twos, more_twos);
        let (ones, some_twos) = add(ones, fifth, sixth);
        let (ones, more_twos) = add(ones, seventh, eighth);
        let (twos, more_fours) = add(twos, some_twos, more_twos);
        let (fours, mut carry) = add(self.fours, some_fours, more_fours);
        (self.ones, self.twos, self.fours) = (ones, twos, fours);
        for digit in &mut self.high {
            if carry == u64x4::ZERO {
                return;
            }
            (*digit, carry) = (*digit ^ carry, *digit & carry);
        }
    }

    /// The counts of all lanes.
    fn counts(&self) -> impl Iterator<Item = u64> {
        let digits = [self.ones, self.twos, self.fours].into_iter().chain(self.high).map(u64x4::to_array);
        let digits: Vec<[u64; WIDE]> = digits.collect();
        (0..WIDE * LANES).map(move |lane| {
            let of_word = digits.iter().filter_map(|digit| digit.get(lane / LANES)).enumerate();
            of_word.map(|(at, digit)| (digit >> (lane % LANES) & 1) << at).sum()
        })
    }
}

impl Tally {
    /// Counts a row.
    pub fn add(&mut self, row: &Row) {
        self.add_words(row.allowed());
    }

    /// Counts lanes: as many words as a row has.
    pub(super) fn add_words(&mut self, words: &[u64]) {
        let (allowed, _) = words.as_chunks();
        self.waiting.resize(allowed.len(), [u64x4::ZERO; BLOCK]);
        for (waiting, words) in self.waiting.iter_mut().zip(allowed) {
            if let Some(place) = waiting.get_mut(self.rows) {
                *place = u64x4::new(*words);
            }
        }
        self.users += 1;
        self.rows += 1;
        if self.rows == BLOCK {
            self.block();
        }
    }

    fn block(&mut self) {
        self.digits.resize(self.waiting.len(), Digits::default());
        for (digits, rows) in self.digits.iter_mut().zip(&mut self.waiting) {
            digits.add(std::mem::take(rows));
        }
        self.rows = 0;
        self.blocks += 1;
        if self.blocks == FULL {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.counts.resize(self.digits.len() * WIDE * LANES, 0);
        for (counts, digits) in self.counts.chunks_mut(WIDE * LANES).zip(&mut self.digits) {
            for (count, more) in counts.iter_mut().zip(std::mem::take(digits).counts()) {
                *count += more;
            }
        }
        self.blocks = 0;
    }

    /// How many rows were counted.
    pub fn users(&self) -> u64 {
        self.users
    }

    /// How many users are let into each target.
    pub fn allowed(mut self, rows: &Rows) -> Vec<u64> {
        self.block();
        self.flush();
        rows.lane_of.iter().map(|lane| self.counts.get(*lane).copied().unwrap_or_default()).collect()
    }
}
