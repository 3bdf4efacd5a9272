//! What the ordinary reader gives, the parser gives too: on documents that a grammar makes, on what is left of them after
//! some damage, on marks in any order, and on every file of the fixtures.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod damage;
mod documents;
mod tricky;
mod words;

use std::path::{Path, PathBuf};

use fastrand::Rng;

use super::read;
use crate::parse::node::Node;
use crate::parse::text;
use crate::parse::yaml::parse_any;
use crate::source::FileId;

const FILE: fn() -> FileId = FileId::default;

/// What the parser makes of a text, if there is nothing wrong with it.
fn parsed(text: &str) -> Option<Vec<Node>> {
    let mut problems = Vec::new();
    text::check(FILE(), text, &mut problems);
    let nodes = parse_any(FILE(), text, &mut problems);
    problems.is_empty().then_some(nodes)
}

/// Whether a text is read as ordinary; panics if it is, and otherwise than the parser reads it.
fn is_ordinary(text: &str) -> bool {
    let Some(nodes) = read(FILE(), text, 0..text.len()) else { return false };
    let expected = parsed(text).unwrap_or_else(|| panic!("read as {nodes:#?}, though the parser refuses it:\n{text}\n{text:?}"));
    assert_eq!(nodes, expected, "{text}\n{text:?}");
    true
}

/// How many of so many texts are read as ordinary.
fn ordinary_of(count: u64, mut text: impl FnMut(&mut Rng) -> String) -> u64 {
    (0..count).map(|seed| u64::from(is_ordinary(&text(&mut Rng::with_seed(seed))))).sum()
}

#[test]
fn documents_are_read_as_the_parser_reads_them() {
    let ordinary = ordinary_of(15_000, |rng| documents::stream(rng, 0));
    assert!(ordinary > 14_900, "only {ordinary} were ordinary");
    let ordinary = ordinary_of(15_000, |rng| documents::stream(rng, 30));
    assert!(ordinary > 5000, "only {ordinary} were ordinary");
}

#[test]
fn damaged_documents_are_read_as_the_parser_reads_them_or_not_at_all() {
    let ordinary = ordinary_of(40_000, |rng| {
        let mut text = documents::stream(rng, 200);
        for _ in 0..rng.u8(1..4) {
            damage::damage(&mut text, rng);
        }
        text
    });
    assert!(ordinary > 10_000, "only {ordinary} were ordinary");
}

#[test]
fn marks_in_any_order_are_read_as_the_parser_reads_them_or_not_at_all() {
    let ordinary = ordinary_of(60_000, damage::marks);
    assert!(ordinary > 3000, "only {ordinary} were ordinary");
}

#[test]
fn tricky_documents_are_ordinary_or_not() {
    for (expected, texts) in [(true, tricky::ORDINARY), (false, tricky::UNUSUAL)] {
        for text in texts {
            assert_eq!(is_ordinary(text), expected, "{text:?}");
        }
    }
    let key = |length: usize| format!("{}: b\n", "k".repeat(length));
    assert!(is_ordinary(&key(1000)) && !is_ordinary(&key(1001)));
    assert!(is_ordinary(&format!("- {}\n- [{}c]\n- {{d: {}}}\n", "a ".repeat(2000), "b, ".repeat(1000), "e".repeat(2000))));
}

/// As deep as the parser goes, and no deeper.
#[test]
fn depth_is_bounded_as_it_is_by_the_parser() {
    let block = |depth: usize| format!("{}x\n", "- ".repeat(depth));
    let flow = |depth: usize| format!("{}{}\n", "[".repeat(depth), "]".repeat(depth));
    let keys = |depth: usize| (0..depth).map(|level| " ".repeat(level) + "k:\n").collect::<String>();
    for text in [block(32), flow(32), keys(32), format!("- {}", flow(31))] {
        assert!(is_ordinary(&text), "{text}");
    }
    for text in [block(33), flow(33), keys(33), format!("- {}", flow(32))] {
        assert!(!is_ordinary(&text) && parsed(&text).is_none(), "{text}");
    }
}

/// A list that is cut at its items, and a stream that is cut at its documents, give the same when put together again.
#[test]
fn pieces_are_read_as_the_whole() {
    let mut cut = 0;
    for seed in 0..4000 {
        let rng = &mut Rng::with_seed(seed);
        let is_list = rng.bool();
        let (text, start) = if is_list { (documents::list(rng), "\n- ") } else { (documents::stream(rng, 0), "\n---") };
        let whole = read(FILE(), &text, 0..text.len()).unwrap_or_else(|| panic!("not ordinary: {text}"));
        let starts = text.match_indices(start).map(|(at, _)| at + 1);
        let bounds: Vec<usize> = std::iter::once(0).chain(starts.filter(|_| rng.bool())).chain([text.len()]).collect();
        let pieces = bounds.iter().zip(bounds.iter().skip(1)).map(|(start, end)| read(FILE(), &text, *start..*end));
        let pieces: Vec<Node> = pieces.collect::<Option<Vec<_>>>().expect("each piece is ordinary").concat();
        cut += bounds.len() - 2;
        let values = |nodes: &[Node]| if is_list { nodes.iter().flat_map(documents::items).collect() } else { nodes.to_vec() };
        assert_eq!(values(&pieces), values(&whole), "{text}");
    }
    assert!(cut > 4000, "only {cut} cuts");
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            found.push(path);
        }
    }
}

/// So that nobody turns it off without a word: what people write is ordinary.
#[test]
fn the_fixtures_are_ordinary_but_for_what_is_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut all = Vec::new();
    files(&root, &mut all);
    let mut unusual = Vec::new();
    for path in &all {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let name = path.strip_prefix(&root).expect("below the fixtures").to_string_lossy().into_owned();
        if !is_ordinary(&text) && !name.starts_with("broken/") {
            unusual.push(name);
        }
    }
    unusual.sort();
    assert_eq!(unusual, tricky::UNUSUAL_FIXTURES);
    assert!(all.len() > 50, "only {} files", all.len());
}
