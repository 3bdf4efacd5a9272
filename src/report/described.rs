//! What an answer is about, in a line each: the user, the resource, settings.

use serde_json::Value;

use crate::compile::Asked;
use crate::model::{Entity, shown};
use crate::parse::{Node, Value as NodeValue};
use crate::walk::Subject;

/// The user in a line: type, roles and entity.
pub(super) fn describe(subject: &Subject<'_>) -> String {
    let roles = match subject.roles.as_slice() {
        [] => "no roles".to_owned(),
        [role] => format!("role {}", shown(role)),
        roles => format!("roles {}", roles.iter().map(|role| shown(role)).collect::<Vec<_>>().join(", ")),
    };
    let entity = match &subject.entity {
        Entity::Of(name) => format!("entity {}", shown(name)),
        Entity::None { .. } => "no entity".to_owned(),
    };
    format!("{}, {roles}, {entity}", subject.user_type.name())
}

/// The resource asked about in a line: its attributes.
pub(super) fn resource(asked: &Asked) -> Option<String> {
    let resource = match asked {
        Asked::Nothing => return None,
        Asked::Any(kind) => return Some(format!("any {kind} that could be")),
        Asked::Each(kind) => return Some(format!("each {kind}")),
        Asked::Resource(resource) => resource,
    };
    let attributes = resource.attributes.iter().map(|attribute| {
        let values = attribute.values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if attribute.is_list { format!("{} [{values}]", attribute.name.value) } else { format!("{} {values}", attribute.name.value) }
    });
    let attributes: Vec<String> = attributes.collect();
    let attributes = if attributes.is_empty() { "no attributes".to_owned() } else { attributes.join(", ") };
    let id = resource.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    Some(format!("{}{id}: {attributes}", resource.kind))
}

/// A number that JSON would write as it is written here; any other stays text.
fn number(text: &str) -> Value {
    let parsed = text.parse::<serde_json::Number>().ok().filter(|number| number.to_string() == text);
    parsed.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// A setting as JSON: what is written, with plain booleans, numbers and null as such.
pub(super) fn json(node: &Node) -> Value {
    match &node.value {
        NodeValue::List(items) => Value::Array(items.iter().map(json).collect()),
        NodeValue::Map(entries) => Value::Object(entries.iter().map(|entry| (entry.key.to_string(), json(&entry.value))).collect()),
        NodeValue::Scalar(..) if node.is_null() => Value::Null,
        NodeValue::Scalar(text, _) => match (node.boolean(), node.kind()) {
            (Some(value), _) => Value::Bool(value),
            (None, "a number") => number(text),
            _ => Value::String(text.to_string()),
        },
    }
}
