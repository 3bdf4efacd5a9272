//! The walk over all targets at once, for one user after the other: a row of the matrix as bits.
//!
//! A target is a lane. Whom a list's verdicts tell apart are few: two user types, the entities it names, and which of its lists of
//! roles a user has a role of. So every lane is a table with a bit for each of its lists of roles, one table for each type, with
//! others where an entity is named; the tables are filled by evaluating the list's verdicts. A user's roles each bring a row of
//! those bits; together they choose from the tables of 64 lanes with a handful of instructions. Users whom a list names by id, and
//! lists that tell apart by more than a table holds, are decided by their verdicts one by one.
//!
//! Nothing here knows a gate: whatever predicates over type, roles, entity and id say, this decides.

mod beside;
mod by_name;
mod compile;
mod lane;
mod masks;
mod row;
mod tally;

use std::ops::Range;

use super::WhatIf;
use crate::model::{User, UserType};
use by_name::ByName;
use lane::Lane;
use masks::Run;

pub use beside::{Difference, Places, Turns};
pub use row::Row;
pub use tally::Tally;

/// The lists of many targets, ready to decide for one user after the other.
#[derive(Debug)]
pub struct Rows {
    /// Those with the most bits first, so that the bits of each kind stand together.
    lanes: Vec<Lane>,
    /// The lane of each target.
    lane_of: Vec<usize>,
    /// Lanes of 64, by how many bits decide them.
    runs: Vec<Run>,
    /// Where the bits of each kind begin, in words, and how many words there are.
    planes: Vec<usize>,
    width: usize,
    /// The roles that some list names.
    roles: ByName<usize>,
    /// What each of them brings.
    brings: Vec<Brings>,
    /// Whether some bit is for who has all of several.
    asks_for_all: bool,
    /// The lanes that an entity is named by, with the tables of its users: where among the patches they are, by type.
    entities: ByName<[Range<usize>; 2]>,
    /// Those of each entity together: who is decided next is of another entity, and what is small stays in the processor's cache.
    patches: Vec<Patch>,
    /// The lanes that a user is named by.
    named: ByName<Vec<usize>>,
    /// Lanes with more to tell apart than a table holds.
    singly: Vec<usize>,
    /// The tables of all lanes.
    tables: Vec<Entry>,
    /// For walks of single lanes: a user of whom nothing but facets is known.
    nobody: User,
    no_changes: WhatIf,
}

/// What a role brings to a row.
#[derive(Debug)]
enum Brings {
    /// Bits, word for word.
    Dense(Vec<u64>, Vec<AllOf>),
    /// Bits in few words.
    Sparse(Vec<(usize, u64)>, Vec<AllOf>),
}

/// A bit for who has all of several roles. It is looked at for who has the first of them.
#[derive(Debug)]
struct AllOf {
    others: Vec<usize>,
    word: usize,
    bit: u64,
}

/// A lane that is decided by another table. It has beside it what a user's walk needs to know of the lane.
#[derive(Clone, Copy, Debug)]
struct Patch {
    lane: usize,
    slots: usize,
    table: usize,
}

/// Which verdict it is, and in the highest bit whether it lets in: then nothing else of a lane has to be in the processor's cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Entry(u16);

impl Entry {
    const LETS_IN: u16 = 1 << 15;
    /// So many verdicts can be numbered.
    const VERDICTS: usize = 1 << 15;

    /// A verdict below [`Self::VERDICTS`].
    fn new(verdict: usize, lets_in: bool) -> Self {
        Self(u16::try_from(verdict).unwrap_or(0) | if lets_in { Self::LETS_IN } else { 0 })
    }

    fn verdict(self) -> usize {
        usize::from(self.0 & !Self::LETS_IN)
    }

    fn lets_in(self) -> bool {
        self.0 & Self::LETS_IN != 0
    }
}

/// The place of a user type where there is something for each.
fn place(user_type: UserType) -> usize {
    match user_type {
        UserType::Internal => 0,
        UserType::External => 1,
    }
}

impl Rows {
    /// How many targets there are.
    pub fn len(&self) -> usize {
        self.lane_of.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lane_of.is_empty()
    }
}
