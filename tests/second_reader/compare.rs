//! One text, two readers, one comparison.

use std::borrow::Cow;

use gatewalk::parse::{Entry, Node, Style, Syntax, Value as NodeValue, parse};
use gatewalk::source::SourceMap;
use serde::Deserialize;
use serde_yaml::{Number, Value};

/// Reads a text as gatewalk does, or says by their codes what it has against it. A byte-order mark is taken off where files are read.
pub(crate) fn ours(syntax: Syntax, text: &str) -> Result<Vec<Node>, Vec<&'static str>> {
    read_bare(syntax, text.strip_prefix('\u{feff}').unwrap_or(text)).1
}

fn read_bare(syntax: Syntax, text: &str) -> (SourceMap, Result<Vec<Node>, Vec<&'static str>>) {
    let mut sources = SourceMap::default();
    let file = sources.add("document".to_owned(), text.to_owned());
    let mut problems = Vec::new();
    let nodes = parse(file, syntax, &sources, &mut problems);
    let read = if problems.is_empty() { Ok(nodes) } else { Err(problems.iter().map(|problem| problem.code.id()).collect()) };
    (sources, read)
}

/// Reads a text as the other reader does, to which JSON is YAML.
pub(crate) fn theirs(syntax: Syntax, text: &str) -> Result<Vec<Value>, String> {
    let documents = |text: &str| {
        let read = serde_yaml::Deserializer::from_str(text).map(Value::deserialize);
        read.collect::<Result<Vec<Value>, _>>().map_err(|error| error.to_string())
    };
    match syntax {
        Syntax::Ndjson => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            Ok(lines.map(documents).collect::<Result<Vec<_>, _>>()?.concat())
        }
        _ => documents(text),
    }
}

/// How many values the two readers read alike; or the first that they do not.
///
/// Three differences would hide all others, and are taken out of the way: a byte-order mark, surrogate pairs, and the
/// nothing that the other reader makes of a text without a document.
pub(crate) fn compare(syntax: Syntax, text: &str) -> Result<usize, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let without_document = syntax == Syntax::Yaml && text.lines().all(|line| line.trim().is_empty() || line.starts_with('#'));
    if without_document { Ok(0) } else { compare_as_written(syntax, text, &without_surrogates(syntax, text)) }
}

/// The same, whatever comes of it: a text for each reader.
pub(crate) fn compare_as_written(syntax: Syntax, text: &str, for_them: &str) -> Result<usize, String> {
    let (sources, ours) = read_bare(syntax, text);
    let ours = ours.map_err(|codes| format!("gatewalk refuses it: {codes:?}"))?;
    let theirs = theirs(syntax, for_them).map_err(|error| format!("the other reader refuses it: {error}"))?;
    if ours.len() != theirs.len() {
        return Err(format!("{} documents, the other reader has {}", ours.len(), theirs.len()));
    }
    let comparison = Comparison { sources: &sources };
    let mut count = 0;
    for (at, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        count += comparison.value(ours, theirs).map_err(|difference| format!("in document {}: {difference}", at + 1))?;
    }
    Ok(count)
}

/// JSON writes a character beyond U+FFFF as two escapes, which the other reader refuses; the character itself it reads.
fn without_surrogates(syntax: Syntax, text: &str) -> Cow<'_, str> {
    if syntax == Syntax::Yaml {
        return Cow::Borrowed(text);
    }
    let unit = |escape: &str| {
        let digits = escape.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let pair = unit(escape).zip(escape.get(6..).and_then(unit));
        let found = pair.and_then(|(high, low)| char::decode_utf16([high, low]).next()?.ok()).filter(|found| u32::from(*found) > 0xffff);
        let taken = if found.is_some() { 12 } else { 2 };
        match found {
            Some(found) => out.push(found),
            None => out.push_str(escape.get(..taken).unwrap_or(escape)),
        }
        rest = escape.get(taken..).unwrap_or_default();
    }
    Cow::Owned(out + rest)
}

struct Comparison<'s> {
    sources: &'s SourceMap,
}

