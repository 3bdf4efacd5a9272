//! Every kind of invalid input, each in the smallest workspace that shows it.
//!
//! A folder of `fixtures/broken` is named after the code it shows, with a variant behind it where there are several causes.
//! Its `expected.txt` is what `gatewalk validate --ascii --color never` prints there on 100 columns. The places in [`PLACES`]
//! were counted by hand in the files: they are not to be corrected by copying what the program says.
//!
//! `GATEWALK_RECORD=1 cargo test --test broken` writes every `expected.txt` anew; read the difference before it is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gatewalk::diagnostic::Code;
use serde_json::Value;

/// Codes that no file in a repository can show: `tests/hostile.rs` makes their causes while it runs.
const NOT_IN_FILES: &[Code] = &[Code::Unreadable, Code::SymlinkLoop, Code::TooManyFiles, Code::UnknownField];

/// What each test says at the end when a text is not as recorded.
const RECORD: &str = "if the new text is right: GATEWALK_RECORD=1 cargo test --test broken, and read the difference";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken")
}

/// The folders, in byte order of their names.
fn folders() -> Vec<String> {
    let entries = fs::read_dir(root()).expect("fixtures/broken can be read");
    let entries = entries.map(|entry| entry.expect("an entry can be read")).filter(|entry| entry.path().is_dir());
    let mut folders: Vec<String> = entries.map(|entry| entry.file_name().into_string().expect("a plain name")).collect();
    folders.sort();
    assert!(folders.len() > 100, "the fixtures are not where they should be");
    folders
}

fn run(folder: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gatewalk"));
    command.args(arguments).args(["--ascii", "--color", "never"]).current_dir(root().join(folder));
    command.env("COLUMNS", "100").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").output().expect("the program starts")
}

/// The code that a folder is named after: the longest that its name begins with.
fn code_of(folder: &str) -> Option<&'static str> {
    let shows = |code: &&str| folder == *code || folder.strip_prefix(code).is_some_and(|variant| variant.starts_with('-'));
    Code::ALL.iter().map(|code| code.id()).filter(shows).max_by_key(|code| code.len())
}

/// Asks `question` of every folder, on all processors, and fails with all that is wrong.
fn in_every_folder(advice: &str, question: impl Fn(&str) -> Vec<String> + Sync) {
    let folders = folders();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let question = &question;
    let mut wrong: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = folders
            .chunks(folders.len().div_ceil(threads))
            .map(|part| scope.spawn(move || part.iter().flat_map(|folder| question(folder)).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("a folder's checks end")).collect()
    });
    wrong.sort();
    assert!(wrong.is_empty(), "{}\n\n{} wrong; {advice}", wrong.join("\n\n"), wrong.len());
}

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let folders = folders();
    let shown: BTreeSet<&str> = folders.iter().filter_map(|folder| code_of(folder)).collect();
    for code in Code::ALL {
        if NOT_IN_FILES.contains(code) {
            assert!(!shown.contains(code.id()), "`{}` has a folder: take it out of NOT_IN_FILES", code.id());
        } else {
            assert!(shown.contains(code.id()), "no folder of fixtures/broken begins with {}", code.id());
        }
    }
    for folder in &folders {
        assert!(code_of(folder).is_some(), "fixtures/broken/{folder} begins with no code");
        let files = fs::read_dir(root().join(folder)).unwrap().count();
        assert!(files > 1 || folder.starts_with("no-targets"), "fixtures/broken/{folder} holds nothing but its expected.txt");
        assert!(PLACES.iter().any(|row| row.0 == folder), "fixtures/broken/{folder} has no row in PLACES");
    }
    for (folder, ..) in PLACES {
        assert!(folders.iter().any(|known| known == folder), "PLACES speaks of fixtures/broken/{folder}, which is not there");
    }
}

#[test]
fn validate_prints_what_is_expected() {
    let record = std::env::var_os("GATEWALK_RECORD").is_some_and(|value| value == "1");
    in_every_folder(RECORD, |folder| {
        let output = run(folder, &["validate"]);
        let mut wrong = Vec::new();
        if output.status.code() != Some(2) {
            wrong.push(format!("{folder}: exit code {:?} instead of 2", output.status.code()));
        }
        if !output.stderr.is_empty() {
            wrong.push(format!(
                "{folder}: the problems are the answer, but standard error has\n{}",
                String::from_utf8_lossy(&output.stderr)
            ));
        }
        let path = root().join(folder).join("expected.txt");
        if record {
            fs::write(path, &output.stdout).expect("expected.txt can be written");
            return wrong;
        }
        match fs::read(&path) {
            Err(error) => wrong.push(format!("{folder}: expected.txt: {error}")),
            Ok(expected) if expected == output.stdout => {}
            Ok(expected) => {
                let text = |bytes: &[u8]| {
                    let lines: Vec<String> = String::from_utf8_lossy(bytes).lines().map(|line| format!("    {}", visible(line))).collect();
                    lines.join("\n")
                };
                wrong.push(format!("{folder}:\n  expected\n{}\n  found\n{}", text(&expected), text(&output.stdout)));
            }
        }
        wrong
    });
}

/// A line of a report with what a terminal would not show written out.
fn visible(line: &str) -> String {
    line.chars().map(|found| if hides(found) { found.escape_unicode().to_string() } else { found.to_string() }).collect()
}

/// Characters that act on a terminal, or that nobody sees there. Counted up here on purpose, and not asked of the program.
fn hides(found: char) -> bool {
    found.is_control()
        || matches!(found, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}')
        || matches!(found, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}')
        || matches!(found, '\u{e0000}'..='\u{e0fff}')
}

#[test]
fn nothing_hides_in_a_report() {
    in_every_folder("text of the input has to be shown so that it is seen", |folder| {
        let output = run(folder, &["validate"]);
        let text = String::from_utf8(output.stdout).expect("a report is UTF-8");
        let hiding = text.lines().filter(|line| line.contains(hides));
        hiding.map(|line| format!("{folder}: {}", visible(line))).collect()
    });
}

#[test]
fn every_problem_has_its_code_and_place() {
    in_every_folder("the places were counted by hand: look at the file first", |folder| {
        let output = run(folder, &["validate", "--format", "json"]);
        if output.status.code() != Some(2) || !output.stderr.is_empty() {
            return vec![format!("{folder}: exit code {:?}, {}", output.status.code(), String::from_utf8_lossy(&output.stderr))];
        }
        let answer: Value = serde_json::from_slice(&output.stdout).expect("the answer is JSON");
        assert_eq!(answer["valid"], Value::Bool(false), "{folder}");
        let found: Vec<String> = answer["problems"].as_array().expect("a list of problems").iter().map(place).collect();
        let rows = PLACES.iter().filter(|row| row.0 == folder);
        let wanted: Vec<String> = rows.map(|(_, code, file, line, column)| format!("{code} {file}:{line}:{column}")).collect();
        if found == wanted { Vec::new() } else { vec![format!("{folder}:\n    expected {wanted:?}\n    found    {found:?}")] }
    });
}

/// `code file:line:column` of a problem, with nothing and zero for what it does not have.
fn place(problem: &Value) -> String {
    let number = |name: &str| problem[name].as_u64().unwrap_or(0);
    let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    format!("{} {}:{}:{}", text("code"), text("file"), number("line"), number("column"))
}

#[test]
fn nothing_is_decided_in_a_broken_workspace() {
    in_every_folder("the problems belong on standard error, and nothing on standard output", |folder| {
        let problems = run(folder, &["validate"]).stdout;
        let questions: [&[&str]; 4] = [
            &["check", "anna", "harbour-desk"],
            &["explain", "{userType: internal-user}", "harbour-desk", "--format", "json"],
            &["matrix"],
            &["check", "anna", "harbour-desk", "--exit-zero"],
        ];
        let mut wrong = Vec::new();
        for question in questions {
            let output = run(folder, question);
            if output.status.code() != Some(2) || !output.stdout.is_empty() || output.stderr != problems {
                wrong.push(format!(
                    "{folder}: {} exits with {:?}, prints `{}` and says `{}`",
                    question[0],
                    output.status.code(),
                    String::from_utf8_lossy(&output.stdout),
                    String::from_utf8_lossy(&output.stderr)
                ));
            }
        }
        wrong
    });
}

