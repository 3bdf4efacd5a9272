//! One edit: a change of one definition, as data.

use jiff::Timestamp;

use super::Kind;
use crate::compile::{Held, Supposed};
use crate::model::permissions::{Assignment, Value};
use crate::parse::Node;

/// The definition that an edit changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Of {
    /// The user.
    User,
    /// The app.
    App,
    /// The app's override.
    Override,
    /// What the site says under a key.
    Site(String),
    /// The site's features as a whole: a key that is not there yet.
    SiteFeatures,
    /// The assignments.
    Assignments,
    /// A team.
    Team(String),
}

impl Of {
    /// The name in machine formats.
    pub fn name(&self) -> &'static str {
        match self {
            Self::User => "user",
            Self::App => "app",
            Self::Override => "override",
            Self::Site(_) | Self::SiteFeatures => "site",
            Self::Assignments => "assignment",
            Self::Team(_) => "team",
        }
    }
}

/// What an edit writes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// A name is added to a list.
    Add(String),
    /// A name is taken out of a list.
    Take(String),
    /// A text is set.
    Set(String),
    /// A value is set that may be no text.
    SetValue(Value),
    /// A switch is turned on.
    On,
    /// The field, or the definition, goes.
    Out,
    /// An assignment of something to the user.
    Grant {
        /// What is given.
        held: Held,
        /// The team it reaches; every resource without one.
        team: Option<String>,
        /// From when until when; without an end if nothing is said.
        window: Option<(Timestamp, Timestamp)>,
    },
    /// A membership with a role.
    Join(String),
}

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What it does.
    pub kind: Kind,
    /// Which definition it changes.
    pub of: Of,
    /// The field there, key by key, each by its first name; empty where it is the definition itself.
    pub path: Vec<String>,
    /// What is written there.
    pub act: Act,
    /// Other values that do the same, in byte order; this edit's own is not among them.
    pub others: Vec<String>,
}

impl Edit {
    /// An edit of a field.
    pub(super) fn new(kind: Kind, of: Of, path: &[&str], act: Act) -> Self {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        Self { kind, of, path, act, others: Vec::new() }
    }

    /// Whether two edits cannot be made together: both are about one field, or one about what the other takes out or makes. Several
    /// names can be added to one list.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        let both_add = matches!((&self.act, &other.act), (Act::Add(one), Act::Add(two)) if one != two);
        let starts = |long: &[String], short: &[String]| long.starts_with(short);
        self.of == other.of && !both_add && (starts(&self.path, &other.path) || starts(&other.path, &self.path))
    }

    /// The field as it is written: below the features for what the site says under a key.
    pub fn field(&self) -> String {
        let key = if let Of::Site(key) = &self.of { Some(key.as_str()) } else { None };
        let path = self.path.iter().map(String::as_str);
        key.into_iter().chain(path).collect::<Vec<_>>().join(".")
    }

    /// The name that is added, set or given; none for a switch and for what goes.
    pub fn name(&self) -> Option<&str> {
        match &self.act {
            Act::Add(name) | Act::Take(name) | Act::Set(name) | Act::Join(name) => Some(name),
            Act::SetValue(value) => Some(value.text()),
            Act::Grant { held, .. } => Some(held.name()),
            Act::On | Act::Out => None,
        }
    }

    /// What type the value is of that it sets: values of one type alone can stand for one another.
    pub(super) fn what(&self) -> &'static str {
        if let Act::SetValue(value) = &self.act { value.what() } else { "text" }
    }

    /// The fields of an assignment that it writes for a user, in order.
    pub(super) fn assignment(&self, user: &str) -> Option<Vec<(&'static str, String)>> {
        let Act::Grant { held, team, window } = &self.act else { return None };
        let given = match held {
            Held::Role(role) => ("role", role.to_string()),
            Held::Permission(permission) => ("permission", permission.to_string()),
        };
        let mut fields = vec![("user", user.to_owned()), given];
        fields.extend(team.as_ref().map(|team| ("team", team.clone())));
        if let Some((from, to)) = window {
            fields.extend([("notBefore", from.to_string()), ("expires", to.to_string())]);
        }
        Some(fields)
    }

    /// What it gives to a user, for questions that take it to be given.
    pub(super) fn supposed(&self, user: &str) -> Option<Supposed> {
        match (&self.act, &self.of) {
            (Act::Grant { .. }, _) => {
                let fields = self.assignment(user)?;
                let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
                Assignment::of_tree(&Node::of_texts(&fields)).map(Supposed::Assignment)
            }
            (Act::Join(role), Of::Team(team)) => Some(Supposed::Member { team: team.clone(), user: user.to_owned(), role: role.clone() }),
            _ => None,
        }
    }

    /// The key of the site's features that it is about.
    pub fn site_key(&self) -> Option<&str> {
        match &self.of {
            Of::Site(key) => Some(key),
            Of::SiteFeatures => self.path.first().map(String::as_str),
            _ => None,
        }
    }

    /// Whether it changes where entities are found, for everybody.
    pub(super) fn is_of_entities(&self) -> bool {
        matches!(&self.of, Of::Site(key) if key == "entity")
    }

    /// Whether it gives something to the user by name, beside the user's own definition.
    pub(super) fn gives(&self) -> bool {
        matches!(self.of, Of::Assignments | Of::Team(_))
    }

    /// All values that do, its own first.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.name().map(str::to_owned).into_iter().chain(self.others.iter().cloned())
    }

    /// The same edit with another of the values that do as well.
    #[must_use]
    pub(super) fn with_name(&self, name: &str) -> Self {
        let act = match &self.act {
            Act::Add(_) => Act::Add(name.to_owned()),
            Act::Take(_) => Act::Take(name.to_owned()),
            Act::Set(_) => Act::Set(name.to_owned()),
            Act::SetValue(value) => Act::SetValue(value.like(name)),
            Act::Join(_) => Act::Join(name.to_owned()),
            Act::Grant { held, team, window } => {
                let held = match held {
                    Held::Role(_) => Held::Role(name.into()),
                    Held::Permission(_) => Held::Permission(name.into()),
                };
                Act::Grant { held, team: team.clone(), window: *window }
            }
            Act::On => Act::On,
            Act::Out => Act::Out,
        };
        Self { act, others: Vec::new(), ..self.clone() }
    }
}
