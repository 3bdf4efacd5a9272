//! Resource permissions as defined: types and instances, roles, teams, assignments, policies, patterns and conditions.

mod assignment;
mod attributes;
mod condition;
mod definitions;
mod number;
mod operator;
mod pattern;
mod policy;
mod references;
mod resource;
mod role;
mod rounds;
mod team;
mod value;

pub use assignment::{Assignee, Assignment, Granted, Terms};
pub use attributes::{Attribute, Attributes, OWNER, PROJECT, TEAM_ID};
pub use condition::{Condition, Conditions, Key, Operand, Test, UserKey};
pub use definitions::{Definitions, Permissions};
pub use number::Number;
pub use operator::Operator;
pub use pattern::{Escalation, Level, Pattern, Progressive, TeamBased};
pub use policy::{Effect, Policy, PolicyRule};
pub(in crate::model) use references::Users;
pub use references::inline_attributes;
pub use resource::{CHAT_APP, CustomPermission, Declaration, Instance, ResourceType, TEAM};
pub use role::{ActionPermission, Role, RolePermission, Scope};
pub use team::{Member, Team};
pub use value::Value;
