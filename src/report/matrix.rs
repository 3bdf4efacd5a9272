//! Users by targets: one decision a cell.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::Question;
use crate::compile::{Compiler, DecisionList, Target, UnknownTarget};
use crate::model::permissions::Attributes;
use crate::model::{User, Workspace};
use crate::walk::{Column, Columns, Decision, Remembered, Subject, decide_knowing};

/// The decisions of some users on some targets, made as they are asked for.
#[derive(Debug)]
pub struct Matrix<'w> {
    workspace: &'w Workspace,
    question: &'w Question,
    users: Vec<&'w User>,
    names: Vec<String>,
    /// How each target is answered.
    answered: Vec<Answered>,
    /// The lists that are walked for one user and one target at a time.
    lists: Vec<DecisionList>,
    /// What was found out about types, for users of whom the rules leave the same to ask.
    remembered: RefCell<Vec<Remembered>>,
    /// The targets about one resource each.
    columns: Columns,
}

/// How a target is answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answered {
    /// By the list of this number.
    List(usize),
    /// By the column of this number.
    Column(usize),
}

/// One cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'m> {
    /// The user's id.
    pub user: &'m str,
    /// The target.
    pub target: &'m str,
    /// The decision.
    pub decision: Decision,
}

impl<'w> Matrix<'w> {
    /// Compiles the targets, each once.
    pub fn new(workspace: &'w Workspace, question: &'w Question, users: Vec<&'w User>, targets: &[Target]) -> Result<Self, UnknownTarget> {
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        let mut shared: (HashMap<(&str, &str), usize>, Vec<DecisionList>) = (HashMap::new(), Vec::new());
        let (mut lists, mut columns, mut answered) = (Vec::new(), Vec::new(), Vec::with_capacity(targets.len()));
        for target in targets {
            let Some((kind, action, attributes)) = about_one(workspace, target) else {
                answered.push(Answered::List(lists.len()));
                lists.push(compiler.compile(target)?);
                continue;
            };
            let list = match shared.0.get(&(kind, action)) {
                Some(list) => *list,
                None => {
                    shared.1.push(compiler.of_resources(kind, action)?);
                    _ = shared.0.insert((kind, action), shared.1.len() - 1);
                    shared.1.len() - 1
                }
            };
            answered.push(Answered::Column(columns.len()));
            columns.push(Column { list, attributes });
        }
        let names: Vec<String> = targets.iter().map(ToString::to_string).collect();
        let remembered = RefCell::new(lists.iter().map(|_| Remembered::default()).collect());
        let columns = Columns::new(&shared.1, columns, users.len(), subjects(workspace, question, &users));
        Ok(Self { workspace, question, users, names, answered, lists, remembered, columns })
    }

    /// The users, in the order of their definitions.
    pub fn users(&self) -> &[&'w User] {
        &self.users
    }

    /// The names of the targets, in byte order.
    pub fn targets(&self) -> &[String] {
        &self.names
    }

    /// A user as this matrix sees one.
    pub fn subject(&self, user: &'w User) -> Subject<'w> {
        Subject::new(self.workspace, user, self.question.semantics, &self.question.what_if)
    }

    /// The decisions of a user, in the order of the targets.
    pub fn row(&self, subject: &Subject<'_>) -> impl Iterator<Item = Decision> {
        let listed = self.listed(subject);
        let columns = self.columns.row(subject);
        self.answered.iter().filter_map(move |answered| match answered {
            Answered::List(at) => listed.get(*at).copied(),
            Answered::Column(at) => columns.get(*at),
        })
    }

    /// The decisions of a user, by list.
    pub(super) fn listed(&self, subject: &Subject<'_>) -> Vec<Decision> {
        let mut remembered = self.remembered.borrow_mut();
        self.lists.iter().zip(remembered.iter_mut()).map(|(list, known)| decide_knowing(list, subject, known)).collect()
    }

    /// How many of some users, by number, each column allows; `counted` is told of every so many users.
    pub(super) fn counts(&self, users: &[usize], counted: impl FnMut(u64)) -> Vec<u64> {
        self.columns.counts(users, &subjects(self.workspace, self.question, &self.users), counted)
    }

    /// How each target is answered.
    pub(super) fn answered(&self) -> &[Answered] {
        &self.answered
    }

    /// Every cell, users in order, for each the targets in order; `take` may end it early with an error.
    pub fn cells<E>(&self, mut take: impl FnMut(Cell<'_>) -> Result<(), E>) -> Result<(), E> {
        for user in &self.users {
            let subject = self.subject(user);
            for (target, decision) in self.names.iter().zip(self.row(&subject)) {
                take(Cell { user: subject.name(), target, decision })?;
            }
        }
        Ok(())
    }
}

/// The users as a question sees them, by number.
fn subjects<'w>(workspace: &'w Workspace, question: &'w Question, users: &[&'w User]) -> impl Fn(usize) -> Option<Subject<'w>> {
    move |at| users.get(at).map(|user| Subject::new(workspace, user, question.semantics, &question.what_if))
}

/// What a target asks about one resource that there is: its type, the action, and the resource's attributes.
fn about_one<'t>(workspace: &Workspace, target: &'t Target) -> Option<(&'t str, &'t str, Arc<Attributes>)> {
    match target {
        Target::Instance { kind, id, action } => Some((kind, action, Arc::clone(&workspace.permissions().instance(kind, id)?.attributes))),
        Target::Given { resource, action, .. } => Some((&resource.kind, action, Arc::clone(&resource.attributes))),
        _ => None,
    }
}
