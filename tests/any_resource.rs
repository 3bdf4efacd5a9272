//! Questions about a type, where an answer for all resources would be wrong: for each a resource that is decided the other way.
//!
//! What cannot be found out in reasonable time is denied at `depends-on-instance`, and never answered for all.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// Rules of one policy each: priority, effect, conditions.
type Rule<'r> = (i32, &'r str, &'r str);

/// What the case shows, its rules, and two resources that are decided differently.
type Case<'r> = (&'r str, &'r [Rule<'r>], &'r str, &'r str);

#[rustfmt::skip]
const CASES: &[Case<'_>] = &[
    ("globs with many ways to match", &[(10, "allow", "{x: {glob: \"?a*\"}}"), (5, "deny", "{x: {glob: \"*a??????????????x\"}}"), (0, "allow", "{}")],
        "ticket{x=b}#view", "ticket{x=bba12345678901234x}#view"),
    ("a glob between two texts", &[(9, "allow", "{x: {lte: xa}}"), (9, "allow", "{x: {gte: xc}}"), (5, "deny", "{x: {glob: \"x?\"}}"), (0, "allow", "{}")],
        "ticket{x=xa}#view", "ticket{x=xb}#view"),
    ("the same the other way round", &[(9, "deny", "{x: {lte: xa}}"), (9, "deny", "{x: {gte: xc}}"), (5, "allow", "{x: {glob: \"x?\"}}")],
        "ticket{x=xb}#view", "ticket{x=xa}#view"),
    ("a number against a name", &[(9, "allow", "{x: {gte: \"\"}}"), (9, "allow", "{x: [true, false]}"), (5, "deny", "{x: {gt: \"${user.id}\"}}"), (0, "allow", "{}")],
        "ticket{x=abc}#view", "ticket{x=2}#view"),
    ("a number where a name is asked for", &[(0, "deny", "{owner: \"${user.account}\"}"), (0, "allow", "{}")], "ticket{owner=4712}#view", "ticket{owner=4711}#view"),
    ("a boolean where a name is asked for", &[(0, "allow", "{owner: \"${user.vip}\"}")], "ticket{owner=true}#view", "ticket{}#view"),
    ("a list of numbers where names are asked for", &[(0, "allow", "{owner: [4711, 4712]}")], "ticket{owner='4712'}#view", "ticket{owner=04711}#view"),
    ("two elements of a list", &[(0, "allow", "{x: a, ticket.x: b}")], "ticket{x=[a, b]}#view", "ticket{x=a}#view"),
    ("numbers far apart", &[(0, "allow", "{x: {gt: 1e400, lt: 1e401}}")], "ticket{x=5e400}#view", "ticket{x=1e400}#view"),
    ("an empty list", &[(0, "allow", "{x: {notIn: [a]}, ticket.x: {ne: b}}")], "ticket{x=[]}#view", "ticket{}#view"),
];

fn check(folder: &std::path::Path, target: &str) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk"))
        .args(["check", "1", target, "--format", "json", "-C"])
        .arg(folder)
        .output()
        .expect("the program starts");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{target}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn workspace(rules: &[Rule<'_>]) -> tempfile::TempDir {
    let mut text = String::from(
        "resources: [{resource: ticket, permissions: [view]}]\nusers: [{userId: \"1\", attributes: {account: 4711, vip: true}}]\npolicies:\n",
    );
    for (at, (priority, effect, conditions)) in rules.iter().enumerate() {
        let rule = format!("{{effect: {effect}, actions: [view], resources: [ticket], conditions: {conditions}}}");
        writeln!(text, "  - {{name: p{at}, priority: {priority}, rules: [{rule}]}}").expect("text takes text");
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("permissions.yaml"), text).expect("the workspace can be written");
    folder
}

#[test]
fn no_answer_for_all_where_one_is_decided_otherwise() {
    for (what, rules, allowed, denied) in CASES {
        let folder = workspace(rules);
        assert_eq!(check(folder.path(), allowed)["decision"], "allow", "{what}: {allowed}");
        assert_eq!(check(folder.path(), denied)["decision"], "deny", "{what}: {denied}");
        let answer = check(folder.path(), "ticket#view");
        assert_eq!((&answer["decision"], &answer["gate"]), (&"deny".into(), &"depends-on-instance".into()), "{what}");
    }
}

#[test]
fn what_no_resource_can_have_is_not_asked_for() {
    // Text that is a time is no text, quoted or not: no glob matches it.
    let folder = workspace(&[(0, "allow", "{x: {glob: \"2026-01-01\"}}")]);
    assert_eq!(check(folder.path(), "ticket#view")["gate"], "default-deny");
    assert_eq!(check(folder.path(), "ticket{x='2026-01-01'}#view")["decision"], "deny");
    // Nothing is below 1 and above 2 by one element, but by two.
    let folder = workspace(&[(0, "allow", "{x: {lt: 1, gt: 2}}")]);
    assert_eq!(check(folder.path(), "ticket#view")["gate"], "depends-on-instance");
    assert_eq!(check(folder.path(), "ticket{x=[0, 3]}#view")["decision"], "allow");
    // Two rules deny each of them, though neither denies all.
    let folder = workspace(&[(1, "deny", "{x: {exists: true}}"), (1, "deny", "{x: {exists: false}}"), (0, "allow", "{}")]);
    assert_eq!(check(folder.path(), "ticket#view")["gate"], "policy-deny");
}
