//! The USER of a command line: an id of the workspace, or a mapping.

use anyhow::Result;
use gatewalk::discover::Invalid;
use gatewalk::model::{User, Workspace, inline_user};
use gatewalk::parse;
use gatewalk::render::escape;
use gatewalk::ways::Asker;

use super::error::{Refusal, Untrusted};
use super::options::Options;

/// What messages call the text that a mapping was given in.
const SOURCE: &str = "<command line>";

/// A user that was asked about.
pub(crate) enum Who {
    /// One of the workspace, by id.
    Known(String),
    /// One given as a mapping.
    Inline(Box<User>),
}

/// So many users of a name are listed.
const LISTED: usize = 10;

/// That no user has this id, and who may have been meant.
fn unknown(workspace: &Workspace, text: &str) -> Refusal {
    let refusal = Refusal::new(format!("there is no user `{text}`"));
    let called = workspace.users_called(text);
    if called.is_empty() {
        let refusal = refusal.did_you_mean(workspace.nearest_user(text));
        return refusal.hint("a user can also be given as a mapping: '{userType: internal-user, roles: [hr-team]}'");
    }
    let mut listed: Vec<String> =
        called.iter().take(LISTED).map(|called| escape::terminal(&format!("`{}` {}", called.id, called.by)).into_owned()).collect();
    if called.len() > LISTED {
        listed.push(format!("and {} more", called.len() - LISTED));
    }
    refusal.hint(format!("users are asked about by id; that could be\n{}", listed.join("\n")))
}

impl Who {
    /// Reads USER. A mapping's text is kept in the workspace, so that places in it can be shown.
    pub(crate) fn parse(text: &str, workspace: &mut Workspace, options: &Options) -> Result<Self> {
        if workspace.user(text).is_some() {
            return Ok(Self::Known(text.to_owned()));
        }
        if !text.trim_start().starts_with('{') {
            return Err(unknown(workspace, text).into());
        }
        let mut problems = Vec::new();
        let node = parse::parse_inline(SOURCE, text, workspace.sources_mut(), &mut problems);
        let user = node.and_then(|node| inline_user(&node, &mut problems));
        if let Some(user) = &user {
            workspace.check_entity(user, &mut problems);
        }
        match user {
            Some(user) if problems.is_empty() => {
                if let Some(id) = user.id.as_ref().filter(|id| workspace.user(&id.value).is_some()) {
                    options.note(&format!("this asks about the mapping, not about the user `{}` of the workspace", id.value));
                }
                Ok(Self::Inline(Box::new(user)))
            }
            _ => {
                let sources = std::mem::take(workspace.sources_mut());
                Err(Untrusted::user(Box::new(Invalid { sources, problems })).into())
            }
        }
    }

    /// The user among other definitions, if there is one; who is given as a mapping is the same everywhere.
    pub(crate) fn defined<'w>(&'w self, workspace: &'w Workspace) -> Option<&'w User> {
        match self {
            Self::Inline(user) => Some(user),
            Self::Known(id) => workspace.user(id),
        }
    }

    /// The user, for whoever changes definitions meanwhile.
    pub(crate) fn asker(&self) -> Asker<'_> {
        match self {
            Self::Known(id) => Asker::Known(id),
            Self::Inline(user) => Asker::Given(user),
        }
    }

    /// The user.
    pub(crate) fn user<'w>(&'w self, workspace: &'w Workspace) -> Result<&'w User> {
        match self {
            Self::Inline(user) => Ok(user),
            Self::Known(id) => workspace.user(id).ok_or_else(|| Refusal::new(format!("there is no user `{id}`")).into()),
        }
    }
}
