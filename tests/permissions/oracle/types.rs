//! The question about a type, answered by asking about every resource that could be.

use std::collections::BTreeMap;

use super::holdings::{Holding, with_inherited, with_those_below};
use super::values::{self, Probe};
use super::{Answer, Person, Resource, actions_of_custom, team_attributes, type_of};
use crate::value::{Attr, Scalar};
use crate::world::{Attributes, Conditions, Operand, Permission};

pub fn decide(person: &Person<'_>, kind: &str, action: &str) -> Answer {
    let ask = |attributes: &Attributes| person.decide(action, Resource { kind, attributes });
    let (mut allowed, mut denied) = (false, false);
    let mut denied_by_rules = true;
    for attributes in Resources::new(person, kind, action) {
        let decided = ask(&attributes);
        if decided.answer.0 {
            allowed = true;
        } else {
            denied = true;
        }
        if allowed && denied {
            return (false, "depends-on-instance");
        }
        denied_by_rules &= decided.answer.1 == "policy-deny";
    }
    if allowed {
        // The teams there are, all allowed, come first by name; any other type is without attributes.
        let first = person.world.teams.iter().map(|team| &team.name).min().filter(|_| kind == "team");
        return ask(&first.map_or_else(Attributes::new, |name| team_attributes(name))).answer;
    }
    (false, if denied_by_rules { "policy-deny" } else { "default-deny" })
}

/// Every resource of a type, up to differences that nothing said about the action can see.
struct Resources {
    choices: Vec<(String, Vec<Option<Attr>>)>,
    /// Which value of each is next; none after the last resource.
    next: Option<Vec<usize>>,
}

impl Resources {
    fn new(person: &Person<'_>, kind: &str, action: &str) -> Self {
        let choices: Vec<_> = values_of(person, kind, action).into_iter().collect();
        let next = Some(vec![0; choices.len()]);
        Self { choices, next }
    }
}

impl Iterator for Resources {
    type Item = Attributes;

    fn next(&mut self) -> Option<Attributes> {
        let chosen = self.next.take()?;
        let mut attributes = Attributes::new();
        for ((name, values), &index) in self.choices.iter().zip(&chosen) {
            if let Some(value) = &values[index] {
                attributes.insert(name.clone(), value.clone());
            }
        }
        let mut following = chosen;
        for (place, (_, values)) in self.choices.iter().enumerate() {
            following[place] += 1;
            if following[place] < values.len() {
                self.next = Some(following);
                break;
            }
            following[place] = 0;
        }
        Some(attributes)
    }
}

/// For each attribute that matters to the action: everything that is asked of it.
fn probes_of<'w>(person: &Person<'w>, kind: &str, action: &str) -> BTreeMap<String, Vec<Probe<'w>>> {
    let mut reader = Reader { person, kind, probes: BTreeMap::new(), reads_roles: false };
    reader.read(action);
    let mut probes = reader.probes;
    // A team that could be has its own `team_id`, and nothing else.
    if kind == "team" {
        probes.retain(|name, _| name == "team_id");
        probes.entry("team_id".to_owned()).or_default();
    }
    probes
}

/// For each attribute that matters to the action: single values, whether they are told apart or not.
pub fn every_value(person: &Person<'_>, kind: &str, action: &str) -> Vec<(String, Vec<Scalar>)> {
    let probes = probes_of(person, kind, action);
    probes.into_iter().map(|(attribute, probes)| (attribute.clone(), values::scalars(person, &attribute, &probes))).collect()
}

/// For each attribute that matters to the action: what it can be.
fn values_of(person: &Person<'_>, kind: &str, action: &str) -> BTreeMap<String, Vec<Option<Attr>>> {
    let mut all = BTreeMap::new();
    for (attribute, probes) in probes_of(person, kind, action) {
        // A team has one `team_id`, its own.
        let one = kind == "team" && attribute == "team_id";
        let values = if one { values::teams(person, &probes) } else { values::of(person, kind, &attribute, &probes) };
        all.insert(attribute, values);
    }
    all
}

/// Collects everything that is asked of an attribute.
struct Reader<'p, 'w> {
    person: &'p Person<'w>,
    kind: &'p str,
    probes: BTreeMap<String, Vec<Probe<'w>>>,
    reads_roles: bool,
}

