//! A world: everything that a workspace says about resource permissions, as plain data.
//!
//! What is not written differs from what is written with the same meaning; how it is spelled in
//! files is the business of `layout` alone.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::value::{Attr, Scalar};

pub type Attributes = BTreeMap<String, Attr>;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    pub types: Vec<Type>,
    pub instances: Vec<Instance>,
    pub customs: Vec<Custom>,
    pub roles: Vec<Role>,
    pub teams: Vec<Team>,
    pub assignments: Vec<Assignment>,
    pub policies: Vec<Policy>,
    /// The condition sets that have a name.
    pub conditions: Vec<(String, Conditions)>,
    pub team_based: Option<TeamBased>,
    pub progressive: Option<Progressive>,
    pub users: Vec<User>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Type {
    pub name: String,
    pub actions: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instance {
    pub resource: String,
    pub id: String,
    pub attributes: Attributes,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Custom {
    pub name: String,
    pub resource: Option<String>,
    pub actions: Option<Vec<String>>,
    pub conditions: Conditions,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    pub name: String,
    pub permissions: Vec<Permission>,
    pub inherits: Vec<String>,
}

/// What a role lists under its permissions.
#[derive(Clone, Debug, PartialEq)]
pub enum Permission {
    Custom(String),
    Rule(RoleRule),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleRule {
    pub resource: String,
    pub actions: Vec<String>,
    pub scope: Option<String>,
    pub conditions: Conditions,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Team {
    pub name: String,
    pub parent: Option<String>,
    pub inheritance: Option<bool>,
    /// A user and the role they have in the team.
    pub members: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    pub user: Option<String>,
    pub team: Option<String>,
    pub role: Option<String>,
    pub permission: Option<String>,
    pub project: Option<String>,
    pub not_before: Option<Timestamp>,
    pub expires: Option<Timestamp>,
    pub emergency: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    pub name: String,
    pub priority: Option<i64>,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    pub allow: bool,
    pub actions: Vec<String>,
    pub resources: Vec<String>,
    pub conditions: Conditions,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamBased {
    pub base_role: String,
    pub inheritance: Option<bool>,
    pub scope: Option<String>,
    pub escalation: Option<Escalation>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Escalation {
    pub conditions: Vec<String>,
    pub escalate_to: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progressive {
    pub resource: Option<String>,
    pub levels: Vec<Level>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    pub name: String,
    pub permissions: Vec<String>,
    pub requirements: Vec<String>,
    /// As in `2_weeks`.
    pub duration: Option<(u32, &'static str)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    pub id: String,
    pub internal: Option<bool>,
    pub roles: Vec<String>,
    pub entity: Option<String>,
    pub attributes: Attributes,
    pub progress: Option<Progress>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    pub started_at: Option<Timestamp>,
    pub completed: Vec<String>,
}

pub type Conditions = Vec<Condition>;

#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub key: String,
    /// All of them must hold.
    pub checks: Vec<Check>,
    /// Written as the scalar or list alone, where the one check is `eq` or `in`.
    pub brief: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub op: Op,
    /// One for all operators but `in` and `notIn`; for `exists` a boolean.
    pub operands: Vec<Operand>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Value(Scalar),
    /// `${user.NAME}`.
    Template(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Eq,
    Ne,
    In,
    NotIn,
    Gt,
    Gte,
    Lt,
    Lte,
    Glob,
    Exists,
}

impl Op {
    pub fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::In => "in",
            Self::NotIn => "notIn",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::Glob => "glob",
            Self::Exists => "exists",
        }
    }
}

impl World {
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == name)
    }

    pub fn team(&self, name: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.name == name)
    }

    pub fn custom(&self, name: &str) -> &Custom {
        self.customs.iter().find(|custom| custom.name == name).expect("the custom permission is defined")
    }

    pub fn user(&self, id: &str) -> &User {
        self.users.iter().find(|user| user.id == id).expect("the user is defined")
    }

    /// Every condition of the world, wherever it stands.
    pub fn conditions_mut(&mut self) -> Vec<&mut Conditions> {
        let mut all: Vec<&mut Conditions> = self.conditions.iter_mut().map(|(_, conditions)| conditions).collect();
        all.extend(self.customs.iter_mut().map(|custom| &mut custom.conditions));
        all.extend(self.policies.iter_mut().flat_map(|policy| &mut policy.rules).map(|rule| &mut rule.conditions));
        let permissions = self.roles.iter_mut().flat_map(|role| &mut role.permissions);
        all.extend(permissions.filter_map(|permission| match permission {
            Permission::Rule(rule) => Some(&mut rule.conditions),
            Permission::Custom(_) => None,
        }));
        all
    }
}
