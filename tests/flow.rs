//! The parts of the library import in one direction only.

#![allow(clippy::expect_used, reason = "a test stops at what it cannot read")]

use std::path::{Path, PathBuf};

/// Each part, and the parts it may use, beside itself.
const FLOW: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("crew", &[]),
    ("diagnostic", &["source"]),
    ("parse", &["source", "diagnostic"]),
    ("edit", &["source", "parse"]),
    ("model", &["source", "diagnostic", "parse"]),
    ("discover", &["source", "diagnostic", "parse", "model"]),
    ("compile", &["source", "diagnostic", "parse", "model"]),
    ("walk", &["crew", "source", "diagnostic", "parse", "model", "compile"]),
    ("people", &["crew", "source", "diagnostic", "parse", "model", "discover", "walk"]),
    ("ways", &["crew", "source", "parse", "edit", "model", "compile", "walk"]),
    ("sql", &["source", "model", "compile", "walk"]),
    ("findings", &["source", "model"]),
    ("report", &["source", "diagnostic", "parse", "model", "compile", "walk", "ways", "people", "findings"]),
    ("render", &["source", "diagnostic", "parse", "model", "compile", "walk", "findings", "report"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The parts that a source file names as `crate::PART`.
fn named(text: &str) -> Vec<String> {
    let after = text.split("crate::").skip(1);
    after.map(|rest| rest.chars().take_while(|found| found.is_alphanumeric() || *found == '_').collect()).collect()
}

#[test]
fn nothing_imports_upward() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in files {
        let relative = path.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
        let part = relative.split(['/', '.']).next().unwrap_or_default();
        let Some((_, allowed)) = FLOW.iter().find(|(name, _)| *name == part) else {
            assert!(matches!(part, "cli" | "main" | "lib"), "src/{relative} belongs to no part: add it to the flow");
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        for name in named(&text) {
            seen += 1;
            if name != part && !allowed.contains(&name.as_str()) {
                wrong.push(format!("src/{relative} uses {name}"));
            }
        }
    }
    assert!(seen > 100, "only {seen} imports were seen: the test no longer reads them");
    assert!(wrong.is_empty(), "imports against the flow:\n{}", wrong.join("\n"));
}

#[test]
fn nothing_below_the_command_line_prints() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        for name in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"] {
            assert!(!text.contains(name), "{} uses {name}: a closed pipe would be a panic", path.display());
        }
    }
}
