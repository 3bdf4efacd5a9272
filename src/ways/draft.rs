//! Definitions with edits made to them, for as long as a question is asked.
//!
//! An edit changes a definition's tree, and what the loader's own reader makes of that tree takes the definition's place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Act, Edit, Of};
use crate::edit::{self, Change, Splice, either, names};
use crate::model::{App, Override, Part, User, Workspace, permissions};
use crate::parse::{Node, Syntax, Value};
use crate::source::{FileId, SourceFile, Span};

/// The user that is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Asker<'u> {
    /// One of the workspace, by id.
    Known(&'u str),
    /// One that was given with the question.
    Given(&'u User),
}

impl Asker<'_> {
    /// The user as defined.
    pub(super) fn user<'w>(&'w self, workspace: &'w Workspace) -> Option<&'w User> {
        match self {
            Self::Known(id) => workspace.user(id),
            Self::Given(user) => Some(user),
        }
    }
}

/// A workspace in which edits can be made and taken back.
#[derive(Debug)]
pub(super) struct Draft<'w> {
    workspace: &'w mut Workspace,
    who: Asker<'w>,
    app: Option<String>,
    /// The definitions as trees, read again where an edit is about them.
    trees: BTreeMap<Of, Option<Node>>,
    weights: BTreeMap<Of, usize>,
}

/// The changes that edits of one definition come to, and where it is written.
pub(super) struct Changes {
    pub(super) definition: Span,
    steps: Vec<Step>,
}

/// A change with its keys.
enum Step {
    Set(Vec<String>, String),
    On(Vec<String>),
    Add(Vec<String>, String),
    Take(Vec<String>, String),
    Drop(Vec<String>),
    SetValue(Vec<String>, permissions::Value),
    Append(Vec<String>, Fields),
    Follow(Fields),
    Remove,
}

