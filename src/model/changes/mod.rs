//! Changes to definitions: what a question supposes to be added, replaced or removed.
//!
//! A document of changes is a mapping of `add`, `replace` and `remove`, each a mapping of kinds. Under `add` and `replace` stand whole
//! definitions, under `remove` what names them; of the site's features, of which there is one definition, its keys. What comes of it is checked as if it were written so.

mod defined;
mod site;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::permissions::{Assignment, Pattern};
use super::{Name, Override, Records, near};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Entry, KINDS, Node, Value, spelling::camel};
use crate::source::Span;
use defined::Defined;

/// What the change is, as its key says.
const CHANGES: [&str; 3] = ["add", "replace", "remove"];

impl Records {
    /// Makes the changes of a document, and says whether there are any.
    pub fn change(&mut self, document: Node, problems: &mut Vec<Diagnostic>) -> bool {
        self.detach();
        if document.is_null() {
            return false;
        }
        let span = document.span;
        let Value::Map(entries) = document.value else {
            problems.push(unclear(span, "a document of changes is a mapping"));
            return true;
        };
        let mut kinds = entries.iter().flat_map(|entry| entry.value.entries().unwrap_or_default());
        let changes = kinds.any(|kind| !is_empty(&kind.value));
        for entry in entries.into_iter().filter(|entry| !entry.value.is_null()) {
            if entry.value.entries().is_none() {
                problems.push(unclear(entry.value.span, &format!("what stands under `{}` is not a mapping of kinds", entry.key)));
                continue;
            }
            match &*entry.key {
                "add" => self.add_all(entry.value, problems),
                "replace" => self.replace_all(entry.value, problems),
                "remove" => self.remove_all(&entry.value, problems),
                other => {
                    let problem = unclear(entry.key_span, &format!("there is no change `{other}`"));
                    problems.push(match near::suggestion(other, CHANGES) {
                        Some(suggestion) => problem.label(suggestion),
                        None => problem,
                    });
                }
            }
        }
        changes
    }

    /// Takes overrides out of their apps: wherever one stands, it is a definition of its own. Gives the apps that had one.
    fn detach(&mut self) -> HashSet<Box<str>> {
        let mut apps = HashSet::new();
        for app in &mut self.apps {
            let Some(mut overriding) = app.overriding.take() else { continue };
            apps.insert(app.id.value.clone());
            overriding.app.get_or_insert_with(|| Name { value: app.id.value.clone(), span: overriding.rules.span });
            self.overrides.push(*overriding);
        }
        apps
    }

    /// Definitions of a mapping of kinds. Also the apps whose overrides stand inside them.
    fn of_kinds(mut kinds: Node, problems: &mut Vec<Diagnostic>) -> (Self, HashSet<Box<str>>) {
        let mut found = Self::default();
        if let Value::Map(entries) = &mut kinds.value {
            // What is no kind here is a problem, where a file may have keys that nobody knows; it is one problem.
            entries.retain(|entry| {
                let is_kind = KINDS.contains(&&*camel(&entry.key));
                if !is_kind {
                    problems.push(no_kind(&entry.key, entry.key_span));
                }
                is_kind
            });
        }
        found.kinds(kinds, problems);
        let inside = found.detach();
        (found, inside)
    }

    fn add_all(&mut self, kinds: Node, problems: &mut Vec<Diagnostic>) {
        let (added, _) = Self::of_kinds(kinds, problems);
        // The second of a name is found when all is put together.
        self.lost |= added.lost;
        site::add(&mut self.site, added.site, problems);
        self.apps.extend(added.apps);
        self.overrides.extend(added.overrides);
        self.users.extend(added.users);
        let (all, added) = (&mut self.permissions, added.permissions);
        all.declarations.extend(added.declarations);
        all.instances.extend(added.instances);
        all.custom.extend(added.custom);
        all.roles.extend(added.roles);
        all.teams.extend(added.teams);
        all.assignments.extend(added.assignments);
        all.policies.extend(added.policies);
        all.patterns.extend(added.patterns);
        all.conditions.extend(added.conditions);
    }

