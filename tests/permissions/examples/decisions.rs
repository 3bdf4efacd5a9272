//! Patterns, the order of the gates, and questions about types.

use super::{
    Answer, BY_ROLE, DENIED, DEPENDS, ask, ask_about, ask_at, assigned, bare, desk, is, may, policy, role, team, text, viewer, when,
};
use crate::value::Scalar;
use crate::world::{Assignment, Escalation, Level, Op, Permission, Progress, Progressive, RoleRule, TeamBased, World};

const ESCALATED: Answer = (true, "escalation");

/// Ana leads `mid`; the base role may change tickets of its own, and see urgent ones.
fn breach() -> World {
    let teams =
        vec![team("top", None, None, &[]), team("mid", Some("top"), Some(false), &[("ana", "lead")]), team("low", Some("mid"), None, &[])];
    let base = role("base", vec![may("update", Some("own"), Vec::new()), may("view", None, is("priority", "urgent"))]);
    let mut world = desk(vec![base, role("lead", Vec::new()), role("bystander", Vec::new())], teams);
    world.conditions = vec![("late".to_owned(), when("late", Op::Eq, &[Scalar::plain("true")]))];
    let escalation = Some(Escalation { conditions: vec!["late".to_owned()], escalate_to: "lead".to_owned() });
    world.team_based = Some(TeamBased { base_role: "base".to_owned(), escalation, ..TeamBased::default() });
    world
}

#[test]
fn who_leads_may_do_on_a_breach_what_the_base_role_may() {
    let world = breach();
    let late = |team: &str| [("late", bare("true")), ("team_id", text(team))];
    assert_eq!(ask_about(&world, &late("mid"), "update"), ESCALATED, "scopes do not narrow it");
    assert_eq!(ask_about(&world, &late("low"), "update"), ESCALATED, "whatever the inheritance");
    assert_eq!(ask_about(&world, &late("top"), "update"), DENIED);
    assert_eq!(ask_about(&world, &late("low"), "view"), DENIED, "conditions do");
    assert_eq!(ask_about(&world, &[("team_id", text("mid"))], "update"), DENIED);
    assert_eq!(ask_about(&world, &late("elsewhere"), "update"), DENIED);

    let mut direct = breach();
    direct.teams[1].members[0].1 = "bystander".to_owned();
    direct.users[0].roles = vec!["lead".to_owned()];
    assert_eq!(ask_about(&direct, &late("elsewhere"), "update"), ESCALATED, "a direct holding has every team");
    assert_eq!(ask_about(&direct, &[("late", bare("true"))], "update"), DENIED, "a resource without a team never escalates");

    direct.users[0].roles.clear();
    direct.assignments = vec![Assignment { project: Some("apollo".to_owned()), ..assigned("lead") }];
    assert_eq!(ask_about(&direct, &late("top"), "update"), DENIED, "the holding's project does");
}

#[test]
fn levels_are_climbed_one_by_one_and_end() {
    let level = |permissions: &[&str], requirements: &[&str], duration| Level {
        name: "level".to_owned(),
        permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
        requirements: requirements.iter().map(|name| (*name).to_owned()).collect(),
        duration,
    };
    let mut world = desk(Vec::new(), Vec::new());
    let levels = vec![
        level(&["view"], &[], Some((2, "weeks"))),
        level(&["update"], &["training"], Some((12, "hours"))),
        level(&["view"], &["tenure"], None),
    ];
    world.progressive = Some(Progressive { resource: None, levels });
    assert_eq!(ask(&world, "ticket#view"), DENIED, "Ana takes no part");
    let by_level = (true, "progressive-level");
    let start = "2026-03-02T00:00:00Z";
    let mut with = |completed: &[&str]| {
        let completed = completed.iter().map(|name| (*name).to_owned()).collect();
        world.users[0].progress = Some(Progress { started_at: Some(super::time(start)), completed });
        world.clone()
    };
    let first = with(&["tenure"]);
    assert_eq!(ask_at(&first, "ticket#view", start), by_level);
    assert_eq!(ask_at(&first, "ticket#view", "2026-03-01T23:59:59Z"), DENIED);
    assert_eq!(ask_at(&first, "ticket#view", "2026-03-15T23:59:59Z"), by_level);
    assert_eq!(ask_at(&first, "ticket#view", "2026-03-16T00:00:00Z"), DENIED);
    let second = with(&["training"]);
    assert_eq!(ask_at(&second, "ticket#update", "2026-03-02T11:59:59Z"), by_level);
    assert_eq!(ask_at(&second, "ticket#view", "2026-03-02T11:59:59Z"), DENIED, "its own permissions only");
    assert_eq!(ask_at(&second, "ticket#view", "2026-03-02T12:00:00Z"), DENIED, "no lower level steps in");
    assert_eq!(ask_at(&with(&["training", "tenure"]), "ticket#view", "2027-01-01T00:00:00Z"), by_level);
}

