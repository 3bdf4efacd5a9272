//! The walk of one user over all lanes at once: at each arm, those for which it applies leave those for which it does not.
//!
//! What differs from the walk of one resource is that an arm applies for some lanes and not for others. What an outcome means is
//! said by [`Course`], and what a predicate comes to by the one evaluation that there is.

use super::bits::{self, Pool, WIDTH};
use super::left::Left;
use super::rules::Tree;
use super::sheet::Sheet;
use crate::compile::{Gate, ResourceTest, Stage};
use crate::walk::Subject;
use crate::walk::decision::Decision;
use crate::walk::formula::Formula;
use crate::walk::walker::Course;

/// Walks the lists of a sheet for one user after another.
///
/// Behind the lanes that resources share stand, for each user, those resources for which a test of few users holds: the user's own.
#[derive(Debug)]
pub(super) struct Walk<'s> {
    sheet: &'s Sheet,
    left: Left<'s>,
    /// The resources that have a lane of their own, in order.
    own: Vec<u32>,
    /// For which lanes atoms hold, as far as that was asked.
    atoms: Vec<Option<Vec<u64>>>,
    pool: Pool,
}

/// Lanes that are on one course.
struct Branch {
    course: Course,
    lanes: Vec<u64>,
}

impl<'s> Walk<'s> {
    pub(super) fn new(sheet: &'s Sheet) -> Self {
        let atoms = sheet.rules.atoms.iter().map(|_| None).collect();
        Self { sheet, left: Left::new(&sheet.rules, &sheet.shared), own: Vec::new(), atoms, pool: Pool::default() }
    }

    /// Turns to a user.
    pub(super) fn turn_to(&mut self, subject: &Subject<'_>) {
        for bits in self.atoms.iter_mut().filter_map(Option::take) {
            self.pool.give(bits);
        }
        self.left.ask(subject);
        self.own.clear();
        let Sheet { table, lanes, .. } = self.sheet;
        for test in self.left.tests() {
            for single in test.ask.singles().filter(|single| lanes.find(&test.name, *single).is_none()) {
                table.holders(&test.name, single, self.sheet.teams(), |holders| self.own.extend(holders));
            }
        }
        self.own.sort_unstable();
        self.own.dedup();
    }

    /// The resources that have a lane of their own.
    pub(super) fn own(&self) -> &[u32] {
        &self.own
    }

    /// How many words the shared lanes take; those of single resources come behind.
    pub(super) fn shared_words(&self) -> usize {
        bits::words(self.sheet.lanes.count())
    }

    /// The lane of a resource.
    pub(super) fn lane(&self, resource: u32) -> usize {
        match self.own.binary_search(&resource) {
            Ok(at) => self.shared_words() * WIDTH + at,
            Err(_) => self.shared_lane(resource),
        }
    }

    /// The lane that a resource shares with others.
    pub(super) fn shared_lane(&self, resource: u32) -> usize {
        self.sheet.lanes.of(resource)
    }

    /// The lanes that a list allows.
    pub(super) fn allowed(&mut self, list: usize) -> Vec<u64> {
        let mut allowed = self.pool.empty(self.shared_words() + bits::words(self.own.len()));
        self.decide(list, |decision, lanes| {
            if decision.allowed {
                bits::or(&mut allowed, lanes);
            }
        });
        allowed
    }

    /// Takes lanes back, so that their memory is used again.
    pub(super) fn give(&mut self, lanes: Vec<u64>) {
        self.pool.give(lanes);
    }

    /// Every lane is in just one of these, with its decision.
    pub(super) fn decide(&mut self, list: usize, mut take: impl FnMut(Decision, &[u64])) {
        let Some(numbered) = self.sheet.rules.lists.get(list) else { return };
        // The arms of lists before come first.
        let before = self.sheet.rules.lists.iter().take(list).map(|numbered| numbered.stages.iter().flatten().map(Vec::len).sum::<usize>());
        let mut next_arm = before.sum();
        let mut branches = vec![Branch { course: Course::default(), lanes: self.all() }];
        for (stage, trees) in numbered.list.stages.iter().zip(&numbered.stages) {
            for branch in &mut branches {
                branch.course = branch.course.entering();
            }
            branches = self.joined(branches);
            for (gate, trees) in stage.gates.iter().zip(trees) {
                let mut after = Vec::with_capacity(branches.len() + 1);
                for branch in branches {
                    self.through(branch, (stage, gate, trees), next_arm, &mut after);
                }
                branches = self.joined(after);
                next_arm += trees.len();
            }
        }
        for Branch { course, lanes } in branches {
            take(course.end(), &lanes);
            self.pool.give(lanes);
        }
    }

    fn all(&mut self) -> Vec<u64> {
        let shared = self.shared_words();
        let mut all = self.pool.empty(shared + bits::words(self.own.len()));
        let (of_many, own) = all.split_at_mut(shared);
        bits::fill(of_many, self.sheet.lanes.count());
        bits::fill(own, self.own.len());
        all
    }

