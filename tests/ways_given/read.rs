//! Reads a world from the fixtures: scalars are taken from the product's parser, what they mean is not.

use jiff::Timestamp;

use gatewalk::parse::{Node, Syntax, Value, parse, unwrap};
use gatewalk::source::SourceMap;

use crate::layout::Document;
use crate::value::{Attr, Scalar, Typed};
use crate::world::{
    Assignment, Attributes, Check, Condition, Conditions, Custom, Escalation, Instance, Level, Op, Operand, Permission, Policy, Progress,
    Progressive, Role, RoleRule, Rule, Team, TeamBased, Type, User, World,
};

/// The world of the files of permissions and users; `entity_at` is where in custom data users have their entity.
pub fn world(files: &[Document], entity_at: Option<&str>) -> World {
    let mut world = World::default();
    for file in files.iter().filter(|file| file.path.starts_with("permissions") || file.path.starts_with("users")) {
        let (mut sources, mut problems) = (SourceMap::default(), Vec::new());
        let id = sources.add(file.path.clone(), file.text.clone());
        let syntax = Syntax::of_name(&file.path).expect("the file has a syntax");
        for document in parse(id, syntax, &sources, &mut problems).into_iter().flat_map(|node| unwrap(node, &mut problems)) {
            define(&mut world, &document, entity_at);
        }
    }
    world
}

fn has(node: &Node, key: &str) -> bool {
    node.get(key).is_some()
}

fn define(world: &mut World, node: &Node, entity_at: Option<&str>) {
    let kinds = ["users", "resources", "instances", "permissions", "roles", "teams", "assignments", "policies", "patterns", "conditions"];
    if entries(node).iter().all(|(key, _)| kinds.contains(key)) {
        for (key, inner) in entries(node) {
            match key {
                "conditions" => {
                    let sets = entries(inner).into_iter().map(|(name, set)| (name.to_owned(), conditions(Some(set))));
                    world.conditions.extend(sets);
                }
                "patterns" if !entries(inner).is_empty() => {
                    for (name, inner) in entries(inner) {
                        pattern(world, name, inner);
                    }
                }
                _ => items(Some(inner)).iter().for_each(|inner| define(world, inner, entity_at)),
            }
        }
    } else if has(node, "userId") {
        world.users.push(user(node, entity_at));
    } else if has(node, "pattern") {
        pattern(world, &text(node, "pattern"), node.get("implementation").expect("a pattern has an implementation"));
    } else if has(node, "user")
        || has(node, "role") && has(node, "permission")
        || has(node, "team") && (has(node, "role") || has(node, "permission"))
    {
        world.assignments.push(assignment(node));
    } else if has(node, "team") {
        world.teams.push(team(node));
    } else if has(node, "resource") && has(node, "id") {
        world.instances.push(Instance {
            resource: text(node, "resource"),
            id: text(node, "id"),
            attributes: attributes(node.get("attributes")),
        });
    } else if has(node, "resource") && !has(node, "name") {
        world.types.push(Type { name: text(node, "resource"), actions: texts(node, "permissions") });
    } else if has(node, "role") || has(node, "permissions") || has(node, "inherits") {
        world.roles.push(role(node));
    } else if has(node, "rules") {
        world.policies.push(policy(node));
    } else {
        world.customs.push(Custom {
            name: text(node, "name"),
            resource: some_text(node, "resource"),
            actions: has(node, "actions").then(|| texts(node, "actions")),
            conditions: conditions(node.get("conditions")),
        });
    }
}

fn user(node: &Node, entity_at: Option<&str>) -> User {
    let entity = match entity_at {
        Some(path) => node.get("customData").and_then(|data| some_text(data, path)),
        None => some_text(node, "entity"),
    };
    let progress =
        node.get("progress").map(|progress| Progress { started_at: time(progress, "startedAt"), completed: texts(progress, "completed") });
    let internal = some_text(node, "userType").map(|name| name == "internal-user");
    User {
        id: text(node, "userId"),
        internal,
        roles: texts(node, "roles"),
        entity,
        attributes: attributes(node.get("attributes")),
        progress,
    }
}

fn role(node: &Node) -> Role {
    let permission = |node: &Node| match node.text() {
        Some(name) => Permission::Custom(name.to_owned()),
        None => Permission::Rule(RoleRule {
            resource: text(node, "resource"),
            actions: texts(node, "actions"),
            scope: some_text(node, "scope"),
            conditions: conditions(node.get("conditions")),
        }),
    };
    Role {
        name: some_text(node, "role").unwrap_or_else(|| text(node, "name")),
        permissions: items(node.get("permissions")).iter().map(permission).collect(),
        inherits: texts(node, "inherits"),
    }
}

fn team(node: &Node) -> Team {
    let members = items(node.get("members")).iter().map(|member| (text(member, "user"), text(member, "role")));
    Team { name: text(node, "team"), parent: some_text(node, "parent"), inheritance: flag(node, "inheritance"), members: members.collect() }
}

