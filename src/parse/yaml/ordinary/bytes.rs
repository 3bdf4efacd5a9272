//! What each byte can be part of, and which characters beyond ASCII are plain text to everybody.

/// Can begin a plain scalar.
pub(super) const FIRST: u8 = 1;
/// Goes on with a plain scalar in a block, whatever stands around it.
pub(super) const BLOCK: u8 = 2;
/// Goes on with a plain scalar in brackets, whatever stands around it.
pub(super) const FLOW: u8 = 4;
/// Stands for itself in double quotes.
pub(super) const DOUBLE: u8 = 8;
/// Stands for itself in single quotes.
pub(super) const SINGLE: u8 = 16;
/// Stands for itself in a comment.
pub(super) const COMMENT: u8 = 32;

const CLASSES: [u8; 256] = classes();

/// What a byte can be part of.
pub(super) fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

#[expect(clippy::indexing_slicing, reason = "checked when the table is made, by the compiler")]
const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        let mut class = COMMENT | DOUBLE | SINGLE;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'+' | b'~' | b'$' | b'(' | b'=' | b'^') {
            class |= FIRST;
        }
        if !matches!(byte, b' ' | b':' | b'#') {
            class |= BLOCK;
            if !matches!(byte, b',' | b'[' | b']' | b'{' | b'}') {
                class |= FLOW;
            }
        }
        if matches!(byte, b'"' | b'\\') {
            class &= !DOUBLE;
        }
        if byte == b'\'' {
            class &= !SINGLE;
        }
        classes[byte as usize] = class;
        byte += 1;
    }
    classes
}

/// Whether a character beyond ASCII is text like any letter. What is refused in every text is not, so that the parser is asked.
pub(super) fn is_letter(found: char) -> bool {
    let foreign = matches!(found, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !found.is_ascii() && !found.is_control() && !found.is_whitespace() && !foreign && !crate::parse::text::is_bidi(found)
}
