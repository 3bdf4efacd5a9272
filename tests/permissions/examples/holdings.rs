//! Who holds what, how far it reaches, and what scopes contain.

use super::{BY_ROLE, DENIED, ask, ask_about, ask_at, assigned, desk, is, may, role, team, text, viewer};
use crate::value::Attr;
use crate::world::{Assignment, Custom, Permission, TeamBased, World};

const TEMPORARY: (bool, &str) = (true, "temporary-grant");

#[test]
fn a_users_own_roles_reach_everything() {
    let mut world = desk(vec![viewer("viewer")], vec![team("core", None, None, &[])]);
    assert_eq!(ask(&world, "ticket:T-core#view"), DENIED);
    world.users[0].roles = vec!["viewer".to_owned(), "of-chat-apps".to_owned()];
    assert_eq!(ask(&world, "ticket:T-core#view"), BY_ROLE);
    assert_eq!(ask(&world, "ticket:T-core#update"), DENIED);
    assert_eq!(ask(&world, "ticket#view"), BY_ROLE);
}

/// Three teams, one below the other, and Ana in the middle one.
fn line(inheritance: Option<bool>) -> World {
    let teams = vec![
        team("top", None, Some(true), &[]),
        team("mid", Some("top"), inheritance, &[("ana", "viewer")]),
        team("low", Some("mid"), Some(false), &[]),
        team("lowest", Some("low"), None, &[]),
    ];
    desk(vec![viewer("viewer"), role("base", Vec::new())], teams)
}

#[test]
fn a_membership_reaches_the_team_and_with_inheritance_all_below() {
    let off = line(None);
    assert_eq!(ask(&off, "ticket:T-mid#view"), BY_ROLE);
    assert_eq!(ask(&off, "ticket:T-low#view"), DENIED);
    let on = line(Some(true));
    assert_eq!(ask(&on, "ticket:T-low#view"), BY_ROLE);
    assert_eq!(ask(&on, "ticket:T-lowest#view"), BY_ROLE, "what the team between says does not matter");
    assert_eq!(ask(&on, "ticket:T-top#view"), DENIED);
    assert_eq!(ask_about(&on, &[("team_id", super::texts(&["top", "lowest"]))], "view"), BY_ROLE, "one of them is enough");
}

#[test]
fn a_teams_inheritance_is_its_own_or_the_patterns() {
    let pattern = TeamBased { base_role: "base".to_owned(), inheritance: Some(true), ..TeamBased::default() };
    let by_pattern = World { team_based: Some(pattern.clone()), ..line(None) };
    assert_eq!(ask(&by_pattern, "ticket:T-low#view"), BY_ROLE);
    let own = World { team_based: Some(pattern), ..line(Some(false)) };
    assert_eq!(ask(&own, "ticket:T-low#view"), DENIED);
}

#[test]
fn an_assignment_to_a_team_is_for_its_members_alone() {
    let mut world = line(Some(true));
    world.teams[1].members[0].1 = "base".to_owned();
    let to_team = |team: &str| Assignment { team: Some(team.to_owned()), user: None, ..assigned("viewer") };
    world.assignments = vec![to_team("top"), to_team("low")];
    assert_eq!(ask(&world, "ticket:T-low#view"), DENIED, "Ana is in neither");
    world.assignments.push(to_team("mid"));
    assert_eq!(ask(&world, "ticket:T-low#view"), BY_ROLE);
}

#[test]
fn a_window_includes_its_start_and_not_its_end() {
    let mut world = desk(vec![viewer("viewer")], vec![team("core", None, None, &[])]);
    let (from, until) = ("2026-03-02T06:00:00Z", "2026-03-02T18:00:00Z");
    world.assignments = vec![Assignment { not_before: Some(super::time(from)), expires: Some(super::time(until)), ..assigned("viewer") }];
    assert_eq!(ask_at(&world, "ticket#view", "2026-03-02T05:59:59Z"), DENIED);
    assert_eq!(ask_at(&world, "ticket#view", from), TEMPORARY);
    assert_eq!(ask_at(&world, "ticket#view", "2026-03-02T17:59:59Z"), TEMPORARY);
    assert_eq!(ask_at(&world, "ticket#view", until), DENIED);
}

#[test]
fn a_project_narrows_and_makes_temporary_as_an_emergency_does() {
    let mut world = desk(vec![viewer("viewer")], vec![]);
    world.assignments = vec![Assignment { project: Some("apollo".to_owned()), ..assigned("viewer") }];
    assert_eq!(ask_about(&world, &[("project", text("apollo"))], "view"), TEMPORARY);
    assert_eq!(ask_about(&world, &[("project", text("zeus"))], "view"), DENIED);
    assert_eq!(ask(&world, "ticket#view"), super::DEPENDS);
    world.assignments = vec![Assignment { emergency: Some(true), ..assigned("viewer") }];
    assert_eq!(ask(&world, "ticket#view"), TEMPORARY);
    world.assignments[0].emergency = Some(false);
    assert_eq!(ask(&world, "ticket#view"), BY_ROLE);
}

