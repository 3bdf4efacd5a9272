//! Users by targets: one decision a cell.

use super::Question;
use crate::compile::{Compiler, DecisionList, Target, UnknownTarget};
use crate::model::{User, Workspace};
use crate::walk::{Decision, Subject, decide};

/// The decisions of some users on some targets, made as they are asked for.
#[derive(Debug)]
pub struct Matrix<'w> {
    workspace: &'w Workspace,
    question: &'w Question,
    users: Vec<&'w User>,
    names: Vec<String>,
    lists: Vec<DecisionList>,
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
        let mut compiler = Compiler::new(workspace, options);
        let lists = targets.iter().map(|target| compiler.compile(target)).collect::<Result<_, _>>()?;
        Ok(Self { workspace, question, users, names: targets.iter().map(ToString::to_string).collect(), lists })
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
        self.lists.iter().map(|list| decide(list, subject))
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
