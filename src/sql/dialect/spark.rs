//! Spark SQL.

use super::Speech;
use crate::sql::literal;

/// Spark SQL.
pub(super) struct Spark;

/// A string of JSON, a number, or what is between them; possessive, since Java's engine would call itself for each escape.
const TOKEN: &str = r#""[^"\\]*+(?:\\.[^"\\]*+)*+"|[-+.]?[.]?[0-9][0-9.eE+-]*|[^"0-9.+-]+|["+.-]"#;

/// Malformed JSON ends the query.
const STRICT: &str = "map('mode', 'FAILFAST')";

impl Speech for Spark {
    fn text(&self, text: &str) -> String {
        literal::spark(text)
    }

    fn quoted(&self, name: &str) -> String {
        format!("`{name}`")
    }

    fn text_type(&self) -> &'static str {
        "STRING"
    }

    fn list_type(&self, of: &str) -> String {
        format!("ARRAY<{of}>")
    }

    fn record_type(&self, fields: &[(&str, &str)]) -> String {
        let fields: Vec<String> = fields.iter().map(|(name, of)| format!("{name}: {of}")).collect();
        format!("STRUCT<{}>", fields.join(", "))
    }

    fn list(&self, items: &[String]) -> String {
        format!("array({})", items.join(", "))
    }

    fn record(&self, fields: &[(&str, String)]) -> String {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("'{name}', {value}")).collect();
        format!("named_struct({})", fields.join(", "))
    }

    fn map(&self, list: &str, name: &str, body: &str) -> String {
        format!("transform({list}, {name} -> {body})")
    }

    fn any(&self, list: &str, name: &str, test: &str) -> String {
        format!("exists({list}, {name} -> {test})")
    }

    fn filter(&self, list: &str, name: &str, test: &str) -> String {
        format!("filter({list}, {name} -> {test})")
    }

    fn has(&self, list: &str, item: &str) -> String {
        format!("array_contains({list}, {item})")
    }

    fn overlap(&self, one: &str, other: &str) -> String {
        format!("arrays_overlap({one}, {other})")
    }

    fn has_all(&self, list: &str, items: &str) -> String {
        format!("array_size(array_except({items}, {list})) = 0")
    }

    fn concat(&self, lists: &[String]) -> String {
        format!("concat({})", lists.join(", "))
    }

    fn distinct(&self, list: &str) -> String {
        format!("array_distinct({list})")
    }

    fn count(&self, list: &str) -> String {
        format!("array_size({list})")
    }

    fn first(&self, list: &str) -> String {
        format!("{list}[0]")
    }

    fn at(&self, list: &str, place: usize) -> String {
        format!("get({list}, {place})")
    }

    fn table(&self, pairs: &[(String, String)]) -> String {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}, {value}")).collect();
        format!("map({})", pairs.join(", "))
    }

    fn explode(&self, list: &str) -> String {
        format!("explode({list})")
    }

    fn fail(&self, message: &str) -> String {
        format!("raise_error({message})")
    }

    fn matches(&self, text: &str, regex: &str) -> String {
        format!("({text} RLIKE {})", self.text(&format!(r"\A(?s:{regex})\z")))
    }

    fn group(&self, text: &str, regex: &str, group: usize) -> String {
        format!("regexp_extract({text}, {}, {group})", self.text(regex))
    }

    fn day(&self, date: &str) -> String {
        format!("datediff(try_cast({date} AS DATE), DATE'1970-01-01')")
    }

    fn tokens(&self, json: &str) -> String {
        format!("regexp_extract_all({json}, {}, 0)", self.text(TOKEN))
    }

    fn joined(&self, texts: &str) -> String {
        format!("array_join({texts}, '')")
    }

    fn member(&self, json: &str, key: &str) -> String {
        format!("from_json({json}, 'MAP<STRING, STRING>', {STRICT})[{}]", self.text(key))
    }

    fn items(&self, json: &str) -> String {
        format!("from_json({json}, 'ARRAY<STRING>', {STRICT})")
    }

    fn chunk(&self) -> usize {
        50
    }
}
