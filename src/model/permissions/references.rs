//! Whatever a definition names must be there: a slip in a name would change who has access without a word.

use super::attributes::{Attributes, RESERVED, TEAM_ID, misspelled, slip};
use super::resource::{CHAT_APP, TEAM};
use super::role::no_scope;
use super::{
    Assignee, Assignment, Condition, Conditions, CustomPermission, Granted, Instance, Key, Operand, Permissions, Policy, Role,
    RolePermission, Scope, Team, UserKey,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Workspace;
use crate::model::names::{Name, Names};
use crate::model::near;
use crate::parse::{Node, text};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// What is known of the users.
#[derive(Default)]
pub(in crate::model) struct Users<'u> {
    /// Who is defined, where anybody is.
    pub(in crate::model) is_user: Option<&'u dyn Fn(&str) -> bool>,
    /// The attributes that users have.
    pub(in crate::model) attributes: HashSet<&'u str>,
}

/// After so many problems no further name is compared with all others.
const SUGGESTIONS: usize = 20;

pub(super) struct Checker<'p> {
    all: &'p Permissions,
    is_user: Option<&'p dyn Fn(&str) -> bool>,
    problems: &'p mut Vec<Diagnostic>,
    /// The attributes that instances have, each with what it is nearly; and those that users have.
    of_instances: HashMap<&'p str, Option<&'static str>>,
    of_users: &'p HashSet<&'p str>,
}

impl<'p> Checker<'p> {
    pub(super) fn new(all: &'p Permissions, users: &'p Users<'p>, problems: &'p mut Vec<Diagnostic>) -> Self {
        let instances = all.instances.values().flat_map(|of_type| of_type.values());
        let mut of_instances = HashMap::new();
        for attribute in instances.flat_map(|instance| instance.attributes.iter()) {
            let name = &*attribute.name.value;
            of_instances.entry(name).or_insert_with(|| nearly(name));
        }
        Self { all, is_user: users.is_user, problems, of_instances, of_users: &users.attributes }
    }

    pub(super) fn check(mut self) {
        let all = self.all;
        all.instances.values().flat_map(|of_type| of_type.values()).for_each(|instance| self.instance(instance));
        all.custom().for_each(|custom| self.custom(custom));
        all.roles().for_each(|role| self.role(role));
        all.teams().for_each(|team| self.team(team));
        all.assignments().iter().for_each(|assignment| self.assignment(assignment));
        all.policies().for_each(|policy| self.policy(policy));
        self.patterns();
        all.conditions.values().for_each(|(_, conditions)| self.conditions(conditions));
    }

    fn instance(&mut self, instance: &Instance) {
        self.type_name(&instance.resource);
        self.attributes(&instance.attributes);
    }

    fn attributes(&mut self, attributes: &Attributes) {
        for attribute in attributes.iter() {
            let name = &attribute.name;
            if let Some(meant) = self.of_instances.get(&*name.value).copied().unwrap_or_else(|| nearly(&name.value)) {
                self.problems.push(misspelled(name, meant));
            }
            if &*name.value == TEAM_ID && !self.all.teams.is_empty() {
                for value in &attribute.values {
                    self.team_name(&Name { value: value.text().into(), span: attribute.span });
                }
            }
        }
    }

    fn custom(&mut self, custom: &CustomPermission) {
        if let Some(resource) = &custom.resource {
            self.type_name(resource);
        }
        self.conditions(&custom.conditions);
    }

    fn role(&mut self, role: &Role) {
        role.inherits.iter().for_each(|inherited| self.role_name(inherited));
        for permission in &role.permissions {
            match permission {
                RolePermission::Custom(name) => self.permission_name(name),
                RolePermission::Actions(permission) => {
                    if self.type_name(&permission.resource) {
                        self.actions(&[&permission.resource.value], &permission.actions);
                    }
                    self.conditions(&permission.conditions);
                }
            }
        }
    }

    fn team(&mut self, team: &Team) {
        if let Some(parent) = &team.parent {
            self.team_name(parent);
        }
        for member in &team.members {
            self.user_name(&member.user);
            self.role_name(&member.role);
        }
    }

