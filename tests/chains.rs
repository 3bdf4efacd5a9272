//! Every link of every chain in the fixtures points at the text that makes it.
//!
//! What has to stand at a place follows from the sentence of the link and is looked up in the raw text of the file.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

use gatewalk::compile::{Compiler, Link, Options, Targets};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, Workspace};
use gatewalk::walk::{Step, Subject, WhatIf, trace};

const AT: &str = "2026-03-01T12:00:00Z";

fn workspace(folder: &str) -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    load(&Request { root, files: Vec::new(), changes: None }).unwrap_or_else(|invalid| panic!("{folder}: {:#?}", invalid.problems))
}

/// Text without the quotes and braces around names, so that YAML and JSON read alike.
fn plain(text: &str) -> String {
    text.chars().filter(|found| !matches!(found, '"' | '\'' | '{' | '}')).collect::<String>().replace(", ", "\n").replace(' ', "")
}

/// Whether a mapping's text has a field with this value.
fn has(text: &str, field: &str, value: &str) -> bool {
    plain(text).split(['\n', ',']).any(|line| line.trim_start_matches('-') == format!("{field}:{value}"))
}

/// The words of a sentence, without commas and full stops.
fn words(what: &str) -> Vec<&str> {
    what.split([' ', ',', ':', ';']).filter(|word| !word.is_empty()).collect()
}

/// What kind of link a sentence is, and whether the text at its place says so.
fn says(what: &str, text: &str) -> (&'static str, bool) {
    match words(what).as_slice() {
        ["role", role, kind, action, ..] => {
            let listed = plain(text).contains(action);
            ("role's permission", has(text, "resource", kind) && listed && !role.is_empty())
        }
        ["custom", "permission", name, ..] => ("custom permission", has(text, "name", name)),
        ["policy", _, "rule", _] => ("policy's rule", has(text, "effect", "allow") || has(text, "effect", "deny")),
        ["level", name, ..] => ("level", has(text, "name", name)),
        ["escalation", "to", role] => ("escalation", has(text, "escalate_to", role) || has(text, "escalateTo", role)),
        [name, "escalates", "to", _] => ("escalation's condition", plain(text) == *name),
        ["what", _, "may", "do", "whatever", "the", "scope", rest @ ..] => {
            let (_, holds) = says(&rest.join(" "), text);
            ("base role's permission", holds)
        }
        ["an", "assignment", "gives", "the", "members", "of", team, "the", held, name, ..] => {
            ("assignment to a team", has(text, "team", team) && has(text, held, name))
        }
        ["an", "assignment", "gives", who, "the", held, name, ..] => {
            ("assignment", (has(text, "user", who) || has(text, "role", who)) && has(text, held, name))
        }
        ["team-based", "access", "gives", "every", "member", "the", "role", role] => ("base role", plain(text) == *role),
        [user, "is", "a", "member", "of", "the", "team", _, "as", role] => {
            ("membership", has(text, "user", user) && has(text, "role", role))
        }
        [user, "is", "a", "member", "of", "the", "team", _] => ("membership of a team", has(text, "user", user)),
        ["the", "inheritance", "of", _, "is", "on"] => ("inheritance", text == "true"),
        [_, "is", "part", "of", parent] => ("parent", plain(text) == *parent),
        ["the", "conditions", _, "hold"] => ("conditions", text.contains(':')),
        [user, "is", "assigned", "to", "the", "team", team, ..] => ("assigned", has(text, "user", user) && has(text, "team", team)),
        [_, "started", "on", ..] => ("start", text.starts_with(['2', '"'])),
        [_, "inherits", role] => ("inherited role", plain(text) == *role),
        [_, "has", "the", "permission", name] => ("listed permission", plain(text) == *name),
        [_, "has", "the", "role", role] => ("own role", plain(text) == *role),
        _ => ("unknown", false),
    }
}

/// Counts the links of a step by kind, and tells which are wrong.
fn check(workspace: &Workspace, asked: &str, step: &Step, seen: &mut BTreeMap<&'static str, usize>, wrong: &mut Vec<String>) {
    for Link { what, span } in &step.via {
        let text = span.map(|span| workspace.sources().slice(span)).unwrap_or_default();
        let (kind, holds) = says(what, text);
        *seen.entry(kind).or_default() += 1;
        if !holds {
            wrong.push(format!("{asked}, {}: `{what}` ({kind}) points at {text:?}", step.gate.name()));
        }
    }
    if let (Some(last), Some(source)) = (step.via.last(), step.source)
        && last.span != Some(source)
    {
        wrong.push(format!("{asked}, {}: the chain does not end at the source", step.gate.name()));
    }
}

#[test]
fn every_link_points_at_what_makes_it() {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for folder in ["helpdesk", "thena-guide/yaml", "thena-guide/json"] {
        let workspace = workspace(folder);
        let nothing = WhatIf::default();
        let options = Options { at: AT.parse().expect("a time"), ..Options::default() };
        let mut compiler = Compiler::new(&workspace, options);
        let targets = Targets { types: true, instances: true, ..Targets::default() }.of(&workspace);
        let lists: Vec<_> = targets.iter().step_by(2).map(|target| compiler.compile(target).expect("the target is known")).collect();
        for user in workspace.users() {
            let subject = Subject::new(&workspace, user, Semantics::Documented, &nothing);
            for list in &lists {
                for step in &trace(list, &subject).steps {
                    check(&workspace, &format!("{folder}: {} {}", subject.name(), list.target), step, &mut seen, &mut wrong);
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} links:\n{}", wrong.len(), wrong.iter().take(30).cloned().collect::<Vec<_>>().join("\n"));
    let kinds = [
        "role's permission",
        "custom permission",
        "policy's rule",
        "level",
        "escalation",
        "escalation's condition",
        "base role's permission",
        "assignment",
        "assignment to a team",
        "base role",
        "membership",
        "membership of a team",
        "inheritance",
        "parent",
        "inherited role",
        "listed permission",
        "conditions",
        "assigned",
        "start",
        "own role",
    ];
    for kind in kinds {
        assert!(seen.contains_key(kind), "no chain has a link of the kind {kind}; seen: {seen:?}");
    }
}
