//! Progress of long work, on a terminal and nowhere else.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use super::options::Options;
use super::pace::{Pace, Unit};

/// Nobody wants to be told about work that is over before they read it.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two words of it.
const PAUSE: Duration = Duration::from_millis(200);
/// The clock is looked at about so often: seldom enough to cost nothing.
const LOOK: Duration = Duration::from_millis(10);
/// At least once in so many calls, in case what comes is slower than what was.
const CALLS: u32 = 4096;

/// How far a piece of work is.
pub(crate) struct Progress {
    done: u64,
    /// Calls until the clock is looked at.
    calls: u32,
    shown: Option<Shown>,
}

/// What is needed where somebody looks.
struct Shown {
    pace: Pace,
    began: Instant,
    looked: Instant,
    next: Instant,
    /// Calls between two looks at the clock.
    every: u32,
    on_screen: bool,
}

impl Progress {
    /// Work of `total` steps, if that is known. Shown only where a person sees it and it does not run into the answer.
    pub(crate) fn new(total: Option<u64>, unit: Unit, options: &Options) -> Self {
        let apart = options.output.is_some() || !std::io::stdout().is_terminal();
        let visible = !options.quiet && apart && std::io::stderr().is_terminal();
        let began = Instant::now();
        let shown = Shown { pace: Pace::new(unit, total), began, looked: began, next: began + PATIENCE, every: 1, on_screen: false };
        Self { done: 0, calls: 0, shown: visible.then_some(shown) }
    }

    /// Some steps are done.
    #[inline]
    pub(crate) fn advance(&mut self, steps: u64) {
        self.done += steps;
        match self.calls.checked_sub(1) {
            Some(calls) => self.calls = calls,
            None => self.calls = self.shown.as_mut().map_or(u32::MAX, |shown| shown.look(self.done)),
        }
    }
}

impl Shown {
    /// Looks at the clock, says how far the work is if it is time to, and gives the number of calls until the next look.
    fn look(&mut self, done: u64) -> u32 {
        let now = Instant::now();
        let took = now - self.looked;
        self.looked = now;
        if took < LOOK {
            self.every = (self.every * 2).min(CALLS);
        } else if took > 4 * LOOK {
            self.every = (self.every / 2).max(1);
        }
        if now >= self.next {
            self.next = now + PAUSE;
            self.on_screen = true;
            // A line that reaches the last column would wrap on some terminals.
            let line = self.pace.line(now - self.began, done, width().saturating_sub(1));
            drop(write!(std::io::stderr().lock(), "\r{line}\x1b[K"));
        }
        self.every
    }
}

/// The columns of the terminal that messages go to, which may change at any time.
fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| usize::from(width.0))
}

impl Drop for Shown {
    fn drop(&mut self) {
        if self.on_screen {
            drop(write!(std::io::stderr().lock(), "\r\x1b[K"));
        }
    }
}
