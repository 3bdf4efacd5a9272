//! How an answer may look: colours, characters, width. Never what it says.

use anstyle::{AnsiColor, Style};

use crate::compile::Outcome;

/// What the place an answer goes to can show.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether colours are shown.
    pub color: bool,
    /// Whether only ASCII may be used for marks and lines.
    pub ascii: bool,
    /// Columns to stay within.
    pub width: usize,
}

impl Look {
    /// `text` in a style, if colours are shown.
    pub(super) fn paint(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// The mark of an outcome; the word stands beside it, so that neither colour nor shape is the only sign.
    pub(super) fn mark(self, outcome: Outcome) -> &'static str {
        match (outcome, self.ascii) {
            (Outcome::Pass | Outcome::Allow, false) => "✓",
            (Outcome::Pass | Outcome::Allow, true) => "+",
            (Outcome::Fail | Outcome::Deny, false) => "✗",
            (Outcome::Fail | Outcome::Deny, true) => "x",
            (Outcome::NotApplicable | Outcome::NotReached, false) => "·",
            (Outcome::NotApplicable | Outcome::NotReached, true) => ".",
        }
    }

    /// The style of an outcome.
    pub(super) fn style(outcome: Outcome) -> Style {
        match outcome {
            Outcome::Pass => AnsiColor::Green.on_default(),
            Outcome::Allow => AnsiColor::Green.on_default().bold(),
            Outcome::Fail => AnsiColor::Red.on_default(),
            Outcome::Deny => AnsiColor::Red.on_default().bold(),
            Outcome::NotApplicable | Outcome::NotReached => Style::new().dimmed(),
        }
    }
}

/// The outcome that a decision is shown as.
pub(super) fn outcome(allowed: bool) -> Outcome {
    if allowed { Outcome::Allow } else { Outcome::Deny }
}
