//! Types of resources, their instances, and custom permissions on them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::attributes::Attributes;
use super::condition::{Conditions, Key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::fields::{Shape, deciding, known};
use crate::model::names::{Name, Names};
use crate::parse::Node;
use crate::source::Span;

/// The type that is always there: each team is an instance of it.
pub const TEAM: &str = "team";

/// The name under which chat apps can be asked about as resources.
pub const CHAT_APP: &str = "chat-app";

/// Names that mean something else where a type is named.
const RESERVED: &[&str] = &["user", "site", CHAT_APP];

/// Characters that targets are written with.
const SEPARATORS: [char; 6] = ['/', '#', ':', '{', '}', '.'];

/// A type as declared.
#[derive(Debug)]
pub struct Declaration {
    /// Its name.
    pub resource: Name,
    /// Its actions.
    pub actions: Arc<Names>,
}

/// A type with all its actions.
#[derive(Debug, Default)]
pub struct ResourceType {
    /// Where it is declared; `team` need not be.
    pub declared: Option<Span>,
    /// The actions: those declared, and those that custom permissions add.
    pub actions: BTreeSet<Box<str>>,
}

/// One resource.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Its type.
    pub resource: Name,
    /// Its id, unique among those of its type.
    pub id: Name,
    /// Its attributes.
    pub attributes: Arc<Attributes>,
}

/// A permission with a name of its own.
#[derive(Debug)]
pub struct CustomPermission {
    /// Its name.
    pub name: Name,
    /// The mapping.
    pub span: Span,
    /// The type; if not written, the one declared type with which a condition's key begins.
    pub resource: Option<Name>,
    /// The actions; if not written, one that is named like the permission.
    pub actions: Option<Arc<Names>>,
    /// When it gives them.
    pub conditions: Conditions,
}

const DECLARATION: Shape =
    Shape { what: "a resource type", fields: &[deciding("resource"), deciding("permissions"), known("description"), known("name")] };

const INSTANCE: Shape = Shape {
    what: "an instance",
    fields: &[deciding("resource"), deciding("id"), deciding("attributes"), known("description"), known("title")],
};

const CUSTOM: Shape = Shape {
    what: "a custom permission",
    fields: &[deciding("name"), deciding("resource"), deciding("actions"), deciding("conditions"), known("description")],
};

/// Refuses a name that could not be told apart in a target.
pub(super) fn check_plain(name: &Name, what: &str, problems: &mut Vec<Diagnostic>) {
    if let Some(found) = name.value.chars().find(|found| SEPARATORS.contains(found)) {
        problems.push(
            Diagnostic::new(Code::ResourceNameCharacter, name.span, format!("{what} contains `{found}`")).help(
                "targets such as `ticket:T-42#view` are written with it: `/`, `#`, `:`, `{`, `}` and `.` cannot be part of such a name",
            ),
        );
    }
}

impl Declaration {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = DECLARATION.read(node, problems)?;
        let resource = fields.required("resource", problems);
        let actions = fields.names("permissions", problems);
        if fields.node("permissions").is_none() {
            problems.push(Diagnostic::new(Code::MissingField, fields.span, "a resource type needs the field `permissions`: its actions"));
        }
        let (resource, actions) = (resource?, actions?);
        check_plain(&resource, "this type's name", problems);
        if RESERVED.contains(&&*resource.value) {
            let problem = Diagnostic::new(Code::ReservedName, resource.span, format!("a type cannot be called `{}`", resource.value));
            problems.push(problem.help("that name means something else in targets and conditions: give the type another one"));
        }
        actions.to_names().iter().for_each(|action| check_plain(action, "this action's name", problems));
        Some(Self { resource, actions })
    }
}

impl Instance {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = INSTANCE.read(node, problems)?;
        let resource = fields.required("resource", problems);
        let id = fields.required("id", problems);
        let attributes = fields.node("attributes").map(|node| Attributes::of_resource(node, problems)).unwrap_or_default();
        Some(Self { resource: resource?, id: id?, attributes: Arc::new(attributes) })
    }

    /// A team as an instance of the type `team`.
    pub(super) fn of_team(team: &Name) -> Self {
        let resource = Name { value: TEAM.into(), span: team.span };
        Self { resource, id: team.clone(), attributes: Arc::new(Attributes::of_team(team)) }
    }
}

impl CustomPermission {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = CUSTOM.read(node, problems)?;
        let name = fields.required("name", problems);
        let resource = fields.name("resource", problems);
        let actions = fields.names("actions", problems);
        let conditions = fields.node("conditions").map(|node| Conditions::read(node, problems));
        if conditions.is_none() {
            problems.push(
                Diagnostic::new(Code::MissingField, fields.span, "a custom permission needs the field `conditions`")
                    .help("write `conditions: {}` for one that holds without any"),
            );
        }
        let (name, conditions) = (name?, conditions?);
        match &actions {
            Some(actions) => actions.to_names().iter().for_each(|action| check_plain(action, "this action's name", problems)),
            None => check_plain(&name, "this permission's name is also its action, and", problems),
        }
        Some(Self { name, span: node.span, resource, actions, conditions })
    }

    /// The types with which the conditions' keys begin.
    pub(super) fn prefixes(&self) -> BTreeSet<&str> {
        let kind = |key| match key {
            &Key::Resource { kind: Some(ref kind), .. } => Some(&**kind),
            _ => None,
        };
        self.conditions.all.iter().filter_map(|condition| kind(&condition.key)).collect()
    }
}
