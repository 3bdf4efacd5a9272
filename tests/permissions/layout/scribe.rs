//! How fields are spelled, and in which order they stand.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::node::Node;
use crate::dice::Dice;
use crate::value::Attr;
use crate::world::{Attributes, Condition, Op, Operand};

pub struct Scribe<'a> {
    pub dice: &'a mut Dice,
    /// How often, in a hundred, a name is spelled in snake_case.
    snake: u32,
    /// Whether fields stand in another order than that of the page.
    shuffled: bool,
}

pub type Fields = Vec<(String, Node)>;

impl<'a> Scribe<'a> {
    pub fn new(dice: &'a mut Dice) -> Self {
        let snake = *dice.pick(&[0, 50, 100]);
        let shuffled = dice.chance(50);
        Self { dice, snake, shuffled }
    }

    /// A field's name, given in camelCase, under the spelling in use.
    pub fn put(&mut self, fields: &mut Fields, camel: &str, value: Node) {
        let mut key = String::new();
        let snake = self.dice.chance(self.snake);
        for letter in camel.chars() {
            if letter.is_ascii_uppercase() && snake {
                key.push('_');
                key.push(letter.to_ascii_lowercase());
            } else {
                key.push(letter);
            }
        }
        fields.push((key, value));
    }

    pub fn put_some(&mut self, fields: &mut Fields, camel: &str, value: Option<Node>) {
        if let Some(value) = value {
            self.put(fields, camel, value);
        }
    }

    /// A list that may be left out where it is empty.
    pub fn put_list(&mut self, fields: &mut Fields, camel: &str, items: Vec<Node>) {
        if !items.is_empty() || self.dice.chance(15) {
            self.put(fields, camel, Node::List(items));
        }
    }

    pub fn finish(&mut self, mut fields: Fields) -> Node {
        if self.shuffled {
            self.dice.shuffle(&mut fields);
        }
        Node::Map(fields)
    }

    /// With one offset or another, in quotes or not.
    pub fn time(&mut self, time: Timestamp) -> Node {
        let offset = *self.dice.pick(&[0, 0, 2, -5]);
        let text = time.display_with_offset(Offset::constant(offset)).to_string();
        let text = if offset == 0 { time.to_string() } else { text };
        if self.dice.chance(50) { Node::plain(text) } else { Node::text(&text) }
    }

    pub fn attributes(&mut self, attributes: &Attributes) -> Node {
        let fields = attributes.iter().map(|(name, value)| {
            let value = match value {
                Attr::Null => Node::plain("null"),
                Attr::One(scalar) => Node::value(scalar),
                Attr::List(scalars) => Node::List(scalars.iter().map(Node::value).collect()),
            };
            (name.clone(), value)
        });
        let fields = fields.collect();
        self.finish(fields)
    }

    pub fn conditions(&mut self, conditions: &[Condition]) -> Option<Node> {
        if conditions.is_empty() {
            return None;
        }
        let mut fields = Fields::new();
        for condition in conditions {
            let mut operators = Fields::new();
            for check in &condition.checks {
                let listed = matches!(check.op, Op::In | Op::NotIn);
                let value = match check.operands.as_slice() {
                    [template @ Operand::Template(_)] if listed && !condition.brief => operand(template),
                    [one] if !listed => operand(one),
                    all => Node::List(all.iter().map(operand).collect()),
                };
                operators.push((check.op.name().to_owned(), value));
            }
            let value = if condition.brief { operators.remove(0).1 } else { self.finish(operators) };
            fields.push((condition.key.clone(), value));
        }
        Some(self.finish(fields))
    }
}

fn operand(operand: &Operand) -> Node {
    match operand {
        Operand::Value(value) => Node::value(value),
        Operand::Template(name) => Node::text(&format!("${{user.{name}}}")),
    }
}
