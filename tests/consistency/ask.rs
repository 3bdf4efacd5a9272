//! Workspaces to ask, and the two ways to ask them: the library and the binary.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gatewalk::compile::{Target, Targets};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, User, Workspace};
use gatewalk::report::{Matrix, Question};
use gatewalk::walk::WhatIf;
use serde_json::Value;
use tempfile::TempDir;

use crate::worlds::generate::Generator;
use crate::worlds::layout::{self, Document};
use crate::worlds::world::World;

/// When questions are asked, unless they say otherwise.
pub(crate) const AT: &str = "2026-01-01T00:00:00Z";

/// The fixtures that are workspaces of a size to ask everything about.
pub(crate) const FIXTURES: &[&str] = &["acme", "guide/overview", "guide/configure", "pika-export"];

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) user: String,
    pub(crate) target: String,
    pub(crate) allowed: bool,
    pub(crate) gate: String,
}

/// A workspace and its folder, which is gone with it if it was made for the purpose.
pub(crate) struct Asked {
    pub(crate) workspace: Workspace,
    pub(crate) root: PathBuf,
    files: Vec<Document>,
    _folder: Option<TempDir>,
}

impl Asked {
    pub(crate) fn fixture(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        let workspace = read(&root).expect("the fixture is valid");
        Self { workspace, root, files: Vec::new(), _folder: None }
    }

    /// A world under one of its layouts.
    pub(crate) fn world(world: &World, layout_seed: u64) -> Result<Self, String> {
        Self::files(layout::files(world, layout_seed))
    }

    pub(crate) fn files(files: Vec<Document>) -> Result<Self, String> {
        let folder = tempfile::tempdir().expect("a folder for the files");
        layout::write(&files, folder.path());
        let root = folder.path().to_path_buf();
        let workspace = read(&root).map_err(|problems| format!("refused: {problems}\n{}", contents(&files)))?;
        Ok(Self { workspace, root, files, _folder: Some(folder) })
    }

    /// Files given as path and text.
    pub(crate) fn texts(files: &[(&str, &str)]) -> Self {
        let document = |(path, text): &(&str, &str)| Document { path: (*path).to_owned(), text: (*text).to_owned(), users: Vec::new() };
        Self::files(files.iter().map(document).collect()).expect("the files are valid")
    }

    /// Every target there is.
    pub(crate) fn targets(&self) -> Vec<Target> {
        Targets { features: true, sites: true, ..Targets::default() }.of(&self.workspace)
    }

    /// Every cell there is.
    pub(crate) fn cells(&self, question: &Question) -> Vec<Cell> {
        let users: Vec<&User> = self.workspace.users().iter().collect();
        let matrix = Matrix::new(&self.workspace, question, users, &self.targets()).expect("the targets exist");
        let mut cells = Vec::new();
        let taken: Result<(), ()> = matrix.each_user(|user, decisions, _| {
            for (target, decision) in matrix.targets().iter().zip(decisions) {
                let (user, target) = (user.to_owned(), target.to_owned());
                cells.push(Cell { user, target, allowed: decision.allowed, gate: decision.gate.name().to_owned() });
            }
            Ok(())
        });
        taken.expect("nothing ends it early");
        cells
    }

    /// The files, for a message.
    pub(crate) fn contents(&self) -> String {
        contents(&self.files)
    }

    /// Runs the binary in this workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().expect("the binary starts");
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("answers are UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The same with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().expect("the binary starts");
        // Nobody reads it where the arguments are refused.
        drop(child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes())));
        let (mut out, mut err) = (String::new(), String::new());
        child.stdout.take().expect("it is piped").read_to_string(&mut out).expect("answers are UTF-8");
        child.stderr.take().expect("it is piped").read_to_string(&mut err).expect("messages are UTF-8");
        Said { code: child.wait().expect("it ends").code(), out, err }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gatewalk"));
        command.args(arguments).arg("-C").arg(&self.root).args(["--at", AT]);
        command
    }

    /// Runs `matrix` and reads its cells.
    pub(crate) fn matrix(&self, arguments: &[&str]) -> Vec<Cell> {
        let said = self.run(&[&["matrix", "--format", "ndjson"], arguments].concat());
        assert_eq!(said.code, Some(0), "matrix {arguments:?}: {}{}", said.err, self.contents());
        said.out.lines().map(|line| cell(&serde_json::from_str(line).expect("a cell is JSON"))).collect()
    }
}

/// What the binary said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A cell as JSON has it.
pub(crate) fn cell(object: &Value) -> Cell {
    let text = |key: &str| object[key].as_str().expect("a cell's values are text").to_owned();
    let allowed = match object["decision"].as_str() {
        Some("allow") => true,
        Some("deny") => false,
        other => panic!("unknown decision {other:?}"),
    };
    Cell { user: text("user"), target: text("target"), allowed, gate: text("gate") }
}

/// The world of a seed.
pub(crate) fn world(seed: u64) -> World {
    Generator::new(seed, 0).world()
}

/// A question that supposes nothing.
pub(crate) fn question(semantics: Semantics) -> Question {
    Question { semantics, at: AT.parse().expect("a time"), ignore_override: false, what_if: WhatIf::default(), changes: None }
}

/// Says where two lists of cells differ, if they do.
pub(crate) fn same(expected: &[Cell], found: &[Cell]) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    let missing = expected.iter().filter(|cell| !found.contains(cell)).map(|cell| format!("- {cell:?}"));
    let surplus = found.iter().filter(|cell| !expected.contains(cell)).map(|cell| format!("+ {cell:?}"));
    let lines: Vec<String> = missing.chain(surplus).take(12).collect();
    Err(format!("{} cells expected (-), {} found (+), or in another order\n{}", expected.len(), found.len(), lines.join("\n")))
}

fn read(root: &Path) -> Result<Workspace, String> {
    load(&Request { root: root.to_path_buf(), files: Vec::new(), changes: None }).map_err(|invalid| {
        let problems = invalid.problems.iter().map(|problem| format!("{} ({:?}): {}", problem.code.id(), problem.at, problem.message));
        problems.collect::<Vec<_>>().join("; ")
    })
}

fn contents(files: &[Document]) -> String {
    files.iter().fold(String::new(), |mut all, file| {
        write!(all, "======== {}\n{}\n", file.path, file.text).expect("text takes text");
        all
    })
}
