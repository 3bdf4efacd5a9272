//! A piece of text that is copied often.

use std::io;

/// Pieces of up to so many bytes are copied as if they had this length, and then cut: copies of one known length are a few moves,
/// where those of any length are a call and a guess.
const SHORT: usize = 64;

/// A piece of text that is copied often.
pub(super) enum Piece {
    /// The text and its length; what follows it means nothing.
    Short([u8; SHORT], usize),
    Long(Vec<u8>),
}

impl Piece {
    /// The text that `spell` adds to nothing.
    pub(super) fn spelled(spell: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<Self> {
        let mut text = Vec::with_capacity(SHORT);
        spell(&mut text)?;
        let length = text.len();
        if length > SHORT {
            return Ok(Self::Long(text));
        }
        text.resize(SHORT, 0);
        Ok(text.first_chunk().map_or_else(Self::default, |short| Self::Short(*short, length)))
    }

    /// The text.
    pub(super) fn text(&self) -> &[u8] {
        match self {
            Self::Short(short, length) => short.get(..*length).unwrap_or_default(),
            Self::Long(long) => long,
        }
    }

    /// Adds the text to another.
    #[inline]
    pub(super) fn append(&self, text: &mut Vec<u8>) {
        match self {
            Self::Short(short, length) => {
                let end = text.len() + length;
                text.extend_from_slice(short);
                text.truncate(end);
            }
            Self::Long(long) => text.extend_from_slice(long),
        }
    }
}

impl Default for Piece {
    fn default() -> Self {
        Self::Short([0; SHORT], 0)
    }
}
