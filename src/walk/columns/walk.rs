//! The walk of one user over all lanes at once: at each arm, those for which it applies leave those for which it does not.
//!
//! What differs from the walk of one resource is that an arm applies for some lanes and not for others. What an outcome means is
//! said by [`Course`], and what a predicate comes to by the one evaluation that there is.

use super::asking::{Asking, is_found_by_value};
use super::bits::{self, Bits, Pool, Shape};
use super::left::Left;
use super::rules::Tree;
use super::sheet::Sheet;
use crate::compile::{Gate, Stage};
use crate::walk::Subject;
use crate::walk::decision::Decision;
use crate::walk::walker::Course;

/// Walks the lists of a sheet for one user after another.
///
/// Beside the lanes that resources share stand, for each user, those resources for which a test of few users holds: the user's own.
#[derive(Debug)]
pub(super) struct Walk<'s> {
    sheet: &'s Sheet,
    left: Left<'s>,
    /// The resources that have a lane of their own, in order.
    pub(super) own: Vec<u32>,
    /// For which lanes atoms hold, as far as that was asked.
    atoms: Vec<Option<Bits>>,
    pub(super) pool: Pool,
}

/// Lanes that are on one course.
struct Branch {
    course: Course,
    lanes: Bits,
}

/// Where a resource's lane is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lane {
    /// It is one of its own.
    Own(usize),
    /// It is shared with others.
    Shared(usize),
}

impl<'s> Walk<'s> {
    pub(super) fn new(sheet: &'s Sheet) -> Self {
        let atoms = sheet.rules.atoms.iter().map(|_| None).collect();
        Self { sheet, left: Left::new(&sheet.rules, &sheet.shared), own: Vec::new(), atoms, pool: Pool::default() }
    }

    /// Turns to a user.
    pub(super) fn turn_to(&mut self, subject: &Subject<'_>) {
        self.forget_atoms();
        self.left.ask(subject);
        self.own.clear();
        let mut unordered = Vec::new();
        let Sheet { table, lanes, .. } = self.sheet;
        for (atom, test) in self.left.tests() {
            for single in test.ask.singles().filter(|single| lanes.find(&test.name, *single).is_none()) {
                if is_found_by_value(single) {
                    table.holding(&test.name, single, self.sheet.teams()).stretches().for_each(|some| self.own.extend(some));
                } else if !unordered.contains(&atom) {
                    unordered.push(atom);
                }
            }
        }
        if !unordered.is_empty() {
            self.own_where_it_matters(&unordered);
        }
        self.own.sort_unstable();
        self.own.dedup();
        let own = bits::words(self.own.len());
        self.pool.shape = Shape { own, all: own + bits::words(lanes.count()) };
    }

    /// Forgets for which lanes atoms hold.
    pub(super) fn forget_atoms(&mut self) {
        for bits in self.atoms.iter_mut().filter_map(Option::take) {
            self.pool.give(bits);
        }
    }

    pub(super) fn sheet(&self) -> &'s Sheet {
        self.sheet
    }

    /// Whether it hangs on the resource whether an arm applies, counted over all lists.
    pub(super) fn is_open(&self, arm: usize) -> bool {
        self.left.arms().get(arm).is_some_and(Option::is_none)
    }

    /// The resources that have a lane of their own.
    pub(super) fn own(&self) -> &[u32] {
        &self.own
    }

    /// The lane of a resource.
    pub(super) fn lane(&self, resource: u32) -> Lane {
        self.own.binary_search(&resource).map_or_else(|_| Lane::Shared(self.shared_lane(resource)), Lane::Own)
    }

    /// The lane that a resource shares with others.
    pub(super) fn shared_lane(&self, resource: u32) -> usize {
        self.sheet.lanes.of(resource)
    }

    /// The lanes that a list allows.
    pub(super) fn allowed(&mut self, list: usize) -> Bits {
        let mut allowed = self.pool.empty();
        self.decide(list, |decision, lanes| {
            if decision.allowed {
                allowed.or(lanes);
            }
        });
        allowed
    }

    /// Takes lanes back, so that their memory is used again.
    pub(super) fn give(&mut self, lanes: Bits) {
        self.pool.give(lanes);
    }

    /// Every lane is in just one of these, with its decision.
    pub(super) fn decide(&mut self, list: usize, mut take: impl FnMut(Decision, &Bits)) {
        let Some(numbered) = self.sheet.rules.lists.get(list) else { return };
        let mut next_arm = self.sheet.rules.arms_before(list);
        let mut all = self.pool.empty();
        all.fill(self.own.len(), self.sheet.lanes.count());
        let mut branches = vec![Branch { course: Course::default(), lanes: all }];
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
                None => self.kept(tree, &branch.lanes),
            };
            if applying.is_empty() {
                self.pool.give(applying);
                continue;
            }
            branch.lanes.minus(&applying);
            after.push(Branch { course: branch.course.after(stage, gate, Some(arm)), lanes: applying });
        }
        after.push(Branch { course: branch.course.after(stage, gate, None), lanes: branch.lanes });
    }

    /// Branches on one course are one, and those without lanes are none.
    fn joined(&mut self, branches: Vec<Branch>) -> Vec<Branch> {
        let mut joined: Vec<Branch> = Vec::with_capacity(branches.len());
        for branch in branches {
            match joined.iter_mut().find(|known| known.course == branch.course) {
                Some(known) => known.lanes.or(&branch.lanes),
                None if !branch.lanes.is_empty() => {
                    joined.push(branch);
                    continue;
                }
                None => {}
            }
            self.pool.give(branch.lanes);
        }
        joined
    }

    /// The lanes, of some, for which a predicate holds.
    pub(super) fn kept(&mut self, tree: &Tree, of: &Bits) -> Bits {
        match (tree.settled(&mut |atom| self.left.constant(atom)), tree) {
            (Some(true), _) => self.pool.copy(of),
            (Some(false), _) | (None, Tree::Constant(_)) => self.pool.empty(),
            (None, Tree::Atom(atom)) => {
                let known = self.atoms.get_mut(*atom).and_then(Option::take);
                let holding = known.unwrap_or_else(|| self.holding(*atom));
                let kept = self.pool.both(of, &holding);
                if let Some(known) = self.atoms.get_mut(*atom) {
                    *known = Some(holding);
                }
                kept
            }
            (None, Tree::Not(inner)) => {
                let without = self.kept(inner, of);
                let mut kept = self.pool.copy(of);
                kept.minus(&without);
                self.pool.give(without);
                kept
            }
            (None, Tree::All(parts)) => {
                let mut kept: Option<Bits> = None;
                for part in parts.iter().filter(|part| !matches!(part, Tree::Constant(true))) {
                    let next = self.kept(part, kept.as_ref().unwrap_or(of));
                    kept.replace(next).into_iter().for_each(|before| self.pool.give(before));
                }
                kept.unwrap_or_else(|| self.pool.copy(of))
            }
            (None, Tree::Any(parts)) => {
                let mut kept = self.pool.empty();
                for part in parts {
                    let more = self.kept(part, of);
                    kept.or(&more);
                    self.pool.give(more);
                }
                kept
            }
        }
    }

    /// The lanes for which an atom holds. There may be others that are none.
    fn holding(&mut self, atom: usize) -> Bits {
        let Self { sheet, left, own, pool, .. } = self;
        Asking { sheet, own, pool }.passing(left.formula(atom))
    }
}
