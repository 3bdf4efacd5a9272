//! What decisions end a row with.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;

use foldhash::fast::RandomState;

use super::rows::Field;
use super::spelling::Spelling;
use crate::report::Was;
use crate::walk::Decision;

/// What each decision that was met ends a row with, by the place of its gate's name in memory: that is found without a look at any
/// letter, and a name that stands at two places is spelled twice, and alike.
#[derive(Default)]
pub(super) struct Endings(HashMap<(*const str, bool, Option<Was>), Vec<u8>, RandomState>);

impl Endings {
    /// What a decision ends a row with.
    #[inline]
    pub(super) fn of(&mut self, decision: Decision, was: Option<Was>, spelling: &Spelling) -> io::Result<&[u8]> {
        match self.0.entry((std::ptr::from_ref(decision.gate.name()), decision.allowed, was)) {
            Entry::Occupied(met) => Ok(met.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(spelled(decision, was, spelling)?)),
        }
    }
}

#[cold]
fn spelled(decision: Decision, was: Option<Was>, spelling: &Spelling) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    // People read a word where it differs, programs a value everywhere.
    let mark = was.filter(|_| spelling.is_for_people()).and_then(|was| was.mark(decision.allowed));
    match mark {
        Some(mark) => spelling.field(2, Field::Text(&format!("{} {mark}", decision.name())), &mut text)?,
        None => spelling.field(2, Field::Text(decision.name()), &mut text)?,
    }
    spelling.field(3, Field::Text(decision.gate.name()), &mut text)?;
    if let Some(was) = was.filter(|_| !spelling.is_for_people()) {
        spelling.field(4, was.name().map_or(Field::Nothing, Field::Text), &mut text)?;
    }
    text.extend_from_slice(spelling.after_row());
    Ok(text)
}
