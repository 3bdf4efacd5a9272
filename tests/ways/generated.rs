//! Small random worlds in every layout, asked through the binary.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value as Json;

use crate::answer::{self, Row};
use crate::diff;
use crate::folder::Folder;
use crate::oracle::{self, Semantics};
use crate::patch::{self, Outcome};
use crate::search::Search;
use crate::target::Target;
use crate::vocabulary::Question;
use crate::worlds::dice::Dice;
use crate::worlds::generate::Generator;
use crate::worlds::world::{Features, World};
use crate::worlds::{layout, seeds};
use crate::{compare, order, rows};

const WORLDS: u64 = 40;
/// So many denials of each world are asked about, and so many rows of each have their diffs tried.
const ASKED: usize = 7;
const TRIED: usize = 4;

fn worlds() -> u64 {
    std::env::var("GATEWALK_WORLDS").map_or(WORLDS, |text| text.parse().expect("GATEWALK_WORLDS is a number"))
}

fn semantics_of(seed: u64) -> Semantics {
    Semantics::ALL[usize::try_from(seed % 3).expect("it is below three")]
}

/// Two apps, four users, traces and one more feature: small enough for every set of edits to be tried.
pub fn small_world(seed: u64) -> World {
    let mut world = Generator::new(seed, 0).world();
    world.apps.truncate(2);
    world.users.truncate(4);
    let other = |name: &&String| !["traces", "verifyResponse", "logout"].contains(&name.as_str());
    let named = world.apps.iter().flat_map(|app| app.features.keys()).chain(world.site.features.keys());
    let kept = named.clone().find(other).or_else(|| named.clone().next()).cloned().unwrap_or_default();
    let cut = |features: &mut Features| features.retain(|name, _| name == "traces" || *name == kept);
    cut(&mut world.site.features);
    for app in &mut world.apps {
        cut(&mut app.features);
        if let Some(over) = &mut app.admin_override {
            cut(&mut over.features);
        }
    }
    world
}

/// Some denials, from as many gates as there are.
fn denials(world: &World, semantics: Semantics, count: usize, dice: &mut Dice) -> Vec<(String, Target)> {
    let mut by_gate: BTreeMap<&str, Vec<(String, Target)>> = BTreeMap::new();
    for text in oracle::targets(world) {
        let target = Target::parse(&text);
        for user in &world.users {
            let (allowed, gate) = oracle::decide(world, user, &target, semantics);
            if !allowed {
                by_gate.entry(gate).or_default().push((user.id.clone(), target.clone()));
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

fn rows_of(answer: &Json) -> Result<Vec<Row>, String> {
    answer::rows(answer)?.ok_or_else(|| "a denial has no `waysIn`".to_owned())
}

/// Asks `check` about some denials of a world, each with the world's folder.
fn each_denial(
    seed: u64,
    count: usize,
    check: impl Fn(&Question<'_>, &Search<'_>, &Folder, &mut Dice) -> Result<(), String>,
) -> Result<(), String> {
    let world = small_world(seed);
    let semantics = semantics_of(seed);
    let mut dice = Dice::seeded(seed);
    let folder = Folder::of(diff::commented(&layout::files(&world, seed), &mut dice));
    for (id, target) in denials(&world, semantics, count, &mut dice) {
        let user = world.user(&id).expect("the user is one of the world's");
        let asked = Question { world: &world, user, target: &target, semantics };
        let search = Search::new(asked);
        check(&asked, &search, &folder, &mut dice)
            .map_err(|problem| format!("{id:?} on {target} under {}: {problem}\n{}", semantics.name(), folder.contents()))?;
    }
    Ok(())
}

#[test]
fn every_way_is_listed_and_no_other() {
    seeds::every_seed(worlds(), |seed| {
        each_denial(seed, ASKED, |asked, search, folder, _| {
            let all = rows_of(&folder.explain(asked.semantics, &asked.user.id, asked.target, true)?)?;
            let users = layout::user_order(&folder.files);
            compare::sets(search, &all)?;
            rows::blast(asked, search, &all, &users)?;
            rows::alternatives(asked, search, &all, &users)?;
            rows::order(&all)?;
            let short = rows_of(&folder.explain(asked.semantics, &asked.user.id, asked.target, false)?)?;
            order::short(&all, &short)
        })
    });
}

#[test]
fn every_diff_is_taken_and_lets_the_user_in() {
    let outcomes: Mutex<BTreeMap<&str, usize>> = Mutex::new(BTreeMap::new());
    seeds::every_seed(worlds(), |seed| {
        each_denial(seed, ASKED, |asked, search, folder, dice| {
            let all = rows_of(&folder.explain(asked.semantics, &asked.user.id, asked.target, true)?)?;
            // The first row, and some from further down.
            let mut tried: Vec<usize> = (1..all.len()).collect();
            dice.shuffle(&mut tried);
            for row in all.iter().take(1).chain(tried.iter().take(TRIED - 1).map(|index| &all[*index])) {
                let outcome = match patch::check(asked, search, folder, row)? {
                    Outcome::Works => "works",
                    Outcome::Excused => "excused",
                    Outcome::Missing => return Err(format!("a plain file has no diff: {:#}", row.whole)),
                };
                *outcomes.lock().expect("no check panics while it counts").entry(outcome).or_default() += 1;
            }
            Ok(())
        })
    });
    let outcomes = outcomes.into_inner().expect("no check panics while it counts");
    let of = |outcome: &str| outcomes.get(outcome).copied().unwrap_or_default();
    assert!(of("works") > 5 * of("excused"), "few rows have a diff: {outcomes:?}");
}

#[test]
fn whoever_is_let_in_needs_no_way() {
    seeds::every_seed(worlds(), |seed| {
        let world = small_world(seed);
        let semantics = semantics_of(seed);
        let folder = Folder::of(layout::files(&world, seed));
        for text in oracle::targets(&world) {
            let target = Target::parse(&text);
            let allowed = |id: &str| world.user(id).is_some_and(|user| oracle::decide(&world, user, &target, semantics).0);
            let Some(user) = world.users.iter().find(|user| allowed(&user.id)) else { continue };
            let answer = folder.explain(semantics, &user.id, &target, true)?;
            if answer["decision"] != "allow" || answer.get("waysIn").is_some() {
                return Err(format!("{:?} is let in to {target}, but {answer:#}\n{}", user.id, folder.contents()));
            }
        }
        Ok(())
    });
}

/// Comments that a test strews must not change what the files say, and the small worlds have to be worth asking about.
#[test]
fn the_small_worlds_are_as_the_naive_decision_has_them() {
    let questions = Mutex::new(BTreeMap::<usize, usize>::new());
    seeds::every_seed(WORLDS, |seed| {
        let world = small_world(seed);
        let semantics = semantics_of(seed);
        let folder = Folder::of(diff::commented(&layout::files(&world, seed), &mut Dice::seeded(seed)));
        if folder.cells(semantics)? != crate::folder::expected_cells(&world, semantics) {
            return Err(format!("the cells are others\n{}", folder.contents()));
        }
        each_denial(seed, ASKED, |_, search, _, _| {
            for way in search.minimal() {
                *questions.lock().expect("no check panics while it counts").entry(way.len()).or_default() += 1;
                if let Some(wrong) = search.wrong(&way) {
                    return Err(format!("{wrong}: {way:#?}"));
                }
            }
            Ok(())
        })
    });
    let sizes = questions.into_inner().expect("no check panics while it counts");
    assert!((1..=3).all(|size| sizes.get(&size).is_some_and(|count| *count > 50)), "too few sets of a size: {sizes:?}");
}
