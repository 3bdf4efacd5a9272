//! The definitions of a fixture as values: whose each is, and which keys lead to it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::outline::{At, outline};

/// Whose definition it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    App(String),
    Override(String),
    Site,
    User(String),
}

/// The keys that lead to a value from its holder, in the guide's words.
pub(crate) type Keys = Vec<String>;

/// A value that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) holder: Holder,
    pub(crate) keys: Keys,
    /// Its text, if it is a scalar.
    pub(crate) text: Option<String>,
}

/// The values of all files.
#[derive(Default)]
pub(crate) struct Definitions {
    by_place: HashMap<(String, At), Found>,
    written: BTreeSet<(Holder, Keys)>,
}

impl Definitions {
    pub(crate) fn read(root: &Path, files: impl IntoIterator<Item = String>) -> Self {
        let mut this = Self::default();
        for name in files {
            let text = std::fs::read_to_string(root.join(&name)).expect("the file can be read");
            this.add(&name, &text);
        }
        this
    }

    fn add(&mut self, file: &str, text: &str) {
        let values = outline(file, text);
        let mut records: HashMap<Vec<String>, Holder> = HashMap::new();
        for value in &values {
            let (Some((key, record)), Some(id)) = (value.path.split_last(), &value.text) else { continue };
            let holder = match camel(key).as_str() {
                "userId" => Holder::User(id.clone()),
                "chatAppId" => match id.strip_suffix(":override") {
                    Some(id) => Holder::Override(id.to_owned()),
                    None if file.starts_with("overrides/") => Holder::Override(id.clone()),
                    None => Holder::App(id.clone()),
                },
                _ => continue,
            };
            records.insert(record.to_vec(), holder);
        }
        for value in values {
            let record = (0..=value.path.len()).rev().find_map(|depth| Some((records.get(&value.path[..depth])?, depth)));
            let site = value.path.iter().position(|key| key == "siteFeatures");
            let (holder, keys) = match (record, site) {
                (Some((Holder::App(id), depth)), _) if value.path.get(depth).is_some_and(|key| key == "override") => {
                    (Holder::Override(id.clone()), &value.path[depth + 1..])
                }
                (Some((holder, depth)), _) => (holder.clone(), &value.path[depth..]),
                (None, Some(depth)) => (Holder::Site, &value.path[depth + 1..]),
                (None, None) => continue,
            };
            let keys = in_the_guides_words(keys);
            self.written.insert((holder.clone(), keys.clone()));
            let twice = self.by_place.insert((file.to_owned(), value.at), Found { holder, keys, text: value.text });
            assert!(twice.is_none(), "{file}:{:?} is two values", value.at);
        }
    }

    /// What begins at a place.
    pub(crate) fn at(&self, file: &str, at: At) -> Option<&Found> {
        self.by_place.get(&(file.to_owned(), at))
    }

    /// Whether it is written.
    pub(crate) fn has(&self, holder: &Holder, keys: &[&str]) -> bool {
        self.written.contains(&(holder.clone(), keys.iter().map(|key| (*key).to_owned()).collect()))
    }
}

/// One word for each field: that of the guide, for Pika's stored spelling and for the second vocabulary.
fn in_the_guides_words(keys: &[String]) -> Keys {
    let mut rule = false;
    let word = |key: &String| {
        let key = camel(key);
        rule |= key == "homePageFilterRules" || key == "userChatAppRules";
        match key.as_str() {
            // In home-page rules these are two fields.
            "chatAppUserTypes" if !rule => "userTypes".to_owned(),
            "allowedRoles" => "userRoles".to_owned(),
            "featureOverrides" => "features".to_owned(),
            _ => key,
        }
    };
    keys.iter().map(word).collect()
}

fn camel(key: &str) -> String {
    let mut parts = key.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |camel, part| {
        let (head, tail) = part.split_at(part.len().min(1));
        camel + &head.to_uppercase() + tail
    })
}
