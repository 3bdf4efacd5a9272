//! How fields are spelled, and what is strewn among them.

use super::node::Node;
use crate::worlds::dice::Dice;
use crate::worlds::world::UserType;

#[derive(Clone, Copy)]
enum Case {
    Camel,
    Snake,
    /// Each field by itself.
    Mixed,
}

/// Writes the parts of a world as nodes.
pub struct Scribe<'a> {
    pub dice: &'a mut Dice,
    case: Case,
    /// How often, in a hundred, a field takes its name from the overview page's vocabulary.
    second_vocabulary: u32,
    /// How often, in a hundred, a field that decides nothing is added; an absent one stands there as
    /// null a quarter as often.
    pub noise: u32,
}

pub type Fields = Vec<(String, Node)>;

impl<'a> Scribe<'a> {
    pub fn new(dice: &'a mut Dice) -> Self {
        let case = dice.weighted(&[(3, Case::Camel), (2, Case::Snake), (1, Case::Mixed)]);
        let second_vocabulary = dice.weighted(&[(3, 0), (1, 50), (1, 100)]);
        let noise = dice.weighted(&[(2, 0), (2, 8), (1, 25)]);
        Self { dice, case, second_vocabulary, noise }
    }

    /// A key under the spelling in use.
    pub fn key(&mut self, camel: &str) -> String {
        let snake = match self.case {
            Case::Camel => false,
            Case::Snake => true,
            Case::Mixed => self.dice.chance(50),
        };
        if snake { snake_case(camel) } else { camel.to_owned() }
    }

    /// The published guide's word, or the overview page's for the same.
    pub fn word(&mut self, first: &'static str, second: &'static str) -> &'static str {
        if self.dice.chance(self.second_vocabulary) { second } else { first }
    }

    pub fn types(&mut self, fields: &mut Fields, key: &str, types: Option<&[UserType]>) {
        let list = types.map(|types| Node::List(types.iter().map(|kind| Node::text(kind.name())).collect()));
        self.optional(fields, key, list);
    }

    pub fn strings(&mut self, fields: &mut Fields, key: &str, texts: Option<&[String]>) {
        let list = texts.map(|texts| Node::List(texts.iter().map(|text| Node::text(text)).collect()));
        self.optional(fields, key, list);
    }

    pub fn optional(&mut self, fields: &mut Fields, key: &str, value: Option<Node>) {
        match value {
            Some(value) => self.put(fields, key, value),
            None if self.dice.chance(self.noise / 4) => self.put(fields, key, Node::Null),
            None => {}
        }
    }

    pub fn put(&mut self, fields: &mut Fields, key: &str, value: Node) {
        let key = self.key(key);
        fields.push((key, value));
    }

    pub fn noise(&mut self, fields: &mut Fields, extra: &[(&str, Node)]) {
        for (key, value) in extra {
            if self.dice.chance(self.noise) {
                self.put(fields, key, value.clone());
            }
        }
    }

    pub fn finish(&mut self, fields: &mut Fields) -> Node {
        self.dice.shuffle(fields);
        Node::Map(std::mem::take(fields))
    }
}

fn snake_case(camel: &str) -> String {
    let mut snake = String::new();
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
