//! Did you mean: how close two names are, and the closest of many.

use strsim::osa_distance;

/// Edits between two names that people would call a slip of the pen: a letter added, lost, changed or swapped with its
/// neighbour. Upper and lower case are one.
fn edits(a: &str, b: &str) -> usize {
    osa_distance(&a.to_lowercase(), &b.to_lowercase())
}

/// Whether an unknown field is so close to a deciding one that it was probably meant.
pub(super) fn is_slip_of(unknown: &str, field: &str) -> bool {
    let allowed = match field.chars().count() {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    // So many letters more or less are so many edits. Beyond ASCII, lower case can have more letters.
    let far = unknown.is_ascii() && field.is_ascii() && unknown.len().abs_diff(field.len()) > allowed;
    !far && edits(unknown, field) <= allowed
}

/// The longest name that is compared.
const LONGEST: usize = 256;

/// The known name that is closest to `unknown`, if it is close at all: a third of its letters may differ.
pub fn nearest<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = unknown.chars().count();
    // Nobody writes a name of that length by hand, and to compare long ones takes the square of it.
    if length > LONGEST {
        return None;
    }
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .map(|name| (edits(unknown, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// "did you mean `x`?", where a known name is close.
pub fn suggestion<'k>(unknown: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    nearest(unknown, known).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_depend_on_the_length_of_the_field() {
        assert!(is_slip_of("userType", "userTypes"));
        assert!(is_slip_of("usreTypse", "userTypes"));
        assert!(is_slip_of("enabeld", "enabled"));
        assert!(is_slip_of("ENABLED", "enabled"));
        assert!(!is_slip_of("enbld", "enabled"));
        assert!(!is_slip_of("ids", "id"));
    }
}
