//! The values of a file with the places at which they begin, read from its raw text.
//!
//! Made for the fixtures as they are written and for nothing else: JSON, CSV with the id first, and block YAML whose flow
//! stays on one line. It knows no rule of access and shares nothing with the readers of the program.

use std::iter::Peekable;
use std::vec::IntoIter;

/// Line and column, both counted from 1.
pub(crate) type At = (usize, usize);

/// A value, by the keys that lead to it from the top of the file; `#2` is the third entry of a list.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) path: Vec<String>,
    pub(crate) at: At,
    /// Its text, if it is a scalar.
    pub(crate) text: Option<String>,
}

/// The values of a file, in the order of the text.
pub(crate) fn outline(name: &str, text: &str) -> Vec<Value> {
    let mut values = Vec::new();
    match name.rsplit('.').next() {
        Some("csv") => lines(text, |path, at, line| {
            let id = line.split(',').next().map(str::to_owned);
            values.push(Value { path: vec![path.clone()], at, text: None });
            values.push(Value { path: vec![path, "userId".to_owned()], at: (at.0, 0), text: id });
        }),
        Some("ndjson") => lines(text, |path, at, line| Flow::new(line, at.0).value(vec![path], &mut values)),
        Some("json") => Flow::new(text, 1).value(vec!["1".to_owned()], &mut values),
        _ => Block { documents: 1, ..Block::default() }.read(text, &mut values),
    }
    values
}

fn lines(text: &str, mut take: impl FnMut(String, At, &str)) {
    text.lines().enumerate().for_each(|(at, line)| take((at + 1).to_string(), (at + 1, 1), line));
}

/// The names with which DynamoDB's JSON wraps values.
const DYNAMODB_TYPES: &[&str] = &["S", "N", "BOOL", "NULL", "M", "L"];

/// Flow YAML, which JSON is too.
struct Flow {
    marks: Peekable<IntoIter<(At, char)>>,
}

impl Flow {
    fn new(text: &str, line: usize) -> Self {
        let marks: Vec<(At, char)> = (line..)
            .zip(text.split('\n'))
            .flat_map(|(line, text)| text.chars().chain(['\n']).enumerate().map(move |(at, mark)| ((line, at + 1), mark)))
            .collect();
        Self { marks: marks.into_iter().peekable() }
    }

    /// What follows a place of a line of YAML.
    fn after(line: &str, at: At) -> Self {
        let mut flow = Self::new(line, at.0);
        while flow.marks.next_if(|(here, _)| here.1 < at.1).is_some() {}
        flow
    }

    fn skip(&mut self, marks: &[char]) -> (At, char) {
        while self.marks.next_if(|(_, mark)| marks.contains(mark)).is_some() {}
        self.marks.peek().copied().expect("the text goes on")
    }

    fn value(&mut self, path: Vec<String>, values: &mut Vec<Value>) {
        let (at, mark) = self.skip(&[' ', '\n']);
        if !matches!(mark, '{' | '[') {
            let text = Some(self.scalar(&[',', ']', '}', '\n']));
            values.push(Value { path, at, text });
            return;
        }
        self.marks.next();
        let mut inner = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        loop {
            let (_, next) = self.skip(&[' ', '\n', ',']);
            if matches!(next, '}' | ']') {
                self.marks.next();
                break;
            }
            let key = if mark == '{' { self.scalar(&[':']) } else { format!("#{}", keys.len()) };
            if mark == '{' {
                self.skip(&[' ']);
                self.marks.next();
            }
            self.value(path.iter().chain([&key]).cloned().collect(), &mut inner);
            keys.push(key);
        }
        // What wraps a value in DynamoDB's JSON is no value of its own.
        match keys.as_slice() {
            [key] if DYNAMODB_TYPES.contains(&key.as_str()) => inner.iter_mut().for_each(|value| drop(value.path.remove(path.len()))),
            _ => values.push(Value { path, at, text: None }),
        }
        values.append(&mut inner);
    }

    fn scalar(&mut self, ends: &[char]) -> String {
        let quoted = self.marks.next_if(|(_, mark)| *mark == '"').is_some();
        let ends = if quoted { &['"'] } else { ends };
        let text: String = std::iter::from_fn(|| self.marks.next_if(|(_, mark)| !ends.contains(mark))).map(|(_, mark)| mark).collect();
        if quoted {
            self.marks.next();
            return text;
        }
        text.trim_end().to_owned()
    }
}

/// Block YAML: what leads to the line that is read, each with its column.
#[derive(Default)]
struct Block {
    documents: usize,
    open: Vec<(usize, String)>,
    /// A key without a value on its line, or the top of a document.
    waiting: bool,
}

impl Block {
    fn read(mut self, text: &str, values: &mut Vec<Value>) {
        self.waiting = true;
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with("---") {
                self = Self { documents: self.documents + 1, open: Vec::new(), waiting: true };
            } else if !line.trim_start().is_empty() && !line.trim_start().starts_with('#') {
                self.line(number, line, values);
            }
        }
    }

    fn path(&self) -> Vec<String> {
        std::iter::once(self.documents.to_string()).chain(self.open.iter().map(|(_, name)| name.clone())).collect()
    }

    fn line(&mut self, number: usize, line: &str, values: &mut Vec<Value>) {
        let mut column = 1 + line.chars().take_while(|mark| *mark == ' ').count();
        let mut rest = line.trim_start();
        let deeper = self.open.last().is_none_or(|(key, _)| column > *key || (column == *key && rest.starts_with("- ")));
        if self.waiting && deeper {
            values.push(Value { path: self.path(), at: (number, column), text: None });
        }
        self.waiting = false;
        while let Some(entry) = rest.strip_prefix("- ") {
            self.open.retain(|(open, _)| *open <= column);
            let before = self.open.pop_if(|(open, name)| *open == column && name.starts_with('#'));
            let index = before.and_then(|(_, name)| name.trim_start_matches('#').parse::<usize>().ok()).map_or(0, |index| index + 1);
            self.open.push((column, format!("#{index}")));
            column += 2;
            rest = entry;
            if is_key(rest) || rest.starts_with("- ") {
                values.push(Value { path: self.path(), at: (number, column), text: None });
            }
        }
        if is_key(rest) {
            let (key, value) = rest.split_once(':').expect("a key ends with a colon");
            self.open.retain(|(open, _)| *open < column);
            self.open.push((column, key.to_owned()));
            column += key.len() + 1 + (value.len() - value.trim_start().len());
            rest = value.trim_start();
            self.waiting = rest.is_empty();
        }
        if !rest.is_empty() {
            Flow::after(line, (number, column)).value(self.path(), values);
        }
    }
}

/// Whether a line of YAML goes on with a key.
fn is_key(rest: &str) -> bool {
    rest.split_once(':').is_some_and(|(key, value)| key.chars().all(char::is_alphanumeric) && (value.is_empty() || value.starts_with(' ')))
}
