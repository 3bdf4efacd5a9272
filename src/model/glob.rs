//! Globs over names: `*` is any text and `?` any character, neither across `/`, `#` or `:`.
//!
//! Not globset, which stands for paths: it counts bytes where a name has characters, and knows one separator.

/// Whether a character is one that `*` and `?` do not cross.
pub(crate) fn separates(found: char) -> bool {
    matches!(found, '/' | '#' | ':')
}

/// Whether a glob matches a whole name.
///
/// Walks both texts once; at a mismatch the last `*` takes one character more. Since no `*` crosses a separator, one before it
/// never has to be tried again.
pub fn matches(mut glob: &str, mut name: &str) -> bool {
    let mut last_star: Option<(&str, &str)> = None;
    loop {
        let (mark, found) = (glob.chars().next(), name.chars().next());
        match (mark, found) {
            (Some('*'), _) => {
                glob = rest(glob);
                last_star = Some((glob, name));
                continue;
            }
            (None, None) => return true,
            (Some('?'), Some(found)) if !separates(found) => {
                (glob, name) = (rest(glob), rest(name));
                continue;
            }
            (Some(mark), Some(found)) if mark == found => {
                (glob, name) = (rest(glob), rest(name));
                continue;
            }
            _ => {}
        }
        match last_star {
            Some((after, from)) if from.chars().next().is_some_and(|next| !separates(next)) => {
                (glob, name) = (after, rest(from));
                last_star = Some((after, name));
            }
            _ => return false,
        }
    }
}

/// A regular expression that matches a whole name where the glob does, for walkers that have no function of ours.
pub fn regex(glob: &str) -> String {
    let mut regex = String::new();
    for mark in glob.chars() {
        match mark {
            '*' => regex.push_str("[^/#:]*"),
            '?' => regex.push_str("[^/#:]"),
            mark if mark.is_ascii_punctuation() && mark != '_' => regex.extend(['\\', mark]),
            mark => regex.push(mark),
        }
    }
    regex
}

/// A text without its first character.
fn rest(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::{matches, regex};

    #[test]
    fn a_glob_is_a_regular_expression() {
        assert_eq!(regex("a.b*/?[x]é"), r"a\.b[^/#:]*\/[^/#:]\[x\]é");
    }

    #[test]
    fn stars_stay_between_separators() {
        for (glob, name) in
            [("hr-*", "hr-"), ("*/traces", "hr/traces"), ("*b*b", "abcbb"), ("site#*", "site#admin"), ("a?c", "a🦀c"), ("", "")]
        {
            assert!(matches(glob, name), "{glob} {name}");
        }
        for (glob, name) in
            [("*", "a/b"), ("*", "a#b"), ("*", "a:b"), ("a/*", "a#b"), ("a?b", "a/b"), ("*/*", "a/b/c"), ("?", ""), ("a*", "ba")]
        {
            assert!(!matches(glob, name), "{glob} {name}");
        }
    }
}
