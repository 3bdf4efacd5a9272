//! Access rules: the fields that apps, overrides, features and detailed traces share.

use std::sync::Arc;

use super::fields::Fields;
use super::user::UserType;
use super::{Names, Spanned};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// How user types and roles combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apply {
    /// Both must match.
    And,
    /// One is enough.
    Or,
}

impl Apply {
    /// The word in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
        }
    }
}

/// `enabled`, `userTypes`, `userRoles`, `applyRulesAs`, each as written or absent.
#[derive(Debug)]
pub struct Rules {
    /// The mapping that holds them.
    pub span: Span,
    /// Absent is not the same as `false` everywhere.
    pub enabled: Option<Spanned<bool>>,
    /// The user types let in.
    pub user_types: Option<Arc<Names>>,
    /// The roles of which one is needed.
    pub user_roles: Option<Arc<Names>>,
    /// Absent means [`Apply::And`].
    pub apply: Option<Spanned<Apply>>,
}

impl Rules {
    pub(super) fn read(fields: &Fields<'_>, problems: &mut Vec<Diagnostic>) -> Self {
        let apply = fields.word("applyRulesAs", &["and", "or"], problems);
        Self {
            span: fields.span,
            enabled: fields.flag("enabled", problems),
            user_types: fields.words("userTypes", UserType::NAMES, problems),
            user_roles: fields.names("userRoles", problems),
            apply: apply.map(|word| Spanned { value: if word.value == "or" { Apply::Or } else { Apply::And }, span: word.span }),
        }
    }
}
