//! Features and their rules as documents.

use super::node::Node;
use super::scribe::{Fields, Scribe};
use crate::worlds::world::{Combine, FeatureConfig, Features, Rules};

impl Scribe<'_> {
    pub fn feature_map(&mut self, fields: &mut Fields, features: &Features) {
        let key = self.word("features", "featureOverrides");
        let mut map = self.features(features);
        // An app may repeat the entity settings, but they are no feature of it.
        self.noise(&mut map, &[("entity", Node::map([("enabled", Node::Bool(true))]))]);
        let left_out = map.is_empty() && self.dice.chance(75);
        let map = (!left_out).then(|| self.finish(&mut map));
        self.optional(fields, key, map);
    }

    pub fn features(&mut self, features: &Features) -> Fields {
        let mut fields = Fields::new();
        for (name, config) in features {
            // The tables hold every feature's name in snake_case; one name under two spellings is one feature.
            let key = self.key(name);
            let config = self.feature_config(name, config);
            fields.push((key, config));
        }
        for name in ["traces", "verifyResponse", "logout"] {
            if !features.contains_key(name) && self.dice.chance(self.noise / 4) {
                fields.push((name.to_owned(), Node::Null));
            }
        }
        fields
    }

    fn feature_config(&mut self, name: &str, config: &FeatureConfig) -> Node {
        let mut fields = Fields::new();
        self.rules(&mut fields, &config.rules);
        if name == "traces" {
            let detailed = config.detailed_traces.as_ref().map(|detailed| {
                let mut inner = Fields::new();
                self.rules(&mut inner, detailed);
                self.finish(&mut inner)
            });
            self.optional(&mut fields, "detailedTraces", detailed);
        }
        self.noise(&mut fields, &[("featureId", Node::text(name))]);
        if name == "fileUpload" && self.dice.chance(self.noise) {
            fields.push(("maxFileSizeMB".to_owned(), Node::Number(10)));
        }
        self.finish(&mut fields)
    }

    pub fn rules(&mut self, fields: &mut Fields, rules: &Rules) {
        self.optional(fields, "enabled", rules.enabled.map(Node::Bool));
        let types = self.word("userTypes", "chatAppUserTypes");
        self.types(fields, types, rules.user_types.as_deref());
        let roles = self.word("userRoles", "allowedRoles");
        self.strings(fields, roles, rules.user_roles.as_deref());
        self.optional(fields, "applyRulesAs", rules.apply_rules_as.map(|combine: Combine| Node::text(combine.name())));
    }
}
