//! Comments that are strewn over files, and whether they outlive a change.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::layout::Document;

pub fn is_yaml(path: &str) -> bool {
    [".yaml", ".yml"].iter().any(|ending| path.ends_with(ending))
}

/// Numbered comments on lines of their own, before about one in four lines of the YAML files, and some at the end of lines.
pub fn strewn(files: Vec<Document>, dice: &mut Dice) -> Vec<Document> {
    let mut count = 0;
    let mut strew = |file: Document| {
        if !is_yaml(&file.path) {
            return file;
        }
        let mut text = String::new();
        for line in file.text.lines() {
            let pad = line.len() - line.trim_start_matches(' ').len();
            if dice.chance(25) {
                text.push_str(&format!("{}# kept {count}.\n", " ".repeat(pad)));
                count += 1;
            }
            text.push_str(line);
            if dice.chance(10) {
                text.push_str(&format!(" # \"why\" {count}: it's so."));
                count += 1;
            }
            text.push('\n');
        }
        Document { text, ..file }
    };
    files.into_iter().map(&mut strew).collect()
}

/// What stands after each `#` that can begin a comment, and how often.
fn comments(text: &str) -> BTreeMap<&str, usize> {
    let mut all = BTreeMap::new();
    for line in text.lines() {
        let at = if line.starts_with('#') { Some(0) } else { line.find(" #").map(|at| at + 1) };
        if let Some(at) = at {
            *all.entry(line[at..].trim_end()).or_default() += 1;
        }
    }
    all
}

/// Complains about comments that are gone.
pub fn kept(path: &str, before: &str, after: &str) -> Result<(), String> {
    let left = comments(after);
    let gone = comments(before).into_iter().find(|(text, count)| left.get(text).copied().unwrap_or_default() < *count);
    match gone {
        Some((text, _)) => Err(format!("the comment {text:?} of {path} is gone")),
        None => Ok(()),
    }
}

#[test]
fn lost_comments_are_noticed() {
    let before = "# one\na: 1 # two\n  # three\nb: 2 # two\n";
    assert!(kept("x.yaml", before, before).is_ok());
    assert!(kept("x.yaml", before, &before.replace("a: 1", "a: [1, 3]")).is_ok());
    for lost in ["# one\n", "  # three\n", "1 # two"] {
        assert!(kept("x.yaml", before, &before.replace(lost, "")).is_err());
    }
}
