//! JSON as RFC 8259 has it, with positions; one value, or several in a row.
//!
//! Not serde_json: it keeps no places, and takes the last of two equal keys without a word.

use super::keys::Keys;
use super::limits;
use super::node::{Entry, Node, Style, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Reads the values of `text[start..end]`, one after the other, until the end or the first problem.
pub(super) fn parse(file: FileId, text: &str, start: usize, end: usize, problems: &mut Vec<Diagnostic>) -> Vec<Node> {
    let (items, entries) = (Vec::with_capacity(OPEN), Vec::with_capacity(OPEN));
    let mut reader = Reader { file, text: text.get(..end).unwrap_or(text), at: start, problems, items, entries };
    let mut values = Vec::new();
    loop {
        reader.skip_space();
        if reader.peek().is_none() {
            return values;
        }
        match reader.value(0) {
            Ok(value) => values.push(value),
            Err(problem) => {
                reader.problems.push(*problem);
                return values;
            }
        }
    }
}

type Problem = Box<Diagnostic>;

/// Room for so many members of lists and mappings that are not closed yet.
const OPEN: usize = 64;

struct Reader<'t, 'p> {
    file: FileId,
    text: &'t str,
    at: usize,
    /// Problems after which reading goes on.
    problems: &'p mut Vec<Diagnostic>,
    /// The items of all lists that are not closed yet: how much room a list needs is known at its end.
    items: Vec<Node>,
    /// The same of mappings.
    entries: Vec<Entry>,
}

impl Reader<'_, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.file, start, self.at)
    }

    /// A syntax problem at the next character.
    fn problem(&self, expected: &str) -> Problem {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            None => "the end of the text".to_owned(),
            Some(found) => format!("`{found}`"),
        };
        let width = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = Span::new(self.file, self.at, self.at + width);
        Box::new(Diagnostic::new(Code::Syntax, span, format!("this is not well-formed JSON: expected {expected}, found {found}")))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Problem> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.array(depth + 1),
            Some(b'"') => {
                let text = self.string()?;
                Ok(Node { span: self.span(start), value: Value::Scalar(text, Style::Quoted) })
            }
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.problem("a value")),
        }
    }

    fn enter(&mut self, depth: usize) -> Result<usize, Problem> {
        let start = self.at;
        if depth > limits::DEPTH {
            let message = format!("lists and mappings are nested deeper than {} levels here", limits::DEPTH);
            return Err(Box::new(Diagnostic::new(Code::TooDeep, Span::new(self.file, start, start + 1), message)));
        }
        self.at += 1;
        self.skip_space();
        Ok(start)
    }

    fn object(&mut self, depth: usize) -> Result<Node, Problem> {
        let start = self.enter(depth)?;
        let before = self.entries.len();
        let mut keys = Keys::default();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Node { span: self.span(start), value: Value::Map(Vec::new()) });
        }
        loop {
            let key_start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.problem("a key in double quotes"));
            }
            let key = self.string()?;
            let key_span = self.span(key_start);
            let again = keys.note(self.entries.get(before..).unwrap_or_default(), &key, key_span);
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.problem("`:` after the key"));
            }
            self.at += 1;
            self.skip_space();
            let value = self.value(depth)?;
            match again {
                Ok(()) => self.entries.push(Entry { key, key_span, value }),
                Err(problem) => self.problems.push(problem),
            }
            if self.next_or_close(b'}', "`,` or `}`")? {
                let entries = self.entries.drain(before..).collect();
                return Ok(Node { span: self.span(start), value: Value::Map(entries) });
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Node, Problem> {
        let start = self.enter(depth)?;
        let before = self.items.len();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Node { span: self.span(start), value: Value::List(Vec::new()) });
        }
        loop {
            let item = self.value(depth)?;
            self.items.push(item);
            if self.next_or_close(b']', "`,` or `]`")? {
                let items = self.items.drain(before..).collect();
                return Ok(Node { span: self.span(start), value: Value::List(items) });
            }
        }
    }

    /// After a member: a comma (false) or the closing bracket (true).
    fn next_or_close(&mut self, close: u8, expected: &str) -> Result<bool, Problem> {
        self.skip_space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_space();
                Ok(false)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.problem(expected)),
        }
    }

    fn word(&mut self, word: &str) -> Result<Node, Problem> {
        let start = self.at;
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.problem(&format!("`{word}`")));
        }
        self.at += word.len();
        self.end_of_scalar()?;
        Ok(Node { span: self.span(start), value: Value::Scalar(word.into(), Style::Plain) })
    }

    fn number(&mut self) -> Result<Node, Problem> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        self.end_of_scalar()?;
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(Node { span: self.span(start), value: Value::Scalar(text.into(), Style::Plain) })
    }

    fn digits(&mut self) -> Result<(), Problem> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.problem("a digit"));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    /// So that `01`, `1x` and `nullx` are problems of their own and not two values in a row.
    fn end_of_scalar(&self) -> Result<(), Problem> {
        match self.peek() {
            None | Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r') => Ok(()),
            Some(_) => Err(self.problem("the end of the value")),
        }
    }

    /// A string in double quotes; the reader stands on the opening quote.
    fn string(&mut self) -> Result<Box<str>, Problem> {
        self.at += 1;
        let start = self.at;
        let mut decoded: Option<String> = None;
        let mut plain_from = start;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            self.at += rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
            match self.peek() {
                None => return Err(self.problem("the closing `\"`")),
                Some(b'"') => {
                    let tail = self.text.get(plain_from..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(match decoded {
                        None => tail.into(),
                        Some(text) => (text + tail).into(),
                    });
                }
                Some(b'\\') => {
                    let so_far = decoded.get_or_insert_default();
                    so_far.push_str(self.text.get(plain_from..self.at).unwrap_or_default());
                    let escaped = self.escape()?;
                    decoded.get_or_insert_default().push(escaped);
                    plain_from = self.at;
                }
                Some(_) => return Err(self.problem("an escape such as `\\n` instead of a raw control character")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Problem> {
        self.at += 1;
        let simple = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.problem("an escape of JSON")),
        };
        self.at += 1;
        Ok(simple)
    }

    /// The four digits after `\u`, and the second half of a surrogate pair.
    fn unicode_escape(&mut self) -> Result<char, Problem> {
        let first = self.four_digits()?;
        if let Some(found) = char::from_u32(first) {
            return Ok(found);
        }
        let second = match self.text.get(self.at..self.at + 2) {
            Some("\\u") if (0xd800..0xdc00).contains(&first) => {
                self.at += 2;
                self.four_digits()?
            }
            _ => return Err(self.problem("the second half of a surrogate pair")),
        };
        let pair = 0x1_0000 + ((first - 0xd800) << 10);
        match second.checked_sub(0xdc00).filter(|low| *low < 0x400).and_then(|low| char::from_u32(pair + low)) {
            Some(found) => Ok(found),
            None => Err(self.problem("the second half of a surrogate pair before this")),
        }
    }

    fn four_digits(&mut self) -> Result<u32, Problem> {
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => Err(self.problem("four hexadecimal digits")),
        }
    }
}
