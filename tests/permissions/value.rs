//! Values as they are written, and what they compare as.

use std::cmp::Ordering;

use jiff::Timestamp;

/// What a value is where nothing makes it text.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    Text,
    /// In millionths, so that no number of these tests is rounded.
    Number(i128),
    Time(Timestamp),
    Bool(bool),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    pub text: String,
    /// Written without quotes, so that it may be a number or a boolean.
    pub plain: bool,
    pub typed: Typed,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Attr {
    Null,
    One(Scalar),
    List(Vec<Scalar>),
}

impl Scalar {
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        let typed = match text.as_str() {
            "true" => Typed::Bool(true),
            "false" => Typed::Bool(false),
            other => number(other).map(Typed::Number).or_else(|| time(other).map(Typed::Time)).unwrap_or(Typed::Text),
        };
        Self { text, plain: true, typed }
    }

    pub fn quoted(text: impl Into<String>) -> Self {
        let text = text.into();
        let typed = time(&text).map_or(Typed::Text, Typed::Time);
        Self { text, plain: false, typed }
    }
}

impl Attr {
    /// A single value is a list of one; `null` is a missing attribute.
    pub fn elements(&self) -> Option<&[Scalar]> {
        match self {
            Self::Null => None,
            Self::One(scalar) => Some(std::slice::from_ref(scalar)),
            Self::List(scalars) => Some(scalars),
        }
    }
}

/// How two values compare, none where they do not.
pub fn compare(one: &Scalar, other: &Scalar, as_text: bool) -> Option<Ordering> {
    if as_text {
        return Some(one.text.as_bytes().cmp(other.text.as_bytes()));
    }
    match (&one.typed, &other.typed) {
        (Typed::Text, Typed::Text) => Some(one.text.as_bytes().cmp(other.text.as_bytes())),
        (Typed::Number(one), Typed::Number(other)) => Some(one.cmp(other)),
        (Typed::Time(one), Typed::Time(other)) => Some(one.cmp(other)),
        (Typed::Bool(one), Typed::Bool(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

/// `*` is any text and `?` any character, neither across `/`, `#` or `:`.
pub fn glob_matches(pattern: &str, text: &str) -> bool {
    let mut letters = text.chars();
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = &pattern[1..];
            glob_matches(rest, text) || letters.next().is_some_and(|first| !separates(first) && glob_matches(pattern, letters.as_str()))
        }
        Some(wanted) => letters.next().is_some_and(|first| {
            let fits = if wanted == '?' { !separates(first) } else { first == wanted };
            fits && glob_matches(&pattern[wanted.len_utf8()..], letters.as_str())
        }),
    }
}

fn separates(letter: char) -> bool {
    matches!(letter, '/' | '#' | ':')
}

const MILLION: i128 = 1_000_000;

/// A decimal number, in millionths.
fn number(text: &str) -> Option<i128> {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 6 {
        return None;
    }
    let millionths: i128 = format!("{fraction:0<6}").parse().ok()?;
    Some(sign * (whole.parse::<i128>().ok()? * MILLION + millionths))
}

/// The number as it can be written.
pub fn written(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", millionths.abs() / MILLION, millionths.abs() % MILLION)
}

/// A time has an offset, or is a date alone, which is its start in UTC.
fn time(text: &str) -> Option<Timestamp> {
    if text.len() < 10 || text.as_bytes()[4] != b'-' {
        return None;
    }
    if text.len() == 10 { format!("{text}T00:00:00Z").parse().ok() } else { text.parse().ok() }
}
