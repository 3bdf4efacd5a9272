//! Users by targets, where users are read as a stream: the same rows and counts as of a [`super::Matrix`], of people who are not kept.

use std::collections::BTreeMap;

use super::Question;
use super::summary::{COUNTS, GroupBy, SummaryRow, names};
use crate::compile::{Compiler, Target, UnknownTarget};
use crate::model::{Facets, Workspace};
use crate::people::{People, Seen, Unsure};
use crate::walk::{Decision, Row, Rows, Tally};

/// Targets that are decided by a user's facets alone.
#[derive(Debug)]
pub struct Crowd {
    names: Vec<String>,
    rows: Rows,
}

/// The counts of a crowd, by group.
#[derive(Debug)]
pub struct Counts {
    /// How many users were counted.
    pub users: u64,
    /// Who was seen, counted or not.
    pub seen: Seen,
    grouped: bool,
    groups: BTreeMap<String, (u64, Vec<u64>)>,
}

/// What one thread counts. Two of them share no line of a processor's cache: each is written for every user.
#[derive(Default)]
#[repr(align(128))]
struct Counting {
    row: Row,
    all: Tally,
    groups: BTreeMap<String, Tally>,
    users: u64,
}

impl Crowd {
    /// Compiles the targets; `None` if one of them asks for more than facets.
    pub fn new(workspace: &Workspace, question: &Question, targets: &[Target]) -> Result<Option<Self>, UnknownTarget> {
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        let rows = Rows::compiled(targets, |target| compiler.compile(target))?;
        Ok(rows.map(|rows| Self { names: targets.iter().map(ToString::to_string).collect(), rows }))
    }

    /// The names of the targets, in byte order.
    pub fn targets(&self) -> &[String] {
        &self.names
    }

    /// Counts the people that `counts` says, by so many threads. `again` says that they were seen
    /// before, or will be. `read` is told how many bytes were read so far.
    pub fn count(
        &self,
        people: &People<'_>,
        group_by: Option<GroupBy>,
        threads: usize,
        again: bool,
        counts: impl Fn(&Facets<'_>) -> bool + Sync,
        read: impl FnMut(u64),
    ) -> Result<Counts, Unsure> {
        let mut threads: Vec<Counting> = std::iter::repeat_with(Counting::default).take(threads).collect();
        let too_many = |thread: &Counting| thread.groups.len() * self.names.len() > COUNTS;
        let note = |thread: &mut Counting, facets: &Facets<'_>| {
            if !counts(facets) || too_many(thread) {
                return;
            }
            thread.users += 1;
            thread.row.decide(&self.rows, facets);
            match group_by {
                None => thread.all.add(&thread.row),
                Some(_) => {
                    for name in names(facets, group_by) {
                        thread.groups.entry(name).or_default().add(&thread.row);
                    }
                }
            }
        };
        let seen = people.each(&mut threads, again, note, read)?;
        if threads.iter().any(too_many) {
            return Err(Unsure);
        }
        let users = threads.iter().map(|thread| thread.users).sum();
        let mut groups: BTreeMap<String, (u64, Vec<u64>)> = BTreeMap::new();
        for thread in threads {
            let all = (group_by.is_none()).then(|| (String::new(), thread.all));
            for (name, tally) in thread.groups.into_iter().chain(all) {
                let (members, allowed) = groups.entry(name).or_insert_with(|| (0, vec![0; self.names.len()]));
                *members += tally.users();
                allowed.iter_mut().zip(tally.allowed(&self.rows)).for_each(|(sum, allowed)| *sum += allowed);
            }
        }
        Ok(Counts { users, seen, grouped: group_by.is_some(), groups })
    }

    /// Gives the counts as rows, by group and target in byte order; `take` may end it early with an error.
    pub fn rows<E>(&self, counts: &Counts, mut take: impl FnMut(SummaryRow<'_>) -> Result<(), E>) -> Result<(), E> {
        for (group, (members, all)) in &counts.groups {
            for (target, allowed) in self.names.iter().zip(all) {
                let group = counts.grouped.then_some(group.as_str());
                take(SummaryRow { group, target, allowed: *allowed, denied: members - allowed })?;
            }
        }
        Ok(())
    }

    /// Every cell, users in order, for each the targets in order; `take` is given the user's id and the decisions in the order of the
    /// targets, and may end it early with an error. The people are those that were `seen`.
    pub fn each_user<E>(
        &self,
        people: &People<'_>,
        seen: Seen,
        shown: impl Fn(&Facets<'_>) -> bool,
        mut take: impl FnMut(&str, &[Decision]) -> Result<(), E>,
    ) -> Result<Result<(), E>, Unsure> {
        let (mut row, mut decisions) = (Row::default(), Vec::with_capacity(self.names.len()));
        people.in_order(seen, |facets| {
            if !shown(facets) {
                return Ok(());
            }
            decisions.clear();
            row.decide(&self.rows, facets);
            row.each(&self.rows, |decision| decisions.push(decision));
            take(facets.id, &decisions)
        })
    }
}
