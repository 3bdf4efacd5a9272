//! Wrappers off: exports and API answers are read as the documents they hold.

use super::dynamodb;
use super::node::{Entry, Node, Value};
use super::spelling::{camel, means};
use crate::diagnostic::{Code, Diagnostic};

/// Fields that identify a document that Pika stores; the value tells whether it is DynamoDB JSON.
const IDENTITIES: &[&str] = &["chatAppId", "userId"];

/// Keys under which definitions are wrapped.
const WRAPPERS: &[&str] = &["Items", "Item", "pikaConfig"];

/// The keys of a mapping of kinds.
pub const KINDS: &[&str] = &[
    "chatApps",
    "overrides",
    "users",
    "siteFeatures",
    "resources",
    "instances",
    "permissions",
    "roles",
    "teams",
    "assignments",
    "policies",
    "patterns",
    "conditions",
];

/// What is inside a top-level value: a list's items, an export's items, an API answer, each without its wrapper.
///
/// An export that stops before its end is a problem and gives nothing.
pub fn unwrap(node: Node, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    let mut out = Vec::new();
    unwrap_into(node, &mut out, problems);
    out
}

fn unwrap_into(mut node: Node, out: &mut Vec<Node>, problems: &mut Vec<Diagnostic>) {
    if let Value::List(items) = node.value {
        for item in items {
            unwrap_into(item, out, problems);
        }
        return;
    }
    if node.is_null() {
        return;
    }
    // A definition may have a field `count`; only what holds definitions counts them.
    if identity(&node).is_none()
        && let Some(problem) = truncated(&node)
    {
        problems.push(problem);
        return;
    }
    for wrapper in WRAPPERS {
        if let Some(inner) = take(&mut node, wrapper) {
            let fits = match *wrapper {
                "Items" => matches!(inner.value, Value::List(_)),
                _ => matches!(inner.value, Value::Map(_)),
            };
            if fits {
                unwrap_into(inner, out, problems);
                // What stands beside a wrapper is its own book-keeping, or was meant to be read.
                if has_more(&node) {
                    unwrap_into(node, out, problems);
                }
                return;
            }
            let expected = if *wrapper == "Items" { "a list" } else { "a mapping" };
            problems.push(Diagnostic::new(Code::WrongType, inner.span, format!("`{wrapper}` is {}, expected {expected}", inner.kind())));
            return;
        }
    }
    match identity(&node) {
        Some(identity) if dynamodb::is_record(&identity.value) => match dynamodb::plain(&node) {
            Ok(record) => out.push(record),
            Err(problem) => problems.push(problem),
        },
        _ => out.push(node),
    }
}

/// The field that makes a mapping a definition of its own.
fn identity(node: &Node) -> Option<&Entry> {
    node.entries()?.iter().find(|entry| IDENTITIES.iter().any(|name| means(&entry.key, name)))
}

/// What exports and answers say about themselves, in lower case.
const BOOK_KEEPING: &[&str] = &[
    "count",
    "scannedcount",
    "consumedcapacity",
    "responsemetadata",
    "$metadata",
    "nexttoken",
    "lastevaluatedkey",
    "success",
    "statuscode",
    "message",
];

fn is_book_keeping(key: &str) -> bool {
    BOOK_KEEPING.contains(&camel(key).to_lowercase().as_str())
}

/// Whether a mapping has more than book-keeping.
fn has_more(node: &Node) -> bool {
    node.entries().unwrap_or_default().iter().any(|entry| !is_book_keeping(&entry.key))
}

/// Takes the value of `key` out of a mapping.
fn take(node: &mut Node, key: &str) -> Option<Node> {
    let Value::Map(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|entry| means(&entry.key, key))?;
    Some(entries.swap_remove(at).value)
}

/// The problem of an export that says itself that there is more.
fn truncated(node: &Node) -> Option<Diagnostic> {
    let goes_on = |entry: &&Entry| matches!(camel(&entry.key).to_lowercase().as_str(), "nexttoken" | "lastevaluatedkey");
    if let Some(entry) = node.entries()?.iter().filter(|entry| !entry.value.is_null()).find(goes_on) {
        return Some(
            Diagnostic::new(Code::TruncatedExport, entry.key_span, format!("`{}` says that this export goes on", entry.key))
                .help("export all pages: decisions over a part of the definitions would be wrong"),
        );
    }
    let entries = node.entries()?;
    let lists = || {
        entries.iter().filter_map(|entry| if let Value::List(items) = &entry.value.value { Some((&entry.key, items.len())) } else { None })
    };
    // The items of an export, or the only list of an answer.
    let (name, items) = lists().find(|(key, _)| &***key == "Items").or_else(|| lists().next().filter(|_| lists().count() == 1))?;
    let is_count = |entry: &&Entry| entry.key.eq_ignore_ascii_case("count") && !entry.value.is_null();
    let count = &entries.iter().find(is_count)?.value;
    if count.text().and_then(|text| text.parse::<usize>().ok()) == Some(items) {
        return None;
    }
    let written = count.text().unwrap_or("something else");
    Some(
        Diagnostic::new(Code::TruncatedExport, count.span, format!("the count is {written}, but `{name}` holds {items}"))
            .help("export the table again: decisions over a part of the definitions would be wrong"),
    )
}
