//! Progress of long work, on a terminal and nowhere else.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use super::options::Options;

/// Nobody wants to be told about work that is over before they read it.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two words of it.
const PAUSE: Duration = Duration::from_millis(200);
/// The clock is looked at once in so many steps.
const STEPS: u64 = 4096;

/// How far a piece of work is.
pub(crate) struct Progress {
    total: u64,
    done: u64,
    what: &'static str,
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Work of `total` steps. Shown only where a person sees it and it does not run into the answer.
    pub(crate) fn new(total: u64, what: &'static str, options: &Options) -> Self {
        let apart = options.output.is_some() || !std::io::stdout().is_terminal();
        let visible = !options.quiet && apart && std::io::stderr().is_terminal();
        Self { total, done: 0, what, next: visible.then(|| Instant::now() + PATIENCE), shown: false }
    }

    /// Some steps are done.
    pub(crate) fn advance(&mut self, steps: u64) {
        let before = self.done / STEPS;
        self.done += steps;
        if before == self.done / STEPS {
            return;
        }
        let now = Instant::now();
        if self.next.is_some_and(|next| now >= next) {
            self.next = Some(now + PAUSE);
            self.shown = true;
            let percent = 100 * self.done / self.total.max(1);
            drop(write!(std::io::stderr().lock(), "\r{} of {} {} ({percent}%)", self.done, self.total, self.what));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            drop(write!(std::io::stderr().lock(), "\r\x1b[K"));
        }
    }
}
