//! Seeded chance, and cards: what is dealt comes in its exact share, in random order.

use fastrand::Rng;

pub(crate) struct Dice(Rng);

impl Dice {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// True in `percent` of a hundred throws.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.0.u32(..100) < percent
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0.u32(..end)
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0.u32(low..=high)
    }

    /// A number in `0..1`.
    pub(crate) fn fraction(&mut self) -> f64 {
        self.0.f64()
    }
}

/// A pack of cards, dealt until it is empty and then shuffled anew.
pub(crate) struct Pack<T> {
    cards: Vec<T>,
    left: Vec<T>,
}

impl<T: Copy> Pack<T> {
    /// `(3, card)` is that card three times.
    pub(crate) fn new(cards: &[(usize, T)]) -> Self {
        Self { cards: cards.iter().flat_map(|(count, card)| std::iter::repeat_n(*card, *count)).collect(), left: Vec::new() }
    }

    /// The next card; `None` only of a pack without any.
    pub(crate) fn deal(&mut self, dice: &mut Dice) -> Option<T> {
        if self.left.is_empty() {
            self.left.clone_from(&self.cards);
            dice.0.shuffle(&mut self.left);
        }
        self.left.pop()
    }
}
