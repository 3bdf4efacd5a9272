//! `explain` on a terminal: each gate in order, the lines that count, and the answer in one sentence.

use annotate_snippets::Level;
use anstyle::Style;

use super::Look;
use super::escape::terminal;
use super::look::outcome;
use super::snippet::{self, Mark};
use crate::compile::Outcome;
use crate::report::{Explanation, ForUser, StepReport};
use crate::source::{Place, SourceMap};

/// The whole answer as text. `supposed` is what the question supposes, in words.
pub fn explain(answer: &Explanation, supposed: &str, sources: &SourceMap, look: Look) -> String {
    let mut out = heading(answer, supposed, look);
    let steps = answer.steps.as_deref().unwrap_or_default();
    let gate_width = steps.iter().map(|step| step.gate.len()).max().unwrap_or(0);
    let mut stage = "";
    for step in steps {
        if step.stage != stage {
            stage = step.stage;
            out.push_str(&format!("\n{}\n", look.paint(Style::new().bold(), stage)));
        }
        out.push_str(&line(step, gate_width, look));
    }
    out.push_str(&settings(answer));
    out.push_str(&marked(answer, sources, look));
    out.push('\n');
    out.push_str(&conclusion(answer, look));
    out.push_str(&super::ways::ways(answer, look));
    out
}

/// What can be shown to the person who is asked about.
pub fn for_user(told: &ForUser, look: Look) -> String {
    wrapped(&terminal(&told.text), "", "", look) + "\n"
}

fn heading(answer: &Explanation, supposed: &str, look: Look) -> String {
    let arrow = if look.ascii { "->" } else { "→" };
    let asked = format!("{} {arrow} {}", terminal(&answer.user), terminal(&answer.target));
    let mut lines = vec![look.paint(Style::new().bold(), &asked)];
    lines.push(wrapped(&terminal(&answer.subject), "  ", "  ", look));
    if let Some(resource) = &answer.resource {
        lines.push(wrapped(&terminal(resource), "  ", "  ", look));
        lines.push(format!("  at {}", answer.at));
    }
    lines.push(format!("  semantics: {}", answer.semantics));
    if !supposed.is_empty() {
        lines.push(wrapped(&format!("supposed: {}", terminal(supposed)), "  ", "  ", look));
    }
    lines.join("\n") + "\n"
}

/// `  ✗ fail  user-role   alice has … [apps/hr.yaml:6:14]`, on a narrow terminal with the reason below the gate.
fn line(step: &StepReport, gate_width: usize, look: Look) -> String {
    let word = match step.outcome {
        Outcome::NotApplicable => "n/a",
        Outcome::NotReached => "-",
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Allow => "allow",
        Outcome::Deny => "deny",
    };
    let style = Look::style(step.outcome);
    let sign = format!("  {} {} ", look.paint(style, look.mark(step.outcome)), look.paint(style, &format!("{word:<5}")));
    let reason = reason(step);
    let indent = SIGN + gate_width + 2;
    if look.width < indent + ROOM {
        let blank = " ".repeat(SIGN + 2);
        return format!("{sign}{}\n{}\n{}", step.gate, wrapped(&reason, &blank, &blank, look), chain(step, &blank, look));
    }
    let blank = " ".repeat(indent);
    let text = wrapped(&reason, &blank, &blank, look);
    format!("{sign}{:<gate_width$}  {}\n{}", step.gate, text.trim_start(), chain(step, &blank, look))
}

/// The links from the user to the statement, a line each; the statement itself is the reason above them.
fn chain(step: &StepReport, blank: &str, look: Look) -> String {
    let arrow = if look.ascii { "->" } else { "→" };
    let links = step.via.split_last().map(|(_, links)| links).unwrap_or_default();
    let links = links.iter().map(|link| {
        let place = link.source.as_ref().map(|place| format!(" [{}]", written(place))).unwrap_or_default();
        wrapped(&format!("{}{place}", terminal(&link.what)), &format!("{blank}{arrow} "), &format!("{blank}  "), look) + "\n"
    });
    let also = step.also.iter().map(|link| {
        let place = link.source.as_ref().map(|place| format!(" [{}]", written(place))).unwrap_or_default();
        wrapped(&format!("{}{place}", terminal(&link.what)), &format!("{blank}also "), &format!("{blank}  "), look) + "\n"
    });
    links.chain(also).collect()
}

