//! Users as JSON, as far as they are written in the ordinary way.
//!
//! What decides is taken where it stands, the rest is stepped over. Whatever is not ordinary (an escape, a spelling of a field that
//! is not its own, a number where a name is expected, ...) gives nothing, and is left to the loader's own reader.

use wide::u8x16;

use super::Raw;
use super::loader::Letters;
use crate::model::{User, UserType, parse_time};
use crate::parse::text::hidden;

/// So many keys of a user are remembered for the next one.
const REMEMBERED: usize = 12;
/// So many keys of one mapping are compared with one another.
const COMPARED: usize = 32;
/// Lists and mappings in one another.
const DEPTH: usize = 8;

/// Walks over a text, byte by byte.
pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) at: usize,
    letters: Letters,
    /// Whether a value may go over several lines.
    lines: bool,
    /// The keys of the user before, in their order. Most users have the same ones in the same order, and to compare is less than to read.
    before: Vec<Key<'t>>,
    /// Where among them the user's next key is expected.
    keys: usize,
    /// The keys of the mappings that are being read, the outer ones first.
    open: Vec<&'t str>,
}

/// A key of a mapping.
#[derive(Clone, Copy)]
struct Key<'t> {
    /// With its quotes, the colon, and the space around that.
    written: &'t str,
    /// As much of that as is compared at once, and which bits of it count.
    start: u128,
    counts: u128,
    name: &'t str,
    /// What it is where it is a user's.
    field: Option<(usize, Field)>,
}

impl<'t> Key<'t> {
    fn new(written: &'t str, name: &'t str) -> Self {
        let (mut start, mut counts) = ([0; 16], [0; 16]);
        for ((start, counts), byte) in start.iter_mut().zip(&mut counts).zip(written.bytes()) {
            (*start, *counts) = (byte, u8::MAX);
        }
        Self { written, start: u128::from_le_bytes(start), counts: u128::from_le_bytes(counts), name, field: Field::of(name) }
    }

    /// Whether a text begins with it.
    fn is_next(&self, text: &[u8]) -> bool {
        let starts = text.first_chunk().is_none_or(|start| (u128::from_le_bytes(*start) ^ self.start) & self.counts == 0);
        starts && ((self.written.len() <= 16 && text.len() >= 16) || text.starts_with(self.written.as_bytes()))
    }
}

/// What is done with a user's field.
#[derive(Clone, Copy)]
enum Field {
    Id,
    Type,
    Roles,
    CustomData,
    Entity,
    LastLogin,
    /// It decides about permissions, and the loader looks at what is in it.
    Permissions,
    Other,
}

impl Field {
    /// The number of a field, and what is done with it.
    fn of(name: &str) -> Option<(usize, Self)> {
        let field = match name {
            "userId" => Self::Id,
            "userType" => Self::Type,
            "roles" => Self::Roles,
            "customData" => Self::CustomData,
            "entity" => Self::Entity,
            "lastLogin" => Self::LastLogin,
            "attributes" | "progress" => Self::Permissions,
            _ => Self::Other,
        };
        Some((User::field(name)?, field))
    }
}

/// Which fields were there, a bit each.
#[derive(Default)]
struct Fields(u32);