#[test]
fn what_is_inherited_has_the_reach_of_what_brings_it() {
    let mut world = line(None);
    world.roles.push(role("lead", vec![]));
    world.roles[2].inherits = vec!["base".to_owned()];
    world.roles[1].inherits = vec!["viewer".to_owned()];
    world.teams[1].members[0].1 = "lead".to_owned();
    assert_eq!(ask(&world, "ticket:T-mid#view"), BY_ROLE, "through another role");
    assert_eq!(ask(&world, "ticket:T-top#view"), DENIED);
    world.teams[1].members.clear();
    world.assignments = vec![Assignment { emergency: Some(true), ..assigned("lead") }];
    assert_eq!(ask(&world, "ticket:T-top#view"), TEMPORARY);
}

#[test]
fn a_permission_added_to_a_role_comes_with_each_holding() {
    let mut world = line(None);
    let approve = Custom { name: "approve".to_owned(), resource: Some("ticket".to_owned()), actions: None, conditions: Vec::new() };
    world.customs.push(approve);
    let added = Assignment { user: None, permission: Some("approve".to_owned()), ..assigned("viewer") };
    world.assignments = vec![added.clone()];
    assert_eq!(ask(&world, "ticket:T-mid#approve"), (true, "custom-permission"));
    assert_eq!(ask(&world, "ticket:T-low#approve"), DENIED);
    world.assignments = vec![Assignment { expires: Some(super::time("2026-03-03T00:00:00Z")), ..added }];
    assert_eq!(ask(&world, "ticket:T-mid#approve"), TEMPORARY);
    assert_eq!(ask_at(&world, "ticket:T-mid#approve", "2026-03-03T00:00:00Z"), DENIED);
    world.roles[0].permissions.push(Permission::Custom("approve".to_owned()));
    assert_eq!(ask(&world, "ticket:T-mid#approve"), (true, "custom-permission"), "a standing one comes first");
}

#[test]
fn scopes_contain_what_they_name() {
    let scoped = |scope: &str| {
        let mut world = line(Some(true));
        world.roles[0] = role("viewer", vec![may("view", Some(scope), Vec::new())]);
        world
    };
    let own = scoped("own");
    let owned = |owner: &str| [("team_id", text("mid")), ("owner", text(owner))];
    assert_eq!(ask_about(&own, &owned("ana"), "view"), BY_ROLE);
    assert_eq!(ask_about(&own, &owned("bo"), "view"), DENIED);

    let assigned_teams = scoped("assigned_teams");
    assert_eq!(ask(&assigned_teams, "ticket:T-mid#view"), BY_ROLE);
    assert_eq!(ask(&assigned_teams, "ticket:T-low#view"), DENIED, "reached, but not assigned");
    let mut beside = scoped("assigned_teams");
    beside.assignments = vec![Assignment { team: Some("low".to_owned()), ..assigned("base") }];
    assert_eq!(ask(&beside, "ticket:T-low#view"), BY_ROLE, "an assignment of any role names the team");

    for scope in ["team_resources", "team_tickets"] {
        let mut world = scoped(scope);
        assert_eq!(ask(&world, "ticket:T-low#view"), BY_ROLE, "by team, what it reaches");
        world.teams[1].members[0].1 = "base".to_owned();
        world.users[0].roles = vec!["viewer".to_owned()];
        assert_eq!(ask(&world, "ticket:T-low#view"), DENIED, "directly, the teams of the user");
        assert_eq!(ask(&world, "ticket:T-mid#view"), BY_ROLE);
    }
}

#[test]
fn the_pattern_gives_its_base_role_within_its_scope() {
    let mut world = line(Some(true));
    world.roles[1] = role("base", vec![may("update", None, Vec::new()), may("view", None, is("user.role", "base"))]);
    world.roles[0] = role("viewer", Vec::new());
    let with = |scope: Option<&str>, world: &World| {
        let pattern = TeamBased { base_role: "base".to_owned(), scope: scope.map(str::to_owned), ..TeamBased::default() };
        World { team_based: Some(pattern), ..world.clone() }
    };
    assert_eq!(ask(&with(None, &world), "ticket:T-low#update"), BY_ROLE);
    assert_eq!(ask(&with(Some("team_tickets"), &world), "ticket:T-low#update"), BY_ROLE);
    assert_eq!(ask(&with(Some("team_articles"), &world), "ticket:T-low#update"), DENIED);
    assert_eq!(ask(&with(Some("assigned_teams"), &world), "ticket:T-low#update"), DENIED);
    assert_eq!(ask(&with(None, &world), "ticket:T-mid#view"), BY_ROLE);
    assert_eq!(ask(&with(Some("own"), &world), "ticket:T-mid#view"), DENIED);
    assert_eq!(ask_about(&with(None, &world), &[("team_id", Attr::List(Vec::new()))], "update"), DENIED);
}
