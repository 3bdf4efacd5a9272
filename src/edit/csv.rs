//! Users in CSV: a cell is changed, and the other bytes of its record stay.

use std::ops::Range;

use super::step::{find, same};
use super::{Change, Edited, Splice, Value as Written, plan, splice, work};
use crate::parse::{self, Node, Syntax, Value};
use crate::source::{SourceFile, Span};

/// Makes changes of the record whose line a span is.
pub(super) fn edit(source: &SourceFile, definition: Span, changes: &[Change<'_>]) -> Option<Edited> {
    let text = source.text();
    let start = definition.start as usize;
    let header = text.trim_start_matches(['\r', '\n']).lines().next()?;
    let columns = parse::csv_columns(header)?;
    let (cells, end) = cells(text, start)?;
    (cells.len() == columns.len()).then_some(())?;
    if let [Change::Remove] = changes {
        return Some(Edited { splices: vec![record(text, start, end)], node: None });
    }
    let mut now = Vec::new();
    for cell in &cells {
        now.push(decoded(text.get(cell.clone())?));
    }
    let old = read(header, text.get(start..end)?)?;
    let mut expected = vec![old];
    for change in changes {
        let (column, value) = changed(change, &columns, &now)?;
        *now.get_mut(column)? = value;
        for step in plan::steps(find(&expected, &[0])?, &[0], false, change)? {
            step.make(&mut expected)?;
        }
    }
    let mut splices = Vec::new();
    for (cell, now) in cells.iter().zip(now) {
        let written = text.get(cell.clone())?;
        if decoded(written) != now {
            splices.push(splice(cell.clone(), encoded(&now, written.starts_with('"'))));
        }
    }
    let moved = splices.iter().map(|found| splice(found.range.start - start..found.range.end - start, found.with.clone()));
    let line = super::splices::applied(text.get(start..end)?, &moved.collect::<Vec<_>>())?;
    let node = read(header, &line)?;
    let expected: Vec<Node> = expected.iter().map(ordered).collect();
    same(&expected, &[ordered(&node)]).then_some(())?;
    Some(Edited { splices, node: Some(node) })
}

/// The record whose line a span is, as it reads, with the place of the line.
pub(super) fn tree(source: &SourceFile, definition: Span) -> Option<Node> {
    let text = source.text();
    let start = definition.start as usize;
    let header = text.trim_start_matches(['\r', '\n']).lines().next()?;
    let (_, end) = cells(text, start)?;
    let mut node = read(header, text.get(start..end)?)?;
    node.place(&|_| definition);
    Some(node)
}

/// The column that a change is about, and what stands in its cell then.
fn changed(change: &Change<'_>, columns: &[String], now: &[String]) -> Option<(usize, String)> {
    let (Change::Set { path, .. } | Change::Add { path, .. } | Change::Take { path, .. } | Change::Drop { path }) = change else {
        return None;
    };
    let (first, rest) = path.split_first()?;
    let names: Vec<String> = first.split(super::OR).map(|name| [&[name], rest].concat().join(".")).collect();
    let column = columns.iter().position(|column| names.contains(column))?;
    let cell = now.get(column)?;
    let is_list = columns.get(column).is_some_and(|name| name == "roles");
    let value = match change {
        Change::Set { value: Written::Text(text), .. } if !is_list && !text.is_empty() => (*text).to_owned(),
        Change::Add { item, .. } if is_list && is_item(item) => {
            let separator = if cell.is_empty() || cell.ends_with(';') { "" } else { ";" };
            format!("{cell}{separator}{item}")
        }
        Change::Take { item, .. } if is_list && is_item(item) => cell.split(';').filter(|role| role != item).collect::<Vec<_>>().join(";"),
        Change::Drop { .. } => String::new(),
        _ => return None,
    };
    (!value.contains(char::is_control)).then_some((column, value))
}

fn is_item(item: &str) -> bool {
    !item.is_empty() && !item.contains(';')
}

/// Where the cells of a record stand, and where it ends.
fn cells(text: &str, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let mut cells = Vec::new();
    let mut from = start;
    let mut is_quoted = false;
    for (at, byte) in text.get(start..)?.bytes().enumerate() {
        let at = start + at;
        match byte {
            // The second of two quotes opens again what the first has closed.
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => {
                cells.push(from..at);
                from = at + 1;
            }
            b'\n' if !is_quoted => {
                let end = if text.get(from..at)?.ends_with('\r') { at - 1 } else { at };
                cells.push(from..end);
                return Some((cells, end));
            }
            _ => {}
        }
    }
    cells.push(from..text.len());
    (!is_quoted).then_some((cells, text.len()))
}

fn decoded(cell: &str) -> String {
    let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    inner.map_or_else(|| cell.to_owned(), |inner| inner.replace("\"\"", "\""))
}

fn encoded(value: &str, was_quoted: bool) -> String {
    let needs_quotes = value.contains([',', '"']) || value.trim() != value;
    if was_quoted || needs_quotes { format!("\"{}\"", value.replace('"', "\"\"")) } else { value.to_owned() }
}

/// The lines of a record. Where it has no end, the line before it has none then.
fn record(text: &str, start: usize, end: usize) -> Splice {
    let behind = text.get(end..).unwrap_or_default();
    if let Some(line_break) = behind.find('\n') {
        return splice(start..end + line_break + 1, String::new());
    }
    let before = text.get(..start).unwrap_or_default();
    let kept = before.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text)).map_or(start, str::len);
    splice(kept..text.len(), String::new())
}

/// What a record says.
fn read(header: &str, record: &str) -> Option<Node> {
    let (_, _, mut nodes) = work::read(&format!("{header}\n{record}\n"), Syntax::Csv)?;
    nodes.pop().filter(|_| nodes.is_empty())
}

/// A value with its entries in the order of their keys, and without those that are empty: in CSV there are none.
fn ordered(node: &Node) -> Node {
    let Value::Map(entries) = &node.value else { return node.clone() };
    let mut entries = entries.clone();
    for entry in &mut entries {
        entry.value = ordered(&entry.value);
    }
    entries.retain(|entry| match &entry.value.value {
        Value::Map(entries) => !entries.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::Scalar(..) => true,
    });
    entries.sort_by(|one, other| one.key.cmp(&other.key));
    Node { span: node.span, value: Value::Map(entries) }
}
