//! The walk of many resources at a time decides every cell as the walk of one does, gate by gate, and counts as cells do.

use std::collections::BTreeMap;
use std::convert::Infallible;

use gatewalk::compile::{Compiler, Resource, Target as Asked, Targets};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, User, UserType, Workspace as Model, shown};
use gatewalk::report::{Before, GroupBy, Matrix, Question, Was, summarise};
use gatewalk::walk::{Decision, Subject, WhatIf, decide};
use jiff::Timestamp;

use crate::dice::Dice;
use crate::generate::Generator;
use crate::instants;
use crate::seeds::every_seed;
use crate::value::{Attr, Scalar};
use crate::workspace::Workspace;
use crate::world::{Assignment, World};

mod by_hand;

fn model_of(root: &std::path::Path) -> Result<Model, String> {
    load(&Request { root: root.to_owned(), files: Vec::new(), changes: None }).map_err(|invalid| format!("{:#?}", invalid.problems))
}

fn question(at: Timestamp, what_if: WhatIf) -> Question {
    Question { semantics: Semantics::Documented, at, ignore_override: false, what_if, changes: None }
}

/// Every instance, every type, and an instance of each type as one that is nowhere defined.
fn targets(model: &Model) -> Vec<Asked> {
    let mut targets = Targets { instances: true, types: true, ..Targets::default() }.of(model);
    let twin = |target: &Asked| match target {
        Asked::Instance { kind, id, action } => {
            let resource = Resource { id: None, ..Resource::instance(model.permissions().instance(kind, id)?) };
            Some(Asked::Given { resource, action: action.clone(), written: format!("{kind}{{{id}}}#{action}") })
        }
        _ => None,
    };
    let twins: Vec<Asked> = targets.iter().filter_map(twin).step_by(5).collect();
    targets.extend(twins);
    targets
}

/// The decisions of all users, walked one by one.
fn one_by_one<'m>(model: &'m Model, question: &'m Question, targets: &[Asked]) -> Vec<(Subject<'m>, Vec<Decision>)> {
    let mut compiler = Compiler::new(model, question.options(question.semantics));
    let lists: Vec<_> = targets.iter().map(|target| compiler.compile(target).expect("the target exists")).collect();
    let subject = |user: &'m User| Subject::new(model, user, question.semantics, &question.what_if);
    let row = |subject: Subject<'m>| (subject.clone(), lists.iter().map(|list| decide(list, &subject)).collect());
    model.users().iter().map(subject).map(row).collect()
}

/// The groups of a user, as the reference of `--group-by` has them.
fn groups(subject: &Subject<'_>, by: Option<GroupBy>) -> Vec<Option<String>> {
    let mut roles: Vec<String> = subject.roles.iter().map(|role| (*role).to_owned()).collect();
    roles.sort();
    let mut roles: Vec<String> = roles.iter().map(|role| shown(role).into_owned()).collect();
    if roles.is_empty() {
        roles.push("(no role)".to_owned());
    }
    let entity = subject.entity.name().map_or("(no entity)".to_owned(), |name| shown(name).into_owned());
    let user_type = subject.user_type.name().to_owned();
    match by {
        None => vec![None],
        Some(GroupBy::Type) => vec![Some(user_type)],
        Some(GroupBy::Entity) => vec![Some(entity)],
        Some(GroupBy::Role) => roles.into_iter().map(Some).collect(),
        Some(GroupBy::Profile) => vec![Some(format!("{user_type}; {}; {entity}", roles.join(", ")))],
    }
}

/// Compares the cells and all counts of a question.
fn agree(model: &Model, question: &Question) -> Result<(), String> {
    let targets = targets(model);
    let expected = one_by_one(model, question, &targets);
    let users: Vec<&User> = model.users().iter().collect();
    let matrix = Matrix::new(model, question, users, &targets).map_err(|error| error.to_string())?;
    let mut decider = matrix.decider();
    for (subject, row) in &expected {
        let got = decider.decide(subject);
        for ((target, one), many) in targets.iter().zip(row).zip(got) {
            if one != many {
                return Err(format!("{} on {target} under {question:?}: {one:?} one by one, {many:?} set-wise", subject.name()));
            }
        }
        assert_eq!(row.len(), got.len(), "a decision for each target");
    }
    let before = Before { workspace: model, question: question.as_defined() };
    let supposes = question.supposed().is_some();
    let defined = if supposes { one_by_one(model, &before.question, &targets) } else { expected.clone() };
    let same: Vec<Option<Asked>> = targets.iter().cloned().map(Some).collect();
    let matrix = if supposes { matrix.against(&before, Vec::new(), &same) } else { matrix };
    let mut rows = expected.iter().zip(&defined);
    matrix.each_user(|user, got, was| {
        let ((_, row), (_, defined)) = rows.next().expect("as many users");
        let defined = if supposes { defined.as_slice() } else { &[] };
        let agrees = |(got, was): (&Decision, &Was)| if got.allowed { Was::Allowed } else { Was::Denied } == *was;
        if row != got || defined.len() != was.len() || !defined.iter().zip(was).all(agrees) {
            return Err(format!("{user} under {question:?}: as defined {defined:?}, beside the others {was:?}"));
        }
        Ok(())
    })?;
    for by in [None, Some(GroupBy::Profile), Some(GroupBy::Type), Some(GroupBy::Entity), Some(GroupBy::Role)] {
        let mut counted: BTreeMap<Option<String>, Vec<[u64; 4]>> = BTreeMap::new();
        for ((subject, row), (_, defined)) in expected.iter().zip(&defined) {
            for group in groups(subject, by) {
                let counts = counted.entry(group).or_insert_with(|| vec![[0; 4]; row.len()]);
                for ([allowed, denied, gained, lost], (is, was)) in counts.iter_mut().zip(row.iter().zip(defined)) {
                    *(if is.allowed { allowed } else { denied }) += 1;
                    *gained += u64::from(is.allowed && !was.allowed);
                    *lost += u64::from(was.allowed && !is.allowed);
                }
            }
        }
        let mut got = Vec::new();
        let Ok(()) = summarise::<Infallible>(
            &matrix,
            by,
            |_| {},
            |row| {
                let turned = row.turned.unwrap_or_default();
                let counts = [row.allowed, row.denied, turned.gained, turned.lost];
                got.push((row.group.map(str::to_owned), row.target.to_owned(), counts));
                Ok(())
            },
        );
        let wanted: Vec<_> = counted
            .iter()
            .flat_map(|(group, counts)| targets.iter().zip(counts).map(|(target, counts)| (group.clone(), target.to_string(), *counts)))
            .collect();
        if let Some((got, wanted)) = got.iter().zip(&wanted).find(|(got, wanted)| got != wanted) {
            return Err(format!("by {by:?} under {question:?}: counted {wanted:?}, but {got:?}"));
        }
        assert_eq!(got.len(), wanted.len(), "a row for each group and target");
    }
    Ok(())
}

