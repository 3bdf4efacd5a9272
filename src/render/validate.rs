//! Problems with the lines they are about, and what a valid workspace holds.

use annotate_snippets::Level;

use super::Look;
use super::snippet::{self, Mark, Message};
use crate::diagnostic::{At, Diagnostic};
use crate::model::{Counts, Population};
use crate::source::SourceMap;

/// What follows from problems of a workspace.
pub const NOT_TRUSTED: &str = "this workspace cannot be trusted, and nothing was decided";

/// One problem, as a compiler would show it.
fn problem(sources: &SourceMap, problem: &Diagnostic, look: Look) -> String {
    let label = problem.label.as_deref().unwrap_or_default();
    let mut marks = Vec::new();
    let mut place = None;
    match &problem.at {
        At::Span(span) => marks.push(Mark { span: *span, label, primary: true }),
        At::File { name, line } => place = Some((name.as_str(), *line)),
        At::Workspace => {}
    }
    marks.extend(problem.related.iter().map(|related| Mark { span: related.span, label: &related.label, primary: false }));
    let help = problem.help.as_deref();
    snippet::render(
        sources,
        &Message { level: Level::ERROR, code: Some(problem.code.id()), title: &problem.message, marks, place, help },
        look,
    )
}

/// All problems, one after the other, and how many there are; `so` says what follows from them.
pub fn problems(sources: &SourceMap, problems: &[Diagnostic], so: &str, look: Look) -> impl Iterator<Item = String> {
    let count = problems.len();
    let count = format!("{count} {}: {so}\n", if count == 1 { "problem" } else { "problems" });
    problems.iter().map(move |found| problem(sources, found, look) + "\n\n").chain(std::iter::once(count))
}

/// What a valid workspace holds.
pub fn validate(counts: Counts, population: Population) -> String {
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut text = format!(
        "valid: {}, {}, {} (population: {}), {}\n",
        counted(counts.apps, "app", "apps"),
        counted(counts.overrides, "override", "overrides"),
        counted(counts.users, "user", "users"),
        population.name(),
        counted(counts.features, "feature", "features"),
    );
    if counts.preferences > 0 {
        text.push_str(&format!("skipped {} of the user table\n", counted(counts.preferences, "row of preferences", "rows of preferences")));
    }
    text
}
