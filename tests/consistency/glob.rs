//! What `*` and `?` mean in a filter, as naively as it can be said.

/// Whether a glob matches a name: `*` any text, `?` one character, neither across `/`, `#` or `:`.
pub(crate) fn matches(glob: &str, name: &str) -> bool {
    let separates = |mark: char| matches!(mark, '/' | '#' | ':');
    let mut marks = glob.chars();
    match marks.next() {
        None => name.is_empty(),
        Some('*') => {
            let ends = name.char_indices().map(|(at, mark)| (at, separates(mark))).chain([(name.len(), false)]);
            let mut crossed = false;
            for (at, separator) in ends {
                if !crossed && matches(marks.as_str(), &name[at..]) {
                    return true;
                }
                crossed |= separator;
            }
            false
        }
        Some('?') => name.chars().next().is_some_and(|first| !separates(first) && matches(marks.as_str(), &name[first.len_utf8()..])),
        Some(mark) => name.strip_prefix(mark).is_some_and(|rest| matches(marks.as_str(), rest)),
    }
}

#[test]
fn stars_stay_between_separators() {
    for (glob, yes, no) in [
        ("hr-*", "hr-", "hr"),
        ("*", "hr-assistant", "hr/traces"),
        ("*/traces", "hr/traces", "a/b/traces"),
        ("site#*", "site#admin", "site/admin"),
        ("pika:*-admin", "pika:site-admin", "pika:a:b-admin"),
        ("a?c", "abc", "a/c"),
        ("*b*", "abc", "a:b"),
        ("**", "abc", "a/b"),
    ] {
        assert!(matches(glob, yes), "{glob} {yes}");
        assert!(!matches(glob, no), "{glob} {no}");
    }
}