/// A question that supposes something, or nothing.
fn supposed(world: &World, dice: &mut Dice) -> WhatIf {
    let mut names: Vec<String> = world.roles.iter().map(|role| role.name.clone()).collect();
    names.push("hr-team".to_owned());
    match dice.between(0, 5) {
        0 | 1 => WhatIf::default(),
        2 => WhatIf { with_roles: dice.some(&names, 2), ..WhatIf::default() },
        3 => WhatIf { without_roles: dice.some(&names, 2), ..WhatIf::default() },
        4 => WhatIf { user_type: Some(*dice.pick(&[UserType::Internal, UserType::External])), ..WhatIf::default() },
        _ => WhatIf { entity: Some((*dice.pick(&["acme", "globex", ""])).to_owned()), ..WhatIf::default() },
    }
}

fn agree_on(world: &World, seed: u64, questions: usize) -> Result<(), String> {
    let workspace = Workspace::of(world, seed);
    let model = model_of(workspace.dir.path())?;
    let mut dice = Dice::seeded(seed);
    let all = instants(world, &mut dice);
    for _ in 0..questions {
        let asked = question(*dice.pick(&all), supposed(world, &mut dice));
        agree(&model, &asked).map_err(|problem| format!("{problem}\n{}", workspace.contents()))?;
    }
    Ok(())
}

#[test]
fn many_at_a_time_are_decided_as_one_by_one() {
    every_seed(400, |seed| agree_on(&Generator::new(seed).world, seed, 3));
}

/// The world with so many users and instances more: like those that are there, but for what they own and belong to.
fn crowd(generator: &mut Generator, users: usize, instances: usize) -> World {
    let mut world = generator.world.clone();
    let dice = &mut generator.dice;
    let (first, own) = (world.users.clone(), world.instances.clone());
    for number in 0..users {
        let mut like = dice.pick(&first).clone();
        let id = format!("c{number}");
        // A limit of their own, which few others have.
        if let Some(level) = like.attributes.get_mut("level").filter(|_| dice.chance(50)) {
            *level = Attr::One(Scalar::plain(format!("{}.{:02}", dice.between(0, 15), number % 100)));
        }
        for team in &mut world.teams {
            let again: Vec<_> =
                team.members.iter().filter(|(user, _)| *user == like.id).map(|(_, role)| (id.clone(), role.clone())).collect();
            team.members.extend(again);
        }
        let assigned = world.assignments.iter().filter(|one| one.user.as_ref() == Some(&like.id));
        let again: Vec<Assignment> = assigned.map(|one| Assignment { user: Some(id.clone()), ..one.clone() }).collect();
        world.assignments.extend(again);
        like.id = id;
        world.users.push(like);
    }
    let ids: Vec<String> = world.users.iter().map(|user| user.id.clone()).collect();
    for number in 0..instances {
        let Some(like) = own.get(dice.between(0, own.len().max(1) - 1)) else { break };
        let mut instance = like.clone();
        instance.id = format!("I-{number}");
        for (name, value) in &mut instance.attributes {
            let donor = dice.pick(&own);
            if let Some(other) = donor.attributes.get(name).filter(|_| donor.resource == like.resource) {
                *value = other.clone();
            }
        }
        for name in ["owner", "assignee"] {
            if instance.attributes.contains_key(name) || dice.chance(30) {
                let one = Scalar::quoted(dice.pick(&ids).clone());
                let many = vec![one.clone(), Scalar::quoted(dice.pick(&ids).clone())];
                instance.attributes.insert(name.to_owned(), if dice.chance(20) { Attr::List(many) } else { Attr::One(one) });
            }
        }
        world.instances.push(instance);
    }
    world
}

/// More users than a digit of the counts, and enough for two threads.
#[test]
fn a_crowd_is_counted_as_its_cells_are() {
    every_seed(16, |seed| agree_on(&crowd(&mut Generator::new(seed), 300, 30), seed, 1));
}

/// More resources than a word has lanes.
#[test]
fn many_lanes_are_decided_as_each_resource_is() {
    every_seed(8, |seed| agree_on(&crowd(&mut Generator::new(seed + 500), 20, 400), seed, 1));
}

/// More users than are asked beforehand what they ask.
#[test]
fn users_outside_the_sample_are_decided_alike() {
    every_seed(2, |seed| agree_on(&crowd(&mut Generator::new(seed + 1000), 2300, 2), seed, 1));
}