/// The fields of a mapping of texts.
type Fields = Vec<(&'static str, String)>;

impl<'w> Draft<'w> {
    pub(super) fn new(workspace: &'w mut Workspace, who: Asker<'w>, app: Option<String>) -> Self {
        Self { workspace, who, app, trees: BTreeMap::new(), weights: BTreeMap::new() }
    }

    /// The definitions as they are.
    pub(super) fn workspace(&self) -> &Workspace {
        self.workspace
    }

    /// The user as defined.
    pub(super) fn user(&self) -> Option<&User> {
        self.who.user(self.workspace)
    }

    /// The id of the user, if it is one of the workspace: who is given with the question is nobody there, whatever the id.
    pub(super) fn known(&self) -> Option<&str> {
        match self.who {
            Asker::Known(id) => Some(id),
            Asker::Given(_) => None,
        }
    }

    /// The user's id; empty for one who has none.
    pub(super) fn id(&self) -> String {
        self.user().and_then(|user| user.id.as_ref()).map(|id| id.value.to_string()).unwrap_or_default()
    }

    fn app(&self) -> Option<&App> {
        self.workspace.app(self.app.as_deref()?)
    }

    fn overriding(&self) -> Option<&Override> {
        self.app()?.overriding.as_deref()
    }

    /// Whether the override stands inside its app.
    fn is_inside(&self) -> bool {
        self.app().zip(self.overriding()).is_some_and(|(app, overriding)| {
            let (outer, inner) = (app.span(), overriding.span());
            outer.file == inner.file && outer.start < inner.start && inner.end <= outer.end
        })
    }

    /// Where a definition is written.
    fn definition(&self, of: &Of) -> Option<Span> {
        let site = self.workspace.site();
        match of {
            Of::User => self.user().map(|user| user.span),
            Of::App => self.app().map(App::span),
            Of::Override => self.overriding().map(Override::span),
            Of::SiteFeatures => site.span,
            Of::Site(key) => match key.as_str() {
                "entity" => site.entity.as_ref().map(|entity| entity.span),
                "siteAdmin" => site.site_admin.as_ref().map(|switch| switch.span),
                "contentAdmin" => site.content_admin.as_ref().map(|switch| switch.span),
                feature => site.features.get(feature).map(|feature| feature.rules.span),
            },
            // An assignment comes behind the last one.
            Of::Assignments => self.workspace.permissions().assignments().last().map(|assignment| assignment.span),
            Of::Team(team) => self.workspace.permissions().team(team).map(|team| team.span),
        }
    }

    /// The file of a span, and what it is written in.
    fn source(&self, span: Span) -> Option<(&SourceFile, Syntax)> {
        let file = self.workspace.sources().file(span.file)?;
        Some((file, Syntax::of_name(file.name()).unwrap_or_else(|| Syntax::of_text(file.text()))))
    }

    /// A definition as a tree; nothing where it cannot be read again by itself.
    pub(super) fn tree(&mut self, of: &Of) -> Option<&Node> {
        if !self.trees.contains_key(of) {
            let tree = self.definition(of).and_then(|span| {
                let (file, syntax) = self.source(span)?;
                edit::tree(file, syntax, span)
            });
            self.trees.insert(of.clone(), tree);
        }
        self.trees.get(of)?.as_ref()
    }

    /// How much has to be read again for edits.
    pub(super) fn weight(&mut self, edits: &[&Edit]) -> usize {
        let of: BTreeSet<&Of> = edits.iter().filter(|edit| !edit.gives()).map(|edit| &edit.of).collect();
        let weigh = |of: &Of| {
            if !self.weights.contains_key(of) {
                let weight = self.tree(of).map_or(0, Node::events);
                self.weights.insert(of.clone(), weight);
            }
            self.weights.get(of).copied().unwrap_or_default()
        };
        of.into_iter().map(weigh).sum()
    }

    /// What edits come to, definition by definition. An override that stands inside its app goes from there.
    pub(super) fn changes(&self, edits: &[&Edit]) -> Option<Vec<(Of, Changes)>> {
        let mut all: BTreeMap<Of, Changes> = BTreeMap::new();
        for edit in edits {
            let whole = edit.path.is_empty();
            let of = if whole && edit.of == Of::Override && self.is_inside() { Of::App } else { edit.of.clone() };
            let path = if whole { vec!["override".to_owned()] } else { named(edit) };
            let user = || self.user()?.id.as_ref().map(|id| id.value.to_string());
            let step = match &edit.act {
                Act::Out if whole && of == Of::Override => Step::Remove,
                Act::Out => Step::Drop(path),
                Act::Add(name) => Step::Add(path, name.clone()),
                Act::Take(name) => Step::Take(path, name.clone()),
                Act::Set(name) => Step::Set(path, name.clone()),
                Act::On => Step::On(path),
                Act::SetValue(value) => Step::SetValue(path, value.clone()),
                Act::Join(role) => Step::Append(path, vec![("user", user()?), ("role", role.clone())]),
                Act::Grant { .. } => Step::Follow(edit.assignment(&user()?)?),
            };
            let definition = self.definition(&of)?;
            all.entry(of).or_insert_with(|| Changes { definition, steps: Vec::new() }).steps.push(step);
        }
        Some(all.into_iter().collect())
    }

    /// The place that an edit changes: its field, the entry that goes, or the mapping in which the field is missing.
    pub(super) fn place(&mut self, edit: &Edit) -> Option<Span> {
        let definition = self.definition(&edit.of)?;
        if edit.of == Of::Assignments {
            return Some(definition);
        }
        let Some(mut node) = self.tree(&edit.of) else { return Some(definition) };
        for key in named(edit) {
            match names(&key).find_map(|key| node.field(key)).filter(|value| !value.is_null()) {
                Some(value) => node = value,
                None => break,
            }
        }
        if let (Act::Take(name), Value::List(items)) = (&edit.act, &node.value) {
            return items.iter().find(|item| item.text() == Some(name)).map(|item| item.span);
        }
        Some(node.span)
    }

    /// The patch that makes edits, by file in the order of their names; nothing where some file of them cannot be patched.
    pub(super) fn patch(&self, edits: &[&Edit]) -> Option<Vec<(String, String)>> {
        let mut files: BTreeMap<FileId, Vec<(Reverse<u32>, Splice)>> = BTreeMap::new();
        for (_, changes) in self.changes(edits)? {
            let definition = changes.definition;
            let (file, syntax) = self.source(definition)?;
            let edited = changes.with(|changes| edit::edit(file, syntax, definition, changes))?;
            // What is added to a mapping in another comes before what is added behind it.
            let splices = edited.splices.into_iter().map(|splice| (Reverse(definition.start), splice));
            files.entry(definition.file).or_default().extend(splices);
        }
        let mut patches = Vec::with_capacity(files.len());
        for (file, mut splices) in files {
            splices.sort_by_key(|(inner, splice)| (splice.range.start, *inner));
            let overlap = splices.windows(2).any(|pair| matches!(pair, [(_, one), (_, next)] if next.range.start < one.range.end));
            if overlap {
                return None;
            }
            let file = self.workspace.sources().file(file)?;
            let splices: Vec<Splice> = splices.into_iter().map(|(_, splice)| splice).collect();
            patches.push((file.name().to_owned(), edit::diff(file, &splices)?));
        }
        patches.sort();
        Some(patches)
    }

    /// Makes edits, asks about what is then defined, and takes them back. Nothing if they cannot be made.
    pub(super) fn with<T>(&mut self, edits: &[&Edit], ask: impl FnOnce(&Workspace, &User) -> T) -> Option<T> {
        // What is given by name is no part of these definitions: a list is asked as if it were given.
        let edits: Vec<&Edit> = edits.iter().copied().filter(|edit| !edit.gives()).collect();
        let mut user = None;
        let mut parts = Vec::new();
        let removes = edits.iter().any(|edit| edit.of == Of::Override && edit.path.is_empty());
        for (of, changes) in self.changes(&edits)? {
            let app = self.app.clone().unwrap_or_default();
            // Wherever the override stands, it is exchanged for none.
            let only_removes = removes && changes.steps.iter().all(Step::removes_override);
            if only_removes {
                continue;
            }
            let tree = self.tree(&of)?;
            let tree = changes.with(|changes| edit::changed(tree, changes))?;
            match &of {
                Of::User => user = Some(User::of_tree(&tree)?),
                Of::App => parts.push(Part::app(&tree)?),
                Of::Override => parts.push(Part::overriding(&app, &tree)?),
                Of::Site(key) => parts.push(Part::site(key, &tree)?),
                Of::SiteFeatures => {
                    let keys = edits.iter().filter(|edit| edit.of == Of::SiteFeatures).filter_map(|edit| edit.path.first());
                    for key in keys {
                        parts.push(Part::site(key, tree.field(key)?)?);
                    }
                }
                Of::Assignments | Of::Team(_) => return None,
            }
        }
        if removes {
            parts.push(Part::no_override(self.app.as_deref()?));
        }
        let before: Vec<Part> = parts.into_iter().map(|part| self.workspace.exchange(part)).collect();
        let asked = user.as_ref().or_else(|| self.who.user(self.workspace));
        let answer = asked.map(|user| ask(self.workspace, user));
        for part in before.into_iter().rev() {
            drop(self.workspace.exchange(part));
        }
        answer
    }
}

/// The keys of an edit, with the other names of those that have one.
fn named(edit: &Edit) -> Vec<String> {
    let is_of_rules = edit.of != Of::User;
    let named = |key: &String| match key.as_str() {
        "userTypes" if is_of_rules => either("userTypes", "chatAppUserTypes"),
        "userRoles" if is_of_rules => either("userRoles", "allowedRoles"),
        "features" if is_of_rules => either("features", "featureOverrides"),
        key => key.to_owned(),
    };
    edit.path.iter().map(named).collect()
}

impl Changes {
    /// Gives the changes in the form that texts and trees are changed by.
    pub(super) fn with<T>(&self, take: impl FnOnce(&[Change<'_>]) -> T) -> T {
        let paths: Vec<Vec<&str>> = self.steps.iter().map(|step| step.path().iter().map(String::as_str).collect()).collect();
        let fields: Vec<Vec<(&str, edit::Value<'_>)>> =
            self.steps.iter().map(|step| step.fields().iter().map(|(key, text)| (*key, edit::Value::Text(text))).collect()).collect();
        let changes: Vec<Change<'_>> =
            self.steps.iter().zip(&paths).zip(&fields).map(|((step, path), fields)| step.change(path, fields)).collect();
        take(&changes)
    }
}

impl Step {
    fn path(&self) -> &[String] {
        match self {
            Self::Set(path, _)
            | Self::SetValue(path, _)
            | Self::On(path)
            | Self::Append(path, _)
            | Self::Add(path, _)
            | Self::Take(path, _)
            | Self::Drop(path) => path,
            Self::Follow(_) | Self::Remove => &[],
        }
    }

    fn fields(&self) -> &[(&'static str, String)] {
        match self {
            Self::Append(_, fields) | Self::Follow(fields) => fields,
            _ => &[],
        }
    }

    fn change<'c>(&'c self, path: &'c [&'c str], fields: &'c [(&'c str, edit::Value<'c>)]) -> Change<'c> {
        match self {
            Self::Set(_, text) => Change::Set { path, value: edit::Value::Text(text) },
            Self::On(_) => Change::Set { path, value: edit::Value::True },
            Self::Add(_, item) => Change::Add { path, item },
            Self::Take(_, item) => Change::Take { path, item },
            Self::Drop(_) => Change::Drop { path },
            Self::SetValue(_, value) => Change::Set { path, value: edit::Value::like(value.text(), value.is_plain()) },
            Self::Append(..) => Change::Append { path, fields },
            Self::Follow(_) => Change::Follow { fields },
            Self::Remove => Change::Remove,
        }
    }

    fn removes_override(&self) -> bool {
        match self {
            Self::Remove => true,
            Self::Drop(path) => path.len() == 1 && path.first().is_some_and(|key| key == "override"),
            _ => false,
        }
    }
}
