//! Counts of many lanes at a time: each word of a plane holds one binary digit of the counts of its lanes.

use super::bits;

/// So many digits are kept as planes before they are carried over to whole numbers.
const PLANES: usize = 16;

/// For each lane how often it was among those that were added.
#[derive(Debug)]
pub(super) struct Tally {
    planes: Vec<[u64; PLANES]>,
    added: usize,
    counts: Vec<u64>,
}

impl Tally {
    /// Nothing was added yet to so many lanes.
    pub(super) fn new(lanes: usize) -> Self {
        Self { planes: vec![[0; PLANES]; bits::words(lanes)], added: 0, counts: vec![0; lanes] }
    }

    /// Counts lanes once more, those in words from the one at a place on.
    pub(super) fn add(&mut self, from: usize, words: &[u64]) {
        for (planes, word) in self.planes.iter_mut().skip(from).zip(words) {
            let mut carry = *word;
            for plane in planes {
                if carry == 0 {
                    break;
                }
                (*plane, carry) = (*plane ^ carry, *plane & carry);
            }
        }
        self.added += 1;
        // One more could be a digit too many.
        if self.added == (1 << PLANES) - 1 {
            self.carry_over();
        }
    }

    fn carry_over(&mut self) {
        for (planes, counts) in self.planes.iter_mut().zip(self.counts.chunks_mut(bits::WIDTH)) {
            for (digit, plane) in planes.iter_mut().enumerate() {
                for lane in bits::lanes(0, *plane) {
                    counts.get_mut(lane).into_iter().for_each(|count| *count += 1 << digit);
                }
                *plane = 0;
            }
        }
        self.added = 0;
    }

    /// The counts.
    pub(super) fn counts(mut self) -> Vec<u64> {
        self.carry_over();
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_are_carried_over() {
        let mut tally = Tally::new(70);
        for time in 0..90_000_u64 {
            tally.add(0, &[u64::from(time % 2 == 0) | 2, if time % 3 == 0 { 1 << 5 } else { 0 }]);
        }
        let counts = tally.counts();
        let some = [0, 1, 2, 69].map(|lane| counts.get(lane).copied());
        assert_eq!(some, [Some(45_000), Some(90_000), Some(0), Some(30_000)]);
    }
}
