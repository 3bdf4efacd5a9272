//! How far access reaches, in words.

use serde_json::{Value, json};

use super::Question;
use crate::compile::DecisionList;
use crate::model::Workspace;
use crate::walk::{Share, anybody};

/// Of whom it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Of all users who could be, whoever they are.
    PossibleUsers,
    /// Of those that the files define.
    TheseFiles,
    /// Of those of them whom filters select.
    Selected,
}

/// How many internal and how many external users are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Of whom it is said.
    pub of: Of,
    /// Of internal users; `None` where there are none.
    pub internal: Option<Share>,
    /// Of external users.
    pub external: Option<Share>,
}

impl Extent {
    /// What is true of everybody who could be, where that can be said in words; it says more than what is true of those who were counted.
    /// Of those who were selected it says too much. `counts` are the internal and the external users who are allowed and denied, and `of` says which they are.
    pub fn new(workspace: &Workspace, question: &Question, list: &DecisionList, counts: [(u64, u64); 2], of: Of) -> Self {
        let possible = if of == Of::Selected { None } else { anybody(workspace, list, question.semantics, &question.what_if) };
        let possible = possible.map(|[internal, external]| Self { of: Of::PossibleUsers, internal, external });
        possible.filter(|extent| extent.in_words().is_some()).unwrap_or_else(|| {
            let [internal, external] = counts.map(|(allowed, denied)| Share::of(allowed, denied));
            Self { of, internal, external }
        })
    }

    /// What there is to say in a word or two; `None` where only a list tells.
    pub fn in_words(&self) -> Option<String> {
        let who = match (self.internal, self.external) {
            (Some(Share::All) | None, Some(Share::All)) | (Some(Share::All), None) => "everybody",
            (Some(Share::None) | None, Some(Share::None)) | (Some(Share::None), None) => "nobody",
            (Some(Share::All), Some(Share::None)) => "every internal user, and no external one",
            (Some(Share::None), Some(Share::All)) => "every external user, and no internal one",
            (Some(Share::All), Some(Share::Some)) => "every internal user, and some external ones",
            (Some(Share::Some), Some(Share::All)) => "every external user, and some internal ones",
            _ => return None,
        };
        Some(match self.of {
            Of::PossibleUsers => who.to_owned(),
            Of::TheseFiles => format!("{who}, in these files"),
            Of::Selected => format!("{who}, of those selected"),
        })
    }

    /// For machine formats.
    pub fn json(&self) -> Value {
        let of = match self.of {
            Of::PossibleUsers => "possible-users",
            Of::TheseFiles => "these-files",
            Of::Selected => "selected",
        };
        json!({"of": of, "internal": self.internal.map(Share::name), "external": self.external.map(Share::name)})
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, Of, Share};

    #[test]
    fn words_say_no_more_than_is_known() {
        let said = |of, internal, external| Extent { of, internal, external }.in_words();
        assert_eq!(said(Of::PossibleUsers, Some(Share::All), Some(Share::All)).as_deref(), Some("everybody"));
        assert_eq!(said(Of::TheseFiles, Some(Share::All), None).as_deref(), Some("everybody, in these files"));
        assert_eq!(said(Of::Selected, None, Some(Share::None)).as_deref(), Some("nobody, of those selected"));
        assert_eq!(
            said(Of::PossibleUsers, Some(Share::All), Some(Share::Some)).as_deref(),
            Some("every internal user, and some external ones")
        );
        assert_eq!(said(Of::PossibleUsers, Some(Share::Some), Some(Share::Some)), None);
        assert_eq!(said(Of::TheseFiles, None, None), None);
        assert_eq!(said(Of::PossibleUsers, Some(Share::None), Some(Share::Some)), None);
    }
}
