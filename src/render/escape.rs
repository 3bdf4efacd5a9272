//! Untrusted text, made harmless for the place it goes to.

use std::borrow::Cow;

use crate::parse::text::is_hidden;

/// For a terminal: what cannot be seen is shown as `\u{…}`, so that an id can neither hide nor move the cursor. The signs by which
/// a build log takes a line for a command (`::`, `##[`) are broken, wherever they stand.
pub fn terminal(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") && !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("::", ":\\u{3a}").replace("##[", "##\\u{5b}");
    Cow::Owned(text.chars().map(|found| if is_hidden(found) { found.escape_unicode().to_string() } else { found.to_string() }).collect())
}

/// For text of several lines on a terminal, such as a message with places below it: line breaks stay.
pub fn lines(text: &str) -> String {
    text.split('\n').map(terminal).collect::<Vec<_>>().join("\n")
}

/// For a cell of a Markdown table: shown as written, whatever a Markdown reader makes of it elsewhere.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for found in terminal(text).chars() {
        match found {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '@' => out.extend(['\\', found]),
            _ => out.push(found),
        }
    }
    out
}

/// For a cell of a spreadsheet: text that it would run as a formula is prefixed with `'`.
pub fn formula(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// For a field of CSV: quoted where it has to be.
pub fn csv(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\r', '\n']) { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hides_on_a_terminal() {
        assert_eq!(terminal("a\u{1b}[2Jb\u{202e}c\u{200b}"), "a\\u{1b}[2Jb\\u{202e}c\\u{200b}");
        assert_eq!(terminal("Zoë 東京"), "Zoë 東京");
    }

    #[test]
    fn nothing_commands_a_build() {
        assert_eq!(terminal("::error::boom"), ":\\u{3a}error:\\u{3a}boom");
        assert_eq!(terminal("a##[error]b"), "a##\\u{5b}error]b");
    }

    #[test]
    fn formulas_are_text() {
        assert_eq!(formula("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(formula("a=b"), "a=b");
    }

    #[test]
    fn a_markdown_cell_stays_a_cell() {
        assert_eq!(markdown("a|b<script>"), "a\\|b&lt;script&gt;");
    }
}
