//! Conditions: what must hold of the user and the resource.

use std::collections::HashMap;

use super::attributes::NAMING;
use super::operator::Operator;
use super::value::Value;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::fields::{check_name, two_spellings, unknown_value, wrong_type};
use crate::model::names::Name;
use crate::model::user::UserType;
use crate::parse::{Entry, Node, Value as NodeValue, spelling::camel};
use crate::source::Span;

/// Conditions that must all hold.
#[derive(Debug)]
pub struct Conditions {
    /// The mapping.
    pub span: Span,
    /// One a key.
    pub all: Vec<Condition>,
}

/// One key with what must hold of it.
#[derive(Debug)]
pub struct Condition {
    /// What is compared.
    pub key: Key,
    /// The key as written.
    pub text: Box<str>,
    /// The key's place.
    pub key_span: Span,
    /// What must hold, all of it.
    pub tests: Vec<Test>,
}

/// What a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Something of the user.
    User(UserKey),
    /// An attribute of the resource; with a type, of resources of that type only.
    Resource {
        /// The type before the dot.
        kind: Option<Box<str>>,
        /// The attribute.
        name: Box<str>,
    },
}

/// What conditions know of a user.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UserKey {
    /// The id.
    Id,
    /// The user type.
    Type,
    /// The entity.
    Entity,
    /// The teams the user is a member of.
    TeamId,
    /// The roles held with a reach that has the resource.
    Role,
    /// An attribute.
    Attribute(Box<str>),
}

/// One comparison.
#[derive(Debug)]
pub struct Test {
    /// How it compares.
    pub operator: Operator,
    /// With what; for `exists` nothing.
    pub operands: Vec<Operand>,
    /// The value's place.
    pub span: Span,
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Operand {
    /// A value.
    Value(Value),
    /// Something of the user: `${user.x}`.
    User(UserKey),
}

impl UserKey {
    /// What stands behind `user.`.
    fn of_name(name: &str) -> Self {
        match name {
            "id" => Self::Id,
            "type" => Self::Type,
            "entity" => Self::Entity,
            "team_id" => Self::TeamId,
            "role" => Self::Role,
            name => Self::Attribute(name.into()),
        }
    }

    /// The name in conditions, `user.` included.
    pub fn name(&self) -> String {
        let name = match self {
            Self::Id => "id",
            Self::Type => "type",
            Self::Entity => "entity",
            Self::TeamId => "team_id",
            Self::Role => "role",
            Self::Attribute(name) => name,
        };
        format!("user.{name}")
    }
}

impl Key {
    fn of_name(text: &str) -> Self {
        match text.split_once('.') {
            Some(("user", name)) => Self::User(UserKey::of_name(name)),
            Some((kind, name)) => Self::Resource { kind: Some(kind.into()), name: name.into() },
            None => Self::Resource { kind: None, name: text.into() },
        }
    }

    /// Whether its values are names: text as written.
    fn is_name(&self) -> bool {
        match self {
            Self::User(key) => !matches!(key, UserKey::Attribute(_)),
            Self::Resource { name, .. } => NAMING.contains(&&**name),
        }
    }
}

impl Conditions {
    /// Reads a mapping of conditions.
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Self {
        let Some(entries) = node.entries() else {
            problems.push(wrong_type(node, "`conditions`", "a mapping"));
            return Self { span: node.span, all: Vec::new() };
        };
        Self { span: node.span, all: entries.iter().map(|entry| Condition::read(entry, problems)).collect() }
    }

