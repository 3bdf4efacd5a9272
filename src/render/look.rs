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
    pub(super) fn mark(self, outcome: &str) -> &'static str {
        match (outcome, self.ascii) {
            ("pass" | "allow", false) => "✓",
            ("pass" | "allow", true) => "+",
            ("fail" | "deny", false) => "✗",
            ("fail" | "deny", true) => "x",
            (_, false) => "·",
            (_, true) => ".",
        }
    }

    /// The style of an outcome.
    pub(super) fn outcome(outcome: &str) -> Style {
        let plain = Style::new();
        match outcome {
            _ if outcome == Outcome::Pass.name() => AnsiColor::Green.on_default(),
            _ if outcome == Outcome::Allow.name() => AnsiColor::Green.on_default().bold(),
            _ if outcome == Outcome::Fail.name() => AnsiColor::Red.on_default(),
            _ if outcome == Outcome::Deny.name() => AnsiColor::Red.on_default().bold(),
            _ => plain.dimmed(),
        }
    }
}
