//! Ways in on a terminal: what to change, where, which lines, and whom else that touches.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};

use super::Look;
use super::escape::terminal;
use super::explain::{wrapped, written};
use crate::report::{Alternative, Explanation, PartReport, WayReport, WaysReport};

/// So many changed lines of one way are shown.
const LINES: usize = 12;

/// So many characters of a line are shown: a file can be one line.
const LONG: usize = 400;

/// What stands before everything of a way but its first line.
const BLANK: &str = "     ";

/// The ways in, where they were looked for.
pub(super) fn ways(answer: &Explanation, look: Look) -> String {
    let Some(found) = &answer.ways else { return String::new() };
    let mut out = format!("\n{}\n", look.paint(Style::new().bold(), "ways in"));
    for (number, way) in (1..).zip(&found.ways) {
        out.push_str(&of(number, way, answer, look));
    }
    out.push_str(&wrapped(&closing(found), "  ", "  ", look));
    out + "\n"
}

fn of(number: usize, way: &WayReport, answer: &Explanation, look: Look) -> String {
    let mark = |part: &PartReport| if part.loosens { " (loosens a guard)" } else { "" };
    let change: Vec<String> = way.parts.iter().map(|part| format!("{}{}", terminal(&part.change), mark(part))).collect();
    let first = format!("{number:>3}. ");
    let mut out = wrapped(&change.join(", and "), &first, BLANK, look) + "\n";
    let mut line = |text: &str| out.push_str(&(wrapped(text, BLANK, BLANK, look) + "\n"));
    let mut last = String::new();
    for part in &way.parts {
        let place = part.source.as_ref().map(written);
        let administration = part.administration.as_deref().map(terminal);
        let told = place.map(Cow::Owned).into_iter().chain(administration).collect::<Vec<_>>().join("; ");
        if !told.is_empty() && told != last {
            line(&told);
            last = told;
        }
    }
    line(&touched(way, answer));
    for part in &way.parts {
        let (first, others) = part.alternatives.split_first().map_or((None, &[][..]), |(first, others)| (Some(first), others));
        for other in others.iter().take(SHOWN).filter(|other| first.is_some_and(|first| !same_counts(first, other))) {
            line(&varied(other, answer));
        }
    }
    match &way.diff {
        Some(_) => out.push_str(&lines(way, look)),
        None if way.parts.iter().any(|part| part.of == "assignment" && part.source.is_none()) => {
            line("no patch: there is no assignment yet behind which this one could be written");
        }
        None => line("no patch: what it changes is no plain text file of this workspace, or cannot be changed alone"),
    }
    out
}

/// So many other values are told with what they would change.
const SHOWN: usize = 2;

fn same_counts(one: &Alternative, other: &Alternative) -> bool {
    let counts = |of: &Alternative| (of.others_gain, of.others_lose, of.also_opens, of.also_closes);
    counts(one) == counts(other)
}

/// What another value would change, in numbers.
fn varied(other: &Alternative, answer: &Explanation) -> String {
    let people = |count: usize| format!("{count} {}", if count == 1 { "other user" } else { "other users" });
    let mut told = Vec::new();
    if other.others_gain > 0 {
        told.push(format!("{} {}", people(other.others_gain), verb(other.others_gain, "gain")));
    }
    if other.others_lose > 0 {
        told.push(format!("{} {}", people(other.others_lose), verb(other.others_lose, "lose")));
    }
    let targets = |count: usize| format!("{count} other {}", if count == 1 { "target" } else { "targets" });
    match (other.also_opens, other.also_closes) {
        (0, 0) => {}
        (opened, 0) => told.push(format!("{} is let into {}", answer.user, targets(opened))),
        (0, closed) => told.push(format!("{} is no longer let into {}", answer.user, targets(closed))),
        (opened, closed) => {
            told.push(format!("{} is let into {}, and no longer into {}", answer.user, targets(opened), targets(closed)));
        }
    }
    if told.is_empty() {
        told.push("nothing else changes".to_owned());
    }
    terminal(&format!("with {}: {}", other.value, told.join("; "))).into_owned()
}

fn verb(count: usize, verb: &str) -> String {
    if count == 1 { format!("{verb}s") } else { verb.to_owned() }
}

