//! The gates of an app's link on the home page, and of the framework's own sites.

use super::user::{has_any, type_of};
use super::{Answer, Semantics, allow_if, deny};
use crate::worlds::world::{App, HomePageRule, User, UserType, World};

pub fn home_page_stage(world: &World, user: &User, app: &App, semantics: Semantics) -> Answer {
    if app.test == Some(true) || app.test_type.as_deref() == Some("mock") {
        return deny("not-test-app");
    }
    let admin_override = app.admin_override.as_ref();
    let overriding = admin_override.and_then(|over| over.home_page_rules.as_deref());
    let rules = overriding.or(world.site.home_page_rules.as_deref()).unwrap_or_default();

    let mut decider: Option<&HomePageRule> = None;
    for rule in rules {
        let applies = rule.user_types.as_ref().is_none_or(|types| types.contains(&type_of(user)));
        let says_something = rule.chat_app_user_types.as_ref().is_some_and(|types| !types.is_empty());
        if applies && says_something {
            decider = Some(rule);
        }
    }
    let Some(decider) = decider else {
        return deny("home-page-rules");
    };

    let written = admin_override.and_then(|over| over.rules.user_types.as_ref()).or(app.rules.user_types.as_ref());
    let app_types = match written {
        Some(types) => types.clone(),
        // Before mid-2025 an app that named no types was listed as one for internal users.
        None if semantics == Semantics::Legacy => vec![UserType::Internal],
        None => Vec::new(),
    };
    let shared = decider.chat_app_user_types.iter().flatten().any(|shown| app_types.contains(shown));
    allow_if(shared, "home-page-rules")
}

pub fn site_stage(user: &User, enabled: Option<bool>, role: &str, semantics: Semantics) -> Answer {
    if enabled != Some(true) {
        return deny("site-feature-enabled");
    }
    // Published overview: external users cannot use admin features. The product itself asks for the
    // role only.
    if semantics == Semantics::Documented && type_of(user) == UserType::External {
        return deny("user-type");
    }
    allow_if(has_any(user, &[role.to_owned()]), "user-role")
}
