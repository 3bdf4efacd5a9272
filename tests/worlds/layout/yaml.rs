//! YAML in the many styles in which people write it.
//!
//! Written by hand so that style can vary: block and flow, three ways to quote, anchors, comments.
//! Nothing here may change what a careful reader sees, so plain style is used only for text that
//! reads back as exactly this text.

use std::fmt::Write as _;

use super::node::Node;
use crate::worlds::dice::Dice;

/// Each is how often, in a hundred.
#[derive(Clone, Copy)]
struct Style {
    flow: u32,
    quoted: u32,
    comments: u32,
    anchors: u32,
    step: usize,
}

/// Far below what readers refuse, so that no world is refused for it.
const MOST_ALIASES: usize = 12;

pub struct Yaml<'a> {
    dice: &'a mut Dice,
    style: Style,
    out: String,
    /// What the document has named so far.
    anchors: Vec<(Node, String)>,
    aliases: usize,
}

/// A stream of documents.
pub fn stream(documents: &[Node], dice: &mut Dice) -> String {
    let style = Style {
        flow: dice.weighted(&[(3, 5), (2, 40), (1, 100)]),
        quoted: dice.weighted(&[(3, 5), (2, 40), (1, 100)]),
        comments: dice.weighted(&[(2, 0), (1, 12)]),
        anchors: dice.weighted(&[(2, 0), (1, 20)]),
        step: dice.weighted(&[(3, 2), (1, 4), (1, 3)]),
    };
    let mut yaml = Yaml { dice, style, out: String::new(), anchors: Vec::new(), aliases: 0 };
    for (index, document) in documents.iter().enumerate() {
        if index > 0 || yaml.dice.chance(25) {
            yaml.out.push_str("---\n");
        }
        yaml.document(document);
    }
    if yaml.dice.chance(5) {
        yaml.out.push_str("...\n");
    }
    yaml.out
}

