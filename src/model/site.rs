//! The site: features for all apps, entities, the home page, and the framework's own pages.

use std::collections::HashMap;
use std::sync::Arc;

use super::fields::{Field, Shape, deciding, known};
use super::user::UserType;
use super::{Feature, Features, Name, Names, Spanned, feature};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Node, spelling::camel};
use crate::source::Span;

/// The features that need the site's leave in every app.
pub const SITE_FEATURES: &[&str] = &["traces", "verifyResponse", "logout"];

/// The keys of `siteFeatures` that are not features of apps.
const NOT_FEATURES: &[&str] = &["entity", "homePage", "siteAdmin", "contentAdmin", "userDataOverrides"];

/// `siteFeatures`.
#[derive(Debug, Default)]
pub struct Site {
    /// Where it is configured; the first place, if several files each hold a part.
    pub span: Option<Span>,
    /// The features, by id.
    pub features: Features,
    /// How a user's entity is found.
    pub entity: Option<EntityFeature>,
    /// `homePage.linksToChatApps.userChatAppRules`.
    pub home_page: Option<HomePageRules>,
    /// `siteAdmin.websiteEnabled`.
    pub site_admin: Option<Switch>,
    /// `contentAdmin.enabled`.
    pub content_admin: Option<Switch>,
    /// Every key that was read, with its place, so that a second definition is seen.
    keys: HashMap<String, Span>,
}

/// `siteFeatures.entity`.
#[derive(Debug)]
pub struct EntityFeature {
    /// Where it is configured.
    pub span: Span,
    /// Whether entities are on.
    pub enabled: Option<Spanned<bool>>,
    /// Where in custom data a user's entity stands; dots descend.
    pub attribute: Option<Name>,
}

/// Something of the site that is on or off.
#[derive(Debug)]
pub struct Switch {
    /// Where it is configured.
    pub span: Span,
    /// On only if `true`.
    pub enabled: Option<Spanned<bool>>,
}

/// A list of home-page rules; present and empty is not absent.
#[derive(Debug)]
pub struct HomePageRules {
    /// The list's place.
    pub span: Span,
    /// The rules, of which the last that applies decides.
    pub rules: Vec<HomePageRule>,
}

/// One home-page rule.
#[derive(Debug)]
pub struct HomePageRule {
    /// Its place.
    pub span: Span,
    /// The users it applies to; absent means all.
    pub user_types: Option<Arc<Names>>,
    /// The apps it shows: those that share a type.
    pub app_types: Option<Arc<Names>>,
}

const fn shape(what: &'static str, fields: &'static [Field]) -> Shape {
    Shape { what, fields }
}

const ENTITY: Shape = shape(
    "`entity`",
    &[
        deciding("enabled"),
        deciding("attributeName"),
        known("searchPlaceholderText"),
        known("displayNameSingular"),
        known("displayNamePlural"),
        known("tableColumnHeader"),
    ],
);
const SITE_ADMIN: Shape = shape("`siteAdmin`", &[deciding("websiteEnabled")]);
const CONTENT_ADMIN: Shape = shape("`contentAdmin`", &[deciding("enabled")]);
const HOME_PAGE: Shape = shape("`homePage`", &[deciding("linksToChatApps"), known("homePageTitle"), known("welcomeMessage")]);
const LINKS: Shape = shape("`linksToChatApps`", &[deciding("userChatAppRules")]);
const HOME_PAGE_RULE: Shape = shape("a home-page rule", &[deciding("userTypes"), deciding("chatAppUserTypes")]);

impl Site {
    /// Whether nothing was configured.
    pub(super) fn is_empty(&self) -> bool {
        self.span.is_none() && self.keys.is_empty()
    }

