//! Reverse look-ups: who is let into a target, and what a user is let into.

use jiff::Timestamp;

use super::extent::{Extent, Of};
use super::{Matrix, Question};
use crate::compile::{Compiler, DEPENDS, DecisionList, Target, UnknownTarget, compile};
use crate::model::{User, UserType, Workspace};
use crate::walk::{Decision, Remembered, Subject, decide, decide_knowing, instants};

/// Somebody who is let in, or something that somebody is let into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The user's id, or the target.
    pub name: String,
    /// The gate that decides.
    pub gate: &'static str,
    /// Whether it is meant to end: it does so by itself, or comes by grants for a time, for a project or in an emergency alone.
    pub temporary: bool,
    /// The first later time at which it is denied if nothing but the time changes; `None` if there is none, or if too many times would
    /// have to be looked at.
    pub until: Option<Timestamp>,
}

impl Granted {
    fn new(name: String, decision: Decision, list: &DecisionList, subject: &Subject<'_>) -> Self {
        let gate = decision.gate.name();
        if list.holdings.is_none() {
            return Self { name, gate, temporary: false, until: None };
        }
        let until = until(list, subject);
        let temporary = until.is_some() || !decide(list, &subject.without_limited()).allowed;
        Self { name, gate, temporary, until }
    }
}

/// What a supposition changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Who or what is there that is not without the supposition.
    pub gained: Vec<String>,
    /// Who or what is not there that is without it.
    pub lost: Vec<String>,
}

impl Change {
    fn note(&mut self, name: &str, today: bool, now: bool) {
        match (today, now) {
            (false, true) => self.gained.push(name.to_owned()),
            (true, false) => self.lost.push(name.to_owned()),
            _ => {}
        }
    }
}

/// Who is let into a target.
#[derive(Clone, Debug)]
pub struct WhoCan {
    /// The target.
    pub target: String,
    /// How many of the users asked about are not let in.
    pub denied: u64,
    /// For how many of those it depends on the resource.
    pub depends: u64,
    /// How far access reaches.
    pub extent: Extent,
    /// Those let in, in the order of their definitions.
    pub users: Vec<Granted>,
    /// Where something is supposed: who is let in or not because of that.
    pub change: Option<Change>,
}

/// What a user is let into.
#[derive(Clone, Debug)]
pub struct WhatCan {
    /// The user's id, or what a user without one is called.
    pub user: String,
    /// How many of the targets asked about the user is not let into.
    pub denied: u64,
    /// How many of those depend on the resource.
    pub depends: u64,
    /// Those that the user is let into, in byte order.
    pub targets: Vec<Granted>,
    /// Where something is supposed: what the user is let into or not because of that.
    pub change: Option<Change>,
}

impl WhoCan {
    /// Looks at some users, who are those that `of` says.
    pub fn new(workspace: &Workspace, question: &Question, users: Vec<&User>, of: Of, target: &Target) -> Result<Self, UnknownTarget> {
        let list = compile(workspace, target, question.options(question.semantics))?;
        let today = question.as_defined();
        let targets = std::slice::from_ref(target);
        let today = today.as_ref().map(|today| Matrix::new(workspace, today, users.clone(), targets)).transpose()?;
        let mut today = today.as_ref().map(|today| (today, today.decider(), Change::default()));
        let matrix = Matrix::new(workspace, question, users, targets)?;
        let mut decider = matrix.decider();
        let (mut granted, mut denied, mut depends, mut counts) = (Vec::new(), 0, 0, [(0, 0); 2]);
        for user in matrix.users() {
            let subject = matrix.subject(user);
            let Some(decision) = decider.decide(&subject).first().copied() else { continue };
            if let Some((today, decider, change)) = &mut today {
                let allowed = decider.decide(&today.subject(user)).first().is_some_and(|decision| decision.allowed);
                change.note(subject.name(), allowed, decision.allowed);
            }
            let [internal, external] = &mut counts;
            let count = if subject.user_type == UserType::Internal { internal } else { external };
            if decision.allowed {
                count.0 += 1;
                granted.push(Granted::new(subject.name().to_owned(), decision, &list, &subject));
            } else {
                count.1 += 1;
                denied += 1;
                // Whom it lets into some resources, it lets into something.
                let on_some = u64::from(decision.gate == DEPENDS);
                count.0 += on_some;
                depends += on_some;
            }
        }
        let extent = Extent::new(workspace, question, &list, counts, of);
        Ok(Self { target: target.to_string(), denied, depends, extent, users: granted, change: today.map(|(_, _, change)| change) })
    }
}

impl WhatCan {
    /// Looks at some targets.
    pub fn new(workspace: &Workspace, question: &Question, user: &User, targets: &[Target]) -> Result<Self, UnknownTarget> {
        let matrix = Matrix::new(workspace, question, vec![user], targets)?;
        let subject = matrix.subject(user);
        let decisions: Vec<Decision> = matrix.decider().decide(&subject).to_vec();
        let change = match question.as_defined() {
            None => None,
            Some(today) => {
                let today = Matrix::new(workspace, &today, vec![user], targets)?;
                let before = today.decider().decide(&today.subject(user)).to_vec();
                let mut change = Change::default();
                for ((target, now), before) in matrix.targets().iter().zip(&decisions).zip(before) {
                    change.note(target, before.allowed, now.allowed);
                }
                Some(change)
            }
        };
        let mut compiler = Compiler::new(workspace, question.options(question.semantics));
        let mut granted = Vec::new();
        for ((target, name), decision) in targets.iter().zip(matrix.targets()).zip(&decisions).filter(|(_, decision)| decision.allowed) {
            granted.push(Granted::new(name.clone(), *decision, &compiler.compile(target)?, &subject));
        }
        let count = |is: &dyn Fn(&&Decision) -> bool| decisions.iter().filter(is).count() as u64;
        Ok(Self {
            user: subject.name().to_owned(),
            denied: count(&|decision| !decision.allowed),
            depends: count(&|decision| decision.gate == DEPENDS),
            targets: granted,
            change,
        })
    }
}

/// When access that is there ends by itself: the first time after the one asked about at which it is denied.
fn until(list: &DecisionList, subject: &Subject<'_>) -> Option<Timestamp> {
    let arms = list.stages.iter().flat_map(|stage| &stage.gates).map(|gate| gate.arms.len()).sum::<usize>();
    let most = (COST / arms.max(1)).clamp(2, MOST);
    let mut known = Remembered::default();
    let later = instants(list, subject).into_keys().filter(|at| *at > list.at).take(most);
    later.into_iter().find(|at| !decide_knowing(&list.bind_time(*at), subject, &mut known).allowed)
}

/// So many times are looked at for one user and one target, fewer where a list is long.
const MOST: usize = 64;
const COST: usize = 100_000;
