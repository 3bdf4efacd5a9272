//! A workspace in a folder of its own, the binary that is asked about it, and git that changes it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::Timestamp;
use serde_json::Value as Json;
use tempfile::{NamedTempFile, TempDir};

use crate::layout::{self, Document};
use crate::question::Question;

pub struct Folder {
    dir: TempDir,
    pub files: Vec<Document>,
}

impl Folder {
    pub fn of(files: Vec<Document>) -> Self {
        let dir = tempfile::tempdir().expect("a folder for the files");
        layout::write(&files, dir.path());
        Self { dir, files }
    }

    /// All files of a folder.
    pub fn read_from(root: &Path) -> Self {
        let mut paths = Vec::new();
        below(root, &mut paths);
        paths.sort();
        let file = |path: PathBuf| Document {
            path: path.strip_prefix(root).expect("it lies in the folder").to_string_lossy().into_owned(),
            text: fs::read_to_string(&path).expect("a file is text"),
        };
        Self::of(paths.into_iter().map(file).collect())
    }

    /// The same files once more, to be changed.
    pub fn copy(&self) -> Self {
        let files = self.files.iter().map(|file| Document { path: file.path.clone(), text: file.text.clone() });
        Self::of(files.collect())
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    fn run(&self, command: &str, options: &[&str]) -> Output {
        let mut run = Command::new(env!("CARGO_BIN_EXE_gatewalk"));
        run.args([command, "-C"]).arg(self.path()).args(options).output().expect("the binary starts")
    }

    pub fn explain(&self, asked: &Question<'_>, all: bool) -> Result<Json, String> {
        let (at, target) = (asked.at.to_string(), asked.target.to_string());
        let mut options = vec!["--format", "json", "--at", &at];
        if all {
            options.push("--all");
        }
        options.extend(["--", &asked.user.id, &target]);
        let output = self.run("explain", &options);
        serde_json::from_slice(&output.stdout)
            .map_err(|_| format!("explain did not answer ({:?}): {}", output.status.code(), String::from_utf8_lossy(&output.stderr)))
    }

    /// The exit code of `validate`, and what it says.
    pub fn validate(&self) -> (Option<i32>, String) {
        let output = self.run("validate", &[]);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Every cell about actions on resources, as lines in the product's order.
    pub fn cells(&self, at: Timestamp) -> Result<Vec<String>, String> {
        let output = self.run("matrix", &["--format", "ndjson", "--at", &at.to_string(), "--target", "*#*", "--target", "*:*#*"]);
        if output.status.code() != Some(0) {
            return Err(format!("matrix did not answer: {}", String::from_utf8_lossy(&output.stderr)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// Applies a diff as somebody would who got it by mail: nothing of a repository around is known.
    pub fn apply(&self, diff: &str) -> Result<(), String> {
        let mut file = NamedTempFile::new().expect("a file for the diff");
        file.write_all(diff.as_bytes()).expect("the diff can be written");
        let output = Command::new("git")
            .current_dir(self.path())
            .arg("apply")
            .arg(file.path())
            .env("GIT_CEILING_DIRECTORIES", self.path().parent().unwrap_or(Path::new("/")))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env_remove("GIT_DIR")
            .output()
            .expect("git starts");
        if output.status.success() {
            return Ok(());
        }
        Err(format!("git does not take it: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// What a file holds now; empty where there is none.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_default()
    }

    /// How many files there are now.
    pub fn count(&self) -> usize {
        let mut paths = Vec::new();
        below(self.path(), &mut paths);
        paths.len()
    }

    /// The files as they were written, for a message.
    pub fn contents(&self) -> String {
        self.files.iter().fold(String::new(), |mut all, file| {
            writeln!(all, "======== {}\n{}", file.path, file.text).expect("text takes text");
            all
        })
    }
}

fn below(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("the folder can be read").flatten() {
        if entry.path().is_dir() {
            below(&entry.path(), paths);
        } else {
            paths.push(entry.path());
        }
    }
}
