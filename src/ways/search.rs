//! The search for ways in: sets of edits, the smallest first, each made and decided.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::draft::Draft;
use super::{Act, Asked, ENOUGH, Edit, Kind, Of};
use crate::compile::{Arm, DecisionList, Gate, Predicate, Supposed, compile};
use crate::model::Names;
use crate::walk::decide;

/// So many sets of edits are decided at most.
const MOST: usize = 20_000;

/// So much work is done at most: a definition can be as large as a file, and a list can have as many arms as there are roles.
const WORK: usize = 4_000_000;

/// So many ways are found at most.
const MOST_FOUND: usize = 500;

/// A set of edits, by their numbers in order.
type Set = Vec<usize>;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The ways in, smallest first; of none of them a part is enough.
    pub(super) sets: Vec<Set>,
    /// So many edits at a time were tried completely; `None` if all that could matter were.
    pub(super) searched: Option<usize>,
}

/// Decides for sets of edits.
pub(super) struct Search<'d, 'w> {
    draft: &'d mut Draft<'w>,
    edits: &'d [Edit],
    asked: &'d Asked<'d>,
    /// The lists that definitions come to, by the edits of definitions.
    lists: HashMap<Set, Option<Rc<RefCell<DecisionList>>>>,
    decided: usize,
    /// About how many values were read again, and how many arms were looked at.
    work: usize,
}

/// What a set comes to.
struct Seen {
    allowed: bool,
    /// Which gate decided.
    position: usize,
}

impl<'d, 'w> Search<'d, 'w> {
    pub(super) fn new(draft: &'d mut Draft<'w>, edits: &'d [Edit], asked: &'d Asked<'d>) -> Self {
        Self { draft, edits, asked, lists: HashMap::new(), decided: 0, work: 0 }
    }

