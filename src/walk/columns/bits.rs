//! Sets of lanes, a bit each.
//!
//! Lanes of single resources come first, in words of their own, then those that resources share. Of the latter a set knows between
//! which words it has any: what a user holds mostly reaches few teams, and the lanes of a team stand side by side.

use std::ops::Range;

/// So many lanes stand in a word.
pub(super) const WIDTH: usize = 64;

/// How many words take so many lanes.
pub(super) fn words(lanes: usize) -> usize {
    lanes.div_ceil(WIDTH)
}

/// The lanes in a word that stands at a place, in order.
pub(super) fn lanes(at: usize, word: u64) -> impl Iterator<Item = usize> {
    let mut left = word;
    std::iter::from_fn(move || {
        let lane = (left != 0).then(|| at * WIDTH + left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(lane)
    })
}

/// Whether a lane is in words from the one at a place on.
pub(super) fn has(words: &[u64], from: usize, lane: usize) -> bool {
    let word = (lane / WIDTH).checked_sub(from).and_then(|at| words.get(at));
    word.is_some_and(|word| word >> (lane % WIDTH) & 1 == 1)
}

/// Where the words of a set stand: so many of single resources, and so many at all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) own: usize,
    pub(super) all: usize,
}

/// A set of lanes.
#[derive(Debug, Default)]
pub(super) struct Bits {
    /// Beyond `own`, what is not in `range` means nothing.
    words: Vec<u64>,
    own: usize,
    range: Range<usize>,
}

impl Bits {
    /// Makes it a set without lanes.
    fn clear(&mut self, shape: Shape) {
        self.words.resize(shape.all, 0);
        self.own = shape.own;
        self.range = shape.own..shape.own;
        self.part_mut(0..shape.own).fill(0);
    }

    fn part(&self, range: Range<usize>) -> &[u64] {
        self.words.get(range).unwrap_or_default()
    }

    fn part_mut(&mut self, range: Range<usize>) -> &mut [u64] {
        self.words.get_mut(range).unwrap_or_default()
    }

    /// The words of single resources.
    pub(super) fn own(&self) -> &[u64] {
        self.part(0..self.own)
    }

    /// The words of lanes that are shared in which there may be any, and the place of the first of them among all such.
    pub(super) fn shared(&self) -> (usize, &[u64]) {
        (self.range.start - self.own, self.part(self.range.clone()))
    }

    /// Makes room for lanes between these words.
    fn cover(&mut self, other: &Range<usize>) {
        if other.is_empty() {
            return;
        }
        if self.range.is_empty() {
            self.range = other.clone();
            return self.part_mut(other.clone()).fill(0);
        }
        let Range { start, end } = self.range.clone();
        self.part_mut(other.start.min(start)..start).fill(0);
        self.part_mut(end..other.end.max(end)).fill(0);
        self.range = start.min(other.start)..end.max(other.end);
    }

    /// Adds a lane of a single resource.
    pub(super) fn add_own(&mut self, lane: usize) {
        if let Some(word) = self.words.get_mut(lane / WIDTH).filter(|_| lane / WIDTH < self.own) {
            *word |= 1 << (lane % WIDTH);
        }
    }

    /// Adds shared lanes, given in order.
    pub(super) fn add_few(&mut self, few: &[u32]) {
        let (Some(first), Some(last)) = (few.first(), few.last()) else { return };
        let own = self.own;
        let word = |lane: &u32| *lane as usize / WIDTH + own;
        self.cover(&(word(first)..word(last) + 1));
        for lane in few {
            self.part_mut(word(lane)..word(lane) + 1).iter_mut().for_each(|word| *word |= 1 << (lane % 64));
        }
    }

    /// Adds shared lanes, given as words from the one at a place on.
    pub(super) fn add_many(&mut self, from: usize, many: &[u64]) {
        let range = self.own + from..self.own + from + many.len();
        self.cover(&range);
        self.part_mut(range).iter_mut().zip(many).for_each(|(word, other)| *word |= other);
    }

    /// Makes it all lanes: so many of single resources, and so many that are shared.
    pub(super) fn fill(&mut self, own: usize, shared: usize) {
        self.range = self.own..self.words.len();
        self.words.fill(u64::MAX);
        let last = |lanes: usize| if lanes.is_multiple_of(WIDTH) { u64::MAX } else { (1 << (lanes % WIDTH)) - 1 };
        for (end, lanes) in [(self.own, own), (self.own + words(shared), shared)] {
            if let Some(word) = end.checked_sub(1).and_then(|at| self.words.get_mut(at)).filter(|_| lanes > 0) {
                *word = last(lanes);
            }
        }
    }

    /// Keeps what is in the other too.
    pub(super) fn and(&mut self, other: &Self) {
        let start = self.range.start.max(other.range.start);
        self.range = start..self.range.end.min(other.range.end).max(start);
        for part in [0..self.own, self.range.clone()] {
            self.part_mut(part.clone()).iter_mut().zip(other.part(part)).for_each(|(word, other)| *word &= other);
        }
    }

    /// Adds what is in the other.
    pub(super) fn or(&mut self, other: &Self) {
        self.cover(&other.range);
        for part in [0..self.own, other.range.clone()] {
            self.part_mut(part.clone()).iter_mut().zip(other.part(part)).for_each(|(word, other)| *word |= other);
        }
    }

    /// Takes away what is in the other.
    pub(super) fn minus(&mut self, other: &Self) {
        let start = self.range.start.max(other.range.start);
        for part in [0..self.own, start..self.range.end.min(other.range.end).max(start)] {
            self.part_mut(part.clone()).iter_mut().zip(other.part(part)).for_each(|(word, other)| *word &= !other);
        }
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.own().iter().chain(self.shared().1).all(|word| *word == 0)
    }
}

/// Sets to work with, used again and again: fresh memory costs more than what is done in it.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) shape: Shape,
    sets: Vec<Bits>,
}

impl Pool {
    /// A set without lanes.
    pub(super) fn empty(&mut self) -> Bits {
        let mut bits = self.sets.pop().unwrap_or_default();
        bits.clear(self.shape);
        bits
    }

    /// What is in both.
    pub(super) fn both(&mut self, one: &Bits, other: &Bits) -> Bits {
        let mut bits = self.empty();
        let start = one.range.start.max(other.range.start);
        bits.range = start..one.range.end.min(other.range.end).max(start);
        for part in [0..bits.own, bits.range.clone()] {
            let pairs = one.part(part.clone()).iter().zip(other.part(part.clone()));
            bits.part_mut(part).iter_mut().zip(pairs).for_each(|(word, (one, other))| *word = one & other);
        }
        bits
    }

    /// A copy.
    pub(super) fn copy(&mut self, of: &Bits) -> Bits {
        let mut bits = self.empty();
        bits.or(of);
        bits
    }

    /// Takes a set back.
    pub(super) fn give(&mut self, bits: Bits) {
        self.sets.push(bits);
    }
}

#[cfg(test)]
mod tests;
