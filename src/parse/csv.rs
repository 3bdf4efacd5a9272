//! Users as CSV: `userId,userType,roles,entity,lastLogin,customData.<path>`, roles separated by `;`.
//!
//! Each record becomes the [`Node`] that the same user in YAML would be, so that the model has one way in.

use std::collections::HashSet;

use super::limits;
use super::node::{Entry, Node, Style, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The columns a user has beside `customData.<path>`.
pub(super) const COLUMNS: &[&str] = &["userId", "userType", "roles", "entity", "lastLogin", "firstName", "lastName", "email"];

const CUSTOM_DATA: &str = "customData.";

/// Reads the records of a file. Every record keeps its own place.
pub(super) fn parse(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    if let Some(problem) = stray_quote(text, file) {
        problems.push(problem);
        return Vec::new();
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.byte_records();
    let Some(header) = records.next() else { return Vec::new() };
    let line_span = |record: &csv::ByteRecord| {
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        // The reader counts a record from where the last one ended, which may be before blank lines.
        let start = start + text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |len| start + len);
        Span::new(file, start, start + text.get(start..end).map_or(0, |line| line.trim_end_matches('\r').len()))
    };
    let syntax = |error: &csv::Error| {
        let at = error.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        Diagnostic::new(Code::Syntax, Span::new(file, at, at), format!("this is not well-formed CSV: {error}"))
    };
    let header = match header {
        Ok(header) => header,
        Err(error) => {
            problems.push(syntax(&error));
            return Vec::new();
        }
    };
    let before = problems.len();
    // A path that is too deep is said to be so.
    let path_steps = |field: &[u8]| field.split(|byte| *byte == b'.').count();
    let steps: usize = header.iter().map(path_steps).filter(|steps| *steps <= limits::DEPTH).sum();
    if steps > limits::CSV_STEPS {
        let message = format!("the columns of this header and the steps of their paths are more than {}", limits::CSV_STEPS);
        problems.push(Diagnostic::new(Code::TooLarge, line_span(&header), message).help("leave out columns that decide nothing"));
        return Vec::new();
    }
    let columns = columns(&header, line_span(&header), problems);
    if problems.len() > before {
        return Vec::new();
    }
    let mut users = Vec::new();
    for record in records {
        match record {
            Err(error) => problems.push(syntax(&error)),
            Ok(record) if record.len() != columns.len() => {
                let fields = if record.len() == 1 { "field" } else { "fields" };
                let message = format!("this record has {} {fields}, the header has {}", record.len(), columns.len());
                problems.push(Diagnostic::new(Code::Syntax, line_span(&record), message).help("quote fields that contain commas"));
            }
            Ok(record) => users.push(user(&columns, &record, line_span(&record))),
        }
    }
    users
}

/// The names of the columns of a header line, as the records' fields are called; `None` where there is something to say about it.
pub fn columns_of(header: &str) -> Option<Vec<String>> {
    let mut problems = Vec::new();
    let file = FileId::default();
    let users = parse(file, header, &mut problems);
    let record = csv::ReaderBuilder::new().has_headers(false).from_reader(header.as_bytes()).byte_records().next()?.ok()?;
    let columns = columns(&record, Span::new(file, 0, 0), &mut problems);
    (users.is_empty() && problems.is_empty()).then_some(columns)
}

/// The first quote that RFC 4180 does not allow. The reader would take it for text, or swallow the rest of the file.
fn stray_quote(text: &str, file: FileId) -> Option<Diagnostic> {
    let mut bytes = text.bytes().enumerate().peekable();
    let mut field_start = true;
    while let Some((at, byte)) = bytes.next() {
        if byte != b'"' {
            field_start = matches!(byte, b',' | b'\n' | b'\r');
            continue;
        }
        let problem = |message: &str| {
            let problem = Diagnostic::new(Code::Syntax, Span::new(file, at, at + 1), format!("this is not well-formed CSV: {message}"));
            Some(problem.help("quote the whole field, and write a quote inside it twice"))
        };
        if !field_start {
            return problem("a quote inside a field that is not quoted");
        }
        loop {
            match bytes.next() {
                None => return problem("this quote is never closed"),
                Some((_, b'"')) if matches!(bytes.peek(), Some((_, b'"'))) => {
                    bytes.next();
                }
                Some((_, b'"')) => break,
                Some(_) => {}
            }
        }
        if !matches!(bytes.peek(), None | Some((_, b',' | b'\n' | b'\r'))) {
            return problem("text follows the quote that closes this field");
        }
        field_start = false;
    }
    None
}

fn columns(header: &csv::ByteRecord, span: Span, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    // Every path that some column descends through.
    let mut inner: HashSet<String> = HashSet::new();
    for field in header {
        let written = String::from_utf8_lossy(field).into_owned();
        let name = canonical(&written);
        if !seen.insert(name.clone()) {
            let message = format!("the column `{written}` stands twice in the header");
            problems.push(Diagnostic::new(Code::DuplicateKey, span, message).help("readers disagree on which one counts: keep one"));
        }
        let known = COLUMNS.contains(&name.as_str()) || name.strip_prefix(CUSTOM_DATA).is_some_and(|path| !path.is_empty());
        if !known {
            let message = format!("users have no column `{written}`");
            let known = COLUMNS.join("`, `");
            problems.push(Diagnostic::new(Code::CsvHeader, span, message).help(format!("known columns: `{known}`, `customData.<path>`")));
        }
        if name.split('.').count() > limits::DEPTH {
            problems.push(Diagnostic::new(Code::TooDeep, span, format!("a column's path is longer than {} steps", limits::DEPTH)));
        }
        let above: Vec<&str> = name.match_indices('.').take(limits::DEPTH).filter_map(|(at, _)| name.get(..at)).collect();
        if inner.contains(&name) || above.iter().any(|path| seen.contains(*path)) {
            let message = format!("the column `{name}` wants a value to be a mapping that another column wants to be text");
            problems.push(Diagnostic::new(Code::CsvHeader, span, message));
        }
        inner.extend(above.into_iter().map(str::to_owned));
        columns.push(name);
    }
    if !columns.iter().any(|name| name == "userId") {
        problems.push(Diagnostic::new(Code::CsvHeader, span, "the header has no column `userId`").help("the first line names the columns"));
    }
    columns
}

/// The camelCase name of a column; the path below custom data is the user's own.
fn canonical(written: &str) -> String {
    match written.strip_prefix("custom_data.") {
        Some(path) => format!("{CUSTOM_DATA}{path}"),
        None if written.starts_with(CUSTOM_DATA) => written.to_owned(),
        None => super::spelling::camel(written).into_owned(),
    }
}

fn user(columns: &[String], record: &csv::ByteRecord, span: Span) -> Node {
    let mut entries = Vec::new();
    let mut custom = Node { span, value: Value::Map(Vec::new()) };
    for (name, field) in columns.iter().zip(record) {
        let text = String::from_utf8_lossy(field);
        if text.is_empty() && name != "userId" {
            continue;
        }
        let scalar = |text: &str| Node { span, value: Value::Scalar(text.into(), Style::Quoted) };
        if let Some(path) = name.strip_prefix(CUSTOM_DATA) {
            insert(&mut custom, path, scalar(&text), span);
            continue;
        }
        let value = if name == "roles" {
            let roles = text.split(';').filter(|role| !role.is_empty()).map(scalar).collect();
            Node { span, value: Value::List(roles) }
        } else {
            scalar(&text)
        };
        entries.push(Entry { key: name.as_str().into(), key_span: span, value });
    }
    if custom.entries().is_some_and(|entries| !entries.is_empty()) {
        entries.push(Entry { key: "customData".into(), key_span: span, value: custom });
    }
    Node { span, value: Value::Map(entries) }
}

/// Puts `value` at a dotted path below `node`.
fn insert(node: &mut Node, path: &str, value: Node, span: Span) {
    let Value::Map(entries) = &mut node.value else { return };
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let Some(rest) = rest else {
        entries.push(Entry { key: head.into(), key_span: span, value });
        return;
    };
    if !entries.iter().any(|entry| &*entry.key == head) {
        entries.push(Entry { key: head.into(), key_span: span, value: Node { span, value: Value::Map(Vec::new()) } });
    }
    if let Some(entry) = entries.iter_mut().find(|entry| &*entry.key == head) {
        insert(&mut entry.value, rest, value, span);
    }
}
