//! Sets of lanes against sets of numbers.

use std::collections::BTreeSet;

use super::{Bits, Pool, Shape, has, lanes, words};

const OWN: usize = 70;
const SHARED: usize = 500;

/// What is in a set: lanes of single resources, and shared ones.
fn members(bits: &Bits) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let of = |from: usize, words: &[u64]| (from..).zip(words).flat_map(|(at, word)| lanes(at, *word)).collect();
    let (from, shared) = bits.shared();
    (of(0, bits.own()), of(from, shared))
}

/// A set whose shared lanes lie in some stretch, in memory that was used before.
fn some(pool: &mut Pool, random: &mut fastrand::Rng) -> Bits {
    let mut bits = pool.empty();
    let first = random.usize(..SHARED);
    let few: Vec<u32> = (first..SHARED).step_by(random.usize(1..9)).take(random.usize(..30)).filter_map(|at| at.try_into().ok()).collect();

    bits.add_few(&few);
    if random.bool() {
        let many: Vec<u64> = (0..random.usize(..3)).map(|_| random.u64(..)).collect();
        bits.add_many(random.usize(..=words(SHARED) - 3), &many);
    }
    for _ in 0..random.usize(..9) {
        bits.add_own(random.usize(..OWN));
    }
    bits
}

#[test]
fn sets_of_lanes_are_sets() {
    let mut random = fastrand::Rng::with_seed(7);
    let own = words(OWN);
    let mut pool = Pool { shape: Shape { own, all: own + words(SHARED) }, ..Pool::default() };
    for _ in 0..20_000 {
        let (mut one, other) = (some(&mut pool, &mut random), some(&mut pool, &mut random));
        let ((own, shared), (other_own, other_shared)) = (members(&one), members(&other));
        let both = pool.both(&one, &other);
        assert_eq!(members(&both), (&own & &other_own, &shared & &other_shared));
        let expected = match random.u8(..4) {
            0 => {
                one.or(&other);
                (&own | &other_own, &shared | &other_shared)
            }
            1 => {
                one.and(&other);
                (&own & &other_own, &shared & &other_shared)
            }
            2 => {
                one.minus(&other);
                (&own - &other_own, &shared - &other_shared)
            }
            _ => {
                one.fill(OWN, SHARED);
                ((0..OWN).collect(), (0..SHARED).collect())
            }
        };
        assert_eq!(members(&one), expected);
        assert_eq!(one.is_empty(), expected.0.is_empty() && expected.1.is_empty());
        let lane = random.usize(..SHARED);
        let (from, words) = one.shared();
        assert_eq!(has(words, from, lane), expected.1.contains(&lane));
        for bits in [one, other, both] {
            pool.give(bits);
        }
    }
}
