//! Who is allowed, 64 lanes at a time.

use std::ops::Range;

use super::lane::MOST_SLOTS;

/// Words of lanes that as many bits decide.
#[derive(Debug)]
pub(super) struct Run {
    words: Range<usize>,
    slots: usize,
    /// By type: for each way the bits can be, a word for 64 lanes.
    masks: [Vec<u64>; 2],
}

impl Run {
    pub(super) fn new(words: Range<usize>, slots: usize, masks: [Vec<u64>; 2]) -> Self {
        Self { words, slots, masks }
    }

    /// Chooses from the masks of a type by the bits of a user.
    pub(super) fn decide(&self, of_type: usize, bits: &[u64], planes: &[usize], allowed: &mut [u64]) {
        let (Some(masks), Some(allowed)) = (self.masks.get(of_type), allowed.get_mut(self.words.clone())) else { return };
        let plane = |slot: usize| {
            let start = planes.get(slot).copied().unwrap_or_default() + self.words.start;
            bits.get(start..start + self.words.len()).unwrap_or_default()
        };
        match self.slots {
            0 => allowed.copy_from_slice(masks),
            1 => {
                let (without, with) = masks.split_at(self.words.len());
                for (((allowed, without), with), bits) in allowed.iter_mut().zip(without).zip(with).zip(plane(0)) {
                    *allowed = (with & bits) | (without & !bits);
                }
            }
            2 => self.choose::<4>(masks, plane, allowed),
            3 => self.choose::<8>(masks, plane, allowed),
            4 => self.choose::<16>(masks, plane, allowed),
            5 => self.choose::<32>(masks, plane, allowed),
            MOST_SLOTS.. => self.choose::<{ 1 << MOST_SLOTS }>(masks, plane, allowed),
        }
    }

    /// Several bits choose among `WAYS`: each halves what is left to choose from, the last one first.
    fn choose<'b, const WAYS: usize>(&self, masks: &[u64], plane: impl Fn(usize) -> &'b [u64], allowed: &mut [u64]) {
        let planes: [&[u64]; MOST_SLOTS] = std::array::from_fn(|slot| if slot < self.slots { plane(slot) } else { &[] });
        for (word, allowed) in allowed.iter_mut().enumerate() {
            let mut left = [0_u64; WAYS];
            for (left, mask) in left.iter_mut().zip(masks.iter().skip(word).step_by(self.words.len())) {
                *left = *mask;
            }
            for (slot, plane) in planes.iter().enumerate().take(self.slots).rev() {
                let bits = plane.get(word).copied().unwrap_or_default();
                let (without, with) = left.split_at_mut(1 << slot);
                for (without, with) in without.iter_mut().zip(with) {
                    *without = (*with & bits) | (*without & !bits);
                }
            }
            *allowed = left.first().copied().unwrap_or_default();
        }
    }
}
