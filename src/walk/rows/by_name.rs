//! Names to numbers, for every name of every user.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use foldhash::fast::RandomState;

/// A name of at most 15 bytes as numbers: its bytes and, as the last one, its length. To compare it takes no walk over bytes that are
/// elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Short([u64; 2]);

impl Short {
    fn of(name: &str) -> Option<Self> {
        let bytes = name.as_bytes();
        let length = u8::try_from(bytes.len()).ok().filter(|length| *length < 16)?;
        let (first, others) = match (bytes.first_chunk(), bytes.last_chunk()) {
            // The first eight bytes, and what the last eight have behind those.
            (Some(first), Some(last)) => {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last).unbounded_shr(u8::BITS * u32::from(16 - length)))
            }
            _ => (bytes.iter().fold(0, |all, byte| all << u8::BITS | u64::from(*byte)), 0),
        };
        Some(Self([first, others | u64::from(length) << (u64::BITS - u8::BITS)]))
    }
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self([first, others]) = self;
        state.write_u128(u128::from(*first) << u64::BITS | u128::from(*others));
    }
}

/// What is kept by name. The seed of its hashes is the process's own.
#[derive(Debug)]
pub(super) struct ByName<T> {
    short: HashMap<Short, T, RandomState>,
    long: HashMap<Box<str>, T, RandomState>,
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<T> ByName<T> {
    pub(super) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn get(&self, name: &str) -> Option<&T> {
        match Short::of(name) {
            Some(short) => self.short.get(&short),
            None => self.long.get(name),
        }
    }

    /// What is kept by the name; `new` if there is nothing.
    pub(super) fn entry(&mut self, name: &str, new: impl FnOnce() -> T) -> &mut T {
        match Short::of(name) {
            Some(short) => self.short.entry(short).or_insert_with(new),
            None => self.long.entry(name.into()).or_insert_with(new),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ByName;

    #[test]
    fn every_name_is_its_own() {
        let letters = "\0aé";
        let mut names: Vec<String> = vec![String::new()];
        for length in 1..20 {
            names.extend(letters.chars().map(|letter| letter.to_string().repeat(length)));
            names.push(format!("{}b", "a".repeat(length)));
            names.push(format!("b{}", "a".repeat(length)));
        }
        names.sort_unstable();
        names.dedup();
        let mut numbers: ByName<usize> = ByName::default();
        for (number, name) in names.iter().enumerate() {
            assert!(numbers.get(name).is_none(), "{name:?}");
            assert_eq!(*numbers.entry(name, || number), number);
        }
        assert_eq!(numbers.len(), names.len());
        for (number, name) in names.iter().enumerate() {
            assert_eq!(numbers.get(name), Some(&number), "{name:?}");
        }
    }
}
