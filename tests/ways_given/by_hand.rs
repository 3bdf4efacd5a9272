//! A small desk with every single edit worked out by hand.

use std::collections::BTreeSet;

use crate::answer;
use crate::compare;
use crate::edit::{Edit, Held};
use crate::folder::Folder;
use crate::layout::Document;
use crate::question::Question;
use crate::read;
use crate::search::Search;
use crate::target::Target;

const PERMISSIONS: &str = "\
- {resource: ticket, permissions: [view, update, assign, close]}
- {role: agent, permissions: [{resource: ticket, actions: [view]}]}
- {role: lead, permissions: []}
- {team: core}
- name: rules
  rules:
    - {effect: allow, actions: [update], resources: [ticket], conditions: {user.level: {gt: 10}}}
    - {effect: allow, actions: [assign], resources: [ticket], conditions: {user.role: {glob: \"le*\"}}}
    - {effect: allow, actions: [close], resources: [ticket], conditions: {user.role: {exists: true}}}
- {resource: ticket, id: T-1, attributes: {team_id: core}}
";
const USERS: &str = "- {userId: ana, userType: internal-user}\n- {userId: bo}\n";

/// Everything that gives a role which reaches the ticket.
fn given(role: &str) -> BTreeSet<Edit> {
    let core = || "core".to_owned();
    let held = Held::Role(role.to_owned());
    let grant = |standing| Edit::Grant { standing, held: held.clone(), team: Some(core()) };
    BTreeSet::from([Edit::AddRole(role.to_owned()), grant(false), grant(true), Edit::Member { team: core(), role: role.to_owned() }])
}

fn check(action: &str, by_hand: &BTreeSet<Edit>) {
    let document = |path: &str, text: &str| Document { path: path.to_owned(), text: text.to_owned() };
    let folder = Folder::of(vec![document("permissions/desk.yaml", PERMISSIONS), document("users/staff.yaml", USERS)]);
    let world = read::world(&folder.files, None);
    let target = Target::of_instance("ticket", "T-1", action);
    let at = "2026-03-01T12:00:00Z".parse().expect("it is a time");
    let asked = Question { world: &world, user: world.user("ana"), target: &target, at };
    let search = Search::new(asked);
    assert_eq!(search.single(), *by_hand, "{target}");
    let listed = folder.explain(&asked, true).and_then(|answer| answer::rows(&asked, &answer));
    assert_eq!(listed.and_then(|rows| compare::sets(&search, &rows)), Ok(()), "{target}");
}

#[test]
fn what_was_worked_out_by_hand_is_listed() {
    check("view", &given("agent"));
    check("update", &BTreeSet::from([Edit::Attribute("level".to_owned(), "number 11000000".to_owned())]));
}

#[test]
fn roles_that_no_condition_names_are_listed() {
    check("assign", &given("lead"));
    check("close", &given("agent").union(&given("lead")).cloned().collect());
}
