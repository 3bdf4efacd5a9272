//! Decision lists as one query that a warehouse runs where the users already are.
//!
//! No rule is written here: targets come as verdicts ([`crate::walk::verdicts`]), whose predicates are translated atom by atom.

mod blocks;
mod compare;
mod dialect;
mod given;
mod holds;
mod literal;
mod predicate;
mod reads;
mod resources;
mod subjects;
mod value;

use std::sync::Arc;

use crate::compile::{Asked, Compiler, DecisionList, Holdings, Options, Target, UnknownTarget};
use crate::model::{EntityRule, Workspace};
use crate::source::Span;
use crate::walk::WhatIf;

use blocks::{Query, Source};
pub use dialect::Dialect;
use given::Givens;
use subjects::Subjects;

/// What a query is to answer.
#[derive(Debug)]
pub struct Request<'r> {
    /// The engine.
    pub dialect: Dialect,
    /// How to compile.
    pub options: Options,
    /// What is supposed of users.
    pub what_if: &'r WhatIf,
    /// The same in words, for a comment.
    pub supposed: String,
    /// Targets that are named one by one.
    pub targets: Vec<Target>,
    /// Actions on the instances of types.
    pub each: Vec<Each>,
}

/// An action on the instances of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Each {
    /// The type.
    pub kind: String,
    /// The action.
    pub action: String,
    /// The instances: those that one of these selects.
    pub ids: Vec<Ids>,
}

/// Which instances are meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ids {
    /// The one with this id.
    Exactly(String),
    /// Those whose id this glob matches.
    Like(String),
}

/// Something that a query cannot say exactly.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Inexact {
    /// What.
    pub what: String,
    /// Where it is written.
    pub span: Span,
}

/// Why there is no query.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// A target does not exist.
    #[error(transparent)]
    Unknown(#[from] UnknownTarget),
    /// Something cannot be said exactly.
    #[error(transparent)]
    Inexact(#[from] Inexact),
    /// A question about a type is one about all resources that could be, and no table holds those.
    #[error("`{0}` asks about every {1} that could be, which a query over those that are cannot answer")]
    Type(String, String),
}

/// The version of the form.
const SCHEMA: &str = "gatewalk/sql/v1";

/// The query.
pub fn export(workspace: &Workspace, request: &Request<'_>) -> Result<String, Refused> {
    let mut compiler = Compiler::new(workspace, request.options);
    let mut named = Vec::new();
    let mut given = Vec::new();
    for target in &request.targets {
        match target {
            Target::Type { kind, .. } => return Err(Refused::Type(target.to_string(), kind.clone())),
            // Of the instances of the workspace the query knows nothing: they are rows of a table.
            Target::Instance { kind, id, action } => {
                let ids = vec![Ids::Exactly(id.clone())];
                add(&mut given, Source::Each { kind: kind.clone(), ids }, compiler.of_each(kind, action)?);
            }
            target => {
                let list = compiler.compile(target)?;
                match &list.asked {
                    Asked::Resource(resource) => add(&mut given, Source::Given(resource.clone()), list.clone()),
                    _ => named.push(list),
                }
            }
        }
    }
    for each in &request.each {
        let source = Source::Each { kind: each.kind.clone(), ids: each.ids.clone() };
        add(&mut given, source, compiler.of_each(&each.kind, &each.action)?);
    }
    let holdings: Option<Arc<Holdings>> = given.iter().flat_map(|(_, lists)| lists).find_map(|list| list.holdings.clone());
    let without = &request.what_if.without_roles;
    let givens = holdings.as_deref().map(|holdings| Givens::new(holdings, request.options.at, without));
    let mut query = Query::new(request.dialect.speech(), request.options.at, givens.as_ref());
    let mut blocks = query.of_users(&named)?;
    for (source, lists) in &given {
        blocks.extend(query.of_resources(source, lists)?);
    }
    let entity = EntityRule::new(workspace, request.options.semantics, request.what_if.entity.as_deref());
    let subjects =
        Subjects { speech: request.dialect.speech(), what_if: request.what_if, entity, givens: givens.as_ref(), reads: &query.of_user };
    let text = header(request, &subjects, &query) + &query.text(&subjects, &blocks);
    Ok(text)
}

/// Lists that are asked about the same resources are asked together.
fn add(sources: &mut Vec<(Source, Vec<DecisionList>)>, source: Source, list: DecisionList) {
    match sources.iter_mut().find(|(known, _)| *known == source) {
        Some((_, lists)) => lists.push(list),
        None => sources.push((source, vec![list])),
    }
}

/// What the query is, for people and for whoever takes it apart.
fn header(request: &Request<'_>, subjects: &Subjects<'_>, query: &Query<'_>) -> String {
    let mut text = String::new();
    let columns: Vec<String> = subjects.columns().into_iter().map(|(name, of)| format!("{name} {of}")).collect();
    let mut line = |what: &str, value: &str| text.push_str(&format!("-- {what}{value}\n"));
    line(SCHEMA, "");
    line("made by: ", concat!("gatewalk ", env!("CARGO_PKG_VERSION")));
    line("dialect: ", request.dialect.name());
    line("semantics: ", request.options.semantics.name());
    line("at: ", &request.options.at.to_string());
    if !request.supposed.is_empty() {
        line("supposed: ", &literal::comment(&request.supposed));
    }
    line("reads users: ", &columns.join(", "));
    if let Some(columns) = query.instance_columns() {
        line("reads instances: ", &columns);
    }
    line("gives: user, target, decision, gate", "");
    text
}
