//! JSON as `DynamoDB` writes it: every value wrapped in a mapping that names its type.

use super::node::{Node, is_json_number};
use crate::worlds::dice::Dice;

/// The attributes of one item; the item itself is not wrapped.
pub fn item(node: &Node, dice: &mut Dice) -> Node {
    match node {
        Node::Map(fields) => Node::Map(fields.iter().map(|(key, value)| (key.clone(), typed(value, dice))).collect()),
        other => other.clone(),
    }
}

fn typed(node: &Node, dice: &mut Dice) -> Node {
    match node {
        Node::Null => Node::map([("NULL", Node::Bool(true))]),
        Node::Bool(yes) => Node::map([("BOOL", Node::Bool(*yes))]),
        Node::Number(number) => Node::map([("N", Node::Text(number.to_string()))]),
        Node::Text(text) => Node::map([("S", Node::text(text))]),
        Node::Loose(text) => loose(text, dice),
        Node::List(items) => list(items, dice),
        Node::Map(_) => Node::map([("M", item(node, dice))]),
    }
}

fn loose(text: &str, dice: &mut Dice) -> Node {
    if dice.chance(60) {
        match text {
            "true" => return Node::map([("BOOL", Node::Bool(true))]),
            "false" => return Node::map([("BOOL", Node::Bool(false))]),
            number if is_json_number(number) => return Node::map([("N", Node::text(number))]),
            _ => {}
        }
    }
    Node::map([("S", Node::text(text))])
}

/// A list, or where it holds only strings a string set, which can never be empty.
fn list(items: &[Node], dice: &mut Dice) -> Node {
    let strings = !items.is_empty() && items.iter().all(|item| matches!(item, Node::Text(_)));
    if strings && dice.chance(30) {
        return Node::map([("SS", Node::List(items.to_vec()))]);
    }
    Node::map([("L", Node::List(items.iter().map(|item| typed(item, dice)).collect()))])
}
