//! Documents by a grammar: ordinary ones, with as many unusual things as are asked for.

use fastrand::Rng;

use super::words::{COMMENTS, IN_FLOW, KEYS, PLAIN, QUOTED, UNUSUAL};
use crate::parse::node::{Node, Value};

/// Any one of these.
pub(super) fn pick<'t>(rng: &mut Rng, from: &[&'t str]) -> &'t str {
    rng.choice(from).unwrap_or(&"")
}

/// Whether something comes that stands once in `one_in` places; never with 0.
fn once_in(rng: &mut Rng, one_in: u32) -> bool {
    one_in > 0 && rng.u32(0..one_in) == 0
}

/// One or several documents; about one of `unusual` values is no ordinary one.
pub(super) fn stream(rng: &mut Rng, unusual: u32) -> String {
    let mut out = String::new();
    for at in 0..rng.usize(1..3) {
        line_noise(rng, &mut out);
        if at > 0 || rng.bool() {
            out.push_str(pick(rng, &["---\n", "---\n", "--- \n", "--- # x\n"]));
            line_noise(rng, &mut out);
        }
        let indent = if rng.u8(0..8) == 0 { rng.usize(0..4) } else { 0 };
        out.push_str(&" ".repeat(indent));
        collection(rng, &mut out, indent, 0, unusual);
    }
    line_noise(rng, &mut out);
    if rng.u8(0..4) == 0 {
        out.truncate(out.trim_end_matches('\n').len());
    }
    out
}

/// A list of mappings, as most files of users are.
pub(super) fn list(rng: &mut Rng) -> String {
    let mut out = String::new();
    for _ in 0..rng.usize(2..9) {
        out.push_str("- ");
        mapping(rng, &mut out, 2, 1, 0);
        line_noise(rng, &mut out);
    }
    out
}

/// The items of a list.
pub(super) fn items(node: &Node) -> Vec<Node> {
    match &node.value {
        Value::List(items) => items.clone(),
        _ => Vec::new(),
    }
}

/// Blank lines and comments.
fn line_noise(rng: &mut Rng, out: &mut String) {
    while rng.u8(0..6) == 0 {
        out.push_str(pick(rng, &["", "", "  ", "        "]));
        out.push_str(if rng.bool() { "" } else { pick(rng, COMMENTS) });
        out.push('\n');
    }
}

fn end_line(rng: &mut Rng, out: &mut String) {
    match rng.u8(0..20) {
        0 => out.push_str("  "),
        1 => {
            out.push_str("  ");
            out.push_str(pick(rng, COMMENTS));
        }
        _ => {}
    }
    out.push('\n');
    line_noise(rng, out);
}

/// A list or mapping whose first line is already indented.
fn collection(rng: &mut Rng, out: &mut String, indent: usize, depth: usize, unusual: u32) {
    if rng.bool() { mapping(rng, out, indent, depth, unusual) } else { sequence(rng, out, indent, depth, unusual) }
}

fn mapping(rng: &mut Rng, out: &mut String, indent: usize, depth: usize, unusual: u32) {
    let mut keys = KEYS.to_vec();
    rng.shuffle(&mut keys);
    keys.truncate(rng.usize(1..5));
    for (at, key) in keys.into_iter().enumerate() {
        if at > 0 {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(key);
        out.push(':');
        match rng.u8(0..10) {
            0 => end_line(rng, out),
            1 | 2 if depth < 4 => {
                end_line(rng, out);
                let inner = indent + rng.usize(1..4);
                out.push_str(&" ".repeat(inner));
                collection(rng, out, inner, depth + 1, unusual);
            }
            3 if depth < 4 => {
                end_line(rng, out);
                out.push_str(&" ".repeat(indent));
                sequence(rng, out, indent, depth + 1, unusual);
            }
            4 => {
                end_line(rng, out);
                out.push_str(&" ".repeat(indent + 1));
                value(rng, out, unusual);
            }
            _ => {
                out.push_str(pick(rng, &[" ", " ", " ", "  "]));
                value(rng, out, unusual);
            }
        }
    }
}

fn sequence(rng: &mut Rng, out: &mut String, indent: usize, depth: usize, unusual: u32) {
    for at in 0..rng.usize(1..4) {
        if at > 0 {
            out.push_str(&" ".repeat(indent));
        }
        out.push('-');
        match rng.u8(0..10) {
            0 => {
                out.push_str(pick(rng, &["\n", "  \n"]));
                line_noise(rng, out);
            }
            1..4 if depth < 4 => {
                let gap = rng.usize(1..3);
                out.push_str(&" ".repeat(gap));
                collection(rng, out, indent + 1 + gap, depth + 1, unusual);
            }
            4 if depth < 4 => {
                out.push('\n');
                let inner = indent + rng.usize(1..4);
                out.push_str(&" ".repeat(inner));
                collection(rng, out, inner, depth + 1, unusual);
            }
            _ => {
                out.push(' ');
                value(rng, out, unusual);
            }
        }
    }
}

/// A value on one line, and the end of the line.
fn value(rng: &mut Rng, out: &mut String, unusual: u32) {
    if once_in(rng, unusual) {
        out.push_str(pick(rng, UNUSUAL));
    } else {
        match rng.u8(0..10) {
            0..5 => out.push_str(pick(rng, PLAIN)),
            5..7 => out.push_str(pick(rng, QUOTED)),
            _ => flow(rng, out, 0, unusual),
        }
    }
    end_line(rng, out);
}

fn flow(rng: &mut Rng, out: &mut String, depth: usize, unusual: u32) {
    let is_list = rng.bool();
    out.push(if is_list { '[' } else { '{' });
    let mut keys = vec!["a", "b", "\"c\"", "'d'", "k e", "1", "x-y"];
    rng.shuffle(&mut keys);
    for (at, key) in keys.into_iter().take(rng.usize(0..4)).enumerate() {
        if at > 0 {
            out.push_str(pick(rng, &[", ", ", ", ",", " , "]));
        }
        if !is_list {
            out.push_str(key);
            out.push_str(": ");
        }
        match rng.u8(0..8) {
            0 if depth < 3 => flow(rng, out, depth + 1, unusual),
            1 => out.push_str(pick(rng, QUOTED)),
            2 if once_in(rng, unusual) => out.push_str(pick(rng, UNUSUAL)),
            _ => out.push_str(pick(rng, IN_FLOW)),
        }
    }
    out.push_str(if is_list { "]" } else { "}" });
}
