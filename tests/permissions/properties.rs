//! What must be true of every answer, whoever decides: the oracle is put to the same tests as the
//! product, without its files.

use jiff::{SignedDuration, Timestamp};

use crate::ask::{self, Cell};
use crate::change;
use crate::dice::Dice;
use crate::generate::{self, Generator};
use crate::oracle;
use crate::seeds::every_seed;
use crate::target::{About, Target};
use crate::workspace::{Judge, Workspace, differences, shown};
use crate::world::{Attributes, World};
use crate::{instants, value::Attr};

fn an_instant(world: &World, dice: &mut Dice) -> Timestamp {
    let instants = instants(world, dice);
    *dice.pick(&instants)
}

/// Cells of `one` that `other` decides otherwise, of those that allow or of those that deny.
fn turned<'c>(one: &'c [Cell], other: &'c [Cell], allow: bool) -> Vec<(&'c Cell, &'c Cell)> {
    let mut turned = Vec::new();
    for cell in one.iter().filter(|cell| cell.allow == allow) {
        let now = other.iter().find(|now| now.user == cell.user && now.target == cell.target);
        turned.extend(now.filter(|now| now.allow != allow).map(|now| (cell, now)));
    }
    turned
}

/// Asks before and after a change, after which no answer of the one sort may have become the other.
fn no_answer_turns(judge: Judge, before: &World, after: &World, at: Timestamp, allow: bool, change: &str) -> Result<(), String> {
    let (old, new) = (Workspace::of(before, 1), Workspace::of(after, 1));
    let (cells, later) = (old.cells(judge, at)?, new.cells(judge, at)?);
    match turned(&cells, &later, allow).first() {
        None => Ok(()),
        Some((was, is)) => Err(format!(
            "at {at}, after {change}:\n{} became\n{}\nbefore:\n{}\nafter:\n{}",
            shown(was),
            shown(is),
            old.contents(),
            new.contents()
        )),
    }
}

/// Negated conditions on what a user holds, and denials that ask for it, can turn against who holds
/// more; the world is rid of them first.
fn an_added_allow_takes_nothing(judge: Judge, seed: u64) -> Result<(), String> {
    let mut generator = Generator::new(seed);
    let mut before = generator.world.clone();
    change::tame(&mut before);
    let mut after = before.clone();
    let added = change::add_allow(&mut after, &mut generator);
    let mut added_tame = after.clone();
    change::tame(&mut added_tame);
    let at = an_instant(&added_tame, &mut generator.dice);
    no_answer_turns(judge, &before, &added_tame, at, true, &added)
}

fn an_added_deny_grants_nothing(judge: Judge, seed: u64) -> Result<(), String> {
    let mut generator = Generator::new(seed);
    let mut after = generator.world.clone();
    let added = change::add_deny(&mut after, &mut generator);
    let at = an_instant(&after, &mut generator.dice);
    no_answer_turns(judge, &generator.world, &after, at, false, &added)
}

fn a_wider_reach_takes_nothing(judge: Judge, seed: u64) -> Result<(), String> {
    let mut dice = Dice::seeded(seed);
    let mut before = generate::world(seed);
    change::tame(&mut before);
    if dice.chance(40) {
        change::without_scopes_by_team(&mut before);
    }
    let mut after = before.clone();
    let Some(widened) = change::widen(&mut after, &mut dice) else { return Ok(()) };
    let at = an_instant(&before, &mut dice);
    no_answer_turns(judge, &before, &after, at, true, &format!("the {widened} was widened"))
}

fn nothing_changes_between_edges(judge: Judge, seed: u64) -> Result<(), String> {
    let mut dice = Dice::seeded(seed);
    let world = generate::world(seed);
    let edges = generate::edges(&world);
    if edges.len() < 2 {
        return Ok(());
    }
    let first = dice.between(0, edges.len() - 2);
    let (from, until) = (edges[first], edges[first + 1]);
    let between = from + SignedDuration::from_secs((until.as_second() - from.as_second()) / 2);
    let workspace = Workspace::of(&world, seed);
    let expected = workspace.cells(judge, from)?;
    for at in [between, until - SignedDuration::from_secs(1)] {
        if let Some(differences) = differences(&expected, &workspace.cells(judge, at)?) {
            return Err(format!("from {from} (-) to {at} (+) nothing begins or ends: {differences}\n{}", workspace.contents()));
        }
    }
    Ok(())
}

