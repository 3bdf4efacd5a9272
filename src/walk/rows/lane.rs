//! One target: what its verdicts tell apart, and the tables of which verdict comes first.

use std::sync::Arc;

use super::Entry;
use crate::compile::{DecisionList, Predicate, Ways};
use crate::model::{Names, User, UserType};
use crate::walk::evaluate::Case;
use crate::walk::{Decision, Subject, Verdict, WhatIf, verdicts};

/// So many lists of roles of one target make a table; 2 to the power of it are its entries, a bit of [`Ways`] each.
pub(super) const MOST_SLOTS: usize = Ways::BITS.ilog2() as usize;

/// A target.
#[derive(Debug)]
pub(super) struct Lane {
    /// Whom each verdict fits.
    predicates: Vec<Predicate>,
    pub(super) decisions: Vec<Decision>,
    /// The lists of roles that verdicts ask for: each is a bit. Empty where they are more than a table holds.
    pub(super) slots: Vec<Slot>,
    /// Whether every user is decided by the predicates.
    pub(super) singly: bool,
    /// The tables of each type, for users of entities that are not named.
    pub(super) tables: [usize; 2],
}

/// What a bit stands for.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// One of these roles.
    Any(Arc<Names>),
    /// All of these roles.
    All(Arc<Names>),
}

impl Slot {
    fn of(atom: &Predicate) -> Option<Self> {
        match atom {
            // What an empty list comes to does not depend on roles.
            Predicate::HasAnyRole(list) if !list.is_empty() => Some(Self::Any(Arc::clone(list))),
            Predicate::HasAllRoles(list) if !list.is_empty() => Some(Self::All(Arc::clone(list))),
            _ => None,
        }
    }

    /// Whether it is the bit of this atom.
    fn is_of(&self, atom: &Predicate) -> bool {
        match (self, atom) {
            (Self::Any(one), Predicate::HasAnyRole(other)) | (Self::All(one), Predicate::HasAllRoles(other)) => {
                Arc::ptr_eq(one, other) || one.iter().eq(other.iter())
            }
            _ => false,
        }
    }

    /// Of all ways that bits can be, those in which the bit of this number is set.
    fn ways(number: usize) -> Ways {
        (0..Ways::BITS).filter(|way| way >> number & 1 == 1).fold(0, |ways, way| ways | 1 << way)
    }
}

impl Lane {
    pub(super) fn new(list: &DecisionList) -> Self {
        let (predicates, decisions): (Vec<Predicate>, Vec<Decision>) =
            verdicts(list).into_iter().map(|Verdict { when, decision }| (when, decision)).unzip();
        let mut slots: Vec<Slot> = Vec::new();
        for predicate in &predicates {
            predicate.atoms(&mut |atom| {
                if !slots.iter().any(|known| known.is_of(atom)) {
                    slots.extend(Slot::of(atom));
                }
            });
        }
        let singly = slots.len() > MOST_SLOTS || decisions.len() > Entry::VERDICTS;
        if singly {
            slots.clear();
        }
        Self { predicates, decisions, slots, singly, tables: [0; 2] }
    }

    /// The lists of entities that verdicts name.
    pub(super) fn entity_lists(&self) -> Vec<&Arc<Names>> {
        self.lists(|atom| if let Predicate::EntityIn(list) = atom { Some(list) } else { None })
    }

    /// The lists of user ids that verdicts name.
    pub(super) fn id_lists(&self) -> Vec<&Arc<Names>> {
        self.lists(|atom| if let Predicate::UserIdIn(list) = atom { Some(list) } else { None })
    }

    fn lists<'l>(&'l self, of: impl Fn(&'l Predicate) -> Option<&'l Arc<Names>>) -> Vec<&'l Arc<Names>> {
        let mut lists: Vec<&Arc<Names>> = Vec::new();
        for predicate in &self.predicates {
            predicate.atoms(&mut |atom| {
                if let Some(list) = of(atom).filter(|list| !lists.iter().any(|known| Arc::ptr_eq(known, list))) {
                    lists.push(list);
                }
            });
        }
        lists
    }

    /// The table for users of a type and an entity whom no list names: for each way the bits can be, which verdict comes first.
    pub(super) fn table(&self, user_type: UserType, entity: Option<&str>, user: &User, no_changes: &WhatIf) -> Vec<Entry> {
        let subject = Subject::supposed(user_type, entity, user, no_changes);
        let case = Case::of_facets(&subject);
        let ways = |atom: &Predicate| match self.slots.iter().position(|slot| slot.is_of(atom)) {
            Some(slot) => Slot::ways(slot),
            None if case.holds(atom) => Ways::MAX,
            None => 0,
        };
        // The last one fits everybody.
        let mut table = vec![self.entry(self.predicates.len().saturating_sub(1)); 1 << self.slots.len()];
        let mut left = Ways::MAX;
        for (verdict, predicate) in self.predicates.iter().enumerate() {
            let fits = left & predicate.ways(&ways);
            left &= !fits;
            let own = table.iter_mut().enumerate().filter(|(way, _)| fits >> way & 1 == 1);
            own.for_each(|(_, entry)| *entry = self.entry(verdict));
        }
        table
    }

    fn entry(&self, verdict: usize) -> Entry {
        Entry::new(verdict, self.allows(verdict))
    }

    /// Which verdict comes first for one user.
    pub(super) fn single(&self, subject: &Subject<'_>) -> usize {
        let case = Case::of_facets(subject);
        // The last one fits everybody.
        self.predicates.iter().position(|predicate| case.holds(predicate)).unwrap_or(self.predicates.len().saturating_sub(1))
    }

    pub(super) fn allows(&self, verdict: usize) -> bool {
        self.decisions.get(verdict).is_some_and(|decision| decision.allowed)
    }
}
