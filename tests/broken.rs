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
    ("bad-glob", "bad-glob", "gatewalk.yaml", 1, 23),
    ("bad-glob-outside", "bad-glob", "gatewalk.yaml", 1, 8),
    ("bad-glob-braces", "bad-glob", "gatewalk.yaml", 2, 5),
    ("bad-gzip", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-gzip-checksum", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-gzip-empty", "bad-gzip", "overrides/desk.yaml.gz", 0, 0),
    ("bad-gzip-plain-text", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-gzip-trailing-bytes", "bad-gzip", "apps/desk.yaml.gz", 0, 0),
    ("bad-time", "bad-time", "users/crew.yaml", 2, 12),
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
    ("duplicate-id", "duplicate-id", "apps/desks.yaml", 3, 14),
    ("duplicate-id-in-two-files", "duplicate-id", "apps/quay.yaml", 1, 12),
    ("duplicate-id-inline-override", "duplicate-id", "overrides/desk.yaml", 1, 12),
    ("duplicate-id-override", "duplicate-id", "overrides/winter.yaml", 1, 12),
    ("duplicate-id-override-suffix", "duplicate-id", "overrides/desk.yaml", 4, 12),
    ("duplicate-id-site", "duplicate-id", "site/b.yaml", 2, 3),
    ("duplicate-id-site-entity", "duplicate-id", "site/b.yaml", 2, 3),
    ("duplicate-id-site-two-spellings", "duplicate-id", "site/features.yaml", 3, 3),
    ("duplicate-id-three-times", "duplicate-id", "users/crew.yaml", 2, 12),
    ("duplicate-id-three-times", "duplicate-id", "users/crew.yaml", 3, 12),
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
    ("missing-field-app", "missing-field", "apps/desks.yaml", 2, 5),
    ("missing-field-csv", "missing-field", "users/crew.csv", 3, 1),
    ("missing-field-dynamodb", "missing-field", "users/crew.ndjson", 1, 18),
    ("missing-field-empty", "missing-field", "apps/desk.yaml", 1, 12),
    ("missing-field-nothing", "missing-field", "users/crew.yaml", 2, 3),
    ("missing-field-null", "missing-field", "apps/desk.yaml", 1, 1),
    ("missing-field-override", "missing-field", "overrides/desks.yaml", 2, 5),
    ("misspelled-field", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-capitals", "misspelled-field", "apps/desk.yaml", 2, 1),
    ("misspelled-field-detailed-traces", "misspelled-field", "apps/desk.yaml", 6, 5),
    ("misspelled-field-document", "misspelled-field", "apps/desk.yaml", 1, 1),
    ("misspelled-field-document-override", "misspelled-field", "overrides/desk.yaml", 1, 1),
    ("misspelled-field-document-site", "misspelled-field", "site/features.yaml", 1, 1),
    ("misspelled-field-document-upper-case", "misspelled-field", "users/crew.ndjson", 1, 2),
    ("misspelled-field-entity", "misspelled-field", "site/features.yaml", 4, 5),
    ("misspelled-field-expires", "misspelled-field", "overrides/desk.yaml", 2, 1),
    ("misspelled-field-feature", "misspelled-field", "apps/desk.yaml", 6, 5),
    ("misspelled-field-feature-id", "misspelled-field", "apps/desk.yaml", 4, 3),
    ("misspelled-field-feature-id", "misspelled-field", "apps/desk.yaml", 5, 3),
    ("misspelled-field-home-page", "misspelled-field", "site/features.yaml", 3, 5),
    ("misspelled-field-home-page-links", "misspelled-field", "site/features.yaml", 4, 7),
    ("misspelled-field-home-page-rule", "misspelled-field", "site/features.yaml", 6, 11),
    ("misspelled-field-in-detailed-traces", "misspelled-field", "apps/desk.yaml", 7, 7),
    ("misspelled-field-invisible", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-kebab-case", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-kind", "misspelled-field", "apps/desks.yaml", 3, 1),
    ("misspelled-field-look-alike", "misspelled-field", "apps/desk.yaml", 2, 1),
    ("misspelled-field-mixed-case", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-override", "misspelled-field", "overrides/desk.yaml", 3, 1),
    ("misspelled-field-settings", "misspelled-field", "gatewalk.yaml", 1, 1),
    ("misspelled-field-settings", "misspelled-field", "gatewalk.yaml", 2, 1),
    ("misspelled-field-site-admin", "misspelled-field", "site/features.yaml", 2, 15),
    ("misspelled-field-site-admin", "misspelled-field", "site/features.yaml", 3, 18),
    ("misspelled-field-site-feature-id", "misspelled-field", "site/features.yaml", 2, 3),
    ("misspelled-field-snake-case", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-swapped-letters", "misspelled-field", "apps/desk.yaml", 2, 1),
    ("misspelled-field-two-edits", "misspelled-field", "apps/desk.yaml", 3, 1),
    ("misspelled-field-two-edits", "misspelled-field", "apps/desk.yaml", 4, 1),
    ("misspelled-field-user", "misspelled-field", "users/crew.yaml", 2, 1),
    ("misspelled-field-user", "misspelled-field", "users/crew.yaml", 3, 1),
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
    ("two-spellings-chat-app-user-types", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-detailed-traces", "two-spellings", "apps/desk.yaml", 7, 5),
    ("two-spellings-entity", "two-spellings", "site/features.yaml", 5, 5),
    ("two-spellings-feature", "two-spellings", "apps/desk.yaml", 5, 3),
    ("two-spellings-features", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-home-page", "two-spellings", "site/features.yaml", 5, 7),
    ("two-spellings-home-page-rule", "two-spellings", "site/features.yaml", 6, 11),
    ("two-spellings-in-a-feature", "two-spellings", "apps/desk.yaml", 7, 5),
    ("two-spellings-kinds", "two-spellings", "apps/desks.yaml", 4, 1),
    ("two-spellings-null", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-of-the-id", "two-spellings", "apps/desk.yaml", 2, 1),
    ("two-spellings-override", "two-spellings", "overrides/desk.yaml", 3, 1),
    ("two-spellings-second-vocabulary", "two-spellings", "apps/desk.yaml", 4, 1),
    ("two-spellings-user", "two-spellings", "users/crew.yaml", 3, 1),
    ("unknown-alias", "unknown-alias", "apps/desk.yaml", 5, 12),
    ("unknown-alias-below", "unknown-alias", "apps/desk.yaml", 2, 14),
    ("unknown-alias-itself", "unknown-alias", "apps/desk.yaml", 3, 11),
    ("unknown-alias-undefined", "unknown-alias", "apps/desk.yaml", 2, 12),
    ("unknown-document", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-both", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-count-alone", "unknown-document", "users/crew.json", 1, 1),
    ("unknown-document-empty", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-document-json", "unknown-document", "apps/desk.json", 1, 1),
    ("unknown-document-list-of-text", "unknown-document", "apps/desk.yaml", 1, 3),
    ("unknown-document-list-of-text", "unknown-document", "apps/desk.yaml", 2, 3),
    ("unknown-document-second-settings", "unknown-document", "gatewalk.yaml", 3, 1),
    ("unknown-document-text", "unknown-document", "apps/desk.yaml", 1, 1),
    ("unknown-value", "unknown-value", "apps/desk.yaml", 3, 28),
    ("unknown-value-apply-rules-as", "unknown-value", "apps/desk.yaml", 4, 15),
    ("unknown-value-apply-rules-as-any", "unknown-value", "apps/desk.yaml", 4, 15),
    ("unknown-value-apply-rules-in-a-feature", "unknown-value", "apps/desk.yaml", 6, 19),
    ("unknown-value-case", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-empty", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-feature", "unknown-value", "apps/desk.yaml", 6, 17),
    ("unknown-value-home-page-rule", "unknown-value", "site/features.yaml", 5, 23),
    ("unknown-value-home-page-rule", "unknown-value", "site/features.yaml", 6, 45),
    ("unknown-value-override", "unknown-value", "overrides/desk.yaml", 3, 13),
    ("unknown-value-population", "unknown-value", "gatewalk.yaml", 1, 13),
    ("unknown-value-semantics", "unknown-value", "gatewalk.yaml", 1, 12),
    ("unknown-value-site-feature", "unknown-value", "site/features.yaml", 4, 17),
    ("unknown-value-slip", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-space", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-star", "unknown-value", "apps/desk.yaml", 3, 13),
    ("unknown-value-user-type", "unknown-value", "users/crew.yaml", 2, 11),
    ("unknown-value-user-type-csv", "unknown-value", "users/crew.csv", 3, 1),
    ("unknown-value-user-type-empty", "unknown-value", "users/crew.yaml", 2, 11),
    ("unsafe-name", "unsafe-name", "apps/desk.yaml", 3, 13),
    ("unsafe-name-app", "unsafe-name", "apps/desk.yaml", 1, 12),
    ("unsafe-name-csv", "unsafe-name", "users/crew.csv", 3, 1),
    ("unsafe-name-csv", "unsafe-name", "users/crew.csv", 3, 1),
    ("unsafe-name-dynamodb", "unsafe-name", "users/crew.ndjson", 1, 49),
    ("unsafe-name-entity", "unsafe-name", "users/crew.yaml", 2, 20),
    ("unsafe-name-entity-field", "unsafe-name", "users/crew.yaml", 2, 9),
    ("unsafe-name-entity-list", "unsafe-name", "apps/desk.yaml", 3, 19),
    ("unsafe-name-escaped", "unsafe-name", "apps/desk.yaml", 3, 13),
    ("unsafe-name-feature", "unsafe-name", "apps/desk.yaml", 4, 3),
    ("unsafe-name-hangul-filler", "unsafe-name", "apps/desk.yaml", 3, 17),
    ("unsafe-name-json-nul", "unsafe-name", "users/crew.json", 1, 12),
    ("unsafe-name-json-nul", "unsafe-name", "users/crew.json", 1, 45),
    ("unsafe-name-line-break", "unsafe-name", "users/crew.yaml", 2, 3),
    ("unsafe-name-override", "unsafe-name", "overrides/desk.yaml", 2, 32),
    ("unsafe-name-override", "unsafe-name", "overrides/desk.yaml", 3, 34),
    ("unsafe-name-override", "unsafe-name", "overrides/desk.yaml", 4, 34),
    ("unsafe-name-override-app", "unsafe-name", "overrides/desk.yaml", 1, 12),
    ("unsafe-name-site-feature", "unsafe-name", "site/features.yaml", 2, 3),
    ("unsafe-name-soft-hyphen", "unsafe-name", "users/crew.yaml", 1, 9),
    ("unsafe-name-tab", "unsafe-name", "users/crew.yaml", 1, 9),
    ("unsafe-name-tag-character", "unsafe-name", "apps/desk.yaml", 3, 18),
    ("unsafe-name-variation-selector", "unsafe-name", "apps/desk.yaml", 3, 17),
    ("wrong-type", "wrong-type", "apps/desk.yaml", 2, 10),
    ("wrong-type-app", "wrong-type", "apps/desks.yaml", 1, 12),
    ("wrong-type-apply-rules-as", "wrong-type", "apps/desk.yaml", 3, 15),
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
    ("wrong-type-custom-data", "wrong-type", "users/crew.yaml", 2, 13),
    ("wrong-type-custom-data-text", "wrong-type", "users/crew.json", 1, 34),
    ("wrong-type-detailed-traces", "wrong-type", "apps/desk.yaml", 6, 21),
    ("wrong-type-entity", "wrong-type", "site/features.yaml", 2, 11),
    ("wrong-type-entity-field", "wrong-type", "users/crew.yaml", 2, 9),
    ("wrong-type-entry", "wrong-type", "apps/desk.yaml", 5, 5),
    ("wrong-type-entry", "wrong-type", "apps/desk.yaml", 6, 5),
    ("wrong-type-feature", "wrong-type", "apps/desk.yaml", 4, 11),
    ("wrong-type-features", "wrong-type", "apps/desk.yaml", 3, 11),
    ("wrong-type-home-page", "wrong-type", "site/features.yaml", 4, 25),
    ("wrong-type-home-page-filter-rules", "wrong-type", "overrides/desk.yaml", 2, 22),
    ("wrong-type-home-page-rule", "wrong-type", "site/features.yaml", 4, 26),
    ("wrong-type-id", "wrong-type", "apps/desk.yaml", 1, 12),
    ("wrong-type-item", "wrong-type", "users/crew.ndjson", 1, 10),
    ("wrong-type-items", "wrong-type", "apps/desk.json", 1, 11),
    ("wrong-type-kind", "wrong-type", "apps/desks.yaml", 1, 11),
    ("wrong-type-last-login", "wrong-type", "users/crew.yaml", 2, 12),
    ("wrong-type-mapping-for-a-list", "wrong-type", "apps/desk.yaml", 3, 12),
    ("wrong-type-mixed-dynamodb", "wrong-type", "users/crew.ndjson", 1, 32),
    ("wrong-type-override", "wrong-type", "apps/desk.yaml", 3, 11),
    ("wrong-type-override-list", "wrong-type", "overrides/desk.yaml", 2, 31),
    ("wrong-type-pika-config", "wrong-type", "site/config.json", 1, 16),
    ("wrong-type-population", "wrong-type", "gatewalk.yaml", 1, 13),
    ("wrong-type-settings", "wrong-type", "gatewalk.yaml", 1, 1),
    ("wrong-type-settings-globs", "wrong-type", "gatewalk.yaml", 1, 7),
    ("wrong-type-site", "wrong-type", "site/features.yaml", 1, 15),
    ("wrong-type-site-admin", "wrong-type", "site/features.yaml", 2, 14),
    ("wrong-type-site-admin", "wrong-type", "site/features.yaml", 3, 27),
    ("wrong-type-site-feature", "wrong-type", "site/features.yaml", 2, 11),
    ("wrong-type-text-for-a-list", "wrong-type", "apps/desk.yaml", 3, 12),
    ("wrong-type-user-roles", "wrong-type", "users/crew.yaml", 2, 8),
    ("wrong-type-user-type-list", "wrong-type", "users/crew.yaml", 2, 11),
];
