//! All definitions of permissions, put together.

use std::collections::{BTreeMap, HashSet};

use super::references::{Checker, Users};
use super::resource::TEAM;
use super::{
    Assignment, Conditions, CustomPermission, Declaration, Instance, Pattern, Policy, Progressive, ResourceType, Role, RolePermission,
    Team, TeamBased, rounds,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::names::Name;
use crate::model::workspace::duplicate;
use crate::source::Span;

/// The definitions of permissions as they were read, in the order of the files.
#[derive(Debug, Default)]
pub struct Definitions {
    pub(in crate::model) declarations: Vec<Declaration>,
    pub(in crate::model) instances: Vec<Instance>,
    pub(in crate::model) custom: Vec<CustomPermission>,
    pub(in crate::model) roles: Vec<Role>,
    pub(in crate::model) teams: Vec<Team>,
    pub(in crate::model) assignments: Vec<Assignment>,
    pub(in crate::model) policies: Vec<Policy>,
    pub(in crate::model) patterns: Vec<Pattern>,
    pub(in crate::model) conditions: Vec<(Name, Conditions)>,
}

impl Definitions {
    /// Whether there are none.
    pub(in crate::model) fn is_empty(&self) -> bool {
        self.len() == 0 && self.conditions.is_empty()
    }

    /// How many there are, conditions and patterns aside.
    pub(in crate::model) fn len(&self) -> usize {
        let named = self.declarations.len() + self.instances.len() + self.custom.len() + self.roles.len() + self.teams.len();
        named + self.assignments.len() + self.policies.len() + self.patterns.len()
    }
}

/// The definitions of permissions of a workspace. Whatever one names is there.
#[derive(Debug, Default)]
pub struct Permissions {
    pub(super) types: BTreeMap<Box<str>, ResourceType>,
    pub(super) instances: BTreeMap<Box<str>, BTreeMap<Box<str>, Instance>>,
    pub(super) custom: BTreeMap<Box<str>, CustomPermission>,
    pub(super) roles: BTreeMap<Box<str>, Role>,
    pub(super) teams: BTreeMap<Box<str>, Team>,
    pub(super) assignments: Vec<Assignment>,
    pub(super) policies: BTreeMap<Box<str>, Policy>,
    pub(super) team_based: Option<TeamBased>,
    pub(super) progressive: Vec<(Box<str>, Progressive)>,
    pub(super) conditions: BTreeMap<Box<str>, (Name, Conditions)>,
}

/// Adds definitions by name; the second of a name is a problem.
fn collect<T>(what: &str, found: Vec<T>, name: impl Fn(&T) -> &Name, problems: &mut Vec<Diagnostic>) -> BTreeMap<Box<str>, T> {
    let mut all: BTreeMap<Box<str>, T> = BTreeMap::new();
    for one in found {
        let id = name(&one);
        if let Some(first) = all.get(&id.value) {
            problems.push(duplicate(what, id, name(first).span));
        } else {
            all.insert(id.value.clone(), one);
        }
    }
    all
}

impl Permissions {
    /// Puts definitions together and checks what they name. With `partial`, some
    /// file could not be read: what is not there is then no problem.
    pub(in crate::model) fn build(found: Definitions, users: &Users<'_>, partial: bool, problems: &mut Vec<Diagnostic>) -> Self {
        let declarations = collect("type", found.declarations, |found| &found.resource, problems);
        let mut all = Self {
            types: declarations.into_values().map(declared).collect(),
            custom: collect("custom permission", found.custom, |found| &found.name, problems),
            roles: collect("role", found.roles, |found| &found.name, problems),
            teams: collect("team", found.teams, |found| &found.name, problems),
            assignments: found.assignments,
            policies: collect("policy", found.policies, |found| &found.name, problems),
            conditions: collect("condition set", found.conditions, |found| &found.0, problems),
            ..Self::default()
        };
        all.own_instances(found.instances, problems);
        // A custom permission and a pattern that name no type mean the only one; of none, or of several, none is meant.
        all.resolve_custom(partial, problems);
        all.resolve_patterns(found.patterns, partial, problems);
        all.team_actions();
        rounds::check(&all, problems);
        if !partial {
            Checker::new(&all, users, problems).check();
        }
        all
    }

    fn own_instances(&mut self, found: Vec<Instance>, problems: &mut Vec<Diagnostic>) {
        let teams = self.teams.values().map(|team| Instance::of_team(&team.name));
        for instance in teams.chain(found) {
            let written_team = *instance.resource.value == *TEAM && instance.id.span != instance.resource.span;
            if written_team && !self.teams.contains_key(&instance.id.value) {
                let message = format!("`{}` is no team: the instances of `team` are the teams", instance.id.value);
                problems.push(Diagnostic::new(Code::DanglingReference, instance.id.span, message).help("define it under `teams`"));
                continue;
            }
            let of_type = self.instances.entry(instance.resource.value.clone()).or_default();
            if let Some(first) = of_type.get(&instance.id.value) {
                let what = if *first.resource.value == *TEAM { "team, which is an instance by itself," } else { &*instance.resource.value };
                problems.push(duplicate(what, &instance.id, first.id.span));
            } else {
                of_type.insert(instance.id.value.clone(), instance);
            }
        }
    }

    /// Gives custom permissions the type they do not name, and types the actions that custom permissions add.
    fn resolve_custom(&mut self, partial: bool, problems: &mut Vec<Diagnostic>) {
        for custom in self.custom.values_mut() {
            if custom.resource.is_none() {
                let meant: Vec<&str> =
                    custom.prefixes().into_iter().filter(|kind| self.types.contains_key(*kind) || *kind == TEAM).collect();
                match meant.as_slice() {
                    [one] => custom.resource = Some(Name { value: (*one).into(), span: custom.span }),
                    _ if partial => {}
                    none_or_several => {
                        let several = none_or_several.len() > 1;
                        let message = if several { "its conditions name several types" } else { "no condition names a declared type" };
                        let message = format!("this custom permission needs the field `resource`: {message}");
                        problems.push(Diagnostic::new(Code::MissingField, custom.span, message).help("say on which type it is"));
                    }
                }
            }
            let Some(kind) = custom.resource.as_ref().and_then(|resource| self.types.get_mut(&resource.value)) else { continue };
            match &custom.actions {
                Some(actions) => kind.actions.extend(actions.iter().map(Into::into)),
                None => _ = kind.actions.insert(custom.name.value.clone()),
            }
        }
    }

    fn resolve_patterns(&mut self, found: Vec<Pattern>, partial: bool, problems: &mut Vec<Diagnostic>) {
        let only = match self.types.keys().filter(|name| &***name != TEAM).collect::<Vec<_>>().as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        };
        for pattern in found {
            match pattern {
                Pattern::TeamBased(pattern) => match &self.team_based {
                    Some(first) => problems.push(twice("team_based_access", pattern.span, first.span)),
                    None => self.team_based = Some(pattern),
                },
                Pattern::Progressive(pattern) => {
                    let Some(kind) = pattern.resource.as_ref().map(|resource| resource.value.clone()).or_else(|| only.clone()) else {
                        if !partial {
                            let message = "progressive access needs the field `resource`: there is not exactly one declared type";
                            problems.push(Diagnostic::new(Code::MissingField, pattern.span, message).help("say on which type it is"));
                        }
                        continue;
                    };
                    match self.progressive.iter().find(|(known, _)| *known == kind) {
                        Some((_, first)) => problems.push(twice(&format!("progressive_access on `{kind}`"), pattern.span, first.span)),
                        None => self.progressive.push((kind, pattern)),
                    }
                }
            }
        }
    }

    /// The actions on teams are those that roles name.
    fn team_actions(&mut self) {
        let of_role = |role: &Role| -> Vec<Box<str>> {
            let on_teams = role.permissions.iter().filter_map(|permission| match permission {
                RolePermission::Actions(permission) if *permission.resource.value == *TEAM => Some(permission),
                _ => None,
            });
            on_teams.flat_map(|permission| permission.actions.iter().map(Into::into)).collect()
        };
        let named: HashSet<Box<str>> = self.roles.values().flat_map(of_role).collect();
        let own = self.custom.values().filter(|custom| custom.resource.as_ref().is_some_and(|resource| *resource.value == *TEAM));
        let own = own.flat_map(|custom| match &custom.actions {
            Some(actions) => actions.iter().map(Box::from).collect::<Vec<_>>(),
            None => vec![custom.name.value.clone()],
        });
        let actions: Vec<Box<str>> = named.into_iter().chain(own).collect();
        if !actions.is_empty() || !self.teams.is_empty() || self.types.contains_key(TEAM) {
            self.types.entry(TEAM.into()).or_default().actions.extend(actions);
        }
    }

    /// Whether there are no definitions at all.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// The types, in byte order of their names.
    pub fn types(&self) -> impl Iterator<Item = (&str, &ResourceType)> {
        self.types.iter().map(|(name, kind)| (&**name, kind))
    }

    /// A type.
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.types.get(name)
    }

    /// The instances of a type, in byte order of their ids.
    pub fn instances(&self, kind: &str) -> impl Iterator<Item = &Instance> {
        self.instances.get(kind).into_iter().flat_map(BTreeMap::values)
    }

    /// An instance.
    pub fn instance(&self, kind: &str, id: &str) -> Option<&Instance> {
        self.instances.get(kind)?.get(id)
    }

    /// The custom permissions, in byte order of their names.
    pub fn custom(&self) -> impl Iterator<Item = &CustomPermission> {
        self.custom.values()
    }

    /// The roles, in byte order of their names.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values()
    }

    /// A role.
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.get(name)
    }

    /// A role and all that it inherits, each once, as far as they are defined.
    pub fn with_inherited<'p>(&'p self, role: &str) -> Vec<&'p Role> {
        let mut all: Vec<&Role> = self.role(role).into_iter().collect();
        let mut seen: HashSet<&str> = all.iter().map(|role| &*role.name.value).collect();
        let mut next = 0;
        while let Some(role) = all.get(next).copied() {
            all.extend(role.inherits.iter().filter(|name| seen.insert(&name.value)).filter_map(|name| self.role(&name.value)));
            next += 1;
        }
        all
    }

    /// The teams, in byte order of their ids.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values()
    }

    /// A team.
    pub fn team(&self, name: &str) -> Option<&Team> {
        self.teams.get(name)
    }

    /// The assignments, in the order of their definitions.
    pub fn assignments(&self) -> &[Assignment] {
        &self.assignments
    }

    /// The policies, in byte order of their names.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.values()
    }

    /// Access by team, if it is configured.
    pub fn team_based(&self) -> Option<&TeamBased> {
        self.team_based.as_ref()
    }

    /// Access that grows, on a type.
    pub fn progressive(&self, kind: &str) -> Option<&Progressive> {
        self.progressive.iter().find(|(of, _)| **of == *kind).map(|(_, pattern)| pattern)
    }

    /// All progressive patterns with their types.
    pub fn all_progressive(&self) -> impl Iterator<Item = (&str, &Progressive)> {
        self.progressive.iter().map(|(kind, pattern)| (&**kind, pattern))
    }

    /// All conditions that have a name.
    pub fn named_conditions(&self) -> impl Iterator<Item = &Conditions> {
        self.conditions.values().map(|(_, conditions)| conditions)
    }

    /// Named conditions.
    pub fn conditions(&self, name: &str) -> Option<&Conditions> {
        self.conditions.get(name).map(|(_, conditions)| conditions)
    }
}

fn declared(declaration: Declaration) -> (Box<str>, ResourceType) {
    let actions = declaration.actions.iter().map(Into::into).collect();
    (declaration.resource.value, ResourceType { declared: Some(declaration.resource.span), actions })
}

fn twice(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateId, span, format!("{what} is defined twice"))
        .label("again here")
        .related(first, "first here")
        .help("keep one of them")
}
