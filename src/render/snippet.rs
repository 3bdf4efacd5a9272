//! Lines of the files with something marked in them.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::Look;
use super::escape::terminal;
use crate::parse::text::is_hidden;
use crate::source::{SourceMap, Span};

/// A line is shown around the mark only, up to so many bytes on each side: an export can be one line of many megabytes.
const AROUND: usize = 160;

/// Something marked in a file.
pub(super) struct Mark<'m> {
    pub(super) span: Span,
    pub(super) label: &'m str,
    /// Whether it is what the message is about, or belongs to it.
    pub(super) primary: bool,
}

/// A message with the lines it is about.
pub(super) struct Message<'m> {
    pub(super) level: Level<'static>,
    pub(super) code: Option<&'static str>,
    pub(super) title: &'m str,
    pub(super) marks: Vec<Mark<'m>>,
    /// A place without text to show.
    pub(super) place: Option<(&'m str, Option<usize>)>,
    pub(super) help: Option<&'m str>,
}

/// The part of a line that is shown.
struct Excerpt {
    text: String,
    line: usize,
    column: usize,
    marked: Range<usize>,
    name: String,
    cut: bool,
}

pub(super) fn render(sources: &SourceMap, message: &Message<'_>, look: Look) -> String {
    let title = message.level.clone().primary_title(terminal(message.title).into_owned());
    let title = match message.code {
        Some(code) => title.id(code),
        None => title,
    };
    let mut group = Group::with_title(title);
    for element in elements(sources, &message.marks) {
        group = group.element(element);
    }
    if let Some((name, line)) = message.place {
        let origin = Origin::path(terminal(name).into_owned());
        group = group.element(match line {
            Some(line) => origin.line(line).char_column(1),
            None => origin,
        });
    }
    if let Some(help) = message.help {
        group = group.element(Level::HELP.message(terminal(help).into_owned()));
    }
    tidy(&renderer(look).render(&[group]))
}

/// The lines alone, without a message above them.
pub(super) fn lines(sources: &SourceMap, level: Level<'static>, marks: &[Mark<'_>], look: Look) -> String {
    let mut group = Group::with_level(level);
    for element in elements(sources, marks) {
        group = group.element(element);
    }
    tidy(&renderer(look).render(&[group]))
}

/// Without the lines that only say that something was left out between a place and its line.
fn tidy(text: &str) -> String {
    text.lines().filter(|line| !matches!(line.trim(), ":::" | "⸬")).collect::<Vec<_>>().join("\n")
}

fn renderer(look: Look) -> Renderer {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(look.width).decor_style(if look.ascii { DecorStyle::Ascii } else { DecorStyle::Unicode })
}

fn elements<'m>(sources: &SourceMap, marks: &[Mark<'m>]) -> Vec<Element<'m>> {
    let mut elements = Vec::new();
    for mark in marks {
        let Some(excerpt) = excerpt(sources, mark.span) else { continue };
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = (!mark.label.is_empty()).then(|| terminal(mark.label).into_owned());
        let name = terminal(&excerpt.name).into_owned();
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).annotation(kind.span(excerpt.marked).label(label));
        if excerpt.cut {
            // The column in the cut text is not the column in the file.
            elements.push(Origin::path(name).line(excerpt.line).char_column(excerpt.column).into());
            elements.push(snippet.into());
        } else {
            elements.push(snippet.path(name).into());
        }
    }
    elements
}

/// The first line of a span, cut to what stands around it.
fn excerpt(sources: &SourceMap, span: Span) -> Option<Excerpt> {
    let file = sources.file(span.file)?;
    let place = sources.place(span);
    let (_, line_start) = file.line_of(span.start);
    let all = file.text();
    let start = (span.start as usize).min(all.len());
    let from = floor(all, line_start.max(start.saturating_sub(AROUND)));
    // The line is not searched for its end further than it is shown.
    let reach = floor(all, (start + AROUND).min(all.len()));
    let shown = all.get(start..reach)?;
    let line = shown.split('\n').next().unwrap_or_default();
    let ends_here = line.len() < shown.len() || all.get(reach..).is_some_and(|rest| rest.starts_with('\n'));
    let to = start + if ends_here { line.trim_end_matches('\r').len() } else { line.len() };
    let end = (span.end as usize).clamp(start, to);
    let cut_after = to == reach && all.get(to..).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['\n', '\r']));
    let (before, marked, after) = (all.get(from..start)?, all.get(start..end)?, all.get(end..to)?);
    // An empty place is marked by the character after it.
    let width = if marked.is_empty() { after.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let (next, after) = after.split_at(width);
    let mut text = if from > line_start { String::from("...") } else { String::new() };
    text.push_str(&visible(before));
    let first = text.len();
    text.push_str(&visible(marked));
    text.push_str(&visible(next));
    let mut marked = first..text.len();
    text.push_str(&visible(after));
    break_commands(&mut text, &mut marked);
    if cut_after {
        text.push_str("...");
    }
    Some(Excerpt { text, line: place.line, column: place.column, marked, name: place.file, cut: from > line_start })
}

/// Each character that cannot be seen becomes one that can, so that columns stay. Tabs and the controls of ASCII are left to the
/// renderer, which has signs for them.
fn visible(text: &str) -> String {
    text.chars().map(|found| if is_hidden(found) && !found.is_ascii() { char::REPLACEMENT_CHARACTER } else { found }).collect()
}

/// A build log would take what follows `##[` for a command, wherever it stands.
fn break_commands(text: &mut String, marked: &mut Range<usize>) {
    while let Some(at) = text.find("##[").map(|at| at + 2) {
        let sign = char::REPLACEMENT_CHARACTER;
        text.replace_range(at..=at, sign.encode_utf8(&mut [0; 4]));
        let longer = sign.len_utf8() - 1;
        for edge in [&mut marked.start, &mut marked.end] {
            if *edge > at {
                *edge += longer;
            }
        }
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
