//! The only place that asks the product.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use serde_json::Value;

use crate::target::{About, Target};

/// One answer of the product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub user: String,
    pub target: String,
    pub allow: bool,
    pub gate: String,
}

/// Every cell about these targets, in the product's order.
pub fn matrix(dir: &Path, targets: &[Target], at: Timestamp) -> Result<Vec<Cell>, String> {
    let mut globs = BTreeSet::new();
    for target in targets {
        let instances = matches!(target.about, About::Instance(_));
        globs.insert(format!("{}{}#*", target.kind, if instances { ":*" } else { "" }));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_gatewalk"));
    command.arg("matrix").arg("-C").arg(dir).args(["--format", "ndjson", "--at", &at.to_string()]);
    for glob in &globs {
        command.args(["--target", glob]);
    }
    let output = command.output().expect("the binary starts");
    if output.status.code() != Some(0) {
        return Err(format!("matrix at {at} of {globs:?} did not answer:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let lines = String::from_utf8(output.stdout).map_err(|_| "cells are not UTF-8".to_owned())?;
    lines.lines().map(cell).collect()
}

/// The decision of one `check`.
pub fn check(dir: &Path, user: &str, target: &str, at: Timestamp) -> Result<Cell, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk"))
        .args(["check", "--format", "json", "--at", &at.to_string(), "-C"])
        .arg(dir)
        .args(["--", user, target])
        .output()
        .expect("the binary starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let answer = cell(&String::from_utf8_lossy(&output.stdout))
        .map_err(|problem| format!("check {user:?} {target:?} at {at}: {problem}\n{said}"))?;
    let code = i32::from(!answer.allow);
    if output.status.code() != Some(code) {
        return Err(format!("check {user:?} {target:?} at {at} left with {:?}, not with {code}\n{said}", output.status.code()));
    }
    Ok(answer)
}

fn cell(line: &str) -> Result<Cell, String> {
    let object: Value = serde_json::from_str(line).map_err(|problem| format!("{problem} in {line:?}"))?;
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| format!("no text `{key}` in {line:?}"));
    let allow = match text("decision")?.as_str() {
        "allow" => true,
        "deny" => false,
        other => return Err(format!("unknown decision `{other}` in {line:?}")),
    };
    Ok(Cell { user: text("user")?, target: text("target")?, allow, gate: text("gate")? })
}
