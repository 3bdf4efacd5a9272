//! `gatewalk matrix` over users who are read as a stream and not kept.

use std::io;

use anyhow::Result;
use gatewalk::discover::{self, UserFile};
use gatewalk::model::{Facets, UserType, Workspace};
use gatewalk::people::{People, Sight, Unsure};
use gatewalk::report::{Crowd, GroupBy, Question};

use super::answer::Answer;
use super::{GroupByArg, MatrixArgs, RowFormatArg};
use crate::cli::exit::Exit;
use crate::cli::options::Options;
use crate::cli::output::emit;
use crate::cli::pace::Unit;
use crate::cli::progress::Progress;
use crate::cli::select;

/// Answers over users of whom nothing is kept; `None` where they have to be loaded.
///
/// Nothing is refused here: whatever is wrong with a question or a file, the loaded workspace says so.
pub(super) fn run(args: &MatrixArgs, options: &Options) -> Result<Option<Exit>> {
    let kept = (matches!(args.format, RowFormatArg::Table) && !args.counts())
        // There can be as many profiles as users.
        || matches!(args.group_by, Some(GroupByArg::Profile))
        || args.filter().names_somebody();
    if kept {
        return Ok(None);
    }
    let Some((mut workspace, files)) = discover::load_rest(&options.request()?) else { return Ok(None) };
    let Ok(targets) = select::targets(&mut workspace, &args.target, args.features) else { return Ok(None) };
    let Ok(question) = options.question(&workspace, &args.what_if) else { return Ok(None) };
    let Ok(Some(crowd)) = Crowd::new(&workspace, &question, &targets) else { return Ok(None) };
    drop(targets);
    let stream = Stream { args, options, workspace: &workspace, files: &files, question: &question, crowd };
    if args.counts() { stream.counts() } else { stream.cells() }
}

struct Stream<'a> {
    args: &'a MatrixArgs,
    options: &'a Options,
    workspace: &'a Workspace,
    files: &'a [UserFile],
    question: &'a Question,
    crowd: Crowd,
}

impl<'a> Stream<'a> {
    fn people(&self) -> People<'a> {
        People::new(Sight::new(self.workspace, self.question.semantics, &self.question.what_if), self.files)
    }

    /// Whether a user is asked about.
    fn selects(&self) -> impl Fn(&Facets<'_>) -> bool + Sync + 'static {
        let user_type = self.args.user_type.map(UserType::from);
        move |user| user_type.is_none_or(|user_type| user.user_type == user_type)
    }

    /// The answer, once it is known that there is one.
    fn answer(&self, users: u64) -> Answer<'_> {
        let Self { args, options, workspace, question, .. } = self;
        options.tell(workspace);
        options.tell_read(self.files.iter().map(UserFile::name));
        let answer = Answer { args, options, workspace, question, users };
        answer.tell();
        answer
    }

    fn counts(&self) -> Result<Option<Exit>> {
        let people = self.people();
        let mut progress = Progress::new(Some(people.bytes()), Unit::Read, self.options);
        let mut before = 0;
        let counted = self.crowd.count(&people, self.args.group_by.map(GroupBy::from), self.selects(), |read| {
            progress.advance(read - before);
            before = read;
        });
        drop(progress);
        let Some(counts) = counted.ok().filter(|counts| counts.users > 0) else { return Ok(None) };
        let answer = self.answer(counts.users);
        emit(self.options.output.as_deref(), Exit::Yes, |out| answer.counts(out, |take| self.crowd.rows(&counts, take))).map(Some)
    }

    /// Users are read twice: nothing is written before all of them are known to be right.
    fn cells(&self) -> Result<Option<Exit>> {
        let (people, selects) = (self.people(), self.selects());
        let mut threads = vec![0_u64; std::thread::available_parallelism().map_or(1, usize::from)];
        let seen = people.each(&mut threads, |count, user| *count += u64::from(selects(user)), |_| {});
        let (Ok(seen), users) = (seen, threads.iter().sum::<u64>()) else { return Ok(None) };
        if users == 0 {
            return Ok(None);
        }
        let answer = self.answer(users);
        let Some(spelling) = answer.spelling() else { return Ok(None) };
        let targets = self.crowd.targets();
        let cells = |take: &mut dyn FnMut(&str, &[gatewalk::walk::Decision]) -> io::Result<()>| {
            let mut progress = answer.progress(users * targets.len() as u64);
            let done = self.crowd.each_user(&people, seen, selects, |user, decisions| {
                progress.advance(decisions.len() as u64);
                take(user, decisions)
            });
            done.unwrap_or_else(|Unsure| Err(io::Error::other("a file of users changed while it was read")))
        };
        emit(self.options.output.as_deref(), Exit::Yes, |out| answer.cells(spelling, out, targets, cells)).map(Some)
    }
}
