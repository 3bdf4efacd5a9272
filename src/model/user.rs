//! Users.

use super::fields::{Shape, deciding, known, names};
use super::permissions::Attributes;
use super::{Name, Person, Spanned};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{
    Node, Value,
    spelling::{camel, means},
};
use crate::source::{FileId, Span};

/// The two kinds of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserType {
    /// Staff.
    Internal,
    /// Customers and partners; also users without a type.
    External,
}

impl UserType {
    /// The words in the files.
    pub const NAMES: &'static [&'static str] = &["internal-user", "external-user"];

    /// The word in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal-user",
            Self::External => "external-user",
        }
    }

    /// The type that a word means.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "internal-user" => Some(Self::Internal),
            "external-user" => Some(Self::External),
            _ => None,
        }
    }
}

/// One user as defined.
#[derive(Debug)]
pub struct User {
    /// The id, unique in the workspace; absent only for a user given on the command line.
    pub id: Option<Name>,
    /// Where the user is defined.
    pub span: Span,
    /// The type; absent means external.
    pub user_type: Option<Spanned<UserType>>,
    /// The roles.
    pub roles: Vec<Name>,
    /// Custom data, in which the entity is looked up.
    pub custom_data: Option<Node>,
    /// The entity as the published guide's auth example gives it.
    pub entity: Option<Name>,
    /// What conditions of permissions read.
    pub attributes: Attributes,
    /// How far the user has come, where access grows.
    pub progress: Option<Progress>,
    /// What people call the user.
    pub person: Option<Box<Person>>,
}

/// How far a user has come.
#[derive(Debug)]
pub struct Progress {
    /// Where it is written.
    pub span: Span,
    /// When the user started; who never did takes no part.
    pub started_at: Option<Spanned<jiff::Timestamp>>,
    /// What the user has completed.
    pub completed: Vec<Name>,
}

const PROGRESS: Shape = Shape { what: "`progress`", fields: &[deciding("startedAt"), deciding("completed")] };

const CUSTOM_DATA: &str = "customData";

const USER: Shape = Shape {
    what: "a user",
    fields: &[
        deciding("userId"),
        deciding("userType"),
        deciding("roles"),
        deciding(CUSTOM_DATA),
        deciding("entity"),
        deciding("attributes"),
        deciding("progress"),
        known("firstName"),
        known("lastName"),
        known("email"),
        known("lastLogin"),
        known("features"),
        known("userIdPrefix"),
        known("userIdLower"),
        known("viewingContentFor"),
        known("overrideData"),
        known("authData"),
        known("createDate"),
        known("lastUpdate"),
    ],
};

impl User {
    /// Fields that only users have.
    pub(super) const DECIDING: &'static [&'static str] = &["userType", "customData", "attributes", "progress"];

    /// The number of a field that is spelled exactly as it is called.
    pub(crate) fn field(name: &str) -> Option<usize> {
        USER.fields.iter().position(|field| field.name == name)
    }

    pub(super) fn read(mut node: Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut user = Self::without_custom_data(&node, problems)?;
        // It is kept as it was read; a copy of it would be most of a user.
        if let Value::Map(entries) = &mut node.value
            && let Some(at) = entries.iter().position(|entry| means(&entry.key, CUSTOM_DATA))
        {
            let mut data = entries.swap_remove(at).value;
            if let Value::Map(entries) = &mut data.value {
                entries.shrink_to_fit();
                user.custom_data = Some(data);
            }
        }
        Some(user)
    }

    fn without_custom_data(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = USER.read(node, problems)?;
        let user_type = fields.word("userType", UserType::NAMES, problems);
        if let Some(data) = fields.node(CUSTOM_DATA).filter(|data| !matches!(data.value, Value::Map(_))) {
            problems.push(super::fields::wrong_type(data, "`customData`", "a mapping"));
        }
        fields.time("lastLogin", problems);
        let entity = fields.text("entity", problems).filter(|entity| !entity.value.is_empty());
        if let Some(entity) = &entity {
            super::fields::check_name(entity, "`entity`", problems);
        }
        Some(Self {
            id: fields.name("userId", problems),
            span: node.span,
            user_type: user_type.and_then(|word| UserType::of_name(word.value).map(|value| Spanned { value, span: word.span })),
            roles: fields.node("roles").and_then(|node| names(node, "roles", problems)).unwrap_or_default(),
            custom_data: None,
            entity,
            attributes: fields.node("attributes").map(|node| Attributes::of_user(node, problems)).unwrap_or_default(),
            progress: fields.node("progress").and_then(|node| Progress::read(node, problems)),
            person: Person::read(&fields),
        })
    }

    /// A user of whom nothing is known.
    pub(crate) fn unknown() -> Self {
        let span = Span::new(FileId::default(), 0, 0);
        let (attributes, roles) = (Attributes::default(), Vec::new());
        Self { id: None, span, user_type: None, roles, custom_data: None, entity: None, attributes, progress: None, person: None }
    }

    /// The type that counts: users without one are external.
    pub fn effective_type(&self) -> UserType {
        self.user_type.map_or(UserType::External, |user_type| user_type.value)
    }

    /// The value at a dotted path of custom data.
    pub fn custom(&self, path: &str) -> Option<&Node> {
        path.split('.').try_fold(self.custom_data.as_ref()?, |node, step| match &node.value {
            Value::Map(_) => node.get(step),
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            Value::Scalar(..) => None,
        })
    }
}

impl Progress {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = PROGRESS.read(node, problems)?;
        let completed = fields.node("completed").and_then(|node| names(node, "completed", problems)).unwrap_or_default();
        Some(Self { span: node.span, started_at: fields.time("startedAt", problems), completed })
    }
}

/// Reads a user that was given as a mapping on the command line; the id may be missing.
///
/// A person typed it: a field that users do not have was meant to say something, and is refused.
pub fn inline(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<User> {
    let Some(entries) = node.entries() else {
        problems.push(Diagnostic::new(Code::WrongType, node.span, "a user on the command line is an id or a mapping"));
        return None;
    };
    let known = |name: &str| USER.fields.iter().any(|field| field.name == name);
    let before = problems.len();
    let user = User::read(node.clone(), problems);
    // A field that is nearly one that decides has been said to be so.
    if problems.len() == before {
        for entry in entries.iter().filter(|entry| !known(&camel(&entry.key))) {
            let fields = "`userId`, `userType`, `roles`, `customData`, `entity`, `attributes`, `progress`";
            let problem = Diagnostic::new(Code::UnknownField, entry.key_span, format!("a user has no field `{}`", entry.key));
            problems.push(problem.help(format!("a user has the fields {fields}")));
        }
    }
    user
}
