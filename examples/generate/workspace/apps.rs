//! Chat apps, and overrides of all kinds for 15 in a hundred of them.

use serde_json::{Map, Value, json};

use super::dice::{Dice, Pack};
use super::names;

/// The site: entities, some features, and what the home page shows to whom.
pub(crate) const SITE: &str = "\
siteFeatures:
  entity: {enabled: true, attributeName: accountId}
  traces:
    enabled: true
    userTypes: [internal-user]
    detailedTraces: {enabled: true, userTypes: [internal-user], userRoles: [role-000, role-007]}
  verifyResponse: {enabled: true, userTypes: [internal-user, external-user]}
  fileUpload: {enabled: true, userTypes: [internal-user, external-user]}
  siteAdmin: {websiteEnabled: true}
  contentAdmin: {enabled: true}
  homePage:
    linksToChatApps:
      userChatAppRules:
        - {userTypes: [internal-user], chatAppUserTypes: [internal-user, external-user]}
        - {userTypes: [external-user], chatAppUserTypes: [external-user]}
";

/// What an app's own rules ask for.
#[derive(Clone, Copy)]
enum Own {
    Roles,
    Types,
    TypesAndRoles,
    TypesOrRoles,
    Required,
    Entities,
    UserIds,
    DeniedIds,
    Disabled,
    /// Neither enabled nor disabled.
    Unsaid,
    NoRules,
    EmptyList,
}

const OWN: &[(usize, Own)] = &[
    (10, Own::Roles),
    (6, Own::Types),
    (12, Own::TypesAndRoles),
    (5, Own::TypesOrRoles),
    (3, Own::Required),
    (3, Own::Entities),
    (2, Own::UserIds),
    (4, Own::DeniedIds),
    (1, Own::Disabled),
    (1, Own::Unsaid),
    (1, Own::NoRules),
    (1, Own::EmptyList),
];

/// What an override does.
#[derive(Clone, Copy)]
enum Overriding {
    Disabled,
    UserIds,
    Internal,
    External,
    InternalAndExternal,
    Replaced,
    ReplacedByOr,
    /// Rules without `enabled`, which count as disabled.
    WithoutEnabled,
    /// Exclusive entities without `enabled`: those are let in all the same.
    EntitiesWithoutEnabled,
    EmptyUserIds,
    NoRules,
    Features,
    HomePage,
}

const OVERRIDING: &[(usize, Overriding)] = &[
    (1, Overriding::Disabled),
    (2, Overriding::UserIds),
    (1, Overriding::Internal),
    (1, Overriding::External),
    (1, Overriding::InternalAndExternal),
    (2, Overriding::Replaced),
    (1, Overriding::ReplacedByOr),
    (1, Overriding::WithoutEnabled),
    (1, Overriding::EntitiesWithoutEnabled),
    (1, Overriding::EmptyUserIds),
    (1, Overriding::NoRules),
    (1, Overriding::Features),
    (1, Overriding::HomePage),
];

pub(crate) struct Apps {
    dice: Dice,
    /// How many users there are to name.
    users: u32,
    /// How many times as long lists are.
    times: u32,
    own: Pack<Own>,
    overridden: Pack<bool>,
    overriding: Pack<Overriding>,
}

impl Apps {
    pub(crate) fn new(dice: Dice, users: u32, times: u32) -> Self {
        let overridden = Pack::new(&[(3, true), (17, false)]);
        Self { dice, users, times, own: Pack::new(OWN), overridden, overriding: Pack::new(OVERRIDING) }
    }

    /// The next app, and its override if it has one.
    pub(crate) fn draw(&mut self, number: u32) -> (Value, Option<Value>) {
        let mut app = Map::new();
        app.insert("chatAppId".to_owned(), json!(names::app(number)));
        app.insert("title".to_owned(), json!(format!("App {number}")));
        if let Some(own) = self.own.deal(&mut self.dice) {
            self.own_rules(own, &mut app);
        }
        if self.dice.chance(25) {
            app.insert("features".to_owned(), self.features());
        }
        let overridden = self.overridden.deal(&mut self.dice).unwrap_or_default();
        let overriding = if overridden { self.overriding.deal(&mut self.dice) } else { None };
        (Value::Object(app), overriding.map(|kind| Value::Object(self.overriding(kind, number))))
    }

