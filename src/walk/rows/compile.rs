//! From lists to lanes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::lane::{Lane, Slot};
use super::masks::Run;
use super::{AllOf, Brings, ByName, Entry, Patch, Rows, place};
use crate::compile::{Asked, DecisionList, Predicate};
use crate::model::{Names, User, UserType};
use crate::walk::WhatIf;

/// So many lanes share a word.
pub(super) const LANES: usize = u64::BITS as usize;

/// One word in so many holds something where a role's bits are kept by word.
const SPARSE: usize = 8;

/// The bit of a lane in its word.
pub(super) fn bit(lane: usize) -> u64 {
    1 << (lane % LANES)
}

/// What a role brings, while it is collected.
#[derive(Default)]
struct Bits {
    words: Vec<(usize, u64)>,
    all_of: Vec<AllOf>,
}

impl Rows {
    /// Whether a list is decided by a user's facets alone: it is about no resource.
    pub fn takes(list: &DecisionList) -> bool {
        let of_facets = |predicate: &Predicate| {
            let mut all = true;
            predicate.atoms(&mut |atom| all &= !matches!(atom, Predicate::Holds(_) | Predicate::Compare(_) | Predicate::AtLevel(_)));
            all
        };
        let arms = || list.stages.iter().flat_map(|stage| &stage.gates).flat_map(|gate| &gate.arms);
        matches!(list.asked, Asked::Nothing) && arms().all(|arm| of_facets(&arm.when))
    }

    /// The rows of lists that [`Rows::takes`], one target a list.
    pub fn new(lists: Vec<DecisionList>) -> Self {
        Self::of(lists.into_iter().map(|list| Lane::new(&list)).collect())
    }

    /// The rows of targets of which `compile` makes the lists; none if a list asks for more than facets. All lists together would take
    /// many times the memory of what is kept of them, so that each is gone before the next one is made.
    pub fn compiled<T, E>(targets: &[T], mut compile: impl FnMut(&T) -> Result<DecisionList, E>) -> Result<Option<Self>, E> {
        let lane = |target| compile(target).map(|list| Self::takes(&list).then(|| Lane::new(&list)));
        let lanes = targets.iter().map(lane).collect::<Result<Option<Vec<Lane>>, E>>()?;
        Ok(lanes.map(Self::of))
    }

    fn of(lanes: Vec<Lane>) -> Self {
        let mut lanes: Vec<(usize, Lane)> = lanes.into_iter().enumerate().collect();
        lanes.sort_by_key(|(_, lane)| std::cmp::Reverse(lane.slots.len()));
        let mut lane_of = vec![0; lanes.len()];
        for (lane, (target, _)) in lanes.iter().enumerate() {
            if let Some(of) = lane_of.get_mut(*target) {
                *of = lane;
            }
        }
        let mut rows = Self {
            lanes: lanes.into_iter().map(|(_, lane)| lane).collect(),
            lane_of,
            runs: Vec::new(),
            planes: Vec::new(),
            width: 0,
            roles: ByName::default(),
            brings: Vec::new(),
            asks_for_all: false,
            entities: ByName::default(),
            patches: Vec::new(),
            named: ByName::default(),
            singly: Vec::new(),
            tables: Vec::new(),
            nobody: User::unknown(),
            no_changes: WhatIf::default(),
        };
        rows.lay_out();
        rows.add_roles();
        rows.add_tables();
        rows.add_named();
        rows.add_masks();
        rows
    }

    /// How many bits decide the lanes of a word: as many as the first of them has.
    fn slots_of(&self, word: usize) -> usize {
        self.lanes.get(word * LANES).map_or(0, |lane| lane.slots.len())
    }

    pub(super) fn words(&self) -> usize {
        self.lanes.len().div_ceil(LANES)
    }

    fn lay_out(&mut self) {
        for slot in 0..self.slots_of(0) {
            self.planes.push(self.width);
            self.width += (0..self.words()).take_while(|word| self.slots_of(*word) > slot).count();
        }
        self.singly = self.lanes.iter().enumerate().filter(|(_, lane)| lane.singly).map(|(at, _)| at).collect();
    }

    fn add_roles(&mut self) {
        let mut ids: ByName<usize> = ByName::default();
        let mut all: Vec<Bits> = Vec::new();
        for (at, lane) in self.lanes.iter().enumerate() {
            for (slot, plane) in lane.slots.iter().zip(&self.planes) {
                let (word, bit) = (plane + at / LANES, bit(at));
                let (Slot::Any(list) | Slot::All(list)) = slot;
                let mut names: Vec<usize> = Vec::with_capacity(list.iter().len());
                for name in list.iter() {
                    let next = ids.len();
                    let id = *ids.entry(name, || next);
                    if id == all.len() {
                        all.push(Bits::default());
                    }
                    names.push(id);
                }
                names.sort_unstable();
                names.dedup();
                match (slot, names.as_slice()) {
                    (Slot::All(_), [first, others @ ..]) => {
                        if let Some(bits) = all.get_mut(*first) {
                            bits.all_of.push(AllOf { others: others.to_vec(), word, bit });
                        }
                    }
                    (_, names) => {
                        for id in names {
                            if let Some(bits) = all.get_mut(*id) {
                                bits.words.push((word, bit));
                            }
                        }
                    }
                }
            }
        }
        self.roles = ids;
        self.asks_for_all = all.iter().any(|bits| !bits.all_of.is_empty());
        self.brings = all.into_iter().map(|bits| Brings::new(bits.words, bits.all_of, self.width)).collect();
    }

    fn add_table(&mut self, table: &[Entry]) -> usize {
        let at = self.tables.len();
        self.tables.extend_from_slice(table);
        at
    }