impl<'w> Reader<'_, 'w> {
    fn read(&mut self, action: &str) {
        let world = self.person.world;
        for rule in world.policies.iter().flat_map(|policy| &policy.rules) {
            if rule.resources.iter().any(|kind| kind == self.kind) && rule.actions.iter().any(|named| named == action) {
                self.conditions(&rule.conditions);
            }
        }
        let person = self.person;
        for holding in &person.holdings {
            let mut gives = holding.permission.is_some_and(|name| self.custom(name, action));
            if let Some(role) = &holding.role {
                gives |= self.role(&role.text, action);
            }
            if gives {
                self.reach(holding);
            }
        }
        self.escalation(action);
        if self.reads_roles {
            for holding in &person.holdings {
                self.reach(holding);
            }
        }
    }

    fn probe(&mut self, attribute: &str, probe: Probe<'w>) {
        self.probes.entry(attribute.to_owned()).or_default().push(probe);
    }

    fn one_of(&mut self, attribute: &str, wanted: impl IntoIterator<Item = &'w str>) {
        self.probe(attribute, Probe::OneOf(wanted.into_iter().collect()));
    }

    fn reach(&mut self, holding: &Holding<'w>) {
        if holding.team.is_some() {
            self.one_of("team_id", holding.teams.clone());
        }
        self.narrowing(holding);
    }

    fn narrowing(&mut self, holding: &Holding<'w>) {
        if let Some(project) = holding.project {
            self.one_of("project", [project]);
        }
        if let Some(scope) = holding.pattern_scope {
            self.scope(scope);
        }
    }

    /// Whatever the scope turns out to ask.
    fn scope(&mut self, scope: &str) {
        let person = self.person;
        match scope {
            "all" => {}
            "own" => self.one_of("owner", [person.user.id.as_str()]),
            "assigned_teams" => {
                self.one_of("team_id", person.member_of.clone());
                self.one_of("team_id", person.assigned_to.iter().map(|(team, _)| *team));
                self.one_of("project", person.assigned_to.iter().filter_map(|(_, project)| *project));
            }
            _ => self.one_of("team_id", person.member_of.clone()),
        }
    }

    /// Whether the role has anything to say about the action, which is then read.
    fn role(&mut self, role: &str, action: &str) -> bool {
        let world = self.person.world;
        let mut gives = false;
        for permission in world.role(role).map(|role| &role.permissions).into_iter().flatten() {
            match permission {
                Permission::Custom(name) => gives |= self.custom(name, action),
                Permission::Rule(rule) => {
                    if rule.resource == self.kind && rule.actions.iter().any(|named| named == action) {
                        gives = true;
                        self.conditions(&rule.conditions);
                        self.scope(rule.scope.as_deref().unwrap_or("all"));
                    }
                }
            }
        }
        for assignment in &world.assignments {
            let adds = assignment.user.is_none() && assignment.role.as_deref() == Some(role);
            if let Some(name) = assignment.permission.as_deref().filter(|_| adds)
                && self.custom(name, action)
            {
                gives = true;
                self.one_of("project", assignment.project.as_deref());
            }
        }
        gives
    }

    fn custom(&mut self, name: &str, action: &str) -> bool {
        let world = self.person.world;
        let custom = world.custom(name);
        let about = type_of(world, custom) == self.kind && actions_of_custom(custom).contains(&action);
        if about {
            self.conditions(&custom.conditions);
        }
        about
    }

    fn escalation(&mut self, action: &str) {
        let person = self.person;
        let Some(pattern) = &person.world.team_based else { return };
        let Some(escalation) = &pattern.escalation else { return };
        let mut gives = false;
        for role in with_inherited(person.world, &pattern.base_role) {
            gives |= self.role(role, action);
        }
        if !gives {
            return;
        }
        for (name, conditions) in &person.world.conditions {
            if escalation.conditions.contains(name) {
                self.conditions(conditions);
            }
        }
        for holding in &person.holdings {
            match (&holding.role, holding.team) {
                (Some(role), _) if role.text != escalation.escalate_to => continue,
                (Some(_), Some(team)) => self.one_of("team_id", with_those_below(person.world, team)),
                (Some(_), None) => self.probe("team_id", Probe::Any),
                (None, _) => continue,
            }
            self.narrowing(holding);
        }
    }

    fn conditions(&mut self, conditions: &'w Conditions) {
        for condition in conditions {
            self.reads_roles |= condition.key == "user.role";
            let attribute = super::conditions::attribute_of(&condition.key, self.kind);
            for check in &condition.checks {
                if let Some(attribute) = attribute {
                    self.probe(attribute, Probe::Check(&condition.key, check));
                }
                if check.operands.contains(&Operand::Template("role".to_owned())) {
                    self.reads_roles = true;
                    let roles: Vec<&'w str> = self.person.world.roles.iter().map(|role| role.name.as_str()).collect();
                    let free = self.person.user.roles.iter().map(String::as_str);
                    for role in roles.into_iter().chain(free) {
                        if let Some(attribute) = attribute {
                            self.one_of(attribute, [role]);
                        }
                    }
                }
            }
        }
    }
}
