//! Roles: what who holds one may do.

use std::sync::Arc;

use super::condition::Conditions;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Spanned;
use crate::model::fields::{Fields, Shape, check_name, deciding, deciding_also, known, unknown_value, wrong_type};
use crate::model::names::{Name, Names};
use crate::parse::{Node, Value};
use crate::source::Span;

/// A role.
#[derive(Debug)]
pub struct Role {
    /// Its name.
    pub name: Name,
    /// The mapping.
    pub span: Span,
    /// The roles whose permissions it has too.
    pub inherits: Vec<Name>,
    /// Its own.
    pub permissions: Vec<RolePermission>,
}

/// An entry of a role's permissions.
#[derive(Debug)]
pub enum RolePermission {
    /// Actions on a type.
    Actions(ActionPermission),
    /// A custom permission, by name.
    Custom(Name),
}

/// Actions on a type, within a scope, under conditions.
#[derive(Debug)]
pub struct ActionPermission {
    /// The mapping.
    pub span: Span,
    /// The type.
    pub resource: Name,
    /// The actions.
    pub actions: Arc<Names>,
    /// On which resources; all of them if not written.
    pub scope: Option<Spanned<Scope>>,
    /// Under which conditions.
    pub conditions: Conditions,
}

/// Which resources a permission is about, of those that a holding reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// Those the user owns.
    Own,
    /// Those of teams the user is a member of or assigned to.
    AssignedTeams,
    /// Those of the team.
    TeamResources,
    /// Those of the team that are of this type.
    TeamType(Box<str>),
}

impl Scope {
    /// The word in the files.
    pub fn name(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Own => "own".to_owned(),
            Self::AssignedTeams => "assigned_teams".to_owned(),
            Self::TeamResources => "team_resources".to_owned(),
            Self::TeamType(kind) => format!("team_{kind}s"),
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        match name {
            "all" => Some(Self::All),
            "own" => Some(Self::Own),
            "assigned_teams" => Some(Self::AssignedTeams),
            "team_resources" => Some(Self::TeamResources),
            _ => {
                let kind = name.strip_prefix("team_")?.strip_suffix('s')?;
                (!kind.is_empty()).then(|| Self::TeamType(kind.into()))
            }
        }
    }

    /// Reads the field `scope`. Whether the type in a team's scope exists shows later.
    pub(super) fn read(fields: &Fields<'_>, problems: &mut Vec<Diagnostic>) -> Option<Spanned<Self>> {
        let word = fields.text("scope", problems)?;
        match Self::of_name(&word.value) {
            Some(value) => Some(Spanned { value, span: word.span }),
            None => {
                problems.push(no_scope(&word.value, word.span, "TYPE"));
                None
            }
        }
    }
}

/// The problem of a word that is no scope.
pub(super) fn no_scope(word: &str, span: Span, kind: &str) -> Diagnostic {
    let mut problem = unknown_value(word, span, "scope", &["all", "own", "assigned_teams", "team_resources", &format!("team_{kind}s")]);
    // Where the type is not known its place is no suggestion.
    problem.label = problem.label.filter(|label| !label.contains("TYPE"));
    problem
}

const ROLE: Shape = Shape {
    what: "a role",
    fields: &[deciding_also("role", "name"), deciding("permissions"), deciding("inherits"), deciding("level"), known("description")],
};

const PERMISSION: Shape = Shape {
    what: "a role's permission",
    fields: &[deciding("resource"), deciding("actions"), deciding("scope"), deciding("conditions"), known("description")],
};

impl Role {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = ROLE.read(node, problems)?;
        let name = fields.required("role", problems);
        fields.word("level", &["organization", "team"], problems);
        let inherits = fields.names("inherits", problems);
        if fields.node("permissions").is_none() && fields.node("inherits").is_none() {
            problems.push(
                Diagnostic::new(Code::MissingField, fields.span, "a role needs the field `permissions`, or `inherits`")
                    .help("write `permissions: []` for a role that grants nothing by itself"),
            );
        }
        let mut permissions = Vec::new();
        if let Some((_, items)) = fields.list("permissions", problems) {
            permissions.extend(items.iter().filter_map(|item| RolePermission::read(item, problems)));
        }
        let inherits = inherits.map(|list| list.to_names()).unwrap_or_default();
        Some(Self { name: name?, span: node.span, inherits, permissions })
    }
}

impl RolePermission {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            Value::Scalar(text, _) if !node.is_null() => {
                let name = Name { value: text.clone(), span: node.span };
                check_name(&name, "the name of a custom permission", problems);
                Some(Self::Custom(name))
            }
            Value::Map(_) => ActionPermission::read(node, problems).map(Self::Actions),
            _ => {
                let expected = "a mapping with `resource` and `actions`, or the name of a custom permission";
                problems.push(wrong_type(node, "an entry of `permissions`", expected));
                None
            }
        }
    }
}

impl ActionPermission {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = PERMISSION.read(node, problems)?;
        let resource = fields.required("resource", problems);
        let actions = fields.names("actions", problems);
        if fields.node("actions").is_none() {
            problems.push(Diagnostic::new(Code::MissingField, fields.span, "a role's permission needs the field `actions`"));
        }
        let scope = Scope::read(&fields, problems);
        if let (Some(scope), Some(resource)) = (&scope, &resource)
            && let Scope::TeamType(kind) = &scope.value
            && *kind != resource.value
        {
            problems.push(no_scope(&scope.value.name(), scope.span, &resource.value));
        }
        let conditions = fields.node("conditions").map(|node| Conditions::read(node, problems));
        Some(Self {
            span: node.span,
            resource: resource?,
            actions: actions?,
            scope,
            conditions: conditions.unwrap_or_else(|| Conditions::none(node.span)),
        })
    }
}
