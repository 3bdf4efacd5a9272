//! Each definition of a world as one document.

use super::node::Node;
use super::scribe::{Fields, Scribe};
use crate::dice::Dice;
use crate::world::{Assignment, Permission, Policy, Progressive, Role, Team, TeamBased, User, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Resources,
    Instances,
    Permissions,
    Roles,
    Teams,
    Assignments,
    Policies,
    Patterns,
    Conditions,
    Users,
}

pub struct Record {
    pub kind: Kind,
    /// Of a user the id.
    pub name: String,
    pub node: Node,
}

/// The definitions of permissions, and those of users.
pub fn of(world: &World, dice: &mut Dice) -> (Vec<Record>, Vec<Record>) {
    let mut scribe = Scribe::new(dice);
    let mut all = Vec::new();
    let mut add = |kind, node| all.push(Record { kind, name: String::new(), node });
    for declared in &world.types {
        let mut fields = Fields::new();
        scribe.put(&mut fields, "resource", Node::text(&declared.name));
        scribe.put(&mut fields, "permissions", Node::texts(&declared.actions));
        add(Kind::Resources, scribe.finish(fields));
    }
    for instance in &world.instances {
        let mut fields = Fields::new();
        scribe.put(&mut fields, "resource", Node::text(&instance.resource));
        scribe.put(&mut fields, "id", Node::text(&instance.id));
        let attributes = scribe.attributes(&instance.attributes);
        scribe.put(&mut fields, "attributes", attributes);
        add(Kind::Instances, scribe.finish(fields));
    }
    for custom in &world.customs {
        let mut fields = Fields::new();
        scribe.put(&mut fields, "name", Node::text(&custom.name));
        scribe.put_some(&mut fields, "resource", custom.resource.as_deref().map(Node::text));
        scribe.put_some(&mut fields, "actions", custom.actions.as_deref().map(Node::texts));
        let conditions = scribe.conditions(&custom.conditions).unwrap_or(Node::Map(Vec::new()));
        scribe.put(&mut fields, "conditions", conditions);
        add(Kind::Permissions, scribe.finish(fields));
    }
    for role in &world.roles {
        add(Kind::Roles, self::role(role, &mut scribe));
    }
    for team in &world.teams {
        add(Kind::Teams, self::team(team, &mut scribe));
    }
    for assignment in &world.assignments {
        add(Kind::Assignments, self::assignment(assignment, &mut scribe));
    }
    for policy in &world.policies {
        add(Kind::Policies, self::policy(policy, &mut scribe));
    }
    if let Some(pattern) = &world.team_based {
        let implementation = team_based(pattern, &mut scribe);
        add(Kind::Patterns, self::pattern("team_based_access", implementation, &mut scribe));
    }
    if let Some(pattern) = &world.progressive {
        let implementation = progressive(pattern, &mut scribe);
        add(Kind::Patterns, self::pattern("progressive_access", implementation, &mut scribe));
    }
    for (name, conditions) in &world.conditions {
        let set = scribe.conditions(conditions).expect("a condition set has conditions");
        add(Kind::Conditions, Node::Map(vec![(name.clone(), set)]));
    }
    let users = world.users.iter().map(|user| Record { kind: Kind::Users, name: user.id.clone(), node: self::user(user, &mut scribe) });
    let users = users.collect();
    (all, users)
}

/// One mapping with a key for each kind.
pub fn by_kind(records: &[Record], dice: &mut Dice) -> Node {
    let mut fields: Vec<(Kind, Vec<Node>)> = Vec::new();
    for record in records {
        match fields.iter_mut().find(|(kind, _)| *kind == record.kind) {
            Some((_, nodes)) => nodes.push(record.node.clone()),
            None => fields.push((record.kind, vec![record.node.clone()])),
        }
    }
    let mapped_patterns = dice.chance(50);
    let written = fields.into_iter().map(|(kind, nodes)| {
        let value = match kind {
            Kind::Conditions => Node::Map(nodes.into_iter().flat_map(fields_of).collect()),
            Kind::Patterns if mapped_patterns => Node::Map(nodes.into_iter().map(named_pattern).collect()),
            _ => Node::List(nodes),
        };
        (format!("{kind:?}").to_lowercase(), value)
    });
    Node::Map(written.collect())
}

fn fields_of(node: Node) -> Fields {
    match node {
        Node::Map(fields) => fields,
        _ => unreachable!("a definition is a mapping"),
    }
}

/// The pattern's name and its implementation.
fn named_pattern(node: Node) -> (String, Node) {
    let fields = fields_of(node);
    let of = |wanted: &str| fields.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone());
    match (of("pattern"), of("implementation")) {
        (Some(Node::Text(name)), Some(implementation)) => (name, implementation),
        _ => unreachable!("a pattern has a name and an implementation"),
    }
}

fn role(role: &Role, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    let mut permissions = Vec::new();
    for permission in &role.permissions {
        permissions.push(match permission {
            Permission::Custom(name) => Node::text(name),
            Permission::Rule(rule) => {
                let mut fields = Fields::new();
                scribe.put(&mut fields, "resource", Node::text(&rule.resource));
                scribe.put(&mut fields, "actions", Node::texts(&rule.actions));
                scribe.put_some(&mut fields, "scope", rule.scope.as_deref().map(Node::text));
                let conditions = scribe.conditions(&rule.conditions);
                scribe.put_some(&mut fields, "conditions", conditions);
                scribe.finish(fields)
            }
        });
    }
    // By `name` alone it would be a custom permission.
    let named = !permissions.is_empty() && scribe.dice.chance(40);
    scribe.put(&mut fields, if named { "name" } else { "role" }, Node::text(&role.name));
    if permissions.is_empty() && role.inherits.is_empty() {
        scribe.put(&mut fields, "permissions", Node::List(Vec::new()));
    } else {
        scribe.put_list(&mut fields, "permissions", permissions);
    }
    scribe.put_list(&mut fields, "inherits", role.inherits.iter().map(|name| Node::text(name)).collect());
    if scribe.dice.chance(20) {
        let level = *scribe.dice.pick(&["organization", "team"]);
        scribe.put(&mut fields, "level", Node::text(level));
    }
    scribe.finish(fields)
}

