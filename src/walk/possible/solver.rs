//! Whether a resource could be: formulas over attributes, put to a SAT solver.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

use batsat::{Callbacks, Lit, Solver, SolverInterface, lbool};

use super::elements::{Element, elements};
use crate::compile::{Ask, ResourceTest, Teams};
use crate::model::permissions::TEAM_ID;
use crate::walk::formula::Formula;

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

/// The resources that could be, as variables: of each attribute whether it is there, and which elements it has.
pub(super) struct Possible<'f> {
    solver: Solver<Bounded>,
    attributes: BTreeMap<&'f str, Attribute<'f>>,
    tests: HashMap<&'f ResourceTest, Lit>,
    truth: Lit,
    are_teams: bool,
    /// Whether there are no resources beside these; where not, one that could not be may be all the same.
    pub(super) complete: bool,
}

/// One attribute.
struct Attribute<'f> {
    there: Lit,
    /// The tests, each with its place in an element.
    asks: HashMap<&'f Ask, usize>,
    elements: Vec<Element>,
    has: Vec<Lit>,
}

impl<'f> Possible<'f> {
    /// The resources that the tests tell apart. With `are_teams` they are teams: each in itself alone.
    pub(super) fn new(tests: &[&'f ResourceTest], teams: &Teams, are_teams: bool) -> Self {
        let mut asked: BTreeMap<&'f str, Vec<&'f Ask>> = BTreeMap::new();
        let mut seen: HashSet<&'f ResourceTest> = HashSet::new();
        for test in tests.iter().filter(|test| seen.insert(test)) {
            asked.entry(&test.name).or_default().push(&test.ask);
        }
        let mut solver = Solver::<Bounded>::default();
        let truth = Lit::new(solver.new_var_default(), true);
        let mut all = Self { solver, attributes: BTreeMap::new(), tests: HashMap::new(), truth, are_teams, complete: true };
        all.clause(&[truth]);
        for (name, asks) in asked {
            let elements = elements(name, &asks, teams);
            all.complete &= elements.complete;
            let attribute = all.attribute(asks, elements.all);
            if are_teams {
                all.of_team(name, &attribute);
            }
            all.attributes.insert(name, attribute);
        }
        for test in tests {
            if !all.tests.contains_key(test) {
                let lit = all.test(test);
                all.tests.insert(test, lit);
            }
        }
        all
    }

    fn new_lit(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    fn clause(&mut self, lits: &[Lit]) {
        self.solver.add_clause_reuse(&mut lits.to_vec());
    }

    fn attribute(&mut self, asks: Vec<&'f Ask>, elements: Vec<Element>) -> Attribute<'f> {
        let asks = asks.into_iter().enumerate().map(|(at, ask)| (ask, at)).collect();
        self.attribute_of(asks, elements)
    }

    fn attribute_of(&mut self, asks: HashMap<&'f Ask, usize>, elements: Vec<Element>) -> Attribute<'f> {
        let there = self.new_lit();
        let has: Vec<Lit> = elements.iter().map(|_| self.new_lit()).collect();
        for lit in &has {
            self.clause(&[!*lit, there]);
        }
        Attribute { there, asks, elements, has }
    }

    /// A team has one team, itself, and no other attribute.
    fn of_team(&mut self, name: &str, attribute: &Attribute<'_>) {
        if name != TEAM_ID {
            self.clause(&[!attribute.there]);
            return;
        }
        self.clause(&attribute.has);
        for (at, one) in attribute.has.iter().enumerate() {
            for other in attribute.has.iter().skip(at + 1) {
                self.clause(&[!*one, !*other]);
            }
        }
    }

    /// A variable that is true just where a test holds.
    fn test(&mut self, test: &ResourceTest) -> Lit {
        let Some(attribute) = self.attributes.get(&*test.name) else { return !self.truth };
        if test.ask == Ask::Exists {
            return attribute.there;
        }
        let Some(at) = attribute.asks.get(&test.ask).copied() else { return !self.truth };
        let passing = attribute.elements.iter().zip(&attribute.has).filter(|(element, _)| element.get(at) == Some(&true));
        let passing: Vec<Lit> = passing.map(|(_, has)| *has).collect();
        self.any(&passing)
    }

    /// A variable that is true just where one of these is.
    pub(super) fn any(&mut self, lits: &[Lit]) -> Lit {
        match lits {
            [] => !self.truth,
            [one] => *one,
            lits => {
                let lit = self.new_lit();
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

    /// A variable that is true just where all of these are.
    pub(super) fn all(&mut self, lits: &[Lit]) -> Lit {
        let negated: Vec<Lit> = lits.iter().map(|lit| !*lit).collect();
        !self.any(&negated)
    }

    /// A variable that is true just where a formula is.
    pub(super) fn formula(&mut self, formula: &Formula) -> Lit {
        match formula {
            Formula::Constant(true) => self.truth,
            Formula::Constant(false) => !self.truth,
            Formula::Test(test) => self.tests.get(test).copied().unwrap_or(!self.truth),
            Formula::Not(inner) => !self.formula(inner),
            Formula::All(parts) => {
                let lits: Vec<Lit> = parts.iter().map(|part| self.formula(part)).collect();
                self.all(&lits)
            }
            Formula::Any(parts) => {
                let lits: Vec<Lit> = parts.iter().map(|part| self.formula(part)).collect();
                self.any(&lits)
            }
        }
    }

    /// Whether a resource was found for which this is true; where none was, `complete` says whether there is none.
    pub(super) fn could(&mut self, lit: Lit) -> bool {
        let found = self.solver.solve_limited(&[lit]);
        // What was not found in time is as unknown as what was not looked at.
        self.complete &= found == lbool::TRUE || found == lbool::FALSE;
        found == lbool::TRUE
    }

    /// The attributes that tests look at.
    pub(super) fn names(&self) -> Vec<&'f str> {
        self.attributes.keys().copied().collect()
    }

    /// Looks at the same resources once more with one attribute that may be otherwise: what was a test of it is a new variable.
    pub(super) fn vary(&mut self, name: &str) {
        let Some((name, Attribute { asks, elements, .. })) = self.attributes.remove_entry(name) else { return };
        let attribute = self.attribute_of(asks, elements);
        if self.are_teams {
            self.of_team(name, &attribute);
        }
        self.attributes.insert(name, attribute);
        let of_name: Vec<&'f ResourceTest> = self.tests.keys().copied().filter(|test| &*test.name == name).collect();
        for test in of_name {
            let lit = self.test(test);
            self.tests.insert(test, lit);
        }
    }
}
