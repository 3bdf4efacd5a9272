//! A matrix on a terminal: users down, targets across, folded into blocks where the terminal is too narrow.

use std::convert::Infallible;
use std::io::{self, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::Look;
use super::escape::terminal;
use crate::compile::Outcome;
use crate::report::{Matrix, Was};
use crate::walk::Decision;

/// So many users are laid out at once; then the headings come again.
const USERS: usize = 50;
/// A target's name longer than this is broken over lines in its heading.
const WIDEST_TARGET: usize = 22;
/// Between columns: a space of padding, and the one that the table draws.
const GAP: usize = 2;

/// One line, below the headings.
pub(super) fn style(look: Look) -> TableStyle {
    let line = rule(look);
    TableStyle::new().header_separator(LineStyle::none().fill(line).junction(line))
}

/// What the line is drawn with.
pub(super) fn rule(look: Look) -> char {
    if look.ascii { '-' } else { '─' }
}

/// Writes a matrix as blocks of columns, and says whether there was anything to write; `shown` says of each decision whether it is. Cells that are not shown are left empty, users without any left out.
pub fn grid(matrix: &Matrix<'_>, shown: impl Fn(bool) -> bool, out: &mut dyn Write, look: Look) -> io::Result<bool> {
    let mut first = true;
    let all = matrix.users().len();
    for start in (0..all).step_by(USERS) {
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        let taken: Result<(), Infallible> = matrix.each_of(start..all.min(start + USERS), |user, decisions, was| {
            let was = was.iter().copied().map(Some).chain(std::iter::repeat(None));
            let text = |(decision, was): (&Decision, Option<Was>)| {
                if shown(decision.allowed) { cell(*decision, was, look) } else { String::new() }
            };
            let cells: Vec<String> = decisions.iter().zip(was).map(text).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push((terminal(user).into_owned(), cells));
            }
            Ok(())
        });
        let Ok(()) = taken;
        if rows.is_empty() {
            continue;
        }
        for block in blocks(matrix.targets(), &rows, look) {
            if !first {
                writeln!(out)?;
            }
            first = false;
            writeln!(out, "{}", table(matrix.targets(), &rows, &block, look).trim_fmt())?;
        }
    }
    Ok(!first)
}

/// A denial names its gate; an allow its mark and word. What is decided otherwise without what is supposed says so.
fn cell(decision: Decision, was: Option<Was>, look: Look) -> String {
    let (outcome, word) = if decision.allowed { (Outcome::Allow, "allow") } else { (Outcome::Deny, decision.gate.name()) };
    let cell = format!("{} {word}", look.mark(outcome));
    match was.and_then(|was| was.mark(decision.allowed)) {
        Some(mark) => format!("{cell} {mark}"),
        None => cell,
    }
}

/// Columns that fit side by side: their index and width.
type Block = Vec<(usize, usize)>;

fn user_width(rows: &[(String, Vec<String>)], look: Look) -> usize {
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0).max("user".len());
    widest.min((look.width / 3).max(12))
}

fn blocks(targets: &[String], rows: &[(String, Vec<String>)], look: Look) -> Vec<Block> {
    let room = look.width.saturating_sub(user_width(rows, look) + 1);
    let mut blocks: Vec<Block> = Vec::new();
    let mut left = 0;
    for (at, target) in targets.iter().enumerate() {
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        let width = cells.max(target.width().min(WIDEST_TARGET));
        match blocks.last_mut() {
            Some(block) if left >= width + GAP => {
                left -= width + GAP;
                block.push((at, width));
            }
            _ => {
                left = room.saturating_sub(width + GAP);
                blocks.push(vec![(at, width)]);
            }
        }
    }
    blocks
}

fn table(targets: &[String], rows: &[(String, Vec<String>)], block: &Block, look: Look) -> Table {
    let mut table = Table::new();
    table.load_style(style(look)).set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::MAX);
    let heading = |(at, width): &(usize, usize)| targets.get(*at).map(|target| broken(&terminal(target), *width)).unwrap_or_default();
    table.set_header(std::iter::once("user".to_owned()).chain(block.iter().map(heading)));
    for (name, cells) in rows {
        table.add_row(std::iter::once(name.clone()).chain(block.iter().map(|(at, _)| cells.get(*at).cloned().unwrap_or_default())));
    }
    let widths = std::iter::once(user_width(rows, look)).chain(block.iter().map(|(_, width)| *width));
    for (at, width) in widths.enumerate() {
        if let Some(column) = table.column_mut(at) {
            column.set_padding((0, 1));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(u16::try_from(width + 1).unwrap_or(u16::MAX))));
        }
    }
    table
}

/// A name over several lines, broken after `/`, `.`, `-` or `_` where it can be.
fn broken(name: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for part in name.split_inclusive(['/', '.', '-', '_', '#']) {
        match lines.last_mut() {
            Some(line) if line.is_empty() || line.width() + part.width() <= width => line.push_str(part),
            _ => lines.push(part.to_owned()),
        }
    }
    lines.join("\n")
}
