//! Every operator over values at which types, orders and spellings are told apart.

use gatewalk::model::Semantics;
use gatewalk::sql::Dialect;
use serde_json::json;

use crate::ask::Asked;
use crate::{Count, compare, engine, question, time, workspace};

/// As YAML writes them.
const VALUES: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "0417",
    "417",
    "'417'",
    "417.0",
    "+417",
    ".5",
    "0.50",
    "5e-1",
    "-12",
    "-12.3",
    "-123",
    "9007199254740992",
    "9007199254740993",
    "1e30",
    "1e-30",
    "1e400",
    "123456789012345678901234567890.123456789",
    "true",
    "false",
    "'true'",
    "2026-03-01",
    "'2026-03-01T00:00:00Z'",
    "2026-03-01T01:30:00+01:30",
    "2026-03-01T00:00:00.000000001Z",
    "2026-03-01 00:00Z",
    "0001-01-01T00:00:00+23:59",
    "1969-12-31T23:59:59.999999999Z",
    "'2026-03-01x'",
    "'2026-03-01 00:00 a-b'",
    "'2026-03-01T00:00+05Z'",
    "''",
    "a",
    "Z",
    "\u{e9}",
    "\u{ff61}",
    "\u{1f980}",
    "a/b",
    "a.b",
    "'a*'",
    "\"a\\nb\"",
    "[]",
    "[a, 417, true]",
    "['417', 0.5]",
];

const CONSTANTS: &[&str] =
    &["417", "'417'", "0417", "0.5", "-12.3", "9007199254740993", "1e400", "true", "'true'", "2026-03-01", "a", "\u{ff61}"];

/// Custom data in which the entity is at `a.0.b`: in a list or in a mapping, as written, or none.
const CUSTOM_DATA: &[&str] = &[
    "{a: [{b: x}]}",
    "{a: {'0': {b: x}}}",
    "{a: [{b: ''}]}",
    "{a: [{b: null}]}",
    "{a: [{b: [x]}]}",
    "{a: [{b: {c: x}}]}",
    "{a: [{b: 1.00}]}",
    "{a: [{b: 1e3}]}",
    "{a: [{b: 12345678901234567890.10}]}",
    "{a: [{b: true}]}",
    "{a: [{b: 'true'}]}",
    "{a: [x]}",
    "{a: x}",
    "{a: []}",
    "{a: null}",
    "{b: x}",
    "{a: [{b: 'say \"x\", {b: 1}'}]}",
];

const OPERATORS: &[&str] = &["eq", "ne", "gt", "gte", "lt", "lte"];

/// A user and an instance for each value; for each operator and constant, and each template, an action.
fn definitions() -> String {
    let mut conditions: Vec<String> = Vec::new();
    for operator in OPERATORS {
        for key in ["user.v", "v", "owner"] {
            conditions.extend(CONSTANTS.iter().map(|constant| format!("{{{key}: {{{operator}: {constant}}}}}")));
        }
        conditions.extend(["v", "owner"].map(|key| format!("{{{key}: {{{operator}: '${{user.v}}'}}}}")));
        conditions.push(format!("{{user.v: {{{operator}: '${{user.id}}'}}}}"));
    }
    for glob in ["*", "a*", "?", "a?b", "a.b", "*/*", "2026*", ""] {
        conditions.extend(["user.v", "v", "owner"].map(|key| format!("{{{key}: {{glob: {}}}}}", json!(glob))));
    }
    for exists in [true, false] {
        conditions.extend(["user.v", "v", "owner", "user.w", "w", "user.entity"].map(|key| format!("{{{key}: {{exists: {exists}}}}}")));
    }
    let entities = ["x", "'1.00'", "1e3", "'12345678901234567890.10'", "true", "'say \"x\", {b: 1}'"];
    conditions.extend(entities.map(|entity| format!("{{user.entity: {entity}}}")));
    conditions.extend(entities.map(|entity| format!("{{user.entity: {{ne: {entity}}}}}")));
    conditions.extend(["user.v", "v", "owner"].map(|key| format!("{{{key}: {{notIn: [a, '${{user.id}}', 417]}}}}")));
    let mut text = "siteFeatures: {entity: {enabled: true, attributeName: a.0.b}}\nroles:\n- role: r\n  permissions:\n".to_owned();
    for (at, condition) in conditions.iter().enumerate() {
        text.push_str(&format!("  - {{resource: it, actions: [a{at}], conditions: {condition}}}\n"));
    }
    let actions: Vec<String> = (0..conditions.len()).map(|at| format!("a{at}")).collect();
    text.push_str(&format!(
        "resources:\n- {{resource: it, permissions: [{}]}}\nusers:\n- {{userId: none, roles: [r]}}\n",
        actions.join(", ")
    ));
    for (at, value) in VALUES.iter().enumerate() {
        text.push_str(&format!("- {{userId: u{at}, roles: [r], attributes: {{v: {value}}}}}\n"));
    }
    for (at, data) in CUSTOM_DATA.iter().enumerate() {
        text.push_str(&format!("- {{userId: c{at}, roles: [r], customData: {data}}}\n"));
    }
    text.push_str("- {userId: '417', roles: [r], attributes: {v: 417}}\n- {userId: a, roles: [r], attributes: {v: [x, a]}}\ninstances:\n- {resource: it, id: none}\n");
    for (at, value) in VALUES.iter().enumerate() {
        let owner = if value.is_empty() || *value == "''" || value.contains("\\n") { "a" } else { value };
        text.push_str(&format!("- {{resource: it, id: i{at}, attributes: {{v: {value}, owner: {owner}}}}}\n"));
    }
    text
}

fn values(dialect: Dialect, chunk: usize) {
    let Some(mut engine) = engine::of(dialect) else { return };
    let dir = tempfile::tempdir().expect("a folder for the world");
    std::fs::write(dir.path().join("gatewalk.yaml"), "permissions: [all.yaml]\n").expect("it can be written");
    std::fs::write(dir.path().join("all.yaml"), definitions()).expect("it can be written");
    let workspace = workspace(dir.path());
    let mut count = Count::default();
    for asked in Asked::all(&workspace, false).in_parts(chunk) {
        compare(&mut engine, dialect, &workspace, &asked, &question(Semantics::Documented, time("2026-03-15T00:00:00Z")), true, &mut count);
    }
    eprintln!("{}: {} cells of values in {} queries", dialect.name(), count.cells, count.queries);
}

#[test]
fn duckdb_compares_values_as_they_are() {
    values(Dialect::DuckDb, 400);
}

#[test]
fn spark_compares_values_as_they_are() {
    values(Dialect::Spark, 60);
}
