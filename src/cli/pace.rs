//! How fast work goes and how long it still takes, in words.

use std::collections::VecDeque;
use std::time::Duration;

/// The rate is that of so much time before now: long enough not to flicker, short enough to follow work that gets slower.
const WINDOW: Duration = Duration::from_secs(10);

/// What steps are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Things of this name, in the plural.
    Things(&'static str),
    /// Bytes of input.
    Read,
}

/// How far work was at which time.
#[derive(Debug)]
pub(crate) struct Pace {
    unit: Unit,
    /// All steps, where they are known beforehand.
    total: Option<u64>,
    /// Times since the beginning, and the steps that were done by then.
    marks: VecDeque<(Duration, u64)>,
}

impl Pace {
    pub(crate) fn new(unit: Unit, total: Option<u64>) -> Self {
        Self { unit, total, marks: VecDeque::from([(Duration::ZERO, 0)]) }
    }

    /// Notes how far work is, and says so in at most `width` columns: what there is no room for is left out.
    pub(crate) fn line(&mut self, now: Duration, done: u64, width: usize) -> String {
        self.marks.push_back((now, done));
        // The first mark is the one from which the window is measured.
        while self.marks.get(1).is_some_and(|(at, _)| now.saturating_sub(*at) >= WINDOW) {
            self.marks.pop_front();
        }
        let rate = self.rate();
        let steps = match (self.unit, self.total) {
            (Unit::Things(what), Some(total)) => format!("{} of {} {what} ({}%)", grouped(done), grouped(total), percent(done, total)),
            (Unit::Things(what), None) => format!("{} {what}", grouped(done)),
            (Unit::Read, Some(total)) => format!("{} of {} read ({}%)", bytes(done), bytes(total), percent(done, total)),
            (Unit::Read, None) => format!("{} read", bytes(done)),
        };
        let speed = match self.unit {
            Unit::Things(_) => format!(", {} a second", grouped(rounded(rate))),
            Unit::Read => format!(", {} a second", bytes(rate)),
        };
        let left = self.total.and_then(|total| left(total.saturating_sub(done), rate)).map(|left| format!("{left} left"));
        let short = self.total.map_or(String::new(), |total| format!("{}%", percent(done, total)));
        let after = |before: &str, left: &Option<String>| left.as_ref().map_or(before.to_owned(), |left| format!("{before}, {left}"));
        let lines = [after(&format!("{steps}{speed}"), &left), after(&steps, &left), after(&short, &left), short];
        lines.into_iter().find(|line| line.len() <= width).unwrap_or_default()
    }

    /// Steps a second.
    fn rate(&self) -> u64 {
        let (Some((from, before)), Some((to, after))) = (self.marks.front(), self.marks.back()) else { return 0 };
        let (time, steps) = (to.saturating_sub(*from).as_millis(), u128::from(after.saturating_sub(*before)));
        u64::try_from(steps * 1000 / time.max(1)).unwrap_or(u64::MAX)
    }
}

fn percent(done: u64, total: u64) -> u128 {
    100 * u128::from(done) / u128::from(total.max(1))
}

/// To two digits: nobody can read more of a number that changes.
fn rounded(number: u64) -> u64 {
    let unit = 10_u64.pow(number.checked_ilog10().unwrap_or(0).saturating_sub(1));
    number / unit * unit
}

/// A number with commas.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes: `78 MB`, `1.2 GB`.
fn bytes(number: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    match UNITS.iter().find(|(unit, _)| number >= *unit) {
        None => format!("{number} B"),
        Some((unit, name)) if number / unit < 10 => format!("{}.{} {name}", number / unit, number % unit / (unit / 10)),
        Some((unit, name)) => format!("{} {name}", number / unit),
    }
}

