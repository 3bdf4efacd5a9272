//! JSON as people and tools write it: on one line or indented, with or without escapes.

use std::fmt::Write as _;

use super::node::{Node, is_json_number};
use crate::worlds::dice::Dice;

pub struct Json<'a> {
    dice: &'a mut Dice,
    /// How often, in a hundred, a character is escaped that need not be.
    escapes: u32,
    /// How often, in a hundred, custom data that looks like a number or boolean is written as one.
    bare: u32,
}

impl<'a> Json<'a> {
    pub fn new(dice: &'a mut Dice) -> Self {
        let escapes = dice.weighted(&[(4, 0), (1, 10)]);
        let bare = dice.weighted(&[(1, 0), (2, 50), (1, 100)]);
        Self { dice, escapes, bare }
    }

    /// One value on one line.
    pub fn line(&mut self, node: &Node) -> String {
        let mut out = String::new();
        self.value(&mut out, node, None);
        out
    }

    /// One value as a whole file: a line, or indented by one step per level.
    pub fn file(&mut self, node: &Node) -> String {
        let mut out = String::new();
        let depth = self.dice.chance(60).then_some(0);
        self.value(&mut out, node, depth);
        if self.dice.chance(80) {
            out.push('\n');
        }
        out
    }

    /// `depth` is the level of indentation, none for a value that stays on its line.
    fn value(&mut self, out: &mut String, node: &Node, depth: Option<usize>) {
        match node {
            Node::Null => out.push_str("null"),
            Node::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
            Node::Number(number) => out.push_str(&number.to_string()),
            Node::Text(text) => self.string(out, text),
            Node::Loose(text) => {
                let bare = text == "true" || text == "false" || is_json_number(text);
                if bare && self.dice.chance(self.bare) {
                    out.push_str(text);
                } else {
                    self.string(out, text);
                }
            }
            Node::List(items) => {
                self.members(out, items, depth, ('[', ']'), Self::value);
            }
            Node::Map(fields) => {
                self.members(out, fields, depth, ('{', '}'), |json, out, (key, value), depth| {
                    json.string(out, key);
                    out.push(':');
                    if depth.is_some() {
                        out.push(' ');
                    }
                    json.value(out, value, depth);
                });
            }
        }
    }

    fn members<T>(
        &mut self,
        out: &mut String,
        members: &[T],
        depth: Option<usize>,
        (open, close): (char, char),
        write: fn(&mut Self, &mut String, &T, Option<usize>),
    ) {
        let inner = depth.map(|depth| depth + 1);
        out.push(open);
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            new_line(out, inner);
            write(self, out, member, inner);
        }
        if !members.is_empty() {
            new_line(out, depth);
        }
        out.push(close);
    }

    fn string(&mut self, out: &mut String, text: &str) {
        out.push('"');
        for letter in text.chars() {
            if matches!(letter, '"' | '\\') {
                out.push('\\');
                out.push(letter);
            } else if self.escapes > 0 && self.dice.chance(self.escapes) {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("a string takes all text");
                }
            } else {
                out.push(letter);
            }
        }
        out.push('"');
    }
}

fn new_line(out: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
}
