//! YAML in block style, short lists in flow style.

use super::node::Node;

pub fn document(node: &Node) -> String {
    let mut out = String::new();
    block(&mut out, node, 0);
    out
}

pub fn scalar(node: &Node) -> String {
    match node {
        Node::Plain(text) => text.clone(),
        Node::Text(text) if is_plainly_text(text) => text.clone(),
        Node::Text(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        Node::List(_) | Node::Map(_) => unreachable!("no scalar"),
    }
}

/// Whether text without quotes is read as exactly this text, and as text.
fn is_plainly_text(text: &str) -> bool {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter))
        && !words.contains(&text.to_ascii_lowercase().as_str())
}

fn is_scalar(node: &Node) -> bool {
    matches!(node, Node::Text(_) | Node::Plain(_))
}

/// Whole lines, each at this indentation.
fn block(out: &mut String, node: &Node, indent: usize) {
    let pad = " ".repeat(indent);
    match node {
        Node::Map(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                let key = scalar(&Node::text(key));
                out.push_str(&format!("{pad}{key}:"));
                after(out, value, indent + 2);
            }
        }
        Node::List(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("{pad}-"));
                after(out, item, indent + 2);
            }
        }
        other => out.push_str(&format!("{pad}{}\n", inline(other))),
    }
}

/// What follows a key's colon or an entry's dash.
fn after(out: &mut String, node: &Node, indent: usize) {
    let short = match node {
        Node::List(items) => items.iter().all(is_scalar),
        Node::Map(fields) => fields.is_empty(),
        _ => true,
    };
    if short {
        out.push_str(&format!(" {}\n", inline(node)));
    } else {
        out.push('\n');
        block(out, node, indent);
    }
}

fn inline(node: &Node) -> String {
    match node {
        Node::List(items) => format!("[{}]", items.iter().map(scalar).collect::<Vec<_>>().join(", ")),
        Node::Map(_) => "{}".to_owned(),
        other => scalar(other),
    }
}
