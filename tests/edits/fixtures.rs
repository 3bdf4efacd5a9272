//! Every user, app and override of the fixtures.

use std::path::{Path, PathBuf};

use gatewalk::edit::{Change, Value as Written, diff};
use gatewalk::parse::{Node, Syntax};
use gatewalk::source::{Form, SourceMap, Span};
use serde_json::Value;

use super::git::{self, Case};
use super::layout::untyped;
use super::{applied, edit, file, said};

const FOLDERS: &[&str] = &["acme", "helpdesk", "pika-export", "guide", "thena-guide"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| extension != "gz") {
            found.push(path);
        }
    }
}

/// What all definitions say, and where they stand.
fn definitions(nodes: &[Node], out: &mut Vec<(Span, Value)>) {
    for node in nodes {
        let is_identity = |key: &str| ["userId", "user_id", "chatAppId", "chat_app_id"].contains(&key);
        let entries = node.entries().unwrap_or_default();
        if entries.iter().any(|entry| is_identity(&entry.key)) {
            out.push((node.span, untyped(&said(node))));
            continue;
        }
        let children = entries.iter().map(|entry| &entry.value);
        let items = if let gatewalk::parse::Value::List(items) = &node.value { items.as_slice() } else { &[] };
        for child in children.chain(items) {
            definitions(std::slice::from_ref(child), out);
        }
    }
}

/// The key that a definition has for a name, or would have.
fn key(definition: &Value, camel: &'static str, snake: &'static str) -> &'static str {
    let is_snake = definition.as_object().is_some_and(|entries| entries.keys().any(|key| key.trim_matches('_').contains('_')));
    if is_snake { snake } else { camel }
}

/// The changes, and what they make of a definition; nothing for one that cannot be made of it.
fn changes(definition: &Value) -> Vec<(Change<'static>, Option<Value>)> {
    let mut made = Vec::new();
    let change = |run: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        let mut changed = definition.clone();
        changed.as_object_mut().map(run);
        Some(changed)
    };
    let add = |entries: &mut serde_json::Map<String, Value>| {
        let list = entries.entry("roles").or_insert(Value::Null);
        let mut items = list.as_array().cloned().unwrap_or_default();
        items.push(Value::from("new-role"));
        *list = Value::from(items);
    };
    made.push((Change::Add { path: &["roles"], item: "new-role" }, change(&add)));
    let set = |entries: &mut serde_json::Map<String, Value>| {
        drop(entries.insert(key(definition, "userType", "user_type").to_owned(), Value::from("no")));
    };
    made.push((Change::Set { path: &["userType"], value: Written::Text("no") }, change(&set)));
    for (path, camel, snake) in
        [(&["roles"], "roles", "roles"), (&["userType"], "userType", "user_type"), (&["enabled"], "enabled", "enabled")]
    {
        let name = if definition.get(camel).is_some() { camel } else { snake };
        if definition.get(name).is_some() {
            let drop = |entries: &mut serde_json::Map<String, Value>| drop(entries.shift_remove(name));
            made.push((Change::Drop { path }, change(&drop)));
        }
    }
    made.push((Change::Remove, None));
    made
}

#[test]
fn every_definition_of_the_fixtures_can_be_changed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths = Vec::new();
    for folder in FOLDERS {
        files(&root.join(folder), &mut paths);
    }
    paths.sort();
    let (mut cases, mut not) = (Vec::new(), Vec::new());
    for path in &paths {
        let name = path.strip_prefix(&root).expect("below the fixtures").to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let form = if mark.is_empty() { Form::Plain } else { Form::Marked };
        let Some(read) = file(&name, &text, form) else { continue };
        let mut before = Vec::new();
        definitions(&read.documents, &mut before);
        for (at, (span, definition)) in before.iter().enumerate() {
            for (change, changed) in changes(definition) {
                let name = format!("{}/{name}", cases.len());
                let Some(edited) = edit(&read, &name, *span, &[change]) else {
                    not.push(format!("{name} {change:?} of {definition}"));
                    continue;
                };
                let after = applied(&text, &edited);
                let about = format!("{name} {change:?} of {definition}\n{after}");
                let mut expected: Vec<Value> = before.iter().map(|(_, value)| value.clone()).collect();
                match changed {
                    Some(changed) => *expected.get_mut(at).expect("it is there") = changed,
                    None => drop(expected.remove(at)),
                }
                let again = file(&name, &after, form).unwrap_or_else(|| panic!("not readable: {about}"));
                let mut found = Vec::new();
                definitions(&again.documents, &mut found);
                let found: Vec<Value> = found.into_iter().map(|(_, value)| value).collect();
                let is_csv = Syntax::of_name(&name) == Some(Syntax::Csv);
                // CSV has an order of its own, and nothing that is empty.
                assert!(is_csv || found == expected, "{about}");
                let mut named = SourceMap::default();
                let id = named.add_file(name.clone(), text.clone(), form);
                let patch = diff(named.file(id).expect("it was added"), &edited.splices);
                let Some(patch) = patch else { continue };
                let after = (!after.trim().is_empty()).then(|| format!("{mark}{after}").into_bytes());
                cases.push(Case { name, before: format!("{mark}{text}").into_bytes(), patch, after });
            }
        }
    }
    assert!(cases.len() > 500, "only {} edits", cases.len());
    assert!(not.len() < 20, "{} edits were not made:\n{}", not.len(), not.join("\n"));
    if git::is_there() {
        git::check(&cases);
    }
}