impl Yaml<'_> {
    fn document(&mut self, node: &Node) {
        self.anchors.clear();
        self.aliases = 0;
        match node {
            Node::Map(fields) if self.as_block(fields.len()) => self.block_map(fields, 0, false),
            Node::List(items) if self.as_block(items.len()) => self.block_list(items, 0),
            _ => {
                self.comment_line(0);
                self.flow(node, self.style.step);
                self.end_line();
            }
        }
    }

    fn as_block(&mut self, length: usize) -> bool {
        length > 0 && !self.dice.chance(self.style.flow)
    }

    /// `opened`: the first key follows a dash on a line that is begun already.
    fn block_map(&mut self, fields: &[(String, Node)], indent: usize, opened: bool) {
        for (index, (key, value)) in fields.iter().enumerate() {
            if index > 0 || !opened {
                self.comment_line(indent);
                self.pad(indent);
            }
            self.scalar(key, false);
            self.out.push(':');
            self.block_value(value, indent, true);
        }
    }

    fn block_list(&mut self, items: &[Node], indent: usize) {
        for item in items {
            self.comment_line(indent);
            self.pad(indent);
            self.out.push('-');
            match item {
                Node::Map(fields) if self.dice.chance(75) && self.as_block(fields.len()) => {
                    self.out.push(' ');
                    self.block_map(fields, indent + 2, true);
                }
                _ => self.block_value(item, indent, false),
            }
        }
    }

    /// What follows a key's colon or an entry's dash, to the end of its last line.
    fn block_value(&mut self, node: &Node, indent: usize, of_key: bool) {
        self.out.push(' ');
        if self.alias(node) {
            self.end_line();
            return;
        }
        if self.anchor(node) {
            self.out.push(' ');
        }
        match node {
            Node::Null if of_key && self.dice.chance(30) => self.end_line(),
            Node::Text(text) | Node::Loose(text) if is_block_scalar_safe(text) && self.dice.chance(2) => {
                let header = if self.dice.chance(50) { "|-" } else { ">-" };
                self.out.push_str(header);
                self.out.push('\n');
                self.pad(indent + self.style.step);
                self.out.push_str(text);
                self.out.push('\n');
            }
            Node::Map(fields) if self.as_block(fields.len()) => {
                self.end_line();
                self.block_map(fields, indent + self.style.step, false);
            }
            Node::List(items) if self.as_block(items.len()) => {
                self.end_line();
                // A list may stand at its key's own indentation.
                let step = if of_key && self.dice.chance(40) { 0 } else { self.style.step };
                self.block_list(items, indent + step);
            }
            _ => {
                self.flow(node, indent + self.style.step);
                self.end_line();
            }
        }
    }

    /// A value within one line, or broken between entries with the next ones at `indent`.
    fn flow(&mut self, node: &Node, indent: usize) {
        match node {
            Node::Null => {
                let null = *self.dice.pick(&["null", "~", "Null"]);
                self.out.push_str(null);
            }
            Node::Bool(yes) => self.out.push_str(if *yes { "true" } else { "false" }),
            Node::Number(number) => self.out.push_str(&number.to_string()),
            Node::Text(text) | Node::Loose(text) => self.scalar(text, true),
            Node::List(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index, indent);
                    self.flow_member(item, indent);
                }
                self.out.push(']');
            }
            Node::Map(fields) => {
                self.out.push('{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    self.separate(index, indent);
                    self.scalar(key, true);
                    self.out.push_str(": ");
                    self.flow_member(value, indent);
                }
                self.out.push('}');
            }
        }
    }

    fn flow_member(&mut self, node: &Node, indent: usize) {
        if self.alias(node) {
            return;
        }
        if self.anchor(node) {
            self.out.push(' ');
        }
        self.flow(node, indent);
    }

    fn separate(&mut self, index: usize, indent: usize) {
        if index > 0 {
            self.out.push(',');
            if self.dice.chance(12) {
                self.end_line();
                self.pad(indent);
            } else {
                self.out.push(' ');
            }
        }
    }

    /// Writes an alias where the same value was named before.
    fn alias(&mut self, node: &Node) -> bool {
        let named = self.anchors.iter().find(|(known, _)| known == node);
        let Some((_, name)) = named else { return false };
        if self.aliases == MOST_ALIASES || !self.dice.chance(70) {
            return false;
        }
        self.aliases += 1;
        self.out.push('*');
        self.out.push_str(name);
        true
    }

    /// Names a value that may be worth repeating.
    fn anchor(&mut self, node: &Node) -> bool {
        let repeatable = matches!(node, Node::Text(_) | Node::Loose(_) | Node::List(_) | Node::Map(_));
        if !repeatable || !self.dice.chance(self.style.anchors) {
            return false;
        }
        let name = format!("a{}", self.anchors.len() + 1);
        self.out.push('&');
        self.out.push_str(&name);
        self.anchors.push((node.clone(), name));
        true
    }

    fn scalar(&mut self, text: &str, in_flow: bool) {
        if is_plain_safe(text, in_flow) && !self.dice.chance(self.style.quoted) {
            self.out.push_str(text);
        } else if self.dice.chance(50) {
            self.out.push('\'');
            self.out.push_str(&text.replace('\'', "''"));
            self.out.push('\'');
        } else {
            self.double_quoted(text);
        }
    }

    fn double_quoted(&mut self, text: &str) {
        self.out.push('"');
        for letter in text.chars() {
            let code = u32::from(letter);
            let written = match letter {
                '"' | '\\' => write!(self.out, "\\{letter}"),
                _ if !self.dice.chance(3) => write!(self.out, "{letter}"),
                _ if code <= 0xFF => write!(self.out, "\\x{code:02x}"),
                _ if code <= 0xFFFF => write!(self.out, "\\u{code:04X}"),
                _ => write!(self.out, "\\U{code:08x}"),
            };
            written.expect("a string takes all text");
        }
        self.out.push('"');
    }

    fn pad(&mut self, indent: usize) {
        self.out.push_str(&" ".repeat(indent));
    }

    fn comment_line(&mut self, indent: usize) {
        if self.dice.chance(self.style.comments) {
            self.pad(indent);
            self.out.push_str("# enabled: false, userRoles: [nobody]\n");
        }
    }

    fn end_line(&mut self) {
        if self.dice.chance(self.style.comments) {
            self.out.push_str(" # - \"why\": 'because'");
        }
        self.out.push('\n');
    }
}

/// Whether text without quotes is read back as exactly itself, and as text.
fn is_plain_safe(text: &str, in_flow: bool) -> bool {
    let null_like = ["", "~", "null", "Null", "NULL"].contains(&text);
    let indicator = text.starts_with(|first: char| "-?:,[]{}#&*!|>'\"%@`".contains(first));
    let marker = text.starts_with("...") || text == "=" || text == "<<";
    let breaks = text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.trim() != text;
    let control = text.chars().any(char::is_control);
    let flow_mark = in_flow && text.contains([',', '[', ']', '{', '}']);
    !(null_like || indicator || marker || breaks || control || flow_mark)
}

/// Whether text can stand on the one line of a block scalar.
fn is_block_scalar_safe(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.chars().any(char::is_control)
}
