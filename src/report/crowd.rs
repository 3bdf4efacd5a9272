//! Users by targets, where users are read as a stream: the same rows and counts as of a [`super::Matrix`], of people who are not kept.

use std::collections::BTreeMap;

use super::summary::{COUNTS, GroupBy, SummaryRow, names};
use super::{Question, Turned, Was};
use crate::compile::{Compiler, Target, UnknownTarget};
use crate::model::{Facets, Workspace};
use crate::people::{People, Seen, Sighted, Unsure};
use crate::walk::{Decision, Difference, Places, Row, Rows, Tally, Turns};

/// Targets that are decided by a user's facets alone.
#[derive(Debug)]
pub struct Crowd {
    names: Vec<String>,
    rows: Rows,
    /// Where something is supposed: the same without that.
    before: Option<Defined>,
}

/// The targets of a crowd as they are defined.
#[derive(Debug)]
struct Defined {
    /// Nothing where they are decided by the same rows: what is supposed is of users alone.
    rows: Option<Rows>,
    places: Places,
}

/// The counts of a crowd, by group.
#[derive(Debug)]
pub struct Counts {
    /// How many users were counted.
    pub users: u64,
    /// Who was seen, counted or not.
    pub seen: Seen,
    grouped: bool,
    groups: BTreeMap<String, Counted>,
}

/// The counts of a group, target by target.
#[derive(Debug, Default)]
struct Counted {
    members: u64,
    allowed: Vec<u64>,
    /// Where something is supposed: how many gain and lose each target.
    turned: Vec<Turned>,
}

/// What is counted of a group.
#[derive(Default)]
struct Tallies {
    allowed: Tally,
    turns: Turns,
}

/// What one thread counts. Two of them share no line of a processor's cache: each is written for every user.
#[derive(Default)]
#[repr(align(128))]
struct Counting {
    row: Row,
    was: Row,
    difference: Difference,
    all: Tallies,
    groups: BTreeMap<String, Tallies>,
    users: u64,
}

impl Tallies {
    fn add(&mut self, row: &Row, difference: Option<&Difference>) {
        self.allowed.add(row);
        if let Some(difference) = difference {
            self.turns.add(difference);
        }
    }
}

impl Counting {
    /// Decides for a user, and says what is otherwise without what is supposed.
    fn decide(&mut self, crowd: &Crowd, user: &Sighted<'_>) {
        self.users += 1;
        self.row.decide(&crowd.rows, &user.supposed);
        if let Some(before) = &crowd.before {
            self.was.decide(before.rows.as_ref().unwrap_or(&crowd.rows), &user.defined);
            self.difference.find(&self.row, Some(&self.was), &before.places);
        }
    }
}

impl Counted {
    fn add(&mut self, tallies: Tallies, crowd: &Crowd) {
        self.members += tallies.allowed.users();
        self.allowed.resize(crowd.names.len(), 0);
        self.allowed.iter_mut().zip(tallies.allowed.allowed(&crowd.rows)).for_each(|(sum, allowed)| *sum += allowed);
        if crowd.before.is_some() {
            self.turned.resize(crowd.names.len(), Turned::default());
            let [gained, lost] = tallies.turns.counts(&crowd.rows);
            for (turned, (gained, lost)) in self.turned.iter_mut().zip(gained.into_iter().zip(lost)) {
                turned.gained += gained;
                turned.lost += lost;
            }
        }
    }
}

impl Crowd {
    /// Compiles the targets; `None` if one of them asks for more than facets.
    pub fn new(workspace: &Workspace, question: &Question, targets: &[Target]) -> Result<Option<Self>, UnknownTarget> {
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        let Some(rows) = Rows::compiled(targets, |target| compiler.compile(target))? else { return Ok(None) };
        let mut crowd = Self { names: targets.iter().map(ToString::to_string).collect(), rows, before: None };
        if question.supposed().is_some() && !question.ignore_override {
            crowd.before = Some(Defined { rows: None, places: Places::SAME });
        } else if question.supposed().is_some() {
            let mut compiler = Compiler::new(workspace, question.as_defined().options(question.semantics));
            let Some(rows) = Rows::compiled(targets, |target| compiler.compile(target))? else { return Ok(None) };
            let places = crowd.rows.places_in(&rows, Some);
            crowd.before = Some(Defined { rows: Some(rows), places });
        }
        Ok(Some(crowd))
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
        // A group counts once, or three times.
        let each = if self.before.is_some() { 3 } else { 1 };
        let too_many = |thread: &Counting| thread.groups.len() * self.names.len() * each > COUNTS;
        let note = |thread: &mut Counting, user: &Sighted<'_>| {
            if !counts(&user.supposed) || too_many(thread) {
                return;
            }
            thread.decide(self, user);
            let difference = self.before.as_ref().map(|_| &thread.difference);
            match group_by {
                None => thread.all.add(&thread.row, difference),
                Some(_) => {
                    for name in names(&user.supposed, group_by) {
                        thread.groups.entry(name).or_default().add(&thread.row, difference);
                    }
                }
            }
        };
        let seen = people.each(&mut threads, again, note, read)?;
        if threads.iter().any(too_many) {
            return Err(Unsure);
        }
        let users = threads.iter().map(|thread| thread.users).sum();
        let mut groups: BTreeMap<String, Counted> = BTreeMap::new();
        for thread in threads {
            let all = (group_by.is_none()).then(|| (String::new(), thread.all));
            for (name, tallies) in thread.groups.into_iter().chain(all) {
                groups.entry(name).or_default().add(tallies, self);
            }
        }
        Ok(Counts { users, seen, grouped: group_by.is_some(), groups })
    }

    /// Gives the counts as rows, by group and target in byte order; `take` may end it early with an error.
    pub fn rows<E>(&self, counts: &Counts, mut take: impl FnMut(SummaryRow<'_>) -> Result<(), E>) -> Result<(), E> {
        for (group, counted) in &counts.groups {
            let mut turned = counted.turned.iter().copied();
            for (target, allowed) in self.names.iter().zip(&counted.allowed) {
                let group = counts.grouped.then_some(group.as_str());
                take(SummaryRow { group, target, allowed: *allowed, denied: counted.members - allowed, turned: turned.next() })?;
            }
        }
        Ok(())
    }

    /// Every cell, users in order, for each the targets in order; `take` is given the user's id and the decisions in the order of the
    /// targets, with what is decided without what is supposed if anything is, and may end it early with an error. The people are those
    /// that were `seen`.
    pub fn each_user<E>(
        &self,
        people: &People<'_>,
        seen: Seen,
        shown: impl Fn(&Facets<'_>) -> bool,
        mut take: impl FnMut(&str, &[Decision], &[Was]) -> Result<(), E>,
    ) -> Result<Result<(), E>, Unsure> {
        let (mut row, mut decisions, mut was) = (Row::default(), Vec::with_capacity(self.names.len()), Vec::new());
        people.in_order(seen, |user| {
            if !shown(&user.supposed) {
                return Ok(());
            }
            was.clear();
            if let Some(before) = &self.before {
                let rows = before.rows.as_ref().unwrap_or(&self.rows);
                row.decide(rows, &user.defined);
                row.each(rows, |decision| was.push(Was::decided(decision.allowed)));
            }
            decisions.clear();
            row.decide(&self.rows, &user.supposed);
            row.each(&self.rows, |decision| decisions.push(decision));
            take(user.supposed.id, &decisions, &was)
        })
    }
}