fn team(team: &Team, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    scribe.put(&mut fields, "team", Node::text(&team.name));
    scribe.put_some(&mut fields, "parent", team.parent.as_deref().map(Node::text));
    scribe.put_some(&mut fields, "inheritance", team.inheritance.map(Node::plain));
    let members = team.members.iter().map(|(user, role)| {
        let mut fields = Fields::new();
        scribe.put(&mut fields, "user", Node::text(user));
        scribe.put(&mut fields, "role", Node::text(role));
        scribe.finish(fields)
    });
    let members = members.collect();
    scribe.put_list(&mut fields, "members", members);
    scribe.finish(fields)
}

fn assignment(assignment: &Assignment, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    for (key, name) in [
        ("user", &assignment.user),
        ("team", &assignment.team),
        ("role", &assignment.role),
        ("permission", &assignment.permission),
        ("project", &assignment.project),
    ] {
        scribe.put_some(&mut fields, key, name.as_deref().map(Node::text));
    }
    for (key, time) in [("notBefore", assignment.not_before), ("expires", assignment.expires)] {
        let time = time.map(|time| scribe.time(time));
        scribe.put_some(&mut fields, key, time);
    }
    scribe.put_some(&mut fields, "emergency", assignment.emergency.map(Node::plain));
    for key in ["reason", "approvedBy"] {
        // An emergency has a reason.
        let needed = key == "reason" && assignment.emergency == Some(true);
        if needed || scribe.dice.chance(15) {
            scribe.put(&mut fields, key, Node::text("somebody asked"));
        }
    }
    scribe.finish(fields)
}

fn policy(policy: &Policy, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    scribe.put(&mut fields, "name", Node::text(&policy.name));
    scribe.put_some(&mut fields, "priority", policy.priority.map(Node::plain));
    let mut rules = Vec::new();
    for rule in &policy.rules {
        let mut fields = Fields::new();
        scribe.put(&mut fields, "effect", Node::text(if rule.allow { "allow" } else { "deny" }));
        scribe.put(&mut fields, "actions", Node::texts(&rule.actions));
        scribe.put(&mut fields, "resources", Node::texts(&rule.resources));
        let conditions = scribe.conditions(&rule.conditions);
        scribe.put_some(&mut fields, "conditions", conditions);
        rules.push(scribe.finish(fields));
    }
    scribe.put(&mut fields, "rules", Node::List(rules));
    scribe.finish(fields)
}

fn pattern(name: &str, implementation: Node, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    scribe.put(&mut fields, "pattern", Node::text(name));
    scribe.put(&mut fields, "implementation", implementation);
    scribe.finish(fields)
}

fn team_based(pattern: &TeamBased, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    scribe.put(&mut fields, "baseRole", Node::text(&pattern.base_role));
    scribe.put_some(&mut fields, "inheritance", pattern.inheritance.map(Node::plain));
    scribe.put_some(&mut fields, "scope", pattern.scope.as_deref().map(Node::text));
    if let Some(escalation) = &pattern.escalation {
        let mut inner = Fields::new();
        scribe.put(&mut inner, "conditions", Node::texts(&escalation.conditions));
        scribe.put(&mut inner, "escalateTo", Node::text(&escalation.escalate_to));
        let escalation = scribe.finish(inner);
        scribe.put(&mut fields, "escalation", escalation);
    }
    scribe.finish(fields)
}

fn progressive(pattern: &Progressive, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    scribe.put_some(&mut fields, "resource", pattern.resource.as_deref().map(Node::text));
    let mut levels = Vec::new();
    for level in &pattern.levels {
        let mut fields = Fields::new();
        scribe.put(&mut fields, "name", Node::text(&level.name));
        scribe.put(&mut fields, "permissions", Node::texts(&level.permissions));
        scribe.put_list(&mut fields, "requirements", level.requirements.iter().map(|name| Node::text(name)).collect());
        scribe.put_some(&mut fields, "duration", level.duration.map(|(count, unit)| Node::text(&format!("{count}_{unit}"))));
        levels.push(scribe.finish(fields));
    }
    scribe.put(&mut fields, "levels", Node::List(levels));
    scribe.finish(fields)
}

fn user(user: &User, scribe: &mut Scribe<'_>) -> Node {
    let mut fields = Fields::new();
    scribe.put(&mut fields, "userId", Node::text(&user.id));
    let user_type = user.internal.map(|internal| Node::text(if internal { "internal-user" } else { "external-user" }));
    scribe.put_some(&mut fields, "userType", user_type);
    scribe.put_list(&mut fields, "roles", user.roles.iter().map(|role| Node::text(role)).collect());
    scribe.put_some(&mut fields, "entity", user.entity.as_deref().map(Node::text));
    if !user.attributes.is_empty() {
        let attributes = scribe.attributes(&user.attributes);
        scribe.put(&mut fields, "attributes", attributes);
    }
    if let Some(progress) = &user.progress {
        let mut inner = Fields::new();
        let started = progress.started_at.map(|time| scribe.time(time));
        scribe.put_some(&mut inner, "startedAt", started);
        scribe.put_list(&mut inner, "completed", progress.completed.iter().map(|name| Node::text(name)).collect());
        let progress = scribe.finish(inner);
        scribe.put(&mut fields, "progress", progress);
    }
    scribe.finish(fields)
}
