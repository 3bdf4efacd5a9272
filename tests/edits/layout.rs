//! Ways to write the same definitions.

use fastrand::Rng;
use serde_json::Value;

/// A way to write definitions.
#[allow(clippy::struct_excessive_bools, reason = "each is a way of its own")]
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// What the file's name ends in.
    pub(crate) extension: &'static str,
    /// What the definitions stand in.
    pub(crate) container: Container,
    /// Lists and mappings in lines, in brackets, or in brackets over several lines.
    pub(crate) lists: Spread,
    pub(crate) maps: Spread,
    /// How far in the items of a list stand.
    pub(crate) offset: usize,
    pub(crate) quote: char,
    pub(crate) comments: bool,
    pub(crate) crlf: bool,
    pub(crate) is_marked: bool,
    pub(crate) ends: bool,
    pub(crate) typed: bool,
    pub(crate) snake: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    List,
    Documents,
    Key,
    Brackets,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spread {
    Block,
    Line,
    Lines,
}

impl Layout {
    pub(crate) fn any(rng: &mut Rng) -> Self {
        let extension = ["yaml", "yaml", "yaml", "json", "ndjson", "csv"][rng.usize(..6)];
        let container = [Container::List, Container::Documents, Container::Key, Container::Brackets][rng.usize(..4)];
        let spread = |rng: &mut Rng| [Spread::Block, Spread::Block, Spread::Line, Spread::Lines][rng.usize(..4)];
        Self {
            extension,
            container,
            lists: spread(rng),
            maps: spread(rng),
            offset: [0, 2, 4][rng.usize(..3)],
            quote: [' ', ' ', '\'', '"'][rng.usize(..4)],
            comments: rng.bool(),
            crlf: rng.u8(..4) == 0,
            is_marked: rng.u8(..4) == 0,
            ends: rng.u8(..4) != 0,
            typed: matches!(extension, "json" | "ndjson") && rng.u8(..3) == 0,
            snake: rng.u8(..3) == 0,
        }
    }

    /// The text of definitions.
    pub(crate) fn text(&self, definitions: &[Value], rng: &mut Rng) -> String {
        let mut text = match self.extension {
            "yaml" => self.yaml(definitions, rng),
            "csv" => csv(definitions, self.snake),
            _ => self.json(definitions),
        };
        if !self.ends {
            text.truncate(text.trim_end().len());
        }
        if self.crlf { text.replace('\n', "\r\n") } else { text }
    }

    fn json(&self, definitions: &[Value]) -> String {
        let definitions: Vec<Value> =
            definitions.iter().map(|found| if self.typed { record(found, self.maps) } else { found.clone() }).collect();
        let write = |value: &Value| match self.lists {
            Spread::Line => value.to_string(),
            Spread::Lines => spaced(value),
            Spread::Block => serde_json::to_string_pretty(value).expect("it can be written"),
        };
        if self.extension == "ndjson" {
            let line = |value: &Value| if self.lists == Spread::Lines { spaced(value) } else { value.to_string() };
            return definitions.iter().map(|value| line(value) + "\n").collect();
        }
        match self.container {
            Container::Documents => definitions.iter().map(|value| write(value) + "\n").collect(),
            Container::Key => write(&serde_json::json!({"users": definitions, "other": 1})) + "\n",
            _ => write(&Value::Array(definitions)) + "\n",
        }
    }