    fn edit(&self, at: usize) -> Option<&'d Edit> {
        self.edits.get(at)
    }

    fn is_of_definitions(&self, at: usize) -> bool {
        self.edit(at).is_some_and(|edit| edit.of != Of::User && !edit.gives())
    }

    /// The list that the definitions come to.
    fn list(&mut self, set: &[usize]) -> Option<Rc<RefCell<DecisionList>>> {
        let of_definitions: Set = set.iter().copied().filter(|at| self.is_of_definitions(*at)).collect();
        if let Some(list) = self.lists.get(&of_definitions) {
            return list.clone();
        }
        let edits: Vec<&Edit> = of_definitions.iter().filter_map(|at| self.edits.get(*at)).collect();
        self.work = self.work.saturating_add(self.draft.weight(&edits));
        let asked = self.asked;
        let list = self.draft.with(&edits, |workspace, _| compile(workspace, asked.target, asked.options).ok()).flatten();
        let list = list.map(|list| Rc::new(RefCell::new(list)));
        self.lists.insert(of_definitions, list.clone());
        list
    }

    fn decide(&mut self, set: &[usize]) -> Option<Seen> {
        self.decided += 1;
        // A target that is not there any more is denied, and there may be a change that brings it back.
        let Some(list) = self.list(set) else { return Some(Seen { allowed: false, position: usize::MAX }) };
        // What else the definitions say is in the list.
        let edits: Vec<&Edit> = set.iter().filter_map(|at| self.edits.get(*at)).collect();
        let edits: Vec<&Edit> = edits.into_iter().filter(|edit| edit.of == Of::User || edit.gives() || edit.is_of_entities()).collect();
        let id = self.draft.id();
        let given: Vec<Supposed> = edits.iter().filter_map(|edit| edit.supposed(&id)).collect();
        let asked = self.asked;
        let mut list = list.try_borrow_mut().ok()?;
        let arms: usize = list.stages.iter().flat_map(|stage| &stage.gates).map(|gate| gate.arms.len()).sum();
        self.work = self.work.saturating_add(arms).saturating_add(self.draft.weight(&edits));
        let decision =
            self.draft.with(&edits, |workspace, user| list.supposing(&given, |list| decide(list, &asked.subject(workspace, user))));
        let decision = decision??;
        Some(Seen { allowed: decision.allowed, position: decision.position })
    }

    /// Whether a set lets the user in and no part of it does.
    pub(super) fn is_smallest(&mut self, set: &[usize]) -> bool {
        let parts = 1_usize << set.len().min(usize::BITS as usize - 1);
        let allows = |search: &mut Self, part: usize| {
            let part: Set = set.iter().enumerate().filter(|(bit, _)| part >> bit & 1 == 1).map(|(_, at)| *at).collect();
            search.decide(&part).is_some_and(|seen| seen.allowed)
        };
        allows(self, parts - 1) && (0..parts - 1).all(|part| !allows(self, part))
    }

    /// Searches sets of more and more edits, until enough were found, unless `all` are wanted, or nothing is left that
    /// could matter.
    ///
    /// A set is only made larger by what can change how far the walk comes: whatever lets the user in has to change a gate up to the one
    /// that denies.
    pub(super) fn run(&mut self, all: bool) -> Found {
        let mut found = Found::default();
        let mut open: Vec<(Set, usize)> = match self.decide(&[]) {
            Some(seen) if !seen.allowed => vec![(Vec::new(), seen.position)],
            _ => return found,
        };
        let mut known: HashSet<Set> = HashSet::new();
        let mut size = 0;
        while !open.is_empty() {
            let goes_on = if self.asked.target.is_about_resources() {
                size < GIVEN && (found.sets.is_empty() || all)
            } else {
                size < COMPLETE || all || found.sets.len() < ENOUGH
            };
            if !goes_on {
                found.searched = Some(size);
                return found;
            }
            let mut next = Vec::new();
            for (set, position) in std::mem::take(&mut open) {
                for at in 0..self.edits.len() {
                    let Some(larger) = self.with(&set, at, position, &known, &found.sets) else { continue };
                    known.insert(larger.clone());
                    match self.decide(&larger) {
                        Some(seen) if seen.allowed => found.sets.push(larger),
                        Some(seen) => next.push((larger, seen.position)),
                        None => {}
                    }
                    if self.decided > MOST || self.work > WORK || found.sets.len() >= MOST_FOUND {
                        found.searched = Some(size);
                        return found;
                    }
                }
            }
            open = next;
            size += 1;
        }
        found
    }

    /// A set with one more edit, if that can matter and is new.
    fn with(&mut self, set: &[usize], at: usize, position: usize, known: &HashSet<Set>, found: &[Set]) -> Option<Set> {
        let edit = self.edit(at)?;
        let excluded = set.iter().any(|with| *with == at || self.edit(*with).is_some_and(|with| with.excludes(edit)));
        if excluded {
            return None;
        }
        let mut larger = set.to_vec();
        larger.insert(larger.partition_point(|with| *with < at), at);
        let is_larger_than = |smaller: &Set| smaller.iter().all(|at| larger.contains(at));
        if known.contains(&larger) || found.iter().any(is_larger_than) || !self.matters(set, edit, &larger, position) {
            return None;
        }
        Some(larger)
    }

    /// Whether an edit can change a gate up to the one that denies.
    fn matters(&mut self, set: &[usize], edit: &Edit, larger: &[usize], position: usize) -> bool {
        // What permissions ask is not told apart: what can be given to a user is what is asked for.
        if self.asked.target.is_about_resources() {
            return true;
        }
        let (Some(list), Some(after)) = (self.list(set), self.list(larger)) else { return edit.of != Of::User };
        let (Ok(list), Ok(after)) = (list.try_borrow(), after.try_borrow()) else { return false };
        let gates = || list.stages.iter().flat_map(|stage| &stage.gates).take(position.saturating_add(1));
        let asks = |wanted: &dyn Fn(&Predicate) -> bool| {
            let mut found = false;
            gates().flat_map(|gate| &gate.arms).for_each(|arm| arm.when.atoms(&mut |atom| found |= wanted(atom)));
            found
        };
        let has = |list: &Names, act: &Act| matches!(act, Act::Add(name) | Act::Set(name) if list.find(name).is_some());
        match edit.kind {
            Kind::UserAddRole => {
                asks(&|atom| matches!(atom, Predicate::HasAnyRole(list) | Predicate::HasAllRoles(list) if has(list, &edit.act)))
            }
            Kind::UserSetEntity => asks(&|atom| matches!(atom, Predicate::EntityIn(list) if has(list, &edit.act))),
            Kind::UserSetType => asks(&|atom| matches!(atom, Predicate::UserType(_) | Predicate::UserTypeIn(_))),
            Kind::SiteEnable if edit.is_of_entities() => asks(&|atom| matches!(atom, Predicate::EntityIn(_))),
            _ => {
                let mut after = after.stages.iter().flat_map(|stage| &stage.gates);
                gates().any(|gate| after.next().is_none_or(|other| !same(gate, other)))
            }
        }
    }
}

/// So many edits at a time are tried in any case, for chat apps.
const COMPLETE: usize = 3;

/// So many are tried at most, for permissions: nearly everything that can be given could be given beside anything else.
const GIVEN: usize = 2;

/// Whether two gates do the same with everybody, for what is written at the same places: what another definition stands in front of
/// does the same at times.
fn same(one: &Gate, other: &Gate) -> bool {
    let place = |arm: &Arm| arm.source.map(|span| (span.file, span.start));
    let mut arms = one.arms.iter().zip(&other.arms);
    one.id == other.id
        && one.arms.len() == other.arms.len()
        && arms.all(|(one, other)| one.outcome == other.outcome && place(one) == place(other) && one.when.is_same(&other.when))
}
