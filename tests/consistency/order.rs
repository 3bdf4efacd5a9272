//! Where things stand changes no answer: the order of files, of records in them, of keys in records.

use std::fmt::Write as _;

use gatewalk::model::Semantics;
use gatewalk::parse::{Node, Style, Syntax, Value as NodeValue, parse};
use gatewalk::source::SourceMap;
use serde_json::{Map, Value};

use crate::ask::{Asked, Cell, question, same, world};
use crate::worlds::dice::Dice;
use crate::worlds::layout::Document;
use crate::worlds::seeds;

/// Keys whose lists mean something by their order, or are nobody's to reorder.
const ORDERED: &[&str] =
    &["homePageFilterRules", "home_page_filter_rules", "userChatAppRules", "user_chat_app_rules", "customData", "custom_data"];

/// The files of a workspace under other names, with all that has no order put into another.
fn shuffled(asked: &Asked, dice: &mut Dice) -> Vec<Document> {
    let mut names: Vec<usize> = (0..asked.workspace.sources().files().count()).collect();
    dice.shuffle(&mut names);
    let files = asked.workspace.sources().files().zip(names);
    files
        .map(|(file, number)| {
            let syntax = Syntax::of_name(file.name()).expect("files that were read have a syntax");
            let place = file.name().split(['/', '.']).next().unwrap_or_default();
            let extension = file.name().trim_end_matches(".gz").rsplit('.').next().unwrap_or_default();
            let folder = *dice.pick(&["", "x/", "Y/y/"]);
            let path = format!("{place}/{folder}{number}.{extension}");
            Document { path, text: text(syntax, file.text(), dice), users: Vec::new() }
        })
        .collect()
}

fn text(syntax: Syntax, text: &str, dice: &mut Dice) -> String {
    if syntax == Syntax::Csv {
        return csv(text, dice);
    }
    let mut sources = SourceMap::default();
    let file = sources.add("file".to_owned(), text.to_owned());
    let mut problems = Vec::new();
    let mut documents: Vec<Value> = parse(file, syntax, &sources, &mut problems).iter().map(|node| value(node, false, dice)).collect();
    assert!(problems.is_empty(), "the file was read before");
    dice.shuffle(&mut documents);
    let mut out = String::new();
    for document in documents {
        match syntax {
            Syntax::Yaml => write!(out, "---\n{}", serde_yaml::to_string(&document).expect("a value can be written")),
            _ => writeln!(out, "{document}"),
        }
        .expect("text takes text");
    }
    out
}

/// The same value with its keys, and with its lists unless they are ordered, in another order.
fn value(node: &Node, ordered: bool, dice: &mut Dice) -> Value {
    match &node.value {
        NodeValue::Scalar(..) if node.is_null() => Value::Null,
        NodeValue::Scalar(text, style) => match node.boolean().filter(|_| *style == Style::Plain) {
            Some(boolean) => Value::Bool(boolean),
            None => Value::String(text.to_string()),
        },
        NodeValue::List(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| value(item, ordered, dice)).collect();
            if !ordered {
                dice.shuffle(&mut items);
            }
            Value::Array(items)
        }
        NodeValue::Map(entries) => {
            let inner = |key: &str| ordered || ORDERED.contains(&key);
            let mut entries: Vec<(String, Value)> =
                entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value, inner(&entry.key), dice))).collect();
            dice.shuffle(&mut entries);
            Value::Object(Map::from_iter(entries))
        }
    }
}

/// The records and the columns in another order.
fn csv(text: &str, dice: &mut Dice) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("the file was read before")).collect();
    let mut columns: Vec<usize> = (0..rows[0].len()).collect();
    dice.shuffle(&mut columns);
    dice.shuffle(&mut rows[1..]);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(columns.iter().map(|column| &row[*column])).expect("text takes text");
    }
    String::from_utf8(writer.into_inner().expect("text takes text")).expect("it was text before")
}

fn sorted(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort();
    cells
}

fn check(asked: &Asked, seed: u64) -> Result<(), String> {
    let other = Asked::files(shuffled(asked, &mut Dice::seeded(seed)))?;
    for semantics in Semantics::ALL {
        let question = question(*semantics);
        same(&sorted(asked.cells(&question)), &sorted(other.cells(&question))).map_err(|difference| {
            format!("{}: {difference}\nbefore:\n{}\nafter:\n{}", semantics.name(), asked.contents(), other.contents())
        })?;
    }
    Ok(())
}

#[test]
fn order_changes_no_answer_in_random_worlds() {
    seeds::every_seed(200, |seed| check(&Asked::world(&world(seed), seed)?, seed));
}

#[test]
fn order_changes_no_answer_in_the_fixtures() {
    for name in ["acme", "guide/overview", "guide/configure"] {
        let asked = Asked::fixture(name);
        for seed in 0..3 {
            check(&asked, seed).unwrap_or_else(|problem| panic!("fixtures/{name}: {problem}"));
        }
    }
}
