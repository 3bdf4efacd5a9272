//! What is listed without `--all`: the first ten, with the names cut to three.

use crate::answer::Row;

const LISTED: usize = 10;
/// Sets of so many edits are searched completely.
const SEARCHED: usize = 3;
const NAMED: usize = 3;

pub fn short(all: &[Row], short: &[Row]) -> Result<(), String> {
    // Once there are enough, larger sets than are always searched need not be looked for.
    let searched = all.iter().filter(|row| row.parts.len() <= SEARCHED).count();
    if short.len() < searched.min(LISTED) || short.len() > all.len().min(LISTED) {
        return Err(format!("{} of {} ways are listed, {searched} of up to {SEARCHED} edits", short.len(), all.len()));
    }
    for (one, other) in all.iter().zip(short) {
        let same = one.way() == other.way()
            && (one.gain, one.lose, one.loosens, &one.diff) == (other.gain, other.lose, other.loosens, &other.diff);
        let parts = one.parts.iter().zip(&other.parts);
        let same = same && parts.clone().all(|(one, other)| one.alternatives_count == other.alternatives_count);
        let people = [(&one.gained, &other.gained), (&one.lost, &other.lost)];
        let values = parts.map(|(one, other)| (&one.alternatives, &other.alternatives));
        if !same || people.into_iter().chain(values).any(|(whole, cut)| whole[..whole.len().min(NAMED)] != cut[..]) {
            return Err(format!("the short list says something else: {:#}\nthan --all: {:#}", other.whole, one.whole));
        }
    }
    Ok(())
}
