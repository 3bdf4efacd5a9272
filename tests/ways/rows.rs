//! Whom each row touches, and which of several values it names first.

use std::cmp::Ordering;

use crate::answer::Row;
use crate::edit::{Edit, Key};
use crate::search::{self, Blast, Search, Way};
use crate::vocabulary::Question;

/// One blast radius, counted by brute force.
fn counted(asked: &Question<'_>, search: &Search<'_>, way: &Way, order: &[&str]) -> Blast {
    let edits: Vec<&Edit> = way.iter().filter_map(|key| search.edit(key)).collect();
    search::blast(asked, &search.after(&edits), order)
}

/// The counts and names of every row of `--all` are those of its first alternative.
pub fn blast(asked: &Question<'_>, search: &Search<'_>, rows: &[Row], order: &[&str]) -> Result<(), String> {
    for row in rows {
        let expected = counted(asked, search, &row.way(), order);
        let found = (row.gain, row.lose, &row.gained, &row.lost);
        if found != (expected.gained.len(), expected.lost.len(), &expected.gained, &expected.lost) {
            return Err(format!("{expected:?} by brute force, but it says {:#}", row.whole));
        }
    }
    Ok(())
}

/// What differs in one value alone is one row, and names that value's alternatives from the best down.
pub fn alternatives(asked: &Question<'_>, search: &Search<'_>, rows: &[Row], order: &[&str]) -> Result<(), String> {
    for (index, row) in rows.iter().enumerate() {
        if let Some(other) = rows[..index].iter().find(|other| same_row(search, other, row)) {
            return Err(format!("these are one row: {:#}\n{:#}", other.whole, row.whole));
        }
        for (at, part) in row.parts.iter().enumerate().filter(|(_, part)| !part.alternatives.is_empty()) {
            if part.alternatives.len() < 2 || part.alternatives_count != Some(part.alternatives.len()) {
                return Err(format!("there are several alternatives, all of them, or none: {:#}", row.whole));
            }
            for (way, counts) in row.varied(at).iter().zip(&part.counts) {
                let blast = counted(asked, search, way, order);
                if *counts != [blast.gained.len(), blast.lost.len(), blast.own] {
                    return Err(format!("{blast:?} by brute force for {way:?}, but it says {counts:?} in {:#}", row.whole));
                }
            }
            // Where two parts have several, the best of one is found before that of the other.
            if row.parts.iter().filter(|part| !part.alternatives.is_empty()).count() > 1 {
                continue;
            }
            let ranked: Vec<(usize, usize, &String)> = row
                .varied(at)
                .iter()
                .zip(&part.alternatives)
                .map(|(way, name)| {
                    let blast = counted(asked, search, way, order);
                    (blast.gained.len(), blast.own, name)
                })
                .collect();
            if !ranked.is_sorted() {
                return Err(format!("the best is not first (others gain, own other targets, name): {ranked:?} in {:#}", row.whole));
            }
        }
    }
    Ok(())
}

/// Whether two rows differ in nothing but the value of one edit that has alternatives, and vary in no other.
fn same_row(search: &Search<'_>, one: &Row, other: &Row) -> bool {
    let (left, right) = (one.way(), other.way());
    let left_alone: Vec<&Key> = left.difference(&right).collect();
    let right_alone: Vec<&Key> = right.difference(&left).collect();
    let ([left], [right]) = (left_alone.as_slice(), right_alone.as_slice()) else { return false };
    let varies = search.edit(left).is_some_and(Edit::has_alternatives);
    // Rows of several parts that each have alternatives can be cut in more than one way.
    let others_fixed = [one, other].iter().all(|row| {
        let several = |key: &&Key| search.edit(key).is_some_and(Edit::has_alternatives);
        row.way().iter().filter(several).count() == 1
    });
    varies && others_fixed && (&left.of, &left.path) == (&right.of, &right.path)
}

/// Fewest edits, then fewest others who gain, then nobody who loses, then nothing that the user loses, then the order of the kinds.
pub fn order(rows: &[Row]) -> Result<(), String> {
    for pair in rows.windows(2) {
        let [one, other] = pair else { continue };
        let rank = |row: &Row| (row.parts.len(), row.gain, row.lose > 0, row.whole["alsoCloses"] != 0);
        let kinds = match (&one.parts[..], &other.parts[..]) {
            ([one], [other]) => one.kind.cmp(&other.kind),
            // How the kinds of several edits compare is not said.
            _ => Ordering::Equal,
        };
        if rank(one).cmp(&rank(other)).then(kinds) == Ordering::Greater {
            return Err(format!("{:#} is listed before {:#}", one.whole, other.whole));
        }
    }
    Ok(())
}
