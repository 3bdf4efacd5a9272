//! `gatewalk matrix` over users who are read as a stream and not kept.

use std::io;
use std::mem::ManuallyDrop;

use anyhow::Result;
use gatewalk::crew;
use gatewalk::discover::{self, UserFile};
use gatewalk::model::{Facets, Workspace};
use gatewalk::people::{People, Seen, Sight, Unsure};
use gatewalk::report::{Crowd, GroupBy, Question};
use gatewalk::walk::Decision;

use super::answer::Answer;
use super::{GroupByArg, MatrixArgs};
use crate::cli::exit::Exit;
use crate::cli::filter::UserFilter;
use crate::cli::options::Options;
use crate::cli::output::emit;
use crate::cli::pace::Unit;
use crate::cli::progress::Progress;
use crate::cli::rows::RowFormatArg;
use crate::cli::select;

/// Answers over users of whom nothing is kept; `None` where they have to be loaded.
///
/// Nothing is refused here: whatever is wrong with a question or a file, the loaded workspace says so.
pub(super) fn run(args: &MatrixArgs, options: &Options) -> Result<Option<Exit>> {
    let kept = (matches!(args.rows.format, RowFormatArg::Table) && !args.counts())
        // There can be as many profiles as users.
        || matches!(args.group_by, Some(GroupByArg::Profile));
    if kept {
        return Ok(None);
    }
    crew::gather();
    let Some((workspace, files)) = discover::load_rest(&options.request()?) else { return Ok(None) };
    // The process ends with the answer: to free what thousands of apps were read into would take as long as to decide.
    let mut workspace = ManuallyDrop::new(workspace);
    let Ok(targets) = select::targets(&mut workspace, &args.target, args.features) else { return Ok(None) };
    let Ok(question) = options.question(&workspace, &args.what_if) else { return Ok(None) };
    let Ok(Some(crowd)) = Crowd::new(&workspace, &question, &targets) else { return Ok(None) };
    let crowd = ManuallyDrop::new(crowd);
    let people = People::new(Sight::new(&workspace, question.semantics, &question.what_if), &files);
    let stream =
        Stream { args, options, workspace: &workspace, files: &files, question: &question, crowd, people, filter: args.users.filter() };
    // A file that is not ordinary, and a filter that selects nobody, are for the loader to speak of.
    let before = if stream.filter.has_patterns() {
        let Some(seen) = stream.look().ok().filter(|_| stream.filter.idle().is_none()) else { return Ok(None) };
        Some(seen)
    } else {
        None
    };
    if args.counts() { stream.counts(before) } else { stream.cells(before) }
}

struct Stream<'a> {
    args: &'a MatrixArgs,
    options: &'a Options,
    workspace: &'a Workspace,
    files: &'a [UserFile],
    question: &'a Question,
    crowd: ManuallyDrop<Crowd>,
    people: People<'a>,
    filter: UserFilter<'a>,
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

    /// Sees everybody, for the filter.
    fn look(&self) -> Result<Seen, Unsure> {
        self.people.each(&mut threads::<()>(), true, |(), user| self.filter.note(user), self.reading())
    }

    /// The answer, once it is known that there is one.
    fn answer(&self, users: u64) -> Answer<'_> {
        let Self { args, options, workspace, question, .. } = self;
        options.tell(workspace, self.files);
        options.tell_unknown(workspace, &args.what_if, false);
        let answer = Answer { args, options, workspace, question, users };
        answer.tell();
        answer
    }

    /// Counts the users, who are those that were seen `before` if they were.
    fn counts(&self, before: Option<Seen>) -> Result<Option<Exit>> {
        let group_by = self.args.group_by.map(GroupBy::from);
        let selects = |user: &Facets<'_>| self.filter.selects(user);
        let counted = self.crowd.count(&self.people, group_by, threads::<()>().len(), before.is_some(), selects, self.reading());
        let same = |seen: Seen| before.is_none_or(|before| before == seen);
        let Some(counts) = counted.ok().filter(|counts| counts.users > 0 && same(counts.seen)) else { return Ok(None) };
        let answer = self.answer(counts.users);
        emit(self.options.output.as_deref(), Exit::Yes, |out| answer.counts(out, |take| self.crowd.rows(&counts, take))).map(Some)
    }

    /// Users are read twice: nothing is written before all of them are known to be right.
    fn cells(&self, before: Option<Seen>) -> Result<Option<Exit>> {
        let mut selected: Vec<u64> = threads();
        let seen = self.people.each(&mut selected, true, |count, user| *count += u64::from(self.filter.selects(user)), self.reading());
        let (Ok(seen), users) = (seen, selected.iter().sum::<u64>()) else { return Ok(None) };
        if users == 0 || before.is_some_and(|before| before != seen) {
            return Ok(None);
        }
        let answer = self.answer(users);
        let Some(spelling) = answer.spelling() else { return Ok(None) };
        let targets = self.crowd.targets();
        let cells = |take: &mut dyn FnMut(&str, &[Decision]) -> io::Result<()>| {
            let mut progress = answer.progress(users * targets.len() as u64);
            let done = self.crowd.each_user(
                &self.people,
                seen,
                |user| self.filter.selects(user),
                |user, decisions| {
                    progress.advance(decisions.len() as u64);
                    take(user, decisions)
                },
            );
            done.unwrap_or_else(|Unsure| Err(io::Error::other(Changed)))
        };
        let written = emit(self.options.output.as_deref(), Exit::Yes, |out| answer.cells(spelling, out, targets, cells));
        written.map(Some).map_err(|error| if is_change(&error) { Changed.into() } else { error })
    }
}

/// Users who were right were others when they were read again.
#[derive(Debug, thiserror::Error)]
#[error("a file of users changed while it was read: what was written of the answer is worth nothing")]
struct Changed;

fn is_change(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()?.get_ref()).any(<dyn std::error::Error + Send + Sync>::is::<Changed>)
}

/// What each thread begins with.
fn threads<T: Clone + Default>() -> Vec<T> {
    vec![T::default(); crew::size()]
}
