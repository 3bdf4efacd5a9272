//! The loader's own reader, for what is not written in the ordinary way. Where it has anything to say, the loader has to.

use super::{Unsure, sight::Sight};
use crate::model::{Facets, Folder, Records};
use crate::parse::{self, Syntax, text};
use crate::source::{FileId, SourceMap};

/// Whether a text has none of the characters that no text may have.
pub(super) fn check(text: &str) -> Result<(), Unsure> {
    // Most texts have nothing else; without a branch a byte, many are looked at together.
    let strange = |byte: u8| u8::from(byte.wrapping_sub(b' ') > b'~' - b' ') & u8::from(byte != b'\n');
    if text.as_bytes().chunks(4096).all(|bytes| bytes.iter().fold(0, |any, byte| any | strange(*byte)) == 0) {
        return Ok(());
    }
    let mut problems = Vec::new();
    text::check(FileId::default(), text, &mut problems);
    if problems.is_empty() { Ok(()) } else { Err(Unsure) }
}

/// The users of a text that defines nothing else.
pub(super) fn users(syntax: Syntax, text: &str, sight: &Sight<'_>, take: &mut impl FnMut(&Facets<'_>)) -> Result<(), Unsure> {
    let (mut sources, mut problems, mut records) = (SourceMap::default(), Vec::new(), Records::default());
    let file = sources.add(String::new(), text.to_owned());
    for document in parse::parse(file, syntax, &sources, &mut problems) {
        records.add(document, Folder::Any, &mut problems);
    }
    let users = records.into_users().ok_or(Unsure)?;
    for user in &users {
        sight.workspace().check_entity(user, &mut problems);
    }
    if !problems.is_empty() {
        return Err(Unsure);
    }
    for user in &users {
        sight.user(user, &mut *take);
    }
    Ok(())
}
