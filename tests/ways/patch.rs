//! A diff is taken by git, and what stands there afterwards is what the edits say and nothing else.

use std::path::Path;

use crate::answer::Row;
use crate::diff;
use crate::edit::{Edit, Kind};
use crate::folder::{Folder, expected_cells};
use crate::search::Search;
use crate::vocabulary::Question;

/// What became of a row's diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Works,
    /// There is none, as for a packed file there cannot be.
    Excused,
    /// There is none though the files are plain.
    Missing,
}

/// Tries the diff of a row on a copy of the folder.
pub fn check(asked: &Question<'_>, search: &Search<'_>, folder: &Folder, row: &Row) -> Result<Outcome, String> {
    let Some(text) = &row.diff else {
        return Ok(if may_be_missing(folder, row) { Outcome::Excused } else { Outcome::Missing });
    };
    applied(asked, search, folder, row, text).map_err(|problem| format!("{problem}\nafter the diff of {:#}\n{text}", row.whole))?;
    Ok(Outcome::Works)
}

fn applied(asked: &Question<'_>, search: &Search<'_>, folder: &Folder, row: &Row, text: &str) -> Result<(), String> {
    let changed = folder.copy();
    changed.apply(text)?;
    lines(row, text)?;
    files(folder, &changed, row)?;

    if !changed.check(asked.semantics, &asked.user.id, asked.target)? {
        return Err("check still says deny".to_owned());
    }
    let (before, after) = (folder.run("validate", asked.semantics, &[]), changed.run("validate", asked.semantics, &[]));
    if after.code > before.code {
        return Err(format!("validate says {:?}: {}{}", after.code, after.out, after.err));
    }
    // Every answer is that of the edited world, so that nothing else was changed on the way.
    let edits: Vec<&Edit> = row.way().iter().filter_map(|key| search.edit(key)).collect();
    let expected = expected_cells(&search.after(&edits), asked.semantics);
    let found = changed.cells(asked.semantics)?;
    let missing: Vec<_> = expected.iter().filter(|cell| !found.contains(cell)).take(6).collect();
    let surplus: Vec<_> = found.iter().filter(|cell| !expected.contains(cell)).take(6).collect();
    if missing.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    Err(format!("answers that the edits alone would give are missing: {missing:?}\nand others are there: {surplus:?}"))
}

/// Whether a file that has to be changed is packed. Where a mapping is added to, the file may be any.
fn may_be_missing(folder: &Folder, row: &Row) -> bool {
    row.parts.iter().any(|part| match &part.file {
        Some(file) => is_packed(file) || lacks_column(folder, file, &part.key.path) || is_anchored(folder, file),
        None => folder.files.iter().any(|file| is_packed(&file.path)),
    })
}

/// Whether something in a file has a name and may be said again elsewhere: what would become of that is not for a patch to say.
fn is_anchored(folder: &Folder, file: &str) -> bool {
    folder.files.iter().any(|known| is_file(file, &known.path) && known.text.contains("&a1"))
}

/// Whether a file is CSV without a column for a field: every line would have to change.
fn lacks_column(folder: &Folder, file: &str, path: &str) -> bool {
    let is_csv = Path::new(file).extension().is_some_and(|extension| extension == "csv");
    let text = folder.files.iter().find(|known| is_csv && is_file(file, &known.path)).map(|known| known.text.as_str());
    let Some(header) = text.and_then(|text| text.trim_start_matches(['\u{feff}', '\r', '\n']).lines().next()) else { return false };
    let plain = |name: &str| name.trim_matches('"').replace('_', "").to_lowercase();
    !header.split(',').any(|column| plain(column) == plain(path))
}

fn is_packed(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "gz")
}

/// Takes something out, with all that stands within.
fn takes_out(row: &Row) -> usize {
    let removes = |kind: Kind, value: &str| match kind {
        Kind::OverrideRemove | Kind::ListRemove => true,
        Kind::OverrideEdit => value == "null",
        _ => false,
    };
    row.parts.iter().filter(|part| removes(part.kind, &part.key.value)).count()
}

/// What adds or switches on leaves all but a line or two as they were.
fn lines(row: &Row, text: &str) -> Result<(), String> {
    let lines = diff::lines(text)?;
    if lines == diff::Lines::default() {
        return Err("the diff changes nothing".to_owned());
    }
    if takes_out(row) > 0 {
        return Ok(());
    }
    // An entity can come in the place of a list or a mapping, which may be long. A name in a list takes seven lines of an indented export.
    let most = row.parts.iter().map(|part| if part.kind == Kind::UserSetEntity { 6 } else { 2 }).sum();
    if lines.removed > most || lines.added > lines.removed + 9 * row.parts.len() {
        return Err(format!("more lines are changed than the edits need: {lines:?}"));
    }
    Ok(())
}

/// Only the files of the parts are changed, and comments in them are kept.
fn files(folder: &Folder, changed: &Folder, row: &Row) -> Result<(), String> {
    // A file that held nothing but what is taken out may go with it.
    let (before, after) = (folder.count(), changed.count());
    if after > before || after + takes_out(row) < before {
        return Err(format!("there were {before} files, and now there are {after}"));
    }
    let shown = |path: &str| row.parts.iter().any(|part| part.file.as_deref().is_none_or(|file| is_file(file, path)));
    for file in &folder.files {
        let (before, after) = (folder.read(&file.path), changed.read(&file.path));
        if before == after {
            continue;
        }
        if !shown(&file.path) {
            return Err(format!("{} is changed, but is not where any part is", file.path));
        }
        let after = String::from_utf8(after).map_err(|_| format!("{} is no longer UTF-8", file.path))?;
        diff::comments_kept(&file.path, &file.text, &after, takes_out(row))?;
    }
    Ok(())
}

/// Paths may be shown from the folder or from elsewhere.
fn is_file(shown: &str, path: &str) -> bool {
    shown == path || shown.ends_with(&format!("/{path}"))
}
