//! `explain` on a terminal: each gate in order, the lines that count, and the answer in one sentence.

use annotate_snippets::Level;
use anstyle::Style;

use super::Look;
use super::escape::terminal;
use super::snippet::{self, Mark};
use crate::report::{Explanation, StepReport};
use crate::source::{Place, SourceMap};

/// Where reasons begin at the most, so that a narrow terminal leaves them room.
const WIDEST_GATE: usize = 30;

/// The whole answer as text. `supposed` is what the question supposes, in words.
pub fn explain(answer: &Explanation, supposed: &str, sources: &SourceMap, look: Look) -> String {
    let mut out = heading(answer, supposed, look);
    let steps = answer.steps.as_deref().unwrap_or_default();
    let gate_width = steps.iter().map(|step| step.gate.len()).max().unwrap_or(0).min(WIDEST_GATE);
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
    out
}

fn heading(answer: &Explanation, supposed: &str, look: Look) -> String {
    let arrow = if look.ascii { "->" } else { "→" };
    let asked = format!("{} {arrow} {}", terminal(&answer.user), terminal(&answer.target));
    let mut lines = vec![look.paint(Style::new().bold(), &asked)];
    lines.push(wrapped(&terminal(&answer.subject), "  ", "  ", look));
    lines.push(format!("  semantics: {}", answer.semantics));
    if !supposed.is_empty() {
        lines.push(wrapped(&format!("supposed: {}", terminal(supposed)), "  ", "  ", look));
    }
    lines.join("\n") + "\n"
}

/// `  ✗ fail  user-role   alice has … [apps/hr.yaml:6:14]`
fn line(step: &StepReport, gate_width: usize, look: Look) -> String {
    let word = match step.outcome {
        "not-applicable" => "n/a",
        "not-reached" => "-",
        other => other,
    };
    let style = Look::outcome(step.outcome);
    let head = format!("  {} {} {}  ", look.mark(step.outcome), pad(word, 5), pad(step.gate, gate_width));
    let mut reason = terminal(&step.reason).into_owned();
    let places = [("", &step.source), ("matches ", &step.matched), ("see ", &step.because_of)];
    let places: Vec<String> =
        places.iter().filter_map(|(word, place)| place.as_ref().map(|place| format!("{word}{}", written(place)))).collect();
    if !places.is_empty() {
        reason = format!("{reason} [{}]", places.join(", "));
    }
    let indent = " ".repeat(head.chars().count());
    let text = wrapped(&reason, &head, &indent, look);
    // The head is painted after wrapping, so that escape codes do not count as columns.
    let painted = format!("  {} {} ", look.paint(style, look.mark(step.outcome)), look.paint(style, &pad(word, 5)));
    let plain = format!("  {} {} ", look.mark(step.outcome), pad(word, 5));
    format!("{}\n", text.replacen(&plain, &painted, 1))
}

fn written(place: &Place) -> String {
    terminal(&format!("{}:{}:{}", place.file, place.line, place.column)).into_owned()
}

fn pad(text: &str, width: usize) -> String {
    format!("{text:<width$}")
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
    let level = if answer.is_allowed() { Level::NOTE } else { Level::ERROR };
    let marks: Vec<Mark<'_>> =
        answer.marks.iter().enumerate().map(|(at, (span, label))| Mark { span: *span, label, primary: at == 0 }).collect();
    format!("\n{}\n", snippet::lines(sources, level, &marks, look))
}

/// The answer in one plain sentence.
fn conclusion(answer: &Explanation, look: Look) -> String {
    let user = terminal(&answer.user);
    let target = terminal(&answer.target);
    let verdict = if answer.is_allowed() { format!("{user} is let into {target}") } else { format!("{user} is denied {target}") };
    let place = answer.source.as_ref().map(|place| format!(" [{}]", written(place))).unwrap_or_default();
    let mut text = wrapped(&format!("{verdict} at {}: {}{place}.", answer.gate, terminal(&answer.reason)), "", "", look);
    if look.color {
        text = text.replacen(&verdict, &look.paint(Look::outcome(answer.decision), &verdict), 1);
    }
    if !answer.differs.is_empty() {
        let otherwise = if answer.is_allowed() { "denied" } else { "let in" };
        let note = format!("Under the semantics {} {user} would be {otherwise}.", answer.differs.join(" and "));
        text.push('\n');
        text.push_str(&wrapped(&note, "", "", look));
    }
    text + "\n"
}

fn wrapped(text: &str, first: &str, rest: &str, look: Look) -> String {
    let options = textwrap::Options::new(look.width.max(40)).initial_indent(first).subsequent_indent(rest).break_words(false);
    textwrap::fill(text, options.word_splitter(textwrap::WordSplitter::NoHyphenation).word_separator(textwrap::WordSeparator::AsciiSpace))
}
