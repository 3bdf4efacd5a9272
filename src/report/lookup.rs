//! Reverse look-ups: who is let into a target, and what a user is let into.

use std::collections::HashSet;

use jiff::Timestamp;

use super::extent::{Extent, Of};
use super::{Before, Matrix, Question};
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
    fn new(before: &[String], now: &[Granted]) -> Self {
        let (was, is): (HashSet<&str>, HashSet<&str>) =
            (before.iter().map(String::as_str).collect(), now.iter().map(|granted| granted.name.as_str()).collect());
        let gained = now.iter().map(|granted| &granted.name).filter(|name| !was.contains(name.as_str())).cloned().collect();
        let lost = before.iter().filter(|name| !is.contains(name.as_str())).cloned().collect();
        Self { gained, lost }
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
        let matrix = Matrix::new(workspace, question, users, std::slice::from_ref(target))?;
        let mut decider = matrix.decider();
        let (mut granted, mut denied, mut depends, mut counts) = (Vec::new(), 0, 0, [(0, 0); 2]);
        for user in matrix.users() {
            let subject = matrix.subject(user);
            let Some(decision) = decider.decide(&subject).first().copied() else { continue };
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
        Ok(Self { target: target.to_string(), denied, depends, extent, users: granted, change: None })
    }
}

impl WhoCan {
    /// The same beside who is let in without what is supposed, of these users as they are defined there.
    #[must_use]
    pub fn against(mut self, before: &Before<'_>, users: Vec<&User>, target: &Target) -> Self {
        let matrix = Matrix::new(before.workspace, &before.question, users, std::slice::from_ref(target)).ok();
        let allowed: Vec<String> = matrix.map_or_else(Vec::new, |matrix| {
            let mut decider = matrix.decider();
            let mut is_allowed = |user: &&&User| decider.decide(&matrix.subject(user)).first().is_some_and(|decision| decision.allowed);
            matrix.users().iter().filter(|user| is_allowed(user)).map(|user| matrix.subject(user).name().to_owned()).collect()
        });
        self.change = Some(Change::new(&allowed, &self.users));
        self
    }
}

impl WhatCan {
    /// Looks at some targets.
    pub fn new(workspace: &Workspace, question: &Question, user: &User, targets: &[Target]) -> Result<Self, UnknownTarget> {
        let matrix = Matrix::new(workspace, question, vec![user], targets)?;
        let subject = matrix.subject(user);
        let decisions: Vec<Decision> = matrix.decider().decide(&subject).to_vec();
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
            change: None,
        })
    }

    /// The same beside what is there without what is supposed: for the user as defined there, and the targets asked about there.
    #[must_use]
    pub fn against(mut self, before: &Before<'_>, user: Option<&User>, targets: &[Target]) -> Self {
        let Before { workspace, question } = before;
        let known = |target: &&Target| compile(workspace, target, question.options(question.semantics)).is_ok();
        let targets: Vec<Target> = targets.iter().filter(known).cloned().collect();
        let matrix = user.and_then(|user| Some((user, Matrix::new(workspace, question, vec![user], &targets).ok()?)));
        let allowed: Vec<String> = matrix.map_or_else(Vec::new, |(user, matrix)| {
            let decisions = matrix.decider().decide(&matrix.subject(user)).to_vec();
            matrix.targets().iter().zip(decisions).filter(|(_, decision)| decision.allowed).map(|(name, _)| name.clone()).collect()
        });
        self.change = Some(Change::new(&allowed, &self.targets));
        self
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
