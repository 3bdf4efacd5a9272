//! Texts with some damage, changed in every mapping: an edit says what it should in the whole text, or there is none.

use fastrand::Rng;

use super::super::step::{find, places, same};
use super::super::{Change, edit_beyond, plan};
use super::{ACCOUNT, ADD, DROP, ENABLE, FOLLOW, MEMBER, TAKE, TYPE, applied};
use crate::parse::{self, Node, Syntax};
use crate::source::{Form, SourceMap, Span};

const CHANGES: &[Change<'_>] = &[ADD, TAKE, TYPE, ENABLE, ACCOUNT, DROP, FOLLOW, MEMBER, Change::Remove];

const TEXTS: &[(Syntax, &str)] = &[
    (
        Syntax::Yaml,
        "- userId: u\n  roles: [a, b] # c\n  customData:\n    x: y\n# d\n- userId: v\n  roles:\n  - a\n  - b\n  members: [{user: a}]\n",
    ),
    (Syntax::Yaml, "---\nuserId: u\nroles: &r\n  - a\n  - b\n---\nuserId: v\nnote: |\n  a: b\n   # c\n\nroles: [\n  a, # x\n  b,\n]\n"),
    (
        Syntax::Yaml,
        "users: # all\n  - {userId: u, roles: [b]}\n  - userId: v\n    roles: &r [a, b]\n    user_type: 'x'\n  - userId: w\n    roles: *r\nother:\n",
    ),
    (
        Syntax::Yaml,
        "userId: u\nnote: >-\n  a\n  b\ntext: \"a\n  b\"\nplain: a\n  b\nroles:\n\n  # c\n  - b\n  - - a\n    - x: y\ncustomData: {}\n...\n",
    ),
    (Syntax::Yaml, "[\n  {userId: u, roles: [a, b]},\n  {\"userId\": v,\n   roles: [\"b\"]}, # c\n  {userId: w}\n]\n"),
    (
        Syntax::Json,
        "[\n  {\n    \"userId\": \"u\",\n    \"roles\": [\n      \"a\",\n      \"b\"\n    ]\n  },\n  {\"userId\": \"v\", \"roles\": []}\n]\n",
    ),
    (
        Syntax::Json,
        "{\"Items\":[{\"userId\":{\"S\":\"u\"},\"roles\":{\"L\":[{\"S\":\"b\"}]}},{\"userId\":{\"S\":\"v\"},\"roles\":{\"SS\":[\"b\",\"a\"]}}]}",
    ),
    (
        Syntax::Ndjson,
        "{\"userId\":\"u\",\"roles\":[\"b\"]}\n[{\"userId\":\"v\"}, {\"userId\":\"w\"}]\n{\"Item\":{\"userId\":{\"S\":\"x\"}}}\n",
    ),
];

const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "- ",
    "- x: y\n",
    "#",
    " # x\n",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "a",
    "b",
    "|",
    ">",
    "'",
    "\"",
    "&a ",
    "*a",
    "*r",
    "---\n",
    "\t",
    "\r\n",
    "? ",
    "roles: ",
    "\"roles\":",
    "null",
    "~",
    "é",
    "...\n",
    "-\n",
];

fn damage(text: &mut String, rng: &mut Rng) {
    let place = |text: &str, rng: &mut Rng| {
        let at = rng.usize(..=text.len());
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let start = place(text, rng);
    let end = (start + rng.usize(..4)).min(text.len());
    let end = if rng.bool() && text.is_char_boundary(end) { end } else { start };
    let piece = PIECES.get(rng.usize(..PIECES.len())).copied().unwrap_or_default();
    text.replace_range(start..end, if rng.u8(..4) == 0 { "" } else { piece });
}

fn read(text: &str, syntax: Syntax) -> Option<(SourceMap, Vec<Node>)> {
    let mut sources = SourceMap::default();
    let file = sources.add_file("a".to_owned(), text.to_owned(), Form::Plain);
    let mut problems = Vec::new();
    let documents = parse::parse(file, syntax, &sources, &mut problems);
    problems.is_empty().then_some((sources, documents))
}

fn mappings(nodes: &[Node], out: &mut Vec<Span>) {
    for node in nodes {
        out.extend(node.entries().map(|_| node.span));
        let children: Vec<Node> = (0..).map_while(|index| super::super::step::child(node, index).cloned()).collect();
        mappings(&children, out);
    }
}

/// What the whole text should say; nothing for a definition that stands in it twice.
fn expected(documents: &[Node], span: Span, change: &Change<'_>) -> Option<Vec<Node>> {
    let places = places(documents, span);
    let [at] = places.as_slice() else { return None };
    let parent = at.split_last().and_then(|(_, into)| Some((into, find(documents, into)?)));
    let is_item =
        parent.is_some_and(|(_, parent)| parent.entries().is_some_and(|entries| entries.len() == 1) && parent.get("Item").is_some());
    let at = match parent {
        Some((into, _)) if is_item && matches!(change, Change::Remove) => into,
        _ => at,
    };
    let definition = find(documents, at)?;
    let mut documents = documents.to_vec();
    for step in plan::steps(definition, at, plan::is_typed(definition), change)? {
        step.make(&mut documents)?;
    }
    Some(documents)
}

#[test]
fn an_edit_is_right_or_there_is_none() {
    let (mut made, mut tried) = (0, 0);
    let seeds = std::env::var("GATEWALK_EDITS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(6000);
    for seed in 0..seeds {
        let rng = &mut Rng::with_seed(seed);
        let Some((syntax, text)) = TEXTS.get(rng.usize(..TEXTS.len())) else { continue };
        let mut text = (*text).to_owned();
        for _ in 0..rng.u8(..4) {
            damage(&mut text, rng);
        }
        let Some((sources, documents)) = read(&text, *syntax) else { continue };
        let Some(source) = sources.files().next() else { continue };
        let mut spans = Vec::new();
        mappings(&documents, &mut spans);
        for span in spans {
            let Some(change) = CHANGES.get(rng.usize(..CHANGES.len())) else { continue };
            for small in [0, usize::MAX] {
                tried += 1;
                let Some(edited) = edit_beyond(small, source, *syntax, span, &[*change]) else { continue };
                made += 1;
                let after = applied(&text, &edited.splices).unwrap_or_default();
                let about = || format!("{seed} {small} {change:?} of {:?} in\n{text}\n=>\n{after}", sources.slice(span));
                let (_, found) = read(&after, *syntax).unwrap_or_else(|| panic!("not readable: {}", about()));
                let expected = expected(&documents, span, change).unwrap_or_else(|| panic!("not possible: {}", about()));
                assert!(same(&expected, &found), "{}", about());
            }
            // A place that is none is no definition, and no reason to stop.
            let wrong = Span { start: span.start + rng.u32(..9), end: span.end.saturating_sub(rng.u32(..9)), ..span };
            let _ = edit_beyond(0, source, *syntax, wrong, &[*change]);
        }
    }
    assert!(made * 3 > tried, "only {made} of {tried}");
}
