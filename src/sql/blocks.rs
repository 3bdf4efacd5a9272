//! The query: for each group of targets the users, or users and resources, with the verdict on each target.

use jiff::Timestamp;

use super::dialect::Speech;
use super::given::{Givens, sql};
use super::predicate::Terms;
use super::reads::{ResourceReads, UserReads};
use super::subjects::Subjects;
use super::{Ids, Inexact, resources};
use crate::compile::{DecisionList, Resource, Target, Teams};
use crate::model::glob;
use crate::model::permissions::TEAM;
use crate::walk::{Decision, verdict_name, verdicts};

/// What users are asked about together with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The instances of a type, of them those that one of these selects.
    Each { kind: String, ids: Vec<Ids> },
    /// A resource that a target gives.
    Given(Resource),
}

/// A part of the query.
pub(super) struct Block {
    text: String,
}

/// A query in the making.
pub(super) struct Query<'q> {
    speech: &'static dyn Speech,
    at: Timestamp,
    givens: Option<&'q Givens<'q>>,
    /// What all predicates read of users.
    pub(super) of_user: UserReads,
    /// The same of resources, by type; the place of one is the number of its table.
    of_type: Vec<(String, ResourceReads)>,
    /// Resources that targets give, each a table.
    given: Vec<String>,
    /// Every decision that can be made.
    decisions: Vec<(bool, &'static str)>,
}

impl<'q> Query<'q> {
    pub(super) fn new(speech: &'static dyn Speech, at: Timestamp, givens: Option<&'q Givens<'q>>) -> Self {
        let (of_user, of_type) = (UserReads::default(), Vec::new());
        Self { speech, at, givens, of_user, of_type, given: Vec::new(), decisions: Vec::new() }
    }

    /// The parts about targets that are no resources.
    pub(super) fn of_users(&mut self, lists: &[DecisionList]) -> Result<Vec<Block>, Inexact> {
        let mut blocks = Vec::new();
        for chunk in lists.chunks(self.speech.chunk()) {
            let mut cells = Vec::new();
            for list in chunk {
                let target = self.speech.text(&list.target.to_string());
                cells.push(self.cell(list, target, "", &mut ResourceReads::default(), &mut Vec::new())?);
            }
            let cells = self.speech.explode(&listed(self.speech, &cells));
            blocks.push(Block { text: format!("SELECT u.id AS id, {cells} AS cell\n  FROM subjects AS u") });
        }
        Ok(blocks)
    }

    /// The part about actions on resources of one type.
    pub(super) fn of_resources(&mut self, source: &Source, lists: &[DecisionList]) -> Result<Vec<Block>, Inexact> {
        let speech = self.speech;
        let kind = match source {
            Source::Each { kind, .. } => kind.clone(),
            Source::Given(resource) => resource.kind.to_string(),
        };
        let reads = match source {
            Source::Each { .. } => self.of_type.iter_mut().find(|(known, _)| *known == kind).map(|(_, reads)| std::mem::take(reads)),
            Source::Given(_) => None,
        };
        let mut reads = reads.unwrap_or_default();
        let mut shared = Vec::new();
        let mut cells = Vec::new();
        for list in lists {
            let target = match &list.target {
                Target::Type { kind, action } => {
                    format!("{} || x.resource || {}", speech.text(&format!("{kind}:")), speech.text(&format!("#{action}")))
                }
                target => speech.text(&target.to_string()),
            };
            cells.push(self.cell(list, target, &kind, &mut reads, &mut shared)?);
        }
        let shared: Vec<String> = shared.iter().enumerate().map(|(at, expression)| format!(",\n      {expression} AS p{at}")).collect();
        let (table, filter) = match source {
            Source::Each { ids, .. } => (format!("resources_{}", self.put(kind, reads)), self.filter(ids)),
            Source::Given(resource) => {
                let nobody = Teams::default();
                let teams = self.givens.map_or(&nobody, |givens| givens.holdings.teams());
                let table = format!("given_{}", self.given.len());
                self.given.push(format!("{table} AS (\n  {}\n)", resources::given(speech, resource, &reads, teams)?));
                (table, String::new())
            }
        };
        let cells = speech.explode(&listed(speech, &cells));
        Ok(vec![Block {
            text: format!(
                "SELECT x.id AS id, {cells} AS cell\n  FROM (\n    SELECT u.id AS id, r.id AS resource{}\n    FROM subjects AS u CROSS JOIN {table} AS r{filter}\n  ) AS x",
                shared.concat()
            ),
        }])
    }

