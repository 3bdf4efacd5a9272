//! What is no document any more, or never was one.

use fastrand::Rng;

use super::documents::pick;

/// Changes something: a character, an indentation, a line.
pub(super) fn damage(text: &mut String, rng: &mut Rng) {
    const INSERTED: &[&str] = &[
        " ", "  ", "\n", "\n  ", "-", "- ", ":", ": ", "#", " #", "[", "]", "{", "}", ",", "\"", "'", "\t", "\r", "?", "!", "&", "*", "|",
        ">", "%", "@", "`", "\\", "---\n", "\n---\n", "...\n", "a", "é", "\u{a0}", "\u{85}", "<<: ", "\u{0}",
    ];
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = *rng.choice(&starts).unwrap_or(&0);
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let line = rng.usize(0..lines.len().max(1));
    match rng.u8(0..8) {
        0..2 if at < text.len() => drop(text.remove(at)),
        2..4 => text.insert_str(at, pick(rng, INSERTED)),
        4 => text.truncate(at),
        choice => {
            let Some(changed) = lines.get_mut(line) else { return };
            match choice {
                5 => changed.insert_str(0, pick(rng, &[" ", "  ", "    "])),
                6 => *changed = changed.strip_prefix(pick(rng, &[" ", "  "])).unwrap_or(changed).to_owned(),
                _ => {
                    let line = changed.clone();
                    lines.insert(rng.usize(0..lines.len()), line);
                }
            }
            *text = lines.concat();
        }
    }
}

/// Marks in any order.
pub(super) fn marks(rng: &mut Rng) -> String {
    const MARKS: &[&str] = &[
        "a", "b", "c: ", "d: ", "e:", "- ", "-", ": ", ":", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n ", " ", "#", " # x", "[", "]", "{",
        "}", ",", ", ", "\"", "'", "\"x\"", "'y'", "|", ">", "&x ", "*x", "!", "\\", "\t", "---\n", "...\n", "~", "1", "\r\n", "%", "?",
        "? ", "\"\"", "\n- ", "\n- ", "\nf: ", "\ng:", "\n  h: ", "\n: ", "é", "\u{a0}", "[a, b]", "{a: b}", "<<",
    ];
    (0..rng.usize(1..14)).map(|_| pick(rng, MARKS)).collect()
}
