//! Users read as a stream, for questions that need to know of each only what decides about chat apps.
//!
//! A file is read in pieces by several threads, and nothing of a user is kept but a fingerprint of the id. There is one way to be
//! right and this is not it: whenever anything is not quite ordinary a stream says that it is [`Unsure`], and the workspace is to be
//! loaded whole. The loader then finds the problem and its place, or that there is none.

mod chunks;
mod csv;
mod form;
mod ids;
mod json;
mod loader;
mod sight;
mod yaml;

use std::hash::BuildHasher;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use foldhash::fast::RandomState;

use crate::crew;
use crate::discover::UserFile;
use crate::model::{User, UserType};
use chunks::Chunks;
use form::Form;
use ids::Ids;

pub use sight::{Sight, Sighted};

/// Something about a stream is not ordinary. It may be a problem of the files or not: loading the workspace tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these users have to be loaded")]
pub struct Unsure;

/// A piece of a file: much more than a system call costs, and less than a processor's cache holds.
const PIECE: usize = 1 << 17;

/// A user as the text has one, the roles aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Raw<'t> {
    id: &'t str,
    user_type: Option<UserType>,
    /// The user's own field.
    own: Option<&'t str>,
    /// What stands where the site looks for the entity.
    at_path: Option<&'t str>,
}

/// The users of a workspace of which some files were set aside.
#[derive(Debug)]
pub struct People<'q> {
    sight: Sight<'q>,
    files: &'q [UserFile],
    seed: RandomState,
    piece: usize,
}

/// Who was seen: how many, and a sum over what decides of each, to tell whether the same ones come again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    users: u64,
    sum: u64,
}

impl Seen {
    /// What is supposed follows from what is defined, which can differ where the other does not.
    fn add(&mut self, user: &Sighted<'_>, seed: &RandomState) {
        let user = &user.defined;
        self.users += 1;
        self.sum = self.sum.wrapping_add(seed.hash_one((user.id, user.user_type, user.roles, user.entity)));
    }

    fn and(self, other: Self) -> Self {
        Self { users: self.users + other.users, sum: self.sum.wrapping_add(other.sum) }
    }
}

impl<'q> People<'q> {
    /// The users that are seen so, with those of `files`.
    pub fn new(sight: Sight<'q>, files: &'q [UserFile]) -> Self {
        Self { sight, files, seed: RandomState::default(), piece: PIECE }
    }

    /// The same, read in pieces of so many bytes. What a piece has to end with makes it longer.
    #[must_use]
    pub fn in_pieces_of(self, piece: usize) -> Self {
        Self { piece: piece.max(1), ..self }
    }

