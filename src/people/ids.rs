//! Whether an id came twice, without keeping ids: two that are the same have the same fingerprint.

use std::hash::BuildHasher;
use std::thread::Builder;

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

/// Whether no two ids that several threads saw are the same. Two that are not can have one fingerprint, which is rare enough to look
/// again.
pub(super) fn distinct(mut all: Vec<Ids>, threads: usize) -> bool {
    let of_heap = |heap: usize| all.iter_mut().filter_map(|ids| ids.heaps.get_mut(heap)).map(std::mem::take).collect();
    let mut heaps: Vec<Vec<Vec<u64>>> = (0..HEAPS).map(of_heap).collect();
    let each = heaps.len().div_ceil(threads.max(1));
    std::thread::scope(|scope| {
        let mut parts = heaps.chunks_mut(each);
        let own = parts.next();
        let others: Vec<_> = parts.map(|part| Builder::new().spawn_scoped(scope, || part.iter_mut().all(is_distinct))).collect();
        let own = own.is_none_or(|part| part.iter_mut().all(is_distinct));
        // A thread that did not start, or panicked, has not said that they are.
        let others: Vec<bool> = others.into_iter().map(|part| part.is_ok_and(|part| part.join().unwrap_or(false))).collect();
        own && others.into_iter().all(|distinct| distinct)
    })
}

fn is_distinct(heap: &mut Vec<Vec<u64>>) -> bool {
    let mut prints = std::mem::take(heap).concat();
    prints.sort_unstable();
    prints.windows(2).all(|pair| matches!(pair, [one, other] if one != other))
}
