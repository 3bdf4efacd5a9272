//! `check` on a terminal: one line.

use super::Look;
use super::escape::terminal;
use super::look::outcome;
use crate::report::Explanation;
use crate::walk::verdict_name;

/// `deny combine-rules: … [apps/hr.yaml:6:14]`. `supposed` is what the question supposes, in words.
pub fn check(answer: &Explanation, supposed: &str, look: Look) -> String {
    let decision = look.paint(Look::style(outcome(answer.allowed)), verdict_name(answer.allowed));
    let closest = answer.nearest.as_ref().map(|nearest| ("see ", &nearest.source));
    let place = answer.source.as_ref().map(|place| ("", place)).or(closest);
    let place = place.map(|(see, place)| format!(" [{see}{}:{}:{}]", place.file, place.line, place.column)).unwrap_or_default();
    let differs =
        if answer.differs.is_empty() { String::new() } else { format!("; decided otherwise under {}", answer.differs.join(" and ")) };
    let supposed = if supposed.is_empty() { String::new() } else { format!("; supposed: {}", terminal(supposed)) };
    let as_defined = answer.as_defined.map(|defined| match (defined.allowed, defined.gate) {
        (Some(allowed), Some(gate)) => format!("; as defined: {} {gate}", verdict_name(allowed)),
        _ => "; as defined: not there".to_owned(),
    });
    let as_defined = as_defined.unwrap_or_default();
    format!("{decision} {}: {}{}{differs}{supposed}{as_defined}\n", answer.gate, terminal(&answer.reason), terminal(&place))
}