impl Comparison<'_> {
    /// Compares two values with all that is in them, and counts them.
    fn value(&self, ours: &Node, theirs: &Value) -> Result<usize, String> {
        match (&ours.value, theirs) {
            (NodeValue::Scalar(text, Style::Quoted), Value::String(same)) if **text == **same => Ok(1),
            (NodeValue::Scalar(text, Style::Plain), _) if denotes(text, theirs) => {
                self.resolved(ours, theirs)?;
                Ok(1)
            }
            (NodeValue::List(ours), Value::Sequence(theirs)) if ours.len() == theirs.len() => {
                ours.iter().zip(theirs).try_fold(1, |count, (ours, theirs)| Ok(count + self.value(ours, theirs)?))
            }
            (NodeValue::Map(ours), Value::Mapping(theirs)) if ours.len() == theirs.len() => {
                ours.iter().zip(theirs).try_fold(1, |count, (ours, (key, theirs))| {
                    self.key(ours, key)?;
                    Ok(count + 1 + self.value(&ours.value, theirs)?)
                })
            }
            _ => Err(format!("line {}: {:?}, the other reader has {theirs:?}", self.sources.place(ours.span).line, ours.value)),
        }
    }

    /// What gatewalk takes a plain scalar for, where that can decide access: nothing at all, or a boolean.
    fn resolved(&self, ours: &Node, theirs: &Value) -> Result<(), String> {
        let same = ours.is_null() == theirs.is_null() && ours.boolean() == theirs.as_bool();
        same.then_some(()).ok_or_else(|| format!("line {}: {ours:?} is not resolved to {theirs:?}", self.sources.place(ours.span).line))
    }

    /// A key is its text, whatever the other reader resolves that to.
    fn key(&self, ours: &Entry, theirs: &Value) -> Result<(), String> {
        let quoted = self.sources.slice(ours.key_span).starts_with(['"', '\'']);
        let same = if quoted { theirs.as_str() == Some(&*ours.key) } else { denotes(&ours.key, theirs) };
        let line = self.sources.place(ours.key_span).line;
        same.then_some(()).ok_or_else(|| format!("line {line}: the key {:?}, the other reader has {theirs:?}", ours.key))
    }
}

/// Whether plain text denotes this value: nothing, a boolean, a number, and else itself.
fn denotes(text: &str, value: &Value) -> bool {
    match value {
        Value::Null => matches!(text, "" | "~" | "null" | "Null" | "NULL"),
        Value::Bool(value) => *text == value.to_string(),
        Value::Number(number) => is_number(text) && is_equal(text, number),
        Value::String(same) => text == same && !is_number(text) && !matches!(text, "true" | "false" | "null" | "~" | ""),
        _ => false,
    }
}

/// Whether plain text is a number of YAML 1.2: `7`, `-0.50`, `1e3`, `0x1F`, `0o17`. Leading zeros make it text.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |part: &str, radix| !part.is_empty() && part.chars().all(|digit| digit.is_digit(radix));
    if let Some(hex) = unsigned.strip_prefix("0x") {
        return digits(hex, 16);
    }
    if let Some(octal) = unsigned.strip_prefix("0o") {
        return digits(octal, 8);
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    let integer = fraction.is_none() && exponent.is_none();
    let optional = |part: &str| part.is_empty() || digits(part, 10);
    let mantissa = optional(whole) && fraction.is_none_or(optional) && !(whole.is_empty() && fraction.is_none_or(str::is_empty));
    let exponent = exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent), 10));
    mantissa && exponent && !(integer && whole.len() > 1 && whole.starts_with('0'))
}

/// Whether the number is what the text says, to the last digit of an integer.
fn is_equal(text: &str, number: &Number) -> bool {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let radix = [("0x", 16), ("0o", 8)].into_iter().find_map(|(prefix, radix)| Some((unsigned.strip_prefix(prefix)?, radix)));
    let (digits, radix) = radix.unwrap_or((unsigned, 10));
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (i128::from_str_radix(digits, radix), exact) {
        (Ok(value), Some(exact)) => value * sign == exact,
        // Both come from the same decimal text, so that they round alike.
        #[allow(clippy::float_cmp, reason = "nothing was calculated with either")]
        _ => text.parse::<f64>().ok() == number.as_f64(),
    }
}
