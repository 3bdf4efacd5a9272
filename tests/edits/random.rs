//! Random definitions in random layouts, changed at random.

use fastrand::Rng;
use gatewalk::edit::{Change, Value as Written, diff};
use gatewalk::parse::Node;
use gatewalk::source::{Form, Span};
use serde_json::{Map, Value};

use super::git::{self, Case};
use super::layout::{Container, Layout, untyped};
use super::{applied, edit, file, said};

const NAMES: &[&str] =
    &["a", "b", "hr-team", "no", "0123", "1e3", "x y", "é", "it's", "q\"t", "a: b", "#c", "12:30", "null", "-", "[x]", "a,b", " lead", "~"];

/// A change that owns what it is about.
#[derive(Clone, Debug)]
enum Made {
    Set(&'static [&'static str], Option<&'static str>),
    Add(&'static str),
    Take(&'static str),
    Drop(&'static [&'static str]),
    Append(&'static str),
    Remove,
    Follow(&'static str),
}

const ACCOUNT: &[&str] = &["customData", "accountId"];
const TYPE: &[&str] = &["userType"];
const LEAD: &[&str] = &["isLead"];

fn name(rng: &mut Rng) -> &'static str {
    NAMES[rng.usize(..NAMES.len())]
}

fn made(rng: &mut Rng) -> Made {
    match rng.u8(..11) {
        0 => Made::Set(TYPE, Some(name(rng))),
        1 => Made::Set(ACCOUNT, Some(name(rng))),
        2 => Made::Set(LEAD, None),
        3 | 4 => Made::Add(name(rng)),
        5 => Made::Take(["a", "b"][rng.usize(..2)]),
        6 => Made::Take(name(rng)),
        7 => Made::Drop([&["roles"], TYPE, ACCOUNT, &["customData"], &["members"]][rng.usize(..5)]),
        8 => Made::Append(name(rng)),
        9 => Made::Remove,
        _ => Made::Follow(name(rng)),
    }
}

fn spelled(snake: bool, name: &str) -> String {
    let snakes = [("userId", "user_id"), ("userType", "user_type"), ("customData", "custom_data"), ("isLead", "is_lead")];
    let found = snakes.iter().find(|(camel, _)| snake && *camel == name);
    found.map_or(name, |(_, as_snake)| as_snake).to_owned()
}

fn definition(rng: &mut Rng, id: usize, snake: bool, is_csv: bool) -> Value {
    let mut map = Map::new();
    let key = |name: &str| spelled(snake, name);
    let names = |rng: &mut Rng| -> Vec<Value> { (0..rng.usize(..4)).map(|_| Value::from(["a", "b", name(rng)][rng.usize(..3)])).collect() };
    let id = (key("userId"), Value::from(format!("u{id}")));
    let mut fields = vec![("roles".to_owned(), Value::from(names(rng))), (key("userType"), Value::from(name(rng)))];
    if !is_csv {
        fields.push((key("isLead"), Value::from(rng.bool())));
        fields.push(("note".to_owned(), Value::from(name(rng))));
        let member = |rng: &mut Rng| serde_json::json!({"user": name(rng), key("isLead"): rng.bool()});
        fields.push(("members".to_owned(), (0..rng.usize(..3)).map(|_| member(rng)).collect()));
        let mut custom = Map::new();
        if rng.bool() {
            custom.insert("accountId".to_owned(), Value::from(name(rng)));
        }
        if rng.bool() {
            custom.insert("team".to_owned(), Value::from(name(rng)));
        }
        fields.push((key("customData"), Value::Object(custom)));
    }
    fields.retain(|_| rng.u8(..4) != 0);
    for (_, value) in &mut fields {
        if !is_csv && rng.u8(..8) == 0 {
            *value = Value::Null;
        }
    }
    rng.shuffle(&mut fields);
    let at = if rng.u8(..4) == 0 { rng.usize(..=fields.len()) } else { 0 };
    fields.insert(at, id);
    map.extend(fields);
    Value::Object(map)
}

/// Makes a change on plain data; nothing where there is nothing to change.
fn expect(definitions: &mut Vec<Value>, at: usize, change: &Made, snake: bool) -> Option<()> {
    let key = |name: &str| spelled(snake, name);
    let map = definitions.get_mut(at)?.as_object_mut()?;
    let list = |map: &mut Map<String, Value>, name: &str, item: Value| {
        let list = map.entry(name).or_insert(Value::Null);
        if list.is_null() {
            *list = Value::Array(Vec::new());
        }
        list.as_array_mut().map(|list| list.push(item))
    };
    match change {
        Made::Set([name], value) => drop(map.insert(key(name), value.map_or(Value::Bool(true), Value::from))),
        Made::Set(path, value) => {
            let inner = map.entry(key(path.first()?)).or_insert(Value::Null);
            if inner.is_null() {
                *inner = Value::Object(Map::new());
            }
            inner.as_object_mut()?.insert((*path.last()?).to_owned(), value.map_or(Value::Bool(true), Value::from));
        }
        Made::Add(item) => list(map, "roles", Value::from(*item))?,
        Made::Append(user) => list(map, "members", serde_json::json!({"user": user, key("isLead"): true}))?,
        Made::Take(item) => {
            let list = map.get_mut("roles")?.as_array_mut()?;
            let before = list.len();
            list.retain(|found| found.as_str() != Some(item));
            (list.len() < before).then_some(())?;
        }
        Made::Drop([name]) => drop(map.shift_remove(&key(name))?),
        Made::Drop(path) => drop(map.get_mut(&key(path.first()?))?.as_object_mut()?.shift_remove(*path.last()?)?),
        Made::Remove => drop(definitions.remove(at)),
        Made::Follow(user) => definitions.insert(at + 1, serde_json::json!({"user": user, key("isLead"): true})),
    }
    Some(())
}

/// Calls `run` with the change as the library has it.
fn with<T>(made: &[Made], run: impl FnOnce(&[Change<'_>]) -> T) -> T {
    let fields: Vec<[(&str, Written<'_>); 2]> = made
        .iter()
        .map(|made| match made {
            Made::Append(user) | Made::Follow(user) => [("user", Written::Text(user)), ("isLead", Written::True)],
            _ => [("user", Written::True), ("isLead", Written::True)],
        })
        .collect();
    let changes: Vec<Change<'_>> = made
        .iter()
        .zip(&fields)
        .map(|(made, fields)| match made {
            Made::Set(path, value) => Change::Set { path, value: value.map_or(Written::True, Written::Text) },
            Made::Add(item) => Change::Add { path: &["roles"], item },
            Made::Take(item) => Change::Take { path: &["roles"], item },
            Made::Drop(path) => Change::Drop { path },
            Made::Append(_) => Change::Append { path: &["members"], fields },
            Made::Remove => Change::Remove,
            Made::Follow(_) => Change::Follow { fields },
        })
        .collect();
    run(&changes)
}

/// The spans of definitions, in the order of the text.
fn spans(nodes: &[Node], out: &mut Vec<Span>) {
    for node in nodes {
        let id = node.get("userId").or_else(|| node.get("user_id"));
        if id.is_some() {
            out.push(node.span);
            continue;
        }
        match &node.value {
            gatewalk::parse::Value::List(items) => spans(items, out),
            gatewalk::parse::Value::Map(entries) => entries.iter().for_each(|entry| spans(std::slice::from_ref(&entry.value), out)),
            gatewalk::parse::Value::Scalar(..) => {}
        }
    }
}

/// What the whole text says, in the container of its layout.
fn whole(definitions: &[Value], layout: &Layout) -> Value {
    let list = Value::from(definitions.to_vec());
    match (layout.extension, layout.container) {
        ("csv" | "ndjson", _) | (_, Container::Documents) => list,
        (_, Container::Key) => serde_json::json!([{"users": list, "other": "1"}]),
        _ => Value::from(vec![list]),
    }
}

/// A value without what is empty.
fn filled(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(filled).collect(),
        Value::Object(entries) => {
            let filled = entries.iter().map(|(key, value)| (key.clone(), filled(value)));
            let is_empty = |value: &Value| {
                matches!(value, Value::Null) || value == &serde_json::json!([]) || value == &serde_json::json!({}) || value == ""
            };
            Value::Object(filled.filter(|(_, value)| !is_empty(value)).collect())
        }
        _ => value.clone(),
    }
}

/// What is in a file of a layout: custom data has one spelling in CSV.
fn in_layout(value: Value, layout: &Layout) -> Value {
    let value = if layout.typed { untyped(&value) } else { value };
    if layout.extension != "csv" {
        return value;
    }
    let text = ["user_id", "user_type", "custom_data"].iter().zip(["userId", "userType", "customData"]);
    let value = text.fold(filled(&value).to_string(), |text, (snake, camel)| text.replace(snake, camel));
    let mut value: Value = serde_json::from_str(&value).expect("it is JSON");
    value.sort_all_objects();
    value
}

/// What another reader of YAML takes a text for, numbers as texts.
fn second_reading(text: &str) -> Result<Value, serde_yaml::Error> {
    fn plain(value: Value) -> Value {
        match value {
            Value::Number(number) => Value::String(number.to_string()),
            Value::Array(items) => items.into_iter().map(plain).collect(),
            Value::Object(entries) => Value::Object(entries.into_iter().map(|(key, value)| (key, plain(value))).collect()),
            _ => value,
        }
    }
    serde_yaml::Deserializer::from_str(text).map(|document| serde::Deserialize::deserialize(document).map(plain)).collect()
}

/// One random edit; the case for git if it was made.
fn sample(seed: u64, counts: &mut Counts) -> Option<Case> {
    let rng = &mut Rng::with_seed(seed);
    let layout = Layout::any(rng);
    let is_csv = layout.extension == "csv";
    let mut definitions: Vec<Value> = (0..rng.usize(1..4)).map(|id| definition(rng, id, layout.snake, is_csv)).collect();
    let mut text = layout.text(&definitions, rng);
    // Of a large file, no more is read again than has to be.
    let large = "\n".repeat(1 << 16);
    match rng.u8(..16) {
        0 if !layout.crlf => text.insert_str(0, &large),
        1 if layout.ends => text.push_str(&large),
        _ => {}
    }
    let name = format!("{} {seed}.{}", ["a", "ü", "b/c", "q\"t"][rng.usize(..4)], layout.extension);
    let form = if layout.is_marked { Form::Marked } else { Form::Plain };
    let Some(read) = file(&name, &text, form) else {
        counts.unread += 1;
        return None;
    };
    let before: Value = read.documents.iter().map(said).collect();
    let before = in_layout(before, &layout);
    assert_eq!(before, in_layout(whole(&definitions, &layout), &layout), "{seed} {layout:?}\n{text}");
    let mut found = Vec::new();
    spans(&read.documents, &mut found);
    let at = rng.usize(..definitions.len());
    let mut changes: Vec<Made> = (0..rng.usize(1..4)).map(|_| made(rng)).collect();
    if let Some(only) = changes.iter().find(|change| matches!(change, Made::Remove)).cloned() {
        changes = vec![only];
    }
    let mut possible = true;
    for change in &changes {
        possible &= expect(&mut definitions, at, change, layout.snake).is_some();
    }
    let edited = with(&changes, |changes| edit(&read, &name, found[at], changes));
    counts.made += usize::from(edited.is_some());
    let Some(edited) = edited else {
        if possible && !is_csv {
            counts.missed.push(format!("{seed} {layout:?}\n{changes:?} at {at}\n{}", text.trim()));
        }
        return None;
    };
    assert!(possible, "{seed} {layout:?}\n{changes:?} at {at}\n{text}");
    let after = applied(&text, &edited);
    let about = format!("{seed} {layout:?}\n{changes:?} at {at}\n{}\n=>\n{}", text.trim(), after.trim());
    let read_again = file(&name, &after, form).unwrap_or_else(|| panic!("not readable: {about}"));
    let said_again: Value = read_again.documents.iter().map(said).collect();
    let mut said_again = in_layout(said_again, &layout);
    let expected = in_layout(whole(&definitions, &layout), &layout);
    if layout.extension == "yaml" && said_again == serde_json::json!([null]) {
        said_again = serde_json::json!([]);
    }
    assert_eq!(said_again, expected, "{about}");
    if layout.extension == "yaml" && !after.trim().is_empty() {
        let other = second_reading(&after).unwrap_or_else(|error| panic!("{error}: {about}"));
        let other = if other == serde_json::json!([null]) { serde_json::json!([]) } else { other };
        assert_eq!(other, expected, "another reader: {about}");
    }
    let shrinks = changes.iter().any(|change| matches!(change, Made::Take(_) | Made::Drop(_) | Made::Remove));
    let lost = (1..100).map(|number| format!("# c{number}.")).find(|comment| text.contains(comment) && !after.contains(comment));
    assert!(shrinks || lost.is_none(), "{lost:?} is lost: {about}");
    let blank = after.trim().is_empty();
    let mark = if layout.is_marked { "\u{feff}" } else { "" };
    let source = read.sources.files().next()?;
    let Some(patch) = diff(source, &edited.splices) else {
        assert_eq!(text, after, "{about}");
        return None;
    };
    let after = (!blank).then(|| format!("{mark}{after}").into_bytes());
    Some(Case { name, before: format!("{mark}{text}").into_bytes(), patch, after })
}

#[derive(Default)]
struct Counts {
    made: usize,
    unread: usize,
    missed: Vec<String>,
}

#[test]
fn changed_files_say_what_is_expected_and_git_agrees() {
    let mut counts = Counts::default();
    let seeds: u64 = std::env::var("GATEWALK_EDITS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(1500);
    let cases: Vec<Case> = (0..seeds).filter_map(|seed| sample(seed, &mut counts)).collect();
    let Counts { made, unread, missed } = counts;
    let all = usize::try_from(seeds).unwrap_or_default();
    assert!(unread * 50 < all, "{unread} files were not readable");
    assert!(
        missed.len() * 40 < all,
        "{} edits were not made, such as\n{}",
        missed.len(),
        missed.iter().take(8).cloned().collect::<Vec<_>>().join("\n----\n")
    );
    assert!(made * 2 > all, "only {made} edits");
    if git::is_there() {
        git::check(&cases);
    }
}
