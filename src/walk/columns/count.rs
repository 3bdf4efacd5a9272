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

/// How many users a list allows.
struct Counted {
    /// By lane.
    shared: Tally,
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
        let threads = crew::size().min(users.len().div_ceil(WORTH_A_THREAD)).max(1);
        let mut workers: Vec<Vec<Counting<'_>>> = (0..threads).map(|_| self.sheets.iter().map(Counting::new).collect()).collect();
        for block in users.chunks(BLOCK) {
            let shares = block.chunks(block.len().div_ceil(threads).max(1));
            let mut work: Vec<_> = workers.iter_mut().zip(shares).collect();
            crew::share(&mut work, |(worker, share)| count(worker, share, subject));
            counted(block.len() as u64);
        }
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

fn count<'u>(worker: &mut [Counting<'_>], users: &[usize], subject: &impl Fn(usize) -> Option<Subject<'u>>) {
    for user in users.iter().filter_map(|user| subject(*user)) {
        for counting in &mut *worker {
            counting.add(&user);
        }
    }
}

impl<'s> Counting<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        let counted = || Counted { shared: Tally::new(sheet.lanes.count()), more: vec![0; sheet.table.len()] };
        Self { walk: Walk::new(sheet), lists: sheet.rules.lists.iter().map(|_| counted()).collect() }
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
                if let Some(of_resource) = counted.more.get_mut(*resource as usize) {
                    *of_resource += more;
                }
            }
            self.walk.give(allowed);
        }
    }

    /// Adds the counts of resources, list by list.
    fn add_to(self, all: &mut [Vec<u64>]) {
        let Self { walk, lists } = self;
        for (counted, all) in lists.into_iter().zip(all) {
            let shared = counted.shared.counts();
            for (resource, (all, more)) in (0..).zip(all.iter_mut().zip(counted.more)) {
                let of_lane = shared.get(walk.shared_lane(resource)).copied().unwrap_or(0);
                *all += of_lane.saturating_add_signed(more.into());
            }
        }
    }
}