#[test]
fn the_highest_priority_decides_and_denials_come_first() {
    let with = |policies: &[(Option<i64>, bool)]| {
        let mut world = desk(vec![viewer("viewer")], vec![team("core", None, None, &[])]);
        world.users[0].roles = vec!["viewer".to_owned()];
        world.policies = policies.iter().map(|(priority, allow)| policy(*priority, *allow, Vec::new())).collect();
        world
    };
    let (allow, deny) = ((true, "policy-allow"), (false, "policy-deny"));
    for (policies, decided) in [
        (vec![(None, false)], deny),
        (vec![(None, true), (Some(0), false)], deny),
        (vec![(Some(1), true), (None, false)], allow),
        (vec![(Some(1), true), (Some(2), false), (Some(1), false)], deny),
        (vec![(Some(-1), false)], BY_ROLE),
        (vec![(Some(0), true)], allow),
    ] {
        assert_eq!(ask(&with(&policies), "ticket:T-core#view"), decided, "{policies:?}");
    }
    let mut last = with(&[(Some(-1), true), (Some(-2), false)]);
    last.users[0].roles.clear();
    assert_eq!(ask(&last, "ticket:T-core#view"), allow);
}

#[test]
fn a_type_is_decided_for_every_resource_that_could_be() {
    let mut world = desk(vec![viewer("viewer")], vec![team("core", None, None, &[("ana", "viewer")])]);
    assert_eq!(ask(&world, "ticket#view"), DEPENDS);
    assert_eq!(ask(&world, "ticket#update"), DENIED);
    world.policies = vec![policy(None, true, when("team_id", Op::Exists, &[Scalar::plain("false")]))];
    assert_eq!(ask(&world, "ticket#view"), DEPENDS, "of another team, or of an empty list of them");
    world.policies.push(policy(None, true, when("team_id", Op::Ne, &[Scalar::quoted("core")])));
    assert_eq!(ask(&world, "ticket#view"), (true, "policy-allow"), "as without attributes, though in core it is the role's");

    let with = |policies| World { policies, ..desk(Vec::new(), Vec::new()) };
    let late = |value: &str| when("late", Op::Eq, &[Scalar::plain(value)]);
    assert_eq!(ask(&with(vec![policy(None, false, Vec::new())]), "ticket#view"), (false, "policy-deny"));
    assert_eq!(ask(&with(vec![policy(None, false, late("true"))]), "ticket#view"), DENIED);
    let complete = |op| policy(None, true, when("amount", op, &[Scalar::plain("10")]));
    assert_eq!(ask(&with(vec![complete(Op::Lte), complete(Op::Gt)]), "ticket#view"), DEPENDS, "text is neither");
    let either = when("late", Op::Exists, &[Scalar::plain("true")]);
    let neither = when("late", Op::Exists, &[Scalar::plain("false")]);
    let allowed = with(vec![policy(None, true, either), policy(Some(1), true, neither)]);
    assert_eq!(ask(&allowed, "ticket#view"), (true, "policy-allow"));
}

#[test]
fn lists_are_among_the_resources_that_could_be() {
    // Whatever single value the attribute has, it is one or not the other; a list can be both.
    let ne = |value: &str| policy(None, true, when("a", Op::Ne, &[Scalar::quoted(value)]));
    let absent = policy(None, true, when("a", Op::Exists, &[Scalar::plain("false")]));
    let world = World { policies: vec![ne("x"), ne("y"), absent], ..desk(Vec::new(), Vec::new()) };
    assert_eq!(ask(&world, "ticket#view"), DEPENDS);
}

#[test]
fn a_team_is_an_instance_of_the_type_team() {
    let configure = |scope: Option<&str>| {
        let scope = scope.map(str::to_owned);
        let rule = RoleRule { resource: "team".to_owned(), actions: vec!["configure".to_owned()], scope, conditions: Vec::new() };
        role("lead", vec![Permission::Rule(rule)])
    };
    let mut world = desk(vec![configure(None)], vec![team("core", None, None, &[("ana", "lead")]), team("risk", None, None, &[])]);
    assert_eq!(ask(&world, "team:core#configure"), BY_ROLE);
    assert_eq!(ask(&world, "team:risk#configure"), DENIED);
    assert_eq!(ask(&world, "team#configure"), DEPENDS);
    world.users[0].roles = vec!["lead".to_owned()];
    assert_eq!(ask(&world, "team#configure"), BY_ROLE);
    world.roles[0] = configure(Some("team_teams"));
    assert_eq!(ask(&world, "team#configure"), DEPENDS);
}