    /// The keys that were read.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// Where a key stands.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        self.keys.get(key).copied()
    }

    /// Takes a key out; whether it was there.
    pub(super) fn take_out(&mut self, key: &str) -> bool {
        match key {
            "entity" => self.entity = None,
            "homePage" => self.home_page = None,
            "siteAdmin" => self.site_admin = None,
            "contentAdmin" => self.content_admin = None,
            _ => drop(self.features.remove(key)),
        }
        let was_there = self.keys.remove(key).is_some();
        if was_there && self.keys.is_empty() {
            self.span = None;
        }
        was_there
    }

    /// Puts a key of another part of the site here, with what stands there.
    pub(super) fn put_in(&mut self, key: &str, part: &mut Self) {
        let Some(place) = part.place(key) else { return };
        self.take_out(key);
        match key {
            "entity" => self.entity = part.entity.take(),
            "homePage" => self.home_page = part.home_page.take(),
            "siteAdmin" => self.site_admin = part.site_admin.take(),
            "contentAdmin" => self.content_admin = part.content_admin.take(),
            _ => self.features.extend(part.features.remove_entry(key)),
        }
        self.keys.insert(key.to_owned(), place);
        self.span = self.span.or(part.span);
    }

    /// Adds a `siteFeatures` mapping; several files may each hold a part.
    pub(super) fn add(&mut self, node: &Node, problems: &mut Vec<Diagnostic>) {
        let Some(entries) = node.entries() else {
            problems.push(super::fields::wrong_type(node, "`siteFeatures`", "a mapping"));
            return;
        };
        self.span.get_or_insert(node.span);
        for entry in entries {
            let id = camel(&entry.key).into_owned();
            if let Some(first) = self.keys.get(&id) {
                let problem = Diagnostic::new(Code::DuplicateId, entry.key_span, format!("the site configures `{id}` twice"));
                problems.push(problem.label("again here").related(*first, "first here").help("keep one of them"));
                continue;
            }
            self.keys.insert(id.clone(), entry.key_span);
            feature::reject_slip(&id, SITE_FEATURES.iter().chain(NOT_FEATURES), entry.key_span, problems);
            let name = Spanned { value: id.as_str().into(), span: entry.key_span };
            super::fields::check_name(&name, "a feature id", problems);
            if !entry.value.is_null() {
                self.read(&id, &entry.value, problems);
            }
        }
    }

    fn read(&mut self, id: &str, node: &Node, problems: &mut Vec<Diagnostic>) {
        if id == "homePage" {
            self.home_page = home_page(node, problems);
        } else if let Some(part) = SitePart::read(id, node, problems) {
            self.exchange(part);
        }
    }

    /// Puts what stands under a key in the place of what is there, and gives that.
    pub(super) fn exchange(&mut self, part: SitePart) -> SitePart {
        match part {
            SitePart::Entity(entity) => SitePart::Entity(std::mem::replace(&mut self.entity, entity)),
            SitePart::SiteAdmin(switch) => SitePart::SiteAdmin(std::mem::replace(&mut self.site_admin, switch)),
            SitePart::ContentAdmin(switch) => SitePart::ContentAdmin(std::mem::replace(&mut self.content_admin, switch)),
            SitePart::Feature(id, feature) => {
                let there = match feature {
                    Some(feature) => self.features.insert(id.clone(), *feature),
                    None => self.features.remove(&id),
                };
                SitePart::Feature(id, there.map(Box::new))
            }
        }
    }
}

/// What the site says under one key, home-page rules aside; nothing where it says nothing.
#[derive(Debug)]
pub enum SitePart {
    /// `entity`
    Entity(Option<EntityFeature>),
    /// `siteAdmin`
    SiteAdmin(Option<Switch>),
    /// `contentAdmin`
    ContentAdmin(Option<Switch>),
    /// A feature of this id.
    Feature(String, Option<Box<Feature>>),
}

impl SitePart {
    /// What stands under a key; `None` for a key that says nothing about access, and for what cannot be read.
    pub(super) fn read(id: &str, node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(match id {
            "entity" => Self::Entity(entity(node, problems)),
            "siteAdmin" => Self::SiteAdmin(switch(&SITE_ADMIN, "websiteEnabled", node, problems)),
            "contentAdmin" => Self::ContentAdmin(switch(&CONTENT_ADMIN, "enabled", node, problems)),
            _ if NOT_FEATURES.contains(&id) => return None,
            _ => Self::Feature(id.to_owned(), Some(Box::new(Feature::read(node, problems)?))),
        })
    }
}

fn entity(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<EntityFeature> {
    let fields = ENTITY.read(node, problems)?;
    let attribute = fields.text("attributeName", problems).filter(|name| !name.value.is_empty());
    Some(EntityFeature { span: node.span, enabled: fields.flag("enabled", problems), attribute })
}

fn switch(shape: &Shape, field: &str, node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Switch> {
    let fields = shape.read(node, problems)?;
    Some(Switch { span: node.span, enabled: fields.flag(field, problems) })
}

fn home_page(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<HomePageRules> {
    let fields = HOME_PAGE.read(node, problems)?;
    let links = LINKS.read(fields.node("linksToChatApps")?, problems)?;
    let (span, items) = links.list("userChatAppRules", problems)?;
    Some(home_page_rules(span, items, problems))
}

pub(super) fn home_page_rules(span: Span, items: &[Node], problems: &mut Vec<Diagnostic>) -> HomePageRules {
    let mut rules = Vec::new();
    for item in items.iter().filter(|item| !item.is_null()) {
        if let Some(fields) = HOME_PAGE_RULE.read(item, problems) {
            rules.push(HomePageRule {
                span: item.span,
                user_types: fields.words("userTypes", UserType::NAMES, problems),
                app_types: fields.words("chatAppUserTypes", UserType::NAMES, problems),
            });
        }
    }
    HomePageRules { span, rules }
}
