//! `DuckDB`.

use super::Speech;
use crate::sql::literal;

/// `DuckDB`.
pub(super) struct DuckDb;

/// A string of JSON, a number, or what is between them.
const TOKEN: &str = r#""[^"\\]*(?:\\.[^"\\]*)*"|[-+.]?[.]?[0-9][0-9.eE+-]*|[^"0-9.+-]+|["+.-]"#;

impl Speech for DuckDb {
    fn text(&self, text: &str) -> String {
        literal::duckdb(text)
    }

    fn quoted(&self, name: &str) -> String {
        format!("\"{name}\"")
    }

    fn text_type(&self) -> &'static str {
        "VARCHAR"
    }

    fn list_type(&self, of: &str) -> String {
        format!("{of}[]")
    }

    fn record_type(&self, fields: &[(&str, &str)]) -> String {
        let fields: Vec<String> = fields.iter().map(|(name, of)| format!("{name} {of}")).collect();
        format!("STRUCT({})", fields.join(", "))
    }

    fn list(&self, items: &[String]) -> String {
        format!("[{}]", items.join(", "))
    }

    fn record(&self, fields: &[(&str, String)]) -> String {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("'{name}': {value}")).collect();
        format!("{{{}}}", fields.join(", "))
    }

    fn map(&self, list: &str, name: &str, body: &str) -> String {
        format!("list_transform({list}, lambda {name}: {body})")
    }

    fn any(&self, list: &str, name: &str, test: &str) -> String {
        format!("len({}) > 0", self.filter(list, name, test))
    }

    fn filter(&self, list: &str, name: &str, test: &str) -> String {
        format!("list_filter({list}, lambda {name}: {test})")
    }

    fn has(&self, list: &str, item: &str) -> String {
        format!("list_contains({list}, {item})")
    }

    fn overlap(&self, one: &str, other: &str) -> String {
        format!("list_has_any({one}, {other})")
    }

    fn has_all(&self, list: &str, items: &str) -> String {
        format!("list_has_all({list}, {items})")
    }

    fn concat(&self, lists: &[String]) -> String {
        lists.join(" || ")
    }

    fn distinct(&self, list: &str) -> String {
        format!("list_distinct({list})")
    }

    fn count(&self, list: &str) -> String {
        format!("len({list})")
    }

    fn first(&self, list: &str) -> String {
        format!("{list}[1]")
    }

    fn at(&self, list: &str, place: usize) -> String {
        format!("{list}[{}]", place + 1)
    }

    fn table(&self, pairs: &[(String, String)]) -> String {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("MAP {{{}}}", pairs.join(", "))
    }

    fn explode(&self, list: &str) -> String {
        format!("unnest({list})")
    }

    fn fail(&self, message: &str) -> String {
        format!("error({message})")
    }

    fn matches(&self, text: &str, regex: &str) -> String {
        format!("regexp_full_match({text}, {}, 's')", self.text(regex))
    }

    fn group(&self, text: &str, regex: &str, group: usize) -> String {
        format!("regexp_extract({text}, {}, {group})", self.text(regex))
    }

    fn day(&self, date: &str) -> String {
        format!("date_diff('day', DATE '1970-01-01', try_cast({date} AS DATE))")
    }

    fn tokens(&self, json: &str) -> String {
        format!("regexp_extract_all({json}, {}, 0)", self.text(TOKEN))
    }

    fn joined(&self, texts: &str) -> String {
        format!("array_to_string({texts}, '')")
    }

    fn member(&self, json: &str, key: &str) -> String {
        let pointer = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        format!("json_extract_string({json}, {})", self.text(&pointer))
    }

    fn items(&self, json: &str) -> String {
        format!("json_extract_string({json}, '$[*]')")
    }

    fn chunk(&self) -> usize {
        250
    }
}
