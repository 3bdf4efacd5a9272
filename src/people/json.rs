//! Users as JSON, as far as they are written in the ordinary way.
//!
//! What decides is taken where it stands, the rest is stepped over. Whatever is not ordinary (an escape, a spelling of a field that
//! is not its own, a number where a name is expected, ...) gives nothing, and is left to the loader's own reader.

use super::Raw;
use super::loader::Letters;
use crate::model::{User, UserType, parse_time};
use crate::parse::text::hidden;

/// Keys of one mapping that are compared with one another.
const KEYS: usize = 12;
/// Lists and mappings in one another.
const DEPTH: usize = 8;

/// Walks over a text, byte by byte.
pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) at: usize,
    letters: Letters,
    /// Whether a value may go over several lines.
    lines: bool,
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
    pub(super) fn new(text: &'t str, at: usize, letters: Letters, lines: bool) -> Self {
        Self { text, at, letters, lines }
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
        let length = ordinary(self.text.as_bytes().get(self.at..)?)?;
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

    fn key(&mut self) -> Option<&'t str> {
        let key = self.string()?;
        self.space();
        self.expect(b':')?;
        self.space();
        Some(key)
    }

    /// A user; the reader stands on the `{`. `path` is where in custom data the site looks for the entity.
    pub(super) fn user(&mut self, path: Option<&str>, roles: &mut Vec<&'t str>) -> Option<Raw<'t>> {
        roles.clear();
        let (mut id, mut user, mut fields) = (None, Raw::default(), Fields::default());
        if self.opens(b'{', b'}')? {
            return None;
        }
        loop {
            let key = self.key()?;
            fields.once(User::field(key)?)?;
            match key {
                "userId" => id = Some(self.name()?),
                "userType" => {
                    if !self.null()? {
                        user.user_type = Some(UserType::of_name(self.string()?)?);
                    }
                }
                "roles" => self.roles(roles)?,
                "customData" => {
                    if !self.null()? {
                        self.mapping(path, DEPTH, &mut user.at_path)?;
                    }
                }
                "entity" => {
                    if !self.null()? {
                        user.own = Some(self.name()?);
                    }
                }
                "lastLogin" => {
                    if !self.null()? {
                        parse_time(self.string()?).ok()?;
                    }
                }
                // They decide about permissions, and the loader looks at what is in them.
                "attributes" | "progress" => return None,
                _ => self.skip(DEPTH)?,
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
    fn mapping(&mut self, path: Option<&str>, depth: usize, found: &mut Option<&'t str>) -> Option<()> {
        if self.opens(b'{', b'}')? {
            return Some(());
        }
        let (first, rest) = path.map_or((None, None), |path| path.split_once('.').map_or((Some(path), None), |(a, b)| (Some(a), Some(b))));
        let (mut keys, mut count) = ([""; KEYS], 0);
        loop {
            let key = self.key()?;
            if keys.iter().take(count).any(|known| *known == key) {
                return None;
            }
            *keys.get_mut(count)? = key;
            count += 1;
            match (first == Some(key), self.peek()?) {
                (true, b'{') if rest.is_some() => self.mapping(rest, depth.checked_sub(1)?, found)?,
                (true, b'"') => *found = Some(self.name().filter(|_| rest.is_none())?),
                // Numbers and booleans are the text they are; lists are looked into by number.
                (true, b'[' | b't' | b'f' | b'-' | b'0'..=b'9') => return None,
                _ => self.skip(depth.checked_sub(1)?)?,
            }
            if self.ends(b'}')? {
                return Some(());
            }
        }
    }

    /// Steps over a value.
    fn skip(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' => self.mapping(None, depth, &mut None),
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

/// How many bytes come before the first quote, backslash or control character, eight at a time.
fn ordinary(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES << 7;
    // The lowest bit that is set is right; those above it may be a carry.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(ONES * u64::from(b' ')) & !word & HIGH;
        let found = zero(word ^ (ONES * u64::from(b'"'))) | zero(word ^ (ONES * u64::from(b'\\'))) | control;
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let found = rest.iter().position(|byte| *byte == b'"' || *byte == b'\\' || *byte < b' ')?;
    Some(words.len() * 8 + found)
}

#[cfg(test)]
mod tests {
    use super::ordinary;

    #[test]
    fn eight_at_a_time_are_found_as_one_by_one() {
        let mut dice = fastrand::Rng::with_seed(1);
        for _ in 0..20_000 {
            let bytes: Vec<u8> = (0..dice.usize(0..40)).map(|_| if dice.u8(0..30) == 0 { dice.u8(..) } else { dice.u8(b'!'..) }).collect();
            let one_by_one = bytes.iter().position(|byte| *byte == b'"' || *byte == b'\\' || *byte < b' ');
            assert_eq!(ordinary(&bytes), one_by_one, "{bytes:?}");
        }
    }
}
