//! Questions about a type: one decision for all resources that could be, or that it depends.

mod elements;
mod globs;
mod solver;

use std::collections::HashMap;
use std::sync::Arc;

use batsat::Lit;

use super::Subject;
use super::decision::Decision;
use super::evaluate::Case;
use super::formula::Formula;
use crate::compile::{Arm, DEFAULT_DENY, DEPENDS, DecisionList, Gate, GateId, Outcome, Resource, ResourceTest, Stage, Teams};
use crate::model::Spanned;
use crate::model::permissions::{Attributes, TEAM};
use crate::source::{FileId, Span};
use solver::Possible;

/// An arm that decides for some resources.
#[derive(Clone, Debug)]
pub(super) struct DecidingArm<'l> {
    /// For which.
    pub(super) when: Formula,
    pub(super) arm: &'l Arm,
    /// Which gate of the list.
    pub(super) position: usize,
    gate: &'l Gate,
    stage: &'l Stage,
}

/// The answer to a question about a type.
#[derive(Clone, Debug)]
pub(super) struct Answer<'l> {
    pub(super) decision: Decision,
    /// The arm that decides, where one does for all.
    pub(super) arm: Option<&'l Arm>,
    /// The attributes on which the decision depends.
    pub(super) depends_on: Vec<String>,
    /// Whether the arm decides for all together with others of its kind.
    pub(super) together: bool,
}

/// Decides for all resources of the type.
pub(super) fn decide(list: &DecisionList, subject: &Subject<'_>) -> Decision {
    answer(list, subject, false).decision
}

/// Answers about a type, by what a list leaves to ask of the resource.
#[derive(Debug, Default)]
pub struct Remembered(HashMap<Vec<(Formula, usize, bool)>, Decision>);

/// So many answers are remembered.
const REMEMBERED: usize = 1000;

/// Decides, unless the same was left to ask of another user.
pub(super) fn decide_knowing(list: &DecisionList, subject: &Subject<'_>, known: &mut Remembered) -> Decision {
    let case = Case::new(list, subject);
    let deciding = deciding(list, &case);
    let left: Vec<(Formula, usize, bool)> =
        deciding.iter().map(|one| (one.when.clone(), one.position, one.arm.outcome == Outcome::Allow)).collect();
    if let Some(decision) = known.0.get(&left) {
        return *decision;
    }
    let decision = question(list, &case, &deciding, false).decision;
    // What is asked of each user's own resources is another question for each.
    if known.0.len() < REMEMBERED {
        known.0.insert(left, decision);
    }
    decision
}

/// Answers for all resources of the type; with `thorough`, also on what it depends.
pub(super) fn answer<'l>(list: &'l DecisionList, subject: &Subject<'_>, thorough: bool) -> Answer<'l> {
    let case = Case::new(list, subject);
    let deciding = deciding(list, &case);
    question(list, &case, &deciding, thorough)
}

fn question<'l>(list: &'l DecisionList, case: &Case<'_, '_>, deciding: &[DecidingArm<'l>], thorough: bool) -> Answer<'l> {
    let nobody = Teams::default();
    let teams = case.holdings.map_or(&nobody, |holdings| holdings.teams());
    Question { list, deciding, teams, kind: case.kind }.answer(thorough)
}

/// The arms that decide for some resource, in order; the last decides for all that are left.
pub(super) fn deciding<'l>(list: &'l DecisionList, case: &Case<'_, '_>) -> Vec<DecidingArm<'l>> {
    let mut all = Vec::new();
    let mut position = 0;
    for stage in &*list.stages {
        for gate in &stage.gates {
            for arm in &gate.arms {
                if !matches!(arm.outcome, Outcome::Allow | Outcome::Deny) {
                    break;
                }
                let when = case.evaluate(&arm.when);
                let is_last = when.is_true();
                if !when.is_false() {
                    all.push(DecidingArm { when, arm, position, gate, stage });
                }
                if is_last {
                    return all;
                }
            }
            position += 1;
        }
    }
    all
}

/// Of so many attributes it is found out whether they matter.
const NAMES: usize = 40;

struct Question<'l, 'q> {
    list: &'l DecisionList,
    deciding: &'q [DecidingArm<'l>],
    teams: &'q Teams,
    kind: &'q str,
}