    fn replace_all(&mut self, kinds: Node, problems: &mut Vec<Diagnostic>) {
        let (new, inside) = Self::of_kinds(kinds, problems);
        self.lost |= new.lost;
        site::replace(&mut self.site, new.site, problems);
        // One that comes inside its app may be the first.
        let known: HashSet<Box<str>> = self.overrides.iter().filter_map(|known| Some(known.app.as_ref()?.value.clone())).collect();
        let is_first = |one: &Override| one.app.as_ref().is_some_and(|app| inside.contains(&app.value) && !known.contains(&app.value));
        let (first, others): (Vec<Override>, Vec<Override>) = new.overrides.into_iter().partition(is_first);
        self.overrides.extend(first);
        replace(&mut self.overrides, others, problems);
        replace(&mut self.apps, new.apps, problems);
        replace(&mut self.users, new.users, problems);
        let (all, new) = (&mut self.permissions, new.permissions);
        replace(&mut all.declarations, new.declarations, problems);
        replace(&mut all.instances, new.instances, problems);
        replace(&mut all.custom, new.custom, problems);
        replace(&mut all.roles, new.roles, problems);
        replace(&mut all.teams, new.teams, problems);
        replace_assignments(&mut all.assignments, new.assignments, problems);
        replace(&mut all.policies, new.policies, problems);
        replace(&mut all.conditions, new.conditions, problems);
        for pattern in new.patterns {
            match all.patterns.iter_mut().find(|known| known.is_of_kind(&pattern)) {
                Some(known) => *known = pattern,
                None => problems.push(missing("pattern", pattern.name(), pattern.place(), "replace", 0, std::iter::empty())),
            }
        }
    }

    fn remove_all(&mut self, kinds: &Node, problems: &mut Vec<Diagnostic>) {
        // An app goes with its override, which can be named too.
        let is_override = |entry: &&Entry| camel(&entry.key) == "overrides";
        let entries = kinds.entries().unwrap_or_default().iter().filter(|entry| !entry.value.is_null());
        let (overrides, others): (Vec<&Entry>, Vec<&Entry>) = entries.partition(is_override);
        for entry in overrides.into_iter().chain(others) {
            let Value::List(named) = &entry.value.value else {
                problems.push(unclear(entry.value.span, &format!("what is removed from `{}` is a list of names", entry.key)));
                continue;
            };
            if let Some(null) = named.iter().find(|node| node.is_null()) {
                problems.push(unclear(null.span, "a name is missing here"));
                continue;
            }
            let all = &mut self.permissions;
            match &*camel(&entry.key) {
                "chatApps" => self.remove_apps(named, problems),
                "overrides" => remove(&mut self.overrides, named, problems),
                "users" => remove(&mut self.users, named, problems),
                "resources" => remove(&mut all.declarations, named, problems),
                "instances" => remove(&mut all.instances, named, problems),
                "permissions" => remove(&mut all.custom, named, problems),
                "roles" => remove(&mut all.roles, named, problems),
                "teams" => remove(&mut all.teams, named, problems),
                "policies" => remove(&mut all.policies, named, problems),
                "conditions" => remove(&mut all.conditions, named, problems),
                "assignments" => remove_assignments(&mut all.assignments, named, problems),
                "patterns" => self.remove_patterns(named, problems),
                "siteFeatures" => site::remove(&mut self.site, named, problems),
                _ => problems.push(no_kind(&entry.key, entry.key_span)),
            }
        }
    }

    /// An app goes with its override.
    fn remove_apps(&mut self, named: &[Node], problems: &mut Vec<Diagnostic>) {
        remove(&mut self.apps, named, problems);
        let gone: HashSet<&str> = named.iter().filter_map(Node::text).collect();
        self.overrides.retain(|known| known.app.as_ref().is_none_or(|app| !gone.contains(&*app.value)));
    }

    fn remove_patterns(&mut self, named: &[Node], problems: &mut Vec<Diagnostic>) {
        for node in named {
            let Some(name) = node.text() else {
                problems.push(unclear(node.span, "a pattern is removed by its name"));
                continue;
            };
            let patterns = &mut self.permissions.patterns;
            let before = patterns.len();
            patterns.retain(|known| known.name() != name);
            if patterns.len() == before {
                problems.push(missing("pattern", name, node.span, "remove", problems.len(), patterns.iter().map(Pattern::name)));
            }
        }
    }
}

/// Whether there is nothing under a key.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Map(entries) => entries.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Scalar(..) => node.is_null(),
    }
}

/// The definitions by what they are known by.
fn places<T: Defined>(all: &[T]) -> HashMap<String, usize> {
    let mut places = HashMap::with_capacity(all.len());
    for (at, one) in all.iter().enumerate() {
        if let Some(key) = one.key() {
            places.entry(key.into_owned()).or_insert(at);
        }
    }
    places
}

