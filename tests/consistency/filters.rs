//! Filters select what filtering the whole matrix by hand selects.

use gatewalk::compile::Targets;
use gatewalk::model::Semantics;
use gatewalk::walk::{Subject, WhatIf};

use crate::ask::{Asked, Cell, question, same, world};
use crate::glob::matches;
use crate::worlds::dice::Dice;
use crate::worlds::seeds;

/// The filters of one question, each with the patterns given to it.
#[derive(Clone, Debug, Default)]
struct Filters {
    users: Vec<String>,
    roles: Vec<String>,
    entities: Vec<String>,
    user_type: Option<&'static str>,
    targets: Vec<String>,
    features: bool,
}

/// A user as filters see one.
struct Person {
    id: String,
    roles: Vec<String>,
    entity: Option<String>,
    user_type: &'static str,
}

fn people(asked: &Asked) -> Vec<Person> {
    let nothing = WhatIf::default();
    let person = |user| {
        let subject = Subject::new(&asked.workspace, user, Semantics::Documented, &nothing);
        Person {
            id: subject.name().to_owned(),
            roles: subject.roles.iter().map(|role| (*role).to_owned()).collect(),
            entity: subject.entity.name().map(str::to_owned),
            user_type: subject.user_type.name(),
        }
    };
    asked.workspace.users().iter().map(person).collect()
}

/// Which people some patterns select; none if one of them selects nobody. A pattern that is a name is that name.
fn selected(patterns: &[String], people: &[Person], names: fn(&Person) -> Vec<&str>) -> Option<Vec<bool>> {
    let mut chosen = vec![patterns.is_empty(); people.len()];
    for pattern in patterns {
        let is_name = people.iter().any(|person| names(person).contains(&pattern.as_str()));
        let meant = |name: &str| if is_name { name == pattern } else { matches(pattern, name) };
        let hit: Vec<bool> = people.iter().map(|person| names(person).into_iter().any(meant)).collect();
        if !hit.contains(&true) {
            return None;
        }
        chosen.iter_mut().zip(hit).for_each(|(chosen, hit)| *chosen |= hit);
    }
    Some(chosen)
}

/// The names of the targets that the patterns select.
fn targets(asked: &Asked, filters: &Filters) -> Option<Vec<String>> {
    let named = |features, sites| -> Vec<String> {
        Targets { features, sites, ..Targets::default() }.of(&asked.workspace).iter().map(ToString::to_string).collect()
    };
    if filters.targets.is_empty() {
        return Some(named(filters.features, false));
    }
    let mut chosen = Vec::new();
    for pattern in &filters.targets {
        let is_name = named(true, true).contains(pattern);
        let known = named(filters.features || pattern.contains('/'), pattern.contains('#'));
        // With features, whoever names apps means their features too.
        let whole_apps = filters.features && !pattern.contains(['/', '#']);
        let meant = |name: &String| {
            let name = if whole_apps { name.split('/').next().unwrap_or(name) } else { name };
            if is_name { name == pattern } else { matches(pattern, name) }
        };
        let hit: Vec<String> = known.into_iter().filter(meant).collect();
        if hit.is_empty() {
            return None;
        }
        chosen.extend(hit);
    }
    Some(chosen)
}

/// The cells that the filters leave of all cells; none where that is no question.
fn by_hand(asked: &Asked, filters: &Filters) -> Option<Vec<Cell>> {
    let people = people(asked);
    let ids = selected(&filters.users, &people, |person| vec![&person.id])?;
    let roles = selected(&filters.roles, &people, |person| person.roles.iter().map(String::as_str).collect())?;
    let entities = selected(&filters.entities, &people, |person| person.entity.iter().map(String::as_str).collect())?;
    let targets = targets(asked, filters)?;
    let stays = |at: usize, person: &Person| {
        ids[at] && roles[at] && entities[at] && filters.user_type.is_none_or(|wanted| wanted == person.user_type)
    };
    let left: Vec<&str> =
        people.iter().enumerate().filter(|(at, person)| stays(*at, person)).map(|(_, person)| person.id.as_str()).collect();
    if left.is_empty() {
        return None;
    }
    let cells = asked.cells(&question(Semantics::Documented)).into_iter();
    Some(cells.filter(|cell| left.contains(&cell.user.as_str()) && targets.contains(&cell.target)).collect())
}

fn arguments(filters: &Filters) -> Vec<String> {
    let option =
        |name: &'static str, patterns: &[String]| patterns.iter().map(move |pattern| format!("--{name}={pattern}")).collect::<Vec<_>>();
    let mut all = [
        option("user", &filters.users),
        option("role", &filters.roles),
        option("entity", &filters.entities),
        option("target", &filters.targets),
    ]
    .concat();
    all.extend(filters.user_type.map(|user_type| format!("--type={user_type}")));
    all.extend(filters.features.then(|| "--features".to_owned()));
    all
}

/// A pattern for a name: the name itself, or with a part of it left open.
fn pattern(name: &str, dice: &mut Dice) -> String {
    // What is a glob already stands for itself.
    if dice.chance(30) || name.contains(['*', '?', '[', ']', '{', '}', '\\']) {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().collect();
    let start = dice.between(0, letters.len());
    let (open, end) = if dice.chance(25) && start < letters.len() { ("?", start + 1) } else { ("*", dice.between(start, letters.len())) };
    letters[..start].iter().collect::<String>() + open + &letters[end..].iter().collect::<String>()
}

fn patterns(names: &[String], percent: u32, dice: &mut Dice) -> Vec<String> {
    if names.is_empty() || !dice.chance(percent) {
        return Vec::new();
    }
    let count = dice.between(1, 2);
    (0..count)
        .map(|_| {
            let name = dice.pick(names);
            pattern(name, dice)
        })
        .collect()
}

#[test]
fn random_filters_select_as_by_hand() {
    seeds::every_seed(40, |seed| {
        let asked = Asked::world(&world(seed), seed)?;
        let people = people(&asked);
        let names = |of: fn(&Person) -> Vec<String>| -> Vec<String> { people.iter().flat_map(of).collect() };
        let (ids, roles) = (names(|person| vec![person.id.clone()]), names(|person| person.roles.clone()));
        let entities = names(|person| person.entity.clone().into_iter().collect());
        let known: Vec<String> = asked.targets().iter().map(ToString::to_string).collect();
        let mut dice = Dice::seeded(seed);
        for _ in 0..8 {
            let filters = Filters {
                users: patterns(&ids, 40, &mut dice),
                roles: patterns(&roles, 30, &mut dice),
                entities: patterns(&entities, 20, &mut dice),
                user_type: dice.weighted(&[(3, None), (1, Some("internal-user")), (1, Some("external-user"))]),
                targets: patterns(&known, 60, &mut dice),
                features: dice.chance(40),
            };
            let arguments = arguments(&filters);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let compared = match by_hand(&asked, &filters) {
                Some(cells) => same(&cells, &asked.matrix(&arguments)),
                None => match asked.run(&[&["matrix"], arguments.as_slice()].concat()) {
                    said if said.code == Some(2) && said.out.is_empty() => Ok(()),
                    said => Err(format!("selects nothing, and yet {said:?}")),
                },
            };
            compared.map_err(|difference| format!("{arguments:?}: {difference}\n{}", asked.contents()))?;
        }
        Ok(())
    });
}
