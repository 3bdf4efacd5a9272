//! What there is to say about the gates of a permission: the statement that matched, those it outranks, and what came closest.

use super::chain;
use super::evaluate::Case;
use super::leaves::{ELSEWHERE, Leaf, NOT_HELD};
use super::level::standing;
use super::step::{Nearest, Step, Trace};
use super::words::enumerated;
use crate::compile::{Arm, Asks, DEFAULT_DENY, DecisionList, Gate, Link, Outcome, Predicate, StageId, Statement};
use crate::model::shown;

/// A gate that was walked.
pub(super) fn walked(case: &Case<'_, '_>, gate: &Gate, arm: &Arm) -> Step {
    if let Asks::Statement(statement) = &arm.asks {
        return matched(case, gate, arm, statement, arm.outcome);
    }
    let mut reason = super::words::reason(arm, case);
    let mut step = Step::new(gate, StageId::Permission, arm.outcome, String::new());
    if let Some((closest, leaves)) = closest(case, gate) {
        if nothing_held(&leaves) {
            // That somebody does not hold a role is no news; which one would do is said of the closest of all gates.
        } else {
            reason = format!("{reason}; closest is {} ({})", closest.title, sentence(&leaves));
            step.because_of = leaves.iter().find_map(|leaf| leaf.span);
        }
    }
    Step { reason, ..step }
}

/// A gate after the decision: what it would have done is worth knowing, and to what it lost.
pub(super) fn outranked(case: &Case<'_, '_>, gate: &Gate, step: Step, winner: Option<&Step>) -> Step {
    let found = gate.arms.iter().find_map(|arm| match &arm.asks {
        Asks::Statement(statement) if case.holds(&arm.when) => Some((arm, statement)),
        _ => None,
    });
    let (Some((arm, statement)), Some(winner)) = (found, winner) else { return step };
    let would = if arm.outcome == Outcome::Allow { "would allow" } else { "would deny" };
    let rank = |priority: Option<i64>| priority.unwrap_or(0);
    let because = if rank(winner.priority) > rank(gate.priority) {
        "whose priority is higher"
    } else if winner.outcome == Outcome::Deny && arm.outcome == Outcome::Allow {
        "since at one priority a denial comes first"
    } else {
        "which comes first"
    };
    let lost_to = winner.statement.as_deref().unwrap_or(winner.gate.name());
    let matched = matched(case, gate, arm, statement, Outcome::NotReached);
    Step { reason: format!("{} {would} it, but loses to {lost_to}, {because}", statement.title), ..matched }
}

/// A statement that matched.
pub(super) fn matched(case: &Case<'_, '_>, gate: &Gate, arm: &Arm, statement: &Statement, outcome: Outcome) -> Step {
    Step {
        source: arm.source,
        statement: Some(statement.title.clone()),
        reason: reason(case, gate, arm, statement),
        via: via(case, arm, statement),
        also: also(case, gate, statement),
        ..Step::new(gate, StageId::Permission, outcome, String::new())
    }
}

/// The other statements of a gate that match too: who changes the one that is named still has these.
fn also(case: &Case<'_, '_>, gate: &Gate, named: &Statement) -> Vec<Link> {
    let mut all: Vec<Link> = Vec::new();
    for arm in &gate.arms {
        let Asks::Statement(statement) = &arm.asks else { continue };
        let link = Link { what: statement.title.clone(), span: Some(statement.span) };
        if statement.span != named.span && !all.contains(&link) && case.holds(&arm.when) {
            all.push(link);
        }
    }
    all
}

/// The chain from the user to a statement, which is its last link.
pub(super) fn via(case: &Case<'_, '_>, arm: &Arm, statement: &Statement) -> Vec<Link> {
    let mut via = chain::links(case, &arm.when);
    let raised = statement.raised.iter().find(|(when, _)| !case.evaluate(when).is_false());
    via.extend(raised.into_iter().flat_map(|(_, links)| links.iter().cloned()));
    via.extend(statement.links.iter().cloned());
    via.push(Link { what: statement.title.clone(), span: Some(statement.span) });
    via
}

/// Why a statement matched, in a sentence.
fn reason(case: &Case<'_, '_>, gate: &Gate, arm: &Arm, statement: &Statement) -> String {
    let title = &statement.title;
    let does = if arm.outcome == Outcome::Deny { "denies" } else { "allows" };
    let at = gate.priority.filter(|priority| *priority != 0).map(|priority| format!(", at priority {priority}")).unwrap_or_default();
    let mut met = case.met(&arm.when);
    met.dedup();
    let because = if met.is_empty() { String::new() } else { format!(", since {}", enumerated(&met, met.len())) };
    if let Predicate::AtLevel(level) = &arm.when {
        let standing = standing(case.subject.user, &level.levels);
        let name = level.levels.get(level.at).map(|level| shown(&level.name.value).into_owned()).unwrap_or_default();
        let until = standing.ends().map(|end| format!(" until {end}")).unwrap_or_default();
        return format!("{} is at the level {name}{until}{}", case.subject.name(), case.missing_for(level, level.at + 1));
    }
    format!("{title} {does} it{at}{because}")
}

/// Adds what came closest to a denial by default.
pub(super) fn with_nearest(mut trace: Trace, list: &DecisionList, case: &Case<'_, '_>) -> Trace {
    if trace.decision.gate != DEFAULT_DENY {
        return trace;
    }
    trace.nearest = nearest(list, case);
    if let (Some(nearest), Some(last)) = (&trace.nearest, trace.steps.get_mut(trace.decision.position)) {
        last.reason = format!("{}; closest is {} ({})", last.reason, nearest.statement, nearest.reason);
    }
    trace
}

/// What came closest of all statements that allow.
fn nearest(list: &DecisionList, case: &Case<'_, '_>) -> Option<Nearest> {
    let gates = list.stages.iter().flat_map(|stage| &stage.gates);
    let found = gates.filter_map(|gate| closest(case, gate).map(|(statement, leaves)| (gate, statement, leaves)));
    let (gate, statement, leaves) = found.min_by_key(|(_, statement, leaves)| (distance(leaves), statement.breadth))?;
    Some(Nearest {
        gate: gate.id,
        statement: statement.title.clone(),
        source: statement.span,
        reason: sentence(&leaves),
        because_of: leaves.iter().filter_map(|leaf| Some((leaf.span?, leaf.label))).collect(),
    })
}

/// The statement of a gate that allows and of which the least does not hold, with what does not.
fn closest<'g>(case: &Case<'_, '_>, gate: &'g Gate) -> Option<(&'g Statement, Vec<Leaf>)> {
    let allowing = gate.arms.iter().filter(|arm| arm.outcome == Outcome::Allow);
    let stated = allowing.filter_map(|arm| match &arm.asks {
        Asks::Statement(statement) => Some((&**statement, case.failing(&arm.when))),
        _ => None,
    });
    let near = stated.filter(|(_, leaves)| !leaves.is_empty() && distance(leaves) < ELSEWHERE);
    near.min_by_key(|(statement, leaves)| (distance(leaves), statement.breadth))
}

fn distance(leaves: &[Leaf]) -> usize {
    leaves.iter().map(|leaf| leaf.distance).sum()
}

fn nothing_held(leaves: &[Leaf]) -> bool {
    leaves.iter().any(|leaf| leaf.distance >= NOT_HELD)
}

fn sentence(leaves: &[Leaf]) -> String {
    leaves.iter().map(|leaf| leaf.what.as_str()).collect::<Vec<_>>().join("; ")
}
