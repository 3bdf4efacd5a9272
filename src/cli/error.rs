//! Why there is no answer, and the one place that prints it.

use std::fmt;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use gatewalk::compile::UnknownTarget;
use gatewalk::discover::Invalid;
use gatewalk::render::{Look, NOT_TRUSTED, escape, problems};

/// A question that cannot be answered.
#[derive(Debug)]
pub(crate) struct Refusal {
    message: String,
    hints: Vec<String>,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds "did you mean", where there is something to mean.
    pub(crate) fn did_you_mean(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl From<UnknownTarget> for Refusal {
    fn from(unknown: UnknownTarget) -> Self {
        Self::new(unknown.to_string()).did_you_mean(unknown.suggestion.as_deref())
    }
}

/// Definitions with problems, as an error.
#[derive(Debug)]
pub(crate) struct Untrusted {
    invalid: Box<Invalid>,
    so: &'static str,
}

impl Untrusted {
    /// A workspace that cannot be trusted.
    pub(crate) fn workspace(invalid: Box<Invalid>) -> Self {
        Self { invalid, so: NOT_TRUSTED }
    }

    /// A user on the command line that cannot be read.
    pub(crate) fn user(invalid: Box<Invalid>) -> Self {
        Self { invalid, so: "this user cannot be read, and nothing was decided" }
    }

    /// A resource on the command line that cannot be read.
    pub(crate) fn target(invalid: Box<Invalid>) -> Self {
        Self { invalid, so: "this resource cannot be read, and nothing was decided" }
    }
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there are {} problems", self.invalid.problems.len())
    }
}

impl std::error::Error for Untrusted {}

/// Prints an error to standard error. What cannot be printed there is lost; the exit code still tells.
pub(crate) fn print(error: &anyhow::Error, look: Look) {
    let mut err = std::io::stderr().lock();
    if let Some(Untrusted { invalid, so }) = error.downcast_ref() {
        for text in problems(&invalid.sources, &invalid.problems, so, look) {
            if err.write_all(text.as_bytes()).is_err() {
                return;
            }
        }
        return;
    }
    let paint = |style: Style, text: &str| if look.color { format!("{style}{text}{style:#}") } else { text.to_owned() };
    let word = paint(AnsiColor::Red.on_default().bold(), "error");
    let mut text = format!("{word}: {}\n", escape::lines(&format!("{error:#}")));
    for hint in error.downcast_ref::<Refusal>().map(|refusal| refusal.hints.as_slice()).unwrap_or_default() {
        let word = paint(AnsiColor::Cyan.on_default().bold(), "help");
        text.push_str(&format!("{word}: {}\n", escape::lines(hint)));
    }
    drop(err.write_all(text.as_bytes()));
}
