//! Conditions put to a SAT solver, whose search is bounded.

use std::cell::Cell;

use batsat::{Callbacks, Lit, Solver, SolverInterface, lbool};

/// Ends a search that takes too long: formulas are written by people, but a file can come from anywhere.
#[derive(Default)]
struct Bounded {
    steps: Cell<u64>,
}

/// So many steps are a second or so.
const STEPS: u64 = 200_000;

impl Callbacks for Bounded {
    fn on_start(&mut self) {
        self.steps.set(0);
    }

    fn stop(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        self.steps.get() > STEPS
    }
}

/// Variables, and what is known to hold of them.
pub(super) struct Sat {
    solver: Solver<Bounded>,
    truth: Lit,
    /// Whether every search was ended by an answer.
    pub(super) complete: bool,
}

impl Sat {
    pub(super) fn new() -> Self {
        let mut solver = Solver::<Bounded>::default();
        let truth = Lit::new(solver.new_var_default(), true);
        let mut sat = Self { solver, truth, complete: true };
        sat.clause(&[truth]);
        sat
    }

    /// What always holds, or never does.
    pub(super) fn constant(&self, value: bool) -> Lit {
        if value { self.truth } else { !self.truth }
    }

    /// Something that may hold or not.
    pub(super) fn variable(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// Says that one of these holds.
    pub(super) fn clause(&mut self, lits: &[Lit]) {
        self.solver.add_clause_reuse(&mut lits.to_vec());
    }

    /// Says that no two of these hold.
    pub(super) fn at_most_one(&mut self, lits: &[Lit]) {
        for (at, one) in lits.iter().enumerate() {
            for other in lits.iter().skip(at + 1) {
                self.clause(&[!*one, !*other]);
            }
        }
    }

    /// What holds just where one of these does.
    pub(super) fn any(&mut self, lits: &[Lit]) -> Lit {
        match lits {
            [] => !self.truth,
            [one] => *one,
            lits => {
                let lit = self.variable();
                let mut clause = vec![!lit];
                for one in lits {
                    self.clause(&[!*one, lit]);
                    clause.push(*one);
                }
                self.clause(&clause);
                lit
            }
        }
    }

    /// What holds just where all of these do.
    pub(super) fn all(&mut self, lits: &[Lit]) -> Lit {
        let negated: Vec<Lit> = lits.iter().map(|lit| !*lit).collect();
        !self.any(&negated)
    }

    /// Whether it was found that this can hold; where it was not, `complete` says whether it cannot.
    pub(super) fn could(&mut self, lit: Lit) -> bool {
        let found = self.solver.solve_limited(&[lit]);
        // What was not found in time is as unknown as what was not looked at.
        self.complete &= found == lbool::TRUE || found == lbool::FALSE;
        found == lbool::TRUE
    }
}
