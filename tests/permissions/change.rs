//! Changes to a world whose effect has a direction.

use crate::dice::Dice;
use crate::generate::Generator;
use crate::value::Scalar;
use crate::world::{Assignment, Check, Condition, Op, Operand, Permission, Policy, World};

/// Whether the condition asks what the user holds: more of that can make a negated condition false,
/// and the conditions of a denial true.
fn asks_what_is_held(condition: &Condition) -> bool {
    let held = |name: &str| name == "role" || name == "team_id";
    condition.key.strip_prefix("user.").is_some_and(held)
        || condition.checks.iter().flat_map(|check| &check.operands).any(|operand| matches!(operand, Operand::Template(name) if held(name)))
}

/// The world without what turns against a user who holds more: negated conditions on what the user
/// holds ask the opposite, denials that ask for it are gone.
pub fn tame(world: &mut World) {
    for policy in &mut world.policies {
        policy.rules.retain(|rule| rule.allow || !rule.conditions.iter().any(asks_what_is_held));
    }
    world.policies.retain(|policy| !policy.rules.is_empty());
    for condition in world.conditions_mut().into_iter().flatten().filter(|condition| asks_what_is_held(condition)) {
        for check in &mut condition.checks {
            affirm(check);
        }
        // An operator stands once.
        let mut seen = Vec::new();
        condition.checks.retain(|check| {
            let first = !seen.contains(&check.op);
            seen.push(check.op);
            first
        });
    }
}

fn affirm(check: &mut Check) {
    match check.op {
        Op::Ne => check.op = Op::Eq,
        Op::NotIn => check.op = Op::In,
        Op::Exists => check.operands = vec![Operand::Value(Scalar::plain("true"))],
        _ => {}
    }
}

/// Adds something that can only allow; says what.
pub fn add_allow(world: &mut World, generator: &mut Generator) -> String {
    match generator.dice.between(0, 3) {
        0 => {
            let mut rule = generator.rule();
            rule.allow = true;
            let priority = generator.dice.weighted(&[(1, None), (1, Some(-2)), (1, Some(-1)), (1, Some(1)), (1, Some(3))]);
            let said = format!("an allow {rule:?} of priority {priority:?}");
            world.policies.push(Policy { name: "added".to_owned(), priority, rules: vec![rule] });
            said
        }
        1 => {
            let permission = generator.permission();
            let index = generator.dice.between(0, world.roles.len() - 1);
            let role = &mut world.roles[index];
            let said = format!("{permission:?} for the role {:?}", role.name);
            role.permissions.push(permission);
            said
        }
        2 => {
            let assignment = generator.assignment();
            let said = format!("{assignment:?}");
            world.assignments.push(assignment);
            said
        }
        _ => {
            let (user, role, team) = (generator.a_user(), generator.a_role(), generator.a_team());
            let team = world.teams.iter_mut().find(|known| known.name == team).expect("the team is there");
            let said = format!("{user:?} in the team {:?} as {role:?}", team.name);
            if team.members.iter().all(|(member, _)| *member != user) {
                team.members.push((user, role));
            }
            said
        }
    }
}

pub fn add_deny(world: &mut World, generator: &mut Generator) -> String {
    let mut rule = generator.rule();
    rule.allow = false;
    let priority = Some(i64::try_from(generator.dice.between(0, 4)).expect("it is small") - 2);
    let said = format!("a deny {rule:?} of priority {priority:?}");
    world.policies.push(Policy { name: "added".to_owned(), priority, rules: vec![rule] });
    said
}

type Way = fn(&mut World, &mut Dice) -> Option<String>;

/// Makes one scope, reach or window wider; says which, nothing where the world has none that is
/// narrow.
pub fn widen(world: &mut World, dice: &mut Dice) -> Option<String> {
    let mut ways: Vec<Way> = vec![narrow_scopes, narrow_pattern, no_inheritance, project, window, emergency];
    if !has_scopes_by_team(world) {
        ways.push(one_team);
        ways.push(one_team);
    }
    dice.shuffle(&mut ways);
    ways.into_iter().find_map(|way| way(world, dice))
}

