//! Unified diffs.

use super::super::{Splice, diff};
use crate::source::{Form, SourceMap};

fn patch(name: &str, text: &str, form: Form, splices: &[(usize, usize, &str)]) -> Option<String> {
    let mut sources = SourceMap::default();
    let file = sources.add_file(name.to_owned(), text.to_owned(), form);
    let splices: Vec<Splice> = splices.iter().map(|(start, end, with)| Splice { range: *start..*end, with: (*with).to_owned() }).collect();
    diff(sources.file(file)?, &splices)
}

#[test]
fn changes_are_shown_with_three_lines_around_them() {
    let text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    let expected = "--- a/x.yaml\n+++ b/x.yaml\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+5b\n 6\n 7\n 8\n";
    assert_eq!(patch("x.yaml", text, Form::Plain, &[(8, 9, "five\n5b")]).as_deref(), Some(expected));
    let two = patch("x.yaml", text, Form::Plain, &[(0, 2, ""), (16, 16, "new\n")]).unwrap_or_default();
    assert_eq!(two, "--- a/x.yaml\n+++ b/x.yaml\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -6,4 +5,5 @@\n 6\n 7\n 8\n+new\n 9\n");
    assert_eq!(patch("x.yaml", text, Form::Plain, &[]), None);
}

#[test]
fn ends_of_lines_and_of_files_are_kept() {
    let expected = "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n 1\r\n-2\n\\ No newline at end of file\n+2\r\n+3\n\\ No newline at end of file\n";
    assert_eq!(patch("x", "1\r\n2", Form::Plain, &[(4, 4, "\r\n3")]).as_deref(), Some(expected));
    let marked = "--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-\u{feff}1\n-2\n+\u{feff}2\n";
    assert_eq!(patch("x", "1\n2\n", Form::Marked, &[(0, 2, "")]).as_deref(), Some(marked));
    let gone = "--- a/x\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-1\n-\n";
    assert_eq!(patch("x", "1\n\n", Form::Plain, &[(0, 2, "")]).as_deref(), Some(gone));
}

#[test]
fn names_are_written_as_git_writes_them() {
    let names = |name: &str| {
        patch(name, "1\n", Form::Plain, &[(0, 1, "2")]).and_then(|patch| patch.split_once("\n@@").map(|(head, _)| head.to_owned()))
    };
    assert_eq!(names("a b.yaml").as_deref(), Some("--- a/a b.yaml\t\n+++ b/a b.yaml\t"));
    assert_eq!(names("é\".yaml").as_deref(), Some("--- \"a/\\303\\251\\\".yaml\"\n+++ \"b/\\303\\251\\\".yaml\""));
    assert_eq!((names("/x"), names("../x"), names("a/../../x")), (None, None, None));
    assert_eq!(patch("x.gz", "1\n", Form::Other, &[(0, 1, "2")]), None);
}
