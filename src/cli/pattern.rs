//! What options select: a glob over names, or a name.

use gatewalk::model::glob;

/// A glob, or a name: a text that is the name of something stands for that name.
#[derive(Debug)]
pub(super) struct Pattern<'p> {
    pub(super) text: &'p str,
}

impl Pattern<'_> {
    /// Whether a name is meant. `exact` says that the text is itself a name.
    pub(super) fn matches(&self, name: &str, exact: bool) -> bool {
        if exact { self.text == name } else { glob::matches(self.text, name) }
    }
}