/// Whom it touches beside the user, and what else the user gains.
fn touched(way: &WayReport, answer: &Explanation) -> String {
    let people = |count: usize, names: &[String]| {
        let more = if count > names.len() { ", ..." } else { "" };
        let named = if names.is_empty() { String::new() } else { format!(" ({}{more})", names.join(", ")) };
        format!("{count} {}{named}", if count == 1 { "other user" } else { "other users" })
    };
    let of_target = match way.others_gain_target {
        all if all == way.others_gain => String::new(),
        0 => format!(", none of them {}", answer.target),
        some => format!(", {some} of them {}", answer.target),
    };
    let gain = |count: usize| format!("{} {}{of_target}", people(count, &way.gained), verb(count, "gain"));
    let losers = |count: usize| format!("{} {}", people(count, &way.lost), verb(count, "lose"));
    let mut text = match (way.others_gain, way.others_lose) {
        (0, 0) => "nobody else gains or loses anything".to_owned(),
        (gained, 0) => format!("{}; nobody loses anything", gain(gained)),
        (0, losing) => format!("{}; nobody gains anything", losers(losing)),
        (gained, losing) => format!("{}; {}", gain(gained), losers(losing)),
    };
    let targets = |count: usize, names: &[String]| {
        let more = count - names.len().min(count);
        if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
    };
    let user = &answer.user;
    let (opened, closed) = (targets(way.also_opens, &way.opened), targets(way.also_closes, &way.closed));
    match (opened.is_empty(), closed.is_empty()) {
        (true, true) => {}
        (false, true) => text.push_str(&format!("; {user} is also let into {opened}")),
        (true, false) => text.push_str(&format!("; {user} is no longer let into {closed}")),
        (false, false) => text.push_str(&format!("; {user} is also let into {opened}, and no longer into {closed}")),
    }
    if !way.whole {
        text.push_str("; of resources only the one asked about is counted");
    }
    terminal(&text).into_owned()
}

/// The lines that change, with the signs of a patch; of several files, each under its name.
fn lines(way: &WayReport, look: Look) -> String {
    let mut shown = Vec::new();
    for (name, diff) in &way.files {
        if way.files.len() > 1 {
            shown.push(name.as_str());
        }
        // The first two lines name the file.
        shown.extend(diff.lines().skip(2).filter(|line| line.starts_with(['+', '-'])));
    }
    let mut out = String::new();
    for line in shown.iter().take(LINES) {
        let text = terminal(line.trim_end_matches('\r'));
        let text = match text.char_indices().nth(LONG) {
            Some((cut, _)) => Cow::Owned(format!("{}{}", text.get(..cut).unwrap_or_default(), if look.ascii { "..." } else { "…" })),
            None => text,
        };
        let text = match line.as_bytes().first() {
            Some(b'+') => look.paint(AnsiColor::Green.on_default(), &text),
            Some(b'-') => look.paint(AnsiColor::Red.on_default(), &text),
            _ => format!("in {text}"),
        };
        out.push_str(&format!("{BLANK}{text}\n"));
    }
    match shown.len().saturating_sub(LINES) {
        0 => {}
        1 => out.push_str(&format!("{BLANK}and 1 more line\n")),
        more => out.push_str(&format!("{BLANK}and {more} more lines\n")),
    }
    out
}

fn closing(found: &WaysReport) -> String {
    let others = match found.others {
        0 => "there are no other users in these files".to_owned(),
        1 => format!("others: the 1 other user in these files (population: {})", found.population),
        many => format!("others: the {many} other users in these files (population: {})", found.population),
    };
    let searched = match found.searched {
        Some(1) => "changes of more than 1 edit were not looked for: --all does".to_owned(),
        Some(size) => format!("changes of more than {size} edits were not looked for"),
        None => String::new(),
    };
    if found.ways.is_empty() {
        let tried = if searched.is_empty() { String::new() } else { format!("; {searched}") };
        return format!("no change of the kinds that are looked for would do{tried}");
    }
    let more = found.found - found.ways.len().min(found.found);
    let more = if more > 0 { format!("{more} more with --all") } else { String::new() };
    let patches = "patches for `git apply`: `waysIn` of --format json".to_owned();
    [more, searched, others, patches].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
