//! One tree for every syntax: scalars as they were written, each value with its place.

use crate::source::{FileId, Span};

/// How a scalar was written; only plain ones can be `null`, a boolean or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Bare text: a YAML plain scalar, a JSON number, `true`, `false` or `null`.
    Plain,
    /// A quoted string or a YAML block scalar.
    Quoted,
}

/// Bytes of text that cost about as much as one more value.
const LONG_TEXT: usize = 64;

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The value's own text; for a block list from the first `-`, for a block mapping from the first key.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A scalar: its text with escapes resolved, and its style.
    Scalar(Box<str>, Style),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file, without duplicate keys.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key's text.
    pub key: Box<str>,
    /// The key's place.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// `null`, `~` or nothing at all, unquoted: the field is absent.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, Style::Plain) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of a scalar, as written.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a scalar without quotes, which can be a number.
    pub fn is_plain(&self) -> bool {
        matches!(&self.value, Value::Scalar(_, Style::Plain))
    }

    /// An unquoted `true` or `false`; YAML 1.1's `yes`, `on` and the like are not booleans.
    pub fn boolean(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar(text, Style::Plain) => match &**text {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key that is spelled exactly so.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|entry| &*entry.key == key).map(|entry| &entry.value)
    }

    /// A mapping of texts that stands in no file.
    pub fn of_texts(fields: &[(&str, &str)]) -> Self {
        let span = Span::new(FileId::default(), 0, 0);
        let text = |text: &str| Self { span, value: Value::Scalar(text.into(), Style::Quoted) };
        let entries = fields.iter().map(|(key, value)| Entry { key: (*key).into(), key_span: span, value: text(value) });
        Self { span, value: Value::Map(entries.collect()) }
    }

    /// Gives this value and all in it other places.
    pub fn place(&mut self, place: &impl Fn(Span) -> Span) {
        self.span = place(self.span);
        match &mut self.value {
            Value::Scalar(..) => {}
            Value::List(items) => items.iter_mut().for_each(|item| item.place(place)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key_span = place(entry.key_span);
                    entry.value.place(place);
                }
            }
        }
    }

    /// The value of a field, in either spelling of its name.
    pub fn field(&self, name: &str) -> Option<&Node> {
        self.entries()?.iter().find(|entry| super::spelling::means(&entry.key, name)).map(|entry| &entry.value)
    }

    /// What to call this kind of value in a message.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Scalar(_, Style::Quoted) => "text",
            Value::Scalar(..) if self.is_null() => "null",
            Value::Scalar(..) if self.boolean().is_some() => "a boolean",
            // Rust reads `nan` and `infinity` as numbers, nobody else does.
            Value::Scalar(text, _) if text.parse::<f64>().is_ok_and(f64::is_finite) => "a number",
            Value::Scalar(..) => "text",
        }
    }

    /// How many lists and mappings are nested in this value, itself included.
    pub fn height(&self) -> usize {
        match &self.value {
            Value::Scalar(..) => 0,
            Value::List(items) => 1 + items.iter().map(Node::height).max().unwrap_or(0),
            Value::Map(entries) => 1 + entries.iter().map(|entry| entry.value.height()).max().unwrap_or(0),
        }
    }

    /// How many parser events this value stands for; a long text counts as many.
    pub fn events(&self) -> usize {
        match &self.value {
            Value::Scalar(text, _) => 1 + text.len() / LONG_TEXT,
            Value::List(items) => 2 + items.iter().map(Node::events).sum::<usize>(),
            Value::Map(entries) => 2 + entries.iter().map(|entry| 1 + entry.key.len() / LONG_TEXT + entry.value.events()).sum::<usize>(),
        }
    }
}
