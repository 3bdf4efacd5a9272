//! Whether an id came twice, without keeping ids: two that are the same have the same fingerprint.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

/// Fingerprints stand in so many heaps, by their first bits.
const HEAPS: usize = 64;

/// The fingerprints of the ids that one thread saw.
#[derive(Debug, Default)]
pub(super) struct Ids {
    heaps: Vec<Vec<u64>>,
}

impl Ids {
    pub(super) fn add(&mut self, id: &str, state: &RandomState) {
        let print = state.hash_one(id);
        self.heaps.resize_with(HEAPS, Vec::new);
        let heap = usize::try_from(print >> (u64::BITS - HEAPS.ilog2())).unwrap_or(0);
        if let Some(heap) = self.heaps.get_mut(heap) {
            heap.push(print);
        }
    }
}

/// What the ids of several threads come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct All {
    /// Whether no two are the same. Two that are not can have one fingerprint, which is rare enough to look again.
    pub(super) distinct: bool,
    pub(super) count: u64,
    pub(super) sum: u64,
}

impl All {
    pub(super) fn of(mut all: Vec<Ids>, threads: usize) -> Self {
        let columns = |heap: usize| all.iter_mut().filter_map(|ids| ids.heaps.get_mut(heap)).map(std::mem::take).collect();
        let mut heaps: Vec<Vec<Vec<u64>>> = (0..HEAPS).map(columns).collect();
        let each = heaps.len().div_ceil(threads.max(1));
        std::thread::scope(|scope| {
            let parts: Vec<_> = heaps.chunks_mut(each).map(|part| scope.spawn(|| Self::of_heaps(part))).collect();
            // A thread that panicked has not said that they are.
            let nothing = Self { distinct: false, count: 0, sum: 0 };
            let together = parts.into_iter().map(|part| part.join().unwrap_or(nothing));
            together.fold(Self { distinct: true, count: 0, sum: 0 }, |all, part| Self {
                distinct: all.distinct && part.distinct,
                count: all.count + part.count,
                sum: all.sum.wrapping_add(part.sum),
            })
        })
    }

    fn of_heaps(heaps: &mut [Vec<Vec<u64>>]) -> Self {
        let mut all = Self { distinct: true, count: 0, sum: 0 };
        for heap in heaps {
            let mut prints = std::mem::take(heap).concat();
            prints.sort_unstable();
            all.distinct &= prints.windows(2).all(|pair| matches!(pair, [one, other] if one != other));
            all.count += prints.len() as u64;
            all.sum = prints.iter().fold(all.sum, |sum, print| sum.wrapping_add(*print));
        }
        all
    }
}
