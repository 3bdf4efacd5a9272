//! Attributes: what conditions read of a user or a resource.

use super::value::Value;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::fields::{check_name, wrong_type};
use crate::model::names::Name;
use crate::model::near::is_slip_of;
use crate::parse::{Node, Value as NodeValue, spelling::camel};
use crate::source::Span;

/// The team, or teams, that a resource belongs to.
pub const TEAM_ID: &str = "team_id";
/// The user, or users, who own a resource.
pub const OWNER: &str = "owner";
/// The project, or projects, that a resource belongs to.
pub const PROJECT: &str = "project";

/// Attributes of a resource that name something: text as written, whatever it looks like.
pub(super) const NAMING: &[&str] = &[TEAM_ID, OWNER, PROJECT];

/// What conditions know of a user beside the attributes; no attribute can have one of these names.
pub(super) const RESERVED: &[&str] = &["id", "type", "entity", "team_id", "role"];

/// The attributes of a user or a resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    entries: Vec<Attribute>,
}

/// One attribute: a value, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name as written.
    pub name: Name,
    /// The value's place.
    pub span: Span,
    /// One value, or those of the list.
    pub values: Vec<Value>,
    /// Whether it is written as a list.
    pub is_list: bool,
}

impl Attributes {
    /// The attribute of a name.
    pub fn get(&self, name: &str) -> Option<&Attribute> {
        self.entries.iter().find(|attribute| &*attribute.name.value == name)
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Attribute> {
        self.entries.iter()
    }

    /// Those of a team: it belongs to itself.
    pub fn of_team(team: &Name) -> Self {
        let name = Name { value: TEAM_ID.into(), span: team.span };
        Self { entries: vec![Attribute { name, span: team.span, values: vec![Value::name(&team.value)], is_list: false }] }
    }

    /// Whether an attribute of a resource names something, so that all its values are text.
    pub fn is_naming(name: &str) -> bool {
        NAMING.contains(&name)
    }

    /// Reads a resource's attributes.
    pub(in crate::model) fn of_resource(node: &Node, problems: &mut Vec<Diagnostic>) -> Self {
        let attributes = read(node, NAMING, problems);
        for attribute in attributes.iter() {
            let name = &attribute.name;
            let meant = NAMING.iter().find(|known| **known != &*name.value && camel(known) == camel(&name.value));
            if let Some(meant) = meant {
                problems.push(misspelled(name, meant));
            }
        }
        attributes
    }

    /// Reads a user's attributes.
    pub(in crate::model) fn of_user(node: &Node, problems: &mut Vec<Diagnostic>) -> Self {
        let attributes = read(node, &[], problems);
        for attribute in attributes.iter().filter(|attribute| RESERVED.contains(&&*attribute.name.value)) {
            let name = &attribute.name.value;
            let problem = Diagnostic::new(Code::ReservedName, attribute.name.span, format!("a user cannot have an attribute `{name}`"));
            problems.push(problem.help(format!("conditions take `user.{name}` for something else: give the attribute another name")));
        }
        attributes
    }
}

/// The problem of an attribute that is nearly one that decides.
pub(super) fn misspelled(name: &Name, meant: &str) -> Diagnostic {
    Diagnostic::new(Code::MisspelledField, name.span, format!("the attribute `{}` is nearly `{meant}`", name.value))
        .label(format!("did you mean `{meant}`?"))
        .help(format!("`{meant}` decides access: correct the spelling, or rename the attribute so that nobody takes it for that"))
}

/// The attribute that decides and is nearly this one.
pub(super) fn slip(name: &str) -> Option<&'static str> {
    NAMING.iter().find(|known| **known != name && is_slip_of(name, known)).copied()
}

fn read(node: &Node, naming: &[&str], problems: &mut Vec<Diagnostic>) -> Attributes {
    let Some(entries) = node.entries() else {
        problems.push(wrong_type(node, "`attributes`", "a mapping"));
        return Attributes::default();
    };
    let mut attributes = Attributes::default();
    for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
        let what = format!("the attribute `{}`", entry.key);
        let read = if naming.contains(&&*entry.key) { Value::read_name } else { Value::read };
        let (values, is_list) = match &entry.value.value {
            NodeValue::List(items) => {
                (items.iter().filter_map(|item| read(item, &format!("an entry of {what}"), problems)).collect(), true)
            }
            _ => (read(&entry.value, &what, problems).into_iter().collect(), false),
        };
        let name = Name { value: entry.key.clone(), span: entry.key_span };
        check_name(&name, "the name of an attribute", problems);
        attributes.entries.push(Attribute { name, span: entry.value.span, values, is_list });
    }
    attributes
}
