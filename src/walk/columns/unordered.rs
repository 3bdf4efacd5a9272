//! Tests of single users for which there is no short way from a value to the resources: of the order of values, and of likeness.
//!
//! That an amount is at most what this very user may refund holds for half of all tickets. It matters for those alone for which
//! everything else holds that the rule asks for.

use super::bits::{self, Bits, Shape};
use super::rules::Tree;
use super::walk::Walk;

impl Walk<'_> {
    /// Gives lanes of their own to the resources for which atoms with such tests could make a difference.
    pub(super) fn own_where_it_matters(&mut self, atoms: &[usize]) {
        let sheet = self.sheet();
        // Resources for which other tests of this user hold have a lane of their own already; for all others these do not hold.
        let own = std::mem::take(&mut self.own);
        self.pool.shape = Shape { own: 0, all: bits::words(sheet.lanes.count()) };
        let trees = sheet.rules.lists.iter().flat_map(|numbered| &numbered.stages).flatten().flatten();
        let mut matters = self.pool.empty();
        for (number, tree) in trees.enumerate().filter(|(_, tree)| tree.has_one_of(atoms)) {
            if self.is_open(number) {
                let mut all = self.pool.empty();
                all.fill(0, sheet.lanes.count());
                let could = self.could_apply(tree, &all, atoms);
                matters.or(&could);
                self.pool.give(all);
                self.pool.give(could);
            }
        }
        self.own = own;
        self.own.extend(sheet.lanes.members(&matters));
        self.pool.give(matters);
        self.forget_atoms();
    }

    /// The lanes, of some, for which a predicate holds whatever the atoms come to, or could hold.
    fn could_apply(&mut self, tree: &Tree, of: &Bits, atoms: &[usize]) -> Bits {
        if !tree.has_one_of(atoms) {
            return self.kept(tree, of);
        }
        match tree {
            Tree::All(parts) => {
                let mut could = self.pool.copy(of);
                for part in parts {
                    let next = self.could_apply(part, &could, atoms);
                    self.pool.give(std::mem::replace(&mut could, next));
                }
                could
            }
            Tree::Any(parts) => {
                let mut could = self.pool.empty();
                for part in parts {
                    let more = self.could_apply(part, of, atoms);
                    could.or(&more);
                    self.pool.give(more);
                }
                could
            }
            Tree::Constant(_) | Tree::Atom(_) | Tree::Not(_) => self.pool.copy(of),
        }
    }
}

impl Tree {
    /// Whether one of some atoms stands in it.
    fn has_one_of(&self, atoms: &[usize]) -> bool {
        match self {
            Self::Constant(_) => false,
            Self::Atom(atom) => atoms.contains(atom),
            Self::Not(inner) => inner.has_one_of(atoms),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.has_one_of(atoms)),
        }
    }
}
