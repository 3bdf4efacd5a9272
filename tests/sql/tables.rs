//! A workspace's users and instances as the tables that a query reads.

use gatewalk::model::permissions::{Attributes, TEAM, Value as Typed};
use gatewalk::model::{User, Workspace};
use gatewalk::parse::{Node, Value as NodeValue};
use serde_json::{Value, json};

/// The rows of both tables, columns in the order of `runner.py`.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub users: Vec<Value>,
    pub instances: Vec<Value>,
}

impl Tables {
    pub fn of(workspace: &Workspace) -> Self {
        let users = workspace.users().iter().map(user).collect();
        let permissions = workspace.permissions();
        let kinds = permissions.types().map(|(kind, _)| kind).filter(|kind| *kind != TEAM);
        let instances = kinds.flat_map(|kind| permissions.instances(kind));
        let instances = instances.map(|one| json!([&*one.resource.value, &*one.id.value, attributes(&one.attributes)])).collect();
        Self { users, instances }
    }
}

fn user(user: &User) -> Value {
    let id = user.id.as_ref().map(|id| &*id.value);
    let roles: Vec<&str> = user.roles.iter().map(|role| &*role.value).collect();
    let progress = user.progress.as_ref();
    let completed = progress.map(|progress| progress.completed.iter().map(|name| &*name.value).collect::<Vec<_>>());
    json!([
        id,
        user.user_type.map(|user_type| user_type.value.name()),
        if roles.is_empty() { Value::Null } else { json!(roles) },
        user.entity.as_ref().map(|entity| &*entity.value),
        user.custom_data.as_ref().map(data),
        attributes(&user.attributes),
        progress.and_then(|progress| progress.started_at).map(|time| time.value.to_string()),
        completed,
    ])
}

/// Custom data as JSON, numbers with the digits that were written.
fn data(node: &Node) -> String {
    match &node.value {
        NodeValue::Map(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", json!(&*entry.key), data(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        NodeValue::List(items) => format!("[{}]", items.iter().map(data).collect::<Vec<_>>().join(", ")),
        NodeValue::Scalar(..) if node.is_null() => "null".to_owned(),
        NodeValue::Scalar(text, _) => match node.boolean() {
            Some(value) => value.to_string(),
            None if node.is_plain() && is_json_number(text) => text.to_string(),
            None => json!(&**text).to_string(),
        },
    }
}

fn attributes(attributes: &Attributes) -> Option<String> {
    let entries = attributes.iter().map(|attribute| {
        let values: Vec<String> = attribute.values.iter().map(value).collect();
        let value = if attribute.is_list { format!("[{}]", values.join(",")) } else { values.concat() };
        format!("{}:{value}", json!(&*attribute.name.value))
    });
    (attributes.iter().len() > 0).then(|| format!(" {{{}}}\n", entries.collect::<Vec<_>>().join(",")))
}

fn value(value: &Typed) -> String {
    match value.number() {
        // Queries take decimal numbers as YAML writes them, too.
        Some(_) if !value.text().starts_with("0x") && !value.text().starts_with("0o") => value.text().to_owned(),
        // Such as `0x10`, which JSON does not write so: the same number.
        Some(number) => {
            let (negative, digits, exponent) = number.parts();
            let sign = if negative { "-" } else { "" };
            if digits.is_empty() { "0".to_owned() } else { format!("{sign}0.{digits}e{exponent}") }
        }
        None if value.is_boolean() => value.text().to_owned(),
        None => json!(value.text()).to_string(),
    }
}

fn is_json_number(text: &str) -> bool {
    text.parse::<serde_json::Number>().is_ok()
}
