//! Counts are what counting the cells gives.

use std::collections::BTreeMap;

use gatewalk::model::{Semantics, User, Workspace};
use gatewalk::walk::{Subject, WhatIf};
use serde_json::Value;

use crate::ask::{Asked, Cell, FIXTURES, same, world};
use crate::worlds::seeds;

/// Group and target, in the order of rows.
type Counts = BTreeMap<(String, String), (u64, u64)>;

/// A name in a group: in quotes where it could be taken for something else.
fn plain(name: &str) -> String {
    let unclear = name.is_empty() || name.contains([',', ';', '"', '\\']) || name.starts_with(['(', ' ']) || name.ends_with(' ');
    if unclear { Value::from(name).to_string() } else { name.to_owned() }
}

/// The groups of a user.
pub(crate) fn groups(workspace: &Workspace, user: &User, by: &str, semantics: Semantics, what_if: &WhatIf) -> Vec<String> {
    let subject = Subject::new(workspace, user, semantics, what_if);
    let user_type = subject.user_type.name().to_owned();
    let entity = subject.entity.name().map_or("(no entity)".to_owned(), plain);
    let mut roles: Vec<&str> = subject.roles.clone();
    roles.sort_unstable();
    roles.dedup();
    let mut roles: Vec<String> = roles.into_iter().map(plain).collect();
    if roles.is_empty() {
        roles.push("(no role)".to_owned());
    }
    match by {
        "type" => vec![user_type],
        "entity" => vec![entity],
        "role" => roles,
        "profile" => vec![format!("{user_type}; {}; {entity}", roles.join(", "))],
        _ => vec![String::new()],
    }
}

/// Counts the cells by hand.
fn counted(asked: &Asked, cells: &[Cell], by: &str, semantics: Semantics) -> Counts {
    let mut counts = Counts::new();
    for cell in cells {
        let user = asked.workspace.user(&cell.user).expect("the user exists");
        for group in groups(&asked.workspace, user, by, semantics, &WhatIf::default()) {
            let count = counts.entry((group, cell.target.clone())).or_default();
            *(if cell.allowed { &mut count.0 } else { &mut count.1 }) += 1;
        }
    }
    counts
}

/// The rows that the binary gives, in its order.
fn rows(asked: &Asked, arguments: &[&str], grouped: bool) -> Vec<((String, String), (u64, u64))> {
    let said = asked.run(&[&["matrix", "--format", "ndjson"], arguments].concat());
    assert_eq!(said.code, Some(0), "{arguments:?}: {}", said.err);
    let row = |line: &str| {
        let row: serde_json::Map<String, Value> = serde_json::from_str(line).expect("a row is JSON");
        let names: Vec<&str> = row.keys().map(String::as_str).collect();
        let expected: &[&str] = if grouped { &["group", "target", "allowed", "denied"] } else { &["target", "allowed", "denied"] };
        assert_eq!(names, expected, "{arguments:?}");
        let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let count = |key: &str| row.get(key).and_then(Value::as_u64).expect("counts are numbers");
        ((text("group"), text("target")), (count("allowed"), count("denied")))
    };
    said.out.lines().map(row).collect()
}

fn check(asked: &Asked, semantics: Semantics) -> Result<(), String> {
    let options = ["--features", "--semantics", semantics.name()];
    let cells = asked.matrix(&options);
    let difference = |by: &str, grouped: bool| {
        let expected: Vec<_> = counted(asked, &cells, by, semantics).into_iter().collect();
        let found = rows(asked, &[options.as_slice(), &if grouped { vec!["--group-by", by] } else { vec!["--summary"] }].concat(), grouped);
        (expected != found).then(|| format!("{by}: counted {expected:?}\nfound {found:?}"))
    };
    let wrong = ["type", "role", "entity", "profile"].into_iter().find_map(|by| difference(by, true)).or_else(|| difference("", false));
    wrong.map_or(Ok(()), Err)?;
    parts(asked, &cells, &options)
}

/// What is allowed and what is denied is everything, and each in its order.
fn parts(asked: &Asked, cells: &[Cell], options: &[&str]) -> Result<(), String> {
    for (only, allowed) in [("allowed", true), ("denied", false)] {
        let expected: Vec<Cell> = cells.iter().filter(|cell| cell.allowed == allowed).cloned().collect();
        same(&expected, &asked.matrix(&[options, &["--only", only]].concat()))
            .map_err(|difference| format!("--only {only}: {difference}"))?;
    }
    Ok(())
}

#[test]
fn the_fixtures_are_counted_right() {
    for name in FIXTURES {
        for semantics in Semantics::ALL {
            check(&Asked::fixture(name), *semantics).unwrap_or_else(|problem| panic!("fixtures/{name} ({}): {problem}", semantics.name()));
        }
    }
}

#[test]
fn random_worlds_are_counted_right() {
    seeds::every_seed(24, |seed| {
        let asked = Asked::world(&world(seed), seed)?;
        let semantics = Semantics::ALL[usize::try_from(seed % 3).expect("it is below three")];
        check(&asked, semantics).map_err(|problem| format!("({}) {problem}\n{}", semantics.name(), asked.contents()))
    });
}

/// Every user is in one group by type, entity and profile; by role, in one for each role.
#[test]
fn groups_hold_everybody() {
    let asked = Asked::fixture("acme");
    let users = u64::try_from(asked.workspace.users().len()).expect("a few dozen");
    for by in ["type", "entity", "profile"] {
        let mut of_target: BTreeMap<String, u64> = BTreeMap::new();
        for ((_, target), (allowed, denied)) in rows(&asked, &["--group-by", by], true) {
            *of_target.entry(target).or_default() += allowed + denied;
        }
        assert!(of_target.values().all(|count| *count == users), "{by}: {of_target:?}");
    }
}

#[test]
fn a_role_that_a_user_has_twice_is_one() {
    let users = "- {userId: u, roles: [r, r, s]}\n- {userId: v, roles: [s, r, s]}\n";
    let asked = Asked::texts(&[("apps.yaml", "- {chatAppId: a, enabled: true, userRoles: [r]}\n"), ("users.yaml", users)]);
    let row = |group: &str, allowed| ((group.to_owned(), "a".to_owned()), (allowed, 0));
    assert_eq!(rows(&asked, &["--group-by", "role"], true), [row("r", 2), row("s", 2)]);
    assert_eq!(rows(&asked, &["--group-by", "profile"], true), [row("external-user; r, s; (no entity)", 2)]);
}