/// Folder, code, file, line and column of every problem, in the order in which they are shown; no file is an empty one, no line
/// or column a zero. Columns count characters, a tab as one. For a problem of a CSV record or header: its first column.
type Place = (&'static str, &'static str, &'static str, u64, u64);

#[rustfmt::skip]
const PLACES: &[Place] = &[
    ("app-id-character", "app-id-character", "apps/desk.yaml", 1, 12),
    ("app-id-character-brace", "app-id-character", "apps/desk.yaml", 1, 12),
    ("app-id-character-closing-brace", "app-id-character", "apps/desk.yaml", 1, 12),
    ("app-id-character-colon", "app-id-character", "apps/desk.yaml", 1, 12),
    ("app-id-character-hash", "app-id-character", "apps/desk.yaml", 1, 12),
    ("app-id-character-override-suffix", "app-id-character", "apps/desks.yaml", 7, 16),
    ("backward-window", "backward-window", "permissions.yaml", 9, 14),
    ("backward-window-offsets", "backward-window", "permissions.yaml", 8, 14),
    ("backward-window-year", "backward-window", "permissions.yaml", 8, 70),
    ("bad-duration", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-capitals", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-empty", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-fraction", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-iso", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-negative", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-no-count", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-number", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-singular", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-too-long", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-unit", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-duration-zero", "bad-duration", "permissions.yaml", 6, 55),
    ("bad-glob", "bad-glob", "gatewalk.yaml", 1, 23),
    ("bad-glob-outside", "bad-glob", "gatewalk.yaml", 1, 8),
    ("bad-glob-braces", "bad-glob", "gatewalk.yaml", 2, 5),
    ("bad-gzip", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-gzip-checksum", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-gzip-empty", "bad-gzip", "overrides/desk.yaml.gz", 0, 0),
    ("bad-gzip-plain-text", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-gzip-trailing-bytes", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-template", "bad-template", "permissions.yaml", 9, 35),
    ("bad-template-bare-name", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-embedded", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-empty", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-glob", "bad-template", "permissions.yaml", 9, 41),
    ("bad-template-list", "bad-template", "permissions.yaml", 9, 50),
    ("bad-template-nested", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-no-name", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-operator", "bad-template", "permissions.yaml", 9, 41),
    ("bad-template-spaces", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-two", "bad-template", "permissions.yaml", 9, 37),
    ("bad-template-unclosed", "bad-template", "permissions.yaml", 9, 37),
    ("bad-time", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-assignment", "bad-time", "permissions.yaml", 6, 40),
    ("bad-time-assignment-both", "bad-time", "permissions.yaml", 6, 42),
    ("bad-time-assignment-both", "bad-time", "permissions.yaml", 6, 61),
    ("bad-time-assignment-not-before", "bad-time", "permissions.yaml", 6, 43),
    ("bad-time-attribute", "bad-time", "permissions.yaml", 6, 30),
    ("bad-time-attribute-of-user", "bad-time", "permissions.yaml", 5, 40),
    ("bad-time-condition", "bad-time", "permissions.yaml", 9, 46),
    ("bad-time-condition-list", "bad-time", "permissions.yaml", 9, 46),
    ("bad-time-condition-list", "bad-time", "permissions.yaml", 9, 58),
    ("bad-time-csv", "bad-time", "users/crew.csv", 3, 1),
    ("bad-time-dynamodb", "bad-time", "users/crew.ndjson", 1, 46),
    ("bad-time-empty", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-expires", "bad-time", "overrides/desk.yaml", 3, 10),
    ("bad-time-hour-24", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-hour-offset", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-inline-override", "bad-time", "apps/desk.yaml", 5, 12),
    ("bad-time-month-first", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-no-such-day", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-offset-24", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-offset-minutes", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-progress", "bad-time", "permissions.yaml", 5, 27),
    ("bad-time-second-60", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-seconds-since-1970", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-words", "bad-time", "users/crew.yaml", 2, 12),
    ("bad-time-zone-name", "bad-time", "users/crew.yaml", 2, 12),
    ("bidi-control", "bidi-control", "apps/desk.yaml", 3, 14),
    ("bidi-control-arabic-mark", "bidi-control", "apps/desk.yaml", 2, 12),
    ("bidi-control-csv", "bidi-control", "users/crew.csv", 2, 6),
    ("bidi-control-isolate", "bidi-control", "apps/desk.yaml", 2, 13),
    ("bidi-control-json", "bidi-control", "apps/desk.json", 1, 41),
    ("bidi-control-mark", "bidi-control", "apps/desk.yaml", 2, 12),
    ("complex-key", "complex-key", "apps/desk.yaml", 2, 3),
    ("complex-key-alias", "complex-key", "apps/desk.yaml", 2, 1),
    ("complex-key-flow", "complex-key", "apps/desk.yaml", 1, 27),
    ("complex-key-mapping", "complex-key", "apps/desk.yaml", 2, 3),
    ("control-character", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-byte-order-mark", "control-character", "users/crew.yaml", 1, 13),
    ("control-character-carriage-return", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-csv", "control-character", "users/crew.csv", 2, 11),
    ("control-character-csv-quoted", "control-character", "users/crew.csv", 2, 11),
    ("control-character-delete", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-escape", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-form-feed", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-json", "control-character", "apps/desk.json", 2, 19),
    ("control-character-json-string", "control-character", "apps/desk.json", 2, 19),
    ("control-character-line-separator", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-ndjson", "control-character", "users/crew.ndjson", 2, 18),
    ("control-character-nul", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-paragraph-separator", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-several", "control-character", "apps/desk.yaml", 1, 27),
    ("control-character-several", "control-character", "apps/desk.yaml", 3, 3),
    ("control-character-terminal-sequence", "control-character", "apps/desk.yaml", 2, 19),
    ("control-character-vertical-tab", "control-character", "apps/desk.yaml", 2, 19),
    ("csv-header", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-bare-custom-data", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-capitals", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-capitals", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-clash", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-empty-column", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-no-user-id", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-space", "csv-header", "users/crew.csv", 1, 1),
    ("csv-header-unknown-column", "csv-header", "users/crew.csv", 1, 1),
    ("cycle", "cycle", "permissions.yaml", 5, 16),
    ("cycle-both", "cycle", "permissions.yaml", 4, 30),
    ("cycle-both", "cycle", "permissions.yaml", 6, 32),
    ("cycle-role-below", "cycle", "permissions.yaml", 6, 30),
    ("cycle-role-through-others", "cycle", "permissions.yaml", 5, 31),
    ("cycle-role-twice", "cycle", "permissions.yaml", 5, 31),
    ("cycle-role-twice", "cycle", "permissions.yaml", 6, 30),
    ("cycle-team", "cycle", "permissions.yaml", 4, 32),
    ("cycle-team-through-others", "cycle", "permissions.yaml", 6, 31),
    ("dangling-reference", "dangling-reference", "permissions.yaml", 6, 20),
    ("dangling-reference-action", "dangling-reference", "permissions.yaml", 6, 43),
    ("dangling-reference-action-of-level", "dangling-reference", "permissions.yaml", 7, 44),
    ("dangling-reference-action-of-policy", "dangling-reference", "permissions.yaml", 6, 34),
    ("dangling-reference-action-of-several-types", "dangling-reference", "permissions.yaml", 7, 40),
    ("dangling-reference-action-star", "dangling-reference", "permissions.yaml", 6, 37),
    ("dangling-reference-base-role", "dangling-reference", "permissions.yaml", 5, 16),
    ("dangling-reference-case", "dangling-reference", "permissions.yaml", 6, 24),
    ("dangling-reference-condition-set", "dangling-reference", "permissions.yaml", 8, 31),
    ("dangling-reference-condition-type", "dangling-reference", "permissions.yaml", 8, 22),
    ("dangling-reference-condition-type-of-permission", "dangling-reference", "permissions.yaml", 6, 35),
    ("dangling-reference-condition-type-of-policy", "dangling-reference", "permissions.yaml", 11, 11),
    ("dangling-reference-condition-type-of-set", "dangling-reference", "permissions.yaml", 5, 5),
    ("dangling-reference-escalate-to", "dangling-reference", "permissions.yaml", 8, 52),
    ("dangling-reference-in-two-files", "dangling-reference", "permissions/people.yaml", 2, 24),
    ("dangling-reference-in-two-files", "dangling-reference", "permissions/tugs.yaml", 2, 16),
    ("dangling-reference-inherited-role", "dangling-reference", "permissions.yaml", 5, 38),
    ("dangling-reference-instance-of-team", "dangling-reference", "permissions.yaml", 6, 26),
    ("dangling-reference-instance-team", "dangling-reference", "permissions.yaml", 8, 27),
    ("dangling-reference-instance-teams", "dangling-reference", "permissions.yaml", 8, 27),
    ("dangling-reference-member-role", "dangling-reference", "permissions.yaml", 6, 28),
    ("dangling-reference-member-user", "dangling-reference", "permissions.yaml", 11, 16),
    ("dangling-reference-parent-team", "dangling-reference", "permissions.yaml", 4, 32),
    ("dangling-reference-permission", "dangling-reference", "permissions.yaml", 4, 33),
    ("dangling-reference-permission-is-an-action", "dangling-reference", "permissions.yaml", 4, 30),
    ("dangling-reference-role", "dangling-reference", "permissions.yaml", 4, 24),
    ("dangling-reference-role-of-team", "dangling-reference", "permissions.yaml", 6, 30),
    ("dangling-reference-role-that-is-added-to", "dangling-reference", "permissions.yaml", 6, 12),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 4, 16),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 7, 16),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 8, 19),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 11, 13),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 13, 28),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 15, 24),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 15, 38),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 20, 19),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 22, 22),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 25, 16),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 26, 31),
    ("dangling-reference-several", "dangling-reference", "permissions.yaml", 26, 52),
    ("dangling-reference-team", "dangling-reference", "permissions.yaml", 8, 37),
    ("dangling-reference-team-of-assignment", "dangling-reference", "permissions.yaml", 6, 12),
    ("dangling-reference-type-of-instance", "dangling-reference", "permissions.yaml", 4, 16),
    ("dangling-reference-type-of-levels", "dangling-reference", "permissions.yaml", 5, 15),
    ("dangling-reference-type-of-permission", "dangling-reference", "permissions.yaml", 4, 27),
    ("dangling-reference-type-of-policy", "dangling-reference", "permissions.yaml", 6, 60),
    ("dangling-reference-user", "dangling-reference", "permissions.yaml", 8, 12),
    ("duplicate-id", "duplicate-id", "apps/desks.yaml", 3, 14),
    ("duplicate-id-condition-set", "duplicate-id", "permissions/weather.yaml", 2, 3),
    ("duplicate-id-in-two-files", "duplicate-id", "apps/quay.yaml", 1, 12),
    ("duplicate-id-inline-override", "duplicate-id", "overrides/desk.yaml", 1, 12),
    ("duplicate-id-instance", "duplicate-id", "permissions.yaml", 5, 27),
    ("duplicate-id-instance-of-team", "duplicate-id", "permissions.yaml", 6, 26),
    ("duplicate-id-override", "duplicate-id", "overrides/winter.yaml", 1, 12),
    ("duplicate-id-override-suffix", "duplicate-id", "overrides/desk.yaml", 4, 12),
    ("duplicate-id-pattern", "duplicate-id", "permissions.yaml", 9, 21),
    ("duplicate-id-pattern-levels", "duplicate-id", "permissions.yaml", 7, 21),
    ("duplicate-id-permission", "duplicate-id", "permissions.yaml", 5, 12),
    ("duplicate-id-policy", "duplicate-id", "permissions.yaml", 5, 12),
    ("duplicate-id-role", "duplicate-id", "permissions.yaml", 5, 12),
    ("duplicate-id-role-in-two-files", "duplicate-id", "permissions/tugs.yaml", 2, 11),
    ("duplicate-id-site", "duplicate-id", "site/b.yaml", 2, 3),
    ("duplicate-id-site-entity", "duplicate-id", "site/b.yaml", 2, 3),
    ("duplicate-id-site-two-spellings", "duplicate-id", "site/features.yaml", 3, 3),
    ("duplicate-id-team", "duplicate-id", "permissions.yaml", 5, 12),
    ("duplicate-id-three-times", "duplicate-id", "users/crew.yaml", 2, 12),
    ("duplicate-id-three-times", "duplicate-id", "users/crew.yaml", 3, 12),
    ("duplicate-id-type", "duplicate-id", "permissions.yaml", 3, 16),
    ("duplicate-id-user", "duplicate-id", "users/office.yaml", 1, 9),
    ("duplicate-id-user-csv", "duplicate-id", "users/crew.csv", 3, 1),
    ("duplicate-key", "duplicate-key", "apps/desk.yaml", 4, 1),
    ("duplicate-key-block", "duplicate-key", "users/crew.yaml", 4, 3),
    ("duplicate-key-csv", "duplicate-key", "users/crew.csv", 1, 1),
    ("duplicate-key-csv-spelling", "duplicate-key", "users/crew.csv", 1, 1),
    ("duplicate-key-escaped", "duplicate-key", "apps/desk.yaml", 3, 1),
    ("duplicate-key-flow", "duplicate-key", "apps/desk.yaml", 1, 43),
    ("duplicate-key-json", "duplicate-key", "apps/desk.json", 4, 3),
    ("duplicate-key-json-escaped", "duplicate-key", "apps/desk.json", 4, 3),
    ("duplicate-key-many", "duplicate-key", "apps/desk.yaml", 24, 3),
    ("duplicate-key-ndjson", "duplicate-key", "users/crew.ndjson", 1, 33),
    ("duplicate-key-ndjson", "duplicate-key", "users/crew.ndjson", 2, 19),
    ("duplicate-key-quoted", "duplicate-key", "users/crew.yaml", 4, 5),
    ("duplicate-key-settings", "duplicate-key", "gatewalk.yaml", 2, 1),
    ("dynamodb-value", "dynamodb-value", "users/crew.ndjson", 1, 39),
    ("dynamodb-value-boolean", "dynamodb-value", "apps/desk.json", 2, 22),
    ("dynamodb-value-list", "dynamodb-value", "users/crew.ndjson", 1, 42),
    ("dynamodb-value-list-item", "dynamodb-value", "users/crew.ndjson", 1, 59),
    ("dynamodb-value-null", "dynamodb-value", "apps/desk.json", 2, 13),
    ("dynamodb-value-null-false", "dynamodb-value", "users/crew.ndjson", 1, 48),
    ("dynamodb-value-number", "dynamodb-value", "users/crew.ndjson", 1, 62),
    ("dynamodb-value-set", "dynamodb-value", "users/crew.ndjson", 1, 43),
    ("dynamodb-value-text-as-number", "dynamodb-value", "users/crew.ndjson", 1, 18),
    ("dynamodb-value-two-types", "dynamodb-value", "users/crew.ndjson", 1, 39),
    ("dynamodb-value-unknown-type", "dynamodb-value", "users/crew.ndjson", 1, 36),
    ("dynamodb-value-unquoted-number", "dynamodb-value", "users/crew.ndjson", 1, 62),
    ("encoding", "encoding", "apps/desk.yaml", 2, 0),
    ("encoding-csv", "encoding", "users/crew.csv", 3, 0),
    ("encoding-cut-short", "encoding", "apps/desk.yaml", 2, 0),
    ("encoding-overlong", "encoding", "apps/desk.yaml", 1, 0),
    ("encoding-surrogate", "encoding", "apps/desk.json", 2, 0),
    ("encoding-utf16-big-endian", "encoding", "apps/desk.yaml", 1, 0),
    ("encoding-utf16-little-endian", "encoding", "apps/desk.yaml", 1, 0),
    ("merge-key", "merge-key", "apps/desk.yaml", 4, 3),
    ("merge-key-flow", "merge-key", "apps/desk.yaml", 2, 4),
    ("missing-field", "missing-field", "users/crew.yaml", 3, 5),
    ("missing-field-and-others", "missing-field", "permissions.yaml", 3, 5),
    ("missing-field-and-others", "resource-name-character", "permissions.yaml", 4, 16),
    ("missing-field-and-others", "reserved-name", "permissions.yaml", 5, 16),
    ("missing-field-and-others", "misspelled-field", "permissions.yaml", 7, 45),
    ("missing-field-and-others", "duplicate-id", "permissions.yaml", 8, 27),
    ("missing-field-and-others", "bad-time", "permissions.yaml", 8, 50),
    ("missing-field-app", "missing-field", "apps/desks.yaml", 2, 5),
    ("missing-field-assignment-empty", "missing-field", "permissions.yaml", 6, 11),
    ("missing-field-base-role", "missing-field", "permissions.yaml", 5, 5),
    ("missing-field-condition", "missing-field", "permissions.yaml", 9, 33),
    ("missing-field-csv", "missing-field", "users/crew.csv", 3, 1),
    ("missing-field-dynamodb", "missing-field", "users/crew.ndjson", 1, 18),
    ("missing-field-emergency-reason", "missing-field", "permissions.yaml", 6, 63),
    ("missing-field-emergency-reason-blank", "missing-field", "permissions.yaml", 8, 16),
    ("missing-field-empty", "missing-field", "apps/desk.yaml", 1, 12),
    ("missing-field-escalate-to", "missing-field", "permissions.yaml", 8, 17),
    ("missing-field-escalation-conditions", "missing-field", "permissions.yaml", 8, 17),
    ("missing-field-instance-id", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-instance-type", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-level", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-level-permissions", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-levels", "missing-field", "permissions.yaml", 5, 5),
    ("missing-field-levels-resource", "missing-field", "permissions.yaml", 6, 5),
    ("missing-field-levels-resource-none", "missing-field", "permissions.yaml", 3, 5),
    ("missing-field-member-role", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-member-user", "missing-field", "permissions.yaml", 8, 9),
    ("missing-field-nothing", "missing-field", "users/crew.yaml", 2, 3),
    ("missing-field-null", "missing-field", "apps/desk.yaml", 1, 1),
    ("missing-field-override", "missing-field", "overrides/desks.yaml", 2, 5),
    ("missing-field-pattern", "missing-field", "permissions.yaml", 6, 5),
    ("missing-field-pattern-implementation", "missing-field", "permissions.yaml", 4, 1),
    ("missing-field-permission", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-permission-conditions", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-permission-null", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-permission-resource", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-permission-resource-several", "missing-field", "permissions.yaml", 5, 5),
    ("missing-field-permission-resource-undeclared", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-permission-resource-undeclared", "dangling-reference", "permissions.yaml", 5, 18),
    ("missing-field-policy", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-policy-rules", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-role", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-role-empty", "missing-field", "permissions.yaml", 4, 11),
    ("missing-field-role-null", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-role-permission-actions", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-role-permission-resource", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-role-permissions", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-rule-actions", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-rule-effect", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-rule-everything", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-rule-everything", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-rule-everything", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-rule-resources", "missing-field", "permissions.yaml", 6, 9),
    ("missing-field-team", "missing-field", "permissions.yaml", 4, 5),
    ("missing-field-type", "missing-field", "permissions.yaml", 3, 5),
    ("missing-field-type-permissions", "missing-field", "permissions.yaml", 1, 1),
    ("misspelled-field", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-and-others", "misspelled-field", "permissions.yaml", 6, 31),
    ("misspelled-field-and-others", "missing-field", "permissions.yaml", 6, 62),
    ("misspelled-field-and-others", "unsafe-name", "permissions.yaml", 7, 12),
    ("misspelled-field-and-others", "bad-time", "permissions.yaml", 7, 49),
    ("misspelled-field-assignment", "misspelled-field", "permissions.yaml", 6, 31),
    ("misspelled-field-assignment-case", "misspelled-field", "permissions.yaml", 6, 31),
    ("misspelled-field-assignment-team", "misspelled-field", "permissions.yaml", 8, 31),
    ("misspelled-field-capitals", "misspelled-field", "apps/desk.yaml", 2, 1),
    ("misspelled-field-detailed-traces", "misspelled-field", "apps/desk.yaml", 6, 5),
    ("misspelled-field-document", "misspelled-field", "apps/desk.yaml", 1, 1),
    ("misspelled-field-document-override", "misspelled-field", "overrides/desk.yaml", 1, 1),
    ("misspelled-field-document-pattern", "misspelled-field", "permissions.yaml", 6, 1),
    ("misspelled-field-document-site", "misspelled-field", "site/features.yaml", 1, 1),
    ("misspelled-field-document-upper-case", "misspelled-field", "users/crew.ndjson", 1, 2),
    ("misspelled-field-entity", "misspelled-field", "site/features.yaml", 4, 5),
    ("misspelled-field-escalation", "misspelled-field", "permissions.yaml", 8, 39),
    ("misspelled-field-expires", "misspelled-field", "overrides/desk.yaml", 2, 1),
    ("misspelled-field-feature", "misspelled-field", "apps/desk.yaml", 6, 5),
    ("misspelled-field-feature-id", "misspelled-field", "apps/desk.yaml", 4, 3),
    ("misspelled-field-feature-id", "misspelled-field", "apps/desk.yaml", 5, 3),
    ("misspelled-field-home-page", "misspelled-field", "site/features.yaml", 3, 5),
    ("misspelled-field-home-page-links", "misspelled-field", "site/features.yaml", 4, 7),
    ("misspelled-field-home-page-rule", "misspelled-field", "site/features.yaml", 6, 11),
    ("misspelled-field-in-detailed-traces", "misspelled-field", "apps/desk.yaml", 7, 7),
    ("misspelled-field-instance", "misspelled-field", "permissions.yaml", 4, 32),
    ("misspelled-field-instance-attribute", "misspelled-field", "permissions.yaml", 6, 18),
    ("misspelled-field-instance-attribute-capitals", "misspelled-field", "permissions.yaml", 6, 18),
    ("misspelled-field-instance-attribute-kebab", "misspelled-field", "permissions.yaml", 6, 18),
    ("misspelled-field-instance-attribute-owner", "misspelled-field", "permissions.yaml", 6, 18),
    ("misspelled-field-instance-attribute-project", "misspelled-field", "permissions.yaml", 6, 18),
    ("misspelled-field-condition-team", "misspelled-field", "permissions.yaml", 9, 22),
    ("misspelled-field-condition-template", "misspelled-field", "permissions.yaml", 9, 31),
    ("misspelled-field-condition-user-role", "misspelled-field", "permissions.yaml", 9, 22),
    ("misspelled-field-invisible", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-kebab-case", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-kind", "misspelled-field", "apps/desks.yaml", 3, 1),
    ("misspelled-field-kind-assignments", "misspelled-field", "permissions.yaml", 5, 1),
    ("misspelled-field-level", "misspelled-field", "permissions.yaml", 6, 45),
    ("misspelled-field-look-alike", "misspelled-field", "apps/desk.yaml", 2, 1),
    ("misspelled-field-member", "misspelled-field", "permissions.yaml", 8, 35),
    ("misspelled-field-mixed-case", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-override", "misspelled-field", "overrides/desk.yaml", 3, 1),
    ("misspelled-field-pattern", "misspelled-field", "permissions.yaml", 8, 1),
    ("misspelled-field-permission", "misspelled-field", "permissions.yaml", 4, 50),
    ("misspelled-field-permission-actions", "misspelled-field", "permissions.yaml", 4, 34),
    ("misspelled-field-policy", "misspelled-field", "permissions.yaml", 4, 19),
    ("misspelled-field-progress", "misspelled-field", "permissions.yaml", 5, 16),
    ("misspelled-field-progress-case", "misspelled-field", "permissions.yaml", 5, 16),
    ("misspelled-field-progressive", "misspelled-field", "permissions.yaml", 7, 5),
    ("misspelled-field-role", "misspelled-field", "permissions.yaml", 4, 36),
    ("misspelled-field-role-permission", "misspelled-field", "permissions.yaml", 6, 44),
    ("misspelled-field-rule", "misspelled-field", "permissions.yaml", 6, 61),
    ("misspelled-field-settings", "misspelled-field", "gatewalk.yaml", 1, 1),
    ("misspelled-field-settings", "misspelled-field", "gatewalk.yaml", 2, 1),
    ("misspelled-field-site-admin", "misspelled-field", "site/features.yaml", 2, 15),
    ("misspelled-field-site-admin", "misspelled-field", "site/features.yaml", 3, 18),
    ("misspelled-field-site-feature-id", "misspelled-field", "site/features.yaml", 2, 3),
    ("misspelled-field-snake-case", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-swapped-letters", "misspelled-field", "apps/desk.yaml", 2, 1),
    ("misspelled-field-team", "misspelled-field", "permissions.yaml", 4, 24),
    ("misspelled-field-team-based", "misspelled-field", "permissions.yaml", 6, 41),
    ("misspelled-field-team-parent", "misspelled-field", "permissions.yaml", 5, 24),
    ("misspelled-field-two-edits", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-two-edits", "misspelled-field", "apps/desk.yaml", 4, 1),
    ("misspelled-field-type", "misspelled-field", "permissions.yaml", 2, 44),
    ("misspelled-field-user", "misspelled-field", "users/crew.yaml", 2, 1),
    ("misspelled-field-user", "misspelled-field", "users/crew.yaml", 3, 1),
    ("misspelled-field-user-attributes", "misspelled-field", "permissions.yaml", 4, 20),
    ("no-targets", "no-targets", "", 0, 0),
    ("no-targets-comment-only", "no-targets", "", 0, 0),
    ("no-targets-empty-file", "no-targets", "", 0, 0),
    ("no-targets-empty-list", "no-targets", "", 0, 0),
    ("no-targets-nothing", "no-targets", "", 0, 0),
    ("no-targets-null", "no-targets", "", 0, 0),
    ("no-targets-other-globs", "no-targets", "", 0, 0),
    ("not-a-file", "not-a-file", "apps/desk.yaml", 0, 0),
    ("outside-workspace", "outside-workspace", "apps/desk.yaml", 0, 0),
    ("override-field", "override-field", "overrides/desk.yaml", 3, 1),
    ("override-field", "override-field", "overrides/desk.yaml", 4, 1),
    ("override-field", "override-field", "overrides/desk.yaml", 5, 1),
    ("override-field", "override-field", "overrides/desk.yaml", 6, 1),
    ("override-field-inline", "override-field", "apps/desk.yaml", 5, 3),
    ("override-field-snake-case", "override-field", "overrides/desk.yaml", 3, 1),
    ("override-field-with-suffix", "override-field", "apps/desks.yaml", 5, 3),
    ("override-without-app", "override-without-app", "overrides/quay.yaml", 1, 12),
    ("override-without-app-among-apps", "override-without-app", "apps/desks.yaml", 3, 14),
    ("override-without-app-inline", "override-without-app", "apps/desk.yaml", 4, 14),
    ("override-without-app-slip", "override-without-app", "overrides/desk.yaml", 1, 12),
    ("override-without-app-suffix", "override-without-app", "overrides/desk.ndjson", 1, 21),
    ("reserved-name", "reserved-name", "permissions.yaml", 5, 18),
    ("reserved-name-attribute-each", "reserved-name", "permissions.yaml", 6, 7),
    ("reserved-name-attribute-each", "reserved-name", "permissions.yaml", 7, 7),
    ("reserved-name-attribute-each", "reserved-name", "permissions.yaml", 8, 7),
    ("reserved-name-attribute-each", "reserved-name", "permissions.yaml", 9, 7),
    ("reserved-name-policy", "reserved-name", "permissions.yaml", 6, 52),
    ("reserved-name-type", "reserved-name", "permissions.yaml", 2, 16),
    ("reserved-name-type-chat-app", "reserved-name", "permissions.yaml", 2, 16),
    ("reserved-name-type-site", "reserved-name", "permissions.yaml", 1, 11),
    ("resource-name-character", "resource-name-character", "permissions.yaml", 2, 16),
    ("resource-name-character-action", "resource-name-character", "permissions.yaml", 2, 43),
    ("resource-name-character-action", "resource-name-character", "permissions.yaml", 2, 59),
    ("resource-name-character-brace", "resource-name-character", "permissions.yaml", 2, 16),
    ("resource-name-character-closing-brace", "resource-name-character", "permissions.yaml", 2, 16),
    ("resource-name-character-colon", "resource-name-character", "permissions.yaml", 2, 16),
    ("resource-name-character-dot", "resource-name-character", "permissions.yaml", 2, 16),
    ("resource-name-character-hash", "resource-name-character", "permissions.yaml", 2, 16),
    ("resource-name-character-permission", "resource-name-character", "permissions.yaml", 4, 12),
    ("resource-name-character-permission-action", "resource-name-character", "permissions.yaml", 6, 20),
    ("syntax", "syntax", "apps/desk.yaml", 3, 12),
    ("syntax-colon-in-value", "syntax", "apps/desk.yaml", 2, 15),
    ("syntax-csv", "syntax", "users/crew.csv", 2, 6),
    ("syntax-csv-fields", "syntax", "users/crew.csv", 3, 1),
    ("syntax-csv-fields", "syntax", "users/crew.csv", 4, 1),
    ("syntax-csv-quote-in-field", "syntax", "users/crew.csv", 2, 7),
    ("syntax-csv-text-after-quote", "syntax", "users/crew.csv", 2, 6),
    ("syntax-indentation", "syntax", "apps/desk.yaml", 2, 9),
    ("syntax-json", "syntax", "apps/desk.json", 3, 1),
    ("syntax-json-capital-true", "syntax", "apps/desk.json", 1, 42),
    ("syntax-json-comment", "syntax", "apps/desk.json", 2, 3),
    ("syntax-json-cut-short", "syntax", "apps/desk.json", 2, 1),
    ("syntax-json-cut-short-in-text", "syntax", "apps/desk.json", 1, 25),
    ("syntax-json-extra-bracket", "syntax", "apps/desk.json", 1, 32),
    ("syntax-json-leading-zero", "syntax", "apps/desk.json", 1, 41),
    ("syntax-json-lone-surrogate", "syntax", "apps/desk.json", 1, 29),
    ("syntax-json-missing-colon", "syntax", "apps/desk.json", 1, 14),
    ("syntax-json-missing-comma", "syntax", "apps/desk.json", 1, 30),
    ("syntax-json-not-a-number", "syntax", "apps/desk.json", 1, 40),
    ("syntax-json-number-dot", "syntax", "apps/desk.json", 1, 42),
    ("syntax-json-raw-line-break", "syntax", "apps/desk.json", 1, 23),
    ("syntax-json-short-escape", "syntax", "apps/desk.json", 1, 25),
    ("syntax-json-single-quotes", "syntax", "apps/desk.json", 1, 2),
    ("syntax-json-unknown-escape", "syntax", "apps/desk.json", 1, 24),
    ("syntax-json-unquoted-key", "syntax", "apps/desk.json", 1, 2),
    ("syntax-missing-colon", "syntax", "apps/desk.yaml", 2, 1),
    ("syntax-ndjson", "syntax", "users/crew.ndjson", 2, 17),
    ("syntax-ndjson", "unknown-value", "users/crew.ndjson", 3, 32),
    ("syntax-settings", "syntax", "gatewalk.yaml", 1, 12),
    ("syntax-tab-indent", "syntax", "apps/desk.yaml", 3, 2),
    ("syntax-two-documents", "syntax", "apps/desk.yaml", 5, 12),
    ("syntax-two-documents", "wrong-type", "apps/desk.yaml", 8, 10),
    ("syntax-unclosed-quote", "syntax", "apps/desk.yaml", 2, 1),
    ("syntax-unknown-escape", "syntax", "apps/desk.yaml", 1, 12),
    ("tag", "tag", "apps/desk.yaml", 2, 10),
    ("tag", "wrong-type", "apps/desk.yaml", 2, 17),
    ("tag-key", "tag", "apps/desk.yaml", 1, 1),
    ("tag-list", "tag", "apps/desk.yaml", 2, 12),
    ("tag-local", "tag", "apps/desk.yaml", 2, 12),
    ("tag-local", "wrong-type", "apps/desk.yaml", 2, 20),
    ("tag-mapping", "tag", "apps/desk.yaml", 1, 1),
    ("tag-not-specific", "tag", "apps/desk.yaml", 2, 10),
    ("tag-string", "tag", "apps/desk.yaml", 1, 12),
    ("tag-unknown-handle", "syntax", "apps/desk.yaml", 2, 10),
    ("too-deep", "too-deep", "users/crew.yaml", 2, 137),
    ("too-deep-alias", "too-deep", "users/crew.yaml", 5, 67),
    ("too-deep-block", "too-deep", "users/crew.yaml", 34, 65),
    ("too-deep-csv", "too-deep", "users/crew.csv", 1, 1),
    ("too-deep-json", "too-deep", "users/crew.json", 1, 220),
    ("too-large", "too-large", "apps/desk.yaml.gz", 0, 0),
    ("too-many-aliases", "too-many-aliases", "users/crew.yaml", 103, 25),
    ("too-many-aliases-that-repeat", "too-many-aliases", "users/crew.yaml", 6, 40),
    ("truncated-export", "truncated-export", "apps/desk.json", 3, 2),
    ("truncated-export-answer", "truncated-export", "apps/desk.json", 2, 2),
    ("truncated-export-count", "truncated-export", "apps/desk.json", 2, 11),
    ("truncated-export-count-list", "truncated-export", "apps/desk.json", 2, 11),
    ("truncated-export-count-text", "truncated-export", "apps/desk.json", 2, 11),
    ("truncated-export-last-key", "truncated-export", "apps/desk.json", 2, 2),
    ("truncated-export-nested", "truncated-export", "users/crew.json", 2, 2),
    ("truncated-export-second-line", "truncated-export", "users/crew.ndjson", 2, 32),
    ("two-spellings", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-assignment", "two-spellings", "permissions.yaml", 9, 5),
    ("two-spellings-chat-app-user-types", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-detailed-traces", "two-spellings", "apps/desk.yaml", 7, 5),
    ("two-spellings-entity", "two-spellings", "site/features.yaml", 5, 5),
    ("two-spellings-escalation", "two-spellings", "permissions.yaml", 8, 58),
    ("two-spellings-feature", "two-spellings", "apps/desk.yaml", 5, 3),
    ("two-spellings-features", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-home-page", "two-spellings", "site/features.yaml", 5, 7),
    ("two-spellings-home-page-rule", "two-spellings", "site/features.yaml", 6, 11),
    ("two-spellings-in-a-feature", "two-spellings", "apps/desk.yaml", 7, 5),
    ("two-spellings-kinds", "two-spellings", "apps/desks.yaml", 4, 1),
    ("two-spellings-null", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-of-the-id", "two-spellings", "apps/desk.yaml", 2, 1),
    ("two-spellings-operator", "two-spellings", "permissions.yaml", 9, 48),
    ("two-spellings-override", "two-spellings", "overrides/desk.yaml", 3, 1),
    ("two-spellings-progress", "two-spellings", "permissions.yaml", 5, 39),
    ("two-spellings-role", "two-spellings", "permissions.yaml", 4, 19),
    ("two-spellings-second-vocabulary", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-team-based", "two-spellings", "permissions.yaml", 6, 41),
    ("two-spellings-user", "two-spellings", "users/crew.yaml", 3, 1),
    ("unclear-assignment", "unclear-assignment", "permissions.yaml", 4, 5),
    ("unclear-assignment-by-itself", "unclear-assignment", "permissions.yaml", 4, 1),
    ("unclear-assignment-null", "unclear-assignment", "permissions.yaml", 4, 5),
    ("unclear-assignment-permission-alone", "unclear-assignment", "permissions.yaml", 6, 5),
    ("unclear-assignment-role-alone", "unclear-assignment", "permissions.yaml", 6, 5),
    ("unclear-assignment-role-and-permission", "unclear-assignment", "permissions.yaml", 8, 5),
    ("unclear-assignment-team-alone", "unclear-assignment", "permissions.yaml", 6, 5),
    ("unclear-assignment-team-role-and-permission", "unclear-assignment", "permissions.yaml", 10, 5),
    ("unclear-assignment-user-and-team", "unclear-assignment", "permissions.yaml", 6, 5),
    ("unknown-alias", "unknown-alias", "apps/desk.yaml", 5, 12),
    ("unknown-alias-below", "unknown-alias", "apps/desk.yaml", 2, 14),
    ("unknown-alias-itself", "unknown-alias", "apps/desk.yaml", 3, 11),
    ("unknown-alias-undefined", "unknown-alias", "apps/desk.yaml", 2, 12),
    ("unknown-document", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-beside", "unknown-document", "permissions.yaml", 6, 1),
    ("unknown-document-both", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-count-alone", "unknown-document", "users/crew.json", 1, 1),
    ("unknown-document-empty", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-empty-type", "unknown-document", "permissions.yaml", 4, 1),
    ("unknown-document-instance", "unknown-document", "permissions.yaml", 4, 1),
    ("unknown-document-json", "unknown-document", "apps/desk.json", 1, 1),
    ("unknown-document-list-of-text", "unknown-document", "apps/desk.yaml", 1, 3),
    ("unknown-document-list-of-text", "unknown-document", "apps/desk.yaml", 2, 3),
    ("unknown-document-second-settings", "unknown-document", "gatewalk.yaml", 3, 1),
    ("unknown-document-text", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-text-role", "unknown-document", "permissions.yaml", 4, 1),
    ("unknown-value", "unknown-value", "apps/desk.yaml", 3, 28),
    ("unknown-value-apply-rules-as", "unknown-value", "apps/desk.yaml", 4, 15),
    ("unknown-value-apply-rules-as-any", "unknown-value", "apps/desk.yaml", 4, 15),
    ("unknown-value-apply-rules-in-a-feature", "unknown-value", "apps/desk.yaml", 6, 19),
    ("unknown-value-case", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-condition-key", "unknown-value", "permissions.yaml", 9, 22),
    ("unknown-value-condition-key-dots", "unknown-value", "permissions.yaml", 9, 22),
    ("unknown-value-condition-key-empty", "unknown-value", "permissions.yaml", 9, 22),
    ("unknown-value-condition-user-type", "unknown-value", "permissions.yaml", 9, 33),
    ("unknown-value-effect", "unknown-value", "permissions.yaml", 6, 18),
    ("unknown-value-effect-case", "unknown-value", "permissions.yaml", 6, 18),
    ("unknown-value-empty", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-feature", "unknown-value", "apps/desk.yaml", 6, 17),
    ("unknown-value-home-page-rule", "unknown-value", "site/features.yaml", 5, 23),
    ("unknown-value-home-page-rule", "unknown-value", "site/features.yaml", 6, 45),
    ("unknown-value-level", "unknown-value", "permissions.yaml", 4, 26),
    ("unknown-value-operator", "unknown-value", "permissions.yaml", 9, 36),
    ("unknown-value-operator-dollar", "unknown-value", "permissions.yaml", 9, 36),
    ("unknown-value-operator-slip", "unknown-value", "permissions.yaml", 9, 35),
    ("unknown-value-operator-symbol", "unknown-value", "permissions.yaml", 9, 36),
    ("unknown-value-override", "unknown-value", "overrides/desk.yaml", 3, 13),
    ("unknown-value-pattern", "unknown-value", "permissions.yaml", 6, 10),
    ("unknown-value-pattern-kind", "unknown-value", "permissions.yaml", 6, 3),
    ("unknown-value-population", "unknown-value", "gatewalk.yaml", 1, 13),
    ("unknown-value-scope", "unknown-value", "permissions.yaml", 6, 51),
    ("unknown-value-scope-empty", "unknown-value", "permissions.yaml", 6, 51),
    ("unknown-value-scope-of-another-type", "unknown-value", "permissions.yaml", 7, 51),
    ("unknown-value-scope-of-pattern", "unknown-value", "permissions.yaml", 8, 12),
    ("unknown-value-scope-of-pattern-word", "unknown-value", "permissions.yaml", 8, 12),
    ("unknown-value-scope-slip", "unknown-value", "permissions.yaml", 6, 51),
    ("unknown-value-semantics", "unknown-value", "gatewalk.yaml", 1, 12),
    ("unknown-value-site-feature", "unknown-value", "site/features.yaml", 4, 17),
    ("unknown-value-slip", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-space", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-star", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-user-type", "unknown-value", "users/crew.yaml", 2, 11),
    ("unknown-value-user-type-csv", "unknown-value", "users/crew.csv", 3, 1),
    ("unknown-value-user-type-empty", "unknown-value", "users/crew.yaml", 2, 11),
    ("unsafe-name", "unsafe-name", "apps/desk.yaml", 3, 13),
    ("unsafe-name-action", "unsafe-name", "permissions.yaml", 2, 43),
    ("unsafe-name-app", "unsafe-name", "apps/desk.yaml", 1, 12),
    ("unsafe-name-assignment", "unsafe-name", "permissions.yaml", 6, 40),
    ("unsafe-name-condition-set", "unsafe-name", "permissions.yaml", 4, 3),
    ("unsafe-name-csv", "unsafe-name", "users/crew.csv", 3, 1),
    ("unsafe-name-csv", "unsafe-name", "users/crew.csv", 3, 1),
    ("unsafe-name-dynamodb", "unsafe-name", "users/crew.ndjson", 1, 49),
    ("unsafe-name-entity", "unsafe-name", "users/crew.yaml", 2, 20),
    ("unsafe-name-entity-field", "unsafe-name", "users/crew.yaml", 2, 9),
    ("unsafe-name-entity-list", "unsafe-name", "apps/desk.yaml", 3, 19),
    ("unsafe-name-escaped", "unsafe-name", "apps/desk.yaml", 3, 13),
    ("unsafe-name-feature", "unsafe-name", "apps/desk.yaml", 4, 3),
    ("unsafe-name-hangul-filler", "unsafe-name", "apps/desk.yaml", 3, 17),
    ("unsafe-name-instance", "unsafe-name", "permissions.yaml", 4, 27),
    ("unsafe-name-condition-type", "unsafe-name", "permissions.yaml", 9, 22),
    ("unsafe-name-instance-owner", "unsafe-name", "permissions.yaml", 6, 25),
    ("unsafe-name-instance-team", "unsafe-name", "permissions.yaml", 8, 27),
    ("unsafe-name-json-nul", "unsafe-name", "users/crew.json", 1, 12),
    ("unsafe-name-json-nul", "unsafe-name", "users/crew.json", 1, 45),
    ("unsafe-name-level", "unsafe-name", "permissions.yaml", 6, 16),
    ("unsafe-name-level", "unsafe-name", "permissions.yaml", 6, 68),
    ("unsafe-name-line-break", "unsafe-name", "users/crew.yaml", 2, 3),
    ("unsafe-name-member", "unsafe-name", "permissions.yaml", 8, 16),
    ("unsafe-name-override", "unsafe-name", "overrides/desk.yaml", 2, 32),
    ("unsafe-name-override", "unsafe-name", "overrides/desk.yaml", 3, 34),
    ("unsafe-name-override", "unsafe-name", "overrides/desk.yaml", 4, 34),
    ("unsafe-name-override-app", "unsafe-name", "overrides/desk.yaml", 1, 12),
    ("unsafe-name-permission", "unsafe-name", "permissions.yaml", 4, 12),
    ("unsafe-name-policy", "unsafe-name", "permissions.yaml", 4, 12),
    ("unsafe-name-role", "unsafe-name", "permissions.yaml", 4, 12),
    ("unknown-document-team-and-assignment", "unknown-document", "permissions.yaml", 7, 1),
    ("unknown-value-condition-user-type-list", "unknown-value", "permissions.yaml", 9, 57),
    ("wrong-type-number-too-large", "wrong-type", "permissions.yaml", 4, 52),
    ("wrong-type-number-too-large", "wrong-type", "permissions.yaml", 5, 52),
    ("unsafe-name-role-inherited", "unsafe-name", "permissions.yaml", 5, 31),
    ("unsafe-name-role-permission", "unsafe-name", "permissions.yaml", 6, 33),
    ("unsafe-name-site-feature", "unsafe-name", "site/features.yaml", 2, 3),
    ("unsafe-name-soft-hyphen", "unsafe-name", "users/crew.yaml", 1, 9),
    ("unsafe-name-tab", "unsafe-name", "users/crew.yaml", 1, 9),
    ("unsafe-name-tag-character", "unsafe-name", "apps/desk.yaml", 3, 18),
    ("unsafe-name-team", "unsafe-name", "permissions.yaml", 4, 12),
    ("unsafe-name-type", "unsafe-name", "permissions.yaml", 2, 16),
    ("unsafe-name-variation-selector", "unsafe-name", "apps/desk.yaml", 3, 17),
    ("wrong-type", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-and-others", "wrong-type", "permissions.yaml", 4, 32),
    ("wrong-type-and-others", "cycle", "permissions.yaml", 5, 31),
    ("wrong-type-and-others", "wrong-type", "permissions.yaml", 7, 37),
    ("wrong-type-and-others", "unclear-assignment", "permissions.yaml", 9, 5),
    ("wrong-type-and-others", "backward-window", "permissions.yaml", 10, 63),
    ("wrong-type-and-others", "unknown-value", "permissions.yaml", 14, 18),
    ("wrong-type-and-others", "wrong-type", "permissions.yaml", 16, 18),
    ("wrong-type-and-others", "bad-template", "permissions.yaml", 18, 35),
    ("wrong-type-and-others", "wrong-type", "permissions.yaml", 18, 60),
    ("wrong-type-and-others", "bad-duration", "permissions.yaml", 22, 55),
    ("wrong-type-and-others", "missing-field", "permissions.yaml", 23, 9),
    ("wrong-type-app", "wrong-type", "apps/desks.yaml", 1, 12),
    ("wrong-type-apply-rules-as", "wrong-type", "apps/desk.yaml", 3, 15),
    ("wrong-type-assignment-emergency", "wrong-type", "permissions.yaml", 6, 42),
    ("wrong-type-assignment-project", "wrong-type", "permissions.yaml", 6, 40),
    ("wrong-type-assignment-user", "wrong-type", "permissions.yaml", 6, 12),
    ("wrong-type-attribute-name", "wrong-type", "site/features.yaml", 2, 42),
    ("wrong-type-boolean-capital", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-empty-text", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-json", "wrong-type", "apps/desk.json", 1, 42),
    ("wrong-type-boolean-list", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-mapping", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-on", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-one", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-test", "wrong-type", "apps/desk.yaml", 3, 7),
    ("wrong-type-boolean-upper-case", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-y", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-boolean-yes", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-condition-eq-list", "wrong-type", "permissions.yaml", 9, 38),
    ("wrong-type-condition-exists", "wrong-type", "permissions.yaml", 9, 42),
    ("wrong-type-condition-glob", "wrong-type", "permissions.yaml", 9, 41),
    ("wrong-type-condition-gt-list", "wrong-type", "permissions.yaml", 9, 40),
    ("wrong-type-condition-in-list", "wrong-type", "permissions.yaml", 9, 40),
    ("wrong-type-condition-in-scalar", "wrong-type", "permissions.yaml", 9, 39),
    ("wrong-type-condition-null", "wrong-type", "permissions.yaml", 9, 33),
    ("wrong-type-condition-set", "wrong-type", "permissions.yaml", 4, 10),
    ("wrong-type-conditions", "wrong-type", "permissions.yaml", 9, 11),
    ("wrong-type-custom-data", "wrong-type", "users/crew.yaml", 2, 13),
    ("wrong-type-custom-data-text", "wrong-type", "users/crew.json", 1, 34),
    ("wrong-type-detailed-traces", "wrong-type", "apps/desk.yaml", 6, 21),
    ("wrong-type-entity", "wrong-type", "site/features.yaml", 2, 11),
    ("wrong-type-entity-field", "wrong-type", "users/crew.yaml", 2, 9),
    ("wrong-type-entry", "wrong-type", "apps/desk.yaml", 5, 5),
    ("wrong-type-entry", "wrong-type", "apps/desk.yaml", 6, 5),
    ("wrong-type-escalation", "wrong-type", "permissions.yaml", 8, 17),
    ("wrong-type-escalation-conditions", "wrong-type", "permissions.yaml", 9, 19),
    ("wrong-type-feature", "wrong-type", "apps/desk.yaml", 4, 11),
    ("wrong-type-features", "wrong-type", "apps/desk.yaml", 3, 11),
    ("wrong-type-home-page", "wrong-type", "site/features.yaml", 4, 25),
    ("wrong-type-home-page-filter-rules", "wrong-type", "overrides/desk.yaml", 2, 22),
    ("wrong-type-home-page-rule", "wrong-type", "site/features.yaml", 4, 26),
    ("wrong-type-id", "wrong-type", "apps/desk.yaml", 1, 12),
    ("wrong-type-instance-attribute", "wrong-type", "permissions.yaml", 7, 13),
    ("wrong-type-instance-attribute", "wrong-type", "permissions.yaml", 8, 14),
    ("wrong-type-instance-attribute-null", "wrong-type", "permissions.yaml", 4, 58),
    ("wrong-type-instance-attributes", "wrong-type", "permissions.yaml", 4, 44),
    ("wrong-type-instance-id", "wrong-type", "permissions.yaml", 4, 27),
    ("wrong-type-item", "wrong-type", "users/crew.ndjson", 1, 10),
    ("wrong-type-items", "wrong-type", "apps/desk.json", 1, 11),
    ("wrong-type-kind", "wrong-type", "apps/desks.yaml", 1, 11),
    ("wrong-type-kind-conditions", "wrong-type", "permissions.yaml", 4, 3),
    ("wrong-type-kind-patterns", "wrong-type", "permissions.yaml", 3, 11),
    ("wrong-type-kind-role", "wrong-type", "permissions.yaml", 4, 5),
    ("wrong-type-kind-role", "wrong-type", "permissions.yaml", 5, 5),
    ("wrong-type-kind-roles", "wrong-type", "permissions.yaml", 3, 8),
    ("wrong-type-last-login", "wrong-type", "users/crew.yaml", 2, 12),
    ("wrong-type-level", "wrong-type", "permissions.yaml", 5, 14),
    ("wrong-type-level-duration", "wrong-type", "permissions.yaml", 8, 19),
    ("wrong-type-level-requirements", "wrong-type", "permissions.yaml", 6, 59),
    ("wrong-type-levels", "wrong-type", "permissions.yaml", 6, 7),
    ("wrong-type-mapping-for-a-list", "wrong-type", "apps/desk.yaml", 3, 12),
    ("wrong-type-mixed-dynamodb", "wrong-type", "users/crew.ndjson", 1, 32),
    ("wrong-type-ndjson-inheritance", "wrong-type", "permissions/teams.ndjson", 2, 60),
    ("wrong-type-ndjson-inheritance", "wrong-type", "permissions/teams.ndjson", 3, 60),
    ("wrong-type-override", "wrong-type", "apps/desk.yaml", 3, 11),
    ("wrong-type-override-list", "wrong-type", "overrides/desk.yaml", 2, 31),
    ("wrong-type-pattern-implementation", "wrong-type", "permissions.yaml", 5, 17),
    ("wrong-type-pika-config", "wrong-type", "site/config.json", 1, 16),
    ("wrong-type-policy-priority", "wrong-type", "permissions.yaml", 4, 29),
    ("wrong-type-policy-priority-fraction", "wrong-type", "permissions.yaml", 4, 29),
    ("wrong-type-policy-priority-text", "wrong-type", "permissions.yaml", 4, 29),
    ("wrong-type-policy-priority-too-large", "wrong-type", "permissions.yaml", 4, 29),
    ("wrong-type-policy-rule", "wrong-type", "permissions.yaml", 5, 13),
    ("wrong-type-policy-rules", "wrong-type", "permissions.yaml", 6, 7),
    ("wrong-type-population", "wrong-type", "gatewalk.yaml", 1, 13),
    ("wrong-type-progress", "wrong-type", "permissions.yaml", 5, 15),
    ("wrong-type-progress-completed", "wrong-type", "permissions.yaml", 5, 50),
    ("wrong-type-role-actions", "wrong-type", "permissions.yaml", 6, 36),
    ("wrong-type-role-actions-null", "wrong-type", "permissions.yaml", 6, 43),
    ("wrong-type-role-inherits", "wrong-type", "permissions.yaml", 4, 29),
    ("wrong-type-role-permission", "wrong-type", "permissions.yaml", 6, 9),
    ("wrong-type-role-permission", "wrong-type", "permissions.yaml", 7, 9),
    ("wrong-type-role-permissions", "wrong-type", "permissions.yaml", 5, 18),
    ("wrong-type-role-resources", "wrong-type", "permissions.yaml", 6, 20),
    ("wrong-type-rule-actions-null", "wrong-type", "permissions.yaml", 6, 34),
    ("wrong-type-rule-conditions", "wrong-type", "permissions.yaml", 6, 73),
    ("wrong-type-rule-resources", "wrong-type", "permissions.yaml", 6, 52),
    ("wrong-type-scope", "wrong-type", "permissions.yaml", 6, 51),
    ("wrong-type-settings", "wrong-type", "gatewalk.yaml", 1, 1),
    ("wrong-type-settings-globs", "wrong-type", "gatewalk.yaml", 1, 7),
    ("wrong-type-site", "wrong-type", "site/features.yaml", 1, 15),
    ("wrong-type-site-admin", "wrong-type", "site/features.yaml", 2, 14),
    ("wrong-type-site-admin", "wrong-type", "site/features.yaml", 3, 27),
    ("wrong-type-site-feature", "wrong-type", "site/features.yaml", 2, 11),
    ("wrong-type-team-inheritance", "wrong-type", "permissions.yaml", 4, 37),
    ("wrong-type-team-member", "wrong-type", "permissions.yaml", 5, 15),
    ("wrong-type-team-member", "wrong-type", "permissions.yaml", 5, 21),
    ("wrong-type-team-members", "wrong-type", "permissions.yaml", 5, 14),
    ("wrong-type-team-parent", "wrong-type", "permissions.yaml", 5, 32),
    ("wrong-type-text-for-a-list", "wrong-type", "apps/desk.yaml", 3, 12),
    ("wrong-type-type", "wrong-type", "permissions.yaml", 2, 5),
    ("wrong-type-type-permission", "wrong-type", "permissions.yaml", 5, 9),
    ("wrong-type-type-permissions", "wrong-type", "permissions.yaml", 2, 36),
    ("wrong-type-user-attribute", "wrong-type", "permissions.yaml", 5, 24),
    ("wrong-type-user-attributes", "wrong-type", "permissions.yaml", 5, 17),
    ("wrong-type-user-roles", "wrong-type", "users/crew.yaml", 2, 8),
    ("wrong-type-user-type-list", "wrong-type", "users/crew.yaml", 2, 11),
];
