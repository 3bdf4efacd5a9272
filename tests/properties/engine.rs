//! The only place that asks the product.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::oracle::Semantics;

/// One answer of the product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub user: String,
    pub target: String,
    pub allow: bool,
    pub gate: String,
}

/// Every cell of the workspace in the product's order: first those of apps and their features, then
/// those of the sites.
///
/// Panics where the product does not answer.
pub fn cells(dir: &Path, semantics: Semantics) -> Vec<Cell> {
    let mut cells = matrix(dir, semantics, &["--features"]);
    cells.extend(matrix(dir, semantics, &["--target", "site#*"]));
    cells
}

fn matrix(dir: &Path, semantics: Semantics, selection: &[&str]) -> Vec<Cell> {
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk"))
        .arg("matrix")
        .arg("-C")
        .arg(dir)
        .args(["--semantics", semantics.name(), "--format", "ndjson"])
        .args(selection)
        .output()
        .expect("the binary starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "matrix {selection:?} did not answer:\n{said}");
    let lines = String::from_utf8(output.stdout).expect("cells are UTF-8");
    lines.lines().map(cell).collect()
}

fn cell(line: &str) -> Cell {
    let object: Value = serde_json::from_str(line).expect("each line is one JSON object");
    let text = |key: &str| match object.get(key).and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => panic!("no text `{key}` in the cell {line}"),
    };
    let allow = match text("decision").as_str() {
        "allow" => true,
        "deny" => false,
        other => panic!("unknown decision `{other}` in the cell {line}"),
    };
    Cell { user: text("user"), target: text("target"), allow, gate: text("gate") }
}
