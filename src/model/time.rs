//! Points in time: with an offset, or a date alone, which is its start in UTC.

use jiff::Timestamp;

/// Why a text is not a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not a date, or not a date and a time.
    #[error("this is not a time")]
    Form,
    /// A time of day without an offset could be any of a day's worth of instants.
    #[error("this time has no offset from UTC")]
    NoOffset,
    /// Well-formed, but no such date, hour, minute, second or offset.
    #[error("there is no such time")]
    NoSuchTime,
}

impl Problem {
    /// What to write instead.
    pub const HELP: &'static str = "write it as `2026-01-31T18:00:00Z`, `2026-01-31T18:00:00+01:00` or `2026-01-31`";
}

/// Reads `2026-01-31`, `2026-01-31T18:00Z`, `2026-01-31T18:00:00.5+01:00`.
///
/// The form is checked here, since calendars are generous with leap seconds and far offsets; whether the day exists is jiff's to say.
pub fn parse(text: &str) -> Result<Timestamp, Problem> {
    let (date, rest) = text.split_at_checked(10).ok_or(Problem::Form)?;
    if !matches_form(date, "0000-00-00") {
        return Err(Problem::Form);
    }
    if rest.is_empty() {
        return format!("{date}T00:00:00Z").parse().map_err(|_| Problem::NoSuchTime);
    }
    let time = rest.strip_prefix(['T', 't', ' ']).ok_or(Problem::Form)?;
    let (clock, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, "Z"),
        None => match time.rfind(['+', '-']) {
            Some(at) => time.split_at(at),
            None => (time, ""),
        },
    };
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let seconds = matches_form(clock, "00:00:00");
    if !(seconds || (fraction.is_none() && matches_form(clock, "00:00"))) {
        return Err(Problem::Form);
    }
    if fraction.is_some_and(|digits| digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Problem::Form);
    }
    match offset {
        "" => return Err(Problem::NoOffset),
        "Z" => {}
        _ if !matches_form(offset.get(1..).unwrap_or_default(), "00:00") => return Err(Problem::Form),
        _ if offset.get(1..3) > Some("23") || offset.get(4..6) > Some("59") => return Err(Problem::NoSuchTime),
        _ => {}
    }
    if seconds && clock.get(6..8) > Some("59") {
        return Err(Problem::NoSuchTime);
    }
    let clock = if seconds { clock.to_owned() } else { format!("{clock}:00") };
    let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
    format!("{date}T{clock}{fraction}{offset}").parse().map_err(|_| Problem::NoSuchTime)
}

/// Whether `text` has a digit where `form` has one, and the same characters elsewhere.
fn matches_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(found, wanted)| if wanted == b'0' { found.is_ascii_digit() } else { found == wanted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_start_in_utc_and_offsets_count() {
        assert_eq!(parse("2026-01-31"), parse("2026-01-31T00:00:00Z"));
        assert_eq!(parse("2026-01-31T01:30+01:30"), parse("2026-01-31T00:00:00Z"));
    }

    #[test]
    fn what_is_not_a_time() {
        assert_eq!(parse("2026-01-31T18:00:00"), Err(Problem::NoOffset));
        assert_eq!(parse("2026-01-31T18:00:60Z"), Err(Problem::NoSuchTime));
        assert_eq!(parse("2026-01-31T18:00:00+24:00"), Err(Problem::NoSuchTime));
        assert_eq!(parse("2026-02-30"), Err(Problem::NoSuchTime));
        assert_eq!(parse("yesterday"), Err(Problem::Form));
        assert_eq!(parse("2026-01-31T18:00:00Z[UTC]"), Err(Problem::Form));
        assert_eq!(parse("2026-01-3é"), Err(Problem::Form));
    }
}