    fn assignment(&mut self, assignment: &Assignment) {
        match &assignment.to {
            Assignee::User { user, team } => {
                self.user_name(user);
                if let Some(team) = team {
                    self.team_name(team);
                }
            }
            Assignee::Team(team) => self.team_name(team),
            Assignee::Role(role) => self.role_name(role),
        }
        match &assignment.what {
            Granted::Role(role) => self.role_name(role),
            Granted::Permission(permission) => self.permission_name(permission),
        }
    }

    fn policy(&mut self, policy: &Policy) {
        for rule in &policy.rules {
            let mut kinds = Vec::new();
            let resources = rule.resources.to_names();
            for resource in &resources {
                if &*resource.value == CHAT_APP {
                    let problem = Diagnostic::new(Code::ReservedName, resource.span, "a policy cannot be about chat apps");
                    self.problems.push(problem.help("chat apps have rules of their own; `chat-app:X#use` only asks about the app `X`"));
                } else if self.type_name(resource) {
                    kinds.push(&*resource.value);
                }
            }
            // Of several types an action needs to be one of a single one: the rule is about what there is.
            if kinds.len() == resources.len() {
                self.actions(&kinds, &rule.actions);
            }
            self.conditions(&rule.conditions);
        }
    }

    fn patterns(&mut self) {
        let all = self.all;
        if let Some(pattern) = &all.team_based {
            self.role_name(&pattern.base_role);
            if let Some(scope) = &pattern.scope
                && let Scope::TeamType(kind) = &scope.value
                && !all.types.contains_key(kind)
            {
                self.problems.push(no_scope(&scope.value.name(), scope.span, "TYPE"));
            }
            if let Some(escalation) = &pattern.escalation {
                self.role_name(&escalation.escalate_to);
                for name in &escalation.conditions.to_names() {
                    self.named("condition set", name, all.conditions.contains_key(&name.value), all.conditions.keys());
                }
            }
        }
        for (kind, pattern) in &all.progressive {
            if pattern.resource.as_ref().is_none_or(|resource| self.type_name(resource)) {
                pattern.levels.iter().for_each(|level| self.actions(&[kind], &level.permissions));
            }
        }
    }

    fn conditions(&mut self, conditions: &Conditions) {
        for condition in &conditions.all {
            if let Key::Resource { kind: Some(kind), .. } = &condition.key {
                self.type_name(&Name { value: kind.clone(), span: condition.key_span });
            }
            self.slips(condition);
        }
    }

    /// A key that is nearly one with a meaning of its own, and that nobody has, would silently never hold.
    fn slips(&mut self, condition: &Condition) {
        let operands = condition.tests.iter().flat_map(|test| test.operands.iter().map(move |operand| (test.span, operand)));
        let of_user = operands.filter_map(|(span, operand)| if let Operand::User(key) = operand { Some((span, key)) } else { None });
        let key = if let Key::User(key) = &condition.key { Some((condition.key_span, key)) } else { None };
        for (span, key) in key.into_iter().chain(of_user) {
            let UserKey::Attribute(name) = key else { continue };
            let meant = RESERVED.iter().find(|known| near::is_slip_of(name, known) || same_words(known, name));
            if let Some(meant) = meant.filter(|_| !self.of_users.contains(&**name)) {
                self.problems.push(no_user_key(span, name, meant));
            }
        }
        if let Key::Resource { name, .. } = &condition.key
            && let Some(meant) = slip(name).filter(|_| !self.of_instances.contains_key(&**name))
        {
            self.problems.push(misspelled(&Name { value: name.clone(), span: condition.key_span }, meant));
        }
    }

    fn type_name(&mut self, name: &Name) -> bool {
        let there = self.all.types.contains_key(&name.value) || &*name.value == TEAM;
        self.named("type", name, there, self.all.types.keys());
        there
    }

    /// Every action must be one of one of the types.
    fn actions(&mut self, kinds: &[&str], actions: &Names) {
        let all = self.all;
        let known: Vec<_> = kinds.iter().filter_map(|kind| all.types.get(*kind)).map(|kind| &kind.actions).collect();
        let on = format!(" on {}", kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(" or "));
        for action in &actions.to_names() {
            let there = known.iter().any(|known| known.contains(&action.value));
            self.named_on("action", &on, action, there || kinds.is_empty(), known.iter().copied().flatten());
        }
    }

