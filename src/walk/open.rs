//! The trace of a question about a type: what each gate says of all resources that could be.

use super::evaluate::Case;
use super::formula::Formula;
use super::grounds;
use super::possible;
use super::step::{Step, Trace};
use super::words::{NOT_REACHED, enumerated};
use crate::compile::{Arm, Ask, Asks, DEPENDS, DecisionList, Gate, Outcome, ResourceTest, StageId, Teams};
use crate::model::permissions::Operator;

/// Walks every gate, though none may decide for all resources by itself.
pub(super) fn trace(list: &DecisionList, case: &Case<'_, '_>) -> Trace {
    let answer = possible::answer(list, case.subject, true);
    let nobody = Teams::default();
    let teams = case.holdings.map_or(&nobody, |holdings| holdings.teams());
    let gates = list.stages.iter().flat_map(|stage| stage.gates.iter().map(move |gate| (stage.id, gate)));
    let decided_at = answer.decision.position;
    let steps = gates.enumerate().map(|(position, (stage, gate))| match position.cmp(&decided_at) {
        std::cmp::Ordering::Greater => Step::new(gate, stage, Outcome::NotReached, NOT_REACHED.to_owned()),
        std::cmp::Ordering::Less => noted(case, gate, teams),
        std::cmp::Ordering::Equal => match answer.arm {
            Some(arm) => deciding(case, gate, arm, &answer),
            None => depends(case, gate, &answer.depends_on),
        },
    });
    let steps: Vec<Step> = steps.collect();
    grounds::with_nearest(Trace { decision: answer.decision, steps, nearest: None, depends_on: answer.depends_on }, list, case)
}

/// The gate that decides for all resources.
fn deciding(case: &Case<'_, '_>, gate: &Gate, arm: &Arm, answer: &possible::Answer<'_>) -> Step {
    let outcome = if answer.decision.allowed { Outcome::Allow } else { Outcome::Deny };
    match &arm.asks {
        Asks::Statement(statement) => {
            let step = grounds::matched(case, gate, arm, statement, outcome);
            let with = if answer.together { "; with other rules, each where it applies, it denies every" } else { ", whatever the" };
            Step { reason: format!("{}{with} {}", step.reason, case.kind), ..step }
        }
        _ => Step::new(gate, StageId::Permission, outcome, format!("no {} that could be is allowed to {}", case.kind, case.subject.name())),
    }
}

/// A gate that decides for some resources, or for none.
fn noted(case: &Case<'_, '_>, gate: &Gate, teams: &Teams) -> Step {
    let some = gate.arms.iter().find_map(|arm| match (&arm.asks, case.evaluate(&arm.when)) {
        (_, Formula::Constant(false)) => None,
        (Asks::Statement(statement), when) => Some((arm, statement, when)),
        _ => None,
    });
    let Some((arm, statement, when)) = some else {
        let last = gate.arms.last().map(|arm| super::words::reason(arm, case)).unwrap_or_default();
        return Step::new(gate, StageId::Permission, Outcome::NotApplicable, last);
    };
    let (outcome, does) = if arm.outcome == Outcome::Deny { (Outcome::Fail, "denies") } else { (Outcome::Pass, "allows") };
    let at = gate.priority.filter(|priority| *priority != 0).map(|priority| format!(" at priority {priority}")).unwrap_or_default();
    Step {
        source: arm.source,
        statement: Some(statement.title.clone()),
        via: grounds::via(case, arm, statement),
        ..Step::new(gate, StageId::Permission, outcome, format!("{} {does} it{at} {}", statement.title, where_(&when, teams, case.kind)))
    }
}

fn depends(case: &Case<'_, '_>, gate: &Gate, on: &[String]) -> Step {
    let kind = case.kind;
    let reason = if gate.id != DEPENDS {
        format!("no {kind} that could be is allowed to {}", case.subject.name())
    } else if on.is_empty() {
        format!("whether all are decided alike could not be found: ask about a {kind}, or give attributes")
    } else {
        format!("it depends on {}: ask about a {kind}, or give attributes", enumerated(on, on.len()))
    };
    Step::new(gate, StageId::Permission, Outcome::Deny, reason)
}

/// For which resources a formula holds.
fn where_(formula: &Formula, teams: &Teams, kind: &str) -> String {
    if formula.is_true() { format!("for every {kind}") } else { format!("where {}", in_words(formula, teams, 0)) }
}

/// Deeper than this no formula is told.
const DEEP: usize = 3;

/// What it takes of a resource.
fn in_words(formula: &Formula, teams: &Teams, depth: usize) -> String {
    let parts = |parts: &[Formula], word: &str| {
        if depth == DEEP {
            return "more holds".to_owned();
        }
        let mut told: Vec<String> = parts.iter().take(DEEP * 2).map(|part| in_words(part, teams, depth + 1)).collect();
        told.dedup();
        let more = if parts.len() > DEEP * 2 { format!("{word}{} more", parts.len() - DEEP * 2) } else { String::new() };
        let text = told.join(word) + &more;
        if depth == 0 { text } else { format!("({text})") }
    };
    match formula {
        Formula::Constant(true) => "it is any".to_owned(),
        Formula::Constant(false) => "it is none".to_owned(),
        Formula::Test(test) => test_in_words(test, teams),
        Formula::Not(inner) => match &**inner {
            Formula::Test(ResourceTest { name, ask: Ask::Exists }) => format!("{name} is missing"),
            Formula::Test(test) => test_in_words(test, teams).replacen(" is ", " is not ", 1),
            inner => format!("not {}", in_words(inner, teams, depth.max(1))),
        },
        Formula::All(all) => parts(all, " and "),
        Formula::Any(any) => parts(any, " or "),
    }
}

fn test_in_words(test: &ResourceTest, teams: &Teams) -> String {
    let name = &test.name;
    match &test.ask {
        Ask::Exists | Ask::Filled => format!("{name} is there"),
        Ask::Within(team) => format!("{name} is {} or below it", teams.name(*team)),
        Ask::Compares(operator, values) => {
            let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
            let one_of = if texts.len() > 1 { "one of " } else { "" };
            // What must not be is told as a `not` around what is.
            let how = if operator.is_negative() { Operator::Eq.words() } else { operator.words() };
            format!("{name} is {how}{one_of}{}", enumerated(&texts, texts.len()))
        }
    }
}
