//! Counting for whom the decision is another: of users who are each looked at in two ways.

use super::bits::{self, Bits};
use super::count::{Counted, share};
use super::sheet::Sheet;
use super::walk::{Lane, Walk};
use super::{Columns, Place};
use crate::walk::Subject;

/// The counts of the lists of one sheet, as far as they are. Both ways to look at a user ask of the same resources, which share the
/// same lanes.
struct Turning<'s> {
    now: Walk<'s>,
    was: Walk<'s>,
    /// Who gains and who loses, by list.
    lists: Vec<[Counted; 2]>,
    words: Vec<u64>,
}

impl Columns {
    /// How many of the users each column allows by the first way to look at them and not by the second, and the other way round.
    /// `subjects` makes both of a number.
    pub fn turned<'u>(&self, users: &[usize], subjects: &(impl Fn(usize) -> Option<[Subject<'u>; 2]> + Sync)) -> Vec<[u64; 2]> {
        let worker = || self.sheets.iter().map(Turning::new).collect::<Vec<_>>();
        let workers = share(
            users,
            worker,
            |worker, users| {
                for both in users.iter().filter_map(|user| subjects(*user)) {
                    for turning in &mut *worker {
                        turning.add(&both);
                    }
                }
            },
            |_| {},
        );
        let mut all: Vec<Vec<[Vec<u64>; 2]>> = Vec::new();
        for sheet in &self.sheets {
            all.push(sheet.rules.lists.iter().map(|_| [vec![0; sheet.table.len()], vec![0; sheet.table.len()]]).collect());
        }
        for worker in workers {
            for (Turning { now, lists, .. }, sheet) in worker.into_iter().zip(&mut all) {
                for (counted, sums) in lists.into_iter().flatten().zip(sheet.iter_mut().flatten()) {
                    counted.add_to(&now, sums);
                }
            }
        }
        let count = |place: &Place| {
            let [gained, lost] = all.get(place.sheet as usize)?.get(place.list as usize)?;
            let at = place.resource as usize;
            Some([*gained.get(at)?, *lost.get(at)?])
        };
        self.places.iter().map(|place| count(place).unwrap_or_default()).collect()
    }
}

impl<'s> Turning<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        let lists = sheet.rules.lists.iter().map(|_| [Counted::new(sheet), Counted::new(sheet)]).collect();
        Self { now: Walk::new(sheet), was: Walk::new(sheet), lists, words: Vec::new() }
    }

    fn add(&mut self, [now, was]: &[Subject<'_>; 2]) {
        self.now.turn_to(now);
        self.was.turn_to(was);
        let mut own: Vec<u32> = self.now.own().iter().chain(self.was.own()).copied().collect();
        own.sort_unstable();
        own.dedup();
        for (list, [gained, lost]) in self.lists.iter_mut().enumerate() {
            let (now, was) = (self.now.allowed(list), self.was.allowed(list));
            for (counted, of, without) in [(&mut *gained, &now, &was), (&mut *lost, &was, &now)] {
                only(of, without, &mut self.words);
                counted.shared.add(of.shared().0, &self.words);
            }
            for resource in &own {
                let lane = self.now.shared_lane(*resource);
                let (is, shared_is) = (allows(&self.now, &now, *resource), in_shared(&now, lane));
                let (were, shared_were) = (allows(&self.was, &was, *resource), in_shared(&was, lane));
                gained.more_of(*resource, i32::from(is && !were) - i32::from(shared_is && !shared_were));
                lost.more_of(*resource, i32::from(were && !is) - i32::from(shared_were && !shared_is));
            }
            self.now.give(now);
            self.was.give(was);
        }
    }
}

/// The shared lanes of some that are not among others, in words from the place of the former on.
fn only(of: &Bits, without: &Bits, words: &mut Vec<u64>) {
    let ((from, some), (other_from, others)) = (of.shared(), without.shared());
    let other = |at: usize| at.checked_sub(other_from).and_then(|at| others.get(at)).copied().unwrap_or(0);
    words.clear();
    words.extend((from..).zip(some).map(|(at, word)| word & !other(at)));
}

fn in_shared(lanes: &Bits, lane: usize) -> bool {
    let (from, words) = lanes.shared();
    bits::has(words, from, lane)
}

/// Whether a resource is among the lanes that a walk gave.
fn allows(walk: &Walk<'_>, lanes: &Bits, resource: u32) -> bool {
    match walk.lane(resource) {
        Lane::Own(lane) => bits::has(lanes.own(), 0, lane),
        Lane::Shared(lane) => in_shared(lanes, lane),
    }
}
