//! The site's settings and home-page rules as documents.

use super::node::Node;
use super::scribe::{Fields, Scribe};
use crate::worlds::world::{HomePageRule, Site};

impl Scribe<'_> {
    /// What stands under `siteFeatures`.
    pub fn site(&mut self, site: &Site) -> Node {
        let mut fields = self.features(&site.features);
        let entity = site.entity.as_ref().map(|entity| {
            let mut inner = Fields::new();
            self.optional(&mut inner, "enabled", entity.enabled.map(Node::Bool));
            self.optional(&mut inner, "attributeName", entity.attribute_name.as_deref().map(Node::text));
            self.noise(&mut inner, &[("displayNameSingular", Node::text("Account"))]);
            self.finish(&mut inner)
        });
        self.optional(&mut fields, "entity", entity);
        let home_page = self.home_page(site.home_page_rules.as_deref());
        self.optional(&mut fields, "homePage", home_page);
        let site_admin = self.site_switch("websiteEnabled", site.site_admin);
        self.optional(&mut fields, "siteAdmin", site_admin);
        let content_admin = self.site_switch("enabled", site.content_admin);
        self.optional(&mut fields, "contentAdmin", content_admin);
        self.noise(&mut fields, &[("userDataOverrides", Node::map([("enabled", Node::Bool(true))]))]);
        self.finish(&mut fields)
    }

    /// A site without home-page rules may lack any of the mappings around them.
    fn home_page(&mut self, rules: Option<&[HomePageRule]>) -> Option<Node> {
        let mut links = Fields::new();
        match rules {
            Some(rules) => {
                let rules = self.home_page_rules(rules);
                self.put(&mut links, "userChatAppRules", rules);
            }
            None if self.dice.chance(75) => return None,
            None => {}
        }
        let mut home_page = Fields::new();
        if !links.is_empty() || self.dice.chance(50) {
            self.put(&mut home_page, "linksToChatApps", Node::Map(links));
        }
        Some(Node::Map(home_page))
    }

    pub fn home_page_rules(&mut self, rules: &[HomePageRule]) -> Node {
        let list = rules.iter().map(|rule| {
            let mut fields = Fields::new();
            self.types(&mut fields, "userTypes", rule.user_types.as_deref());
            // Here the overview page's word is a field of its own, not another name for the first.
            self.types(&mut fields, "chatAppUserTypes", rule.chat_app_user_types.as_deref());
            self.finish(&mut fields)
        });
        Node::List(list.collect())
    }

    fn site_switch(&mut self, field: &str, on: Option<bool>) -> Option<Node> {
        if on.is_none() && self.dice.chance(70) {
            return None;
        }
        let mut inner = Fields::new();
        self.optional(&mut inner, field, on.map(Node::Bool));
        Some(Node::Map(inner))
    }
}
