//! Users as CSV, where CSV can say what they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::worlds::dice::Dice;
use crate::worlds::world::{User, Value};

/// Whether cells can hold everything that is to be known of the user.
pub fn fits(user: &User) -> bool {
    custom_leaves(user).is_some()
}

/// The file's text; none for nobody, or where what one user has in a cell is a mapping for another.
pub fn users(users: &[&User], dice: &mut Dice) -> Option<String> {
    let leaves: Vec<BTreeMap<String, String>> = users.iter().map(|user| custom_leaves(user)).collect::<Option<_>>()?;
    let paths: BTreeSet<String> = leaves.iter().flat_map(|leaves| leaves.keys().cloned()).collect();
    let clash = |path: &String| paths.iter().any(|other| other.starts_with(&format!("{path}.")));
    if users.is_empty() || paths.iter().any(clash) {
        return None;
    }

    let mut columns = vec!["userId".to_owned()];
    let optional = [
        ("userType", users.iter().any(|user| user.user_type.is_some())),
        ("roles", users.iter().any(|user| user.roles.is_some())),
        ("entity", users.iter().any(|user| user.entity.is_some())),
        ("lastLogin", dice.chance(20)),
    ];
    for (name, needed) in optional {
        if needed || dice.chance(40) {
            columns.push(name.to_owned());
        }
    }
    columns.extend(paths.iter().map(|path| format!("customData.{path}")));
    dice.shuffle(&mut columns);

    let mut lines = vec![columns.iter().map(|name| cell(name, dice)).collect::<Vec<_>>().join(",")];
    for (user, leaves) in users.iter().zip(&leaves) {
        let cells: Vec<String> = columns.iter().map(|column| cell(&text_of(user, leaves, column), dice)).collect();
        lines.push(cells.join(","));
    }
    Some(lines.join("\n") + if dice.chance(85) { "\n" } else { "" })
}

fn text_of(user: &User, leaves: &BTreeMap<String, String>, column: &str) -> String {
    match column {
        "userId" => user.id.clone(),
        "userType" => user.user_type.map(|kind| kind.name().to_owned()).unwrap_or_default(),
        "roles" => user.roles.as_ref().map(|roles| roles.join(";")).unwrap_or_default(),
        "entity" => user.entity.clone().unwrap_or_default(),
        "lastLogin" => "2025-05-01T12:30:00Z".to_owned(),
        _ => {
            let path = column.strip_prefix("customData.").unwrap_or_default();
            leaves.get(path).cloned().unwrap_or_default()
        }
    }
}

/// The texts of the user's custom data by dotted path; none where something has no place in a cell.
/// Null, empty text and an empty cell all give no entity and so need no telling apart.
fn custom_leaves(user: &User) -> Option<BTreeMap<String, String>> {
    let separable = user.roles.iter().flatten().all(|role| !role.contains(';'));
    let mut leaves = BTreeMap::new();
    let complete = user.custom_data.as_ref().is_none_or(|data| collect("", data, &mut leaves));
    (separable && complete).then_some(leaves)
}

fn collect(prefix: &str, data: &BTreeMap<String, Value>, leaves: &mut BTreeMap<String, String>) -> bool {
    data.iter().all(|(key, value)| {
        let path = format!("{prefix}{key}");
        match value {
            _ if key.contains('.') => false,
            Value::List(_) => false,
            Value::Null => true,
            Value::Map(inner) => collect(&format!("{path}."), inner, leaves),
            Value::Text(text) => {
                leaves.insert(path, text.clone());
                true
            }
        }
    })
}

fn cell(text: &str, dice: &mut Dice) -> String {
    let needs_quotes = text.contains([',', '"', '\n', '\r']) || text.trim() != text;
    if needs_quotes || dice.chance(15) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