/// Columns that a mark and its word take.
const SIGN: usize = 10;
/// Columns that a reason needs beside its gate to be read.
const ROOM: usize = 40;

/// The reason and the places that say so. A place stays on one line with what it is.
fn reason(step: &StepReport) -> String {
    let places = [("", &step.source), (MATCHES, &step.matched), (SEE, &step.because_of)];
    let places: Vec<String> =
        places.iter().filter_map(|(word, place)| place.as_ref().map(|place| format!("{word}{}", written(place)))).collect();
    let reason = terminal(&step.reason);
    if places.is_empty() { reason.into_owned() } else { format!("{reason} [{}]", places.join(", ")) }
}

pub(super) fn written(place: &Place) -> String {
    terminal(&format!("{}:{}:{}", place.file, place.line, place.column)).into_owned()
}

fn settings(answer: &Explanation) -> String {
    if answer.settings.is_empty() {
        return String::new();
    }
    let settings: Vec<String> = answer.settings.iter().map(|(name, value)| terminal(&format!("  {name}: {value}")).into_owned()).collect();
    format!("\nsettings in force, which decide nothing\n{}\n", settings.join("\n"))
}

/// The lines of the files that decided.
fn marked(answer: &Explanation, sources: &SourceMap, look: Look) -> String {
    if answer.marks.is_empty() {
        return String::new();
    }
    let level = if answer.allowed { Level::NOTE } else { Level::ERROR };
    let marks: Vec<Mark<'_>> =
        answer.marks.iter().enumerate().map(|(at, (span, label))| Mark { span: *span, label, primary: at == 0 }).collect();
    format!("\n{}\n", snippet::lines(sources, level, &marks, look))
}

/// The answer in one plain sentence.
fn conclusion(answer: &Explanation, look: Look) -> String {
    let user = terminal(&answer.user);
    let target = terminal(&answer.target);
    let verdict = match (answer.allowed, &answer.resource) {
        (true, None) => format!("{user} is let into {target}"),
        (true, Some(_)) => format!("{user} is allowed {target}"),
        (false, _) => format!("{user} is denied {target}"),
    };
    let place = answer.source.as_ref().map(|place| format!(" [{}]", written(place))).unwrap_or_default();
    let mut text = wrapped(&format!("{verdict} at {}: {}{place}.", answer.gate, terminal(&answer.reason)), "", "", look);
    if look.color {
        text = text.replacen(&verdict, &look.paint(Look::style(outcome(answer.allowed)), &verdict), 1);
    }
    if !answer.differs.is_empty() {
        let otherwise = if answer.allowed { "denied" } else { "let in" };
        let note = format!("Under the semantics {} {user} would be {otherwise}.", answer.differs.join(" and "));
        text.push('\n');
        text.push_str(&wrapped(&note, "", "", look));
    }
    if let Some(defined) = answer.as_defined {
        let sentence = match (defined.allowed, defined.gate) {
            (Some(allowed), Some(gate)) => {
                let is = if allowed { "let in" } else { "denied" };
                let likewise = if allowed == answer.allowed { "too" } else { "instead" };
                format!("As defined, with nothing supposed, {user} is {is} {likewise}, at {gate}.")
            }
            _ => format!("As defined, with nothing supposed, {user} or {target} is not there."),
        };
        text.push('\n');
        text.push_str(&wrapped(&sentence, "", "", look));
    }
    text + "\n"
}

pub(super) fn wrapped(text: &str, first: &str, rest: &str, look: Look) -> String {
    let options = textwrap::Options::new(look.width.max(40)).initial_indent(first).subsequent_indent(rest).break_words(false);
    let text = textwrap::fill(
        text,
        options.word_splitter(textwrap::WordSplitter::NoHyphenation).word_separator(textwrap::WordSeparator::AsciiSpace),
    );
    text.replace(GLUE, " ")
}

/// A space at which no line is broken. Escaped text never has this character.
const GLUE: char = '\u{1}';
/// Before the place of the entry that matched.
const MATCHES: &str = "matches\u{1}";
/// Before the place of a definition that matters from afar.
const SEE: &str = "see\u{1}";
