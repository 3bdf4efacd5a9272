//! The loader's own reader, for what is not written in the ordinary way. Where it has anything to say, the loader has to.

use super::Unsure;
use super::sight::{Sight, Sighted};
use super::yaml::Of;
use crate::diagnostic::Diagnostic;
use crate::model::{Folder, Records};
use crate::parse::{self, Node, Syntax, Value, text};
use crate::source::{FileId, SourceMap};

/// What a text that has none of the characters that no text may have consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Lines of printable ASCII.
    Plain,
    /// Others, or tabs, too.
    Others,
}

/// Looks for the characters that no text may have.
pub(super) fn check(text: &str) -> Result<Letters, Unsure> {
    // Most texts have nothing else; without a branch a byte, many are looked at together.
    let strange = |byte: u8| u8::from(byte.wrapping_sub(b' ') > b'~' - b' ') & u8::from(byte != b'\n');
    if text.as_bytes().chunks(4096).all(|bytes| bytes.iter().fold(0, |any, byte| any | strange(*byte)) == 0) {
        return Ok(Letters::Plain);
    }
    let mut problems = Vec::new();
    text::check(FileId::default(), text, &mut problems);
    if problems.is_empty() { Ok(Letters::Others) } else { Err(Unsure) }
}

/// The users of a text that defines nothing else.
pub(super) fn users(syntax: Syntax, text: &str, sight: &Sight<'_>, take: &mut impl FnMut(&Sighted<'_>)) -> Result<(), Unsure> {
    let (mut sources, mut problems, mut records) = (SourceMap::default(), Vec::new(), Records::default());
    let file = sources.add(String::new(), text.to_owned());
    for document in parse::parse(file, syntax, &sources, &mut problems) {
        records.add(document, Folder::Any, &mut problems);
    }
    of_records(records, problems, sight, take)
}

/// The users of a piece of YAML, which has to be ordinary: an anchor could be in another piece than its alias, and what may be
/// repeated is counted by file. A piece of a list is a list and nothing else: what follows a list could be cut off from its key.
pub(super) fn ordinary_yaml(text: &str, of: Of, sight: &Sight<'_>, take: &mut impl FnMut(&Sighted<'_>)) -> Result<(), Unsure> {
    let documents = parse::ordinary_yaml(FileId::default(), text, 0..text.len()).ok_or(Unsure)?;
    if of != Of::Documents && !matches!(documents.as_slice(), [Node { value: Value::List(_), .. }]) {
        return Err(Unsure);
    }
    let (mut problems, mut records) = (Vec::new(), Records::default());
    for document in documents {
        match of {
            Of::Users => records.add_listed_users(document, &mut problems),
            Of::List | Of::Documents => records.add(document, Folder::Any, &mut problems),
        }
    }
    of_records(records, problems, sight, take)
}

fn of_records(
    records: Records,
    mut problems: Vec<Diagnostic>,
    sight: &Sight<'_>,
    take: &mut impl FnMut(&Sighted<'_>),
) -> Result<(), Unsure> {
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
