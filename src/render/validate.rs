//! Problems and findings with the lines they are about, and what a valid workspace holds.

use annotate_snippets::Level;

use super::Look;
use super::snippet::{self, Mark, Message};
use crate::diagnostic::{At, Diagnostic};
use crate::findings::{self, Finding};
use crate::model::Workspace;
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

/// One finding, as a compiler would show it.
fn finding(sources: &SourceMap, finding: &Finding, look: Look) -> String {
    let level = if finding.level == findings::Level::Deny { Level::ERROR } else { Level::WARNING };
    let label = finding.label.as_deref().unwrap_or_default();
    let marks = vec![Mark { span: finding.span, label, primary: true }];
    let help = finding.help.as_deref();
    let message = Message { level, code: Some(finding.lint), title: &finding.message, marks, place: None, help };
    snippet::render(sources, &message, look) + "\n\n"
}

/// What a valid workspace holds, and what looks wrong in it.
pub fn validate(workspace: &Workspace, findings: &[Finding], look: Look) -> String {
    let counts = workspace.counts();
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let some = |count: usize, one: &str, many: &str| (count > 0).then(|| counted(count, one, many));
    let mut text: String = findings.iter().map(|found| finding(workspace.sources(), found, look)).collect();
    let has_permissions = !workspace.permissions().is_empty();
    let mut holds = Vec::new();
    // A workspace of permissions alone need not be told that it has no apps.
    if counts.apps > 0 || !has_permissions {
        holds.extend([counted(counts.apps, "app", "apps"), counted(counts.overrides, "override", "overrides")]);
    }
    holds.push(format!("{} (population: {})", counted(counts.users, "user", "users"), workspace.population().name()));
    if counts.apps > 0 || !has_permissions {
        holds.push(counted(counts.features, "feature", "features"));
    }
    holds.extend(some(counts.types, "resource type", "resource types"));
    holds.extend(some(counts.instances, "instance", "instances"));
    holds.extend(some(counts.roles, "role", "roles"));
    holds.extend(some(counts.permissions, "custom permission", "custom permissions"));
    holds.extend(some(counts.teams, "team", "teams"));
    holds.extend(some(counts.assignments, "assignment", "assignments"));
    holds.extend(some(counts.policies, "policy", "policies"));
    text.push_str(&format!("valid: {}\n", holds.join(", ")));
    if counts.preferences > 0 {
        text.push_str(&format!("skipped {} of the user table\n", counted(counts.preferences, "row of preferences", "rows of preferences")));
    }
    if !findings.is_empty() {
        let which = if findings.len() == 1 { "blocks" } else { "block" };
        text.push_str(&format!("{}, which {which} no decision\n", counted(findings.len(), "finding", "findings")));
    }
    text
}