    fn yaml(&self, definitions: &[Value], rng: &mut Rng) -> String {
        let mut out: Vec<String> = Vec::new();
        let mut number = 0;
        let item = |lines: Vec<String>| -> Vec<String> {
            lines.into_iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { "- " } else { "  " })).collect()
        };
        match self.container {
            Container::Brackets => {
                out.push("[".to_owned());
                out.extend(definitions.iter().map(|value| format!("  {},", self.flow(value))));
                out.push("]".to_owned());
            }
            Container::List => out.extend(definitions.iter().flat_map(|value| item(self.block(value)))),
            Container::Key => {
                out.push("users:".to_owned());
                let indent = " ".repeat(self.offset);
                out.extend(definitions.iter().flat_map(|value| item(self.block(value))).map(|line| indent.clone() + &line));
                out.push("other: 1".to_owned());
            }
            Container::Documents => {
                for (at, value) in definitions.iter().enumerate() {
                    if at > 0 || rng.bool() {
                        out.push("---".to_owned());
                    }
                    out.extend(self.block(value));
                }
            }
        }
        let mut text = String::new();
        for line in out {
            let indent = line.len() - line.trim_start().len();
            if self.comments && rng.u8(..5) == 0 {
                number += 1;
                text.push_str(&format!("{}# c{number}.\n", " ".repeat(indent)));
            }
            if rng.u8(..15) == 0 {
                text.push('\n');
            }
            text.push_str(&line);
            if self.comments && rng.u8(..5) == 0 {
                number += 1;
                text.push_str(&format!("  # c{number}."));
            }
            text.push('\n');
        }
        text
    }

    /// The lines of a mapping.
    fn block(&self, value: &Value) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, value) in value.as_object().expect("it is a mapping") {
            let is_empty = value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(serde_json::Map::is_empty);
            match value {
                Value::Null => lines.push(format!("{key}:{}", ["", " null", " ~"][key.len() % 3])),
                _ if is_empty => lines.push(format!("{key}: {value}")),
                Value::Array(items) if self.lists == Spread::Block => {
                    lines.push(format!("{key}:"));
                    let indent = " ".repeat(self.offset);
                    for item in items {
                        let inner = if item.is_object() && self.maps == Spread::Block { self.block(item) } else { vec![self.flow(item)] };
                        let begins = |at: usize| if at == 0 { "- " } else { "  " };
                        lines.extend(inner.iter().enumerate().map(|(at, line)| format!("{indent}{}{line}", begins(at))));
                    }
                }
                Value::Array(items) if self.lists == Spread::Lines => {
                    lines.push(format!("{key}: ["));
                    let last = items.len() - 1;
                    let comma = |at: usize| if at < last || key.len() % 2 == 0 { "," } else { "" };
                    lines.extend(items.iter().enumerate().map(|(at, item)| format!("    {}{}", self.flow(item), comma(at))));
                    lines.push("  ]".to_owned());
                }
                Value::Object(_) if self.maps == Spread::Block => {
                    lines.push(format!("{key}:"));
                    lines.extend(self.block(value).into_iter().map(|line| format!("  {line}")));
                }
                _ => lines.push(format!("{key}: {}", self.flow(value))),
            }
        }
        lines
    }

    fn flow(&self, value: &Value) -> String {
        match value {
            Value::Array(items) => format!("[{}]", items.iter().map(|item| self.flow(item)).collect::<Vec<_>>().join(", ")),
            Value::Object(entries) => {
                let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {}", self.flow(value))).collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::String(text) => {
                let is_word =
                    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !matches!(text.as_str(), "no" | "null" | "-");
                match self.quote {
                    '\'' => format!("'{}'", text.replace('\'', "''")),
                    ' ' if is_word => text.clone(),
                    _ => value.to_string(),
                }
            }
            _ => value.to_string(),
        }
    }
}

/// JSON with a space behind each comma and colon.
fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), spaced(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        _ => value.to_string(),
    }
}

/// A value as DynamoDB has it.
fn typed(value: &Value, lists: Spread) -> Value {
    match value {
        Value::Null => serde_json::json!({"NULL": true}),
        Value::Bool(_) => serde_json::json!({"BOOL": value}),
        Value::Array(items) if lists == Spread::Line && items.iter().all(Value::is_string) => serde_json::json!({"SS": items}),
        Value::Array(items) => serde_json::json!({"L": items.iter().map(|item| typed(item, lists)).collect::<Vec<_>>()}),
        Value::Object(_) => serde_json::json!({"M": record(value, lists)}),
        _ => serde_json::json!({"S": value}),
    }
}

fn record(value: &Value, lists: Spread) -> Value {
    let entries = value.as_object().expect("it is a mapping");
    Value::Object(entries.iter().map(|(key, value)| (key.clone(), typed(value, lists))).collect())
}

/// A value of DynamoDB without types.
pub(crate) fn untyped(value: &Value) -> Value {
    match value {
        Value::Object(entries) if entries.len() == 1 => match entries.iter().next().map(|(key, value)| (key.as_str(), value)) {
            Some(("NULL", _)) => Value::Null,
            Some(("S" | "BOOL" | "L" | "SS" | "M", inner)) => untyped(inner),
            _ => Value::Object(entries.iter().map(|(key, value)| (key.clone(), untyped(value))).collect()),
        },
        Value::Object(entries) => Value::Object(entries.iter().map(|(key, value)| (key.clone(), untyped(value))).collect()),
        Value::Array(items) => items.iter().map(untyped).collect(),
        _ => value.clone(),
    }
}

fn csv(definitions: &[Value], snake: bool) -> String {
    let key = |camel: &'static str, as_snake: &'static str| if snake { as_snake } else { camel };
    let mut out = format!("{},roles,{},customData.accountId\n", key("userId", "user_id"), key("userType", "user_type"));
    for found in definitions {
        let roles = found["roles"].as_array().map(|roles| roles.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let account = &found[key("customData", "custom_data")]["accountId"];
        let cells =
            [text(&found[key("userId", "user_id")]), roles.unwrap_or_default(), text(&found[key("userType", "user_type")]), text(account)];
        let quoted = cells.map(|cell| if cell.contains([',', '"', ' ']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell });
        out.push_str(&(quoted.join(",") + "\n"));
    }
    out
}
