//! Overrides: what an administrator put in place of an app's own rules.

use std::sync::Arc;

use super::fields::{Shape, deciding, deciding_also, known};
use super::site::{HomePageRules, home_page_rules};
use super::{Features, Name, Names, Rules, Semantics, Spanned, UserType, feature};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Node;
use crate::source::Span;

/// The suffix of an override's id in Pika's table.
pub(super) const SUFFIX: &str = ":override";

/// Fields that only overrides have: a record with one of them is an override wherever it stands.
pub(super) const OWN_FIELDS: &[&str] =
    &["exclusiveUserIdAccessControl", "exclusiveInternalAccessControl", "exclusiveExternalAccessControl", "homePageFilterRules"];

/// Fields that are read on chat apps only; on an override they would be silently without effect.
const APP_ONLY: &[&str] = &["requiredRoles", "allowedEntities", "allowedUserIds", "deniedUserIds", "override"];

/// One app's override.
#[derive(Debug)]
pub struct Override {
    /// The app it is for; absent where it stands inside the app.
    pub app: Option<Name>,
    /// Its rules, which replace the app's whole.
    pub rules: Rules,
    /// The only user ids let in.
    pub user_ids: Option<Arc<Names>>,
    /// The only entities whose internal users are let in.
    pub internal_entities: Option<Arc<Names>>,
    /// The only entities whose external users are let in.
    pub external_entities: Option<Arc<Names>>,
    /// Its features, each in place of the app's.
    pub features: Features,
    /// Its home-page rules, in place of the site's.
    pub home_page: Option<HomePageRules>,
    /// When it was meant to end. Pika applies it all the same.
    pub expires: Option<Spanned<jiff::Timestamp>>,
    /// Who answers for it.
    pub owner: Option<Name>,
}

const OVERRIDE: Shape = Shape {
    what: "an override",
    fields: &[
        deciding("chatAppId"),
        deciding("enabled"),
        deciding_also("userTypes", "chatAppUserTypes"),
        deciding_also("userRoles", "allowedRoles"),
        deciding("applyRulesAs"),
        deciding_also("features", "featureOverrides"),
        deciding("exclusiveUserIdAccessControl"),
        deciding("exclusiveInternalAccessControl"),
        deciding("exclusiveExternalAccessControl"),
        deciding("homePageFilterRules"),
        known("requiredRoles"),
        known("allowedEntities"),
        known("allowedUserIds"),
        known("deniedUserIds"),
        known("override"),
        known("title"),
        known("description"),
        known("agentId"),
        known("modesSupported"),
        known("dontCacheThis"),
        known("reason"),
        known("expires"),
        known("owner"),
        known("createdByUserId"),
        known("updatedByUserId"),
        known("createDate"),
        known("lastUpdate"),
    ],
};

impl Override {
    pub(super) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = OVERRIDE.read(node, problems)?;
        for name in APP_ONLY {
            if let Some(entry) = fields.entry(name) {
                problems.push(
                    Diagnostic::new(Code::OverrideField, entry.key_span, format!("an override has no field `{}`", entry.key))
                        .label("read on chat apps only")
                        .help(
                            "an override replaces the app's rules whole: write `userRoles`, or one of the `exclusive…AccessControl` lists",
                        ),
                );
            }
        }
        let app = fields.name("chatAppId", problems).and_then(|id| match id.value.strip_suffix(SUFFIX).unwrap_or(&id.value) {
            "" => {
                problems.push(Diagnostic::new(Code::MissingField, id.span, "this id names no app"));
                None
            }
            app => Some(Spanned { value: app.into(), span: id.span }),
        });
        let rules = fields.list("homePageFilterRules", problems);
        Some(Self {
            app,
            rules: Rules::read(&fields, problems),
            user_ids: fields.names("exclusiveUserIdAccessControl", problems),
            internal_entities: fields.names("exclusiveInternalAccessControl", problems),
            external_entities: fields.names("exclusiveExternalAccessControl", problems),
            features: fields.node("features").map(|node| feature::read(node, "`features`", problems)).unwrap_or_default(),
            home_page: rules.map(|(span, items)| home_page_rules(span, items, problems)),
            expires: fields.time("expires", problems),
            owner: fields.words_of("owner"),
        })
    }

    /// The list of exclusive user ids, if it counts: an empty one is as good as none, but under `legacy` it denies everybody.
    pub fn counting_user_ids(&self, semantics: Semantics) -> Option<&Arc<Names>> {
        self.user_ids.as_ref().filter(|list| !list.is_empty() || semantics == Semantics::Legacy)
    }

    /// The list of exclusive entities for users of a type, if it counts: an empty one is as good as none.
    pub fn counting_entities(&self, user_type: UserType) -> Option<&Arc<Names>> {
        let list = match user_type {
            UserType::Internal => &self.internal_entities,
            UserType::External => &self.external_entities,
        };
        list.as_ref().filter(|list| !list.is_empty())
    }

    /// Where it is defined.
    pub fn span(&self) -> Span {
        self.rules.span
    }
}