impl<'l> Question<'l, '_> {
    fn answer(&self, thorough: bool) -> Answer<'l> {
        let allows = |one: &DecidingArm<'_>| one.arm.outcome == Outcome::Allow;
        if !self.deciding.iter().any(allows) {
            return self.denied_to_all();
        }
        if self.deciding.iter().all(allows) {
            return self.allowed_to_all();
        }
        let mut tests: Vec<&ResourceTest> = Vec::new();
        self.deciding.iter().for_each(|one| one.when.tests(&mut tests));
        let mut possible = Possible::new(&tests, self.teams, self.are_teams());
        let allowed = self.allowed(&mut possible);
        let (one_allowed, one_denied) = (possible.could(allowed), possible.could(!allowed));
        match (one_allowed, one_denied) {
            (true, true) => {}
            // Where not all that could be was looked at, there may be others: no answer for all is safe.
            _ if !possible.is_complete() => {
                return Answer { decision: self.at(DEPENDS), arm: None, depends_on: Vec::new(), together: false };
            }
            (false, _) => return self.denied_to_all(),
            (true, false) => return self.allowed_to_all(),
        }
        let names = if thorough { possible.names() } else { Vec::new() };
        // Each takes a search of its own; of very many, all are named.
        let few = names.len() <= NAMES;
        let depends_on = names.into_iter().filter(|name| !few || self.matters(name, &tests)).map(str::to_owned).collect();
        Answer { decision: self.at(DEPENDS), arm: None, depends_on, together: false }
    }

    /// Whether two resources could be that differ in this attribute alone and are decided otherwise.
    fn matters(&self, name: &str, tests: &[&ResourceTest]) -> bool {
        let mut possible = Possible::new(tests, self.teams, self.are_teams());
        let one = self.allowed(&mut possible);
        possible.vary(name);
        let other = self.allowed(&mut possible);
        let (either, not_both) = (possible.sat.any(&[one, other]), possible.sat.any(&[!one, !other]));
        let differ = possible.sat.all(&[either, not_both]);
        possible.could(differ)
    }

    /// A variable that is true just where a resource is allowed: the last arm first, each before it with its own say.
    fn allowed(&self, possible: &mut Possible<'_>) -> Lit {
        let mut allowed = possible.formula(&Formula::FALSE);
        for one in self.deciding.iter().rev() {
            let when = possible.formula(&one.when);
            allowed = match one.arm.outcome {
                Outcome::Allow => possible.sat.any(&[when, allowed]),
                _ => possible.sat.all(&[!when, allowed]),
            };
        }
        allowed
    }

    fn are_teams(&self) -> bool {
        self.kind == TEAM
    }

    /// A resource without attributes, of teams the first.
    fn bare(&self) -> Resource {
        let first = if self.are_teams() { self.teams.iter().min() } else { None };
        let attributes = match first {
            Some(team) => Attributes::of_team(&Spanned { value: team.into(), span: Span::new(FileId::default(), 0, 0) }),
            None => Attributes::default(),
        };
        Resource { kind: Arc::from(self.kind), id: None, attributes: Arc::new(attributes) }
    }

    /// Who decides for a resource without attributes.
    fn allowed_to_all(&self) -> Answer<'l> {
        let resource = self.bare();
        match self.deciding.iter().find(|one| one.when.holds(&resource, self.teams)) {
            Some(one) => Self::by(one, true),
            None => self.denied_to_all(),
        }
    }

    /// The rule that denies whatever the resource, if there is one.
    fn denied_to_all(&self) -> Answer<'l> {
        let rules = || self.deciding.iter().filter(|one| one.arm.outcome == Outcome::Deny && one.gate.id != DEFAULT_DENY);
        for rule in rules() {
            let mut tests = Vec::new();
            rule.when.tests(&mut tests);
            let mut possible = Possible::new(&tests, self.teams, self.are_teams());
            let when = possible.formula(&rule.when);
            let other = possible.could(!when);
            if possible.is_complete() && !other {
                return Self::by(rule, false);
            }
        }
        // Several rules can deny all of them together. Then the one that denies a resource without attributes stands for them.
        let rules: Vec<&DecidingArm<'l>> = rules().collect();
        let mut tests = Vec::new();
        for one in &rules {
            one.when.tests(&mut tests);
        }
        let mut possible = Possible::new(&tests, self.teams, self.are_teams());
        let denied: Vec<Lit> = rules.iter().map(|one| possible.formula(&one.when)).collect();
        let denied = possible.sat.any(&denied);
        let other = possible.could(!denied);
        if !rules.is_empty() && possible.is_complete() && !other {
            let bare = self.bare();
            let first = rules.iter().find(|one| one.when.holds(&bare, self.teams)).or(rules.first());
            if let Some(rule) = first {
                return Answer { together: true, ..Self::by(rule, false) };
            }
        }
        let last = self.deciding.last().filter(|one| one.gate.id == DEFAULT_DENY);
        Answer { decision: self.at(DEFAULT_DENY), arm: last.map(|one| one.arm), depends_on: Vec::new(), together: false }
    }

    fn by(one: &DecidingArm<'l>, allowed: bool) -> Answer<'l> {
        let decision = Decision { allowed, gate: one.gate.id, stage: one.stage.id, position: one.position };
        Answer { decision, arm: Some(one.arm), depends_on: Vec::new(), together: false }
    }

    /// A denial at a gate of the list.
    fn at(&self, id: GateId) -> Decision {
        let gates = self.list.stages.iter().flat_map(|stage| stage.gates.iter().map(move |gate| (stage.id, gate.id)));
        let found = gates.enumerate().find(|(_, (_, gate))| *gate == id);
        let (position, stage) = found.map_or((usize::MAX, crate::compile::StageId::Permission), |(position, (stage, _))| (position, stage));
        Decision { allowed: false, gate: id, stage, position }
    }
}
