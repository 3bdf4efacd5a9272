//! `check` on a terminal: one line.

use super::Look;
use super::escape::terminal;
use crate::report::Explanation;

/// `deny combine-rules: … (apps/hr.yaml:6:14)`
pub fn check(answer: &Explanation, look: Look) -> String {
    let decision = look.paint(Look::outcome(answer.decision), answer.decision);
    let place = answer.source.as_ref().map(|place| format!(" ({}:{}:{})", place.file, place.line, place.column)).unwrap_or_default();
    let differs =
        if answer.differs.is_empty() { String::new() } else { format!("; decided otherwise under {}", answer.differs.join(" and ")) };
    format!("{decision} {}: {}{}{differs}\n", answer.gate, terminal(&answer.reason), terminal(&place))
}
