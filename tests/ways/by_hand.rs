//! Small worlds with every way in worked out by hand: those of up to three edits, which is all there are.
//!
//! They hold the search to the document, and the binary to both.

#[path = "by_hand/worlds.rs"]
mod worlds_by_hand;

use std::collections::BTreeSet;

use self::worlds_by_hand::{ALL, Asked, Case};
use crate::edit::{Edit, Key};
use crate::folder::Folder;
use crate::patch::{self, Outcome};
use crate::read;
use crate::search::{Blast, Search, Way, blast};
use crate::target::Target;
use crate::vocabulary::Question;
use crate::worlds::layout::Document;
use crate::worlds::world::World;
use crate::{answer, compare, oracle, order, rows};

/// An edit as it is written by hand: `app.userRoles=agent`, `override.homePageFilterRules=-`, `override=-`.
fn shown(key: &Key) -> String {
    let dot = if key.path.is_empty() { "" } else { "." };
    let value: serde_json::Value = serde_json::from_str(&key.value).expect("a value is JSON");
    let value = match &value {
        serde_json::Value::Null => "-",
        serde_json::Value::String(text) => text,
        _ => &key.value,
    };
    format!("{}{dot}{}={value}", key.of, key.path)
}

fn as_shown(ways: &BTreeSet<Way>) -> BTreeSet<BTreeSet<String>> {
    ways.iter().map(|way| way.iter().map(shown).collect()).collect()
}

fn by_hand(asked: &Asked) -> BTreeSet<BTreeSet<String>> {
    asked.ways.iter().map(|way| way.split(" + ").map(str::to_owned).collect()).collect()
}

/// Asks `check` about every question.
fn each(check: impl Fn(&Case, &Asked, &Question<'_>)) {
    for case in ALL {
        let world = read::world(case.text);
        for asked in case.asked {
            let target = Target::parse(asked.target);
            for semantics in asked.semantics {
                let user = world.user(asked.user).expect("the user is defined");
                check(case, asked, &Question { world: &world, user, target: &target, semantics: *semantics });
            }
        }
    }
}

fn folder(case: &Case) -> Folder {
    Folder::of(vec![Document { path: "site.yaml".to_owned(), text: case.text.to_owned(), users: Vec::new() }])
}

fn name(case: &Case, asked: &Question<'_>) -> String {
    format!("{}: {} on {} under {}", case.name, asked.user.id, asked.target, asked.semantics.name())
}

#[test]
fn the_search_finds_what_was_worked_out_by_hand() {
    each(|case, by, asked| {
        let search = Search::new(*asked);
        assert!(!search.lets_in(&[]), "{}: it is not a denial", name(case, asked));
        assert_eq!(search.size(), 3, "{}", name(case, asked));
        assert_eq!(as_shown(&search.minimal()), by_hand(by), "{}", name(case, asked));
    });
}

/// The reader here and the product's say the same of the texts.
#[test]
fn the_worlds_by_hand_are_read_as_the_product_reads_them() {
    for case in ALL {
        let (world, folder) = (read::world(case.text), folder(case));
        for semantics in oracle::Semantics::ALL {
            assert_eq!(folder.cells(semantics), Ok(crate::folder::expected_cells(&world, semantics)), "{}", case.name);
        }
    }
}

#[test]
fn the_ways_of_the_worlds_by_hand_are_listed() {
    each(|case, by, asked| {
        let (folder, search) = (folder(case), Search::new(*asked));
        let order: Vec<&str> = asked.world.users.iter().map(|user| user.id.as_str()).collect();
        let rows_of = |all: bool| {
            let answer = folder.explain(asked.semantics, &asked.user.id, asked.target, all)?;
            answer::rows(&answer)?.ok_or_else(|| "a denial has no `waysIn`".to_owned())
        };
        let compared = rows_of(true).and_then(|all| {
            let mut listed = BTreeSet::new();
            for row in &all {
                listed.extend(compare::stands_for(&search, row)?);
            }
            assert_eq!(as_shown(&listed), by_hand(by), "{}", name(case, asked));
            compare::sets(&search, &all)?;
            rows::blast(asked, &search, &all, &order)?;
            rows::alternatives(asked, &search, &all, &order)?;
            rows::order(&all)?;
            order::short(&all, &rows_of(false)?)?;
            for row in &all {
                assert_eq!(patch::check(asked, &search, &folder, row)?, Outcome::Works, "{}", name(case, asked));
            }
            Ok(())
        });
        assert_eq!(compared, Ok(()), "{}", name(case, asked));
    });
}

fn touched(world: &World, user: &str, target: &str, edit: &str) -> Blast {
    let target = Target::parse(target);
    let user = world.user(user).expect("the user is defined");
    let asked = Question { world, user, target: &target, semantics: oracle::Semantics::Documented };
    let search = Search::new(asked);
    let edits: Vec<&Edit> = search.edits.iter().filter(|known| shown(&known.key()) == edit).collect();
    assert_eq!(edits.len(), 1, "{edit}");
    let order: Vec<&str> = world.users.iter().map(|user| user.id.as_str()).collect();
    blast(&asked, &search.after(&edits), &order)
}

#[test]
fn whom_an_edit_touches_is_what_was_counted_by_hand() {
    let case = ALL.iter().find(|case| case.name == "exclusive ids").expect("there is one");
    let world = read::world(case.text);
    let counted = |gained: &[&str], lost: &[&str], own: usize| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Blast { gained: names(gained), lost: names(lost), own }
    };
    let touched = |edit: &str| touched(&world, "alice", "desk", edit);
    assert_eq!(touched("override.exclusiveUserIdAccessControl=alice"), counted(&[], &[], 0));
    // Bob is external, and came in by his id alone; carol is internal.
    assert_eq!(touched("override.exclusiveUserIdAccessControl=-"), counted(&["carol"], &["bob"], 0));
    assert_eq!(touched("override=-"), counted(&[], &["bob"], 0));
}

#[test]
fn edits_of_one_thing_are_no_set() {
    let case = ALL.iter().find(|case| case.name == "an override in front").expect("there is one");
    let world = read::world(case.text);
    let target = Target::parse("desk");
    let user = world.user("alice").expect("the user is defined");
    let search = Search::new(Question { world: &world, user, target: &target, semantics: oracle::Semantics::Documented });
    let edit = |text: &str| search.edits.iter().find(|edit| shown(&edit.key()) == text).expect("the edit is there");
    let removed = edit("override=-");
    let dropped = edit("override.exclusiveInternalAccessControl=-");
    let added = edit("override.exclusiveInternalAccessControl=globex");
    for (one, other) in [(removed, dropped), (added, dropped), (removed, added), (edit("user.entity=acme"), edit("user.entity=zed"))] {
        assert!(one.conflicts(other) && other.conflicts(one), "{one:?} {other:?}");
    }
    for other in [edit("app.allowedUserIds=alice"), edit("user.entity=acme"), removed] {
        assert!(!removed.conflicts(other), "{other:?}");
    }
    let both: Way = [added.key(), dropped.key()].into();
    assert!(search.wrong(&both).is_some_and(|wrong| wrong.contains("touch the same thing")));
}
