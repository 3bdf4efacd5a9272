//! Threads that share work.
//!
//! They start once, and early where work is to be expected: the system can let a new thread wait for milliseconds, as long as it
//! takes to read a thousand apps, and wakes one that sleeps at once.

use std::sync::OnceLock;
use std::thread::available_parallelism;

use rayon_core::{ThreadPool, ThreadPoolBuilder};

/// The threads beside the one that asks for them; none where there is one processor, or where they cannot be had.
static OTHERS: OnceLock<Option<ThreadPool>> = OnceLock::new();

/// How many parts of work to make: one for each processor.
pub fn size() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Has the threads start, for who will have work for them soon.
pub fn gather() {
    others();
}

fn others() -> Option<&'static ThreadPool> {
    let start = || {
        let threads = size().checked_sub(1).filter(|threads| *threads > 0)?;
        ThreadPoolBuilder::new().num_threads(threads).build().ok()
    };
    OTHERS.get_or_init(start).as_ref()
}

/// Works on each part while `own` is done here, and gives what came of them, in order. Where there are no threads, the parts come
/// after `own`.
pub fn beside<P: Send, R: Send, O>(parts: &mut [P], work: impl Fn(&mut P) -> R + Sync, own: impl FnOnce() -> O) -> (O, Vec<R>) {
    beside_of(others(), parts, work, own)
}

fn beside_of<P: Send, R: Send, O>(
    others: Option<&ThreadPool>,
    parts: &mut [P],
    work: impl Fn(&mut P) -> R + Sync,
    own: impl FnOnce() -> O,
) -> (O, Vec<R>) {
    let Some(others) = others.filter(|_| !parts.is_empty()) else {
        let own = own();
        return (own, parts.iter_mut().map(work).collect());
    };
    let mut results: Vec<Option<R>> = parts.iter().map(|_| None).collect();
    let work = &work;
    let own = others.in_place_scope(|scope| {
        for (part, result) in parts.iter_mut().zip(&mut results) {
            scope.spawn(move |_| *result = Some(work(part)));
        }
        own()
    });
    // The scope ends when all are done; a part without a result would be done now.
    let results = results.into_iter().zip(parts).map(|(result, part)| result.unwrap_or_else(|| work(part)));
    (own, results.collect())
}

/// Works on each part, on the first one here.
pub fn share<P: Send, R: Send>(parts: &mut [P], work: impl Fn(&mut P) -> R + Sync) -> Vec<R> {
    let Some((first, others)) = parts.split_first_mut() else { return Vec::new() };
    let (own, mut results) = beside(others, &work, || work(first));
    results.insert(0, own);
    results
}

#[cfg(test)]
mod tests {
    use super::{beside, beside_of, share};

    #[test]
    fn every_part_is_worked_on_once_and_results_are_in_order() {
        for count in 0..20_u32 {
            let mut parts: Vec<u32> = (0..count).collect();
            let results = share(&mut parts, |part| {
                *part += 100;
                *part * 2
            });
            assert_eq!(parts, (100..100 + count).collect::<Vec<_>>());
            assert_eq!(results, (0..count).map(|part| 200 + 2 * part).collect::<Vec<_>>());
            assert_eq!(beside(&mut parts, |part| *part, || "own"), ("own", parts.clone()));
            assert_eq!(beside_of(None, &mut parts, |part| *part, || "alone"), ("alone", parts.clone()));
        }
    }
}
