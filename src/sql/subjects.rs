//! Users as predicates see them: with a type, roles and an entity that count, and what they hold.

use super::dialect::Speech;
use super::given::{Givens, assigned_type, row_type};
use super::reads::{OfUser, UserReads};
use super::value;
use crate::model::EntityRule;
use crate::walk::WhatIf;

/// What makes the table of users.
pub(super) struct Subjects<'s> {
    pub(super) speech: &'static dyn Speech,
    pub(super) what_if: &'s WhatIf,
    pub(super) entity: EntityRule<'s>,
    pub(super) givens: Option<&'s Givens<'s>>,
    pub(super) reads: &'s UserReads,
}

impl Subjects<'_> {
    /// The columns of the table `users` that are read, each with what it holds.
    pub(super) fn columns(&self) -> Vec<(&'static str, String)> {
        let text = self.speech.text_type().to_owned();
        let texts = self.speech.list_type(self.speech.text_type());
        let mut columns = vec![("id", text.clone()), ("type", text.clone()), ("roles", texts.clone())];
        match self.entity {
            EntityRule::Own if self.reads(OfUser::Entity) => columns.push(("entity", text.clone())),
            EntityRule::Attribute(_) if self.reads(OfUser::Entity) => columns.push(("custom_data", text.clone())),
            _ => {}
        }
        if !self.reads.attributes.is_empty() {
            columns.push(("attributes", text.clone()));
        }
        if self.reads(OfUser::Started) {
            columns.extend([("started_at", text), ("completed", texts)]);
        }
        columns
    }

    fn reads(&self, column: OfUser) -> bool {
        self.reads.columns.contains(&column)
    }

    /// The tables that lead to `subjects`.
    pub(super) fn tables(&self) -> Vec<String> {
        let refused = self.speech.fail("'users: there is an id twice, or a user without one'");
        let checked = format!(
            "checked AS (\n  SELECT CASE WHEN count(*) <> count(DISTINCT nullif(id, '')) THEN {refused} ELSE TRUE END AS fine\n  FROM users\n)"
        );
        let mut tables = vec![checked];
        let asks_givens = [OfUser::Granted, OfUser::Held, OfUser::Teams, OfUser::Assigned].iter().any(|column| self.reads(*column));
        let givens = self.givens.filter(|_| asks_givens);
        tables.extend(givens.iter().flat_map(|givens| givens.tables(self.speech, self.reads)));
        let joins = if givens.is_some() {
            "\n  LEFT JOIN holders ON holders.id = users.id\n  LEFT JOIN given ON given.class = holders.class"
        } else {
            ""
        };
        tables.push(format!(
            "people AS (\n  SELECT {}\n  FROM users CROSS JOIN checked{joins}\n  WHERE checked.fine\n)",
            listed(&self.of_people(givens.is_some()))
        ));
        tables.push(format!("subjects AS (\n  SELECT {}\n  FROM people AS p\n)", listed(&self.of_subjects())));
        tables
    }

    fn none(&self) -> String {
        format!("CAST(NULL AS {})", self.speech.text_type())
    }

    fn empty(&self, of: &str) -> String {
        let none = self.speech.list(&[]);
        format!("CAST({none} AS {})", self.speech.list_type(of))
    }

    fn texts(&self, column: &str) -> String {
        format!("coalesce({column}, {})", self.empty(self.speech.text_type()))
    }

    /// What is taken from the tables.
    fn of_people(&self, givens: bool) -> Vec<(String, String)> {
        let mut columns = vec![("id".to_owned(), "users.id".to_owned()), ("type".to_owned(), self.user_type())];
        columns.push(("roles".to_owned(), self.roles()));
        let mut add = |name: &str, value: String| columns.push((name.to_owned(), value));
        if givens {
            add("given_roles", self.texts("given.roles"));
            add("teams", self.texts("given.teams"));
            add("assigned", format!("coalesce(given.assigned, {})", self.empty(&assigned_type(self.speech))));
            add("held", format!("coalesce(given.held, {})", self.empty(&row_type(self.speech))));
        }
        let object = |column: &str, refusal: &str| value::tagged_object(self.speech, column, refusal);
        for (column, _) in self.columns() {
            match column {
                "entity" => add("entity", "users.entity".to_owned()),
                "custom_data" => add("custom_data", object("users.custom_data", "'users: custom_data is no JSON object for ' || users.id")),
                "attributes" => add("attributes", object("users.attributes", "'users: attributes is no JSON object for ' || users.id")),
                "started_at" => add("started", value::time_of_text(self.speech, "users.started_at")),
                "completed" => add("completed", self.texts("users.completed")),
                _ => {}
            }
        }
        columns
    }

    /// What predicates read.
    fn of_subjects(&self) -> Vec<(String, String)> {
        let mut columns: Vec<(String, String)> = ["id", "type", "roles"].map(|name| (name.to_owned(), format!("p.{name}"))).into();
        let granted = self.speech.distinct(&self.speech.concat(&["p.roles".to_owned(), "p.given_roles".to_owned()]));
        for column in &self.reads.columns {
            columns.push(match column {
                OfUser::Entity => ("entity".to_owned(), self.entity()),
                OfUser::Granted => ("granted".to_owned(), granted.clone()),
                OfUser::Closed => ("closed".to_owned(), self.closed(&granted)),
                OfUser::Held => ("held".to_owned(), "p.held".to_owned()),
                OfUser::Teams => ("teams".to_owned(), "p.teams".to_owned()),
                OfUser::Assigned => ("assigned".to_owned(), "p.assigned".to_owned()),
                OfUser::Started => ("started".to_owned(), "p.started".to_owned()),
                OfUser::Completed => ("completed".to_owned(), "p.completed".to_owned()),
            });
        }
        let attributes = self.reads.attributes.iter().enumerate();
        columns.extend(attributes.map(|(at, name)| {
            let tagged = self.speech.member("p.attributes", &format!("s{name}"));
            (format!("a{at}"), self.speech.with("m", &tagged, &value::records(self.speech, "m")))
        }));
        columns
    }

    fn user_type(&self) -> String {
        if let Some(supposed) = self.what_if.user_type {
            return self.speech.text(supposed.name());
        }
        let refused = self.speech.fail("'users: this is no type of a user: ' || users.type");
        format!(
            "CASE WHEN users.type IS NULL THEN 'external-user' WHEN users.type IN ('internal-user', 'external-user') THEN users.type ELSE {refused} END"
        )
    }

    /// The user's own roles, as the question sees them.
    fn roles(&self) -> String {
        let speech = self.speech;
        let literals = |roles: &[String]| roles.iter().map(|role| speech.text(role)).collect::<Vec<_>>();
        let refused = speech.fail("'users: there is an empty place among the roles of ' || users.id");
        let mut roles = self.texts("users.roles");
        if !self.what_if.without_roles.is_empty() {
            let gone = literals(&self.what_if.without_roles).join(", ");
            roles = speech.filter(&roles, "v", &format!("v NOT IN ({gone})"));
        }
        if !self.what_if.with_roles.is_empty() {
            roles = speech.concat(&[roles, speech.list(&literals(&self.what_if.with_roles))]);
        }
        let empty_place = speech.any("users.roles", "v", "v IS NULL");
        format!("CASE WHEN {empty_place} THEN {refused} ELSE {} END", speech.distinct(&roles))
    }

    /// All roles that are held without limits, those that others bring included.
    fn closed(&self, granted: &str) -> String {
        let speech = self.speech;
        let none = self.empty(speech.text_type());
        let brought = self.givens.iter().flat_map(|givens| givens.all_bringing()).map(|(role, by)| {
            let by: Vec<String> = by.iter().map(|role| speech.text(role)).collect();
            let one = speech.list(&[speech.text(role)]);
            format!("CASE WHEN {} THEN {one} ELSE {none} END", speech.overlap("g", &speech.list(&by)))
        });
        let all: Vec<String> = std::iter::once("g".to_owned()).chain(brought).collect();
        speech.with("g", granted, &speech.distinct(&speech.concat(&all)))
    }

    fn entity(&self) -> String {
        match self.entity {
            EntityRule::Nobody { .. } => self.none(),
            EntityRule::Supposed(name) => self.speech.text(name),
            EntityRule::Own => "nullif(p.entity, '')".to_owned(),
            EntityRule::Attribute(path) => self.at(path),
        }
    }

    /// The text at a dotted path of custom data. A step that is a number is also a place in a list.
    fn at(&self, path: &str) -> String {
        let speech = self.speech;
        let mut steps = path.split('.');
        let first = speech.member("p.custom_data", &format!("s{}", steps.next().unwrap_or_default()));
        let found = steps.fold(first, |inner, step| {
            let member = speech.member("m", &format!("s{step}"));
            let item = step.parse::<usize>().ok().filter(|place| *place < 1_000_000_000).map(|place| speech.at(&speech.items("m"), place));
            let item = item.map(|item| format!("WHEN '[' THEN {item} ")).unwrap_or_default();
            speech.with("m", &inner, &format!("CASE left(m, 1) WHEN '{{' THEN {member} {item}ELSE NULL END"))
        });
        let text = "CASE left(m, 1) WHEN 's' THEN nullif(substr(m, 2), '') WHEN 'n' THEN substr(m, 2) WHEN 't' THEN m WHEN 'f' THEN m ELSE NULL END";
        speech.with("m", &found, text)
    }
}

/// Expressions under names.
pub(super) fn listed(columns: &[(String, String)]) -> String {
    let columns: Vec<String> = columns.iter().map(|(name, value)| format!("{value} AS {name}")).collect();
    columns.join(",\n    ")
}
