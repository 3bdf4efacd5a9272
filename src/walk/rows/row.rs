//! One user's row.

use super::compile::{LANES, bit};
use super::{Brings, Rows, place};
use crate::model::Facets;
use crate::walk::{Decision, Subject};

/// So many words of a row are counted at once: it has a multiple of them.
pub(super) const WIDE: usize = 4;

/// The decisions of one user on all targets. It is used again for the next one: fresh memory costs more than deciding.
#[derive(Debug, Default)]
pub struct Row {
    /// For each kind of bits a word for 64 lanes.
    bits: Vec<u64>,
    /// Who is let into what: a bit a lane.
    allowed: Vec<u64>,
    /// The user's roles that some list names.
    roles: Vec<usize>,
    /// A bit for each of them, where some list asks for all of several.
    has: Vec<u64>,
    /// Lanes that are not decided by the usual table of the user's type: their verdict, and whether it lets in.
    others: Vec<(usize, usize, bool)>,
    of_type: usize,
}

impl Row {
    /// Decides for a user.
    pub fn decide(&mut self, rows: &Rows, facets: &Facets<'_>) {
        self.of_type = place(facets.user_type);
        self.others.clear();
        // Looked up before they are needed: the processor goes on while it waits for memory.
        let patches = facets.entity.and_then(|entity| rows.entities.get(entity)?.get(self.of_type));
        let patches = patches.and_then(|range| rows.patches.get(range.clone())).unwrap_or_default();
        let named = if rows.named.is_empty() { None } else { rows.named.get(facets.id) };
        self.add_roles(rows, facets);
        self.allowed.resize(rows.words().next_multiple_of(WIDE), 0);
        for run in &rows.runs {
            run.decide(self.of_type, &self.bits, &rows.planes, &mut self.allowed);
        }
        for patch in patches {
            let bits = self.lane_bits(rows, patch.lane, patch.slots);
            if let Some(entry) = rows.tables.get(patch.table + bits) {
                self.others.push((patch.lane, entry.verdict(), entry.lets_in()));
            }
        }
        let singly = named.into_iter().flatten().chain(&rows.singly);
        let mut subject = None;
        for lane in singly {
            let subject = subject.get_or_insert_with(|| Subject::of_facets(facets, &rows.nobody, &rows.no_changes));
            if let Some(single) = rows.lanes.get(*lane) {
                let verdict = single.single(subject);
                self.others.push((*lane, verdict, single.allows(verdict)));
            }
        }
        for (lane, _, lets_in) in &self.others {
            if let Some(word) = self.allowed.get_mut(lane / LANES) {
                *word = if *lets_in { *word | bit(*lane) } else { *word & !bit(*lane) };
            }
        }
    }

    fn add_roles(&mut self, rows: &Rows, facets: &Facets<'_>) {
        self.bits.clear();
        self.bits.resize(rows.width, 0);
        self.roles.clear();
        self.roles.extend(facets.roles.iter().filter_map(|role| rows.roles.get(role)));
        if rows.asks_for_all {
            self.has.clear();
            self.has.resize(rows.brings.len().div_ceil(LANES), 0);
            for role in &self.roles {
                if let Some(word) = self.has.get_mut(role / LANES) {
                    *word |= bit(*role);
                }
            }
        }
        let has = |role: &usize| self.has.get(role / LANES).is_some_and(|word| word & bit(*role) != 0);
        for brings in self.roles.iter().filter_map(|role| rows.brings.get(*role)) {
            let all_of = match brings {
                Brings::Dense(words, all_of) => {
                    for (bits, word) in self.bits.iter_mut().zip(words) {
                        *bits |= word;
                    }
                    all_of
                }
                Brings::Sparse(words, all_of) => {
                    for (at, word) in words {
                        if let Some(bits) = self.bits.get_mut(*at) {
                            *bits |= word;
                        }
                    }
                    all_of
                }
            };
            for all in all_of.iter().filter(|all| all.others.iter().all(has)) {
                if let Some(bits) = self.bits.get_mut(all.word) {
                    *bits |= all.bit;
                }
            }
        }
    }

    /// The bits of one lane: where to look in its table.
    fn lane_bits(&self, rows: &Rows, lane: usize, slots: usize) -> usize {
        let (word, shift) = (lane / LANES, lane % LANES);
        let bits = rows.planes.iter().take(slots).enumerate().map(|(slot, plane)| {
            let bits = self.bits.get(plane + word).copied().unwrap_or_default();
            usize::from(bits >> shift & 1 == 1) << slot
        });
        bits.fold(0, |all, bit| all | bit)
    }

    /// Who is let into what, a bit a lane, and unset bits up to a multiple of [`WIDE`] words; [`super::Tally`] counts them.
    pub(super) fn allowed(&self) -> &[u64] {
        &self.allowed
    }

    /// Whether the user is let into a target, by its number among the targets.
    pub fn lets_into(&self, rows: &Rows, target: usize) -> bool {
        let lane = rows.lane_of.get(target);
        lane.is_some_and(|lane| self.allowed.get(lane / LANES).is_some_and(|word| word & bit(*lane) != 0))
    }

    /// Calls `take` with the decision on each target, in the order of the targets.
    pub fn each(&mut self, rows: &Rows, mut take: impl FnMut(Decision)) {
        // A lane can be named by an entity and by an id: the latter, which comes later, is the exact one.
        self.others.sort_by_key(|(lane, ..)| *lane);
        for at in &rows.lane_of {
            let Some(lane) = rows.lanes.get(*at) else { continue };
            let after = self.others.partition_point(|(lane, ..)| lane <= at);
            let other = after.checked_sub(1).and_then(|last| self.others.get(last)).filter(|(lane, ..)| lane == at);
            let verdict = match other {
                Some((_, verdict, _)) => *verdict,
                None => {
                    let table = lane.tables.get(self.of_type).copied().unwrap_or_default();
                    rows.tables.get(table + self.lane_bits(rows, *at, lane.slots.len())).map_or(0, |entry| entry.verdict())
                }
            };
            // There is a verdict for everybody.
            if let Some(decision) = lane.decisions.get(verdict) {
                take(*decision);
            }
        }
    }
}
