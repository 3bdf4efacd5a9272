//! The sets that an answer lists against those of the search.

use std::collections::BTreeSet;

use crate::answer::Row;
use crate::edit::Edit;
use crate::search::{Search, Way};

/// So many of the pairs that a row stands for are made.
const TRIED: usize = 16;

/// No single edit that is enough is missing, none that is listed is not, and of pairs no part is.
pub fn sets(search: &Search<'_>, rows: &[Row]) -> Result<(), String> {
    let mut listed: BTreeSet<Way> = BTreeSet::new();
    for row in rows {
        if row.way().len() != row.parts.len() {
            return Err(format!("one edit is two parts of {:#}", row.whole));
        }
        let ways = row.ways();
        let step = if row.parts.len() > 1 { ways.len().div_ceil(TRIED) } else { 1 };
        for (index, way) in ways.into_iter().enumerate() {
            if index % step == 0
                && let Some(wrong) = search.wrong(&way)
            {
                return Err(format!("{wrong}: {way:#?}"));
            }
            // What compares alike may be spelled in two ways.
            let is_spelled = way.iter().any(|edit| matches!(edit, Edit::Attribute(..)));
            if !listed.insert(way.clone()) && !is_spelled {
                return Err(format!("listed twice: {way:#?}"));
            }
        }
    }
    narrowed(&listed)?;
    let single = search.single();
    let is_listed = |edit: &Edit| listed.contains(&Way::from([edit.clone()]));
    // Where a resource has several teams, the document does not say for which of them something is granted.
    let for_another_team =
        |edit: &Edit| edit.widened().is_some() && single.iter().any(|other| other.widened() == edit.widened() && is_listed(other));
    let missing: Vec<&Edit> = single.iter().filter(|edit| !is_listed(edit) && !for_another_team(edit)).take(6).collect();
    if !missing.is_empty() {
        return Err(format!("of {} single edits that are enough, these are missing: {missing:#?}", single.len()));
    }
    if rows.is_empty()
        && let Some(pair) = search.pair()
    {
        return Err(format!("nothing is listed, but this pair is enough: {pair:#?}"));
    }
    Ok(())
}

/// A grant is for the resource's team where that is enough.
fn narrowed(listed: &BTreeSet<Way>) -> Result<(), String> {
    for way in listed {
        for edit in way {
            let Some(wide) = edit.widened() else { continue };
            let wider: Way = way.iter().map(|other| if other == edit { wide.clone() } else { other.clone() }).collect();
            if listed.contains(&wider) {
                return Err(format!("the grant for the team is enough: {wider:#?}"));
            }
        }
    }
    Ok(())
}

/// Fewest edits first, then those that cost the user nothing, then the most limited, then the order of the kinds.
pub fn order(rows: &[Row]) -> Result<(), String> {
    let rank = |row: &Row| {
        let limit = row.parts.iter().map(|part| part.edits[0].limit()).max();
        // How the kinds of several edits compare is not said.
        let kind = (row.parts.len() == 1).then(|| row.parts[0].edits[0].rank());
        (row.parts.len(), row.whole["alsoCloses"] != 0, limit, kind)
    };
    match rows.windows(2).find(|pair| rank(&pair[0]) > rank(&pair[1])) {
        Some(pair) => Err(format!("{} is listed before {}", pair[0].whole["change"], pair[1].whole["change"])),
        None => Ok(()),
    }
}

/// Without `--all` the first ten are listed.
pub fn short(all: &[Row], short: &[Row]) -> Result<(), String> {
    // With a single edit that is enough, pairs need not be looked for.
    let single = all.iter().filter(|row| row.parts.len() == 1).count();
    let least = if single > 0 { single } else { all.len() };
    if short.len() < least.min(10) || short.len() > all.len().min(10) {
        return Err(format!("{} of {} ways are listed, {single} of them of one edit", short.len(), all.len()));
    }
    match all.iter().zip(short).find(|(one, other)| one.way() != other.way() || one.diff != other.diff) {
        Some((one, other)) => Err(format!("the short list says something else: {:#}\nthan --all: {:#}", other.whole, one.whole)),
        None => Ok(()),
    }
}