    /// Keeps what is read of a type, and gives the type's number: types have numbers, since their names are not those of tables.
    fn put(&mut self, kind: String, reads: ResourceReads) -> usize {
        match self.of_type.iter().position(|(known, _)| *known == kind) {
            Some(place) => {
                if let Some(known) = self.of_type.get_mut(place) {
                    known.1 = reads;
                }
                place
            }
            None => {
                self.of_type.push((kind, reads));
                self.of_type.len() - 1
            }
        }
    }

    fn filter(&self, ids: &[Ids]) -> String {
        let tests: Vec<String> = ids
            .iter()
            .map(|ids| match ids {
                Ids::Exactly(id) => format!("r.id = {}", self.speech.text(id)),
                Ids::Like(glob) => self.speech.matches("r.id", &glob::regex(glob)),
            })
            .collect();
        format!("\n    WHERE {}", tests.join(" OR "))
    }

    /// A target and the number of the verdict on it.
    fn cell(
        &mut self,
        list: &DecisionList,
        target: String,
        kind: &str,
        reads: &mut ResourceReads,
        shared: &mut Vec<String>,
    ) -> Result<String, Inexact> {
        let mut cases = String::new();
        let mut verdicts = verdicts(list);
        // The last fits everybody who is left.
        let Some(for_the_others) = verdicts.pop() else { return Ok(String::new()) };
        for verdict in verdicts {
            let mut terms = Terms {
                speech: self.speech,
                at: self.at,
                givens: self.givens,
                kind,
                of_user: &mut self.of_user,
                of_resource: reads,
                shared,
            };
            let when = terms.predicate(&verdict.when)?;
            if when != sql(false) {
                cases.push_str(&format!(" WHEN {when} THEN {}", self.number(verdict.decision)));
            }
        }
        let otherwise = self.number(for_the_others.decision);
        let verdict = if cases.is_empty() { otherwise.to_string() } else { format!("CASE{cases} ELSE {otherwise} END") };
        Ok(self.speech.record(&[("target", target), ("verdict", verdict)]))
    }

    fn number(&mut self, decision: Decision) -> usize {
        let decision = (decision.allowed, decision.gate.name());
        self.decisions.iter().position(|known| *known == decision).unwrap_or_else(|| {
            self.decisions.push(decision);
            self.decisions.len() - 1
        })
    }

    /// Which columns of the table `instances` are read; `None` if it is not read at all.
    pub(super) fn instance_columns(&self) -> Option<String> {
        let mut read = self.of_type.iter().filter(|(kind, _)| *kind != TEAM).peekable();
        read.peek()?;
        let text = self.speech.text_type();
        let attributes = if read.any(|(_, reads)| !reads.attributes.is_empty()) { format!(", attributes {text}") } else { String::new() };
        Some(format!("type {text}, id {text}{attributes}"))
    }

    /// The whole query.
    pub(super) fn text(&self, subjects: &Subjects<'_>, blocks: &[Block]) -> String {
        let speech = self.speech;
        let nobody = Teams::default();
        let teams = self.givens.map_or(&nobody, |givens| givens.holdings.teams());
        let mut tables = subjects.tables();
        if self.instance_columns().is_some() {
            tables.push(resources::checked(speech));
        }
        for (at, (kind, reads)) in self.of_type.iter().enumerate() {
            let (before, table) = resources::of_type(speech, kind, reads, teams);
            for table in before {
                if !tables.contains(&table) {
                    tables.push(table);
                }
            }
            tables.push(format!("resources_{at} AS (\n  {table}\n)"));
        }
        tables.extend(self.given.iter().cloned());
        let decisions: Vec<String> = self
            .decisions
            .iter()
            .enumerate()
            .map(|(at, (allowed, gate))| format!("({at}, {}, {})", speech.text(verdict_name(*allowed)), speech.text(gate)))
            .collect();
        tables.push(format!(
            "verdicts AS (\n  SELECT * FROM (VALUES\n    {}\n  ) AS t(number, decision, gate)\n)",
            decisions.join(",\n    ")
        ));
        let parts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        tables.push(format!("cells AS (\n  {}\n)", parts.join("\n  UNION ALL\n  ")));
        format!(
            "WITH {}\nSELECT cells.id AS {}, cells.cell.target AS target, verdicts.decision AS decision, verdicts.gate AS gate\n\
             FROM cells JOIN verdicts ON verdicts.number = cells.cell.verdict\n",
            tables.join(",\n"),
            speech.quoted("user")
        )
    }
}

/// A list, an item a line.
fn listed(speech: &dyn Speech, items: &[String]) -> String {
    speech.list(&[format!("\n    {}", items.join(",\n    "))])
}