/// The time that steps take at a rate; none if it cannot be told.
fn left(steps: u64, rate: u64) -> Option<String> {
    let seconds = steps.div_ceil(rate.max(1));
    let two = |many: u64, one: &str, few: u64, other: &str| {
        if few == 0 { format!("{many} {one}") } else { format!("{many} {one} {few} {other}") }
    };
    match seconds {
        _ if rate == 0 => None,
        0..60 => Some(format!("{seconds} s")),
        60..3600 => Some(two(seconds / 60, "min", seconds % 60, "s")),
        3600..86_400 => Some(two(seconds / 3600, "h", seconds % 3600 / 60, "min")),
        _ => Some(two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn numbers_are_words() {
        assert_eq!([0, 999, 1000, 12_345_678].map(grouped), ["0", "999", "1,000", "12,345,678"]);
        assert_eq!([0, 9, 94, 987, 9_312_345, u64::MAX].map(rounded), [0, 9, 94, 980, 9_300_000, 18_000_000_000_000_000_000]);
        assert_eq!([0, 999, 1000, 9_999, 78_200_000, 1_230_000_000].map(bytes), ["0 B", "999 B", "1.0 kB", "9.9 kB", "78 MB", "1.2 GB"]);
    }

    #[test]
    fn time_left_is_words() {
        let left = |seconds| left(seconds, 1).unwrap_or_default();
        assert_eq!([0, 1, 59, 60, 106, 3599].map(left), ["0 s", "1 s", "59 s", "1 min", "1 min 46 s", "59 min 59 s"]);
        assert_eq!([3600, 7500, 86_399, 86_400, 100_000].map(left), ["1 h", "2 h 5 min", "23 h 59 min", "1 d", "1 d 3 h"]);
        assert_eq!(super::left(10, 0), None);
        assert_eq!(super::left(10, 3), Some("4 s".to_owned()));
        assert_eq!(super::left(u64::MAX, u64::MAX), Some("1 s".to_owned()));
    }

    #[test]
    fn a_line_says_how_far_how_fast_and_how_long() {
        let mut pace = Pace::new(Unit::Things("cells"), Some(1_000_000_000));
        let line = pace.line(SECOND, 9_345_678, 79);
        assert_eq!(line, "9,345,678 of 1,000,000,000 cells (0%), 9,300,000 a second, 1 min 47 s left");
        assert!(pace.line(2 * SECOND, 999_999_999, 79).len() <= 79);
        let mut pace = Pace::new(Unit::Read, Some(78_000_000));
        assert_eq!(pace.line(2 * SECOND, 19_000_000, 79), "19 MB of 78 MB read (24%), 9.5 MB a second, 7 s left");
        let mut pace = Pace::new(Unit::Read, None);
        assert_eq!(pace.line(2 * SECOND, 19_000_000, 79), "19 MB read, 9.5 MB a second");
        let mut pace = Pace::new(Unit::Things("cells"), Some(10));
        assert_eq!(pace.line(SECOND, 0, 79), "0 of 10 cells (0%), 0 a second");
    }

    #[test]
    fn a_narrow_line_says_less() {
        let line = |width| Pace::new(Unit::Things("cells"), Some(1000)).line(SECOND, 100, width);
        assert_eq!(line(50), "100 of 1,000 cells (10%), 100 a second, 9 s left");
        assert_eq!(line(47), "100 of 1,000 cells (10%), 9 s left");
        assert_eq!(line(20), "10%, 9 s left");
        assert_eq!(line(10), "10%");
        assert_eq!(line(2), "");
    }

    #[test]
    fn the_rate_follows_the_work() {
        let mut pace = Pace::new(Unit::Things("cells"), None);
        for second in 0..=100_u32 {
            // Fast for a minute, then slow.
            let done = if second <= 60 { 1000 * u64::from(second) } else { 60_000 + 10 * u64::from(second - 60) };
            pace.line(second * SECOND, done, 79);
        }
        assert_eq!(pace.rate(), 10);
        assert!(pace.marks.len() < 13, "what is past is forgotten");
    }
}
