//! `check`, `explain` and `matrix` agree; `differs` says what asking otherwise says; and a trace is whole and in order.

use std::collections::HashMap;

use gatewalk::compile::{Outcome, reference};
use gatewalk::model::Semantics;
use gatewalk::report::{Explanation, Question, StepReport};
use gatewalk::walk::WhatIf;

use crate::ask::{Asked, Cell, FIXTURES, question, world};
use crate::worlds::seeds;

/// Decisions by user and target.
type Decisions<'c> = HashMap<(&'c str, &'c str), &'c Cell>;

fn decisions(cells: &[Cell]) -> Decisions<'_> {
    cells.iter().map(|cell| ((cell.user.as_str(), cell.target.as_str()), cell)).collect()
}

/// Explains every cell under every semantics; gives back how many there were.
fn check(asked: &Asked, what_if: &WhatIf) -> Result<usize, String> {
    let question = |semantics: &Semantics| Question { what_if: what_if.clone(), ..question(*semantics) };
    let matrices: Vec<Vec<Cell>> = Semantics::ALL.iter().map(|semantics| asked.cells(&question(semantics))).collect();
    let decisions: Vec<Decisions<'_>> = matrices.iter().map(|cells| decisions(cells)).collect();
    let workspace = &asked.workspace;
    let targets = asked.targets();
    let mut count = 0;
    for (semantics, cells) in Semantics::ALL.iter().zip(&decisions) {
        for user in workspace.users() {
            let id = user.id.as_ref().map(|id| id.value.to_string()).expect("users of a workspace have ids");
            for target in &targets {
                let name = target.to_string();
                let answer = Explanation::new(workspace, user, &id, target, &question(semantics)).expect("the target exists");
                let cell = cells.get(&(id.as_str(), name.as_str())).ok_or_else(|| format!("{id} {name} is no cell"))?;
                let asked_otherwise = Semantics::ALL.iter().zip(&decisions).filter(|(other, _)| *other != semantics);
                let differs: Vec<&str> = asked_otherwise
                    .filter(|(_, others)| others[&(id.as_str(), name.as_str())].allowed != cell.allowed)
                    .map(|(other, _)| other.name())
                    .collect();
                agrees(&answer, cell, &differs)
                    .and_then(|()| whole(&answer))
                    .map_err(|problem| format!("{id} {name} ({}): {problem}", semantics.name()))?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Whether an explanation, and `check`, say what the matrix says.
fn agrees(answer: &Explanation, cell: &Cell, differs: &[&str]) -> Result<(), String> {
    if (answer.allowed, answer.gate) != (cell.allowed, cell.gate.as_str()) {
        return Err(format!("allowed: {}, at {}, in the matrix {cell:?}", answer.allowed, answer.gate));
    }
    if answer.differs != differs {
        return Err(format!("differs under {:?}, asked so under {differs:?}", answer.differs));
    }
    let short = answer.clone().without_steps();
    let said = |answer: &Explanation| (answer.allowed, answer.gate, answer.failed.clone(), answer.reason.clone(), answer.source.clone());
    if said(&short) != said(answer) || short.steps.is_some() {
        return Err(format!("check says {short:?}"));
    }
    Ok(())
}

/// The stages of a target, as its name has them.
fn stages(target: &str) -> &'static [&'static str] {
    match target.split_once('/') {
        Some((_, "homePage")) => &["app", "home-page"],
        Some((_, "traces.detailedTraces")) => &["app", "feature", "detailed-traces"],
        Some(_) => &["app", "feature"],
        None if target.starts_with("site#") => &["site"],
        None => &["app"],
    }
}

/// Whether the steps are all gates of the target, each once, in the order of the reference; and whether they tell the
/// story of the decision.
fn whole(answer: &Explanation) -> Result<(), String> {
    let steps = answer.steps.as_deref().ok_or("no steps")?;
    let of_stage = |stage: &'static str| {
        let gates = reference().into_iter().find(|(id, _)| id.name() == stage).map_or(Vec::new(), |(_, gates)| gates);
        gates.into_iter().map(move |gate| (stage, gate.id.name()))
    };
    let gates: Vec<(&str, &str)> = stages(&answer.target).iter().flat_map(|stage| of_stage(stage)).collect();
    if !steps.iter().map(|step| (step.stage, step.gate)).eq(gates.iter().copied()) {
        return Err(format!("steps {:?}, in the reference {gates:?}", outcomes(steps)));
    }
    let told = if answer.allowed { tells_an_allow(answer, steps) } else { tells_a_denial(answer, steps) };
    let failed: Vec<&str> = steps.iter().filter(|step| step.outcome == Outcome::Fail).map(|step| step.gate).collect();
    if told && failed == answer.failed {
        Ok(())
    } else {
        Err(format!("allowed: {}, at {}: {:?}", answer.allowed, answer.gate, outcomes(steps)))
    }
}

fn outcomes(steps: &[StepReport]) -> Vec<(&str, &str, Outcome)> {
    steps.iter().map(|step| (step.stage, step.gate, step.outcome)).collect()
}

/// One denial, at the gate that decided; everything after it is not reached.
fn tells_a_denial(answer: &Explanation, steps: &[StepReport]) -> bool {
    let Some(at) = steps.iter().position(|step| step.outcome == Outcome::Deny) else { return false };
    let (before, after) = (&steps[..at], &steps[at + 1..]);
    let stage = steps[at].stage;
    let entered = before
        .iter()
        .filter(|step| step.stage == stage)
        .all(|step| matches!(step.outcome, Outcome::Pass | Outcome::Fail | Outcome::NotApplicable));
    let passed = stages_of(before).iter().filter(|earlier| earlier[0].stage != stage).all(|earlier| lets_in(earlier));
    let silent = after.iter().all(|step| step.outcome == Outcome::NotReached && step.source.is_none() && step.matched.is_none());
    steps[at].gate == answer.gate && entered && passed && silent
}

/// Every stage lets in, and the last gate of all that had something to say decided.
fn tells_an_allow(answer: &Explanation, steps: &[StepReport]) -> bool {
    let last = steps.iter().rev().find(|step| !matches!(step.outcome, Outcome::NotApplicable | Outcome::NotReached));
    let decided = last.is_some_and(|step| step.gate == answer.gate && matches!(step.outcome, Outcome::Pass | Outcome::Allow));
    decided && stages_of(steps).iter().all(|stage| lets_in(stage))
}

fn stages_of(steps: &[StepReport]) -> Vec<&[StepReport]> {
    steps.chunk_by(|one, other| one.stage == other.stage).collect()
}

/// A stage lets in by an allow, after which nothing of it is reached, or by all of its gates.
fn lets_in(stage: &[StepReport]) -> bool {
    let end = stage.iter().position(|step| step.outcome == Outcome::Allow).map_or(stage.len(), |at| at + 1);
    let (walked, rest) = stage.split_at(end);
    let went_on = walked.iter().all(|step| matches!(step.outcome, Outcome::Pass | Outcome::Fail | Outcome::NotApplicable | Outcome::Allow));
    went_on
        && walked.iter().any(|step| matches!(step.outcome, Outcome::Pass | Outcome::Allow))
        && rest.iter().all(|step| step.outcome == Outcome::NotReached)
}

#[test]
fn no_gate_stands_twice_in_a_stage() {
    for (stage, gates) in reference() {
        let mut names: Vec<&str> = gates.iter().map(|gate| gate.id.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), gates.len(), "{}", stage.name());
    }
}

#[test]
fn check_explain_and_matrix_agree_in_the_fixtures() {
    for name in FIXTURES {
        let count = check(&Asked::fixture(name), &WhatIf::default()).unwrap_or_else(|problem| panic!("fixtures/{name}: {problem}"));
        assert!(count > 500, "fixtures/{name}: only {count} cells");
    }
}

#[test]
fn check_explain_and_matrix_agree_in_random_worlds() {
    seeds::every_seed(60, |seed| {
        let asked = Asked::world(&world(seed), seed)?;
        let mut what_if = WhatIf::default();
        if seed % 2 == 1 {
            what_if.with_roles.push("pika:site-admin".to_owned());
            what_if.entity = Some("acme-corp".to_owned());
        }
        check(&asked, &what_if).map(drop).map_err(|problem| format!("{problem}\n{}", asked.contents()))
    });
}
