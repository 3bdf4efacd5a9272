//! Runs a check over many worlds on two threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const THREADS: u64 = 2;

/// Checks the worlds of the seeds `0..count`; panics with the failure of the lowest seed that was
/// reached.
pub fn every_seed(count: u64, check: impl Fn(u64) -> Result<(), String> + Sync) {
    let stopped = AtomicBool::new(false);
    let part = |first: u64| {
        for seed in (0..count).filter(|seed| seed % THREADS == first) {
            if stopped.load(Ordering::Relaxed) {
                break;
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| check(seed))).unwrap_or_else(|_| Err("panicked, see above".to_owned()));
            if let Err(failure) = outcome {
                stopped.store(true, Ordering::Relaxed);
                return Some((seed, failure));
            }
        }
        None
    };
    let failures: Vec<(u64, String)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|first| scope.spawn(move || part(first))).collect();
        threads.into_iter().filter_map(|thread| thread.join().expect("a check does not panic")).collect()
    });
    if let Some((seed, failure)) = failures.into_iter().min() {
        panic!("world of seed {seed}: {failure}");
    }
}
