//! Users as people know them: by name, by e-mail, by something in their custom data. None of it decides anything.

use super::fields::Fields;
use super::{User, Workspace};
use crate::parse::{Node, Value};

/// What people call a user.
#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    first_name: Option<Box<str>>,
    last_name: Option<Box<str>>,
    email: Option<Box<str>>,
}

/// A user who was found by something else than the id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called<'w> {
    /// The id.
    pub id: &'w str,
    /// By what, in words that follow the id.
    pub by: String,
}

impl Person {
    /// Reads what is there as text. What is not text names nobody, and is no problem.
    pub(super) fn read(fields: &Fields<'_>) -> Option<Box<Self>> {
        let text = |name| fields.node(name).and_then(Node::text).filter(|text| !text.trim().is_empty()).map(Box::from);
        let person = Self { first_name: text("firstName"), last_name: text("lastName"), email: text("email") };
        let nothing = Self { first_name: None, last_name: None, email: None };
        (person != nothing).then(|| Box::new(person))
    }

    /// The e-mail address.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// First name and last name, as far as they are known; empty if neither is.
    pub fn name(&self) -> String {
        [&self.first_name, &self.last_name].into_iter().flatten().map(|name| &**name).collect::<Vec<_>>().join(" ")
    }

    /// All by which somebody could look for a user.
    fn names(&self) -> impl Iterator<Item = String> {
        let reversed = match (&self.first_name, &self.last_name) {
            (Some(first), Some(last)) => Some(format!("{last} {first}")),
            _ => None,
        };
        let single = [&self.first_name, &self.last_name, &self.email].into_iter().flatten().map(ToString::to_string);
        let local = self.email.as_ref().and_then(|email| email.split_once('@')).map(|(local, _)| local.to_owned());
        single.chain([self.name()]).chain(reversed).chain(local).collect::<Vec<_>>().into_iter()
    }

    fn in_words(&self) -> String {
        let name = self.name();
        match &self.email {
            Some(email) if name.is_empty() => email.to_string(),
            Some(email) => format!("{name}, {email}"),
            None => name,
        }
    }
}

/// A text as people compare names: case, commas and space aside.
fn plain(text: &str) -> String {
    text.to_lowercase()
        .split(|found: char| found.is_whitespace() || found == ',')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

impl Workspace {
    /// The users who are called so, in the order of their definitions: by a name, by an e-mail address or by a text of their custom
    /// data. Where nobody is, those who have it in one of these.
    pub fn users_called(&self, text: &str) -> Vec<Called<'_>> {
        let wanted = plain(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let exactly = self.called(&|found| plain(found) == wanted);
        // A letter or two are in nearly every name.
        if !exactly.is_empty() || wanted.chars().count() < 3 {
            return exactly;
        }
        self.called(&|found| plain(found).contains(&wanted))
    }

    fn called(&self, fits: &dyn Fn(&str) -> bool) -> Vec<Called<'_>> {
        self.users().iter().filter_map(|user| Some(Called { id: &user.id.as_ref()?.value, by: called(user, fits)? })).collect()
    }
}

/// By what a user fits, if at all.
fn called(user: &User, fits: &dyn Fn(&str) -> bool) -> Option<String> {
    if let Some(person) = user.person.as_ref().filter(|person| person.names().any(|name| fits(&name))) {
        return Some(shortened(&format!("is {}", person.in_words())));
    }
    let (path, value) = within(user.custom_data.as_ref()?, &mut vec!["customData"], fits)?;
    Some(shortened(&format!("has `{path}: {value}`")))
}

/// A text of which so much is shown that people know it again.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 100;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The first text in a value that fits, with its path.
fn within<'n>(node: &'n Node, path: &mut Vec<&'n str>, fits: &dyn Fn(&str) -> bool) -> Option<(String, &'n str)> {
    match &node.value {
        Value::Scalar(text, _) => (!node.is_null() && node.boolean().is_none() && fits(text)).then(|| (path.join("."), &**text)),
        Value::List(items) => items.iter().find_map(|item| within(item, path, fits)),
        Value::Map(entries) => entries.iter().find_map(|entry| {
            path.push(&entry.key);
            let found = within(&entry.value, path, fits);
            path.pop();
            found
        }),
    }
}
