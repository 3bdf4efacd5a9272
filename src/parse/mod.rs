//! Text to [`Node`]s, whatever the syntax; then wrappers off: what is left are the documents people defined.

mod csv;
mod dynamodb;
mod json;
mod keys;
pub mod limits;
mod node;
pub mod spelling;
pub mod text;
mod unwrap;
mod yaml;

pub use csv::columns_of as csv_columns;
pub use node::{Entry, Node, Style, Value};
pub use unwrap::{KINDS, unwrap};

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceMap, Span};

/// The syntax of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// YAML, one or several documents.
    Yaml,
    /// JSON, one value or several in a row.
    Json,
    /// JSON, one value a line.
    Ndjson,
    /// CSV with a header, for users.
    Csv,
}

impl Syntax {
    /// The syntax that a file name promises, `.gz` aside.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.strip_suffix(".gz").unwrap_or(name);
        let (_, extension) = name.rsplit_once('.')?;
        match extension {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "ndjson" => Some(Self::Ndjson),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The syntax of a text without a name, such as standard input. What is JSON is read as JSON; what is neither that nor CSV is YAML.
    pub fn of_text(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let record = |line: &str| line.trim().starts_with('{') && line.trim().ends_with('}');
        match (lines.next(), lines.next()) {
            (Some(first), Some(second)) if record(first) && record(second) => Self::Ndjson,
            (Some(first), _) if first.trim_start().starts_with(['{', '[']) && is_json(text) => Self::Json,
            (Some(first), _) if is_csv_header(first) => Self::Csv,
            _ => Self::Yaml,
        }
    }
}

/// Reads the documents of a file. Problems are added to `problems`; what could be read in spite of them is returned.
pub fn parse(file: FileId, syntax: Syntax, sources: &SourceMap, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    let mut documents = Vec::new();
    each(file, syntax, sources, problems, |document, _| documents.push(document));
    documents
}

/// Gives the documents of a file one by one: of one with a value a line they are not all there at once. Whether all of it could be
/// read; `take` is given the problems, to add its own.
pub fn each(
    file: FileId,
    syntax: Syntax,
    sources: &SourceMap,
    problems: &mut Vec<Diagnostic>,
    mut take: impl FnMut(Node, &mut Vec<Diagnostic>),
) -> bool {
    let text = sources.file(file).map_or("", |file| file.text());
    let before = problems.len();
    text::check(file, text, problems);
    if problems.len() > before {
        return false;
    }
    let mut part = |read: &mut dyn FnMut(&mut Vec<Diagnostic>) -> Vec<Node>| {
        let before = problems.len();
        let documents = read(problems);
        let whole = problems.len() == before;
        for document in documents {
            take(document, problems);
        }
        whole
    };
    match syntax {
        Syntax::Yaml => part(&mut |problems| yaml::parse(file, text, problems)),
        Syntax::Json => part(&mut |problems| json::parse(file, text, 0, text.len(), problems)),
        Syntax::Ndjson => {
            lines(text).fold(true, |whole, (start, end)| part(&mut |problems| json::parse(file, text, start, end, problems)) && whole)
        }
        Syntax::Csv => part(&mut |problems| csv::parse(file, text, problems)),
    }
}

/// Reads a stretch of a YAML text if all of it is ordinary: what [`parse()`] would give, spans counted from the start of the text.
///
/// The stretch begins where a line does, and ends with the text, or where an item of the outermost list or a document ends. `None`
/// means that something in it is unusual or wrong: only the whole text can then be read, by [`parse()`]. It is also the answer wherever
/// the text holds what no text may, so that a stretch need not be checked before.
pub fn ordinary_yaml(file: FileId, text: &str, range: Range<usize>) -> Option<Vec<Node>> {
    yaml::ordinary(file, text, range)
}

/// Gives the records of an ordinary YAML file one by one, so that they need not all be there at once: the items of documents that are
/// lists, else documents. Whether it came to the end: with anything unusual or wrong in the file, or with `take` wanting no more, what
/// was given is to be forgotten, and the file read by [`parse()`].
pub fn each_ordinary(file: FileId, sources: &SourceMap, take: impl FnMut(Node) -> bool) -> bool {
    let Some(source) = sources.file(file) else { return false };
    let mut problems = Vec::new();
    text::check(file, source.text(), &mut problems);
    problems.is_empty() && yaml::each_ordinary(file, source.text(), take).is_some()
}

/// Reads one mapping that was given on the command line, such as `{userType: internal-user}`.
pub fn parse_inline(name: &str, text: &str, sources: &mut SourceMap, problems: &mut Vec<Diagnostic>) -> Option<Node> {
    let file = sources.add(name.to_owned(), text.to_owned());
    let mut documents = parse(file, Syntax::Yaml, sources, problems);
    if documents.len() > 1 {
        let span = Span::new(file, 0, text.len());
        problems.push(Diagnostic::new(crate::diagnostic::Code::Syntax, span, "one mapping is expected here, not several documents"));
    }
    documents.pop()
}

/// Whether a line names columns of users, `userId` among them, and nothing else.
fn is_csv_header(line: &str) -> bool {
    let known = |name: &str| csv::COLUMNS.contains(&name) || name.starts_with("customData.");
    let columns: Vec<_> = line.split(',').map(|column| spelling::camel(column.trim_matches('"'))).collect();
    columns.iter().all(|name| known(name)) && columns.iter().any(|name| name == "userId")
}

/// Whether a text is JSON, one value or several in a row.
fn is_json(text: &str) -> bool {
    serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>().all(|value| value.is_ok())
}

/// What a record of DynamoDB says, without its types; nothing where some value has none.
pub fn untyped(record: &Node) -> Option<Node> {
    dynamodb::plain(record).ok()
}

/// The byte ranges of the lines of a text that hold something.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let range = (start, start + line.trim_end().len());
        start += line.len();
        (!line.trim().is_empty()).then_some(range)
    })
}
