//! From a change of a definition to steps.

use super::step::{Step, child};
use super::{Change, Value as Written};
use crate::parse::spelling::{camel, means};
use crate::parse::{Entry, Node, Style, Value};
use crate::source::Span;

/// So many items at most are taken out of a list one by one.
const MOST_TAKEN: usize = 200;

/// The mapping in which names are the user's own, and have one spelling.
const OWN: &str = "customData";

/// The steps of a change of the definition at a place.
pub(super) fn steps(definition: &Node, at: &[usize], typed: bool, change: &Change<'_>) -> Option<Vec<Step>> {
    let plan = Plan { definition, at, typed, span: definition.span };
    match change {
        Change::Set { path, value } => plan.set(path, plan.scalar(*value), |found| matches!(found.value, Value::Scalar(..))),
        Change::Add { path, item } => plan.add(path, |_| plan.member(Written::Text(item)), Some(item)),
        Change::Append { path, fields } => plan.add(path, |like| plan.typed("M", plan.mapping(like, fields)), None),
        Change::Take { path, item } => plan.take(path, item),
        Change::Drop { path } => {
            let found = plan.find(path)?;
            let (index, [_]) = (found.index?, found.rest) else { return None };
            Some(vec![Step::Remove { at: joined(&found.at, &[index]) }])
        }
        Change::Remove => Some(vec![Step::Remove { at: at.to_vec() }]),
        Change::Follow { fields } => {
            let (last, into) = at.split_last()?;
            let node = plan.mapping(definition, fields);
            Some(vec![Step::Insert { into: into.to_vec(), at: last + 1, key: None, node }])
        }
    }
}

/// Whether a definition is of DynamoDB: every value says its type.
pub(super) fn is_typed(definition: &Node) -> bool {
    crate::parse::untyped(definition).is_some() && definition.entries().is_some_and(|entries| !entries.is_empty())
}

struct Plan<'n> {
    definition: &'n Node,
    at: &'n [usize],
    typed: bool,
    /// Any span: what is written new has none yet.
    span: Span,
}

/// How far a path leads.
struct Found<'n, 'p> {
    /// The place of the last mapping that is there.
    at: Vec<usize>,
    map: &'n Node,
    /// The entry of it that the path leads to.
    index: Option<usize>,
    /// The keys from that entry on.
    rest: &'p [&'p str],
    /// Whether the entry's name has one spelling.
    own: bool,
}

fn joined(at: &[usize], more: &[usize]) -> Vec<usize> {
    [at, more].concat()
}

impl<'n> Plan<'n> {
    fn find<'p>(&self, path: &'p [&'p str]) -> Option<Found<'n, 'p>> {
        let mut found = Found { at: self.at.to_vec(), map: self.definition, index: None, rest: path, own: false };
        loop {
            let (name, rest) = found.rest.split_first()?;
            let entries = found.map.entries()?;
            let is_name = |key: &str, name: &str| if found.own { key == name } else { means(key, name) };
            let mut indices = entries.iter().enumerate().filter(|(_, entry)| name.split(super::OR).any(|name| is_name(&entry.key, name)));
            let Some((index, entry)) = indices.next() else { return Some(found) };
            // Of two spellings of a name nobody knows which one counts.
            if indices.next().is_some() {
                return None;
            }
            let (inner, value) = self.inner(&entry.value)?;
            if rest.is_empty() || self.is_nothing(entry) {
                found.index = Some(index);
                return Some(found);
            }
            let own = found.own || means(&entry.key, OWN);
            let at = joined(&joined(&found.at, &[index]), inner);
            found = Found { at, map: value, index: None, rest, own };
        }
    }

    /// A value without its type, and the way to it.
    fn inner(&self, node: &'n Node) -> Option<(&'static [usize], &'n Node)> {
        if !self.typed {
            return Some((&[], node));
        }
        Some((&[0], child(node, 0)?))
    }

    /// Whether a value says that there is nothing.
    fn is_nothing(&self, entry: &Entry) -> bool {
        entry.value.is_null() || (self.typed && entry.value.get("NULL").is_some())
    }

    /// Puts a value at a path, over what `fits`.
    fn set(&self, path: &[&str], node: Node, fits: impl Fn(&Node) -> bool) -> Option<Vec<Step>> {
        let found = self.find(path)?;
        let step = match found.index {
            Some(index) => {
                let entry = found.map.entries()?.get(index)?;
                let (_, value) = self.inner(&entry.value)?;
                let nothing = self.is_nothing(entry);
                let fit = nothing || (found.rest.len() == 1 && fits(value));
                fit.then_some(())?;
                let node = self.nested(found.rest.get(1..)?, node, found.own || means(&entry.key, OWN));
                Step::Replace { at: joined(&found.at, &[index]), node }
            }
            None => {
                let (name, rest) = found.rest.split_first()?;
                let own = found.own || *name == OWN;
                let key = if found.own { first(name).to_owned() } else { self.spelled(found.map, name) };
                let at = found.map.entries()?.len();
                Step::Insert { into: found.at, at, key: Some(key), node: self.nested(rest, node, own) }
            }
        };
        Some(vec![step])
    }

