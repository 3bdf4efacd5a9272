//! What the lists of one type ask: each atom once, however many arms of however many actions it stands in.

use std::collections::HashMap;
use std::sync::Arc;

use crate::compile::{DecisionList, Holds, Predicate, Side};
use crate::model::permissions::{Level, OWNER, Operand, Operator, PROJECT, TEAM_ID};

/// The lists of one type, and the atoms that stand in them.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) lists: Vec<Numbered>,
    pub(super) atoms: Vec<Predicate>,
}

/// A list, and its predicates as trees of numbered atoms.
#[derive(Debug)]
pub(super) struct Numbered {
    pub(super) list: DecisionList,
    /// For each stage, for each of its gates, for each of its arms when it applies.
    pub(super) stages: Vec<Vec<Vec<Tree>>>,
}

/// A predicate whose atoms are numbers.
#[derive(Debug)]
pub(super) enum Tree {
    Constant(bool),
    Atom(usize),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

/// What makes two atoms the same.
#[derive(PartialEq, Eq, Hash)]
enum Same<'p> {
    Holds(&'p Holds),
    Compare(&'p Side, Operator, &'p [Operand]),
    AtLevel(*const [Level], usize),
}

#[derive(Default)]
struct Numbering<'p> {
    atoms: Vec<Predicate>,
    known: HashMap<Same<'p>, usize>,
}

impl Rules {
    pub(super) fn new(lists: Vec<DecisionList>) -> Self {
        let (stages, atoms) = {
            let mut numbering = Numbering::default();
            let stages: Vec<_> = lists.iter().map(|list| numbering.stages(list)).collect();
            (stages, numbering.atoms)
        };
        let lists = lists.into_iter().zip(stages).map(|(list, stages)| Numbered { list, stages }).collect();
        Self { lists, atoms }
    }

    /// How many arms the lists before one have.
    pub(super) fn arms_before(&self, list: usize) -> usize {
        self.lists.iter().take(list).flat_map(|numbered| &numbered.stages).flatten().map(Vec::len).sum()
    }

    /// The attributes of resources that atoms look at: those that comparisons name, and those that reaches and scopes look at.
    pub(super) fn names(&self) -> impl Iterator<Item = Arc<str>> {
        let compared = self.atoms.iter().filter_map(|atom| match atom {
            Predicate::Compare(comparison) => match &comparison.left {
                Side::Resource(name) => Some(Arc::clone(name)),
                Side::User(_) | Side::OtherType(_) => None,
            },
            _ => None,
        });
        compared.chain([TEAM_ID, OWNER, PROJECT].map(Arc::from))
    }
}

impl<'p> Numbering<'p> {
    fn stages(&mut self, list: &'p DecisionList) -> Vec<Vec<Vec<Tree>>> {
        let stages = list.stages.iter();
        stages.map(|stage| stage.gates.iter().map(|gate| gate.arms.iter().map(|arm| self.tree(&arm.when)).collect()).collect()).collect()
    }

    fn tree(&mut self, predicate: &'p Predicate) -> Tree {
        match predicate {
            Predicate::Constant(value) => Tree::Constant(*value),
            Predicate::Not(inner) => Tree::Not(Box::new(self.tree(inner))),
            Predicate::All(parts) => Tree::All(parts.iter().map(|part| self.tree(part)).collect()),
            Predicate::Any(parts) => Tree::Any(parts.iter().map(|part| self.tree(part)).collect()),
            atom => Tree::Atom(self.atom(atom)),
        }
    }

    fn atom(&mut self, atom: &'p Predicate) -> usize {
        let next = self.atoms.len();
        let same = match atom {
            Predicate::Holds(holds) => Some(Same::Holds(holds)),
            Predicate::Compare(comparison) => Some(Same::Compare(&comparison.left, comparison.operator, &comparison.right)),
            Predicate::AtLevel(level) => Some(Same::AtLevel(Arc::as_ptr(&level.levels), level.at)),
            _ => None,
        };
        let at = same.map_or(next, |same| *self.known.entry(same).or_insert(next));
        if at == next {
            self.atoms.push(atom.clone());
        }
        at
    }
}

impl Tree {
    /// Whether it is settled, where `atom` tells that of atoms. What comes after a part that settles it is not looked at.
    pub(super) fn settled(&self, atom: &mut impl FnMut(usize) -> Option<bool>) -> Option<bool> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Atom(at) => atom(*at),
            Self::Not(inner) => inner.settled(atom).map(|value| !value),
            Self::All(parts) => joined(parts, true, atom),
            Self::Any(parts) => joined(parts, false, atom),
        }
    }
}

/// Parts that come to `neutral` all together, unless one is the opposite or not settled.
fn joined(parts: &[Tree], neutral: bool, atom: &mut impl FnMut(usize) -> Option<bool>) -> Option<bool> {
    let mut together = Some(neutral);
    for part in parts {
        match part.settled(atom) {
            Some(value) if value == neutral => {}
            Some(value) => return Some(value),
            None => together = None,
        }
    }
    together
}
