//! JSON on one line.

use super::node::Node;
use crate::value::{Scalar, Typed};

pub fn line(node: &Node) -> String {
    match node {
        Node::Text(text) => string(text),
        Node::Plain(text) => {
            // Other text without quotes is JSON's string.
            let bare = text == "null" || matches!(Scalar::plain(text.clone()).typed, Typed::Bool(_)) || is_number(text);
            if bare { text.clone() } else { string(text) }
        }
        Node::List(items) => format!("[{}]", items.iter().map(line).collect::<Vec<_>>().join(",")),
        Node::Map(fields) => {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{}:{}", string(key), line(value))).collect();
            format!("{{{}}}", fields.join(","))
        }
    }
}

/// `007` is none.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches('-');
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    matches!(Scalar::plain(text).typed, Typed::Number(_)) && !padded
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
