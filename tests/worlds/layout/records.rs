//! Apps, overrides and users as documents, in shuffled order.

use std::collections::BTreeMap;

use super::node::Node;
use super::scribe::{Fields, Scribe};
use crate::worlds::world::{App, Override, User, Value};

impl Scribe<'_> {
    pub fn app(&mut self, app: &App, with_override: bool) -> Node {
        let mut fields = Fields::new();
        self.put(&mut fields, "chatAppId", Node::text(&app.id));
        self.rules(&mut fields, &app.rules);
        self.strings(&mut fields, "requiredRoles", app.required_roles.as_deref());
        self.strings(&mut fields, "allowedEntities", app.allowed_entities.as_deref());
        self.strings(&mut fields, "allowedUserIds", app.allowed_user_ids.as_deref());
        self.strings(&mut fields, "deniedUserIds", app.denied_user_ids.as_deref());
        self.feature_map(&mut fields, &app.features);
        self.optional(&mut fields, "test", app.test.map(Node::Bool));
        self.optional(&mut fields, "testType", app.test_type.as_deref().map(Node::text));
        if with_override {
            let inline = app.admin_override.as_ref().map(|over| {
                let mut inner = self.override_fields(over);
                self.finish(&mut inner)
            });
            self.optional(&mut fields, "override", inline);
        }
        self.noise(
            &mut fields,
            &[
                ("title", Node::text("Assistant: the \"best\" one")),
                ("description", Node::text("Answers questions # and more")),
                ("agentId", Node::text("agent-1")),
                ("modesSupported", Node::List(vec![Node::text("standalone"), Node::text("embedded")])),
                ("dontCacheThis", Node::Bool(false)),
                ("createDate", Node::text("2025-01-31T08:00:00Z")),
            ],
        );
        self.finish(&mut fields)
    }

    /// An override that stands by itself and so names its app.
    pub fn admin_override(&mut self, app_id: &str, over: &Override) -> Node {
        let mut fields = self.override_fields(over);
        self.put(&mut fields, "chatAppId", Node::text(app_id));
        self.finish(&mut fields)
    }

    fn override_fields(&mut self, over: &Override) -> Fields {
        let mut fields = Fields::new();
        self.rules(&mut fields, &over.rules);
        self.strings(&mut fields, "exclusiveUserIdAccessControl", over.exclusive_user_ids.as_deref());
        self.strings(&mut fields, "exclusiveInternalAccessControl", over.exclusive_internal.as_deref());
        self.strings(&mut fields, "exclusiveExternalAccessControl", over.exclusive_external.as_deref());
        self.feature_map(&mut fields, &over.features);
        let home_page = over.home_page_rules.as_deref().map(|rules| self.home_page_rules(rules));
        self.optional(&mut fields, "homePageFilterRules", home_page);
        self.noise(
            &mut fields,
            &[
                ("reason", Node::text("pilot: first group")),
                ("expires", Node::text("2024-02-29T00:00:00+01:00")),
                ("owner", Node::text("desk")),
                ("createdByUserId", Node::text("root")),
                ("updatedByUserId", Node::text("root")),
                ("createDate", Node::text("2024-01-31T08:00:00Z")),
                ("lastUpdate", Node::text("2024-01-31T08:00:00.123Z")),
            ],
        );
        fields
    }

    pub fn user(&mut self, user: &User) -> Node {
        let mut fields = Fields::new();
        self.put(&mut fields, "userId", Node::text(&user.id));
        self.optional(&mut fields, "userType", user.user_type.map(|kind| Node::text(kind.name())));
        self.strings(&mut fields, "roles", user.roles.as_deref());
        self.optional(&mut fields, "entity", user.entity.as_deref().map(Node::text));
        let data = user.custom_data.as_ref().map(|data| self.custom_map(data));
        self.optional(&mut fields, "customData", data);
        self.noise(
            &mut fields,
            &[
                ("firstName", Node::text("Åsa")),
                ("lastName", Node::text("O'Neil-Null")),
                ("lastLogin", Node::text("2025-05-01T12:30:00-05:00")),
            ],
        );
        self.finish(&mut fields)
    }

    /// A preferences row as it lies among the users in their table; it is nobody.
    pub fn preferences(&mut self, user: &User) -> Node {
        let mut fields = Fields::new();
        self.put(&mut fields, "userId", Node::Text(format!("{}/prefs", user.id)));
        self.put(&mut fields, "lastUpdate", Node::text("2025-05-01T12:30:00Z"));
        self.finish(&mut fields)
    }

    fn custom_map(&mut self, data: &BTreeMap<String, Value>) -> Node {
        let mut fields: Fields = data.iter().map(|(key, value)| (key.clone(), self.custom_value(value))).collect();
        self.finish(&mut fields)
    }

    fn custom_value(&mut self, value: &Value) -> Node {
        match value {
            Value::Null => Node::Null,
            Value::Text(text) => Node::Loose(text.clone()),
            Value::List(items) => Node::List(items.iter().map(|item| self.custom_value(item)).collect()),
            Value::Map(fields) => self.custom_map(fields),
        }
    }
}
