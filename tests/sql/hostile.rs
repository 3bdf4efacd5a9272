//! Names that are made to end what they stand in, through every place a name can stand in.

use std::fmt::Write as _;

use gatewalk::model::Semantics;
use gatewalk::sql::Dialect;
use serde_json::json;

use crate::ask::Asked;
use crate::{Count, compare, engine, question, time, workspace};

const NAMES: &[&str] = &[
    "O'Hara",
    "''",
    "\"q\"",
    "back\\slash",
    "end\\",
    "\\'",
    "${user.home}",
    "${spark.app.name}",
    "{{x}}",
    "100%",
    "_x%",
    "-- x",
    "/* x */",
    "x; DROP TABLE users",
    "a') OR ('1' = '1",
    "$$",
    "?",
    ":name",
    "\u{1f980}",
    "\u{65e5}\u{672c}",
    "cafe\u{301}",
    "\\u0027",
    "\\x27",
    "\\n",
    "~1",
    "a/b",
    "a.b",
    "s1",
    "n1",
];

/// Apps, roles, entities, users, teams, instances and attributes, all of them called so.
fn definitions() -> String {
    let all = json!(NAMES);
    let mut text = String::new();
    let mut line = |value: serde_json::Value| writeln!(text, "{value}").expect("a string takes all text");
    for (at, name) in NAMES.iter().enumerate() {
        let next = NAMES[(at + 1) % NAMES.len()];
        // In a condition `${` begins a template.
        let (value, other) = (name.replace("${", "$"), next.replace("${", "$"));
        if !name.contains(['/', '#', ':', '{', '}']) {
            line(json!({"chatAppId": name, "enabled": true, "userRoles": [name, next], "allowedEntities": all, "deniedUserIds": [next]}));
        }
        line(json!({"userId": name, "userType": "internal-user", "roles": [name], "customData": {"a'b\\": {"c\"d": name}},
            "attributes": {"say": name, "list": [name, next, "x"]}}));
        line(json!({"team": name, "members": [{"user": name, "role": name}]}));
        line(json!({"role": name, "permissions": [{"resource": "it", "actions": ["see"], "scope": "team_resources"},
            {"resource": "it", "actions": ["touch"], "conditions": {"say": {"in": [value]}, "user.say": {"ne": other}}}], "inherits": []}));
        line(json!({"resource": "it", "id": name, "attributes": {"team_id": next, "say": name, "owner": name}}));
        line(
            json!({"name": format!("policy {name}"), "priority": 1, "rules": [{"effect": "deny", "actions": ["touch"], "resources": ["it"],
            "conditions": {"owner": "${user.id}", "user.list": {"in": [other]}, "say": {"glob": "*\\?*"}}}]}),
        );
    }
    line(json!({"resource": "it", "permissions": ["see", "touch"]}));
    line(json!({"siteFeatures": {"entity": {"enabled": true, "attributeName": "a'b\\.c\"d"}}}));
    text
}

fn hostile_names(dialect: Dialect) {
    let Some(mut engine) = engine::of(dialect) else { return };
    let dir = tempfile::tempdir().expect("a folder for the world");
    std::fs::write(dir.path().join("gatewalk.yaml"), "apps: [all.ndjson]\n").expect("it can be written");
    std::fs::write(dir.path().join("all.ndjson"), definitions()).expect("it can be written");
    let workspace = workspace(dir.path());
    let asked = Asked::all(&workspace, false);
    let mut question = question(Semantics::Documented, time("2026-03-15T00:00:00Z"));
    question.what_if.with_roles = vec!["O'Hara".to_owned(), "\\'".to_owned()];
    let mut count = Count::default();
    compare(&mut engine, dialect, &workspace, &asked, &question, true, &mut count);
}

#[test]
fn duckdb_takes_every_name_for_a_name() {
    hostile_names(Dialect::DuckDb);
}

#[test]
fn spark_takes_every_name_for_a_name() {
    hostile_names(Dialect::Spark);
}
