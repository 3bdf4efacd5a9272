//! Lists of names in rules: user types, roles, entities, user ids.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::source::Span;

use super::Spanned;

/// A name: an id, a role, an entity or a user type, byte for byte as written.
pub type Name = Spanned<Box<str>>;

/// Above this length a list is searched in byte order.
const LINEAR: usize = 8;

/// A list of names that a rule compares with; being present and empty is not the same as being absent.
#[derive(Debug)]
pub struct Names {
    span: Span,
    /// The names in a row. A workspace has thousands of lists: a piece of memory for each name would be most of what it takes.
    text: Box<str>,
    /// Where each name ends in the text, and where it is written.
    ends: Box<[Spanned<u32>]>,
    /// The names in byte order, equal ones in the order of the file; made when a long list is first asked, since most never are.
    order: OnceLock<Box<[u32]>>,
}

impl Names {
    /// The list at `span`.
    pub fn new(span: Span, entries: &[Spanned<&str>]) -> Self {
        let mut text = String::with_capacity(entries.iter().map(|entry| entry.value.len()).sum());
        let end = |entry: &Spanned<&str>| {
            text.push_str(entry.value);
            // Files are bounded far below 4 GiB.
            Spanned { value: u32::try_from(text.len()).unwrap_or(u32::MAX), span: entry.span }
        };
        let ends = entries.iter().map(end).collect();
        Self { span, text: text.into(), ends, order: OnceLock::new() }
    }

    /// The name of a number, of those that are listed.
    fn name(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| end.value as usize);
        self.text.get(at.checked_sub(1).map_or(0, end)..end(at)).unwrap_or_default()
    }

    /// The numbers of the names in byte order, of a list that is long.
    fn order(&self) -> Option<&[u32]> {
        let order = || {
            let mut order: Box<[u32]> = (0..).take(self.ends.len()).collect();
            order.sort_by_key(|at| self.name(*at as usize));
            order
        };
        (self.ends.len() > LINEAR).then(|| &**self.order.get_or_init(order))
    }

    /// Where the list is written.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The first entry equal to `name`.
    pub fn find(&self, name: &str) -> Option<Spanned<&str>> {
        let Some(order) = self.order() else { return self.entries().find(|entry| entry.value == name) };
        let first = order.partition_point(|at| self.name(*at as usize) < name);
        let at = *order.get(first)? as usize;
        let entry = Spanned { value: self.name(at), span: self.ends.get(at)?.span };
        (entry.value == name).then_some(entry)
    }

    /// How many different names are listed.
    pub fn distinct(&self) -> usize {
        match self.order() {
            Some(order) => order.chunk_by(|one, next| self.name(*one as usize) == self.name(*next as usize)).count(),
            None => self.iter().enumerate().filter(|(at, own)| self.iter().take(*at).all(|entry| entry != *own)).count(),
        }
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The names with their places, in the order of the file.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Spanned<&str>> {
        self.ends.iter().zip(self.iter()).map(|(end, value)| Spanned { value, span: end.span })
    }

    /// The same, as names that need the list no longer.
    pub fn to_names(&self) -> Vec<Name> {
        self.entries().map(|entry| Name { value: entry.value.into(), span: entry.span }).collect()
    }

    /// The names, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let end = end.value as usize;
            self.text.get(std::mem::replace(&mut start, end)..end).unwrap_or_default()
        })
    }
}

/// A name as sentences and group headings show it: in quotes where it could be mistaken for two names, for none, or for a word of ours.
pub fn shown(name: &str) -> Cow<'_, str> {
    let unclear = name.is_empty() || name.contains([',', ';', '"', '\\']) || name.starts_with(['(', ' ']) || name.ends_with(' ');
    if unclear { Cow::Owned(serde_json::Value::from(name).to_string()) } else { Cow::Borrowed(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// Names of the digits of a number, each at its own place.
    fn names(digits: &str) -> Names {
        let place = |at: usize| Span::new(FileId::default(), at, at + 1);
        let entry = |at: usize| Spanned { value: digits.get(at..=at).unwrap_or_default(), span: place(at) };
        Names::new(place(0), &(0..digits.len()).map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn the_first_of_equal_names_is_found_in_short_lists_and_long_ones() {
        for digits in ["", "1", "3143", "2718281828459045", "99999999999990"] {
            let list = names(digits);
            assert_eq!(list.iter().collect::<String>(), digits);
            for digit in "0123456789".chars() {
                let found = list.find(digit.encode_utf8(&mut [0; 4])).map(|entry| entry.span.start as usize);
                assert_eq!(found, digits.find(digit), "{digit} in {digits}");
            }
            assert!(list.find("").is_none() && list.find("10").is_none());
            assert_eq!(list.distinct(), "0123456789".chars().filter(|digit| digits.contains(*digit)).count());
        }
    }
}
