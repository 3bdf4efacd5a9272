//! Lists that no rule makes: whatever a list of predicates over facets says, all targets at once are decided by it.

use std::sync::Arc;

use gatewalk::compile::{Arm, Compiler, DecisionList, Gate, Outcome, Predicate, Stage, Target};
use gatewalk::model::{Names, Semantics, Spanned, UserType};
use gatewalk::source::{FileId, Span};
use gatewalk::walk::{Decision, Row, Rows, Subject, Tally, WhatIf, decide};

use crate::ask::{Asked, question};
use crate::worlds::dice::Dice;
use crate::worlds::seeds;

const ROLES: [&str; 14] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"];
const ENTITIES: [&str; 4] = ["dept_hr", "acme", "globex", ""];
const IDS: [&str; 3] = ["alice", "carol", "nobody"];

fn names(dice: &mut Dice, from: &[&str], most: usize) -> Arc<Names> {
    let span = Span::new(FileId::default(), 0, 0);
    let names: Vec<Spanned<&str>> = dice.some(from, most).iter().map(|value| Spanned { value: *value, span }).collect();
    Arc::new(Names::new(span, &names))
}

fn predicate(dice: &mut Dice, depth: usize) -> Predicate {
    let parts = |dice: &mut Dice| (0..dice.between(0, 3)).map(|_| predicate(dice, depth + 1)).collect::<Vec<_>>();
    match dice.between(0, if depth > 2 { 7 } else { 10 }) {
        0 => Predicate::Constant(dice.chance(50)),
        1 => Predicate::UserType(*dice.pick(&[UserType::Internal, UserType::External])),
        2 => Predicate::UserTypeIn(names(dice, UserType::NAMES, 2)),
        3 => Predicate::EntityIn(names(dice, &ENTITIES, 3)),
        4 => Predicate::UserIdIn(names(dice, &IDS, 2)),
        5 => Predicate::HasAllRoles(names(dice, &ROLES, 3)),
        6 | 7 => Predicate::HasAnyRole(names(dice, &ROLES, 4)),
        8 => Predicate::Not(Box::new(predicate(dice, depth + 1))),
        9 => Predicate::All(parts(dice)),
        _ => Predicate::Any(parts(dice)),
    }
}

/// The list with other predicates and outcomes in its gates, and more or fewer of them.
fn remade(list: &DecisionList, dice: &mut Dice) -> DecisionList {
    let outcomes = [Outcome::Allow, Outcome::Deny, Outcome::Pass, Outcome::Fail, Outcome::NotApplicable];
    let mut stages = Vec::new();
    for stage in list.stages.iter() {
        let mut gates: Vec<Gate> = Vec::new();
        for gate in &stage.gates {
            let Some(any) = gate.arms.first().filter(|_| dice.chance(60)) else { continue };
            let arm = |when: Predicate, dice: &mut Dice| Arm { when, outcome: *dice.pick(&outcomes), ..any.clone() };
            let mut arms: Vec<Arm> = (0..dice.between(0, 3)).map(|_| arm(predicate(dice, 0), dice)).collect();
            arms.push(arm(Predicate::ALWAYS, dice));
            gates.push(Gate { arms, ..gate.clone() });
        }
        stages.push(Stage { gates, ..stage.clone() });
    }
    DecisionList { stages: stages.into(), ..list.clone() }
}

/// Lists that tell apart by nothing, by one list of roles, and by more than a table holds.
fn lists(asked: &Asked, dice: &mut Dice) -> Vec<DecisionList> {
    let question = question(Semantics::Documented);
    let mut compiler = Compiler::new(&asked.workspace, question.options(question.semantics));
    let target = Target::parse(&asked.workspace, "hr-assistant/fileUpload").expect("the target exists");
    let list = compiler.compile(&target).expect("the target exists");
    (0..dice.between(1, 140)).map(|_| remade(&list, dice)).collect()
}

#[test]
fn lists_that_no_rule_makes_are_decided_at_once_as_by_themselves() {
    let asked = Asked::fixture("acme");
    seeds::every_seed(30, |seed| {
        let mut dice = Dice::seeded(seed);
        let lists = lists(&asked, &mut dice);
        let rows = Rows::new(lists.clone());
        let (mut row, mut tally, mut allowed) = (Row::default(), Tally::default(), vec![0; lists.len()]);
        for _ in 0..30 {
            let user = dice.pick(asked.workspace.users());
            let entity = dice.chance(70).then(|| (*dice.pick(&ENTITIES)).to_owned());
            let user_type = Some(*dice.pick(&[UserType::Internal, UserType::External]));
            let with_roles = dice.some(&ROLES, 9).iter().map(|role| (*role).to_owned()).collect();
            let what_if = WhatIf { user_type, with_roles, entity, ..WhatIf::default() };
            let subject = Subject::new(&asked.workspace, user, Semantics::Documented, &what_if);
            let expected: Vec<Decision> = lists.iter().map(|list| decide(list, &subject)).collect();
            row.decide(&rows, &subject.facets());
            tally.add(&row);
            let mut got = Vec::new();
            row.each(&rows, |decision| got.push(decision));
            if let Some(at) = (0..lists.len()).find(|at| expected.get(*at) != got.get(*at)) {
                let (one, all) = (expected[at], got.get(at));
                return Err(format!("{:?}: {one:?} by itself, {all:?} at once, of {:#?}", subject.facets(), lists[at].stages));
            }
            allowed.iter_mut().zip(&expected).for_each(|(sum, decision)| *sum += u64::from(decision.allowed));
        }
        if tally.allowed(&rows) == allowed { Ok(()) } else { Err("the counts are not those of the decisions".to_owned()) }
    });
}

#[test]
fn counts_carry_beyond_every_digit() {
    let asked = Asked::fixture("acme");
    let mut lists = lists(&asked, &mut Dice::seeded(1));
    lists.truncate(10);
    let rows = Rows::new(lists.clone());
    let nothing = WhatIf::default();
    let subjects = ["alice", "carol", "dave"].map(|id| {
        let user = asked.workspace.user(id).expect("the user exists");
        Subject::new(&asked.workspace, user, Semantics::Documented, &nothing)
    });
    // The last is never there, the first nearly always: counts with all digits, and with few.
    let (mut row, mut tally, mut times) = (Row::default(), Tally::default(), [0_u64; 3]);
    for number in 0_usize..70_001 {
        let who = usize::from(number % 7 == 0);
        row.decide(&rows, &subjects[who].facets());
        tally.add(&row);
        times[who] += 1;
    }
    let expected = |list: &DecisionList| -> u64 {
        subjects.iter().zip(times).filter(|(subject, _)| decide(list, subject).allowed).map(|(_, times)| times).sum()
    };
    assert_eq!(tally.users(), 70_001);
    assert_eq!(tally.allowed(&rows), lists.iter().map(expected).collect::<Vec<_>>());
}
