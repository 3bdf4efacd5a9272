//! The few names a world is made of. Few, so that users and rules meet; some awkward, so that text
//! survives as written.

use crate::worlds::dice::Dice;

#[derive(Clone, Debug)]
pub struct Names {
    pub apps: Vec<String>,
    pub users: Vec<String>,
    pub roles: Vec<String>,
    pub entities: Vec<String>,
    pub features: Vec<String>,
    /// Where the entity is looked for in custom data; dots descend.
    pub attribute: String,
}

// The first part of each pool is drawn often, the second (after `ODD`) in moderation.
const APPS: &[&str] = &["hr-assistant", "support", "finance-tools", "hr", "admin.tools", "Support"];
const ODD_APPS: &[&str] = &["no", "0123", "1e3", "null", "café 🦀", "=cmd", "beta desk", "~", "true"];

const USERS: &[&str] = &["alice", "bob", "u-1", "U-1", "user_123", "dave@example.com", "eve", "mallory", "trent", "u-10"];
const ODD_USERS: &[&str] =
    &["no", "0123", "1e3", "12:30", "null", "O'Hara, Pat", "zoë", "🦀", "=cmd", "Dave \"D\" Smith", "日本", "-1", "a # b", "back\\slash"];

const ROLES: &[&str] = &["hr-team", "hr-manager", "finance-team", "sales-east", "sales-*", "support tier 2"];
const ODD_ROLES: &[&str] =
    &["pika:content-user", "no", "007", "1e3", "12:30", "null", "café", "cafe\u{301}", "🦀 crew", "=cmd", "[x]", "a: b", "*", "HR-team"];

const ENTITIES: &[&str] = &["acme-corp", "globex-inc", "account_001", "1.0", "007", "true"];
const ODD_ENTITIES: &[&str] = &["no", "1e3", "12:30", "null", "Zürich AG", "-0.50", "false", "=1+1", "1", "acme-*", "0x1F", "a,b"];

const FEATURES: &[&str] = &["fileUpload", "tags", "suggestions"];
const ODD_FEATURES: &[&str] = &["no", "0123", "betaTools", "élan"];

const ATTRIBUTES: &[&str] = &["accountId", "org.account", "org.unit.id"];
const ODD_ATTRIBUTES: &[&str] = &["account_id", "no", "org.007", "Kunde.nr 1"];

impl Names {
    pub fn draw(dice: &mut Dice) -> Self {
        let mut roles = vec!["pika:site-admin".to_owned(), "pika:content-admin".to_owned()];
        let custom = dice.between(2, 4);
        roles.extend(drawn(dice, ROLES, ODD_ROLES, custom));
        let apps = dice.between(1, 5);
        let features = dice.between(1, 3);
        Self {
            apps: drawn(dice, APPS, ODD_APPS, apps),
            users: drawn(dice, USERS, ODD_USERS, 9),
            roles,
            entities: drawn(dice, ENTITIES, ODD_ENTITIES, 4),
            features: drawn(dice, FEATURES, ODD_FEATURES, features),
            attribute: drawn(dice, ATTRIBUTES, ODD_ATTRIBUTES, 1).remove(0),
        }
    }
}

/// `count` different names, about one in four of them odd.
fn drawn(dice: &mut Dice, usual: &[&str], odd: &[&str], count: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    while names.len() < count {
        let pool = if dice.chance(25) { odd } else { usual };
        let name = (*dice.pick(pool)).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
