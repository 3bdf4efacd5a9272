//! Problems as data: what happened, where, and what to do.
//!
//! A leaf of the crate. Reading and validating collect [`Diagnostic`]s; only `render` turns them into text.

mod code;

pub use code::Code;

use crate::source::Span;

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// In a text that was read.
    Span(Span),
    /// A file that could not be read, or not as text; with the line where one is known.
    File {
        /// Path relative to the workspace, with `/`.
        name: String,
        /// Line, counted from 1.
        line: Option<usize>,
    },
    /// The workspace as a whole.
    Workspace,
}

/// A second place that belongs to a problem, such as the first of two definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub label: String,
}

/// One problem that makes the workspace untrustworthy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What happened, in one sentence without a full stop. Text of the input in it is escaped when it is rendered.
    pub message: String,
    /// Where.
    pub at: At,
    /// The words beside the marked text.
    pub label: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem at a place in a text.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::at(code, At::Span(span), message)
    }

    /// A problem of a whole file.
    pub fn of_file(code: Code, name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::at(code, At::File { name: name.into(), line: None }, message)
    }

    /// A problem of the workspace as a whole.
    pub fn of_workspace(code: Code, message: impl Into<String>) -> Self {
        Self::at(code, At::Workspace, message)
    }

    fn at(code: Code, at: At, message: impl Into<String>) -> Self {
        Self { code, message: short(message.into()), at, label: None, related: Vec::new(), help: None }
    }

    /// Adds the line to a problem of a whole file.
    #[must_use]
    pub fn on_line(mut self, number: usize) -> Self {
        if let At::File { line, .. } = &mut self.at {
            *line = Some(number);
        }
        self
    }

    /// Adds words beside the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(short(label.into()));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(short(help.into()));
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related { span, label: short(label.into()) });
        self
    }
}

/// A message repeats names of the input, which can be of any length: a long one loses its middle.
fn short(text: String) -> String {
    const HEAD: usize = 240;
    const TAIL: usize = 80;
    let count = text.chars().count();
    if count <= HEAD + TAIL {
        return text;
    }
    let head: String = text.chars().take(HEAD).collect();
    let tail: String = text.chars().skip(count - TAIL).collect();
    format!("{head} [... {} characters ...] {tail}", count - HEAD - TAIL)
}
