//! Users by targets: one decision a cell.

use std::cell::RefCell;

use super::Question;
use crate::compile::{Compiler, DecisionList, Target, UnknownTarget};
use crate::model::{User, Workspace};
use crate::walk::{Decision, Remembered, Subject, decide_knowing};

/// The decisions of some users on some targets, made as they are asked for.
#[derive(Debug)]
pub struct Matrix<'w> {
    workspace: &'w Workspace,
    question: &'w Question,
    users: Vec<&'w User>,
    names: Vec<String>,
    lists: Vec<DecisionList>,
    /// What was found out about types, for users of whom the rules leave the same to ask.
    remembered: RefCell<Vec<Remembered>>,
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
        let options = question.options(question.semantics);
        let mut compiler = Compiler::for_decisions(workspace, options);
        let lists = targets.iter().map(|target| compiler.compile(target)).collect::<Result<_, _>>()?;
        let names: Vec<String> = targets.iter().map(ToString::to_string).collect();
        let remembered = RefCell::new(names.iter().map(|_| Remembered::default()).collect());
        Ok(Self { workspace, question, users, names, lists, remembered })
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
        let mut remembered = self.remembered.borrow_mut();
        let row: Vec<Decision> =
            self.lists.iter().zip(remembered.iter_mut()).map(|(list, known)| decide_knowing(list, subject, known)).collect();
        row.into_iter()
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
