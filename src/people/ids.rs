//! Whether an id came twice, without keeping ids: two that are the same have the same fingerprint.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use crate::crew;

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

/// Whether no two ids that several threads saw are the same. Two that are not can have one fingerprint, which is rare enough to look
/// again.
pub(super) fn distinct(mut all: Vec<Ids>) -> bool {
    let of_heap = |heap: usize| all.iter_mut().filter_map(|ids| ids.heaps.get_mut(heap)).map(std::mem::take).collect();
    let mut heaps: Vec<Vec<Vec<u64>>> = (0..HEAPS).map(of_heap).collect();
    let mut shares: Vec<&mut [Vec<Vec<u64>>]> = heaps.chunks_mut(HEAPS.div_ceil(crew::size())).collect();
    crew::share(&mut shares, |heaps| heaps.iter_mut().all(is_distinct)).into_iter().all(|distinct| distinct)
}

fn is_distinct(heap: &mut Vec<Vec<u64>>) -> bool {
    let mut prints = std::mem::take(heap).concat();
    prints.sort_unstable();
    prints.windows(2).all(|pair| matches!(pair, [one, other] if one != other))
}