    /// No conditions at all.
    pub(super) fn none(span: Span) -> Self {
        Self { span, all: Vec::new() }
    }
}

impl Condition {
    fn read(entry: &Entry, problems: &mut Vec<Diagnostic>) -> Self {
        let key = Key::of_name(&entry.key);
        check_name(&Name { value: entry.key.clone(), span: entry.key_span }, "the key of a condition", problems);
        if entry.key.split('.').any(str::is_empty) {
            let problem = Diagnostic::new(Code::UnknownValue, entry.key_span, format!("there is nothing that is called `{}`", entry.key));
            problems.push(problem.help("a key is `user.NAME`, `TYPE.NAME` or the NAME of the resource's attribute"));
        }
        let tests = match &entry.value.value {
            NodeValue::Map(operators) if operators.is_empty() => {
                problems.push(Diagnostic::new(
                    Code::MissingField,
                    entry.value.span,
                    format!("the condition on `{}` says nothing", entry.key),
                ));
                Vec::new()
            }
            NodeValue::Map(operators) => {
                let mut seen: HashMap<String, &Entry> = HashMap::new();
                for operator in operators {
                    let first = seen.insert(camel(&operator.key).into_owned(), operator);
                    problems.extend(first.map(|first| two_spellings(first, operator)));
                }
                operators.iter().filter_map(|operator| written(&key, operator, problems)).collect()
            }
            NodeValue::List(_) => test(&key, Operator::In, &entry.value, &entry.key, problems).into_iter().collect(),
            NodeValue::Scalar(..) => test(&key, Operator::Eq, &entry.value, &entry.key, problems).into_iter().collect(),
        };
        Self { key, text: entry.key.clone(), key_span: entry.key_span, tests }
    }
}

/// A test whose operator is written.
fn written(key: &Key, entry: &Entry, problems: &mut Vec<Diagnostic>) -> Option<Test> {
    let Some(operator) = Operator::of_name(&camel(&entry.key)) else {
        let mut problem = unknown_value(&entry.key, entry.key_span, "a condition's operators", Operator::NAMES);
        problem.message = format!("there is no operator `{}`", entry.key);
        problems.push(problem);
        return None;
    };
    if let Operator::Exists(_) = operator {
        let Some(there) = entry.value.boolean() else {
            problems.push(wrong_type(&entry.value, "`exists`", "`true` or `false`"));
            return None;
        };
        return Some(Test { operator: Operator::Exists(there), operands: Vec::new(), span: entry.value.span });
    }
    test(key, operator, &entry.value, &entry.key, problems)
}

fn test(key: &Key, operator: Operator, node: &Node, what: &str, problems: &mut Vec<Diagnostic>) -> Option<Test> {
    let what = format!("`{what}`");
    let before = problems.len();
    let operands: Vec<Operand> = match (&node.value, operator) {
        (NodeValue::List(items), Operator::In | Operator::NotIn) => {
            items.iter().filter_map(|item| operand(key, item, &format!("an entry of {what}"), problems)).collect()
        }
        (NodeValue::Scalar(..), Operator::In | Operator::NotIn) => match operand(key, node, &what, problems) {
            Some(Operand::Value(_)) => {
                let written = node.text().unwrap_or_default();
                problems.push(wrong_type(node, &what, "a list").help(format!("write it as a list: [{written}]")));
                Vec::new()
            }
            found => found.into_iter().collect(),
        },
        (_, Operator::Glob) => match Value::read_name(node, &what, problems) {
            Some(glob) if glob.text().contains("${") => {
                problems.push(Diagnostic::new(Code::BadTemplate, node.span, "a glob cannot have a template in it"));
                Vec::new()
            }
            glob => glob.into_iter().map(Operand::Value).collect(),
        },
        _ => operand(key, node, &what, problems).into_iter().collect(),
    };
    (problems.len() == before).then_some(Test { operator, operands, span: node.span })
}

fn operand(key: &Key, node: &Node, what: &str, problems: &mut Vec<Diagnostic>) -> Option<Operand> {
    if let Some(text) = node.text().filter(|text| text.contains("${")) {
        let Some(user_key) = template(text) else {
            let message = format!("`{text}` is not a template that can be filled in");
            problems.push(
                Diagnostic::new(Code::BadTemplate, node.span, message)
                    .help("a template stands alone and names something of the user: `${user.team_id}`"),
            );
            return None;
        };
        return Some(Operand::User(user_key));
    }
    let read = if key.is_name() { Value::read_name } else { Value::read };
    let value = read(node, what, problems)?;
    if *key == Key::User(UserKey::Type) && UserType::of_name(value.text()).is_none() {
        problems.push(unknown_value(value.text(), node.span, "user.type", UserType::NAMES));
    }
    Some(Operand::Value(value))
}

/// What `${user.x}` names.
fn template(text: &str) -> Option<UserKey> {
    let name = text.strip_prefix("${user.")?.strip_suffix('}')?;
    let plain = !name.is_empty() && !name.contains(['$', '{', '}']) && name.trim() == name;
    plain.then(|| UserKey::of_name(name))
}