    /// Takes a branch through a gate; its lanes go on as the first arm that applies says.
    fn through(&mut self, mut branch: Branch, at: (&Stage, &Gate, &[Tree]), first_arm: usize, after: &mut Vec<Branch>) {
        let (stage, gate, trees) = at;
        if branch.course.is_decided() {
            after.push(Branch { course: branch.course.after(stage, gate, None), ..branch });
            return;
        }
        for (number, (arm, tree)) in (first_arm..).zip(gate.arms.iter().zip(trees)) {
            let applying = match self.left.arms().get(number).copied().flatten() {
                Some(false) => continue,
                Some(true) => {
                    after.push(Branch { course: branch.course.after(stage, gate, Some(arm)), lanes: branch.lanes });
                    return;
                }
                None => {
                    let mut lanes = self.pool.copy(&branch.lanes);
                    self.narrow(tree, &mut lanes);
                    lanes
                }
            };
            if bits::is_empty(&applying) {
                self.pool.give(applying);
                continue;
            }
            bits::minus(&mut branch.lanes, &applying);
            after.push(Branch { course: branch.course.after(stage, gate, Some(arm)), lanes: applying });
        }
        after.push(Branch { course: branch.course.after(stage, gate, None), lanes: branch.lanes });
    }

    /// Branches on one course are one, and those without lanes are none.
    fn joined(&mut self, branches: Vec<Branch>) -> Vec<Branch> {
        let mut joined: Vec<Branch> = Vec::with_capacity(branches.len());
        for branch in branches {
            match joined.iter_mut().find(|known| known.course == branch.course) {
                Some(known) => bits::or(&mut known.lanes, &branch.lanes),
                None if !bits::is_empty(&branch.lanes) => {
                    joined.push(branch);
                    continue;
                }
                None => {}
            }
            self.pool.give(branch.lanes);
        }
        joined
    }

    /// Keeps the lanes for which a predicate holds.
    fn narrow(&mut self, tree: &Tree, lanes: &mut [u64]) {
        match tree.settled(&mut |atom| self.left.constant(atom)) {
            Some(true) => return,
            Some(false) => return lanes.fill(0),
            None => {}
        }
        match tree {
            Tree::Constant(_) => {}
            Tree::Atom(atom) => {
                let known = self.atoms.get_mut(*atom).and_then(Option::take);
                let holding = known.unwrap_or_else(|| self.holding(*atom));
                bits::and(lanes, &holding);
                if let Some(known) = self.atoms.get_mut(*atom) {
                    *known = Some(holding);
                }
            }
            Tree::Not(inner) => {
                let mut without = self.pool.copy(lanes);
                self.narrow(inner, &mut without);
                bits::minus(lanes, &without);
                self.pool.give(without);
            }
            Tree::All(parts) => parts.iter().for_each(|part| self.narrow(part, lanes)),
            Tree::Any(parts) => {
                let mut all = self.pool.empty(lanes.len());
                for part in parts {
                    let mut some = self.pool.copy(lanes);
                    self.narrow(part, &mut some);
                    bits::or(&mut all, &some);
                    self.pool.give(some);
                }
                lanes.copy_from_slice(&all);
                self.pool.give(all);
            }
        }
    }

    /// The lanes for which an atom holds. Beyond all lanes there may be more.
    fn holding(&mut self, atom: usize) -> Vec<u64> {
        let words = self.shared_words() + bits::words(self.own.len());
        let mut lanes = self.pool.empty(words);
        let Self { left, sheet, own, pool, .. } = self;
        Asking { sheet, own, pool, words }.add(left.formula(atom), &mut lanes);
        lanes
    }
}

/// What it takes to find the lanes for which a formula holds.
struct Asking<'w, 's> {
    sheet: &'s Sheet,
    own: &'w [u32],
    pool: &'w mut Pool,
    words: usize,
}

impl Asking<'_, '_> {
    /// Adds the lanes for which a formula holds.
    fn add(&mut self, formula: &Formula, lanes: &mut [u64]) {
        match formula {
            Formula::Constant(true) => lanes.fill(u64::MAX),
            Formula::Constant(false) => {}
            Formula::Test(test) => self.add_tested(test, lanes),
            Formula::Any(parts) => parts.iter().for_each(|part| self.add(part, lanes)),
            Formula::Not(inner) => {
                let mut without = self.pool.empty(self.words);
                self.add(inner, &mut without);
                for word in &mut without {
                    *word = !*word;
                }
                bits::or(lanes, &without);
                self.pool.give(without);
            }
            Formula::All(parts) => {
                let mut all = self.pool.empty(self.words);
                all.fill(u64::MAX);
                for part in parts {
                    let mut some = self.pool.empty(self.words);
                    self.add(part, &mut some);
                    bits::and(&mut all, &some);
                    self.pool.give(some);
                }
                bits::or(lanes, &all);
                self.pool.give(all);
            }
        }
    }

    fn add_tested(&self, test: &ResourceTest, lanes: &mut [u64]) {
        let Sheet { table, lanes: shared, .. } = self.sheet;
        let (of_many, of_own) = lanes.split_at_mut(bits::words(shared.count()));
        for single in test.ask.singles() {
            let set = shared.find(&test.name, single);
            if let Some(set) = set {
                set.add_to(of_many);
            }
            for (at, resource) in self.own.iter().enumerate() {
                let holds = match set {
                    Some(set) => set.has(shared.of(*resource)),
                    None => table.attribute(*resource, &test.name).is_some_and(|attribute| single.holds(attribute, self.sheet.teams())),
                };
                if holds {
                    bits::set(of_own, at);
                }
            }
        }
    }
}
