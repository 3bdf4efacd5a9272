//! What decisions end a row with.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;

use foldhash::fast::RandomState;

use super::rows::Field;
use super::spelling::Spelling;
use crate::walk::Decision;

/// What each decision that was met ends a row with, by the place of its gate's name in memory: that is found without a look at any
/// letter, and a name that stands at two places is spelled twice, and alike.
#[derive(Default)]
pub(super) struct Endings(HashMap<(*const str, bool), Vec<u8>, RandomState>);

impl Endings {
    /// What a decision ends a row with.
    #[inline]
    pub(super) fn of(&mut self, decision: Decision, spelling: &Spelling) -> io::Result<&[u8]> {
        match self.0.entry((std::ptr::from_ref(decision.gate.name()), decision.allowed)) {
            Entry::Occupied(met) => Ok(met.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(spelled(decision, spelling)?)),
        }
    }
}

#[cold]
fn spelled(decision: Decision, spelling: &Spelling) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    spelling.field(2, Field::Text(decision.name()), &mut text)?;
    spelling.field(3, Field::Text(decision.gate.name()), &mut text)?;
    text.extend_from_slice(spelling.after_row());
    Ok(text)
}
