//! What each change makes of each way to write a definition.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod anything;
mod blocks;
mod brackets;
mod cells;
mod members;
mod patches;

use super::splices::applied;
use super::{Change, Value, edit_beyond};
use crate::parse::{self, Node, Syntax};
use crate::source::{Form, SourceMap, Span};

const ADD: Change<'_> = Change::Add { path: &["roles"], item: "new" };
const TAKE: Change<'_> = Change::Take { path: &["roles"], item: "b" };
const TYPE: Change<'_> = Change::Set { path: &["userType"], value: Value::Text("internal-user") };
const ENABLE: Change<'_> = Change::Set { path: &["enabled"], value: Value::True };
const ACCOUNT: Change<'_> = Change::Set { path: &["customData", "accountId"], value: Value::Text("a1") };
const DROP: Change<'_> = Change::Drop { path: &["roles"] };
const FOLLOW: Change<'_> = Change::Follow { fields: &[("user", Value::Text("x")), ("roleName", Value::Text("no"))] };
const MEMBER: Change<'_> = Change::Append { path: &["members"], fields: &[("user", Value::Text("x")), ("isLead", Value::True)] };

/// The span of the first mapping that says `u`.
fn definition(nodes: &[Node]) -> Option<Span> {
    nodes.iter().find_map(|node| {
        let children: Vec<Node> = (0..).map_while(|index| super::step::child(node, index).cloned()).collect();
        let says = |child: &Node| child.text() == Some("u") || child.get("S").and_then(Node::text) == Some("u");
        let inner = node.entries().is_some() && node.get("S").is_none() && children.iter().any(says);
        if inner { Some(node.span) } else { definition(&children) }
    })
}

/// The text after changes of the definition that says `u`; the same whether much or little of it is read again.
fn changed(syntax: Syntax, text: &str, changes: &[Change<'_>]) -> Option<String> {
    let mut sources = SourceMap::default();
    let file = sources.add_file("a".to_owned(), text.to_owned(), Form::Plain);
    let mut problems = Vec::new();
    let nodes = parse::parse(file, syntax, &sources, &mut problems);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    let span = definition(&nodes).unwrap_or_else(|| panic!("no definition in\n{text}"));
    let source = sources.file(file).expect("it was added");
    let whole = edit_beyond(usize::MAX, source, syntax, span, changes);
    let little = edit_beyond(0, source, syntax, span, changes);
    // The neighbours of a definition, which say how things are written, are all there only in a small file.
    let values = |edited: &super::Edited| {
        let text = applied(text, &edited.splices).expect("the splices are in order");
        let mut sources = SourceMap::default();
        let file = sources.add(String::new(), text);
        parse::parse(file, syntax, &sources, &mut Vec::new())
    };
    match (&whole, &little) {
        (Some(whole), Some(little)) => assert!(super::step::same(&values(whole), &values(little)), "{changes:?} of\n{text}"),
        _ => assert_eq!(whole.is_some(), little.is_some(), "in a small file and in a large one, {changes:?} of\n{text}"),
    }
    whole.map(|edited| applied(text, &edited.splices).expect("the splices are in order"))
}

/// Checks a change of a text, also with lines that end otherwise, and without the last line break.
fn check(syntax: Syntax, text: &str, change: Change<'_>, expected: &str) {
    assert_eq!(changed(syntax, text, &[change]).as_deref(), Some(expected), "{change:?} of\n{text}");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    if text.contains('\n') {
        assert_eq!(changed(syntax, &crlf(text), &[change]), Some(crlf(expected)), "{change:?} of, with CRLF,\n{text}");
    }
    if let (Some(text), Some(expected)) = (text.strip_suffix('\n'), expected.strip_suffix('\n')) {
        assert_eq!(changed(syntax, text, &[change]).as_deref(), Some(expected), "{change:?} of, without a last line break,\n{text}");
    }
}

fn yaml(text: &str, change: Change<'_>, expected: &str) {
    check(Syntax::Yaml, text, change, expected);
}

fn json(text: &str, change: Change<'_>, expected: &str) {
    check(Syntax::Json, text, change, expected);
}
