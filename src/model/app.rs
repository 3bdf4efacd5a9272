//! Chat apps.

use std::sync::Arc;

use super::fields::{Shape, deciding, deciding_also, known};
use super::overriding::SUFFIX;
use super::{Features, Name, Names, Override, Rules, Spanned, feature};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Node;
use crate::source::Span;

/// One chat app with its override.
#[derive(Debug)]
pub struct App {
    /// Its id, unique in the workspace.
    pub id: Name,
    /// Its rules.
    pub rules: Rules,
    /// Roles of which all are needed.
    pub required_roles: Option<Arc<Names>>,
    /// The only entities let in.
    pub allowed_entities: Option<Arc<Names>>,
    /// The only user ids let in.
    pub allowed_user_ids: Option<Arc<Names>>,
    /// User ids never let in.
    pub denied_user_ids: Option<Arc<Names>>,
    /// Its features.
    pub features: Features,
    /// What an administrator put in place of its rules.
    pub overriding: Option<Box<Override>>,
    /// `test: true` keeps it off the home page.
    pub test: Option<Spanned<bool>>,
    /// `testType: mock` does so too.
    pub test_type: Option<Name>,
    /// What people call it.
    pub title: Option<Name>,
    /// Who answers for it.
    pub owner: Option<Name>,
}

const APP: Shape = Shape {
    what: "a chat app",
    fields: &[
        deciding("chatAppId"),
        deciding("enabled"),
        deciding_also("userTypes", "chatAppUserTypes"),
        deciding_also("userRoles", "allowedRoles"),
        deciding("applyRulesAs"),
        deciding_also("features", "featureOverrides"),
        deciding("override"),
        deciding("requiredRoles"),
        deciding("allowedEntities"),
        deciding("allowedUserIds"),
        deciding("deniedUserIds"),
        deciding("test"),
        deciding("testType"),
        known("title"),
        known("owner"),
        known("description"),
        known("agentId"),
        known("modesSupported"),
        known("dontCacheThis"),
        known("createDate"),
        known("lastUpdate"),
    ],
};

impl App {
    pub(super) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = APP.read(node, problems)?;
        let id = fields.required("chatAppId", problems);
        if let Some(id) = &id {
            check_id(id, problems);
        }
        let overriding = fields.node("override").and_then(|node| Override::read(node, problems)).map(Box::new);
        let rules = Rules::read(&fields, problems);
        let required_roles = fields.names("requiredRoles", problems);
        let allowed_entities = fields.names("allowedEntities", problems);
        let allowed_user_ids = fields.names("allowedUserIds", problems);
        let denied_user_ids = fields.names("deniedUserIds", problems);
        let features = fields.node("features").map(|node| feature::read(node, "`features`", problems)).unwrap_or_default();
        let test = fields.flag("test", problems);
        let test_type = fields.text("testType", problems);
        let (title, owner) = (fields.words_of("title"), fields.words_of("owner"));
        let id = id?;
        if let Some(other) = overriding.as_ref().and_then(|overriding| overriding.app.as_ref()).filter(|app| app.value != id.value) {
            let message = format!("this override names the app `{}`, but stands inside `{}`", other.value, id.value);
            problems
                .push(Diagnostic::new(Code::OverrideWithoutApp, other.span, message).help("leave `chatAppId` out of an inline override"));
        }
        Some(Self {
            id,
            rules,
            required_roles,
            allowed_entities,
            allowed_user_ids,
            denied_user_ids,
            features,
            overriding,
            test,
            test_type,
            title,
            owner,
        })
    }

    /// Where it is defined.
    pub fn span(&self) -> Span {
        self.rules.span
    }
}

/// Refuses ids that could not be told from other targets.
fn check_id(id: &Name, problems: &mut Vec<Diagnostic>) {
    if let Some(found) = id.value.chars().find(|found| "/#:{}".contains(*found)) {
        let mut problem = Diagnostic::new(Code::AppIdCharacter, id.span, format!("an app id may not contain `{found}`"))
            .help("`/`, `#`, `:`, `{` and `}` have a meaning in targets");
        if id.value.ends_with(SUFFIX) {
            problem = problem.help("an id that ends in `:override` is an override's: it belongs to `overrides`");
        }
        problems.push(problem);
    }
}