/// Puts new definitions in the places of those of the same name.
fn replace<T: Defined>(all: &mut [T], new: Vec<T>, problems: &mut Vec<Diagnostic>) {
    if new.is_empty() {
        return;
    }
    let places = places(all);
    let mut seen: HashMap<usize, Span> = HashMap::new();
    for one in new {
        let at = one.key().and_then(|key| places.get(&*key)).copied();
        let Some((at, known)) = at.and_then(|at| Some((at, all.get_mut(at)?))) else {
            let key = one.key().unwrap_or_default();
            problems.push(missing(T::WHAT, &key, one.place(), "replace", problems.len(), places.keys().map(String::as_str)));
            continue;
        };
        if let Some(first) = seen.insert(at, one.place()) {
            let message = format!("the {} `{}` is replaced twice", T::WHAT, one.key().unwrap_or_default());
            problems.push(Diagnostic::new(Code::DuplicateId, one.place(), message).label("again here").related(first, "first here"));
        }
        *known = one;
    }
}

/// Puts new assignments in the places of all that give the same to the same, with the same team and project.
fn replace_assignments(all: &mut Vec<Assignment>, new: Vec<Assignment>, problems: &mut Vec<Diagnostic>) {
    let known: HashSet<String> = all.iter().filter_map(|one| one.key().map(Cow::into_owned)).collect();
    let mut replaced: HashSet<String> = HashSet::new();
    for one in &new {
        let key = one.key().unwrap_or_default().into_owned();
        if known.contains(&key) {
            replaced.insert(key);
        } else {
            problems.push(missing(Assignment::WHAT, &key, one.place(), "replace", problems.len(), known.iter().map(String::as_str)));
        }
    }
    all.retain(|one| one.key().is_none_or(|key| !replaced.contains(&*key)));
    all.extend(new);
}

/// Takes out assignments, which have no name: who is given what tells one, and when it counts where that is written.
fn remove_assignments(all: &mut Vec<Assignment>, named: &[Node], problems: &mut Vec<Diagnostic>) {
    let mut meant: HashMap<String, Vec<(Assignment, bool)>> = HashMap::new();
    for one in named.iter().filter_map(|node| Assignment::read(node, problems)) {
        let key = one.key().unwrap_or_default().into_owned();
        meant.entry(key).or_default().push((one, false));
    }
    all.retain(|known| {
        let of_key = known.key().and_then(|key| meant.get_mut(&*key)).into_iter().flatten();
        let mut is_meant = false;
        for (_, found) in of_key.filter(|(one, _)| !one.terms.says_when() || one.terms.counts_as(&known.terms)) {
            (*found, is_meant) = (true, true);
        }
        !is_meant
    });
    let keys: Vec<String> = all.iter().filter_map(|one| one.key().map(Cow::into_owned)).collect();
    for (key, one) in meant.iter().flat_map(|(key, all)| all.iter().map(move |one| (key, one))) {
        if let (one, false) = one {
            problems.push(missing(Assignment::WHAT, key, one.place(), "remove", problems.len(), keys.iter().map(String::as_str)));
        }
    }
}

/// Takes out what is named.
fn remove<T: Defined>(all: &mut Vec<T>, named: &[Node], problems: &mut Vec<Diagnostic>) {
    let places = places(all);
    let mut gone = vec![false; all.len()];
    for node in named {
        let Some(name) = node.text() else {
            problems.push(unclear(node.span, &format!("what is removed is named, and this is no name of the kind `{}`", T::WHAT)));
            continue;
        };
        let name = T::plain(name);
        match places.get(name).and_then(|at| gone.get_mut(*at)) {
            Some(gone) => *gone = true,
            None => problems.push(missing(T::WHAT, name, node.span, "remove", problems.len(), places.keys().map(String::as_str))),
        }
    }
    let mut gone = gone.into_iter();
    all.retain(|_| !gone.next().unwrap_or(false));
}

/// After so many problems no further name is compared with all others.
const SUGGESTIONS: usize = 20;

fn missing<'k>(what: &str, name: &str, span: Span, change: &str, before: usize, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let problem = Diagnostic::new(Code::DanglingReference, span, format!("there is no {what} `{name}` to {change}"));
    match near::suggestion(name, known.take(if before < SUGGESTIONS { usize::MAX } else { 0 })) {
        Some(suggestion) => problem.label(suggestion),
        None => problem,
    }
}

fn unclear(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownDocument, span, message)
        .help("changes are `add`, `replace` and `remove`, each a mapping of kinds such as `users`, `chatApps`, `overrides`, `roles`")
}

fn no_kind(kind: &str, span: Span) -> Diagnostic {
    let problem = unclear(span, &format!("there is no kind of definitions `{kind}`"));
    match near::suggestion(kind, KINDS.iter().copied()) {
        Some(suggestion) => problem.label(suggestion),
        None => problem,
    }
}
