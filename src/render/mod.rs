//! Reports as text: one file a format, each over the same report.

mod cells;
mod check;
mod endings;
pub mod escape;
mod explain;
mod grid;
mod look;
mod rows;
mod snippet;
mod spelling;
mod timeline;
mod validate;
mod ways;

pub use cells::{CELL, CELL_AGAINST, CellWriter};
pub use check::check;
pub use explain::{explain, for_user};
pub use grid::grid;
pub use look::Look;
pub use rows::{Field, Head, RowFormat, RowWriter, row_writer};
pub use spelling::Spelling;
pub use timeline::timeline;
pub use validate::{NOT_TRUSTED, problems, validate};