impl Fields {
    /// Notes a field; nothing if it was there before.
    fn once(&mut self, field: usize) -> Option<()> {
        let before = self.0;
        self.0 |= 1 << field;
        (self.0 != before).then_some(())
    }
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, letters: Letters, lines: bool) -> Self {
        Self { text, at: 0, letters, lines, before: Vec::new(), keys: 0, open: Vec::new() }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte == b' ' || byte == b'\t' || (self.lines && matches!(byte, b'\n' | b'\r'))) {
            self.at += 1;
        }
    }

    /// Steps over a byte that has to be next.
    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// A text in double quotes, without escapes.
    fn string(&mut self) -> Option<&'t str> {
        self.expect(b'"')?;
        let length = ordinary(self.rest())?;
        let found = self.text.get(self.at..self.at + length)?;
        self.at += length;
        self.expect(b'"')?;
        Some(found)
    }

    fn name(&mut self) -> Option<&'t str> {
        self.string().filter(|name| self.letters == Letters::Plain || hidden(name).is_none())
    }

    /// Whether a `null` is next; it is stepped over.
    fn null(&mut self) -> Option<bool> {
        if self.peek()? != b'n' {
            return Some(false);
        }
        self.word("null").map(|_| true)
    }

    fn word(&mut self, word: &str) -> Option<&'t str> {
        let found = self.text.get(self.at..self.at + word.len()).filter(|found| *found == word)?;
        self.at += word.len();
        matches!(self.peek()?, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r').then_some(found)
    }

    /// A number without an exponent, as written.
    fn number(&mut self) -> Option<&'t str> {
        let start = self.at;
        if self.peek()? == b'-' {
            self.at += 1;
        }
        let leading = self.peek()?;
        let whole = self.digits()?;
        if leading == b'0' && whole > 1 {
            return None;
        }
        if self.peek()? == b'.' {
            self.at += 1;
            self.digits()?;
        }
        let found = self.text.get(start..self.at)?;
        matches!(self.peek()?, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r').then_some(found)
    }

    fn digits(&mut self) -> Option<usize> {
        let start = self.at;
        while self.peek()?.is_ascii_digit() {
            self.at += 1;
        }
        (self.at > start).then(|| self.at - start)
    }

    /// After a member: whether it was the last.
    fn ends(&mut self, close: u8) -> Option<bool> {
        self.space();
        let found = self.peek()?;
        self.at += 1;
        match found {
            b',' => {
                self.space();
                Some(false)
            }
            found if found == close => Some(true),
            _ => None,
        }
    }

    /// Opens a list or a mapping; whether it is closed again at once.
    fn opens(&mut self, open: u8, close: u8) -> Option<bool> {
        self.expect(open)?;
        self.space();
        let empty = self.peek()? == close;
        if empty {
            self.at += 1;
        }
        Some(empty)
    }

    /// A key with its colon, and what it is where it is a user's.
    fn key(&mut self) -> Option<(&'t str, Option<(usize, Field)>)> {
        let rest = self.rest();
        // The one that comes next, or after one that this user does not have.
        for place in self.keys..self.keys + 2 {
            if let Some(key) = self.before.get(place).filter(|key| key.is_next(rest)) {
                self.keys = place + 1;
                self.at += key.written.len();
                return Some((key.name, key.field));
            }
        }
        let start = self.at;
        let name = self.string()?;
        self.space();
        self.expect(b':')?;
        self.space();
        let key = Key::new(self.text.get(start..self.at)?, name);
        if self.keys < REMEMBERED {
            self.before.truncate(REMEMBERED - 1);
            self.before.insert(self.keys, key);
            self.keys += 1;
        }
        Some((name, key.field))
    }

    /// A user; the reader stands on the `{`. `path` is where in custom data the site looks for the entity.
    pub(super) fn user(&mut self, path: &[&str], roles: &mut Vec<&'t str>) -> Option<Raw<'t>> {
        roles.clear();
        self.keys = 0;
        self.open.clear();
        let (mut id, mut user, mut fields) = (None, Raw::default(), Fields::default());
        if self.opens(b'{', b'}')? {
            return None;
        }
        loop {
            let (number, field) = self.key()?.1?;
            fields.once(number)?;
            match field {
                Field::Id => id = Some(self.name()?),
                Field::Roles => self.roles(roles)?,
                Field::Permissions => return None,
                Field::Other => self.skip(DEPTH)?,
                _ if self.null()? => {}
                Field::Type => user.user_type = Some(UserType::of_name(self.string()?)?),
                Field::CustomData => self.mapping(path, DEPTH, &mut user.at_path)?,
                Field::Entity => user.own = Some(self.name()?),
                Field::LastLogin => drop(parse_time(self.string()?).ok()?),
            }
            if self.ends(b'}')? {
                break;
            }
        }
        // Pika's rows of preferences are no users.
        user.id = id.filter(|id| !id.is_empty() && !id.ends_with("/prefs"))?;
        Some(user)
    }

    fn roles(&mut self, roles: &mut Vec<&'t str>) -> Option<()> {
        if self.null()? || self.opens(b'[', b']')? {
            return Some(());
        }
        loop {
            if !self.null()? {
                roles.push(self.name()?);
            }
            if self.ends(b']')? {
                return Some(());
            }
        }
    }

    /// Steps over a mapping; a text at a path of it is `found`. Two equal keys are not ordinary.
    fn mapping(&mut self, path: &[&str], depth: usize, found: &mut Option<&'t str>) -> Option<()> {
        if self.opens(b'{', b'}')? {
            return Some(());
        }
        let start = self.open.len();
        loop {
            let (key, _) = self.key()?;
            let others = self.open.get(start..)?;
            if others.len() == COMPARED || others.contains(&key) {
                return None;
            }
            self.open.push(key);
            match (path.split_first().filter(|(first, _)| **first == key), self.peek()?) {
                (Some((_, rest)), b'{') if !rest.is_empty() => self.mapping(rest, depth.checked_sub(1)?, found)?,
                (Some((_, rest)), b'"') => *found = Some(self.name().filter(|_| rest.is_empty())?),
                // Numbers and booleans are the text they are; lists are looked into by number.
                (Some(_), b'[' | b't' | b'f' | b'-' | b'0'..=b'9') => return None,
                _ => self.skip(depth.checked_sub(1)?)?,
            }
            if self.ends(b'}')? {
                self.open.truncate(start);
                return Some(());
            }
        }
    }

    /// Steps over a value.
    fn skip(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => self.mapping(&[], depth, &mut None),
            b'[' => {
                let inner = depth.checked_sub(1)?;
                if self.opens(b'[', b']')? {
                    return Some(());
                }
                loop {
                    self.skip(inner)?;
                    if self.ends(b']')? {
                        return Some(());
                    }
                }
            }
            b't' => self.word("true").map(drop),
            b'f' => self.word("false").map(drop),
            b'n' => self.word("null").map(drop),
            _ => self.number().map(drop),
        }
    }
}

/// How many bytes come before the first quote, backslash or control character.
fn ordinary(bytes: &[u8]) -> Option<usize> {
    let [quote, backslash, control] = [b'"', b'\\', b' ' - 1].map(u8x16::splat);
    let (blocks, rest) = bytes.as_chunks::<16>();
    for (number, block) in blocks.iter().enumerate() {
        let block = u8x16::new(*block);
        let ends = block.simd_eq(quote) | block.simd_eq(backslash) | block.min(control).simd_eq(block);
        let ends = ends.to_bitmask();
        if ends != 0 {
            return Some(number * 16 + ends.trailing_zeros() as usize);
        }
    }
    let found = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
    Some(blocks.len() * 16 + found)
}

#[cfg(test)]
mod tests {
    use super::ordinary;

    #[test]
    fn sixteen_at_a_time_are_found_as_one_by_one() {
        let mut dice = fastrand::Rng::with_seed(1);
        for _ in 0..20_000 {
            let bytes: Vec<u8> = (0..dice.usize(0..60)).map(|_| if dice.u8(0..30) == 0 { dice.u8(..) } else { dice.u8(b'!'..) }).collect();
            let one_by_one = bytes.iter().position(|byte| *byte == b'"' || *byte == b'\\' || *byte < b' ');
            assert_eq!(ordinary(&bytes), one_by_one, "{bytes:?}");
        }
    }
}