#[test]
fn an_added_allow_never_takes_access_away() {
    every_seed(150, |seed| an_added_allow_takes_nothing(Judge::Product, seed));
}

#[test]
fn an_added_deny_never_grants() {
    every_seed(150, |seed| an_added_deny_grants_nothing(Judge::Product, seed));
}

#[test]
fn a_wider_scope_or_reach_never_takes_access_away() {
    every_seed(150, |seed| a_wider_reach_takes_nothing(Judge::Product, seed));
}

#[test]
fn no_decision_changes_between_the_edges_of_windows() {
    every_seed(100, |seed| nothing_changes_between_edges(Judge::Product, seed));
}

#[test]
fn the_oracle_has_the_same_properties() {
    every_seed(150, |seed| {
        an_added_allow_takes_nothing(Judge::Oracle, seed)?;
        an_added_deny_grants_nothing(Judge::Oracle, seed)?;
        a_wider_reach_takes_nothing(Judge::Oracle, seed)?;
        nothing_changes_between_edges(Judge::Oracle, seed)
    });
}

#[test]
fn order_and_layout_change_no_cell() {
    every_seed(120, |seed| {
        let world = generate::world(seed);
        let mut dice = Dice::seeded(seed);
        let at = an_instant(&world, &mut dice);
        let first = Workspace::of(&world, dice.seed());
        let mut expected = first.cells(Judge::Product, at)?;
        expected.sort();
        for _ in 1..3 {
            let other = Workspace::of(&world, dice.seed());
            let mut actual = other.cells(Judge::Product, at)?;
            actual.sort();
            if let Some(differences) = differences(&expected, &actual) {
                let (one, another) = (first.contents(), other.contents());
                return Err(format!("at {at}: {differences}\none layout (-):\n{one}\nanother (+):\n{another}"));
            }
        }
        Ok(())
    });
}

#[test]
fn check_decides_as_the_oracle_does() {
    every_seed(120, |seed| {
        let mut generator = Generator::new(seed);
        let world = generator.world.clone();
        let at = an_instant(&world, &mut generator.dice);
        let workspace = Workspace::of(&world, seed);
        let named = oracle::targets(&world);
        let mut asked = generator.dice.some(&named, 3);
        asked.extend(inline_twin(&world, &named, &mut generator.dice));
        let attributes = written(&generator.instance_attributes());
        if !attributes.is_empty() {
            let any = generator.dice.pick(&named);
            let kind = if any.kind == "team" { "ticket" } else { any.kind.as_str() };
            let action = *oracle::actions_of(&world, kind).first().expect("a type has actions");
            asked.push(Target::of_attributes(kind, attributes, action));
        }
        for target in asked {
            let user = generator.a_user();
            let expected = oracle::decide(&world, world.user(&user), &target, at);
            let contents = || workspace.contents();
            let answer =
                ask::check(workspace.dir.path(), &user, &target.to_string(), at).map_err(|said| format!("{said}\n{}", contents()))?;
            if (answer.allow, answer.gate.as_str()) != expected {
                return Err(format!("at {at} check says\n{}\nnot {expected:?}\n{}", shown(&answer), contents()));
            }
        }
        Ok(())
    });
}

/// The question about one of the instances, by its attributes.
fn inline_twin(world: &World, targets: &[Target], dice: &mut Dice) -> Option<Target> {
    let target = dice.pick(targets);
    let About::Instance(id) = &target.about else { return None };
    let instance = world.instances.iter().find(|instance| instance.resource == target.kind && instance.id == *id)?;
    let attributes = written(&instance.attributes);
    (!attributes.is_empty()).then(|| Target::of_attributes(&target.kind, attributes, &target.action))
}

/// Those that a target can say.
fn written(attributes: &Attributes) -> Attributes {
    attributes.iter().filter(|(_, value)| **value != Attr::Null).map(|(name, value)| (name.clone(), value.clone())).collect()
}
