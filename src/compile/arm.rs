//! Arms: a predicate, what it leads to, and what there is to say about it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::Predicate;
use super::gate::GateId;
use super::statement::Statement;
use crate::model::{Apply, Names, Spanned};
use crate::source::Span;

/// What a gate did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// It holds; the walk goes on.
    Pass,
    /// It does not hold; that is noted and the walk goes on.
    Fail,
    /// The stage lets the user in.
    Allow,
    /// The target is denied.
    Deny,
    /// The gate has nothing to say here.
    NotApplicable,
    /// An earlier gate decided.
    NotReached,
}

/// What a gate compares a user with; from it answers take what was required and what the user has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Asks {
    /// Nothing of the user.
    Nothing,
    /// That something is `true`; what it is, if it is written at all.
    Flag(Option<bool>),
    /// One of these user types.
    UserType(Arc<Names>),
    /// One of these roles.
    AnyRole(Arc<Names>),
    /// All of these roles.
    AllRoles(Arc<Names>),
    /// One of these entities.
    Entity(Arc<Names>),
    /// One of these user ids.
    UserId(Arc<Names>),
    /// None of these user ids.
    NotUserId(Arc<Names>),
    /// The gates before, combined.
    Combination(Apply, Vec<Part>),
    /// All that a statement on permissions wants.
    Statement(Arc<Statement>),
}

/// One of the gates that another combines.
#[derive(Clone, Debug)]
pub struct Part {
    /// The gate.
    pub gate: GateId,
    /// What it looks at, in words.
    pub what: &'static str,
    /// When it matches. A list that is absent matches everybody.
    pub when: Predicate,
}

impl Part {
    /// Whether the list is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self.when, Predicate::Constant(_))
    }
}

/// Why an arm leads where it leads.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Because {
    /// A sentence that is true of every user who gets here.
    Always(Cow<'static, str>),
    /// What comparing the user with [`Asks`] shows.
    Compared,
    /// The same, for a rule that the framework fixes and no file writes down.
    BuiltIn,
}

/// One arm of a gate. The first arm whose predicate holds gives the gate's outcome.
#[derive(Clone, Debug)]
pub struct Arm {
    /// When it applies.
    pub when: Predicate,
    /// What it leads to.
    pub outcome: Outcome,
    /// What the user is compared with.
    pub asks: Asks,
    /// Why.
    pub because: Because,
    /// The value that says so; `None` where nothing in a file does.
    pub source: Option<Span>,
    /// Whether `source` is not the value, but the mapping in which it is missing.
    pub missing: bool,
}

impl Arm {
    /// An arm whose reason is the same for everybody.
    pub(super) fn fixed(when: Predicate, outcome: Outcome, because: impl Into<Cow<'static, str>>, source: impl Into<Option<Span>>) -> Self {
        Self { when, outcome, asks: Asks::Nothing, because: Because::Always(because.into()), source: source.into(), missing: false }
    }

    /// Says that the source is the mapping in which something is missing.
    #[must_use]
    pub(super) fn missing(mut self) -> Self {
        self.missing = true;
        self
    }

    /// An arm for everybody that says the gate has nothing to say.
    pub(super) fn not_applicable(because: impl Into<Cow<'static, str>>) -> Self {
        Self::fixed(Predicate::ALWAYS, Outcome::NotApplicable, because, None)
    }

    /// An arm about something that is on or off. `holder` is where it would be written; it says what is missing if it is not.
    pub(super) fn switch<W: Into<Cow<'static, str>>>(flag: Option<Spanned<bool>>, holder: Span, words: Switch<W>) -> Self {
        let (outcome, because) = match flag {
            Some(flag) if flag.value => (Outcome::Pass, words.on),
            Some(_) => (Outcome::Deny, words.off),
            None => words.absent,
        };
        Self {
            when: Predicate::ALWAYS,
            outcome,
            asks: Asks::Flag(flag.map(|flag| flag.value)),
            because: Because::Always(because.into()),
            source: Some(flag.map_or(holder, |flag| flag.span)),
            missing: flag.is_none(),
        }
    }

    /// The two arms of a list: `hit` for users whom `when` finds in it, `miss` for the others.
    pub(super) fn listed(list: &Arc<Names>, when: Predicate, asks: fn(Arc<Names>) -> Asks, hit: Outcome, miss: Outcome) -> Vec<Self> {
        let arm = |when, outcome| Self {
            when,
            outcome,
            asks: asks(Arc::clone(list)),
            because: Because::Compared,
            source: Some(list.span()),
            missing: false,
        };
        vec![arm(when, hit), arm(Predicate::ALWAYS, miss)]
    }
}

/// What to say of a switch: that it is on, off, or what follows where it is not written.
pub(super) struct Switch<W> {
    pub(super) on: W,
    pub(super) off: W,
    pub(super) absent: (Outcome, W),
}
