//! The sets that an answer lists against those of the search.

use std::collections::BTreeSet;

use crate::answer::Row;
use crate::edit::Kind;
use crate::search::{Search, Way};

/// Nothing of the size searched is missing or surplus, and what is larger lets in and is minimal.
pub fn sets(search: &Search<'_>, rows: &[Row]) -> Result<(), String> {
    let mut listed: BTreeSet<Way> = BTreeSet::new();
    for row in rows {
        parts(search, row)?;
        for way in stands_for(search, row)? {
            if !listed.insert(way.clone()) {
                return Err(format!("listed twice: {way:#?}"));
            }
        }
    }
    let small: BTreeSet<Way> = listed.into_iter().filter(|way| way.len() <= search.size()).collect();
    let expected = search.minimal();
    let missing: Vec<&Way> = expected.difference(&small).take(5).collect();
    let surplus: Vec<&Way> = small.difference(&expected).take(5).collect();
    if missing.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    Err(format!("{} sets expected, {} listed\nmissing: {missing:#?}\nsurplus: {surplus:#?}", expected.len(), small.len()))
}

/// The sets of a row, each of them right.
pub fn stands_for(search: &Search<'_>, row: &Row) -> Result<Vec<Way>, String> {
    if row.way().len() != row.parts.len() {
        return Err(format!("one edit is two parts of {:#}", row.whole));
    }
    let ways = row.ways();
    match ways.iter().find_map(|way| search.wrong(way).map(|wrong| format!("{wrong}: {way:#?}"))) {
        Some(wrong) => Err(wrong),
        None => Ok(ways),
    }
}

/// What is said of each part beside what it is.
fn parts(search: &Search<'_>, row: &Row) -> Result<(), String> {
    for part in &row.parts {
        let Some(edit) = search.edit(&part.key) else {
            return Err(format!("{:?} is not an edit of the list", part.key));
        };
        if edit.kind != part.kind {
            return Err(format!("{:?} is {}, not {}", part.key, edit.kind.name(), part.kind.name()));
        }
        let loosens = match part.kind {
            Kind::Enable | Kind::OverrideEdit | Kind::OverrideRemove | Kind::SiteEnable => true,
            // Whether an id that is taken out of the denied ones counts is not said.
            Kind::ListRemove => part.loosens,
            Kind::UserAddRole | Kind::UserSetEntity | Kind::UserSetType | Kind::ListAdd => false,
        };
        if part.loosens != loosens {
            return Err(format!("{:?} loosens: {loosens}", part.key));
        }
    }
    Ok(())
}
