//! A matrix beside the one of what is defined: what a supposition changes, cell by cell.

use std::collections::HashMap;

use super::matrix::{Answered, Decider};
use super::{Before, Matrix};
use crate::compile::{Compiler, Target};
use crate::model::User;
use crate::walk::{Difference, Places, Row, Turns};

/// What is decided of a cell without what its question supposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Was {
    /// The user is let in.
    Allowed,
    /// The user is not.
    Denied,
    /// The user or the target is not defined without the supposed changes.
    Undefined,
}

impl Was {
    /// What a decision is.
    pub(super) fn decided(allowed: bool) -> Self {
        if allowed { Self::Allowed } else { Self::Denied }
    }

    /// What answers call it; nothing where nothing was decided.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Allowed => Some("allow"),
            Self::Denied => Some("deny"),
            Self::Undefined => None,
        }
    }

    /// For people: what follows a decision that differs from it.
    pub fn mark(self, allowed: bool) -> Option<&'static str> {
        match self {
            Self::Allowed if allowed => None,
            Self::Denied if !allowed => None,
            Self::Allowed => Some("(was allow)"),
            Self::Denied => Some("(was deny)"),
            Self::Undefined => Some("(new)"),
        }
    }
}

/// How many users a supposition lets in, and how many no longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// Who is let in that is not without it.
    pub gained: u64,
    /// Who is let in without it, and not with it.
    pub lost: u64,
}

/// The users and targets of a matrix as they are defined.
#[derive(Debug)]
pub(super) struct Against<'w> {
    matrix: Matrix<'w>,
    /// The users of the other matrix, those that are there.
    users: Vec<Option<&'w User>>,
    /// Users that are defined here alone.
    gone: Vec<&'w User>,
    /// The targets of the other matrix, by number, those that are there.
    targets: Vec<Option<usize>>,
    /// Where the rows of the other matrix find theirs.
    places: Places,
    /// Whether the definitions are the same, so that what is supposed is of users and of overrides alone.
    same: bool,
    /// Whether rows say all.
    in_rows: bool,
}

impl<'w> Matrix<'w> {
    /// The same beside what is decided without what is supposed. Users are the same by id; `gone` are those to be counted who are
    /// defined there alone. `targets` are this matrix's as they are read there.
    #[must_use]
    pub fn against(mut self, before: &'w Before<'w>, gone: Vec<&'w User>, targets: &[Option<Target>]) -> Self {
        let Before { workspace, question } = before;
        let same = std::ptr::eq(self.workspace, *workspace);
        let counterpart = |user: &&'w User| if same { Some(*user) } else { workspace.user(&user.id.as_ref()?.value) };
        let users: Vec<Option<&User>> = self.users().iter().map(counterpart).collect();
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        let mut there = Vec::new();
        let mut numbers = Vec::with_capacity(targets.len());
        for target in targets {
            let known = target.as_ref().filter(|target| compiler.compile(target).is_ok());
            numbers.push(known.map(|_| there.len()));
            there.extend(known.cloned());
        }
        let looked_at = users.iter().flatten().copied().collect();
        // What could be refused has been asked for before.
        let Ok(matrix) = Matrix::new(workspace, question, looked_at, &there) else { return self };
        let row = |matrix: &Matrix<'_>, target: usize| match matrix.answered().get(target) {
            Some(Answered::Row(row)) => Some(*row),
            _ => None,
        };
        let targets_of_rows: HashMap<usize, usize> = (0..targets.len()).filter_map(|target| Some((row(&self, target)?, target))).collect();
        let number = |at: usize| row(&matrix, (*numbers.get(*targets_of_rows.get(&at)?)?)?);
        let places = self.rows().places_in(matrix.rows(), number);
        let only_rows = |matrix: &Matrix<'_>| matrix.answered().iter().all(|answered| matches!(answered, Answered::Row(_)));
        let in_rows = only_rows(&self) && only_rows(&matrix);
        self.against = Some(Box::new(Against { matrix, users, gone, targets: numbers, places, same, in_rows }));
        self
    }
}

impl<'w> Against<'w> {
    /// Decides as it is defined.
    pub(super) fn deciding(&self) -> Deciding<'_, 'w> {
        Deciding { against: self, decider: self.matrix.decider(), was: Vec::new() }
    }

    /// Users that are defined here alone.
    pub(super) fn gone(&self) -> &[&'w User] {
        &self.gone
    }