    fn role_name(&mut self, name: &Name) {
        self.named("role", name, self.all.roles.contains_key(&name.value), self.all.roles.keys());
    }

    fn permission_name(&mut self, name: &Name) {
        self.named("custom permission", name, self.all.custom.contains_key(&name.value), self.all.custom.keys());
    }

    fn team_name(&mut self, name: &Name) {
        self.named("team", name, self.all.teams.contains_key(&name.value), self.all.teams.keys());
    }

    fn user_name(&mut self, name: &Name) {
        let there = self.is_user.is_none_or(|is_user| is_user(&name.value));
        self.named("user", name, there, [].iter());
    }

    fn named<'n>(&mut self, what: &str, name: &Name, there: bool, known: impl Iterator<Item = &'n Box<str>>) {
        self.named_on(what, "", name, there, known);
    }

    fn named_on<'n>(&mut self, what: &str, on: &str, name: &Name, there: bool, known: impl Iterator<Item = &'n Box<str>>) {
        // A name that cannot be trusted has been said to be so.
        if there || text::hidden(&name.value).is_some() {
            return;
        }
        let close = if self.problems.len() < SUGGESTIONS { near::suggestion(&name.value, known.map(|known| &**known)) } else { None };
        self.problems.push(dangling(what, on, name.span, &name.value, close));
    }
}

/// Whether two names differ in spelling alone, camelCase or snake_case: that is said where the name is read.
/// What an attribute is nearly. A mere other spelling has been said to be one.
fn nearly(name: &str) -> Option<&'static str> {
    slip(name).filter(|meant| !same_words(meant, name))
}

fn same_words(meant: &str, written: &str) -> bool {
    crate::parse::spelling::camel(meant) == crate::parse::spelling::camel(written)
}

fn no_user_key(span: Span, name: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::MisspelledField, span, format!("no user has the attribute `{name}`, which is nearly `{meant}`"))
        .label(format!("did you mean `user.{meant}`?"))
        .help("the condition would never hold: correct the spelling, or give users the attribute")
}

fn dangling(what: &str, on: &str, span: Span, name: &str, suggestion: Option<String>) -> Diagnostic {
    let problem = Diagnostic::new(Code::DanglingReference, span, format!("there is no {what} `{name}`{on}"));
    let problem = problem.help("define it, or correct the name");
    match suggestion {
        Some(suggestion) => problem.label(suggestion),
        None => problem,
    }
}

impl Permissions {
    /// All conditions, wherever they stand.
    pub fn all_conditions(&self) -> impl Iterator<Item = &Conditions> {
        let of_roles = self.roles.values().flat_map(|role| &role.permissions).filter_map(|permission| match permission {
            RolePermission::Actions(permission) => Some(&permission.conditions),
            RolePermission::Custom(_) => None,
        });
        let of_policies = self.policies.values().flat_map(|policy| &policy.rules).map(|rule| &rule.conditions);
        let of_custom = self.custom.values().map(|custom| &custom.conditions);
        of_roles.chain(of_policies).chain(of_custom).chain(self.conditions.values().map(|(_, conditions)| conditions))
    }
}

/// Reads the attributes of a resource that was given on the command line.
///
/// A person typed them: a name that is nearly one that decides, and a team that does not exist, are refused; so are attributes of a
/// team, which has its `team_id` alone.
pub fn inline_attributes(kind: &str, node: &Node, workspace: &Workspace, problems: &mut Vec<Diagnostic>) -> Attributes {
    let attributes = Attributes::of_resource(node, problems);
    if kind == TEAM {
        for attribute in attributes.iter().filter(|attribute| &*attribute.name.value != TEAM_ID || attribute.is_list) {
            let problem = Diagnostic::new(Code::UnknownField, attribute.name.span, "a team has no attribute but one `team_id`");
            problems.push(problem.help("ask about it as `team:ID#ACTION`, or as `team{team_id=ID}#ACTION`"));
        }
        if attributes.get(TEAM_ID).is_none() {
            problems.push(Diagnostic::new(Code::MissingField, node.span, "a team needs its `team_id`"));
        }
    }
    let users = Users::default();
    let mut checker = Checker::new(workspace.permissions(), &users, problems);
    checker.attributes(&attributes);
    attributes
}
