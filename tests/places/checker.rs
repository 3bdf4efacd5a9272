//! Holds the steps of a trace against the definitions.

use std::collections::BTreeSet;

use gatewalk::compile::Outcome;
use gatewalk::model::{Semantics, User, UserType, Workspace};
use gatewalk::report::{Explanation, StepReport};
use gatewalk::source::Place;

use super::definitions::{Definitions, Found, Holder};
use super::entity;
use super::expected::Asked;

/// Checks steps and collects what is wrong, each wrong step once, however many users and targets have it.
pub(crate) struct Checker<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) workspace: &'a Workspace,
    pub(crate) wrong: BTreeSet<String>,
    /// How many places were checked: of what a gate reads, and of entries that matched.
    pub(crate) sources: usize,
    pub(crate) matches: usize,
}

impl Checker<'_> {
    pub(crate) fn explanation(&mut self, user: &User, explanation: &Explanation) {
        let steps = explanation.steps.as_deref().expect("the steps are there");
        let (app, feature) = explanation.target.split_once('/').unwrap_or((&explanation.target, ""));
        let asked = Asked {
            definitions: self.definitions,
            app,
            feature: feature.split('.').next().unwrap_or(feature),
            internal: user.effective_type() == UserType::Internal,
            semantics: Semantics::of_name(explanation.semantics).expect("the semantics exist"),
            configured: steps.iter().any(|step| step.gate == "feature-config" && step.outcome == Outcome::Pass),
            site: if app == "site#admin" { ("siteAdmin", "websiteEnabled") } else { ("contentAdmin", "enabled") },
        };
        for step in steps {
            if let Err(problem) = self.step(user, &asked, step) {
                let (semantics, target) = (explanation.semantics, &explanation.target);
                self.wrong.insert(format!("{target} ({semantics}) {} {:?}: {problem}", step.gate, step.outcome));
            }
        }
    }

    fn step(&mut self, user: &User, asked: &Asked<'_>, step: &StepReport) -> Result<(), String> {
        if let Some(cause) = &step.because_of {
            self.because_of(user, cause)?;
        }
        let Some(source) = &step.source else {
            return Self::nothing_written(asked, step);
        };
        self.sources += 1;
        let expected = asked.places(step.stage, step.gate);
        let found = self.found(source)?;
        if !expected.contains(&(found.holder.clone(), found.keys.clone())) {
            return Err(format!("points at {found:?}, expected one of {expected:?}"));
        }
        match &step.matched {
            None if finds_an_entry(step.gate) => self.unmatched(user, asked, step),
            None => Ok(()),
            Some(matched) => {
                self.matches += 1;
                self.matched(user, asked, step, matched, source)
            }
        }
    }

    fn found(&self, place: &Place) -> Result<&Found, String> {
        self.definitions.at(&place.file, (place.line, place.column)).ok_or_else(|| format!("no value begins at {place:?}"))
    }

    /// Only where there is nothing to point at may a step point at nothing.
    fn nothing_written(asked: &Asked<'_>, step: &StepReport) -> Result<(), String> {
        let of_the_framework = step.stage == "site" && matches!(step.gate, "user-type" | "user-role");
        let no_site = !asked.definitions.has(&Holder::Site, &[]);
        match step.outcome {
            _ if step.matched.is_some() => Err("matched an entry of nothing".to_owned()),
            Outcome::NotReached | Outcome::NotApplicable => Ok(()),
            _ if of_the_framework || no_site => Ok(()),
            _ => Err("points at nothing".to_owned()),
        }
    }

    /// The entry that matched is in the list, and is the user's.
    fn matched(&self, user: &User, asked: &Asked<'_>, step: &StepReport, matched: &Place, source: &Place) -> Result<(), String> {
        let (entry, list) = (self.found(matched)?, self.found(source)?);
        let inside = entry.holder == list.holder && entry.keys.len() == list.keys.len() + 1 && entry.keys.starts_with(&list.keys);
        if !inside || matched.file != source.file {
            return Err(format!("matched {entry:?}, which is no entry of {list:?}"));
        }
        match &entry.text {
            Some(text) if self.own(user, step.gate, asked.semantics).contains(&text.as_str()) => Ok(()),
            _ => Err(format!("matched {entry:?}, which is not the user's")),
        }
    }

    /// Nothing matched: no entry of the list may be the user's.
    fn unmatched(&self, user: &User, asked: &Asked<'_>, step: &StepReport) -> Result<(), String> {
        let list: Vec<&str> = step.required.as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
        let own = self.own(user, step.gate, asked.semantics);
        if own.iter().any(|name| list.contains(name)) { Err(format!("matched nothing, though {own:?} is in {list:?}")) } else { Ok(()) }
    }

    /// What of a user a gate compares.
    fn own<'u>(&self, user: &'u User, gate: &str, semantics: Semantics) -> Vec<&'u str> {
        match gate {
            _ if gate.ends_with("user-type") => vec![user.effective_type().name()],
            _ if gate.ends_with("user-role") => user.roles.iter().map(|role| &*role.value).collect(),
            _ if gate.ends_with("entities") => entity(self.workspace, user, semantics).into_iter().collect(),
            _ => user.id.iter().map(|id| &*id.value).collect(),
        }
    }

    /// What leaves a user without an entity: the custom data in which the site looks, else the user's whole definition; or
    /// what the site says about entities.
    fn because_of(&self, user: &User, cause: &Place) -> Result<(), String> {
        let found = self.found(cause)?;
        let looked_in = self.definitions.has(&Holder::Site, &["entity", "attributeName"]);
        let right = match &found.holder {
            Holder::User(id) => {
                let custom = looked_in && self.definitions.has(&found.holder, &["customData"]);
                let first = found.keys.first().map(String::as_str);
                user.id.as_ref().is_some_and(|own| *own.value == **id) && first == custom.then_some("customData")
            }
            Holder::Site => found.keys.first().is_some_and(|key| key == "entity"),
            _ => false,
        };
        if right { Ok(()) } else { Err(format!("no entity because of {found:?}")) }
    }
}

/// Whether a gate looks for one entry of a list.
fn finds_an_entry(gate: &str) -> bool {
    ["user-type", "user-role", "entities", "user-ids"].iter().any(|end| gate.ends_with(end))
}
