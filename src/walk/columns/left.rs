//! What the rules leave to ask of a resource, for one user.

use super::rules::Rules;
use crate::compile::{Predicate, ResourceTest};
use crate::walk::Subject;
use crate::walk::evaluate::Case;
use crate::walk::formula::Formula;

/// What the atoms that look at the resource alone come to: the same for every user, by atom.
#[derive(Debug, Default)]
pub(super) struct Shared(Vec<Option<Formula>>);

/// What the rules leave to ask of a resource, for one user after another.
#[derive(Debug)]
pub(super) struct Left<'r> {
    rules: &'r Rules,
    shared: &'r Shared,
    /// By atom, of those that were looked at.
    formulas: Vec<Option<Formula>>,
    looked_at: Vec<usize>,
    /// For each arm of each list whether it applies, where that does not hang on the resource.
    arms: Vec<Option<bool>>,
}

impl Shared {
    /// Any user will do.
    pub(super) fn new(rules: &Rules, subject: &Subject<'_>) -> Self {
        let Some(list) = rules.lists.first().map(|numbered| &numbered.list) else { return Self(Vec::new()) };
        let case = Case::new(list, subject);
        let shared = rules.atoms.iter().map(|atom| match atom {
            Predicate::Compare(comparison) if comparison.is_of_resource() => Some(case.evaluate(atom)),
            _ => None,
        });
        Self(shared.collect())
    }

    /// The tests in them.
    pub(super) fn tests(&self) -> Vec<&ResourceTest> {
        let mut tests = Vec::new();
        self.0.iter().flatten().for_each(|formula| formula.tests(&mut tests));
        tests
    }

    fn get(&self, atom: usize) -> Option<&Formula> {
        self.0.get(atom)?.as_ref()
    }
}

impl<'r> Left<'r> {
    pub(super) fn new(rules: &'r Rules, shared: &'r Shared) -> Self {
        let formulas = rules.atoms.iter().map(|_| None).collect();
        Self { rules, shared, formulas, looked_at: Vec::new(), arms: Vec::new() }
    }

    /// Finds out for a user, and forgets the one before. Only atoms that can matter are looked at.
    pub(super) fn ask(&mut self, subject: &Subject<'_>) {
        for atom in self.looked_at.drain(..) {
            self.formulas.get_mut(atom).into_iter().for_each(|formula| *formula = None);
        }
        let mut arms = std::mem::take(&mut self.arms);
        arms.clear();
        for numbered in &self.rules.lists {
            let case = Case::new(&numbered.list, subject);
            for gate in numbered.stages.iter().flatten() {
                let mut passed = false;
                for tree in gate {
                    // What comes after an arm that always applies never does.
                    let applies = if passed { Some(false) } else { tree.settled(&mut |atom| self.settled(&case, atom)) };
                    passed |= applies == Some(true);
                    arms.push(applies);
                }
            }
        }
        self.arms = arms;
    }

    fn settled(&mut self, case: &Case<'_, '_>, atom: usize) -> Option<bool> {
        let formula = match self.shared.get(atom) {
            Some(formula) => formula,
            None => {
                let (formula, predicate) = (self.formulas.get_mut(atom)?, self.rules.atoms.get(atom)?);
                formula.get_or_insert_with(|| {
                    self.looked_at.push(atom);
                    case.evaluate(predicate)
                })
            }
        };
        match formula {
            Formula::Constant(value) => Some(*value),
            _ => None,
        }
    }

    /// What an atom comes to; for one that was not looked at, because it does not matter: nothing.
    pub(super) fn formula(&self, atom: usize) -> &Formula {
        let own = || self.formulas.get(atom)?.as_ref();
        self.shared.get(atom).or_else(own).unwrap_or(&Formula::FALSE)
    }

    /// The same, if it does not hang on the resource.
    pub(super) fn constant(&self, atom: usize) -> Option<bool> {
        match self.formula(atom) {
            Formula::Constant(value) => Some(*value),
            _ => None,
        }
    }

    /// For each arm of each list whether it applies, where that does not hang on the resource.
    pub(super) fn arms(&self) -> &[Option<bool>] {
        &self.arms
    }

    /// The tests that are this user's own, each with the atom in which it stands.
    pub(super) fn tests(&self) -> impl Iterator<Item = (usize, &ResourceTest)> {
        self.looked_at.iter().flat_map(|atom| {
            let mut tests = Vec::new();
            self.formula(*atom).tests(&mut tests);
            tests.into_iter().map(|test| (*atom, test))
        })
    }
}