    /// The matrix as defined.
    pub(super) fn matrix(&self) -> &Matrix<'w> {
        &self.matrix
    }

    /// How many of some users, by number, gain and lose each target of the other matrix; those gone from here lose what they had.
    pub(super) fn turned(&self, now: &Matrix<'w>, members: &[usize], gone: &[&'w User]) -> Vec<Turned> {
        let mut turned = match (self.in_rows, self.same) {
            (true, _) => self.turned_rows(now, members),
            (false, true) => self.turned_parts(now, members),
            (false, false) => self.turned_cells(now, members),
        };
        let mut deciding = self.deciding();
        for user in gone {
            let was = deciding.decide(Some(user));
            turned.iter_mut().zip(was).for_each(|(turned, was)| turned.lost += u64::from(*was == Was::Allowed));
        }
        turned
    }

    fn turned_rows(&self, now: &Matrix<'w>, members: &[usize]) -> Vec<Turned> {
        let (mut is, mut was) = (Row::default(), Row::default());
        let (mut difference, mut turns) = (Difference::default(), Turns::default());
        for member in members {
            let Some((user, counterpart)) = now.users().get(*member).zip(self.users.get(*member)) else { continue };
            is.decide(now.rows(), &now.subject(user).facets());
            let before = counterpart.map(|user| {
                was.decide(self.matrix.rows(), &self.matrix.subject(user).facets());
                &was
            });
            difference.find(&is, before, &self.places);
            turns.add(&difference);
        }
        let [gained, lost] = turns.counts(now.rows());
        let turned: Vec<Turned> = gained.into_iter().zip(lost).map(|(gained, lost)| Turned { gained, lost }).collect();
        let of_target = |answered: &Answered| match answered {
            Answered::Row(at) => turned.get(*at).copied().unwrap_or_default(),
            Answered::List(_) | Answered::Column(_) => Turned::default(),
        };
        now.answered().iter().map(of_target).collect()
    }

    /// Targets are answered in the same way on both sides where the definitions are the same.
    fn turned_parts(&self, now: &Matrix<'w>, members: &[usize]) -> Vec<Turned> {
        let mut turned = if now.rows().is_empty() { vec![Turned::default(); now.targets().len()] } else { self.turned_rows(now, members) };
        let of_columns = now.turned(&self.matrix, members);
        let mut of_lists: Vec<Turned> = Vec::new();
        if now.has_lists() {
            for user in members.iter().filter_map(|member| now.users().get(*member)) {
                let (is, was) = (now.listed(&now.subject(user)), self.matrix.listed(&self.matrix.subject(user)));
                of_lists.resize(is.len(), Turned::default());
                for (turned, (is, was)) in of_lists.iter_mut().zip(is.iter().zip(&was)) {
                    turned.gained += u64::from(is.allowed && !was.allowed);
                    turned.lost += u64::from(!is.allowed && was.allowed);
                }
            }
        }
        for (turned, answered) in turned.iter_mut().zip(now.answered()) {
            match answered {
                Answered::Row(_) => {}
                Answered::List(at) => *turned = of_lists.get(*at).copied().unwrap_or_default(),
                Answered::Column(at) => *turned = of_columns.get(*at).copied().unwrap_or_default(),
            }
        }
        turned
    }

    fn turned_cells(&self, now: &Matrix<'w>, members: &[usize]) -> Vec<Turned> {
        let mut turned = vec![Turned::default(); now.targets().len()];
        let (mut decider, mut deciding) = (now.decider(), self.deciding());
        for member in members {
            let Some(user) = now.users().get(*member) else { continue };
            let is = decider.decide(&now.subject(user));
            let was = deciding.of(*member);
            for ((turned, is), was) in turned.iter_mut().zip(is).zip(was) {
                turned.gained += u64::from(is.allowed && *was != Was::Allowed);
                turned.lost += u64::from(!is.allowed && *was == Was::Allowed);
            }
        }
        turned
    }
}

/// Decides for one user after another as they are defined.
#[derive(Debug)]
pub(super) struct Deciding<'a, 'w> {
    against: &'a Against<'w>,
    decider: Decider<'a, 'w>,
    was: Vec<Was>,
}

impl<'w> Deciding<'_, 'w> {
    /// What is decided of the user of this number, in the order of the other matrix's targets.
    pub(super) fn of(&mut self, number: usize) -> &[Was] {
        let user = self.against.users.get(number).copied().flatten();
        self.decide(user)
    }

    fn decide(&mut self, user: Option<&'w User>) -> &[Was] {
        let Self { against, decider, was } = self;
        was.clear();
        let subject = user.map(|user| against.matrix.subject(user));
        let decisions = subject.as_ref().map(|subject| decider.decide(subject)).unwrap_or_default();
        let of_target =
            |target: &Option<usize>| target.and_then(|at| decisions.get(at)).map_or(Was::Undefined, |is| Was::decided(is.allowed));
        was.extend(against.targets.iter().map(of_target));
        was
    }
}
