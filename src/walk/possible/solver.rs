//! Whether a resource could be: formulas over attributes, put to a SAT solver.

use std::collections::{BTreeMap, HashMap, HashSet};

use batsat::Lit;

use super::elements::{Element, elements};
use crate::compile::{Ask, ResourceTest, Teams};
use crate::model::permissions::TEAM_ID;
use crate::walk::formula::Formula;
use crate::walk::sat::Sat;

/// The resources that could be, as variables: of each attribute whether it is there, and which elements it has.
pub(super) struct Possible<'f> {
    pub(super) sat: Sat,
    attributes: BTreeMap<&'f str, Attribute<'f>>,
    tests: HashMap<&'f ResourceTest, Lit>,
    are_teams: bool,
    /// Whether there are no resources beside these.
    complete: bool,
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
        let mut all = Self { sat: Sat::new(), attributes: BTreeMap::new(), tests: HashMap::new(), are_teams, complete: true };
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

    fn attribute(&mut self, asks: Vec<&'f Ask>, elements: Vec<Element>) -> Attribute<'f> {
        let asks = asks.into_iter().enumerate().map(|(at, ask)| (ask, at)).collect();
        self.attribute_of(asks, elements)
    }

    fn attribute_of(&mut self, asks: HashMap<&'f Ask, usize>, elements: Vec<Element>) -> Attribute<'f> {
        let there = self.sat.variable();
        let has: Vec<Lit> = elements.iter().map(|_| self.sat.variable()).collect();
        for lit in &has {
            self.sat.clause(&[!*lit, there]);
        }
        Attribute { there, asks, elements, has }
    }

    /// A team has one team, itself, and no other attribute.
    fn of_team(&mut self, name: &str, attribute: &Attribute<'_>) {
        if name != TEAM_ID {
            self.sat.clause(&[!attribute.there]);
            return;
        }
        self.sat.clause(&attribute.has);
        self.sat.at_most_one(&attribute.has);
    }

    /// A variable that is true just where a test holds.
    fn test(&mut self, test: &ResourceTest) -> Lit {
        let Some(attribute) = self.attributes.get(&*test.name) else { return self.sat.constant(false) };
        if test.ask == Ask::Exists {
            return attribute.there;
        }
        let Some(at) = attribute.asks.get(&test.ask).copied() else { return self.sat.constant(false) };
        let passing = attribute.elements.iter().zip(&attribute.has).filter(|(element, _)| element.get(at) == Some(&true));
        let passing: Vec<Lit> = passing.map(|(_, has)| *has).collect();
        self.sat.any(&passing)
    }

    /// A variable that is true just where a formula is.
    pub(super) fn formula(&mut self, formula: &Formula) -> Lit {
        match formula {
            Formula::Constant(value) => self.sat.constant(*value),
            Formula::Test(test) => self.tests.get(test).copied().unwrap_or(self.sat.constant(false)),
            Formula::Not(inner) => !self.formula(inner),
            Formula::All(parts) => {
                let lits: Vec<Lit> = parts.iter().map(|part| self.formula(part)).collect();
                self.sat.all(&lits)
            }
            Formula::Any(parts) => {
                let lits: Vec<Lit> = parts.iter().map(|part| self.formula(part)).collect();
                self.sat.any(&lits)
            }
        }
    }

    /// Whether a resource was found for which this is true; where none was, [`Possible::is_complete`] says whether there is none.
    pub(super) fn could(&mut self, lit: Lit) -> bool {
        self.sat.could(lit)
    }

    /// Whether nothing was left out: where not, a resource that could not be may be all the same.
    pub(super) fn is_complete(&self) -> bool {
        self.complete && self.sat.complete
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
