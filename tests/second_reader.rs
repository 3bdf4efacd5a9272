//! Another YAML reader reads every document alike.
//!
//! What one reader takes for a comment and another for a rule is a grant that only one of them sees. So every document of
//! the fixtures and of random worlds is read twice, by `gatewalk::parse` and by `serde_yaml` (which is libyaml underneath),
//! and compared value by value: the same structure, the same keys in the same order, quoted text the same text, and of
//! unquoted text the value that it denotes. Where the two part is written in `APART`, with the reason.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "second_reader/compare.rs"]
mod compare;
#[path = "second_reader/tricky.rs"]
mod tricky;
#[path = "../examples/generate/workspace/mod.rs"]
mod workspace;
mod worlds;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use compare::{compare, compare_as_written};
use gatewalk::parse::{Syntax, ordinary_yaml};
use gatewalk::source::FileId;
use tricky::{ALIKE, ALIKE_JSON, APART, Apart};
use worlds::dice::Dice;
use worlds::generate::Generator;
use worlds::{layout, seeds};

const WORLDS: u64 = 600;

/// The files below a folder, but for what is meant to be refused.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.ends_with("fixtures/broken") {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The syntaxes that both can read.
fn syntax_of(name: &str) -> Option<Syntax> {
    Syntax::of_name(name).filter(|syntax| *syntax != Syntax::Csv)
}

