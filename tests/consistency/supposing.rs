//! What a question supposes is answered as if it were written.

use std::collections::BTreeMap;

use gatewalk::model::{Semantics, UserType};
use gatewalk::report::Question;

use crate::ask::{Asked, Cell, question, same, world};
use crate::worlds::dice::Dice;
use crate::worlds::seeds;
use crate::worlds::world::{self as written, User, Value, World};

/// A change that can be supposed, and made.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    AsType(UserType),
    WithRole(String),
    WithoutRole(String),
    AsEntity(String),
    IgnoreOverride,
}

impl Change {
    pub(crate) fn suppose(&self, question: &mut Question) {
        let what_if = &mut question.what_if;
        match self {
            Self::AsType(user_type) => what_if.user_type = Some(*user_type),
            Self::WithRole(role) => what_if.with_roles.push(role.clone()),
            Self::WithoutRole(role) => what_if.without_roles.push(role.clone()),
            Self::AsEntity(entity) => what_if.entity = Some(entity.clone()),
            Self::IgnoreOverride => question.ignore_override = true,
        }
    }

    fn make(&self, world: &mut World, semantics: Semantics) {
        match self {
            Self::AsEntity(entity) => return belong(world, entity, semantics),
            Self::IgnoreOverride => world.apps.iter_mut().for_each(|app| app.admin_override = None),
            _ => {}
        }
        for user in &mut world.users {
            match self {
                Self::AsType(UserType::Internal) => user.user_type = Some(written::UserType::Internal),
                Self::AsType(UserType::External) => user.user_type = Some(written::UserType::External),
                Self::WithRole(role) => {
                    let roles = user.roles.get_or_insert_default();
                    roles.retain(|known| known != role);
                    roles.push(role.clone());
                }
                Self::WithoutRole(role) => user.roles.iter_mut().for_each(|roles| roles.retain(|known| known != role)),
                Self::AsEntity(_) | Self::IgnoreOverride => {}
            }
        }
    }

    /// The role that it gives.
    fn given(&self) -> Option<String> {
        match self {
            Self::WithRole(role) => Some(role.clone()),
            _ => None,
        }
    }

    pub(crate) fn option(&self) -> Vec<String> {
        match self {
            Self::AsType(user_type) => vec![format!("--as-type={}", user_type.name())],
            Self::WithRole(role) => vec![format!("--with-role={role}")],
            Self::WithoutRole(role) => vec![format!("--without-role={role}")],
            Self::AsEntity(entity) => vec![format!("--as-entity={entity}")],
            Self::IgnoreOverride => vec!["--ignore-override".to_owned()],
        }
    }
}

/// Gives every user the entity, where the site looks for it. Where it does not look, no entity can be had.
fn belong(world: &mut World, entity: &str, semantics: Semantics) {
    match &world.site.entity {
        Some(settings) => {
            let Some(path) = settings.attribute_name.clone() else { return };
            let steps: Vec<&str> = path.split('.').collect();
            world.users.iter_mut().for_each(|user| put(user.custom_data.get_or_insert_default(), &steps, entity));
        }
        None if semantics == Semantics::Documented => world.users.iter_mut().for_each(|user| user.entity = Some(entity.to_owned())),
        None => {}
    }
}

fn put(data: &mut BTreeMap<String, Value>, steps: &[&str], entity: &str) {
    match steps {
        [] => {}
        [last] => drop(data.insert((*last).to_owned(), Value::Text(entity.to_owned()))),
        [first, rest @ ..] => {
            let inner = data.entry((*first).to_owned()).or_insert(Value::Null);
            if !matches!(inner, Value::Map(_)) {
                *inner = Value::Map(BTreeMap::new());
            }
            if let Value::Map(inner) = inner {
                put(inner, rest, entity);
            }
        }
    }
}

/// Changes that matter to a world: roles and entities that its rules and users name, and one that nothing names.
fn changes(world: &World, dice: &mut Dice) -> Vec<Change> {
    let mut roles: Vec<String> = world.users.iter().filter_map(|user: &User| user.roles.as_ref()).flatten().cloned().collect();
    for app in &world.apps {
        let over = app.admin_override.as_ref().and_then(|over| over.rules.user_roles.as_ref());
        roles.extend([app.rules.user_roles.as_ref(), app.required_roles.as_ref(), over].into_iter().flatten().flatten().cloned());
    }
    roles.extend(["pika:site-admin".to_owned(), "pika:content-admin".to_owned(), "a role of nobody".to_owned()]);
    let lists = world.apps.iter().flat_map(|app| {
        let over = app.admin_override.as_ref();
        [
            app.allowed_entities.as_ref(),
            over.and_then(|over| over.exclusive_internal.as_ref()),
            over.and_then(|over| over.exclusive_external.as_ref()),
        ]
    });
    let mut entities: Vec<String> = lists.flatten().flatten().cloned().collect();
    entities.push("an entity of nobody".to_owned());
    vec![
        Change::AsType(UserType::Internal),
        Change::AsType(UserType::External),
        Change::WithRole(dice.pick(&roles).clone()),
        Change::WithRole(dice.pick(&roles).clone()),
        Change::WithoutRole(dice.pick(&roles).clone()),
        Change::AsEntity(dice.pick(&entities).clone()),
        Change::IgnoreOverride,
    ]
}