    /// A value below keys that are not there yet.
    fn nested(&self, keys: &[&str], node: Node, own: bool) -> Node {
        keys.iter().rev().fold(node, |value, name| {
            let key = if own { first(name).to_owned() } else { self.spelled(self.definition, name) };
            let entry = Entry { key: key.into(), key_span: self.span, value };
            self.typed("M", Node { span: self.span, value: Value::Map(vec![entry]) })
        })
    }

    fn add(&self, path: &[&str], item: impl Fn(&Node) -> Node, name: Option<&str>) -> Option<Vec<Step>> {
        let found = self.find(path)?;
        let entry = found.index.and_then(|index| found.map.entries()?.get(index));
        let (Some(index), Some(entry)) = (found.index, entry.filter(|entry| found.rest.len() == 1 && !self.is_nothing(entry))) else {
            let items = vec![item(self.definition)];
            return self.set(path, self.typed("L", Node { span: self.span, value: Value::List(items) }), |_| false);
        };
        let (inner, list) = self.inner(&entry.value)?;
        let Value::List(items) = &list.value else { return None };
        // The items of a set have no type of their own.
        let node = match name {
            Some(name) if self.typed && entry.value.get("L").is_none() => self.text(name),
            _ => item(items.last().and_then(|last| if self.typed { child(last, 0) } else { Some(last) }).unwrap_or(self.definition)),
        };
        let into = joined(&joined(&found.at, &[index]), inner);
        Some(vec![Step::Insert { into, at: items.len(), key: None, node }])
    }

    fn take(&self, path: &[&str], item: &str) -> Option<Vec<Step>> {
        let found = self.find(path)?;
        let (index, [_]) = (found.index?, found.rest) else { return None };
        let (inner, list) = self.inner(&found.map.entries()?.get(index)?.value)?;
        let Value::List(items) = &list.value else { return None };
        let into = joined(&joined(&found.at, &[index]), inner);
        let text = |node: &'n Node| node.text().or_else(|| if self.typed { child(node, 0)?.text() } else { None });
        let found = items.iter().enumerate().filter(|(_, node)| text(node) == Some(item));
        // From the last on, so that the numbers of the others stay.
        let steps: Vec<Step> = found.rev().map(|(at, _)| Step::Remove { at: joined(&into, &[at]) }).collect();
        (!steps.is_empty() && steps.len() <= MOST_TAKEN).then_some(steps)
    }

    fn text(&self, text: &str) -> Node {
        Node { span: self.span, value: Value::Scalar(text.into(), Style::Quoted) }
    }

    fn plain(&self, text: &str) -> Node {
        Node { span: self.span, value: Value::Scalar(text.into(), Style::Plain) }
    }

    fn scalar(&self, value: Written<'_>) -> Node {
        match value {
            Written::Text(text) => self.typed("S", self.text(text)),
            Written::True => self.typed("BOOL", self.plain("true")),
            Written::Plain(text @ ("true" | "false")) => self.typed("BOOL", self.plain(text)),
            Written::Plain(number) if self.typed => self.typed("N", self.text(number)),
            Written::Plain(number) => self.plain(number),
        }
    }

    fn member(&self, value: Written<'_>) -> Node {
        self.scalar(value)
    }

    /// A mapping whose keys are spelled as those of another.
    fn mapping(&self, like: &Node, fields: &[(&str, Written<'_>)]) -> Node {
        let entry = |(name, value): &(&str, Written<'_>)| {
            let key = self.spelled(like, name).into();
            Entry { key, key_span: self.span, value: self.scalar(*value) }
        };
        Node { span: self.span, value: Value::Map(fields.iter().map(entry).collect()) }
    }

    fn typed(&self, kind: &str, value: Node) -> Node {
        if !self.typed {
            return value;
        }
        let entry = Entry { key: kind.into(), key_span: self.span, value };
        Node { span: self.span, value: Value::Map(vec![entry]) }
    }

    /// A name as the keys beside it are spelled; where none of them has several words, as those of the definition.
    fn spelled(&self, map: &Node, name: &str) -> String {
        let name = first(name);
        let words = |map: &Node| {
            let entries = map.entries().unwrap_or_default();
            let is_snake = |entry: &Entry| camel(&entry.key) != entry.key.as_ref();
            let is_camel = |entry: &Entry| entry.key.bytes().any(|byte| byte.is_ascii_uppercase());
            if entries.iter().any(is_snake) { Some(true) } else { entries.iter().any(is_camel).then_some(false) }
        };
        if !words(map).or_else(|| words(self.definition)).unwrap_or(false) {
            return name.to_owned();
        }
        let mut snake = String::new();
        for found in name.chars() {
            if found.is_ascii_uppercase() {
                snake.push('_');
            }
            snake.push(found.to_ascii_lowercase());
        }
        if camel(&snake) == name { snake } else { name.to_owned() }
    }
}

/// The name that is written, of those that a key can have.
fn first(name: &str) -> &str {
    name.split(super::OR).next().unwrap_or(name)
}