fn narrow_scopes(world: &mut World, dice: &mut Dice) -> Option<String> {
    let mut narrow = Vec::new();
    for permission in world.roles.iter_mut().flat_map(|role| &mut role.permissions) {
        if let Permission::Rule(rule) = permission
            && rule.scope.as_deref().is_some_and(|scope| scope != "all")
        {
            narrow.push(rule);
        }
    }
    let chosen = chosen(narrow, dice)?;
    let said = format!("scope of {chosen:?}");
    chosen.scope = dice.chance(50).then(|| "all".to_owned());
    Some(said)
}

fn narrow_pattern(world: &mut World, _: &mut Dice) -> Option<String> {
    let pattern = world.team_based.as_mut()?;
    let scope = pattern.scope.take()?;
    Some(format!("the pattern's scope {scope}"))
}

/// A holding by team becomes a direct one.
fn one_team(world: &mut World, dice: &mut Dice) -> Option<String> {
    let narrow = world.assignments.iter_mut().filter(|assignment| assignment.user.is_some() && assignment.team.is_some()).collect();
    let assignment = chosen(narrow, dice)?;
    let said = format!("team of {assignment:?}");
    assignment.team = None;
    Some(said)
}

/// Where a scope asks for teams, an assignment without its team may give less: it adds nothing to
/// the user's teams any more, and for a direct holding the scope contains other resources.
fn has_scopes_by_team(world: &World) -> bool {
    let by_team = |scope: &Option<String>| scope.as_deref().is_some_and(|scope| scope != "all" && scope != "own");
    let permissions = world.roles.iter().flat_map(|role| &role.permissions);
    let by_role = permissions.into_iter().any(|permission| matches!(permission, Permission::Rule(rule) if by_team(&rule.scope)));
    by_role || world.team_based.as_ref().is_some_and(|pattern| pattern.scope.as_deref() == Some("assigned_teams"))
}

/// Takes those scopes away.
pub fn without_scopes_by_team(world: &mut World) {
    for permission in world.roles.iter_mut().flat_map(|role| &mut role.permissions) {
        if let Permission::Rule(rule) = permission {
            rule.scope.take_if(|scope| scope != "own");
        }
    }
    if let Some(pattern) = &mut world.team_based {
        pattern.scope.take_if(|scope| scope == "assigned_teams");
    }
}

fn no_inheritance(world: &mut World, dice: &mut Dice) -> Option<String> {
    let on = world.team_based.as_ref().and_then(|pattern| pattern.inheritance).unwrap_or(false);
    let narrow = world.teams.iter_mut().filter(|team| !team.inheritance.unwrap_or(on)).collect();
    let team = chosen(narrow, dice)?;
    team.inheritance = Some(true);
    Some(format!("inheritance of the team {:?}", team.name))
}

fn project(world: &mut World, dice: &mut Dice) -> Option<String> {
    let narrow = world.assignments.iter_mut().filter(|assignment| assignment.project.is_some()).collect();
    let assignment = chosen(narrow, dice)?;
    let said = format!("project of {assignment:?}");
    assignment.project = None;
    Some(said)
}

fn window(world: &mut World, dice: &mut Dice) -> Option<String> {
    let has_window = |assignment: &&mut Assignment| assignment.not_before.or(assignment.expires).is_some();
    let assignment = chosen(world.assignments.iter_mut().filter(has_window).collect(), dice)?;
    let said = format!("window of {assignment:?}");
    (assignment.not_before, assignment.expires) = (None, None);
    Some(said)
}

fn emergency(world: &mut World, dice: &mut Dice) -> Option<String> {
    let narrow = world.assignments.iter_mut().filter(|assignment| assignment.emergency == Some(true)).collect();
    let assignment = chosen(narrow, dice)?;
    assignment.emergency = None;
    Some(format!("emergency of {assignment:?}"))
}

fn chosen<'w, T>(mut from: Vec<&'w mut T>, dice: &mut Dice) -> Option<&'w mut T> {
    if from.is_empty() {
        return None;
    }
    let index = dice.between(0, from.len() - 1);
    Some(from.swap_remove(index))
}
