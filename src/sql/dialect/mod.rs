//! What engines write differently. Everything else in a query is the same for all of them.

mod duckdb;
mod spark;

/// The engine that is to run a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `DuckDB`.
    DuckDb,
    /// Spark SQL.
    Spark,
}

impl Dialect {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::Spark => "spark",
        }
    }

    pub(super) fn speech(self) -> &'static dyn Speech {
        match self {
            Self::DuckDb => &duckdb::DuckDb,
            Self::Spark => &spark::Spark,
        }
    }
}

/// The expressions of an engine. What a list of `NULL` comes to is `NULL` everywhere.
pub(super) trait Speech {
    /// A text.
    fn text(&self, text: &str) -> String;
    /// A name that is a word of the language.
    fn quoted(&self, name: &str) -> String;
    /// The type of texts.
    fn text_type(&self) -> &'static str;
    /// The type of lists of a type.
    fn list_type(&self, of: &str) -> String;
    /// The type of records.
    fn record_type(&self, fields: &[(&str, &str)]) -> String;
    /// A list of at least one item.
    fn list(&self, items: &[String]) -> String;
    /// A record.
    fn record(&self, fields: &[(&str, String)]) -> String;
    /// Each item of a list turned into something.
    fn map(&self, list: &str, name: &str, body: &str) -> String;
    /// Whether an item of a list passes a test.
    fn any(&self, list: &str, name: &str, test: &str) -> String;
    /// The items that pass a test.
    fn filter(&self, list: &str, name: &str, test: &str) -> String;
    /// Whether a list has an item.
    fn has(&self, list: &str, item: &str) -> String;
    /// Whether two lists share an item.
    fn overlap(&self, one: &str, other: &str) -> String;
    /// Whether a list has all items of another.
    fn has_all(&self, list: &str, items: &str) -> String;
    /// Lists behind one another.
    fn concat(&self, lists: &[String]) -> String;
    /// A list with each item once.
    fn distinct(&self, list: &str) -> String;
    /// How many items a list has.
    fn count(&self, list: &str) -> String;
    /// The first item of a list.
    fn first(&self, list: &str) -> String;
    /// The item at a place, counted from 0; `NULL` where there is none.
    fn at(&self, list: &str, place: usize) -> String;
    /// A lookup of texts among pairs of a text and a value; `NULL` for others.
    fn table(&self, pairs: &[(String, String)]) -> String;
    /// A row for each item of a list.
    fn explode(&self, list: &str) -> String;
    /// Ends the query with a message.
    fn fail(&self, message: &str) -> String;
    /// Whether a whole text is matched by a regular expression, which is a text of ours.
    fn matches(&self, text: &str, regex: &str) -> String;
    /// What a group of a regular expression matches; empty where it does not.
    fn group(&self, text: &str, regex: &str, group: usize) -> String;
    /// The days since 1970 of a date, `NULL` for one that does not exist.
    fn day(&self, date: &str) -> String;
    /// The parts of a JSON text that are, in this order, strings, numbers, and what is left.
    fn tokens(&self, json: &str) -> String;
    /// Texts joined to one.
    fn joined(&self, texts: &str) -> String;
    /// The value of a key of a JSON object as text: a string as its text, all else as JSON; `NULL` where there is none.
    fn member(&self, json: &str, key: &str) -> String;
    /// Likewise the items of a JSON list.
    fn items(&self, json: &str) -> String;
    /// So many targets are put into one list: more would make a plan that the engine is long about, or does not get done.
    fn chunk(&self) -> usize;

    /// An expression under a name.
    fn with(&self, name: &str, value: &str, body: &str) -> String {
        self.first(&self.map(&self.list(&[value.to_owned()]), name, body))
    }
}
