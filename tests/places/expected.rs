//! Which values a gate reads, as the guide says. Where a switch is not written, what would hold it is the place.

use gatewalk::model::Semantics;

use super::definitions::{Definitions, Holder, Keys};

/// A question as far as places go.
pub(crate) struct Asked<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) app: &'a str,
    /// The feature, of a feature or of detailed traces.
    pub(crate) feature: &'a str,
    pub(crate) internal: bool,
    pub(crate) semantics: Semantics,
    /// Whether the step `feature-config` says that a configuration of the app or of its override counts.
    pub(crate) configured: bool,
    /// The framework's site that is asked about: the key of its switch, and the switch.
    pub(crate) site: (&'a str, &'a str),
}

type Place = (Holder, Keys);

const LISTS: &[&str] = &["userTypes", "userRoles"];
const LISTS_OF_APPS: &[&str] = &["userTypes", "userRoles", "requiredRoles", "allowedEntities", "allowedUserIds"];

impl Asked<'_> {
    /// The values at which a step may point. A gate that is not here may point at nothing.
    pub(crate) fn places(&self, stage: &str, gate: &str) -> Vec<Place> {
        let (app, over) = (self.app_itself(), Holder::Override(self.app.to_owned()));
        let base = if self.definitions.has(&over, &[]) { &over } else { &app };
        match (stage, gate) {
            ("app", "app-enabled") => self.switch(&app, &[], "enabled"),
            ("app", "override-enabled") => self.switch(&over, &[], "enabled"),
            ("app", "exclusive-user-ids") => self.one(&over, &["exclusiveUserIdAccessControl"]),
            ("app", "exclusive-entities") if self.internal => self.one(&over, &["exclusiveInternalAccessControl"]),
            ("app", "exclusive-entities") => self.one(&over, &["exclusiveExternalAccessControl"]),
            ("app", "rules-enabled") => self.switch(base, &[], "enabled"),
            ("app", "rules-present") => self.lists(base, &[], LISTS_OF_APPS),
            ("app", "denied-user-ids") => self.one(&app, &["deniedUserIds"]),
            ("app", "user-type") => self.one(base, &["userTypes"]),
            ("app", "user-role") => self.one(base, &["userRoles"]),
            ("app", "combine-rules") => self.combination(base, &[]),
            ("app", "allowed-entities") => self.one(&app, &["allowedEntities"]),
            ("app", "required-roles") => self.one(&app, &["requiredRoles"]),
            ("app", "allowed-user-ids") => self.one(&app, &["allowedUserIds"]),
            ("feature", _) => self.feature_stage(gate),
            ("detailed-traces", _) => self.detailed_stage(gate),
            ("home-page", "not-test-app") => self.lists(&app, &[], &["test", "testType"]),
            ("home-page", "home-page-rules") => self.home_page(&over),
            ("site", "site-feature-enabled") => {
                let (key, switch) = self.site;
                if self.definitions.has(&Holder::Site, &[key]) {
                    self.switch(&Holder::Site, &[key], switch)
                } else {
                    self.one(&Holder::Site, &[])
                }
            }
            _ => Vec::new(),
        }
    }

    fn is_legacy(&self) -> bool {
        self.semantics == Semantics::Legacy
    }

    fn app_itself(&self) -> Holder {
        Holder::App(self.app.to_owned())
    }

    /// The configuration that stands first: the override's, or before mid-2025, when overrides had no say in it, the app's.
    fn config(&self) -> Option<Holder> {
        let mut candidates = [Holder::Override(self.app.to_owned()), self.app_itself()];
        if self.is_legacy() {
            candidates.reverse();
        }
        candidates.into_iter().find(|holder| self.definitions.has(holder, &["features", self.feature]))
    }

    /// The rules that count, and the keys that lead to them.
    fn rules(&self) -> (Holder, Vec<&str>) {
        match self.config().filter(|_| self.configured) {
            Some(holder) => (holder, vec!["features", self.feature]),
            None => (Holder::Site, vec![self.feature]),
        }
    }

    fn feature_stage(&self, gate: &str) -> Vec<Place> {
        let (holder, keys) = self.rules();
        match gate {
            "feature-config" => self.config().map_or(Vec::new(), |holder| self.one(&holder, &["features", self.feature])),
            "feature-enabled" => self.switch(&holder, &keys, "enabled"),
            "site-feature-enabled" if !self.definitions.has(&Holder::Site, &[self.feature]) => self.one(&Holder::Site, &[]),
            "site-feature-enabled" => self.switch(&Holder::Site, &[self.feature], "enabled"),
            // Nothing has rules: the configuration that counts as none, or the site that has no word on it.
            "feature-rules-present" if !self.definitions.has(&holder, &keys) => match self.config() {
                Some(holder) => self.one(&holder, &["features", self.feature]),
                None => self.one(&Holder::Site, &[]),
            },
            _ => self.of_rules(gate.trim_start_matches("feature-"), &holder, &keys),
        }
    }

    fn detailed_stage(&self, gate: &str) -> Vec<Place> {
        let site = ["traces", "detailedTraces"];
        if gate == "detailed-traces-site" {
            let there = self.definitions.has(&Holder::Site, &site);
            return if there { self.switch(&Holder::Site, &site, "enabled") } else { self.one(&Holder::Site, &[]) };
        }
        let own = ["features", "traces", "detailedTraces"];
        // Before mid-2025 they counted by a test of their own, whether or not the traces around them did.
        let config = if self.is_legacy() { Some(self.app_itself()) } else { self.config().filter(|_| self.configured) };
        let config = config.filter(|holder| self.definitions.has(holder, &own));
        let gate = gate.trim_start_matches("detailed-traces-");
        let mut places = config.as_ref().map_or(Vec::new(), |holder| self.of_rules(gate, holder, &own));
        if config.is_none() || self.is_legacy() {
            places.extend(self.of_rules(gate, &Holder::Site, &site));
        }
        places
    }

    fn of_rules(&self, gate: &str, holder: &Holder, keys: &[&str]) -> Vec<Place> {
        match gate {
            "enabled" => self.switch(holder, keys, "enabled"),
            "rules-present" => self.lists(holder, keys, LISTS),
            "user-type" => self.one(holder, &[keys, &["userTypes"]].concat()),
            "user-role" => self.one(holder, &[keys, &["userRoles"]].concat()),
            "combine-rules" => self.combination(holder, keys),
            _ => Vec::new(),
        }
    }

    fn home_page(&self, over: &Holder) -> Vec<Place> {
        let site = ["homePage", "linksToChatApps", "userChatAppRules"];
        let (holder, keys) = if self.definitions.has(over, &["homePageFilterRules"]) {
            (over.clone(), vec!["homePageFilterRules"])
        } else if self.definitions.has(&Holder::Site, &site) {
            (Holder::Site, site.to_vec())
        } else {
            return self.one(&Holder::Site, &[]);
        };
        let mut places = self.one(&holder, &keys);
        for rule in ["#0", "#1", "#2"] {
            places.extend(self.one(&holder, &[&keys, [rule].as_slice()].concat()));
        }
        places
    }

    fn one(&self, holder: &Holder, keys: &[&str]) -> Vec<Place> {
        let written = self.definitions.has(holder, keys);
        written.then(|| (holder.clone(), keys.iter().map(|key| (*key).to_owned()).collect())).into_iter().collect()
    }

    /// A switch, or what would hold it.
    fn switch(&self, holder: &Holder, keys: &[&str], switch: &str) -> Vec<Place> {
        let written = self.one(holder, &[keys, &[switch]].concat());
        if written.is_empty() { self.one(holder, keys) } else { written }
    }

    /// Any of these lists, or what would hold them.
    fn lists(&self, holder: &Holder, keys: &[&str], lists: &[&str]) -> Vec<Place> {
        let written: Vec<Place> = lists.iter().flat_map(|list| self.one(holder, &[keys, &[*list]].concat())).collect();
        if written.is_empty() { self.one(holder, keys) } else { written }
    }

    /// How the lists combine; where that is not written, one of them.
    fn combination(&self, holder: &Holder, keys: &[&str]) -> Vec<Place> {
        let written = self.one(holder, &[keys, &["applyRulesAs"]].concat());
        if written.is_empty() { self.lists(holder, keys, LISTS) } else { written }
    }
}
