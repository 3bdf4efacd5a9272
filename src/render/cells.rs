//! The cells of a matrix as rows, put together from pieces that are made once.

use std::io::{self, Write};

use super::endings::Endings;
use super::rows::Field;
use super::spelling::Spelling;
use crate::report::Was;
use crate::walk::Decision;

/// The names of a cell's columns, in order: what [`CellWriter`] takes a head to have.
pub const CELL: [&str; 4] = ["user", "target", "decision", "gate"];

/// The names where what is decided without a supposition stands beside it, for formats that have a column for it.
pub const CELL_AGAINST: [&str; 5] = ["user", "target", "decision", "gate", "asDefined"];

/// So many bytes are collected, to whole rows, before they are handed on.
const FULL: usize = 1 << 17;

/// Writes cells in a format of rows. A row is what the user begins with, what the target adds and what the decision ends with; each
/// of these pieces is spelled once, and a cell is three copies.
pub struct CellWriter<'o> {
    spelling: Spelling,
    out: &'o mut dyn Write,
    targets: Vec<Vec<u8>>,
    endings: Endings,
    user: Vec<u8>,
    first: bool,
    /// Whole rows that are not handed on yet.
    rows: Vec<u8>,
}

impl<'o> CellWriter<'o> {
    /// Takes cells of `targets`. The spelling's columns are those of [`CELL`] or, for cells with what is decided without a supposition,
    /// of [`CELL_AGAINST`]; Markdown has no column for that.
    pub fn new(spelling: Spelling, out: &'o mut dyn Write, targets: &[String]) -> io::Result<Self> {
        let mut rows = Vec::with_capacity(FULL + FULL / 8);
        spelling.begin(&mut rows)?;
        let piece = |target: &String| {
            let mut text = Vec::new();
            spelling.field(1, Field::Text(target), &mut text)?;
            Ok(text)
        };
        let targets = targets.iter().map(piece).collect::<io::Result<_>>()?;
        Ok(Self { spelling, out, targets, endings: Endings::default(), user: Vec::new(), first: true, rows })
    }

    /// The cells from here on are this user's.
    pub fn user(&mut self, id: &str) -> io::Result<()> {
        self.user.clear();
        self.user.extend_from_slice(self.spelling.before_row(false));
        self.spelling.field(0, Field::Text(id), &mut self.user)
    }

    /// Writes the user's cell of the target of this number, with what is decided without what is supposed if anything is.
    #[inline]
    pub fn cell(&mut self, target: usize, decision: Decision, was: Option<Was>) -> io::Result<()> {
        let Some(target) = self.targets.get(target) else { return Err(io::ErrorKind::InvalidInput.into()) };
        if self.first {
            self.first = false;
            self.rows.extend_from_slice(self.spelling.before_row(true));
            self.rows.extend_from_slice(self.user.strip_prefix(self.spelling.before_row(false)).unwrap_or(&self.user));
        } else {
            self.rows.extend_from_slice(&self.user);
        }
        self.rows.extend_from_slice(target);
        self.rows.extend_from_slice(self.endings.of(decision, was, &self.spelling)?);
        if self.rows.len() < FULL { Ok(()) } else { self.hand_on() }
    }

    /// Writes what comes after the last cell.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.extend_from_slice(self.spelling.end());
        self.hand_on()
    }

    #[cold]
    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(&self.rows)?;
        self.rows.clear();
        Ok(())
    }
}
