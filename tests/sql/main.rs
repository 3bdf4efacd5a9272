//! The query of `export sql` on real engines: every cell is that of `matrix`.
//!
//! The engines are Python packages (`requirements.txt`); where one is missing its tests say so and are skipped, unless
//! `GATEWALK_REQUIRE_ENGINES=1`. `GATEWALK_PYTHON` names the Python that has them. `GATEWALK_SQL_WORLDS` sets how many random worlds of
//! each kind an engine is asked about.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says what it skips"
)]
#![allow(clippy::similar_names, clippy::struct_field_names, reason = "roles, rules and types are the words of the page")]
#![allow(unreachable_pub, dead_code, reason = "nothing outside reaches into a test crate, which uses its part of others")]

mod ask;
mod engine;
mod hostile;
mod refused;
mod tables;
mod values;
#[path = "../worlds/mod.rs"]
mod worlds;

/// The worlds of permissions, with what they are made of.
#[allow(unused_imports, reason = "each test uses its part")]
#[path = "../permissions"]
mod permissions {
    pub mod generate;
    pub mod layout;
    pub mod oracle;
    pub mod target;
    pub mod value;
    pub mod world;
}

use std::path::Path;

use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, UserType, Workspace};
use gatewalk::report::Question;
use gatewalk::sql::Dialect;
use gatewalk::walk::WhatIf;
use jiff::{SignedDuration, Timestamp};

use ask::{Asked, differences};
use engine::Engine;
use permissions::{generate, layout, oracle, target, value, world};
use tables::Tables;
use worlds::dice::{self, Dice};

fn workspace(dir: &Path) -> Workspace {
    let request = Request { root: dir.to_path_buf(), files: Vec::new(), changes: None };
    load(&request).unwrap_or_else(|invalid| panic!("{} is invalid: {:?}", dir.display(), invalid.problems))
}

fn question(semantics: Semantics, at: Timestamp) -> Question {
    Question { semantics, at, ignore_override: false, what_if: WhatIf::default(), changes: None }
}

/// What a query was compared on.
#[derive(Default)]
struct Count {
    queries: usize,
    cells: usize,
}

/// Asks both, and fails where they differ.
fn compare(
    engine: &mut Engine,
    dialect: Dialect,
    workspace: &Workspace,
    asked: &Asked,
    question: &Question,
    quick: bool,
    count: &mut Count,
) {
    let query = asked.query(workspace, question, dialect);
    let expected = asked.cells(workspace, question);
    let told = || {
        let kept = std::env::temp_dir().join(format!("gatewalk-failed.{}.sql", dialect.name()));
        std::fs::write(&kept, &query).expect("the query can be kept");
        let (at, semantics, supposed) = (question.at, question.semantics.name(), question.supposed_in_words());
        format!("{} at {at} under {semantics}; {supposed}; the query is in {}", dialect.name(), kept.display())
    };
    let actual = engine.run(&Tables::of(workspace), &query, quick).unwrap_or_else(|problem| panic!("{problem}\n{}", told()));
    if let Some(differences) = differences(&expected, actual) {
        panic!("{differences}\n{}", told());
    }
    count.queries += 1;
    count.cells += expected.len();
}

fn worlds(default: u64) -> u64 {
    std::env::var("GATEWALK_SQL_WORLDS").map_or(default, |text| text.parse().expect("GATEWALK_SQL_WORLDS is a number"))
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("it is a time")
}

const FIXTURES: &[&str] = &["acme", "guide/configure", "guide/overview", "helpdesk", "pika-export", "thena-guide/json", "thena-guide/yaml"];

fn every_fixture(dialect: Dialect) {
    let Some(mut engine) = engine::of(dialect) else { return };
    let mut count = Count::default();
    for name in FIXTURES {
        let workspace = workspace(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name));
        assert!(!workspace.users().is_empty(), "{name} has users");
        let asked = Asked::all(&workspace, false);
        for semantics in Semantics::ALL {
            compare(&mut engine, dialect, &workspace, &asked, &question(*semantics, time("2026-03-15T00:00:00Z")), false, &mut count);
        }
    }
    eprintln!("{}: {} cells of fixtures in {} queries", dialect.name(), count.cells, count.queries);
}