    fn own_rules(&mut self, own: Own, app: &mut Map<String, Value>) {
        let enabled = match own {
            Own::Disabled => Some(false),
            Own::Unsaid => None,
            _ => Some(true),
        };
        app.extend(enabled.map(|enabled| ("enabled".to_owned(), json!(enabled))));
        let one_type = if self.dice.chance(50) { "internal-user" } else { "external-user" };
        let both = json!(["internal-user", "external-user"]);
        let mut put = |key: &str, value: Value| app.insert(key.to_owned(), value);
        match own {
            Own::Roles | Own::Unsaid => drop(put("userRoles", self.roles())),
            Own::Types => drop(put("userTypes", json!([one_type]))),
            Own::TypesAndRoles | Own::Disabled => {
                put("userTypes", json!([one_type]));
                put("userRoles", self.roles());
            }
            Own::TypesOrRoles => {
                put("userTypes", json!([one_type]));
                put("userRoles", self.roles());
                put("applyRulesAs", json!("or"));
            }
            Own::Required => {
                put("userTypes", both);
                let count = self.dice.between(1, 3);
                put("requiredRoles", json!(names::roles(&mut self.dice, count)));
            }
            Own::Entities => {
                put("userRoles", self.roles());
                put("allowedEntities", self.entities());
            }
            Own::UserIds => {
                put("userTypes", both);
                put("allowedUserIds", self.user_ids());
            }
            Own::DeniedIds => {
                put("userTypes", json!([one_type]));
                put("deniedUserIds", self.user_ids());
            }
            Own::EmptyList => {
                put("userTypes", json!([one_type]));
                put("userRoles", json!([]));
            }
            Own::NoRules => {}
        }
    }

    fn overriding(&mut self, kind: Overriding, number: u32) -> Map<String, Value> {
        let enabled = match kind {
            Overriding::Disabled => Some(false),
            Overriding::WithoutEnabled | Overriding::EntitiesWithoutEnabled => None,
            _ => Some(true),
        };
        let mut record = Map::new();
        let mut put = |key: &str, value: Value| record.insert(key.to_owned(), value);
        put("chatAppId", json!(names::app(number)));
        if let Some(enabled) = enabled {
            put("enabled", json!(enabled));
        }
        let all = json!(["internal-user", "external-user"]);
        match kind {
            Overriding::Disabled | Overriding::WithoutEnabled => drop(put("userTypes", all)),
            Overriding::UserIds => drop(put("exclusiveUserIdAccessControl", self.user_ids())),
            Overriding::Internal => {
                put("exclusiveInternalAccessControl", self.entities());
                put("userRoles", self.roles());
            }
            Overriding::External => {
                put("exclusiveExternalAccessControl", self.entities());
                put("userTypes", json!(["internal-user"]));
            }
            Overriding::InternalAndExternal | Overriding::EntitiesWithoutEnabled => {
                put("exclusiveInternalAccessControl", self.entities());
                put("exclusiveExternalAccessControl", self.entities());
            }
            Overriding::Replaced => {
                put("userTypes", json!(["internal-user"]));
                put("userRoles", self.roles());
            }
            Overriding::ReplacedByOr => {
                put("userTypes", json!(["internal-user"]));
                put("userRoles", self.roles());
                put("applyRulesAs", json!("or"));
            }
            Overriding::EmptyUserIds => {
                put("exclusiveUserIdAccessControl", json!([]));
                put("userRoles", self.roles());
            }
            Overriding::NoRules => {}
            Overriding::Features => {
                put("userTypes", all);
                put("features", self.features());
            }
            Overriding::HomePage => {
                put("userTypes", all);
                put("homePageFilterRules", json!([{"userTypes": ["external-user"], "chatAppUserTypes": ["external-user"]}]));
            }
        }
        record
    }

    fn roles(&mut self) -> Value {
        let count = self.dice.between(1, 12) * self.times;
        json!(names::roles(&mut self.dice, count))
    }

    fn entities(&mut self) -> Value {
        let count = self.dice.between(10, 100) * self.times;
        json!(names::entities(&mut self.dice, count))
    }

    fn user_ids(&mut self) -> Value {
        let count = self.dice.between(5, 100) * self.times;
        json!(names::users(&mut self.dice, self.users, count))
    }

    fn features(&mut self) -> Value {
        json!({
            "traces": {"enabled": self.dice.chance(80), "userTypes": ["internal-user"], "userRoles": self.roles()},
            "fileUpload": {"enabled": self.dice.chance(80), "userTypes": ["internal-user", "external-user"]},
        })
    }
}
