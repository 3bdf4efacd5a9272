//! A diff is taken by git, and what stands there afterwards is what the edits say and nothing else.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::answer::Row;
use crate::ask;
use crate::comments;
use crate::folder::Folder;
use crate::oracle::{self, Person};
use crate::search::Search;
use crate::target::{About, Target};

/// A cell as lines of the matrix say it: user, target, whether the user is let in.
pub type Cell = (String, String, bool);

pub fn cell(line: &str) -> Result<Cell, String> {
    let object: Json = serde_json::from_str(line).map_err(|_| format!("not a cell: {line}"))?;
    let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
    Ok((text("user"), text("target"), text("decision") == "allow"))
}

/// Tries the diff of a row on a copy of the folder; `before` is the matrix of the folder as it is.
pub fn check(search: &Search<'_>, folder: &Folder, before: &[String], row: &Row, diff: &str) -> Result<(), String> {
    applied(search, folder, before, row, diff).map_err(|problem| format!("{problem}\nafter the diff of {:#}\n{diff}", row.whole))
}

fn applied(search: &Search<'_>, folder: &Folder, before: &[String], row: &Row, diff: &str) -> Result<(), String> {
    let asked = search.asked;
    let changed = folder.copy();
    changed.apply(diff)?;
    files(folder, &changed, row)?;
    if !ask::check(changed.path(), &asked.user.id, &asked.target.to_string(), asked.at)?.allow {
        return Err("check still says deny".to_owned());
    }
    let (code, said) = changed.validate();
    if code > folder.validate().0 {
        return Err(format!("validate says {code:?}: {said}"));
    }
    let after = changed.cells(asked.at)?;
    others(before, &after, &asked.user.id)?;
    own(search, row, &after)
}

/// The lines of the matrix about a user, or about all others.
fn lines<'c>(cells: &'c [String], user: &str, of_user: bool) -> Vec<&'c str> {
    let named = format!("\"user\":{},", Json::from(user));
    cells.iter().map(String::as_str).filter(|line| line.contains(&named) == of_user).collect()
}

/// Every cell of other users is as it was.
fn others(before: &[String], after: &[String], user: &str) -> Result<(), String> {
    let (before, after) = (lines(before, user, false), lines(after, user, false));
    match before.iter().zip(&after).find(|(before, after)| before != after) {
        Some((before, after)) => Err(format!("others are touched: {before} became {after}")),
        None if before.len() != after.len() => Err("there are other cells than before".to_owned()),
        None => Ok(()),
    }
}

/// Every cell of the user is that of the edited world, so that nothing else was changed on the way.
fn own(search: &Search<'_>, row: &Row, after: &[String]) -> Result<(), String> {
    let asked = search.asked;
    let cells: BTreeSet<Cell> = lines(after, &asked.user.id, true).into_iter().map(cell).collect::<Result<_, _>>()?;
    if cells.is_empty() {
        return Err("the matrix says nothing of the user".to_owned());
    }
    let worlds = search.after(&row.way());
    let wrong = |world| {
        let person = Person::new(world, world.user(&asked.user.id), asked.at);
        // A type means many decisions, and is not worth it in a large world.
        let targets = oracle::targets(world).into_iter().filter(|target| world.users.len() < 8 || target.about != About::Type);
        targets
            .map(|target: Target| (asked.user.id.clone(), target.to_string(), oracle::decide_for(&person, &target).0))
            .find(|cell| !cells.contains(cell))
    };
    let all: Vec<Option<Cell>> = worlds.iter().map(wrong).collect();
    if all.iter().any(Option::is_none) {
        return Ok(());
    }
    Err(format!("the edits alone would give another answer: {all:?}"))
}

/// Only the files of the parts are changed, and comments in them are kept.
fn files(folder: &Folder, changed: &Folder, row: &Row) -> Result<(), String> {
    if changed.count() != folder.files.len() {
        return Err(format!("there were {} files, and now there are {}", folder.files.len(), changed.count()));
    }
    for file in &folder.files {
        let after = changed.text(&file.path);
        if file.text == after {
            continue;
        }
        let is_named = |shown: &String| *shown == file.path || shown.ends_with(&format!("/{}", file.path));
        if !row.parts.iter().any(|part| part.file.as_ref().is_none_or(is_named)) {
            return Err(format!("{} is changed, but is not where any part is", file.path));
        }
        if comments::is_yaml(&file.path) {
            comments::kept(&file.path, &file.text, &after)?;
        }
    }
    Ok(())
}
