//! Small random worlds in every layout, asked through the binary.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use crate::answer::{self, Row};
use crate::comments;
use crate::compare;
use crate::dice::Dice;
use crate::folder::Folder;
use crate::generate::{self, Generator};
use crate::layout;
use crate::oracle::{self, Person};
use crate::patch;
use crate::question::Question;
use crate::search::Search;
use crate::seeds;
use crate::target::{About, Target};
use crate::value::Attr;
use crate::world::{Attributes, World};

const WORLDS: u64 = 40;
/// So many denials of each world are asked about, and so many rows of each have their diffs tried.
const ASKED: usize = 6;
const TRIED: usize = 2;

fn worlds() -> u64 {
    std::env::var("GATEWALK_WORLDS").map_or(WORLDS, |text| text.parse().expect("GATEWALK_WORLDS is a number"))
}

/// A world, resources that are nowhere defined, and a time to ask at.
struct Setting {
    world: World,
    others: Vec<Attributes>,
    at: Timestamp,
}

/// Three users and two resources: small enough for every edit to be tried.
fn setting(seed: u64, dice: &mut Dice) -> Setting {
    let mut generator = Generator::new(seed);
    let mut written = generator.instance_attributes();
    written.retain(|_, value| *value != Attr::Null);
    let mut world = generator.world;
    world.instances.truncate(2);
    world.users.truncate(3);
    let users: Vec<String> = world.users.iter().map(|user| user.id.clone()).collect();
    world.assignments.retain(|assignment| assignment.user.as_ref().is_none_or(|user| users.contains(user)));
    for team in &mut world.teams {
        team.members.retain(|(member, _)| users.contains(member));
    }
    let edges = generate::edges(&world);
    let any = generate::instant(dice.between(0, 8)) + SignedDuration::from_mins(7);
    let at = if edges.is_empty() || dice.chance(50) { any } else { *dice.pick(&edges) };
    Setting { world, others: [written].into_iter().filter(|written| !written.is_empty()).collect(), at }
}

/// Some denials, from as many gates and sorts of targets as there are.
fn denials(setting: &Setting, count: usize, dice: &mut Dice) -> Vec<(String, Target)> {
    let world = &setting.world;
    let mut targets = oracle::targets(world);
    for attributes in &setting.others {
        let kind = &world.types[0].name;
        let actions = oracle::actions_of(world, kind).into_iter();
        targets.extend(actions.filter(|_| kind != "team").map(|action| Target::of_attributes(kind, attributes.clone(), action)));
    }
    let mut by_gate: BTreeMap<(&str, u8), Vec<(String, Target)>> = BTreeMap::new();
    for user in &world.users {
        let person = Person::new(world, user, setting.at);
        for target in &targets {
            let (allowed, gate) = oracle::decide_for(&person, target);
            let sort = match target.about {
                About::Type => 0,
                About::Instance(_) => 1,
                About::Attributes(_) => 2,
            };
            if !allowed {
                by_gate.entry((gate, sort)).or_default().push((user.id.clone(), target.clone()));
            }
        }
    }
    let mut gates: Vec<Vec<(String, Target)>> = by_gate.into_values().collect();
    for asked in &mut gates {
        dice.shuffle(asked);
    }
    dice.shuffle(&mut gates);
    let mut chosen = Vec::new();
    while chosen.len() < count && gates.iter().any(|asked| !asked.is_empty()) {
        chosen.extend(gates.iter_mut().filter_map(Vec::pop));
    }
    chosen.truncate(count);
    chosen
}

/// Asks `check` about some denials of a world, each with the world's folder.
fn each_denial(seed: u64, check: impl Fn(&Search<'_>, &Folder, &mut Dice) -> Result<(), String>) -> Result<(), String> {
    let mut dice = Dice::seeded(seed);
    let setting = setting(seed, &mut dice);
    let folder = Folder::of(comments::strewn(layout::of(&setting.world, seed).files, &mut dice));
    for (id, target) in denials(&setting, ASKED, &mut dice) {
        let asked = Question { world: &setting.world, user: setting.world.user(&id), target: &target, at: setting.at };
        check(&Search::new(asked), &folder, &mut dice)
            .map_err(|problem| format!("{id:?} on {target} at {}: {problem}\n{}", setting.at, folder.contents()))?;
    }
    Ok(())
}

fn rows_of(search: &Search<'_>, folder: &Folder, all: bool) -> Result<Vec<Row>, String> {
    answer::rows(&search.asked, &folder.explain(&search.asked, all)?)
}

#[test]
fn every_way_is_listed_and_no_other() {
    let sizes: Mutex<BTreeMap<usize, usize>> = Mutex::new(BTreeMap::new());
    seeds::every_seed(worlds(), |seed| {
        each_denial(seed, |search, folder, _| {
            let all = rows_of(search, folder, true)?;
            compare::sets(search, &all)?;
            compare::order(&all)?;
            compare::short(&all, &rows_of(search, folder, false)?)?;
            let size = all.first().map_or(0, |row| row.parts.len());
            *sizes.lock().expect("no check panics while it counts").entry(size).or_default() += 1;
            Ok(())
        })
    });
    let sizes = sizes.into_inner().expect("no check panics while it counts");
    let enough = (0..=2).all(|size| sizes.get(&size).is_some_and(|count| *count >= 5));
    assert!(enough || worlds() < WORLDS, "too few denials with ways of a size: {sizes:?}");
}

#[test]
fn every_diff_is_taken_and_lets_the_user_in() {
    let tried: Mutex<BTreeMap<(&str, bool), usize>> = Mutex::new(BTreeMap::new());
    seeds::every_seed(worlds(), |seed| {
        each_denial(seed, |search, folder, dice| {
            let mut rows = rows_of(search, folder, true)?;
            let before = folder.cells(search.asked.at)?;
            dice.shuffle(&mut rows);
            // Of each kind one comes first.
            let kind = |row: &Row| row.parts[0].edits[0].kind();
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            rows.sort_by_cached_key(|row| {
                let count = seen.entry(kind(row)).or_default();
                *count += 1;
                *count
            });
            for row in rows.iter().take(TRIED) {
                if let Some(diff) = &row.diff {
                    patch::check(search, folder, &before, row, diff)?;
                }
                *tried.lock().expect("no check panics while it counts").entry((kind(row), row.diff.is_some())).or_default() += 1;
            }
            Ok(())
        })
    });
    let tried = tried.into_inner().expect("no check panics while it counts");
    let of = |has_diff: bool| tried.iter().filter(|((_, has), _)| *has == has_diff).map(|(_, count)| count).sum::<usize>();
    assert!(of(true) > 5 * of(false), "few rows have a diff: {tried:?}");
}

/// Whoever is let in needs no way.
#[test]
fn an_allow_has_no_ways() {
    seeds::every_seed(worlds().min(20), |seed| {
        let mut dice = Dice::seeded(seed);
        let setting = setting(seed, &mut dice);
        let folder = Folder::of(layout::of(&setting.world, seed).files);
        for target in oracle::targets(&setting.world) {
            let asked = |user| Question { world: &setting.world, user, target: &target, at: setting.at };
            let Some(asked) = setting.world.users.iter().map(asked).find(Question::allowed) else { continue };
            let answer = folder.explain(&asked, true)?;
            if answer["decision"] != "allow" || answer.get("waysIn").is_some() {
                return Err(format!("{:?} is let in to {target}, but {answer:#}\n{}", asked.user.id, folder.contents()));
            }
        }
        Ok(())
    });
}
