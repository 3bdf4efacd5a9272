//! Parts of a matrix by themselves, beside the plain loop over hash sets and a copy of the matrix. `cargo bench --bench decide`
//!
//! Whole processes, and peers in other languages, are in `benches/whole.py`.

#![allow(clippy::panic)] // A benchmark without its data has nothing to go on with.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use gatewalk::compile::{Compiler, Target, Targets};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, Workspace};
use gatewalk::report::{Matrix, Question};
use gatewalk::walk::{Row, Rows, Subject, Tally, WhatIf};

#[path = "peers/rust/src/plain.rs"]
mod plain;
#[path = "../examples/generate/workspace/mod.rs"]
mod workspace;

fn main() {
    divan::main();
}

/// Users and apps.
const SIZES: [(u32, u32); 2] = [(1_000, 100), (20_000, 500)];

/// A size for which walks that look at cells one by one are too slow: `cargo bench --bench decide -- --include-ignored large`.
const LARGE: (u32, u32) = (1_000_000, 1_000);

/// Where workspaces are made, anew in every run.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("decide");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => panic!("cannot empty {}: {error}", folder.display()),
        _ => folder,
    }
});

/// The folder of the workspace of a size.
fn folder((users, apps): (u32, u32)) -> PathBuf {
    let out = FOLDER.join(format!("{users}x{apps}"));
    if !out.exists() {
        let (users_as, apps_as) = (workspace::UsersAs::Ndjson, workspace::AppsAs::Ndjson);
        let wanted = workspace::Wanted { users, apps, seed: 1, rules: 1, users_as, user_files: 1, gzip: false, apps_as, out: out.clone() };
        workspace::generate(&wanted).unwrap_or_else(|error| panic!("{error:#}"));
    }
    out
}

fn loaded(size: (u32, u32)) -> Workspace {
    load(&Request { root: folder(size), files: Vec::new(), changes: None }).unwrap_or_else(|invalid| panic!("{:?}", invalid.problems))
}

fn cells((users, apps): (u32, u32)) -> ItemsCount {
    ItemsCount::new(u64::from(users) * u64::from(apps))
}

fn question() -> Question {
    let semantics = Semantics::Documented;
    Question { semantics, at: jiff::Timestamp::UNIX_EPOCH, ignore_override: false, what_if: WhatIf::default(), changes: None }
}

fn matrix<'w>(workspace: &'w Workspace, question: &'w Question, targets: &[Target]) -> Matrix<'w> {
    Matrix::new(workspace, question, workspace.users().iter().collect(), targets).unwrap_or_else(|error| panic!("{error}"))
}

/// Decides every cell of users who are there already, a row a user, and counts.
fn decide(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    let (workspace, question) = (loaded(size), question());
    let mut compiler = Compiler::new(&workspace, question.options(question.semantics));
    let lists = Targets::default().of(&workspace).iter().map(|target| compiler.compile(target)).collect::<Result<Vec<_>, _>>();
    let rows = Rows::new(lists.unwrap_or_else(|error| panic!("{error}")));
    let subject = |user| Subject::new(&workspace, user, question.semantics, &question.what_if);
    let subjects: Vec<Subject<'_>> = workspace.users().iter().map(subject).collect();
    let mut row = Row::default();
    bencher.counter(cells(size)).bench_local(|| {
        let mut tally = Tally::default();
        for subject in &subjects {
            row.decide(&rows, &subject.facets());
            tally.add(&row);
        }
        tally.allowed(&rows)
    });
}

/// Reads and checks every file.
#[divan::bench(args = SIZES)]
fn read(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    folder(size);
    bencher.counter(ItemsCount::new(size.0)).bench_local(|| loaded(size));
}

/// Compiles every app.
#[divan::bench(args = SIZES)]
fn compile(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    let (workspace, question) = (loaded(size), question());
    let targets = Targets::default().of(&workspace);
    bencher.counter(ItemsCount::new(size.1)).bench_local(|| matrix(&workspace, &question, &targets));
}

/// Decides every cell and counts.
#[divan::bench(args = SIZES, sample_count = 10)]
fn summary(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    decide(bencher, size);
}

#[divan::bench(args = [LARGE], ignore, sample_count = 5)]
fn large(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    decide(bencher, size);
}

/// The same, a cell at a time with hash sets.
#[divan::bench(args = SIZES, sample_count = 10)]
fn plain_loop(bencher: Bencher<'_, '_>, size: (u32, u32)) {
    let read = || {
        let users = plain::users(&folder(size))?.collect::<std::io::Result<Vec<_>>>()?;
        Ok::<_, std::io::Error>((plain::apps(&folder(size))?, users))
    };
    let (apps, users) = read().unwrap_or_else(|error| panic!("{error}"));
    let allowed = |app: &plain::App| users.iter().filter(|user| app.lets_in(user)).count();
    bencher.counter(cells(size)).bench_local(|| apps.iter().map(|app| (app.id(), allowed(app))).collect::<Vec<_>>());
}

/// Copies a bit a cell, block by block: the least that whoever looks at every cell does.
#[divan::bench(args = [SIZES[0], SIZES[1], LARGE])]
fn copy(bencher: Bencher<'_, '_>, (users, apps): (u32, u32)) {
    const BLOCK: usize = 1 << 18;
    let matrix = vec![1_u8; users as usize * apps as usize / 8];
    let mut block = vec![0_u8; BLOCK];
    bencher.counter(cells((users, apps))).counter(BytesCount::of_slice(&matrix)).bench_local(|| {
        for part in divan::black_box(&matrix).chunks(BLOCK) {
            if let Some(block) = block.get_mut(..part.len()) {
                block.copy_from_slice(part);
            }
            divan::black_box(&block);
        }
    });
}
