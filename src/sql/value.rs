//! Typed values as texts that compare as the values do, and JSON that is taken apart into such.
//!
//! A value is a record of `k`, its key, and `w`, the text as written. A key begins with its type: `s` text, `n` number, `t` time, `b`
//! boolean; two keys of one type are in the order of their values. So numbers are exact, whatever an engine's decimals hold, and
//! times are to the nanosecond.

use jiff::Timestamp;

use super::dialect::Speech;
use crate::model::permissions::Value;

/// Added to an exponent, so that it is not below zero and has ten digits.
const EXPONENT: i64 = 1_000_000_000;
/// Added to seconds since 1970, so that they are not below zero and have twelve digits.
const SECONDS: i64 = 100_000_000_000;

/// What begins as a JSON object.
const OBJECT: &str = r"[ \t\r\n]*\{.*";
/// JSON that is absent.
const ABSENT: &str = r"[ \t\r\n]*null[ \t\r\n]*";
/// Decimal numbers of JSON and of YAML, which may begin with zeros, a plus or the point.
const NUMBER: &str = r"[-+]?([0-9]*)(?:\.([0-9]*))?(?:[eE]\+?(-?[0-9]{1,8}))?";
const TIME: &str =
    "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2})))?";
/// What begins as a time, and is none: its offset is missing, or is no offset.
const NO_TIME: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?(?:[+-](?:[^+-]*[^+Zz-])?)?";

/// The key of a value; `None` for a number that is too large or too small for one.
pub(super) fn key(value: &Value) -> Option<String> {
    if let Some(number) = value.number() {
        let (negative, digits, exponent) = number.parts();
        if digits.is_empty() {
            return Some("n1".to_owned());
        }
        let exponent = exponent.checked_add(EXPONENT).filter(|exponent| (0..10 * EXPONENT).contains(exponent))?;
        let size = format!("{exponent:010}{digits}");
        return Some(if negative { format!("n0{}~", complement(&size)) } else { format!("n2{size}") });
    }
    Some(match value.time() {
        Some(time) => time_key(time.as_second(), time.subsec_nanosecond()),
        None if value.is_boolean() => if value.text() == "true" { "b1" } else { "b0" }.to_owned(),
        None => format!("s{}", value.text()),
    })
}

/// The digits that are to nine what these are to zero.
fn complement(digits: &str) -> String {
    digits.bytes().map(|digit| char::from(b'9' - (digit - b'0'))).collect()
}

/// The key of a time.
pub(super) fn key_of_time(time: Timestamp) -> String {
    time_key(time.as_second(), time.subsec_nanosecond())
}

fn time_key(seconds: i64, nanoseconds: i32) -> String {
    // jiff counts both down before 1970.
    let (seconds, nanoseconds) = if nanoseconds < 0 { (seconds - 1, nanoseconds + 1_000_000_000) } else { (seconds, nanoseconds) };
    format!("t{:012}{nanoseconds:09}", seconds + SECONDS)
}

/// A value in a query; `None` for a number that is too large or too small.
pub(super) fn record(speech: &dyn Speech, value: &Value) -> Option<String> {
    Some(speech.record(&[("k", speech.text(&key(value)?)), ("w", speech.text(value.text()))]))
}

/// The type of such records.
pub(super) fn record_type(speech: &dyn Speech) -> String {
    speech.record_type(&[("k", speech.text_type()), ("w", speech.text_type())])
}

/// A JSON text in which every string, the keys too, begins with `s`, and every number is a string that begins with `n`: engines
/// read numbers as floating-point ones, and do not tell what was a string.
fn tagged(speech: &dyn Speech, json: &str) -> String {
    let token = "CASE WHEN left(j, 1) = '\"' THEN '\"s' || substr(j, 2) \
                 WHEN left(j, 1) BETWEEN '0' AND '9' OR (left(j, 1) IN ('-', '+', '.') AND length(j) > 1) THEN '\"n' || j || '\"' ELSE j END";
    speech.joined(&speech.map(&speech.tokens(json), "j", token))
}

/// A tagged JSON object; `NULL` for a `null`, which Spark takes for no JSON. In a list or a scalar engines would find no key, as
/// if it were an object that lacks them all.
pub(super) fn tagged_object(speech: &dyn Speech, json: &str, refusal: &str) -> String {
    let (is_absent, is_object) = (speech.matches(json, ABSENT), speech.matches(json, OBJECT));
    let (tagged, refused) = (tagged(speech, json), speech.fail(refusal));
    format!("CASE WHEN {json} IS NULL OR {is_absent} THEN NULL WHEN {is_object} THEN {tagged} ELSE {refused} END")
}

/// The elements of a tagged value: those of a list, or itself; `NULL` where there is none.
fn elements(speech: &dyn Speech, tagged: &str) -> String {
    let one = speech.list(&[tagged.to_owned()]);
    format!("CASE WHEN {tagged} IS NULL THEN NULL WHEN left({tagged}, 1) = '[' THEN {} ELSE {one} END", speech.items(tagged))
}

/// The text of a tagged scalar as it was written.
pub(super) fn written(name: &str) -> String {
    format!("CASE WHEN left({name}, 1) IN ('s', 'n') THEN substr({name}, 2) ELSE {name} END")
}

/// The values of a tagged value as texts.
pub(super) fn texts(speech: &dyn Speech, tagged: &str) -> String {
    let refused = speech.fail("'an attribute is no text, number or boolean, and no list of these: ' || coalesce(v, 'null')");
    let one = format!("CASE WHEN coalesce(left(v, 1), '{{') IN ('[', '{{') THEN {refused} ELSE {} END", written("v"));
    speech.map(&elements(speech, tagged), "v", &one)
}

