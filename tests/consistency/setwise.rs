//! The walk over all targets at once decides every cell as the walk of one list does, verdict by verdict, and counts as cells do.

use std::collections::BTreeMap;
use std::convert::Infallible;

use gatewalk::compile::{Compiler, DecisionList};
use gatewalk::model::{Semantics, User};
use gatewalk::report::{GroupBy, Matrix, Question, summarise};
use gatewalk::walk::{Decision, Subject, decide};

use crate::ask::{Asked, FIXTURES, question, world};
use crate::supposing::supposed;
use crate::worlds::dice::Dice;
use crate::worlds::generate::Generator;
use crate::worlds::seeds;
use crate::worlds::world::World;

/// A group of users; `None` where they are not grouped.
type Group = Option<String>;

/// The groups of a user.
fn groups(subject: &Subject<'_>, by: Option<GroupBy>) -> Vec<Group> {
    let mut roles = subject.roles.clone();
    roles.sort_unstable();
    let roles: Vec<String> = roles.iter().map(|role| gatewalk::model::shown(role).into_owned()).collect();
    let user_type = subject.user_type.name().to_owned();
    let entity = subject.entity.name().map_or("(no entity)".to_owned(), |name| gatewalk::model::shown(name).into_owned());
    match by {
        None => vec![None],
        Some(GroupBy::Type) => vec![Some(user_type)],
        Some(GroupBy::Role) if roles.is_empty() => vec![Some("(no role)".to_owned())],
        Some(GroupBy::Role) => roles.into_iter().map(Some).collect(),
        Some(GroupBy::Entity) => vec![Some(entity)],
        Some(GroupBy::Profile) if roles.is_empty() => vec![Some(format!("{user_type}; (no role); {entity}"))],
        Some(GroupBy::Profile) => vec![Some(format!("{user_type}; {}; {entity}", roles.join(", ")))],
    }
}

/// The decisions of all users, one list after the other.
fn one_by_one<'a>(asked: &'a Asked, question: &'a Question, lists: &[DecisionList]) -> Vec<(Subject<'a>, Vec<Decision>)> {
    let subject = |user: &'a User| Subject::new(&asked.workspace, user, question.semantics, &question.what_if);
    let row = |subject: Subject<'a>| (subject.clone(), lists.iter().map(|list| decide(list, &subject)).collect());
    asked.workspace.users().iter().map(subject).map(row).collect()
}

/// Compares all decisions, and all counts.
fn agree(asked: &Asked, question: &Question) -> Result<usize, String> {
    let targets = asked.targets();
    let mut compiler = Compiler::new(&asked.workspace, question.options(question.semantics));
    let lists: Vec<_> = targets.iter().map(|target| compiler.compile(target).expect("the target exists")).collect();
    let expected = one_by_one(asked, question, &lists);
    let users: Vec<&User> = asked.workspace.users().iter().collect();
    let matrix = Matrix::new(&asked.workspace, question, users, &targets).expect("the targets exist");
    let mut decider = matrix.decider();
    for (subject, row) in &expected {
        let got = decider.decide(subject);
        assert_eq!(row.len(), got.len(), "a decision for each target");
        if let Some(((target, one), all)) = targets.iter().zip(row).zip(got).find(|((_, one), all)| one != all) {
            return Err(format!("{} on {target} under {question:?}: {one:?} by itself, {all:?} at once", subject.name()));
        }
    }
    for by in [None, Some(GroupBy::Type), Some(GroupBy::Role), Some(GroupBy::Entity), Some(GroupBy::Profile)] {
        let mut counted: BTreeMap<(Group, String), (u64, u64)> = BTreeMap::new();
        for (subject, row) in &expected {
            for group in groups(subject, by) {
                for (target, decision) in targets.iter().zip(row) {
                    let counts = counted.entry((group.clone(), target.to_string())).or_default();
                    *(if decision.allowed { &mut counts.0 } else { &mut counts.1 }) += 1;
                }
            }
        }
        let mut got = BTreeMap::new();
        let Ok(()) = summarise::<Infallible>(
            &matrix,
            by,
            |_| {},
            |row| {
                got.insert((row.group.map(str::to_owned), row.target.to_owned()), (row.allowed, row.denied));
                Ok(())
            },
        );
        if counted != got {
            let differing = counted.iter().find(|(key, counts)| got.get(key) != Some(counts));
            return Err(format!("by {by:?} under {question:?}: counted {differing:?} of {} rows, {} came", counted.len(), got.len()));
        }
    }
    Ok(expected.len() * targets.len())
}

/// A world of more apps than a word has bits, with users who have many roles.
fn wide(seed: u64) -> World {
    let mut generator = Generator::new(seed, 1);
    let mut world = generator.world();
    let mut dice = Dice::seeded(seed);
    let apps = dice.between(70, 200);
    world.apps.extend((0..apps).map(|number| generator.app(&format!("wide-{number}"))));
    let roles: Vec<String> = world.apps.iter().filter_map(|app| app.rules.user_roles.as_ref()).flatten().cloned().collect();
    for user in &mut world.users {
        if dice.chance(50) {
            continue;
        }
        user.roles = Some(dice.some(&roles, 40));
    }
    world
}

fn agree_on(world: &World, seed: u64) -> Result<(), String> {
    let asked = Asked::world(world, seed)?;
    let mut dice = Dice::seeded(seed);
    let plain = question(*dice.pick(Semantics::ALL));
    let semantics = *dice.pick(Semantics::ALL);
    let supposed = supposed(world, &mut dice, semantics);
    for question in [plain, supposed] {
        agree(&asked, &question).map_err(|problem| format!("{problem}\n{}", asked.contents()))?;
    }
    Ok(())
}

#[test]
fn random_worlds_are_decided_at_once_as_list_by_list() {
    seeds::every_seed(300, |seed| agree_on(&world(seed), seed));
}

#[test]
fn many_apps_are_decided_at_once_as_list_by_list() {
    seeds::every_seed(12, |seed| agree_on(&wide(seed), seed));
}

#[test]
fn the_fixtures_are_decided_at_once_as_list_by_list() {
    for name in FIXTURES {
        for semantics in Semantics::ALL {
            let cells = agree(&Asked::fixture(name), &question(*semantics));
            assert!(cells.unwrap_or_else(|problem| panic!("fixtures/{name}: {problem}")) > 0, "fixtures/{name} has cells");
        }
    }
}
