//! The gates of a feature, and of detailed traces within the traces.

use super::rules::types_and_roles_match;
use super::{Answer, Semantics, allow, allow_if, deny};
use crate::worlds::world::{App, FeatureConfig, Rules, User, World};

/// Features of the framework that need a site-wide switch.
const SITE_FEATURES: [&str; 3] = ["traces", "verifyResponse", "logout"];

/// The test that a configuration had to pass before mid-2025 to count at all.
fn legacy_counts(rules: &Rules) -> bool {
    rules.user_types.as_ref().is_some_and(|types| !types.is_empty()) || rules.user_roles.is_some()
}

/// The effective configuration of a feature: the override's whole, else the app's whole; an invalid
/// one counts as none.
fn effective_config<'a>(app: &'a App, feature: &str, semantics: Semantics) -> Option<&'a FeatureConfig> {
    if semantics == Semantics::Legacy {
        return app.features.get(feature).filter(|config| legacy_counts(&config.rules));
    }
    let overriding = app.admin_override.as_ref().and_then(|over| over.features.get(feature));
    let config = match overriding {
        Some(config) => config,
        None => app.features.get(feature)?,
    };
    let valid = config.rules.enabled.is_some();
    valid.then_some(config)
}

/// What a configuration's `enabled` says: before mid-2025 absent meant true in a configuration that
/// counted.
fn config_enabled(rules: &Rules, semantics: Semantics) -> bool {
    if semantics == Semantics::Legacy && rules.enabled.is_none() {
        return true;
    }
    rules.enabled == Some(true)
}

pub fn feature_stage(world: &World, user: &User, app: &App, feature: &str, semantics: Semantics) -> Answer {
    let is_site_feature = SITE_FEATURES.contains(&feature);
    let config = effective_config(app, feature, semantics);
    let site_rule = world.site.features.get(feature);

    if let Some(config) = config
        && !config_enabled(&config.rules, semantics)
    {
        return deny("feature-enabled");
    }
    match site_rule {
        Some(rule) if rule.rules.enabled != Some(true) => return deny("site-feature-enabled"),
        None if is_site_feature => return deny("site-feature-enabled"),
        _ => {}
    }
    let rules = match (config, site_rule) {
        (Some(config), _) => &config.rules,
        (None, Some(rule)) => &rule.rules,
        (None, None) => return deny("feature-rules-present"),
    };
    match types_and_roles_match(rules, user, semantics) {
        Some(matched) => allow_if(matched, "feature-combine-rules"),
        None if semantics == Semantics::Legacy => allow("feature-rules-present"),
        None if semantics == Semantics::Current && !is_site_feature => allow("feature-rules-present"),
        None => deny("feature-rules-present"),
    }
}

/// Reached only by who has traces.
pub fn detailed_traces_stage(world: &World, user: &User, app: &App, semantics: Semantics) -> Answer {
    let site_traces = world.site.features.get("traces");
    let Some(site_rules) = site_traces.and_then(|traces| traces.detailed_traces.as_ref()) else {
        return deny("detailed-traces-site");
    };
    if site_rules.enabled != Some(true) {
        return deny("detailed-traces-site");
    }
    let own = if semantics == Semantics::Legacy {
        // The base app's, tested by itself: its traces configuration need not count, and the
        // override is not consulted.
        let base = app.features.get("traces").and_then(|traces| traces.detailed_traces.as_ref());
        base.filter(|rules| legacy_counts(rules))
    } else {
        effective_config(app, "traces", semantics).and_then(|traces| traces.detailed_traces.as_ref())
    };
    if let Some(own) = own
        && !config_enabled(own, semantics)
    {
        return deny("detailed-traces-enabled");
    }
    let rules = own.unwrap_or(site_rules);
    match types_and_roles_match(rules, user, semantics) {
        Some(matched) => allow_if(matched, "detailed-traces-combine-rules"),
        None if semantics == Semantics::Legacy => allow("detailed-traces-rules-present"),
        None => deny("detailed-traces-rules-present"),
    }
}