/// Each by itself, and some together: first what is taken away, then what is given. Nothing is supposed both ways.
pub(crate) fn suppositions(world: &World, dice: &mut Dice) -> Vec<Vec<Change>> {
    let changes = changes(world, dice);
    let mut together = dice.some(&changes, 5);
    let given: Vec<String> = together.iter().filter_map(Change::given).collect();
    together.retain(|change| !matches!(change, Change::WithoutRole(role) if given.contains(role)));
    let mut typed = false;
    together.retain(|change| !matches!(change, Change::AsType(_)) || !std::mem::replace(&mut typed, true));
    together.sort_by_key(|change| matches!(change, Change::WithRole(_)));
    changes.into_iter().map(|change| vec![change]).chain([together]).collect()
}

/// A question that supposes something.
pub(crate) fn supposed(world: &World, dice: &mut Dice, semantics: Semantics) -> Question {
    let mut supposed = question(semantics);
    let all = suppositions(world, dice);
    dice.pick(&all).iter().for_each(|change| change.suppose(&mut supposed));
    supposed
}

fn sorted(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort();
    cells
}

#[test]
fn a_supposition_is_the_change_really_made() {
    seeds::every_seed(60, |seed| {
        let world = world(seed);
        let asked = Asked::world(&world, seed)?;
        let mut dice = Dice::seeded(seed);
        for changes in suppositions(&world, &mut dice) {
            let mut last: Option<(World, Asked)> = None;
            for semantics in Semantics::ALL {
                let mut supposed = question(*semantics);
                let mut changed = world.clone();
                for change in &changes {
                    change.suppose(&mut supposed);
                    change.make(&mut changed, *semantics);
                }
                // Mostly the change is the same under all semantics.
                let (_, changed) = match last.take().filter(|(world, _)| *world == changed) {
                    Some(known) => last.insert(known),
                    None => {
                        let asked = Asked::world(&changed, dice.seed())?;
                        last.insert((changed, asked))
                    }
                };
                let really = sorted(changed.cells(&question(*semantics)));
                // A feature that only an override configures is a target of the workspace as it is.
                let known: Vec<String> = changed.targets().iter().map(ToString::to_string).collect();
                let supposed: Vec<Cell> = asked.cells(&supposed).into_iter().filter(|cell| known.contains(&cell.target)).collect();
                same(&really, &sorted(supposed))
                    .map_err(|difference| format!("{changes:?} ({}): {difference}\n{}", semantics.name(), asked.contents()))?;
            }
        }
        Ok(())
    });
}

#[test]
fn the_options_suppose_what_they_say() {
    seeds::every_seed(20, |seed| {
        let world = world(seed);
        let asked = Asked::world(&world, seed)?;
        for changes in suppositions(&world, &mut Dice::seeded(seed)) {
            let mut supposed = question(Semantics::Documented);
            for change in &changes {
                change.suppose(&mut supposed);
            }
            let options: Vec<String> = changes.iter().flat_map(Change::option).collect();
            let arguments: Vec<&str> = ["--features"].into_iter().chain(options.iter().map(String::as_str)).collect();
            let expected: Vec<Cell> = asked.cells(&supposed).into_iter().filter(|cell| !cell.target.starts_with("site#")).collect();
            same(&expected, &asked.matrix(&arguments)).map_err(|difference| format!("{options:?}: {difference}"))?;
        }
        Ok(())
    });
}

/// Who has an empty entity has none, written or supposed.
#[test]
fn an_empty_entity_is_none() {
    let apps = "- {chatAppId: a, enabled: true, allowedEntities: ['', x]}\n";
    let users = "- {userId: written, entity: ''}\n- {userId: supposed, entity: x}\n";
    let asked = Asked::texts(&[("apps.yaml", apps), ("users.yaml", users)]);
    let written = asked.run(&["check", "written", "a"]);
    let supposed = asked.run(&["check", "supposed", "a", "--as-entity", ""]);
    assert_eq!(written.code, Some(1), "{written:?}");
    assert!(supposed.code == Some(1) || supposed.code == Some(2), "{supposed:?}");
}
