//! A workspace in a folder of its own, the binary that is asked about it, and git that changes it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use tempfile::{NamedTempFile, TempDir};

use crate::oracle::{self, Semantics};
use crate::target::Target;
use crate::worlds::layout::{self, Document};
use crate::worlds::world::World;

pub struct Folder {
    dir: TempDir,
    pub files: Vec<Document>,
}

pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A user, a target, and whether the one is let in to the other.
pub type Cell = (String, String, bool);

impl Folder {
    pub fn of(files: Vec<Document>) -> Self {
        let dir = tempfile::tempdir().expect("a folder for the files");
        layout::write(&files, dir.path());
        Self { dir, files }
    }

    /// The same files once more, to be changed.
    pub fn copy(&self) -> Self {
        Self::of(self.files.clone())
    }

    pub fn run(&self, command: &str, semantics: Semantics, options: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_gatewalk"))
            .args([command, "-C"])
            .arg(self.dir.path())
            .args(["--semantics", semantics.name()])
            .args(options)
            .output()
            .expect("the binary starts");
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("answers are UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Whether the user is let in, by the exit code of `check`.
    pub fn check(&self, semantics: Semantics, user: &str, target: &Target) -> Result<bool, String> {
        let said = self.run("check", semantics, &["--", user, &target.to_string()]);
        match said.code {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            _ => Err(format!("check did not answer: {}{}", said.out, said.err)),
        }
    }

    pub fn explain(&self, semantics: Semantics, user: &str, target: &Target, all: bool) -> Result<Json, String> {
        let mut options = vec!["--format", "json"];
        if all {
            options.push("--all");
        }
        let target = target.to_string();
        options.extend(["--", user, &target]);
        let said = self.run("explain", semantics, &options);
        let answer = serde_json::from_str(&said.out);
        answer.map_err(|_| format!("explain did not answer ({:?}): {}{}", said.code, said.out, said.err))
    }

    /// Every cell there is, sorted.
    pub fn cells(&self, semantics: Semantics) -> Result<Vec<Cell>, String> {
        let mut cells = Vec::new();
        for selection in [["--features"].as_slice(), &["--target", "site#*"]] {
            let said = self.run("matrix", semantics, &[selection, &["--format", "ndjson"]].concat());
            if said.code != Some(0) {
                return Err(format!("matrix did not answer: {}", said.err));
            }
            for line in said.out.lines() {
                let cell: Json = serde_json::from_str(line).map_err(|_| format!("not a cell: {line}"))?;
                let text = |field: &str| cell[field].as_str().unwrap_or_default().to_owned();
                cells.push((text("user"), text("target"), text("decision") == "allow"));
            }
        }
        cells.sort();
        Ok(cells)
    }

    /// Applies a diff as somebody would who got it by mail: nothing of a repository around is known.
    pub fn apply(&self, diff: &str) -> Result<(), String> {
        let mut file = NamedTempFile::new().expect("a file for the diff");
        file.write_all(diff.as_bytes()).expect("the diff can be written");
        for options in [["apply", "--check"].as_slice(), &["apply"]] {
            let output = Command::new("git")
                .current_dir(self.dir.path())
                .args(options)
                .arg(file.path())
                .env("GIT_CEILING_DIRECTORIES", self.dir.path().parent().unwrap_or(Path::new("/")))
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env_remove("GIT_DIR")
                .output()
                .expect("git starts");
            if !output.status.success() {
                return Err(format!("git {options:?} does not take it: {}", String::from_utf8_lossy(&output.stderr)));
            }
        }
        Ok(())
    }

    /// What a file holds now; empty where there is none.
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.dir.path().join(path)).unwrap_or_default()
    }

    /// How many files there are now.
    pub fn count(&self) -> usize {
        fn below(dir: &Path) -> usize {
            let entries = fs::read_dir(dir).expect("the folder can be read").flatten();
            entries.map(|entry| if entry.path().is_dir() { below(&entry.path()) } else { 1 }).sum()
        }
        below(self.dir.path())
    }

    /// The files as they were written, for a message.
    pub fn contents(&self) -> String {
        self.files.iter().fold(String::new(), |mut all, file| {
            let text = file.text.replace('\u{feff}', "<BOM>").replace('\r', "<CR>");
            writeln!(all, "======== {}\n{text}", file.path).expect("text takes text");
            all
        })
    }
}

/// Every cell that the naive decision knows of, sorted.
pub fn expected_cells(world: &World, semantics: Semantics) -> Vec<Cell> {
    let mut cells = Vec::new();
    for text in oracle::targets(world) {
        let target = Target::parse(&text);
        for user in &world.users {
            cells.push((user.id.clone(), text.clone(), oracle::decide(world, user, &target, semantics).0));
        }
    }
    cells.sort();
    cells
}
