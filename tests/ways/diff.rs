//! What a unified diff takes out and puts in, and whether comments outlive it.

use crate::worlds::dice::Dice;
use crate::worlds::layout::Document;

/// How many lines a diff takes out and puts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub removed: usize,
    pub added: usize,
}

/// Counts by the numbers in the hunks' heads, since a line of YAML can itself begin with `--`.
pub fn lines(diff: &str) -> Result<Lines, String> {
    let mut counted = Lines::default();
    let (mut old, mut new) = (0_usize, 0_usize);
    for line in diff.split_terminator('\n') {
        if old == 0 && new == 0 {
            if let Some(head) = line.strip_prefix("@@ ") {
                (old, new) = head_of(head).ok_or_else(|| format!("not a hunk's head: {line}"))?;
            }
            continue;
        }
        let taken = match line.chars().next() {
            Some('-') => {
                counted.removed += 1;
                (1, 0)
            }
            Some('+') => {
                counted.added += 1;
                (0, 1)
            }
            Some(' ') => (1, 1),
            Some('\\') => (0, 0),
            _ => return Err(format!("not a line of a hunk: {line:?}")),
        };
        let short = || format!("a hunk is longer than its head says, at {line:?}");
        old = old.checked_sub(taken.0).ok_or_else(short)?;
        new = new.checked_sub(taken.1).ok_or_else(short)?;
    }
    if old + new > 0 { Err("a hunk is shorter than its head says".to_owned()) } else { Ok(counted) }
}

fn head_of(head: &str) -> Option<(usize, usize)> {
    let (ranges, _) = head.split_once(" @@")?;
    let (old, new) = ranges.split_once(' ')?;
    let count = |range: &str, sign: char| {
        let range = range.strip_prefix(sign)?;
        range.split_once(',').map_or(Some(1), |(_, count)| count.parse().ok())
    };
    Some((count(old, '-')?, count(new, '+')?))
}

/// Whether people can write comments into the file, and a diff can be read of it.
fn is_plain_yaml(path: &str) -> bool {
    [".yaml", ".yml"].iter().any(|ending| path.ends_with(ending))
}

/// Numbered comments on lines of their own, before about one in three lines of the YAML files.
pub fn commented(files: &[Document], dice: &mut Dice) -> Vec<Document> {
    let comment = |file: &Document| {
        if !is_plain_yaml(&file.path) {
            return file.clone();
        }
        let end = if file.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut text = String::new();
        let (mut count, mut in_block_scalar) = (0, false);
        for (index, line) in file.text.split_inclusive('\n').enumerate() {
            // Nothing goes before a byte-order mark, and in a block scalar a comment would be text.
            if index > 0 && !in_block_scalar && dice.chance(33) {
                let pad = line.len() - line.trim_start_matches(' ').len();
                text.push_str(&format!("{}# kept {count}.{end}", " ".repeat(pad)));
                count += 1;
            }
            text.push_str(line);
            in_block_scalar = [" |-", " >-"].iter().any(|header| line.trim_end().ends_with(header));
        }
        Document { text, ..file.clone() }
    };
    files.iter().map(comment).collect()
}

/// Complains about comments that are gone. Where something is taken out, what stands within goes with it: `runs` stretches of them.
pub fn comments_kept(path: &str, before: &str, after: &str, runs: usize) -> Result<(), String> {
    if !is_plain_yaml(path) {
        return Ok(());
    }
    let is_there = |number: usize| after.contains(&format!("# kept {number}."));
    let total = before.matches("# kept ").count();
    let gone: Vec<usize> = (0..total).filter(|number| !is_there(*number)).collect();
    let stretches = gone.iter().filter(|number| **number == 0 || is_there(**number - 1)).count();
    if stretches > runs {
        return Err(format!("comments {gone:?} of {path} are gone"));
    }
    // Those at the end of lines, and those of the layout, say the same each time.
    for text in ["# - \"why\": 'because'", "# enabled: false, userRoles: [nobody]"] {
        if runs == 0 && after.matches(text).count() < before.matches(text).count() {
            return Err(format!("a comment {text:?} of {path} is gone"));
        }
    }
    Ok(())
}

#[test]
fn lines_of_hunks_are_counted() {
    let diff = "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n--- b\n+++ b\n+c\n@@ -9 +10 @@ x\n-d\n\\ No newline at end of file\n+d\n";
    assert_eq!(lines(diff), Ok(Lines { removed: 2, added: 3 }));
    assert!(lines("@@ -1 +1 @@\n-a\n").is_err());
    assert!(lines("@@ -1 +1 @@\n-a\n-b\n+c\n").is_err());
}

#[test]
fn lost_comments_are_noticed() {
    let before = "a: 1\n# kept 0.\nb: 2\n# kept 1.\nc: 3\n# kept 2.\nd: 4 # - \"why\": 'because'\n";
    assert!(comments_kept("x.yaml", before, before, 0).is_ok());
    assert!(comments_kept("x.yaml", before, &before.replace("# kept 1.\n", ""), 0).is_err());
    assert!(comments_kept("x.yaml", before, &before.replace("# kept 1.\nc: 3\n# kept 2.\n", ""), 1).is_ok());
    assert!(comments_kept("x.yaml", before, &before.replace("# kept 0.", "").replace("# kept 2.", ""), 1).is_err());
    assert!(comments_kept("x.yaml", before, &before.replace(" # - \"why\": 'because'", ""), 0).is_err());
}