#[test]
fn the_fixtures_are_read_alike() {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut all);
    let (mut read, mut values, mut wrong) = (0, 0, String::new());
    for path in all {
        let Some(syntax) = syntax_of(&path.to_string_lossy()) else { continue };
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        read += 1;
        match compare(syntax, &text) {
            Ok(count) => values += count,
            Err(difference) => writeln!(wrong, "{}: {difference}", path.display()).expect("text takes text"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(read >= 30 && values > 4000, "only {read} files with {values} values were compared");
}

#[test]
fn random_worlds_are_read_alike() {
    let (read, values) = (AtomicUsize::new(0), AtomicUsize::new(0));
    seeds::every_seed(WORLDS, |seed| {
        let world = Generator::new(seed, 0).world();
        for file in layout::files(&world, seed) {
            let Some(syntax) = syntax_of(&file.path) else { continue };
            let count = compare(syntax, &file.text).map_err(|difference| format!("{}: {difference}\n{}", file.path, file.text))?;
            read.fetch_add(1, Ordering::Relaxed);
            values.fetch_add(count, Ordering::Relaxed);
        }
        Ok(())
    });
    let (read, values) = (read.into_inner(), values.into_inner());
    assert!(read > 1000 && values > 100_000, "only {read} files with {values} values were compared");
}

/// Worlds are written in all of YAML's ways: what they show, they show of the quick way to read ordinary files and of the other.
#[test]
fn worlds_are_ordinary_and_unusual() {
    let (read, ordinary) = (AtomicUsize::new(0), AtomicUsize::new(0));
    seeds::every_seed(WORLDS, |seed| {
        for file in layout::files(&Generator::new(seed, 0).world(), seed) {
            if syntax_of(&file.path) == Some(Syntax::Yaml) {
                read.fetch_add(1, Ordering::Relaxed);
                let is_ordinary = ordinary_yaml(FileId::default(), &file.text, 0..file.text.len()).is_some();
                ordinary.fetch_add(usize::from(is_ordinary), Ordering::Relaxed);
            }
        }
        Ok(())
    });
    let (read, ordinary) = (read.into_inner(), ordinary.into_inner());
    assert!(ordinary > 100 && read - ordinary > 100, "{ordinary} of {read} files were ordinary");
}

/// What programs write is ordinary; else large workspaces would be slow, and nobody would be told.
#[test]
fn generated_workspaces_are_ordinary() {
    for users_as in [workspace::UsersAs::Yaml, workspace::UsersAs::YamlDocuments] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let out = folder.path().join("workspace");
        let (user_files, apps_as) = (2, workspace::AppsAs::Yaml);
        let wanted = workspace::Wanted { users: 200, apps: 20, seed: 1, rules: 1, users_as, user_files, gzip: false, apps_as, out };
        workspace::generate(&wanted).expect("the workspace can be written");
        let mut all = Vec::new();
        files(&wanted.out, &mut all);
        for path in all.iter().filter(|path| path.extension().is_some_and(|extension| extension == "yaml")) {
            let text = std::fs::read_to_string(path).expect("the file can be read");
            assert!(ordinary_yaml(FileId::default(), &text, 0..text.len()).is_some(), "{}:\n{text}", path.display());
        }
    }
}

#[test]
fn tricky_documents_are_read_alike() {
    let mut wrong = String::new();
    let all = [(Syntax::Yaml, ALIKE), (Syntax::Json, ALIKE_JSON)];
    for (syntax, documents) in all {
        for (name, text) in documents {
            if let Err(difference) = compare(syntax, text) {
                writeln!(wrong, "{name}: {difference}\n  {text:?}").expect("text takes text");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// An exception that is none any more has to go from the list.
#[test]
fn the_readers_part_only_where_it_is_written() {
    let mut wrong = String::new();
    for exception in APART {
        let (syntax, text) = (exception.syntax, exception.text);
        let (ours, theirs) = (compare::ours(syntax, text), compare::theirs(syntax, text));
        let as_written = match exception.how {
            Apart::WeRefuse(code) => ours == Err(vec![code]) && theirs.is_ok(),
            Apart::TheyRefuse => ours.is_ok() && theirs.is_err(),
            Apart::BothRead => ours.is_ok() && theirs.is_ok() && compare_as_written(syntax, text, text).is_err(),
        };
        if !as_written {
            writeln!(wrong, "{text:?} ({}):\n  ours {ours:?}\n  theirs {theirs:?}", exception.why).expect("text takes text");
        }
    }
    assert!(wrong.is_empty(), "no longer read as written:\n{wrong}");
}

/// A byte-order mark says nothing at the start of a file. Further on, one reader passes it over and another takes it and
/// what follows for text, so that a document that the first sees is not there for the second.
#[test]
fn a_byte_order_mark_in_the_middle_is_read_alike_or_refused() {
    const TEXTS: &[&str] = &[
        // After the one that was taken off.
        "\u{feff}--- {\"chatAppId\":\"a\"}\n",
        "# apps\n\u{feff}--- {\"chatAppId\":\"a\"}\n",
        "a: b\n...\n\u{feff}# c\n--- d\n",
        "a: b # \u{feff}c\n",
    ];
    let mut wrong = String::new();
    for text in TEXTS {
        let both_read = compare::ours(Syntax::Yaml, &format!("\u{feff}{text}")).is_ok() && compare::theirs(Syntax::Yaml, text).is_ok();
        if let Some(difference) = compare_as_written(Syntax::Yaml, text, text).err().filter(|_| both_read) {
            writeln!(wrong, "{text:?}: {difference}").expect("text takes text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The marks of YAML in any order. Most of it is refused by both; what both read, they are to read alike.
#[test]
fn random_marks_are_read_alike_or_refused() {
    const MARKS: &[&str] = &[
        "a", "b", "c: ", "- ", "-", ": ", ":", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n ", " ", "#", " # x", "[", "]", "{", "}", ",",
        ", ", "\"", "'", "|", ">", "|-", ">+", "&x ", "*x", "!", "\\", "\t", "---\n", "...\n", "~", "1", "\r\n", "%", "@", "\"\"", "\n- ",
        "\n: ", "é", "\u{a0}",
    ];
    let alike = AtomicUsize::new(0);
    seeds::every_seed(60_000, |seed| {
        let mut dice = Dice::seeded(seed);
        let count = dice.between(2, 16);
        // It begins as a list, since a block scalar that is the whole document may stand further out than any other.
        let text: String = std::iter::once("- ").chain((0..count).map(|_| *dice.pick(MARKS))).chain(["\n"]).collect();
        if compare::ours(Syntax::Yaml, &text).is_ok() && compare::theirs(Syntax::Yaml, &text).is_ok() {
            compare(Syntax::Yaml, &text).map_err(|difference| format!("{text:?}: {difference}"))?;
            alike.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    let alike = alike.into_inner();
    assert!(alike > 6000, "only {alike} texts were read by both");
}