/// The values of a tagged value as records.
pub(super) fn records(speech: &dyn Speech, tagged: &str) -> String {
    let refused = speech.fail("'an attribute is no text, number or boolean, and no list of these: ' || coalesce(v, 'null')");
    let text = speech.with("w", "substr(v, 2)", &text_key(speech, "w"));
    let number = speech.with("w", "substr(v, 2)", &number_key(speech));
    let key =
        format!("CASE left(v, 1) WHEN 's' THEN {text} WHEN 'n' THEN {number} WHEN 't' THEN 'b1' WHEN 'f' THEN 'b0' ELSE {refused} END");
    speech.map(&elements(speech, tagged), "v", &speech.record(&[("k", key), ("w", written("v"))]))
}

/// The key of a text, which may be a time.
fn text_key(speech: &dyn Speech, name: &str) -> String {
    let no_time = speech.fail(&format!("'this time has no offset from UTC, or one that does not exist: ' || {name}"));
    format!(
        "CASE WHEN {} THEN {} WHEN {} THEN {no_time} ELSE 's' || {name} END",
        speech.matches(name, TIME),
        time_key_of(speech, name),
        speech.matches(name, NO_TIME)
    )
}

/// The key of a text that must be a time.
pub(super) fn time_of_text(speech: &dyn Speech, name: &str) -> String {
    let refused = speech.fail(&format!("'this is not a time: ' || {name}"));
    format!("CASE WHEN {name} IS NULL THEN NULL WHEN {} THEN {} ELSE {refused} END", speech.matches(name, TIME), time_key_of(speech, name))
}

/// The key of a text that is a time in form.
fn time_key_of(speech: &dyn Speech, name: &str) -> String {
    let regex = format!("^{TIME}$");
    let part = |group| format!("CAST('0' || {} AS BIGINT)", speech.group(name, &regex, group));
    let [hour, minute, second, offset_hour, offset_minute] = [1, 2, 3, 6, 7].map(part);
    let sign = format!("CASE WHEN {} = '-' THEN -1 ELSE 1 END", speech.group(name, &regex, 5));
    let refused = speech.fail(&format!("'there is no such time: ' || {name}"));
    let day = format!("CAST({} AS BIGINT)", speech.day(&format!("substr({name}, 1, 10)")));
    let seconds = format!(
        "CAST({SECONDS} AS BIGINT) + {day} * 86400 + {hour} * 3600 + {minute} * 60 + {second} - ({sign}) * ({offset_hour} * 3600 + {offset_minute} * 60)"
    );
    let text = speech.text_type();
    format!(
        "CASE WHEN {day} IS NULL OR {hour} > 23 OR {minute} > 59 OR {second} > 59 OR {offset_hour} > 23 OR {offset_minute} > 59 THEN {refused} \
         ELSE 't' || lpad(CAST({seconds} AS {text}), 12, '0') || rpad({}, 9, '0') END",
        speech.group(name, &regex, 4)
    )
}

/// The key of the number `w`.
fn number_key(speech: &dyn Speech) -> String {
    let regex = format!("^{NUMBER}$");
    let group = |group| speech.group("w", &regex, group);
    let refused = speech.fail("'this number is too large or too small to compare: ' || w");
    let digits = speech.group("d", "^0*([0-9]*?)0*$", 1);
    let zeros = speech.group("d", "^(0*)", 1);
    let exponent = format!(
        "CAST({EXPONENT} AS BIGINT) + CAST(coalesce(nullif({}, ''), '0') AS BIGINT) + length({}) - length({zeros})",
        group(3),
        group(1)
    );
    let size = format!("lpad(CAST({exponent} AS {}), 10, '0') || {digits}", speech.text_type());
    let negative = format!("'n0' || translate({size}, '0123456789', '9876543210') || '~'");
    let signed = format!("CASE WHEN {digits} = '' THEN 'n1' WHEN left(w, 1) = '-' THEN {negative} ELSE 'n2' || {size} END");
    let known = speech.with("d", &format!("{} || {}", group(1), group(2)), &signed);
    format!("CASE WHEN {} THEN {known} ELSE {refused} END", speech.matches("w", NUMBER))
}

#[cfg(test)]
mod tests {
    use super::key;
    use crate::model::permissions::Value;

    #[test]
    fn keys_are_in_the_order_of_numbers() {
        let rising =
            ["-1e400", "-10", "-9.5", "-0.12", "-0.1", "-1e-9", "0", "1e-9", "0.1", "0.12", "9", "10", "9007199254740993", "1e400"];
        let keys: Vec<String> = rising.iter().filter_map(|text| key(&Value::of_number(text)?)).collect();
        assert_eq!(keys.len(), rising.len());
        assert!(keys.is_sorted_by(|one, next| one < next), "{keys:?}");
        let far = Value::of_number("1e99999999999");
        assert!(far.is_some_and(|far| key(&far).is_none()), "no key would have room");
    }

    #[test]
    fn keys_are_in_the_order_of_times() {
        let rising = ["0000-01-01", "1969-12-31T23:59:59.5Z", "1970-01-01", "2026-03-01T12:00:00.000000001Z", "2026-03-01T13:00:01+01:00"];
        let keys: Vec<String> = rising.iter().filter_map(|text| key(&Value::of_quoted(text)?)).collect();
        assert_eq!(keys.len(), rising.len());
        assert!(keys.is_sorted_by(|one, next| one < next), "{keys:?}");
    }
}
