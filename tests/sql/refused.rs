//! What ends a query rather than give a wrong cell (of columns that decide something: no other is looked at), and what cannot be put into one.

use std::process::Command;

use gatewalk::model::Semantics;
use gatewalk::sql::Dialect;
use serde_json::{Value, json};

use crate::ask::Asked;
use crate::tables::Tables;
use crate::{engine, question, time, workspace};

const DEFINITIONS: &str = "
roles:
- {role: r, permissions: [{resource: it, actions: [see], conditions: {v: {gt: 1}, user.v: {gt: 1}, user.entity: {exists: true}, user.type: external-user}}]}
resources: [{resource: it, permissions: [see]}]
patterns:
  progressive_access: {levels: [{name: one, permissions: [see], requirements: [x]}]}
siteFeatures: {entity: {enabled: true, attributeName: account}}
users: [{userId: u}]
";

/// A user's row, with one column changed.
fn user(column: usize, value: Value) -> Value {
    let mut row = json!(["u", null, ["r"], null, "{\"account\": 1}", "{\"v\": 2}", "2026-01-01", ["x"]]);
    row[column] = value;
    row
}

/// An instance's row, with one column changed.
fn instance(column: usize, value: Value) -> Value {
    let mut row = json!(["it", "i", "{\"v\": 2}"]);
    row[column] = value;
    row
}

fn bad_tables(dialect: Dialect) {
    let Some(mut engine) = engine::of(dialect) else { return };
    let dir = tempfile::tempdir().expect("a folder for the world");
    std::fs::write(dir.path().join("gatewalk.yaml"), "permissions: [all.yaml]\n").expect("it can be written");
    std::fs::write(dir.path().join("all.yaml"), DEFINITIONS).expect("it can be written");
    let workspace = workspace(dir.path());
    let query = Asked::all(&workspace, false).query(&workspace, &question(Semantics::Documented, time("2026-03-15T00:00:00Z")), dialect);
    let (good_user, good_instance) = (user(1, Value::Null), instance(0, json!("it")));
    let users = |rows: Vec<Value>| Tables { users: rows, instances: vec![good_instance.clone()] };
    let instances = |rows: Vec<Value>| Tables { users: vec![good_user.clone()], instances: rows };
    let fine = engine.run(&users(vec![good_user.clone()]), &query, true).expect("a good table is answered");
    assert!(fine.iter().any(|cell| cell[1] == "it:i#see" && cell[2] == "allow"), "{fine:?}");
    // `null` is absent in files too, and an object may have white space around it.
    for absent in [json!(" \n{}\n"), json!("null"), json!(" null\n"), Value::Null] {
        let nothing = json!(["u", null, ["r"], null, absent, absent, null, null]);
        let tables = Tables { users: vec![nothing], instances: vec![instance(2, absent)] };
        let cells = engine.run(&tables, &query, true).expect("what is absent is no mistake");
        assert!(cells.iter().any(|cell| cell[1] == "it:i#see" && cell[2] == "deny"), "{tables:?} gave {cells:?}");
    }
    let bad = [
        (users(vec![good_user.clone(), good_user.clone()]), "an id twice"),
        (users(vec![user(0, Value::Null)]), "a user without one"),
        (users(vec![user(0, json!(""))]), "a user without one"),
        (users(vec![user(1, json!("internal"))]), "no type of a user: internal"),
        (users(vec![user(2, json!(["r", null]))]), "empty place among the roles"),
        (users(vec![user(4, json!("{\"account\": "))]), ""),
        (users(vec![user(4, json!("[{\"account\": 1}]"))]), "custom_data is no JSON object for u"),
        (users(vec![user(4, json!("\"account\""))]), "custom_data is no JSON object for u"),
        (users(vec![user(4, json!(" 1"))]), "custom_data is no JSON object for u"),
        (users(vec![user(4, json!("nullable"))]), "custom_data is no JSON object for u"),
        (users(vec![user(4, json!(""))]), "custom_data is no JSON object for u"),
        (users(vec![user(5, json!("[1]"))]), "attributes is no JSON object for u"),
        (users(vec![user(5, json!("true"))]), "attributes is no JSON object for u"),
        (users(vec![user(5, json!("{\"v\": {\"a\": 1}}"))]), "no text, number or boolean"),
        (users(vec![user(5, json!("{\"v\": [null]}"))]), "no text, number or boolean"),
        (users(vec![user(5, json!("{\"v\": 1e999999999}"))]), "too large or too small"),
        (users(vec![user(5, json!("{\"v\": 0x10}"))]), ""),
        (users(vec![user(5, json!("{\"v\": \"2026-03-01T00:00:00\"}"))]), "no offset"),
        (users(vec![user(5, json!("{\"v\": \"2026-03-01T00:00+1:00\"}"))]), "no offset"),
        (users(vec![user(5, json!("{\"v\": \"2026-02-30\"}"))]), "no such time"),
        (users(vec![user(5, json!("{\"v\": \"2026-03-01T24:00Z\"}"))]), "no such time"),
        (users(vec![user(5, json!("{\"v\": \"2026-03-01T00:00:60Z\"}"))]), "no such time"),
        (users(vec![user(6, json!("yesterday"))]), "not a time: yesterday"),
        (instances(vec![good_instance.clone(), good_instance.clone()]), "an id of a type twice"),
        (instances(vec![instance(1, Value::Null)]), "an instance without one"),
        (instances(vec![instance(1, json!(""))]), "an instance without one"),
        (instances(vec![instance(0, json!("")), good_instance.clone()]), "an instance without one"),
        (instances(vec![instance(2, json!("[2]"))]), "attributes is no JSON object for it:i"),
        (instances(vec![instance(2, json!("2"))]), "attributes is no JSON object for it:i"),
        (instances(vec![instance(2, json!("{\"v\": [[1]]}"))]), "no text, number or boolean"),
    ];
    for (tables, word) in bad {
        match engine.run(&tables, &query, true) {
            Ok(cells) => panic!("{}: {tables:?} was answered: {cells:?}", dialect.name()),
            Err(problem) => assert!(problem.contains(word), "{}: of {tables:?} it is said: {problem}", dialect.name()),
        }
    }
}

#[test]
fn duckdb_ends_where_a_table_is_not_what_it_should_be() {
    bad_tables(Dialect::DuckDb);
}

#[test]
fn spark_ends_where_a_table_is_not_what_it_should_be() {
    bad_tables(Dialect::Spark);
}

#[test]
fn a_number_that_has_no_key_is_refused_with_its_place() {
    let dir = tempfile::tempdir().expect("a folder for the world");
    std::fs::write(dir.path().join("permissions.yaml"), DEFINITIONS.replace("v: {gt: 1}, user", "v: {gt: 1e99999999999}, user"))
        .expect("it can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk"))
        .args(["export", "sql", "--dialect", "duckdb", "--target", "it:*#see", "-C"])
        .arg(dir.path())
        .output()
        .expect("the binary starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("permissions.yaml:3:79: 1e99999999999 is too large or too small"), "{said}");
    assert!(output.stdout.is_empty());
}