fn assignment(node: &Node) -> Assignment {
    Assignment {
        user: some_text(node, "user"),
        team: some_text(node, "team"),
        role: some_text(node, "role"),
        permission: some_text(node, "permission"),
        project: some_text(node, "project"),
        not_before: time(node, "notBefore"),
        expires: time(node, "expires"),
        emergency: flag(node, "emergency"),
    }
}

fn policy(node: &Node) -> Policy {
    let rule = |rule: &Node| Rule {
        allow: text(rule, "effect") == "allow",
        actions: texts(rule, "actions"),
        resources: texts(rule, "resources"),
        conditions: conditions(rule.get("conditions")),
    };
    Policy {
        name: text(node, "name"),
        priority: some_text(node, "priority").map(|text| text.parse().expect("a priority is a number")),
        rules: items(node.get("rules")).iter().map(rule).collect(),
    }
}

fn pattern(world: &mut World, name: &str, node: &Node) {
    if name == "team_based_access" {
        let escalation = node.get("escalation");
        let escalation =
            escalation.map(|inner| Escalation { conditions: texts(inner, "conditions"), escalate_to: text(inner, "escalate_to") });
        let (base_role, scope) = (text(node, "base_role"), some_text(node, "scope"));
        world.team_based = Some(TeamBased { base_role, inheritance: flag(node, "inheritance"), scope, escalation });
        return;
    }
    let duration = |text: String| {
        let (count, unit) = text.split_once('_').expect("a duration has a unit");
        let units = ["minutes", "hours", "days", "weeks"];
        let unit = units.into_iter().find(|known| *known == unit).expect("the unit is known");
        (count.parse().expect("a duration has a count"), unit)
    };
    let level = |level: &Node| Level {
        name: text(level, "name"),
        permissions: texts(level, "permissions"),
        requirements: texts(level, "requirements"),
        duration: some_text(level, "duration").map(duration),
    };
    let levels = items(node.get("levels")).iter().map(level).collect();
    world.progressive = Some(Progressive { resource: some_text(node, "resource"), levels });
}

fn conditions(node: Option<&Node>) -> Conditions {
    let all = node.map(entries).unwrap_or_default();
    all.into_iter().map(|(key, value)| condition(key, value)).collect()
}

fn condition(key: &str, node: &Node) -> Condition {
    let operands = |node: &Node| match &node.value {
        Value::List(all) => all.iter().map(operand).collect(),
        _ => vec![operand(node)],
    };
    let key = key.to_owned();
    if node.entries().is_none() {
        let op = if matches!(node.value, Value::List(_)) { Op::In } else { Op::Eq };
        return Condition { key, checks: vec![Check { op, operands: operands(node) }], brief: true };
    }
    let all = [Op::Eq, Op::Ne, Op::In, Op::NotIn, Op::Gt, Op::Gte, Op::Lt, Op::Lte, Op::Glob, Op::Exists];
    let check = |(name, node): (&str, &Node)| {
        let op = all.into_iter().find(|op| op.name() == name).expect("the operator is known");
        Check { op, operands: operands(node) }
    };
    Condition { key, checks: entries(node).into_iter().map(check).collect(), brief: false }
}

fn operand(node: &Node) -> Operand {
    let template = node.text().and_then(|text| text.strip_prefix("${user.")?.strip_suffix('}'));
    template.map_or_else(|| Operand::Value(scalar(node)), |name| Operand::Template(name.to_owned()))
}

fn attributes(node: Option<&Node>) -> Attributes {
    let value = |node: &Node| match &node.value {
        Value::List(all) => Attr::List(all.iter().map(scalar).collect()),
        _ if node.is_null() => Attr::Null,
        _ => Attr::One(scalar(node)),
    };
    node.map(entries).unwrap_or_default().into_iter().map(|(name, inner)| (name.to_owned(), value(inner))).collect()
}

fn scalar(node: &Node) -> Scalar {
    let text = node.text().expect("a value is a scalar");
    if node.is_plain() { Scalar::plain(text) } else { Scalar::quoted(text) }
}

fn entries(node: &Node) -> Vec<(&str, &Node)> {
    node.entries().unwrap_or_default().iter().map(|entry| (&*entry.key, &entry.value)).collect()
}

fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn some_text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn text(node: &Node, key: &str) -> String {
    some_text(node, key).unwrap_or_default()
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    items(node.get(key)).iter().filter_map(Node::text).map(str::to_owned).collect()
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key)?.boolean()
}

fn time(node: &Node, key: &str) -> Option<Timestamp> {
    match Scalar::quoted(some_text(node, key)?).typed {
        Typed::Time(time) => Some(time),
        _ => panic!("`{key}` is a time"),
    }
}
