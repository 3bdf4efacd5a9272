//! Every step of every trace points at the value that its gate reads.
//!
//! The files of the fixtures are read once more, by a reader that knows nothing but where values begin and which keys lead
//! to them (`places/outline.rs`), and a table says which values a gate reads (`places/expected.rs`). Beside that, places that
//! were counted by hand (`places/by_hand.rs`).

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "places/by_hand.rs"]
mod by_hand;
#[path = "places/checker.rs"]
mod checker;
#[path = "places/definitions.rs"]
mod definitions;
#[path = "places/expected.rs"]
mod expected;
#[path = "places/outline.rs"]
mod outline;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use checker::Checker;
use definitions::Definitions;
use gatewalk::compile::{Target, Targets};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, User, Workspace};
use gatewalk::report::{Explanation, Question};
use gatewalk::source::Place;
use gatewalk::walk::WhatIf;
use serde_json::json;

fn fixture(name: &str) -> (PathBuf, Workspace) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let workspace = load(&Request { root: root.clone(), files: Vec::new(), changes: None }).expect("the fixture is valid");
    (root, workspace)
}

fn question(semantics: Semantics) -> Question {
    Question {
        semantics,
        at: "2026-01-01T00:00:00Z".parse().expect("a time"),
        ignore_override: false,
        what_if: WhatIf::default(),
        changes: None,
    }
}

/// The entity as it is written: where the site says; where it says nothing, to the guide it is the user's own.
fn entity<'u>(workspace: &Workspace, user: &'u User, semantics: Semantics) -> Option<&'u str> {
    match workspace.site().entity.as_ref().and_then(|entity| entity.attribute.as_ref()) {
        Some(attribute) => user.custom(&attribute.value).and_then(|node| node.text()),
        None if semantics != Semantics::Documented => None,
        None => user.entity.as_ref().map(|entity| &*entity.value),
    }
}

/// Users who can be told apart: by type, roles and entity, or because some list of ids names them.
fn distinct(workspace: &Workspace) -> Vec<&User> {
    let lists = workspace.apps().flat_map(|app| {
        let over = app.overriding.as_ref().and_then(|over| over.user_ids.as_ref());
        [app.allowed_user_ids.as_ref(), app.denied_user_ids.as_ref(), over]
    });
    let named: BTreeSet<&str> = lists.flatten().flat_map(|list| list.iter()).collect();
    let mut seen = BTreeSet::new();
    let mut distinct = Vec::new();
    for user in workspace.users() {
        let id = user.id.as_ref().map(|id| &*id.value).filter(|id| named.contains(id));
        let roles: Vec<&str> = user.roles.iter().map(|role| &*role.value).collect();
        if seen.insert((user.effective_type(), roles, entity(workspace, user, Semantics::Documented), user.custom_data.is_some(), id)) {
            distinct.push(user);
        }
    }
    distinct
}

fn check(name: &str, least: (usize, usize)) {
    let (root, workspace) = fixture(name);
    let definitions = Definitions::read(&root, workspace.sources().files().map(|file| file.name().to_owned()));
    let mut checker = Checker { definitions: &definitions, workspace: &workspace, wrong: BTreeSet::new(), sources: 0, matches: 0 };
    for semantics in Semantics::ALL {
        for target in &(Targets { features: true, sites: true, ..Targets::default() }.of(&workspace)) {
            for user in distinct(&workspace) {
                let explanation = Explanation::new(&workspace, user, "", target, &question(*semantics));
                checker.explanation(user, &explanation.expect("the target exists"));
            }
        }
    }
    let Checker { wrong, sources, matches, .. } = checker;
    assert!(wrong.is_empty(), "fixtures/{name}, {} steps:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(sources >= least.0 && matches >= least.1, "fixtures/{name}: only {sources} sources and {matches} matches were checked");
}

#[test]
fn acme_points_at_what_its_gates_read() {
    check("acme", (150_000, 15_000));
}

#[test]
fn the_guides_point_at_what_their_gates_read() {
    check("guide/overview", (1000, 100));
    check("guide/configure", (1000, 100));
}

#[test]
fn the_export_points_at_what_its_gates_read() {
    check("pika-export", (150_000, 15_000));
}

fn written(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!("{}:{}:{}", place.file, place.line, place.column))
}

#[test]
fn places_are_as_counted_by_hand() {
    let (_, workspace) = fixture("acme");
    let explain = |user: &str, target: &str, semantics: &str| {
        let user = workspace.user(user).expect("the user exists");
        let target = Target::parse(&workspace, target).expect("the target exists");
        let semantics = Semantics::of_name(semantics).expect("the semantics exist");
        Explanation::new(&workspace, user, "", &target, &question(semantics)).expect("the target exists")
    };
    let mut wrong = String::new();
    for &(user, target, semantics, gate, outcome, source, matched) in by_hand::PLACES {
        let explanation = explain(user, target, semantics);
        let step = explanation.steps.iter().flatten().find(|step| step.gate == gate).expect("the gate is there");
        let found = (json!(step.outcome), written(step.source.as_ref()), written(step.matched.as_ref()));
        if found != (json!(outcome), source.to_owned(), matched.to_owned()) {
            writeln!(wrong, "{user} {target} ({semantics}) {gate}: {:?}\n  found {found:?}", (outcome, source, matched))
                .expect("text takes text");
        }
    }
    for &(user, target, gate, because_of) in by_hand::NO_ENTITY {
        let explanation = explain(user, target, "documented");
        let step = explanation.steps.iter().flatten().find(|step| step.gate == gate).expect("the gate is there");
        if written(step.because_of.as_ref()) != because_of {
            writeln!(wrong, "{user} {target} {gate}: no entity because of {because_of}, found {:?}", step.because_of)
                .expect("text takes text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
