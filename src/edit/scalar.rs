//! Scalars as they are written.

use crate::parse::text::is_hidden;

/// How texts are quoted where there is a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Where they have to be.
    #[default]
    Needed,
    /// In single quotes where that can be.
    Single,
    /// In double quotes.
    Double,
}

/// A text in JSON.
pub(super) fn json(text: &str) -> String {
    let mut out = String::new();
    for found in serde_json::Value::from(text).to_string().chars() {
        if must_be_escaped(found) {
            let mut units = [0; 2];
            for unit in found.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(found);
        }
    }
    out
}

/// A text in YAML.
pub(super) fn yaml(text: &str, quotes: Quotes) -> String {
    if quotes == Quotes::Needed && is_plain(text) {
        return text.to_owned();
    }
    let shown = |found: char| !found.is_control() && !must_be_escaped(found);
    if quotes == Quotes::Single && text.chars().all(shown) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::new();
    for found in serde_json::Value::from(text).to_string().chars() {
        match u32::from(found) {
            _ if !must_be_escaped(found) => out.push(found),
            // A pair of surrogates is two characters in YAML.
            code @ 0x1_0000.. => out.push_str(&format!("\\U{code:08x}")),
            code => out.push_str(&format!("\\u{code:04x}")),
        }
    }
    out
}

/// What no text may hold as it is, and what nobody would see.
fn must_be_escaped(found: char) -> bool {
    found.is_control() || is_hidden(found) || matches!(found, '\u{fffe}' | '\u{ffff}' | '\u{a0}')
}

/// Words that some reader of YAML takes for something else than text, in lower case.
const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];

/// Whether every reader of YAML takes these letters without quotes for this text: words of letters, and what stands between words.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'@' | b'+' | b' ');
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.iter().all(inside)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{Quotes, is_plain, json, yaml};

    #[test]
    fn texts_are_bare_where_nobody_reads_them_otherwise() {
        for text in ["hr-team", "a", "dept_hr", "Mary Ann", "a.b/c@d+e"] {
            assert!(is_plain(text), "{text}");
        }
        let odd =
            ["", "no", "On", "0123", "1e3", "12:30", "null", "TRUE", " a", "a ", "a: b", "a #b", "-a", "é", "a,b", "[a]", "*a", "~", "y"];
        for text in odd {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn quotes_hold_whatever_is_in_them() {
        assert_eq!(yaml("no", Quotes::Needed), "\"no\"");
        assert_eq!(yaml("a\"b\n\u{2028}\u{e0001}é", Quotes::Needed), "\"a\\\"b\\n\\u2028\\U000e0001é\"");
        assert_eq!(yaml("it's", Quotes::Single), "'it''s'");
        assert_eq!(yaml("a\tb", Quotes::Single), "\"a\\tb\"");
        assert_eq!(yaml("a", Quotes::Double), "\"a\"");
        assert_eq!(json("a\u{7f}\u{e0001}/é"), "\"a\\u007f\\udb40\\udc01/é\"");
    }
}
