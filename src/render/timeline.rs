//! `explain --timeline` on a terminal: each time from which on the answer is another, and why.

use anstyle::Style;

use super::Look;
use super::escape::terminal;
use super::explain::{wrapped, written};
use super::look::outcome;
use crate::report::{Moment, Timeline};
use crate::walk::verdict_name;

/// The whole answer as text. `supposed` is what the question supposes, in words.
pub fn timeline(answer: &Timeline, supposed: &str, look: Look) -> String {
    let arrow = if look.ascii { "->" } else { "→" };
    let asked = format!("{} {arrow} {}", terminal(&answer.user), terminal(&answer.target));
    let mut out = look.paint(Style::new().bold(), &asked) + "\n";
    let until = answer.to.as_ref().map_or_else(|| "on".to_owned(), |to| format!("until {to}"));
    out.push_str(&format!("  from {} {until}\n", answer.from));
    if !supposed.is_empty() {
        out.push_str(&(wrapped(&format!("supposed: {}", terminal(supposed)), "  ", "  ", look) + "\n"));
    }
    for moment in &answer.moments {
        out.push_str(&one(moment, look));
    }
    let changes = answer.moments.len().saturating_sub(1);
    out.push_str(&match changes {
        0 => "\nthe answer does not change\n".to_owned(),
        1 => "\nthe answer changes once\n".to_owned(),
        changes => format!("\nthe answer changes {changes} times\n"),
    });
    out
}

fn one(moment: &Moment, look: Look) -> String {
    let decided = outcome(moment.allowed);
    let style = Look::style(decided);
    let verdict = look.paint(style, &format!("{} {}", look.mark(decided), verdict_name(moment.allowed)));
    let mut out = format!("\n{}  {verdict} {}\n", moment.at, moment.gate);
    for link in &moment.because {
        let place = link.source.as_ref().map(|place| format!(" [{}]", written(place))).unwrap_or_default();
        out.push_str(&(wrapped(&format!("{}{place}", terminal(&link.what)), "  because ", "    ", look) + "\n"));
    }
    let place = moment.source.as_ref().map(|place| format!(" [{}]", written(place))).unwrap_or_default();
    out + &wrapped(&format!("{}{place}", terminal(&moment.reason)), "  ", "  ", look) + "\n"
}
