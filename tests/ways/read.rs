//! Reads a world from the few plain YAML files that are written by hand here, in the camelCase of the guide.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::worlds::world::{
    App, Combine, EntitySettings, FeatureConfig, Features, HomePageRule, Override, Rules, Site, User, UserType, Value, World,
};

/// One text with `chatApps`, `users` and `siteFeatures`.
pub fn world(text: &str) -> World {
    let all: Json = serde_yaml::from_str(text).expect("the text is YAML");
    let list = |key: &str| all[key].as_array().cloned().unwrap_or_default();
    World {
        apps: list("chatApps").iter().map(app).collect(),
        users: list("users").iter().map(user).collect(),
        site: site(&all["siteFeatures"]),
    }
}

fn app(all: &Json) -> App {
    App {
        id: text(&all["chatAppId"]).unwrap_or_default(),
        rules: rules(all),
        required_roles: texts(&all["requiredRoles"]),
        allowed_entities: texts(&all["allowedEntities"]),
        allowed_user_ids: texts(&all["allowedUserIds"]),
        denied_user_ids: texts(&all["deniedUserIds"]),
        features: features(&all["features"]),
        test: all["test"].as_bool(),
        test_type: text(&all["testType"]),
        admin_override: all.get("override").map(|over| Override {
            rules: rules(over),
            exclusive_user_ids: texts(&over["exclusiveUserIdAccessControl"]),
            exclusive_internal: texts(&over["exclusiveInternalAccessControl"]),
            exclusive_external: texts(&over["exclusiveExternalAccessControl"]),
            features: features(&over["features"]),
            home_page_rules: home_page_rules(&over["homePageFilterRules"]),
        }),
    }
}

fn user(all: &Json) -> User {
    User {
        id: text(&all["userId"]).unwrap_or_default(),
        user_type: text(&all["userType"]).map(|name| user_type(&name)),
        roles: texts(&all["roles"]),
        entity: text(&all["entity"]),
        custom_data: all.get("customData").map(fields),
    }
}

fn site(all: &Json) -> Site {
    let settings = ["entity", "homePage", "siteAdmin", "contentAdmin"];
    let mut rules = features(all);
    rules.retain(|name, _| !settings.contains(&name.as_str()));
    Site {
        features: rules,
        entity: all
            .get("entity")
            .map(|entity| EntitySettings { enabled: entity["enabled"].as_bool(), attribute_name: text(&entity["attributeName"]) }),
        home_page_rules: home_page_rules(&all["homePage"]["linksToChatApps"]["userChatAppRules"]),
        site_admin: all["siteAdmin"]["websiteEnabled"].as_bool(),
        content_admin: all["contentAdmin"]["enabled"].as_bool(),
    }
}

fn rules(all: &Json) -> Rules {
    Rules {
        enabled: all["enabled"].as_bool(),
        user_types: types(&all["userTypes"]),
        user_roles: texts(&all["userRoles"]),
        apply_rules_as: text(&all["applyRulesAs"]).map(|name| if name == "or" { Combine::Or } else { Combine::And }),
    }
}

fn features(all: &Json) -> Features {
    let config = |config: &Json| FeatureConfig { rules: rules(config), detailed_traces: config.get("detailedTraces").map(rules) };
    all.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), config(value))).collect()
}

fn home_page_rules(all: &Json) -> Option<Vec<HomePageRule>> {
    let rule = |rule: &Json| HomePageRule { user_types: types(&rule["userTypes"]), chat_app_user_types: types(&rule["chatAppUserTypes"]) };
    Some(all.as_array()?.iter().map(rule).collect())
}

fn types(list: &Json) -> Option<Vec<UserType>> {
    Some(texts(list)?.iter().map(|name| user_type(name)).collect())
}

fn user_type(name: &str) -> UserType {
    UserType::ALL.into_iter().find(|user_type| user_type.name() == name).expect("a user type")
}

fn texts(list: &Json) -> Option<Vec<String>> {
    Some(list.as_array()?.iter().filter_map(text).collect())
}

fn text(value: &Json) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn fields(all: &Json) -> BTreeMap<String, Value> {
    let value = |value: &Json| match value {
        Json::Object(_) => Value::Map(fields(value)),
        Json::String(text) => Value::Text(text.clone()),
        _ => Value::Null,
    };
    all.as_object().into_iter().flatten().map(|(name, inner)| (name.clone(), value(inner))).collect()
}
