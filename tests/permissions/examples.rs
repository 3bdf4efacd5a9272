//! The oracle by hand: what the page says, sentence by sentence, on small worlds.

mod conditions;
mod decisions;
mod holdings;

use jiff::Timestamp;

use crate::oracle::{self, Answer};
use crate::target::Target;
use crate::value::{Attr, Scalar};
use crate::world::{
    Assignment, Attributes, Check, Condition, Conditions, Instance, Op, Operand, Permission, Policy, Role, RoleRule, Rule, Team, Type,
    User, World,
};

const NOON: &str = "2026-03-02T12:00:00Z";
const BY_ROLE: Answer = (true, "role-permission");
const DENIED: Answer = (false, "default-deny");
const DEPENDS: Answer = (false, "depends-on-instance");

/// Ana, and tickets that can be seen and changed; `T-n` is a ticket of the team `n`.
fn desk(roles: Vec<Role>, teams: Vec<Team>) -> World {
    let mut world = World { roles, teams, ..World::default() };
    world.types.push(Type { name: "ticket".to_owned(), actions: vec!["view".to_owned(), "update".to_owned()] });
    world.users.push(User { id: "ana".to_owned(), ..User::default() });
    for team in &world.teams {
        let attributes = attributes(&[("team_id", text(&team.name))]);
        world.instances.push(Instance { resource: "ticket".to_owned(), id: format!("T-{}", team.name), attributes });
    }
    world
}

fn ask(world: &World, target: &str) -> Answer {
    ask_at(world, target, NOON)
}

fn ask_at(world: &World, target: &str, at: &str) -> Answer {
    let (about, action) = target.split_once('#').expect("a target has an action");
    let target = match about.split_once(':') {
        Some((kind, id)) => Target::of_instance(kind, id, action),
        None => Target::of_type(about, action),
    };
    oracle::decide(world, &world.users[0], &target, time(at))
}

/// What is decided about a ticket that is nowhere defined.
fn ask_about(world: &World, values: &[(&str, Attr)], action: &str) -> Answer {
    let target = Target::of_attributes("ticket", attributes(values), action);
    oracle::decide(world, &world.users[0], &target, time(NOON))
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("it is a time")
}

fn attributes(values: &[(&str, Attr)]) -> Attributes {
    values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn text(text: &str) -> Attr {
    Attr::One(Scalar::quoted(text))
}

fn bare(text: &str) -> Attr {
    Attr::One(Scalar::plain(text))
}

fn texts(list: &[&str]) -> Attr {
    Attr::List(list.iter().map(|text| Scalar::quoted(*text)).collect())
}

fn role(name: &str, permissions: Vec<Permission>) -> Role {
    Role { name: name.to_owned(), permissions, inherits: Vec::new() }
}

/// A role that may see tickets.
fn viewer(name: &str) -> Role {
    role(name, vec![may("view", None, Vec::new())])
}

fn may(action: &str, scope: Option<&str>, conditions: Conditions) -> Permission {
    let scope = scope.map(str::to_owned);
    Permission::Rule(RoleRule { resource: "ticket".to_owned(), actions: vec![action.to_owned()], scope, conditions })
}

fn team(name: &str, parent: Option<&str>, inheritance: Option<bool>, members: &[(&str, &str)]) -> Team {
    let members = members.iter().map(|(user, role)| ((*user).to_owned(), (*role).to_owned())).collect();
    Team { name: name.to_owned(), parent: parent.map(str::to_owned), inheritance, members }
}

fn assigned(role: &str) -> Assignment {
    Assignment { user: Some("ana".to_owned()), role: Some(role.to_owned()), ..Assignment::default() }
}

fn policy(priority: Option<i64>, allow: bool, conditions: Conditions) -> Policy {
    let rule = Rule { allow, actions: vec!["view".to_owned()], resources: vec!["ticket".to_owned()], conditions };
    Policy { name: "policy".to_owned(), priority, rules: vec![rule] }
}

fn when(key: &str, op: Op, values: &[Scalar]) -> Conditions {
    let operands = values.iter().map(|value| match value.text.strip_prefix("${user.").and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => Operand::Template(name.to_owned()),
        None => Operand::Value(value.clone()),
    });
    vec![Condition { key: key.to_owned(), checks: vec![Check { op, operands: operands.collect() }], brief: false }]
}

fn is(key: &str, value: &str) -> Conditions {
    when(key, Op::Eq, &[Scalar::quoted(value)])
}