/// What-ifs about roles, types and entities that a workspace knows.
fn supposing(workspace: &Workspace, dice: &mut Dice) -> WhatIf {
    let mut roles: Vec<String> = workspace.users().iter().flat_map(|user| &user.roles).map(|role| role.value.to_string()).collect();
    roles.extend(workspace.permissions().roles().map(|role| role.name.value.to_string()));
    roles.push("nobody's".to_owned());
    roles.sort();
    roles.dedup();
    dice.shuffle(&mut roles);
    let mut what_if = WhatIf::default();
    if dice.chance(50) {
        what_if.user_type = Some(if dice.chance(50) { UserType::Internal } else { UserType::External });
    }
    what_if.without_roles = roles.split_off(roles.len() - dice.between(0, 2).min(roles.len()));
    what_if.with_roles = roles.split_off(roles.len() - dice.between(0, 2).min(roles.len()));
    if dice.chance(50) {
        what_if.entity = Some((*dice.pick(&["", "acme", "acme-corp", "globex"])).to_owned());
    }
    what_if
}

fn worlds_of_apps(dialect: Dialect, default: u64) {
    let Some(mut engine) = engine::of(dialect) else { return };
    let mut count = Count::default();
    for seed in 0..worlds(default) {
        let world = worlds::generate::Generator::new(seed, 0).world();
        let dir = tempfile::tempdir().expect("a folder for the world");
        worlds::layout::write(&worlds::layout::files(&world, seed), dir.path());
        let workspace = workspace(dir.path());
        let asked = Asked::all(&workspace, false);
        let mut dice = Dice::seeded(seed);
        for semantics in Semantics::ALL {
            let mut question = question(*semantics, time("2026-03-15T00:00:00Z"));
            if dice.chance(25) {
                question.what_if = supposing(&workspace, &mut dice);
                question.ignore_override = dice.chance(50);
            }
            compare(&mut engine, dialect, &workspace, &asked, &question, true, &mut count);
        }
    }
    eprintln!("{}: {} cells of worlds of apps in {} queries", dialect.name(), count.cells, count.queries);
}

fn worlds_of_permissions(dialect: Dialect, default: u64) {
    let Some(mut engine) = engine::of(dialect) else { return };
    let mut count = Count::default();
    for seed in 0..worlds(default) {
        let world = generate::world(seed);
        let dir = tempfile::tempdir().expect("a folder for the world");
        layout::write(&layout::of(&world, seed).files, dir.path());
        let workspace = workspace(dir.path());
        let asked = Asked::all(&workspace, seed % 8 == 0);
        let mut dice = Dice::seeded(seed);
        let edges = generate::edges(&world);
        let mut instants = vec![generate::instant(dice.between(0, 8)) + SignedDuration::from_mins(7)];
        if !edges.is_empty() {
            let edge = *dice.pick(&edges);
            instants.push(if dice.chance(50) { edge } else { edge - SignedDuration::from_nanos(1) });
        }
        for at in instants {
            let semantics = *dice.pick(Semantics::ALL);
            let mut question = question(semantics, at);
            if dice.chance(25) {
                question.what_if = supposing(&workspace, &mut dice);
            }
            compare(&mut engine, dialect, &workspace, &asked, &question, true, &mut count);
        }
    }
    eprintln!("{}: {} cells of worlds of permissions in {} queries", dialect.name(), count.cells, count.queries);
}

#[test]
fn duckdb_gives_the_cells_of_every_fixture() {
    every_fixture(Dialect::DuckDb);
}

#[test]
fn spark_gives_the_cells_of_every_fixture() {
    every_fixture(Dialect::Spark);
}

#[test]
fn duckdb_gives_the_cells_of_worlds_of_apps() {
    worlds_of_apps(Dialect::DuckDb, 150);
}

#[test]
fn spark_gives_the_cells_of_worlds_of_apps() {
    worlds_of_apps(Dialect::Spark, 15);
}

#[test]
fn duckdb_gives_the_cells_of_worlds_of_permissions() {
    worlds_of_permissions(Dialect::DuckDb, 150);
}

#[test]
fn spark_gives_the_cells_of_worlds_of_permissions() {
    worlds_of_permissions(Dialect::Spark, 20);
}
