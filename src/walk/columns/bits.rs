//! Sets of lanes, a bit each.

/// So many lanes stand in a word.
pub(super) const WIDTH: usize = 64;

/// How many words take so many lanes.
pub(super) fn words(lanes: usize) -> usize {
    lanes.div_ceil(WIDTH)
}

/// Sets the first `count` bits, and no other.
pub(super) fn fill(bits: &mut [u64], count: usize) {
    for (at, word) in bits.iter_mut().enumerate() {
        let left = count.saturating_sub(at * WIDTH);
        *word = if left >= WIDTH { u64::MAX } else { (1 << left) - 1 };
    }
}

/// Adds a lane; one that there is no room for is none.
pub(super) fn set(bits: &mut [u64], lane: usize) {
    if let Some(word) = bits.get_mut(lane / WIDTH) {
        *word |= 1 << (lane % WIDTH);
    }
}

/// Whether a lane is there.
pub(super) fn has(bits: &[u64], lane: usize) -> bool {
    bits.get(lane / WIDTH).is_some_and(|word| word >> (lane % WIDTH) & 1 == 1)
}

/// Keeps what is in the other too.
pub(super) fn and(bits: &mut [u64], other: &[u64]) {
    bits.iter_mut().zip(other).for_each(|(word, other)| *word &= other);
}

/// Adds what is in the other.
pub(super) fn or(bits: &mut [u64], other: &[u64]) {
    bits.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
}

/// Takes away what is in the other.
pub(super) fn minus(bits: &mut [u64], other: &[u64]) {
    bits.iter_mut().zip(other).for_each(|(word, other)| *word &= !other);
}

/// Whether nothing is in it.
pub(super) fn is_empty(bits: &[u64]) -> bool {
    bits.iter().all(|word| *word == 0)
}

/// The lanes that are in it, in order.
pub(super) fn lanes(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let lane = (left != 0).then(|| at * WIDTH + left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(lane)
        })
    })
}

/// Words to work with, used again and again: fresh memory costs more than what is done in it.
#[derive(Debug, Default)]
pub(super) struct Pool(Vec<Vec<u64>>);

impl Pool {
    /// Words that are all zero.
    pub(super) fn empty(&mut self, words: usize) -> Vec<u64> {
        let mut bits = self.0.pop().unwrap_or_default();
        bits.clear();
        bits.resize(words, 0);
        bits
    }

    /// A copy.
    pub(super) fn copy(&mut self, of: &[u64]) -> Vec<u64> {
        let mut bits = self.0.pop().unwrap_or_default();
        bits.clear();
        bits.extend_from_slice(of);
        bits
    }

    /// Takes words back.
    pub(super) fn give(&mut self, bits: Vec<u64>) {
        self.0.push(bits);
    }
}
