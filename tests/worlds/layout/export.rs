//! Exports of the product's tables: a scan, an item, or items line by line.

use super::files::{Kind, Layout, Record};
use super::node::Node;
use super::scribe::Scribe;
use super::{dynamo, json};

impl Layout<'_> {
    /// The extension and the text.
    pub fn table_export(&mut self, kind: Kind, group: &[Record<'_>]) -> (&'static str, String) {
        let mut rows: Vec<Node> = group.iter().map(|record| record.node.clone()).collect();
        if kind == Kind::User {
            for record in group {
                if let Some(user) = record.user
                    && self.dice.chance(15)
                {
                    let row = Scribe::new(self.dice).preferences(user);
                    let at = self.dice.between(0, rows.len());
                    rows.insert(at, row);
                }
            }
        }
        let items: Vec<Node> = rows.iter().map(|row| dynamo::item(row, self.dice)).collect();
        let wrapped = |item: Node| Node::map([("Item", item)]);
        match self.dice.between(0, 5) {
            0 => ("ndjson", self.lines(&items)),
            1 | 2 => ("ndjson", self.lines(&items.into_iter().map(wrapped).collect::<Vec<_>>())),
            3 if items.len() == 1 => {
                let item = items.into_iter().map(wrapped).next().unwrap_or(Node::Null);
                ("json", json::Json::new(self.dice).file(&item))
            }
            _ => {
                let plain = self.dice.chance(15);
                let scan = self.scan(if plain { rows } else { items });
                ("json", json::Json::new(self.dice).file(&scan))
            }
        }
    }

    fn scan(&mut self, items: Vec<Node>) -> Node {
        let count = u32::try_from(items.len()).expect("a world is small");
        let mut fields = vec![("Items".to_owned(), Node::List(items)), ("Count".to_owned(), Node::Number(count))];
        if self.dice.chance(70) {
            fields.push(("ScannedCount".to_owned(), Node::Number(count)));
            fields.push(("ConsumedCapacity".to_owned(), Node::Null));
        }
        if self.dice.chance(30) {
            self.dice.shuffle(&mut fields);
        }
        Node::Map(fields)
    }
}
