//! Resources as predicates see them: those of the table `instances`, the teams of the workspace, or one that a target gives.

use super::Inexact;
use super::dialect::Speech;
use super::reads::ResourceReads;
use super::subjects::listed;
use super::value;
use crate::compile::{Resource, Teams};
use crate::model::permissions::{Attributes, TEAM, TEAM_ID};
use crate::source::Span;

/// Ends the query where the table holds a resource twice, or one that has no name.
pub(super) fn checked(speech: &dyn Speech) -> String {
    let refused = speech.fail("'instances: there is an id of a type twice, or an instance without one'");
    let distinct = "SELECT DISTINCT type, id FROM instances WHERE type <> '' AND id <> ''";
    format!(
        "checked_instances AS (\n  SELECT CASE WHEN (SELECT count(*) FROM instances) <> (SELECT count(*) FROM ({distinct}) AS d) THEN {refused} ELSE TRUE END AS fine\n)"
    )
}

/// The resources of a type; those of `team` are in the workspace, all others in the table.
pub(super) fn of_type(speech: &dyn Speech, kind: &str, reads: &ResourceReads, teams: &Teams) -> (Vec<String>, String) {
    if kind == TEAM {
        return (Vec::new(), of_teams(speech, reads, teams));
    }
    let name = |at: usize| format!("m{at}");
    let mut found = vec![("id".to_owned(), "instances.id".to_owned())];
    if !reads.attributes.is_empty() {
        let refusal = "'instances: attributes is no JSON object for ' || instances.type || ':' || instances.id";
        found.push(("attributes".to_owned(), value::tagged_object(speech, "instances.attributes", refusal)));
    }
    let tagged = format!(
        "SELECT {}\n    FROM instances CROSS JOIN checked_instances\n    WHERE checked_instances.fine AND instances.type = {}",
        listed(&found),
        speech.text(kind)
    );
    let mut taken = vec![("id".to_owned(), "i.id".to_owned())];
    for (at, attribute) in reads.attributes.iter().enumerate() {
        taken.push((name(at), speech.member("i.attributes", &format!("s{attribute}"))));
    }
    let taken = format!("SELECT {}\n  FROM (\n    {tagged}\n  ) AS i", listed(&taken));
    let mut columns = vec![("id".to_owned(), "i.id".to_owned())];
    for (at, attribute) in reads.attributes.iter().enumerate() {
        let tagged = format!("i.{}", name(at));
        let values = if Attributes::is_naming(attribute) { value::texts(speech, &tagged) } else { value::records(speech, &tagged) };
        columns.push((format!("a{at}"), values));
    }
    let read = format!("SELECT {}\n  FROM (\n  {taken}\n  ) AS i", listed(&columns));
    with_teams(speech, &read, reads, teams)
}

/// Adds the numbers of the teams of resources, where these are read.
fn with_teams(speech: &dyn Speech, read: &str, reads: &ResourceReads, teams: &Teams) -> (Vec<String>, String) {
    let at = reads.attributes.iter().position(|name| **name == *TEAM_ID);
    let Some(at) = at.filter(|_| reads.teams && teams.iter().next().is_some()) else {
        let none = format!("CAST({} AS {})", speech.list(&[]), speech.list_type("INT"));
        return (
            Vec::new(),
            if reads.teams { format!("SELECT i.*, {none} AS teams\n  FROM (\n  {read}\n  ) AS i") } else { read.to_owned() },
        );
    };
    let number = |name: &str| teams.find(name).map(|team| teams.numbers(team).start).unwrap_or_default();
    let pairs: Vec<(String, String)> = teams.iter().map(|name| (speech.text(name), format!("CAST({} AS INT)", number(name)))).collect();
    let table = format!("teams AS (\n  SELECT {} AS numbers\n)", speech.table(&pairs));
    let numbers = speech.map(&format!("i.a{at}"), "v", "n.numbers[v]");
    (vec![table], format!("SELECT i.*, {numbers} AS teams\n  FROM (\n  {read}\n  ) AS i CROSS JOIN teams AS n"))
}

/// The teams of the workspace: each has its own id as `team_id`, and nothing else.
fn of_teams(speech: &dyn Speech, reads: &ResourceReads, teams: &Teams) -> String {
    let rows: Vec<String> = teams
        .iter()
        .map(|name| {
            let mut row = vec![speech.text(name)];
            for attribute in &reads.attributes {
                row.push(if **attribute == *TEAM_ID { speech.list(&[speech.text(name)]) } else { missing(speech, attribute) });
            }
            if reads.teams {
                let number = teams.find(name).map(|team| teams.numbers(team).start).unwrap_or_default();
                row.push(speech.list(&[format!("CAST({number} AS INT)")]));
            }
            format!("({})", row.join(", "))
        })
        .collect();
    let names = std::iter::once("id".to_owned()).chain((0..reads.attributes.len()).map(|at| format!("a{at}")));
    let names: Vec<String> = names.chain(reads.teams.then(|| "teams".to_owned())).collect();
    format!("SELECT * FROM (VALUES\n    {}\n  ) AS t({})", rows.join(",\n    "), names.join(", "))
}

/// A resource that a target gives by its attributes.
pub(super) fn given(speech: &dyn Speech, resource: &Resource, reads: &ResourceReads, teams: &Teams) -> Result<String, Inexact> {
    let mut columns = vec![("id".to_owned(), format!("CAST(NULL AS {})", speech.text_type()))];
    for (at, name) in reads.attributes.iter().enumerate() {
        let value = match resource.attributes.get(name) {
            None => missing(speech, name),
            Some(attribute) if attribute.values.is_empty() => format!("CAST({} AS {})", speech.list(&[]), list_type(speech, name)),
            Some(attribute) if Attributes::is_naming(name) => {
                speech.list(&attribute.values.iter().map(|value| speech.text(value.text())).collect::<Vec<_>>())
            }
            Some(attribute) => {
                let records = attribute
                    .values
                    .iter()
                    .map(|value| value::record(speech, value).ok_or_else(|| Inexact::far(attribute.span, value.text())));
                speech.list(&records.collect::<Result<Vec<_>, _>>()?)
            }
        };
        columns.push((format!("a{at}"), value));
    }
    if reads.teams {
        let names = resource.attributes.get(TEAM_ID).into_iter().flat_map(|attribute| &attribute.values);
        let numbers = names.filter_map(|name| teams.find(name.text())).map(|team| format!("CAST({} AS INT)", teams.numbers(team).start));
        let numbers: Vec<String> = numbers.collect();
        columns.push(("teams".to_owned(), format!("CAST({} AS {})", speech.list(&numbers), speech.list_type("INT"))));
    }
    Ok(format!("SELECT {}", listed(&columns)))
}

fn list_type(speech: &dyn Speech, attribute: &str) -> String {
    if Attributes::is_naming(attribute) { speech.list_type(speech.text_type()) } else { speech.list_type(&value::record_type(speech)) }
}

fn missing(speech: &dyn Speech, attribute: &str) -> String {
    format!("CAST(NULL AS {})", list_type(speech, attribute))
}

impl Inexact {
    /// A number with an exponent that no key has room for.
    pub(super) fn far(span: Span, number: &str) -> Self {
        Self { what: format!("{number} is too large or too small for a query to compare exactly"), span }
    }
}
