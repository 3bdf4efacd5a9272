//! Users by targets: one decision a cell.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Question;
use super::against::{Against, Turned, Was};
use crate::compile::{Compiler, DecisionList, Target, UnknownTarget};
use crate::model::permissions::Attributes;
use crate::model::{User, Workspace};
use crate::walk::{Column, Columns, Decision, Remembered, Row, Rows, Subject, decide_knowing};

/// The decisions of some users on some targets, made as they are asked for.
#[derive(Debug)]
pub struct Matrix<'w> {
    pub(super) workspace: &'w Workspace,
    question: &'w Question,
    users: Vec<&'w User>,
    names: Vec<String>,
    /// How each target is answered.
    answered: Vec<Answered>,
    /// The targets that are answered at once for each user.
    rows: Rows,
    /// The lists that are walked for one user and one target at a time.
    lists: Vec<DecisionList>,
    /// What was found out about types, for users of whom the rules leave the same to ask.
    remembered: RefCell<Vec<Remembered>>,
    /// The targets about one resource each.
    columns: Columns,
    /// Where something is supposed: the same without that.
    pub(super) against: Option<Box<Against<'w>>>,
}

/// How a target is answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answered {
    /// By the row's place of this number.
    Row(usize),
    /// By the list of this number.
    List(usize),
    /// By the column of this number.
    Column(usize),
}

impl<'w> Matrix<'w> {
    /// Compiles the targets, each once.
    pub fn new(workspace: &'w Workspace, question: &'w Question, users: Vec<&'w User>, targets: &[Target]) -> Result<Self, UnknownTarget> {
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        let mut shared: (HashMap<(&str, &str), usize>, Vec<DecisionList>) = (HashMap::new(), Vec::new());
        let (mut at_once, mut lists, mut columns) = (Vec::new(), Vec::new(), Vec::new());
        let mut answered = Vec::with_capacity(targets.len());
        for target in targets {
            let Some((kind, action, attributes)) = about_one(workspace, target) else {
                let list = compiler.compile(target)?;
                let (taken, answer): (_, fn(usize) -> Answered) =
                    if Rows::takes(&list) { (&mut at_once, Answered::Row) } else { (&mut lists, Answered::List) };
                answered.push(answer(taken.len()));
                taken.push(list);
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
        Ok(Self { workspace, question, users, names, answered, rows: Rows::new(at_once), lists, remembered, columns, against: None })
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

    /// The decisions of users, one after the other.
    pub fn decider(&self) -> Decider<'_, 'w> {
        Decider { matrix: self, row: Row::default(), at_once: Vec::new(), decisions: Vec::new() }
    }

    /// The targets that are answered at once for each user.
    pub(super) fn rows(&self) -> &Rows {
        &self.rows
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

    /// How many of some users, by number, each column allows here and not in a matrix of the same definitions, and the other way round.
    pub(super) fn turned(&self, before: &Self, users: &[usize]) -> Vec<Turned> {
        if self.columns.is_empty() {
            return Vec::new();
        }
        let (now, was) = (subjects(self.workspace, self.question, &self.users), subjects(self.workspace, before.question, &self.users));
        let turned = self.columns.turned(users, &|at| Some([now(at)?, was(at)?]));
        turned.into_iter().map(|[gained, lost]| Turned { gained, lost }).collect()
    }

    /// Whether some targets are walked one by one.
    pub(super) fn has_lists(&self) -> bool {
        !self.lists.is_empty()
    }

    /// How each target is answered.
    pub(super) fn answered(&self) -> &[Answered] {
        &self.answered
    }

    /// Every cell, users in order, for each the targets in order; `take` is given the user's id and the decisions in the order of the
    /// targets, with what is decided without what is supposed where it is [`Self::against`] that, and may end it early with an error.
    pub fn each_user<E>(&self, take: impl FnMut(&str, &[Decision], &[Was]) -> Result<(), E>) -> Result<(), E> {
        self.each_of(0..self.users.len(), take)
    }

    /// The same of some users, by number.
    pub fn each_of<E>(&self, users: Range<usize>, mut take: impl FnMut(&str, &[Decision], &[Was]) -> Result<(), E>) -> Result<(), E> {
        let mut decider = self.decider();
        let mut before = self.against.as_ref().map(|against| against.deciding());
        users.filter_map(|number| Some((number, *self.users.get(number)?))).try_for_each(|(number, user)| {
            let subject = self.subject(user);
            let was = before.as_mut().map(|before| before.of(number)).unwrap_or_default();
            take(subject.name(), decider.decide(&subject), was)
        })
    }
}

/// Decides for one user after another in the same memory.
#[derive(Debug)]
pub struct Decider<'m, 'w> {
    matrix: &'m Matrix<'w>,
    row: Row,
    at_once: Vec<Decision>,
    decisions: Vec<Decision>,
}

impl Decider<'_, '_> {
    /// The decisions of a user, in the order of the targets.
    pub fn decide(&mut self, subject: &Subject<'_>) -> &[Decision] {
        let Self { matrix, row, at_once, decisions } = self;
        row.decide(&matrix.rows, &subject.facets());
        at_once.clear();
        row.each(&matrix.rows, |decision| at_once.push(decision));
        if matrix.lists.is_empty() && matrix.columns.is_empty() {
            return at_once;
        }
        let listed = matrix.listed(subject);
        let columns = matrix.columns.row(subject);
        decisions.clear();
        decisions.extend(matrix.answered.iter().filter_map(|answered| match answered {
            Answered::Row(at) => at_once.get(*at).copied(),
            Answered::List(at) => listed.get(*at).copied(),
            Answered::Column(at) => columns.get(*at),
        }));
        decisions
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