    fn add_tables(&mut self) {
        for at in 0..self.lanes.len() {
            for user_type in [UserType::Internal, UserType::External] {
                let Some(lane) = self.lanes.get(at) else { continue };
                let table = lane.table(user_type, None, &self.nobody, &self.no_changes);
                let table = self.add_table(&table);
                if let Some(place) = self.lanes.get_mut(at).and_then(|lane| lane.tables.get_mut(place(user_type))) {
                    *place = table;
                }
            }
        }
    }

    /// The lanes that name entities or users.
    fn add_named(&mut self) {
        for (at, lane) in self.lanes.iter().enumerate() {
            for list in lane.id_lists() {
                for id in list.iter() {
                    let lanes = self.named.entry(id, Vec::new);
                    if lanes.last() != Some(&at) {
                        lanes.push(at);
                    }
                }
            }
        }
        let lists = |lane: &Lane| if lane.singly { Vec::new() } else { lane.entity_lists().into_iter().map(Arc::clone).collect() };
        let lists: Vec<Vec<Arc<Names>>> = self.lanes.iter().map(lists).collect();
        let mut patches: Vec<(&str, usize, Patch)> = Vec::new();
        for (at, lists) in lists.iter().enumerate() {
            self.add_entities(at, lists, &mut patches);
        }
        patches.sort_unstable_by_key(|(name, of_type, patch)| (*name, *of_type, patch.lane));
        for of_one in patches.chunk_by(|(name, ..), (next, ..)| name == next) {
            let Some((name, ..)) = of_one.first() else { continue };
            let by_type = [UserType::Internal, UserType::External].map(|user_type| {
                let start = self.patches.len();
                self.patches.extend(of_one.iter().filter(|(_, of_type, _)| *of_type == place(user_type)).map(|(.., patch)| *patch));
                start..self.patches.len()
            });
            self.entities.entry(name, || by_type);
        }
    }

    /// What is patched in a lane that names entities in these lists, by entity and type.
    fn add_entities<'n>(&mut self, at: usize, lists: &'n [Arc<Names>], patches: &mut Vec<(&'n str, usize, Patch)>) {
        let slots = self.lanes.get(at).map_or(0, |lane| lane.slots.len());
        let names = lists.iter().enumerate().flat_map(|(place, list)| list.iter().map(move |name| (name, place)));
        let mut names: Vec<(&str, usize)> = names.collect();
        names.sort_unstable();
        names.dedup();
        // Entities that the same lists name are decided alike.
        let mut tables: HashMap<Vec<usize>, [Option<usize>; 2]> = HashMap::new();
        let mut places = Vec::new();
        for of_one in names.chunk_by(|(name, _), (next, _)| name == next) {
            let Some((name, _)) = of_one.first() else { continue };
            places.clear();
            places.extend(of_one.iter().map(|(_, place)| *place));
            let found = match tables.get(&places) {
                Some(found) => *found,
                None => {
                    let found = [UserType::Internal, UserType::External].map(|user_type| self.entity_table(at, user_type, name));
                    tables.insert(places.clone(), found);
                    found
                }
            };
            let found = found.into_iter().enumerate().filter_map(|(of_type, table)| Some((of_type, table?)));
            patches.extend(found.map(|(of_type, table)| (*name, of_type, Patch { lane: at, slots, table })));
        }
    }

    /// The table of a lane for an entity, where it is not the one for everybody else.
    fn entity_table(&mut self, at: usize, user_type: UserType, entity: &str) -> Option<usize> {
        let lane = self.lanes.get(at)?;
        let table = lane.table(user_type, Some(entity), &self.nobody, &self.no_changes);
        let usual = lane.tables.get(place(user_type))?;
        let same = self.tables.get(*usual..usual + table.len()) == Some(table.as_slice());
        (!same).then(|| self.add_table(&table))
    }

    fn add_masks(&mut self) {
        let mut word = 0;
        while word < self.words() {
            let slots = self.slots_of(word);
            let end = (word..self.words()).find(|next| self.slots_of(*next) != slots).unwrap_or(self.words());
            let masks = [UserType::Internal, UserType::External].map(|user_type| self.masks(word..end, slots, user_type));
            self.runs.push(Run::new(word..end, slots, masks));
            word = end;
        }
    }

    /// For each way the bits can be, who is allowed: lane by lane, word by word.
    fn masks(&self, words: Range<usize>, slots: usize, user_type: UserType) -> Vec<u64> {
        let mut masks = Vec::with_capacity(words.len() << slots);
        for bits in 0..1_usize << slots {
            for word in words.clone() {
                let lanes = self.lanes.iter().enumerate().skip(word * LANES).take(LANES).filter(|(_, lane)| !lane.singly);
                let allowed = lanes.filter(|(_, lane)| {
                    let table = lane.tables.get(place(user_type)).copied().unwrap_or_default();
                    let own = bits & ((1 << lane.slots.len()) - 1);
                    self.tables.get(table + own).is_some_and(|entry| entry.lets_in())
                });
                masks.push(allowed.map(|(at, _)| bit(at)).fold(0, |mask, bit| mask | bit));
            }
        }
        masks
    }
}

impl Brings {
    fn new(mut words: Vec<(usize, u64)>, all_of: Vec<AllOf>, width: usize) -> Self {
        words.sort_unstable();
        words.dedup_by(|(word, bits), (kept, together)| {
            if word == kept {
                *together |= *bits;
            }
            word == kept
        });
        if words.len() * SPARSE < width {
            return Self::Sparse(words, all_of);
        }
        let mut dense = vec![0; width];
        for (word, bits) in words {
            if let Some(at) = dense.get_mut(word) {
                *at |= bits;
            }
        }
        Self::Dense(dense, all_of)
    }
}
