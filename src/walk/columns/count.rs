//! Counting users instead of telling their decisions.

use super::sheet::Sheet;
use super::tally::Tally;
use super::walk::Walk;
use super::{Columns, Place, bits};
use crate::crew;
use crate::walk::Subject;

/// So many users are counted at a time; then it is told how far it is.
const BLOCK: usize = 4096;

/// Fewer users are not worth a thread.
const WORTH_A_THREAD: usize = 256;

/// The counts of the lists of one sheet, as far as they are.
struct Counting<'s> {
    walk: Walk<'s>,
    lists: Vec<Counted>,
}

/// How many users there are for each resource of a list, such as those that it allows.
pub(super) struct Counted {
    /// By lane.
    pub(super) shared: Tally,
    /// For resources that had a lane of their own: how many more it is for them.
    more: Vec<i32>,
}

impl Columns {
    /// How many of the users each column allows. `subject` makes the one of a number, and `counted` is told of every so many users.
    pub fn counts<'u>(
        &self,
        users: &[usize],
        subject: &(impl Fn(usize) -> Option<Subject<'u>> + Sync),
        mut counted: impl FnMut(u64),
    ) -> Vec<u64> {
        if self.is_empty() {
            return Vec::new();
        }
        let worker = || self.sheets.iter().map(Counting::new).collect::<Vec<_>>();
        let workers = share(users, worker, |worker, users| count(worker, users, subject), &mut counted);
        let mut all: Vec<Vec<Vec<u64>>> =
            self.sheets.iter().map(|sheet| vec![vec![0; sheet.table.len()]; sheet.rules.lists.len()]).collect();
        for worker in workers {
            for (counting, sheet) in worker.into_iter().zip(&mut all) {
                counting.add_to(sheet);
            }
        }
        let count = |place: &Place| all.get(place.sheet as usize)?.get(place.list as usize)?.get(place.resource as usize).copied();
        self.places.iter().map(|place| count(place).unwrap_or(0)).collect()
    }
}

/// Shares users among threads, each with a worker of its own, and gives the workers. `counted` is told of every so many users.
pub(super) fn share<W: Send>(
    users: &[usize],
    worker: impl Fn() -> W,
    count: impl Fn(&mut W, &[usize]) + Sync,
    mut counted: impl FnMut(u64),
) -> Vec<W> {
    let threads = crew::size().min(users.len().div_ceil(WORTH_A_THREAD)).max(1);
    let mut workers: Vec<W> = (0..threads).map(|_| worker()).collect();
    for block in users.chunks(BLOCK) {
        let shares = block.chunks(block.len().div_ceil(threads).max(1));
        let mut work: Vec<_> = workers.iter_mut().zip(shares).collect();
        crew::share(&mut work, |(worker, share)| count(worker, share));
        counted(block.len() as u64);
    }
    workers
}

impl Counted {
    /// Nobody was counted yet.
    pub(super) fn new(sheet: &Sheet) -> Self {
        Self { shared: Tally::new(sheet.lanes.count()), more: vec![0; sheet.table.len()] }
    }

    /// Notes how many more there are of a resource than its lane says.
    pub(super) fn more_of(&mut self, resource: u32, more: i32) {
        if let Some(of_resource) = self.more.get_mut(resource as usize) {
            *of_resource += more;
        }
    }

    /// Adds the counts of resources.
    pub(super) fn add_to(self, walk: &Walk<'_>, all: &mut [u64]) {
        let shared = self.shared.counts();
        for (resource, (all, more)) in (0..).zip(all.iter_mut().zip(self.more)) {
            let of_lane = shared.get(walk.shared_lane(resource)).copied().unwrap_or(0);
            *all += of_lane.saturating_add_signed(more.into());
        }
    }
}

fn count<'u>(worker: &mut [Counting<'_>], users: &[usize], subject: &impl Fn(usize) -> Option<Subject<'u>>) {
    for user in users.iter().filter_map(|user| subject(*user)) {
        for counting in &mut *worker {
            counting.add(&user);
        }
    }
}

impl<'s> Counting<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        Self { walk: Walk::new(sheet), lists: sheet.rules.lists.iter().map(|_| Counted::new(sheet)).collect() }
    }

    fn add(&mut self, subject: &Subject<'_>) {
        self.walk.turn_to(subject);
        for (list, counted) in self.lists.iter_mut().enumerate() {
            let allowed = self.walk.allowed(list);
            let (from, shared) = allowed.shared();
            counted.shared.add(from, shared);
            for (at, resource) in self.walk.own().iter().enumerate() {
                let own = bits::has(allowed.own(), 0, at);
                let more = i32::from(own) - i32::from(bits::has(shared, from, self.walk.shared_lane(*resource)));
                counted.more_of(*resource, more);
            }
            self.walk.give(allowed);
        }
    }

    /// Adds the counts of resources, list by list.
    fn add_to(self, all: &mut [Vec<u64>]) {
        let Self { walk, lists } = self;
        for (counted, all) in lists.into_iter().zip(all) {
            counted.add_to(&walk, all);
        }
    }
}
