//! Predicates as expressions over a user `u`, and a resource `r` where one is asked about. Every one is true or false, never `NULL`.

use jiff::Timestamp;

use super::Inexact;
use super::dialect::Speech;
use super::given::{Givens, sql};
use super::reads::{OfUser, ResourceReads, UserReads};
use super::value;
use crate::compile::{AtLevel, Predicate};
use crate::model::{Names, UserType};

/// Translates predicates, and notes what they read.
pub(super) struct Terms<'t> {
    pub(super) speech: &'static dyn Speech,
    pub(super) at: Timestamp,
    pub(super) givens: Option<&'t Givens<'t>>,
    /// The type of the resources asked about.
    pub(super) kind: &'t str,
    pub(super) of_user: &'t mut UserReads,
    pub(super) of_resource: &'t mut ResourceReads,
    /// The expressions of a user and a resource together, each written once; a predicate names them.
    pub(super) shared: &'t mut Vec<String>,
}

impl Terms<'_> {
    /// A predicate.
    pub(super) fn predicate(&mut self, predicate: &Predicate) -> Result<String, Inexact> {
        let atom = match predicate {
            Predicate::Not(inner) => {
                let inner = self.predicate(inner)?;
                let constant = [true, false].into_iter().find(|value| sql(*value) == inner);
                return Ok(constant.map_or_else(|| format!("NOT ({inner})"), |value| sql(!value).to_owned()));
            }
            Predicate::All(parts) => return self.joined(parts, true),
            Predicate::Any(parts) => return self.joined(parts, false),
            Predicate::Constant(value) => sql(*value).to_owned(),
            Predicate::UserType(user_type) => self.is_of(user_type.name()),
            Predicate::UserTypeIn(list) => self.is_of_one(list),
            Predicate::HasAnyRole(list) if list.is_empty() => sql(false).to_owned(),
            Predicate::HasAnyRole(list) => self.speech.overlap("u.roles", &self.names(list)),
            Predicate::HasAllRoles(list) if list.is_empty() => sql(false).to_owned(),
            Predicate::HasAllRoles(list) => self.speech.has_all("u.roles", &self.names(list)),
            Predicate::EntityIn(list) => {
                self.of_user.columns.insert(OfUser::Entity);
                format!("coalesce({}, FALSE)", self.one_of("u.entity", list.iter()))
            }
            Predicate::UserIdIn(list) => self.one_of("u.id", list.iter()),
            Predicate::Holds(holds) => self.holds(holds),
            Predicate::Compare(comparison) => self.compare(comparison)?,
            Predicate::AtLevel(level) => self.at_level(level),
        };
        Ok(self.share(atom))
    }

    fn joined(&mut self, parts: &[Predicate], all: bool) -> Result<String, Inexact> {
        let mut kept = Vec::with_capacity(parts.len());
        for part in parts {
            match self.predicate(part)? {
                part if part == sql(all) => {}
                part if part == sql(!all) => return Ok(part),
                part => kept.push(part),
            }
        }
        Ok(match kept.as_slice() {
            [] => sql(all).to_owned(),
            [only] => only.clone(),
            kept => {
                let kept: Vec<String> = kept.iter().map(|part| format!("({part})")).collect();
                kept.join(if all { " AND " } else { " OR " })
            }
        })
    }

    /// Where a user and a resource are asked about, an expression is worked out once, and named.
    fn share(&mut self, expression: String) -> String {
        if self.kind.is_empty() || [sql(true), sql(false)].contains(&expression.as_str()) {
            return expression;
        }
        let place = self.shared.iter().position(|known| *known == expression).unwrap_or_else(|| {
            self.shared.push(expression);
            self.shared.len() - 1
        });
        format!("x.p{place}")
    }

    fn names(&self, list: &Names) -> String {
        self.speech.list(&each_once(list.iter()).map(|name| self.speech.text(name)).collect::<Vec<_>>())
    }

    /// Whether something is one of some names.
    pub(super) fn one_of<'n>(&self, what: &str, names: impl Iterator<Item = &'n str>) -> String {
        let names: Vec<String> = each_once(names).map(|name| self.speech.text(name)).collect();
        match names.as_slice() {
            [] => sql(false).to_owned(),
            [name] => format!("{what} = {name}"),
            names => format!("{what} IN ({})", names.join(", ")),
        }
    }

    fn is_of(&self, user_type: &str) -> String {
        format!("u.type = {}", self.speech.text(user_type))
    }

    /// There are two types, whatever is listed.
    fn is_of_one(&self, list: &Names) -> String {
        let listed: Vec<&str> = UserType::NAMES.iter().copied().filter(|name| list.find(name).is_some()).collect();
        match listed.as_slice() {
            [] => sql(false).to_owned(),
            [name] => self.is_of(name),
            _ => sql(true).to_owned(),
        }
    }

    /// Whether a user has completed what all levels up to one require, and not what the next does, and whether that counts yet and still.
    fn at_level(&mut self, level: &AtLevel) -> String {
        self.of_user.columns.extend([OfUser::Started, OfUser::Completed]);
        let speech = self.speech;
        let mut tests = vec![format!("u.started <= {}", speech.text(&value::key_of_time(self.at)))];
        let required = level.levels.iter().take(level.at + 1).flat_map(|level| &level.requirements);
        let required: Vec<String> = each_once(required.map(|name| &*name.value)).map(|name| speech.text(name)).collect();
        if !required.is_empty() {
            tests.push(speech.has_all("u.completed", &speech.list(&required)));
        }
        if let Some(next) = level.levels.get(level.at + 1) {
            let required: Vec<String> = next.requirements.iter().map(|name| speech.text(&name.value)).collect();
            if required.is_empty() {
                return sql(false).to_owned();
            }
            tests.push(format!("NOT ({})", speech.has_all("u.completed", &speech.list(&required))));
        }
        let duration = level.levels.get(level.at).and_then(|level| level.duration);
        // Whoever started before this has had the whole time; where no such time can be written, nobody has.
        if let Some(since) = duration.and_then(|duration| self.at.checked_sub(duration.value).ok()) {
            tests.push(format!("u.started > {}", speech.text(&value::key_of_time(since))));
        }
        format!("coalesce({}, FALSE)", tests.join(" AND "))
    }
}

/// Names without those that came before.
fn each_once<'n>(names: impl Iterator<Item = &'n str>) -> impl Iterator<Item = &'n str> {
    let mut seen = std::collections::HashSet::new();
    names.filter(move |name| seen.insert(*name))
}
