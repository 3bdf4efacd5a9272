//! How far a user has come in progressive access.

use jiff::Timestamp;

use crate::model::permissions::Level;
use crate::model::{Spanned, User};

/// Where a user stands among levels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing<'l> {
    levels: &'l [Level],
    /// When the user started, if ever.
    pub(super) started_at: Option<Spanned<Timestamp>>,
    /// How many levels' requirements are completed, from the lowest on.
    pub(super) reached: usize,
}

/// Where a user stands. Whether that counts depends on the time.
pub(super) fn standing<'l>(user: &User, levels: &'l [Level]) -> Standing<'l> {
    let progress = user.progress.as_ref();
    let completed = |level: &&Level| missing(user, level).next().is_none();
    Standing { levels, started_at: progress.and_then(|progress| progress.started_at), reached: levels.iter().take_while(completed).count() }
}

/// What a user has not completed of a level's requirements.
pub(super) fn missing<'l>(user: &User, level: &'l Level) -> impl Iterator<Item = &'l str> {
    let completed: std::collections::HashSet<&str> =
        user.progress.iter().flat_map(|progress| &progress.completed).map(|name| &*name.value).collect();
    level.requirements.iter().map(|name| &*name.value).filter(move |name| !completed.contains(name))
}

impl Standing<'_> {
    /// Whether the level with this place gives its actions at a time.
    pub(super) fn gives(&self, at: usize, time: Timestamp) -> bool {
        let begun = self.started_at.is_some_and(|started| started.value <= time);
        begun && self.reached == at + 1 && self.ends().is_none_or(|end| time < end)
    }

    /// When the level ends, if it does. One that ends after all times that can be written does not.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        let level = self.levels.get(self.reached.checked_sub(1)?)?;
        self.started_at?.value.checked_add(level.duration?.value).ok()
    }
}
