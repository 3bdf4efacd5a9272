//! Texts that globs tell apart.

use std::collections::{HashMap, VecDeque};

use crate::model::glob::separates;

/// A character that no rule is likely to name.
pub(super) const FRESH: char = '\u{f8ff}';

/// How many ways of matching are followed.
const STATES: usize = 2048;

/// How many characters of globs are looked at in all.
const STEPS: usize = 20_000_000;

/// How many texts are kept for each: one of them may be named elsewhere.
const TEXTS: usize = 4;

/// Where each glob can stand after a text.
type State = Vec<Vec<bool>>;

/// Texts among which every combination of matching and not matching is there that any text shows.
///
/// All globs are followed side by side, character by character: the characters that they name, a separator and a fresh one stand for
/// all characters.
///
/// Says too whether all were found: globs can be made to have more combinations than anybody should wait for.
pub(super) fn texts(globs: &[&str]) -> (Vec<String>, bool) {
    let globs: Vec<Vec<char>> = globs.iter().map(|glob| glob.chars().collect()).collect();
    let mut alphabet: Vec<char> = globs.iter().flatten().copied().filter(|mark| !matches!(mark, '*' | '?')).collect();
    alphabet.extend(['/', FRESH, '\u{f8fe}']);
    alphabet.sort_unstable();
    alphabet.dedup();
    let start: State = globs.iter().map(|glob| spread(glob, &start_of(glob))).collect();
    let mut found: HashMap<State, Vec<String>> = HashMap::from([(start.clone(), vec![String::new()])]);
    let mut open = VecDeque::from([(start, String::new())]);
    let length: usize = globs.iter().map(|glob| glob.len() + 1).sum();
    let (mut steps, mut complete) = (0_usize, true);
    while let Some((state, text)) = open.pop_front() {
        steps = steps.saturating_add(length.saturating_mul(alphabet.len()));
        if steps > STEPS {
            complete = false;
            break;
        }
        for next in &alphabet {
            let after: State = globs.iter().zip(&state).map(|(glob, places)| step(glob, places, *next)).collect();
            let longer = format!("{text}{next}");
            let full = found.len() >= STATES;
            match found.get_mut(&after) {
                Some(texts) if texts.len() < TEXTS => {
                    texts.push(longer.clone());
                    open.push_back((after, longer));
                }
                None if !full => {
                    found.insert(after.clone(), vec![longer.clone()]);
                    open.push_back((after, longer));
                }
                None => complete = false,
                Some(_) => {}
            }
        }
    }
    (found.into_values().flatten().collect(), complete)
}

fn start_of(glob: &[char]) -> Vec<bool> {
    (0..=glob.len()).map(|at| at == 0).collect()
}

/// A `*` may be any text, also none: what stands before it stands after it too.
fn spread(glob: &[char], places: &[bool]) -> Vec<bool> {
    let mut places = places.to_vec();
    for (at, mark) in glob.iter().enumerate() {
        if *mark == '*'
            && places.get(at) == Some(&true)
            && let Some(next) = places.get_mut(at + 1)
        {
            *next = true;
        }
    }
    places
}

fn step(glob: &[char], places: &[bool], next: char) -> Vec<bool> {
    let mut after = vec![false; places.len()];
    for (at, mark) in glob.iter().enumerate().filter(|(at, _)| places.get(*at) == Some(&true)) {
        let lands = match mark {
            '*' if !separates(next) => Some(at),
            '?' if !separates(next) => Some(at + 1),
            mark if *mark == next && !matches!(mark, '*' | '?') => Some(at + 1),
            _ => None,
        };
        if let Some(place) = lands.and_then(|at| after.get_mut(at)) {
            *place = true;
        }
    }
    spread(glob, &after)
}

#[cfg(test)]
mod tests {
    use super::texts;
    use crate::model::glob::matches;

    #[test]
    fn globs_that_overlap_are_told_apart() {
        let globs = ["pay*", "*ments", "p?y"];
        let (all, complete) = texts(&globs);
        assert!(complete);
        for (wanted, why) in [
            ([true, true, false], "payments"),
            ([true, false, true], "pay"),
            ([true, false, false], "payx"),
            ([false, true, false], "ments"),
            ([false, false, true], "pxy"),
            ([false, false, false], "x"),
        ] {
            assert!(all.iter().any(|text| globs.map(|glob| matches(glob, text)) == wanted), "{why}");
        }
    }
}
