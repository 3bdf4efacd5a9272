//! How values are compared.

use std::cmp::Ordering;

use super::value::Value;
use crate::model::glob;

/// How values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Equal; also a scalar alone.
    Eq,
    /// Not equal.
    Ne,
    /// One of; also a list alone.
    In,
    /// None of.
    NotIn,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
    /// Is there, or is not.
    Exists(bool),
    /// Matches a glob.
    Glob,
}

impl Operator {
    /// The words in the files.
    pub(super) const NAMES: &'static [&'static str] = &["eq", "ne", "in", "notIn", "gt", "gte", "lt", "lte", "exists", "glob"];

    /// The operator of a word; whether something has to exist stands in its value.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "in" => Self::In,
            "notIn" => Self::NotIn,
            "gt" => Self::Gt,
            "gte" => Self::Gte,
            "lt" => Self::Lt,
            "lte" => Self::Lte,
            "exists" => Self::Exists(true),
            "glob" => Self::Glob,
            _ => return None,
        })
    }

    /// Whether it holds where no element does what it names.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Ne | Self::NotIn)
    }

    /// Whether it asks whether two are equal.
    pub fn is_of_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::In | Self::NotIn)
    }

    /// Whether it asks which of two is the greater.
    pub fn is_of_order(self) -> bool {
        matches!(self, Self::Gt | Self::Gte | Self::Lt | Self::Lte)
    }

    /// Whether a value compares so with another. Of negative operators, whether it is what they name.
    pub fn compares(self, value: &Value, with: &Value) -> bool {
        match self {
            Self::Glob => value.is_text() && glob::matches(with.text(), value.text()),
            _ => self.holds_for(value.compare(with)),
        }
    }

    /// The same, for operators that look at nothing but the order of the two; `None` where they are of different types.
    pub fn holds_for(self, order: Option<Ordering>) -> bool {
        match self {
            Self::Eq | Self::Ne | Self::In | Self::NotIn => order == Some(Ordering::Equal),
            Self::Gt => order == Some(Ordering::Greater),
            Self::Gte => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            Self::Lt => order == Some(Ordering::Less),
            Self::Lte => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Self::Glob | Self::Exists(_) => false,
        }
    }

    /// How it is said of the left side, before what it is compared with.
    pub fn words(self) -> &'static str {
        match self {
            Self::Eq | Self::In => "",
            Self::Ne | Self::NotIn => "other than ",
            Self::Gt => "more than ",
            Self::Gte => "at least ",
            Self::Lt => "less than ",
            Self::Lte => "at most ",
            Self::Exists(true) => "to be there",
            Self::Exists(false) => "to be missing",
            Self::Glob => "text like ",
        }
    }
}
