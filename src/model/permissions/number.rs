//! Decimal numbers, compared exactly: a floating-point number would take 9007199254740993 for its neighbour.

use std::cmp::Ordering;

/// A decimal number: `0.DIGITS` times ten to the power of `exponent`, with no zero at either end of the digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    digits: Box<str>,
    exponent: i64,
}

impl Number {
    /// Reads a decimal number as YAML's core schema and JSON write one; hexadecimal and octal ones too.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        for (prefix, radix) in [("0x", 16), ("0o", 8)] {
            if let Some(digits) = text.strip_prefix(prefix).filter(|digits| !digits.starts_with('+')) {
                return u128::from_str_radix(digits, radix).ok().and_then(|value| Self::parse(&value.to_string()));
            }
        }
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !(all_digits(whole) && all_digits(fraction)) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let power = exponent.map_or(Some(0), power)?;
        let digits = format!("{whole}{fraction}");
        let leading = digits.len() - digits.trim_start_matches('0').len();
        let significant = digits.trim_matches('0');
        if significant.is_empty() {
            return Some(Self { negative: false, digits: "".into(), exponent: 0 });
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Self { negative, digits: significant.into(), exponent: power.checked_add(point)? })
    }
}

impl Number {
    /// Whether it is below zero, its digits, and its power of ten: `0.DIGITS` times ten to that power.
    pub fn parts(&self) -> (bool, &str, i64) {
        (self.negative, &self.digits, self.exponent)
    }

    /// Whether a text is written like a number, and is none that can be compared.
    pub(super) fn is_too_large(text: &str) -> bool {
        let digits = |prefix: &str, radix: u32| {
            text.strip_prefix(prefix).is_some_and(|digits| !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix)))
        };
        let far = text.split_once(['e', 'E']).is_some_and(|(mantissa, power)| {
            let power = power.strip_prefix(['-', '+']).unwrap_or(power);
            Self::parse(mantissa).is_some() && !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
        });
        Self::parse(text).is_none() && (digits("0x", 16) || digits("0o", 8) || far)
    }
}

/// A power of ten; one that no 64 bits hold is no number of ours.
fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitude = || match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Without zeros at the ends, digits after the point compare as text does.
            (false, false) => self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits)),
        };
        match (self.negative, other.negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_are_equal_however_written() {
        for (a, b) in
            [("1", "1.0"), ("10", "1e1"), ("0.1", "1e-1"), ("-0", "0"), ("0123", "123"), ("+5", "5"), (".5", "0.50"), ("0x10", "16")]
        {
            assert_eq!(Number::parse(a), Number::parse(b), "{a} {b}");
            assert!(Number::parse(a).is_some(), "{a}");
        }
    }

    #[test]
    fn numbers_are_in_order() {
        let rising = ["-10", "-9.5", "-1e-9", "0", "1e-9", "0.09", "0.1", "9", "10", "11", "9007199254740992", "9007199254740993", "1e400"];
        let numbers = rising.map(Number::parse);
        assert!(numbers.iter().all(Option::is_some));
        assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-", ".", "1e", "1e+", "1_000", "--1", "1.2.3", "e5", "0x", "0x+1", ".inf", ".nan", "1 ", "1e99999999999999999999"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
