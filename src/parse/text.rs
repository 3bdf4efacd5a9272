//! What no text may contain, whatever its syntax, and what no name may contain, however it was escaped.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::limits;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Checks the raw text of a file. A reader that ends the line at one of these characters would see a comment become a rule.
///
/// One problem a line is enough to find them all, and a file that is full of them is no text.
pub fn check(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut clean_line = true;
    let most = problems.len() + limits::TEXT_PROBLEMS;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => {
                clean_line = true;
                at += 1;
            }
            b'\t' | b' '..=b'~' => at += 1,
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 1,
            _ => {
                let Some(found) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
                let span = Span::new(file, at, at + found.len_utf8());
                at += found.len_utf8();
                if let Some(problem) = problem(found, span).filter(|_| clean_line) {
                    problems.push(problem);
                    clean_line = false;
                }
                if problems.len() >= most {
                    return;
                }
            }
        }
    }
}

fn problem(found: char, span: Span) -> Option<Diagnostic> {
    let code = u32::from(found);
    match found {
        '\r' => Some(
            Diagnostic::new(Code::ControlCharacter, span, "a carriage return without a line feed")
                .help("some readers end the line here and others do not: end lines with LF or CRLF"),
        ),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some(
            Diagnostic::new(Code::ControlCharacter, span, format!("the raw character U+{code:04X}"))
                .help("some readers end the line here and others do not: write it as an escape in a quoted string"),
        ),
        '\u{feff}' => Some(
            Diagnostic::new(Code::ControlCharacter, span, "a byte order mark that is not at the start of the file")
                .help("some readers take it for a letter and others for nothing: remove it"),
        ),
        _ if found.is_control() => {
            Some(Diagnostic::new(Code::ControlCharacter, span, format!("the raw control character U+{code:04X}")).help("remove it"))
        }
        _ if is_bidi(found) => Some(
            Diagnostic::new(Code::BidiControl, span, format!("the raw bidirectional control U+{code:04X}"))
                .help("it makes the text read differently from what it says: remove it"),
        ),
        _ => None,
    }
}

pub(super) fn is_bidi(found: char) -> bool {
    matches!(found, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first character of a name that cannot be seen: a control, format, zero-width or bidirectional character, or a line break.
pub fn hidden(name: &str) -> Option<char> {
    if name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    name.chars().find(|found| is_hidden(*found))
}

/// Whether a character shows nothing and takes no room of its own, or changes how others show.
pub fn is_hidden(found: char) -> bool {
    let invisible = matches!(
        found.general_category(),
        GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator
    );
    // Unicode's Default_Ignorable_Code_Point, of which some count as letters, marks or nothing yet.
    let ignorable = matches!(
        found,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    invisible || ignorable
}
