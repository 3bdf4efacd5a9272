//! Typed values: what attributes have and conditions compare with.

use std::cmp::Ordering;
use std::fmt;

use jiff::Timestamp;

use super::number::Number;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Spanned;
use crate::model::fields::check_name;
use crate::model::names::shown;
use crate::model::time::{self, Problem};
use crate::parse::{Node, Value as NodeValue};

/// One value: its text as written, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Value {
    text: Box<str>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    /// Text that stands for itself: it compares with anything as that is written.
    Name,
    Text,
    Number(Number),
    Time(Timestamp),
    Boolean(bool),
}

impl Value {
    /// Text that stands for itself: an id, a role, a team.
    pub fn name(text: &str) -> Self {
        Self { text: text.into(), kind: Kind::Name }
    }

    /// What a quoted scalar is: text, or a time; `None` for a time that does not exist or has no offset.
    pub fn of_quoted(text: &str) -> Option<Self> {
        let kind = match time::parse(text) {
            Ok(time) => Kind::Time(time),
            Err(Problem::Form) => Kind::Text,
            Err(Problem::NoOffset | Problem::NoSuchTime) => return None,
        };
        Some(Self { text: text.into(), kind })
    }

    /// A number, if the text is one.
    pub fn of_number(text: &str) -> Option<Self> {
        Number::parse(text).map(|number| Self { text: text.into(), kind: Kind::Number(number) })
    }

    /// `true` or `false`.
    pub fn boolean(value: bool) -> Self {
        Self { text: if value { "true" } else { "false" }.into(), kind: Kind::Boolean(value) }
    }

    /// Reads a scalar: unquoted numbers and booleans are such, and text that is a time is a time.
    ///
    /// `null`, lists and mappings are a problem, and so is a time that does not exist or has no offset.
    pub(in crate::model) fn read(node: &Node, what: &str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let NodeValue::Scalar(text, _) = &node.value else {
            problems.push(crate::model::fields::wrong_type(node, what, "text, a number or a boolean"));
            return None;
        };
        if node.is_null() {
            problems.push(crate::model::fields::wrong_type(node, what, "text, a number or a boolean"));
            return None;
        }
        let kind = match node.boolean() {
            Some(value) => Kind::Boolean(value),
            None if node.is_plain() && Number::is_too_large(text) => {
                let problem =
                    Diagnostic::new(Code::WrongType, node.span, format!("{what} is a number that is too large or too small to compare"));
                problems.push(problem.help("put it in quotes if it is text"));
                return None;
            }
            None => match node.is_plain().then(|| Number::parse(text)).flatten() {
                Some(number) => Kind::Number(number),
                None => match time::parse(text) {
                    Ok(time) => Kind::Time(time),
                    Err(Problem::Form) => Kind::Text,
                    Err(problem @ (Problem::NoOffset | Problem::NoSuchTime)) => {
                        problems.push(Diagnostic::new(Code::BadTime, node.span, format!("{problem}: `{text}`")).help(Problem::HELP));
                        return None;
                    }
                },
            },
        };
        Some(Self { text: text.clone(), kind })
    }

    /// Reads a scalar that names something: text, as written.
    pub(in crate::model) fn read_name(node: &Node, what: &str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.text().filter(|_| !node.is_null()) {
            Some(text) => {
                check_name(&Spanned { value: text.into(), span: node.span }, what, problems);
                Some(Self::name(text))
            }
            None => {
                problems.push(crate::model::fields::wrong_type(node, what, "text"));
                None
            }
        }
    }

    /// The value of a text that is of the same type; text, where it cannot be.
    #[must_use]
    pub fn like(&self, text: &str) -> Self {
        let kind = match &self.kind {
            Kind::Name => Kind::Name,
            Kind::Text => Kind::Text,
            Kind::Number(_) => Number::parse(text).map_or(Kind::Text, Kind::Number),
            Kind::Time(_) => time::parse(text).map_or(Kind::Text, Kind::Time),
            Kind::Boolean(_) => {
                if text == "true" || text == "false" {
                    Kind::Boolean(text == "true")
                } else {
                    Kind::Text
                }
            }
        };
        Self { text: text.into(), kind }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is text, and no number, time or boolean.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Name)
    }

    /// Whether it stands for itself.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Name)
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<&Number> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The time, if it is one.
    pub fn time(&self) -> Option<Timestamp> {
        match self.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        }
    }

    /// Whether it is `true` or `false`.
    pub fn is_boolean(&self) -> bool {
        matches!(self.kind, Kind::Boolean(_))
    }

    /// Whether it has to stand without quotes to be what it is.
    pub fn is_plain(&self) -> bool {
        matches!(self.kind, Kind::Number(_) | Kind::Boolean(_))
    }

    /// What it is, for a sentence.
    pub fn what(&self) -> &'static str {
        match self.kind {
            Kind::Name | Kind::Text => "text",
            Kind::Number(_) => "a number",
            Kind::Time(_) => "a time",
            Kind::Boolean(_) => "a boolean",
        }
    }

    /// How two values of one type compare; values of different types do not. A name compares with anything as that is written.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.kind, &other.kind) {
            (Kind::Name, _) | (_, Kind::Name) | (Kind::Text, Kind::Text) => Some(self.text.cmp(&other.text)),
            (Kind::Number(a), Kind::Number(b)) => Some(a.cmp(b)),
            (Kind::Time(a), Kind::Time(b)) => Some(a.cmp(b)),
            (Kind::Boolean(a), Kind::Boolean(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// As sentences show it: text that could be mistaken for something else in quotes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mistaken =
            matches!(self.kind, Kind::Text) && (Number::parse(&self.text).is_some() || WORDS.contains(&&*self.text.to_lowercase()));
        if mistaken { write!(f, "\"{}\"", self.text) } else { f.write_str(&shown(&self.text)) }
    }
}

/// Texts that look like something else to some readers of YAML, or to people.
const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "~"];
