//! The resources of one type and the lists that are asked about them.

use std::sync::Arc;

use super::choice::{SAMPLE, choose};
use super::lanes::Lanes;
use super::left::Shared;
use super::rules::Rules;
use super::table::Table;
use crate::compile::{DecisionList, Teams};
use crate::model::permissions::Attributes;
use crate::walk::Subject;

/// The resources of one type and the lists that are asked about them.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) rules: Rules,
    pub(super) shared: Shared,
    pub(super) table: Table,
    pub(super) lanes: Lanes,
    nobody: Teams,
}

impl Sheet {
    /// Compares the resources by what some of the users ask; `subject` makes the one of a number below `users`.
    pub(super) fn new<'u>(
        lists: Vec<DecisionList>,
        resources: Vec<Arc<Attributes>>,
        users: usize,
        subject: &impl Fn(usize) -> Option<Subject<'u>>,
    ) -> Self {
        let rules = Rules::new(lists);
        let table = Table::new(resources, rules.names());
        let shared = subject(0).map_or_else(Shared::default, |any| Shared::new(&rules, &any));
        let mut sheet = Self { rules, shared, table, lanes: Lanes::default(), nobody: Teams::default() };
        let sample = (0..users).step_by(users.div_ceil(SAMPLE).max(1)).filter_map(subject);
        let tests = choose((&sheet.rules, &sheet.shared), &sheet.table, sheet.teams(), users, sample);
        sheet.lanes = Lanes::new(&sheet.table, sheet.teams(), &tests);
        sheet
    }

    /// The teams.
    pub(super) fn teams(&self) -> &Teams {
        let holdings = self.rules.lists.first().and_then(|numbered| numbered.list.holdings.as_ref());
        holdings.map_or(&self.nobody, |holdings| holdings.teams())
    }
}
