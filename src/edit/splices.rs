//! Replacements that follow one another, as replacements in the first text.

use std::ops::Range;

use super::{Splice, splice};

/// Replacements in the order of the text, none touching another.
#[derive(Debug, Default)]
pub(super) struct Splices {
    made: Vec<Splice>,
}

impl Splices {
    /// Adds replacements in the text that those so far have made, in order.
    pub(super) fn add(&mut self, text: &str, next: Vec<Splice>) -> Option<()> {
        let mut text = text.to_owned();
        // From the last on, so that those before keep their places.
        for next in next.into_iter().rev() {
            let changed = applied(&text, std::slice::from_ref(&next))?;
            self.add_one(&text, &next)?;
            text = changed;
        }
        Some(())
    }

    /// What a new one touches of earlier ones goes into it.
    fn add_one(&mut self, text: &str, next: &Splice) -> Option<()> {
        let made = std::mem::take(&mut self.made);
        let mut out = Splices::default();
        // From the text as it is now to the first text: between replacements, all that came before is undone.
        let mut moved = Moved::default();
        let mut old = made.into_iter().peekable();
        while let Some(before) = old.next_if(|old| moved.now(old).end < next.range.start) {
            moved.pass(&before);
            out.made.push(before);
        }
        let mut range = moved.first(next.range.start)..moved.first(next.range.end);
        let (mut head, mut tail) = ("", "");
        while let Some(touched) = old.next_if(|old| moved.now(old).start <= next.range.end) {
            let now = moved.now(&touched);
            if now.start < next.range.start {
                head = text.get(now.start..next.range.start)?;
            }
            range.start = range.start.min(touched.range.start);
            moved.pass(&touched);
            if now.end >= next.range.end {
                tail = text.get(next.range.end..now.end)?;
                range.end = touched.range.end;
            } else {
                range.end = moved.first(next.range.end);
            }
        }
        out.made.push(splice(range, format!("{head}{}{tail}", next.with)));
        out.made.extend(old);
        *self = out;
        Some(())
    }

    pub(super) fn finish(self) -> Vec<Splice> {
        self.made
    }
}

/// How far the text has moved.
#[derive(Default)]
struct Moved {
    grown: usize,
    shrunk: usize,
}

impl Moved {
    fn now(&self, old: &Splice) -> Range<usize> {
        let start = old.range.start + self.grown - self.shrunk;
        start..start + old.with.len()
    }

    fn first(&self, at: usize) -> usize {
        (at + self.shrunk).saturating_sub(self.grown)
    }

    fn pass(&mut self, old: &Splice) {
        self.grown += old.with.len();
        self.shrunk += old.range.len();
    }
}

/// Replacements in the order of the text; nothing if two of them overlap. Those that touch become one.
pub(super) fn sorted(mut splices: Vec<Splice>) -> Option<Vec<Splice>> {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out: Vec<Splice> = Vec::new();
    for next in splices {
        match out.last_mut() {
            Some(last) if next.range.start < last.range.end => return None,
            Some(last) if next.range.start == last.range.end => {
                last.range.end = next.range.end;
                last.with.push_str(&next.with);
            }
            _ => out.push(next),
        }
    }
    Some(out)
}

/// A text with replacements made, which are in order.
pub(super) fn applied(text: &str, splices: &[Splice]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        out.push_str(text.get(at..splice.range.start)?);
        out.push_str(&splice.with);
        at = splice.range.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
