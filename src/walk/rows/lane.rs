//! One target: what its verdicts tell apart, and the tables of which verdict comes first.

use std::sync::Arc;

use super::Entry;
use crate::compile::{DecisionList, Predicate};
use crate::model::{Names, User, UserType};
use crate::walk::evaluate::Case;
use crate::walk::{Decision, Subject, Verdict, WhatIf, verdicts};

/// So many lists of roles of one target make a table; 2 to the power of it are its entries.
pub(super) const MOST_SLOTS: usize = 6;

/// A target.
#[derive(Debug)]
pub(super) struct Lane {
    /// Whom each verdict fits.
    predicates: Vec<Predicate>,
    /// The list, for what a walk of a single user needs beside the predicates.
    list: DecisionList,
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

    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any(one), Self::Any(other)) | (Self::All(one), Self::All(other)) => {
                Arc::ptr_eq(one, other) || one.iter().eq(other.iter())
            }
            _ => false,
        }
    }
}

impl Lane {
    pub(super) fn new(list: DecisionList) -> Self {
        let (predicates, decisions): (Vec<Predicate>, Vec<Decision>) =
            verdicts(&list).into_iter().map(|Verdict { when, decision }| (when, decision)).unzip();
        let mut slots: Vec<Slot> = Vec::new();
        for predicate in &predicates {
            predicate.atoms(&mut |atom| {
                if let Some(slot) = Slot::of(atom).filter(|slot| !slots.iter().any(|known| known.is(slot))) {
                    slots.push(slot);
                }
            });
        }
        let singly = slots.len() > MOST_SLOTS || decisions.len() > Entry::VERDICTS;
        if singly {
            slots.clear();
        }
        Self { predicates, list, decisions, slots, singly, tables: [0; 2] }
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
        let case = Case::new(&self.list, &subject);
        let verdict = |bits: usize| {
            let holds = |atom: &Predicate| match Slot::of(atom).and_then(|slot| self.slots.iter().position(|known| known.is(&slot))) {
                Some(slot) => bits >> slot & 1 == 1,
                None => case.holds(atom),
            };
            self.first(|predicate| predicate.holds(&holds))
        };
        let entry = |verdict| Entry::new(verdict, self.allows(verdict));
        (0..1 << self.slots.len()).map(|bits| entry(verdict(bits))).collect()
    }

    /// Which verdict comes first for one user.
    pub(super) fn single(&self, subject: &Subject<'_>) -> usize {
        let case = Case::new(&self.list, subject);
        self.first(|predicate| case.holds(predicate))
    }

    fn first(&self, fits: impl Fn(&Predicate) -> bool) -> usize {
        // The last one fits everybody.
        self.predicates.iter().position(fits).unwrap_or(self.predicates.len().saturating_sub(1))
    }

    pub(super) fn allows(&self, verdict: usize) -> bool {
        self.decisions.get(verdict).is_some_and(|decision| decision.allowed)
    }
}
