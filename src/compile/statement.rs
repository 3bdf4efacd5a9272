//! Statements on permissions: what a definition says, as a trace names it.

use std::sync::Arc;

use super::Predicate;
use crate::source::Span;

/// What a definition says, as a trace names it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// In a line: `role team_lead: ticket update; scope team_tickets`.
    pub title: String,
    /// Where it is written.
    pub span: Span,
    /// What leads to it from what the user holds.
    pub links: Vec<Link>,
    /// For an escalation: what raises it, each with the links of its own. The first that holds comes before the others.
    pub raised: Arc<[(Predicate, Vec<Link>)]>,
    /// How much it gives: of two that are as close, the narrower one is named.
    pub breadth: usize,
}

/// A step of a chain from the user to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is.
    pub what: String,
    /// Where it is written; `None` where a question supposes it.
    pub span: Option<Span>,
}
