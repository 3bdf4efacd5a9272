//! The set-wise walk of permissions: one user after another over all resources of a type at once.
//!
//! Resources are columns. Those that the rules cannot tell apart share a lane, a bit in every set of lanes; a user's walk takes the
//! sets through the arms of a list. For each user the rules are evaluated once with the resource unknown, as for a question about a
//! type; what is left of an atom are tests of attributes, and which lanes pass a test is known beforehand.
//!
//! What few users ask of few resources, such as whether a ticket is their own, would tell all resources apart. Such tests make no
//! lanes: for each user who asks one, the resources for which it holds get a lane of their own for as long as that user is walked.

mod asking;
mod bits;
mod cells;
mod choice;
mod count;
mod lanes;
mod left;
mod rules;
mod sheet;
mod table;
mod tally;
mod turns;
mod unordered;
mod walk;

use std::collections::HashMap;
use std::sync::Arc;

use super::Subject;
use crate::compile::{Asked, DecisionList};
use crate::model::permissions::Attributes;
pub use cells::Cells;
use sheet::Sheet;

/// A question about one resource.
#[derive(Clone, Debug)]
pub struct Column {
    /// Which of the lists answers it.
    pub list: usize,
    /// The resource's attributes.
    pub attributes: Arc<Attributes>,
}

/// Many questions about resources.
#[derive(Debug)]
pub struct Columns {
    sheets: Vec<Sheet>,
    places: Vec<Place>,
}

/// Where a column is answered.
#[derive(Clone, Copy, Debug)]
struct Place {
    sheet: u32,
    /// Which list of the sheet.
    list: u32,
    resource: u32,
}

impl Columns {
    /// Makes columns of lists that resources of a type share, all of one compiler. There are so many `users`, and `subject` makes
    /// the one of a number; some of them are looked at to find out what they ask.
    pub fn new<'u>(
        lists: &[DecisionList],
        columns: impl IntoIterator<Item = Column>,
        users: usize,
        subject: impl Fn(usize) -> Option<Subject<'u>>,
    ) -> Self {
        let mut made = Made::default();
        let of_lists: Vec<(usize, u32)> = lists.iter().map(|list| made.add_list(list)).collect();
        let places = columns.into_iter().filter_map(|column| {
            let (sheet, list) = *of_lists.get(column.list)?;
            Some(Place { sheet: number(sheet), list, resource: made.sheets.get_mut(sheet)?.add_resource(column.attributes) })
        });
        let places = places.collect();
        let sheets = made.sheets.into_iter().map(|sheet| Sheet::new(sheet.lists, sheet.resources, users, &subject)).collect();
        Self { sheets, places }
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// Sheets in the making, by type.
#[derive(Default)]
struct Made {
    by_kind: HashMap<Arc<str>, usize>,
    sheets: Vec<Making>,
}

#[derive(Default)]
struct Making {
    lists: Vec<DecisionList>,
    resources: Vec<Arc<Attributes>>,
    /// Resources are the same where their attributes are shared.
    known: HashMap<*const Attributes, u32>,
}

impl Made {
    fn add_list(&mut self, list: &DecisionList) -> (usize, u32) {
        let kind = match &list.asked {
            Asked::Any(kind) | Asked::Each(kind) => Arc::clone(kind),
            Asked::Resource(resource) => Arc::clone(&resource.kind),
            Asked::Nothing => Arc::default(),
        };
        let next = self.sheets.len();
        let sheet = *self.by_kind.entry(kind).or_insert(next);
        if sheet == next {
            self.sheets.push(Making::default());
        }
        let lists = self.sheets.get_mut(sheet).map(|sheet| {
            sheet.lists.push(list.clone());
            sheet.lists.len() - 1
        });
        (sheet, number(lists.unwrap_or_default()))
    }
}

impl Making {
    fn add_resource(&mut self, attributes: Arc<Attributes>) -> u32 {
        let next = number(self.resources.len());
        let at = *self.known.entry(Arc::as_ptr(&attributes)).or_insert(next);
        if at == next {
            self.resources.push(attributes);
        }
        at
    }
}

/// There are never so many of anything.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
