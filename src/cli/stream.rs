//! Questions over users who are read as a stream and not kept.

use std::cell::Cell;
use std::io;
use std::mem::ManuallyDrop;

use anyhow::Result;
use gatewalk::compile::Target;
use gatewalk::crew;
use gatewalk::discover::{self, UserFile};
use gatewalk::model::Workspace;
use gatewalk::people::{People, Seen, Sight, Sighted, Unsure};
use gatewalk::report::{Counts, Crowd, GroupBy, Question, Was};
use gatewalk::walk::Decision;

use super::filter::UserFilter;
use super::options::{Options, WhatIfArgs};
use super::pace::Unit;
use super::progress::Progress;

/// Everything that a question is asked of; its users are in files that were set aside.
pub(super) struct Stream<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) question: &'a Question,
    pub(super) crowd: &'a Crowd,
    options: &'a Options,
    what_if: &'a WhatIfArgs,
    files: &'a [UserFile],
    people: People<'a>,
    filter: UserFilter<'a>,
    /// Who was seen, if somebody was.
    seen: Cell<Option<Seen>>,
}

/// A file of so many bytes is read by several threads.
const SHARED: u64 = 1 << 17;

/// What a question is about.
pub(super) struct About<'a> {
    pub(super) options: &'a Options,
    pub(super) what_if: &'a WhatIfArgs,
    pub(super) filter: UserFilter<'a>,
}

/// Answers over users of whom nothing is kept; `None` where they have to be loaded.
///
/// Nothing is refused here: whatever is wrong with a question or a file, the loaded workspace says so.
pub(super) fn ask<R>(
    about: About<'_>,
    targets: impl FnOnce(&mut Workspace) -> Result<Vec<Target>>,
    answer: impl FnOnce(&Stream<'_>) -> Result<Option<R>>,
) -> Result<Option<R>> {
    let About { options, what_if, filter } = about;
    let Some((workspace, files)) = discover::load_rest(&options.request()?) else { return Ok(None) };
    if files.iter().any(|file| file.size() > SHARED) {
        crew::gather();
    }
    // The process ends with the answer: to free what thousands of apps were read into would take as long as to decide.
    let mut workspace = ManuallyDrop::new(workspace);
    let Ok(targets) = targets(&mut workspace) else { return Ok(None) };
    let Ok(question) = options.question(&workspace, what_if) else { return Ok(None) };
    let Ok(Some(crowd)) = Crowd::new(&workspace, &question, &targets) else { return Ok(None) };
    let crowd = ManuallyDrop::new(crowd);
    let people = People::new(Sight::new(&workspace, question.semantics, &question.what_if), &files);
    let (workspace, question, crowd, files) = (&*workspace, &question, &*crowd, files.as_slice());
    let stream = Stream { workspace, question, crowd, options, what_if, files, people, filter, seen: Cell::new(None) };
    // A file that is not ordinary, and a filter that selects nobody, are for the loader to speak of.
    if stream.filter.has_patterns() && (stream.look().is_none() || stream.filter.idle().is_some()) {
        return Ok(None);
    }
    answer(&stream)
}

impl Stream<'_> {
    /// Shows how far the files are read, for as long as what it gives is kept.
    fn reading(&self) -> impl FnMut(u64) {
        let mut progress = Progress::new(Some(self.people.bytes()), Unit::Read, self.options);
        let mut before = 0;
        move |read| {
            progress.advance(read - before);
            before = read;
        }
    }

    /// Takes note of who was seen; nothing if others were before.
    fn same(&self, seen: Seen) -> Option<()> {
        let before = self.seen.replace(Some(seen));
        before.is_none_or(|before| before == seen).then_some(())
    }

    /// Sees everybody, for the filter.
    fn look(&self) -> Option<()> {
        let filter = &self.filter;
        let seen = self.people.each(&mut threads::<()>(), true, |(), user| filter.note(&user.supposed), self.reading());
        self.same(seen.ok()?)
    }

    /// What there is to say beside the answer, once it is known that there is one.
    pub(super) fn tell(&self) {
        self.options.tell(self.workspace, self.files);
        self.options.tell_unknown(self.workspace, self.what_if, false);
    }

    /// Counts those selected, who are somebody; `again` says that they will be looked at once more.
    pub(super) fn counts(&self, group_by: Option<GroupBy>, again: bool) -> Option<Counts> {
        let again = again || self.seen.get().is_some();
        let filter = &self.filter;
        let counted = self.crowd.count(&self.people, group_by, crew::size(), again, |user| filter.selects(user), self.reading());
        let counts = counted.ok().filter(|counts| counts.users > 0)?;
        if again {
            self.same(counts.seen)?;
        }
        Some(counts)
    }

    /// How many are selected, if somebody is.
    pub(super) fn selected(&self) -> Option<u64> {
        let mut selected: Vec<u64> = threads();
        let filter = &self.filter;
        let count = |count: &mut u64, user: &Sighted<'_>| *count += u64::from(filter.selects(&user.supposed));
        let seen = self.people.each(&mut selected, true, count, self.reading()).ok()?;
        self.same(seen)?;
        Some(selected.iter().sum()).filter(|users| *users > 0)
    }

    /// The decisions about each of those selected, in the order of their definitions, with those without what is supposed. They have been seen before, so that nothing is
    /// written before all are known to be right; that they are others now ends with an error.
    pub(super) fn each(&self, mut take: impl FnMut(&str, &[Decision], &[Was]) -> io::Result<()>) -> io::Result<()> {
        let Some(seen) = self.seen.get() else { return Err(io::Error::other(Changed)) };
        let done = self.crowd.each_user(&self.people, seen, |user| self.filter.selects(user), &mut take);
        done.unwrap_or_else(|Unsure| Err(io::Error::other(Changed)))
    }
}

/// Users who were right were others when they were read again.
#[derive(Debug, thiserror::Error)]
#[error("a file of users changed while it was read: what was written of the answer is worth nothing")]
struct Changed;

/// The error of an answer that was written while users changed, without what says that it could not be written.
pub(super) fn or_changed(error: anyhow::Error) -> anyhow::Error {
    let is_change = |cause: &io::Error| cause.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Changed>);
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(is_change) { Changed.into() } else { error }
}

/// What each thread begins with.
fn threads<T: Clone + Default>() -> Vec<T> {
    vec![T::default(); crew::size()]
}