    /// How many bytes the files have.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(UserFile::size).sum()
    }

    /// Calls `take` for every user, in any order, by as many threads as there are `workers`, each with its own of them. `read` is
    /// told how many bytes were read so far. If they are read `again`, what is given back tells whether the same users come.
    pub fn each<W: Send>(
        &self,
        workers: &mut [W],
        again: bool,
        take: impl Fn(&mut W, &Sighted<'_>) + Sync,
        mut read: impl FnMut(u64),
    ) -> Result<Seen, Unsure> {
        let (first, others) = workers.split_first_mut().ok_or(Unsure)?;
        let with_notes = |worker| (worker, Seen::default(), Ids::default());
        let mut first = with_notes(first);
        let mut others: Vec<(&mut W, Seen, Ids)> = others.iter_mut().map(with_notes).collect();
        let note = |(worker, seen, ids): &mut (&mut W, Seen, Ids), user: &Sighted<'_>| {
            ids.add(user.defined.id, &self.seed);
            if again {
                seen.add(user, &self.seed);
            }
            take(worker, user);
        };
        let (bytes, stop) = (AtomicU64::new(0), AtomicBool::new(false));
        for (defined, file) in self.parts() {
            for user in defined {
                self.sight.user(user, |user| note(&mut first, user));
            }
            let Some(file) = file else { continue };
            let source = self.source(file, &bytes, &stop)?;
            // Of one piece there is nothing to share.
            let shared = if file.size() > self.piece as u64 { others.as_mut_slice() } else { &mut [] };
            let (mine, theirs) = crew::beside(
                shared,
                |worker| source.drain(|user| note(worker, user), || {}),
                || source.drain(|user| note(&mut first, user), || read(bytes.load(Ordering::Relaxed))),
            );
            theirs.into_iter().fold(mine, Result::and)?;
        }
        let (seen, ids): (Vec<Seen>, Vec<Ids>) = std::iter::once(first).chain(others).map(|(_, seen, ids)| (seen, ids)).unzip();
        if !ids::distinct(ids) {
            return Err(Unsure);
        }
        Ok(seen.into_iter().fold(Seen::default(), Seen::and))
    }

    /// Calls `take` for every user in the order of their definitions, until it gives an error. They are to be those that were
    /// `seen` before; that they are not shows at the end.
    pub fn in_order<E>(&self, seen: Seen, mut take: impl FnMut(&Sighted<'_>) -> Result<(), E>) -> Result<Result<(), E>, Unsure> {
        let mut now = Seen::default();
        let mut result = Ok(());
        let stop = AtomicBool::new(false);
        let mut note = |user: &Sighted<'_>| {
            now.add(user, &self.seed);
            if result.is_ok() {
                result = take(user);
                stop.store(result.is_err(), Ordering::Relaxed);
            }
        };
        let bytes = AtomicU64::new(0);
        for (defined, file) in self.parts() {
            for user in defined {
                self.sight.user(user, &mut note);
            }
            let Some(file) = file.filter(|_| !stop.load(Ordering::Relaxed)) else { continue };
            self.source(file, &bytes, &stop)?.drain(&mut note, || {})?;
        }
        if result.is_ok() && now != seen { Err(Unsure) } else { Ok(result) }
    }

    fn source<'s>(&'s self, file: &UserFile, bytes: &'s AtomicU64, stop: &'s AtomicBool) -> Result<Source<'s>, Unsure> {
        let mut chunks = Chunks::new(file.open(bytes).map_err(|_| Unsure)?, self.piece);
        let form = Form::of(file.syntax(), &mut chunks, &self.sight)?;
        chunks.ending(form.ends());
        Ok(Source { chunks: Mutex::new(chunks), form, sight: &self.sight, stop })
    }

    /// Users that are defined elsewhere, and the file that comes after them.
    fn parts(&self) -> impl Iterator<Item = (&'q [User], Option<&'q UserFile>)> {
        let users = self.sight.workspace().users();
        let ends = self.files.iter().map(|file| (file.after(), Some(file))).chain([(users.len(), None)]);
        let mut start = 0;
        ends.map(move |(end, file)| {
            let defined = users.get(start..end).unwrap_or_default();
            start = end;
            (defined, file)
        })
    }
}

/// A file that several threads read.
struct Source<'s> {
    chunks: Mutex<Chunks<'s>>,
    form: Form,
    sight: &'s Sight<'s>,
    stop: &'s AtomicBool,
}

impl Source<'_> {
    /// Reads pieces until there are none.
    fn drain(&self, mut take: impl FnMut(&Sighted<'_>), mut read: impl FnMut()) -> Result<(), Unsure> {
        let mut bytes = Vec::new();
        while !self.stop.load(Ordering::Relaxed) {
            let piece = self.chunks.lock().map_err(|_| Unsure).and_then(|mut chunks| chunks.next(&mut bytes));
            let users = piece.and_then(|part| {
                let Some(part) = part else { return Ok(false) };
                let text = std::str::from_utf8(&bytes).map_err(|_| Unsure)?;
                self.form.users(text, part, self.sight, &mut take).map(|()| true)
            });
            match users {
                Ok(true) => read(),
                Ok(false) => break,
                Err(unsure) => {
                    self.stop.store(true, Ordering::Relaxed);
                    return Err(unsure);
                }
            }
        }
        Ok(())
    }
}
