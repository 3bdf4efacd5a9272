//! When an answer can change: the times at which something that is held begins or ends.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::Subject;
use super::evaluate::Case;
use super::level::standing;
use crate::compile::{DecisionList, Held, Link, Origin, Predicate, Window};
use crate::model::shown;
use crate::source::Span;

/// The instants, each with what begins or ends there, in order.
pub fn instants(list: &DecisionList, subject: &Subject<'_>) -> BTreeMap<Timestamp, Vec<Link>> {
    let case = Case::new(list, subject);
    let mut found = Instants::default();
    let Some(holdings) = case.holdings else { return found.all };
    for grant in &subject.holding(holdings).grants {
        let what = match &grant.held {
            Held::Role(role) => format!("the role {}", shown(role)),
            Held::Permission(name) => format!("the permission {}", shown(name)),
        };
        if let Origin::Assignment { assignment } | Origin::TeamAssignment { assignment, .. } = grant.origin {
            found.window(grant.reach.window, &format!("the assignment of {what} to {}", subject.name()), assignment);
        }
    }
    for arm in list.stages.iter().flat_map(|stage| &stage.gates).flat_map(|gate| &gate.arms) {
        found.predicate(&case, &arm.when);
    }
    found.all
}

#[derive(Default)]
struct Instants {
    all: BTreeMap<Timestamp, Vec<Link>>,
    /// What is there already: several arms can be of one assignment.
    seen: HashSet<(Timestamp, Span)>,
}

impl Instants {
    fn add(&mut self, at: Timestamp, what: String, span: Span) {
        if self.seen.insert((at, span)) {
            self.all.entry(at).or_default().push(Link { what, span: Some(span) });
        }
    }

    fn window(&mut self, window: Window, what: &str, span: Span) {
        if let Some(from) = window.from {
            self.add(from, format!("{what} begins"), span);
        }
        if let Some(to) = window.to {
            self.add(to, format!("{what} ends"), span);
        }
    }

    fn predicate(&mut self, case: &Case<'_, '_>, predicate: &Predicate) {
        match predicate {
            Predicate::Not(inner) => self.predicate(case, inner),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| self.predicate(case, part)),
            Predicate::Holds(holds) => {
                if let Some((reach, span)) = &holds.addition {
                    self.window(reach.window, &format!("the assignment that adds a permission to {}", shown(holds.held.name())), *span);
                }
            }
            Predicate::AtLevel(level) => {
                let standing = standing(case.subject.user, &level.levels);
                let Some(started) = standing.started_at else { return };
                self.add(started.value, format!("{} starts", case.subject.name()), started.span);
                let of = standing.reached.checked_sub(1).and_then(|at| level.levels.get(at));
                if let (Some(end), Some(of)) = (standing.ends(), of) {
                    self.add(end, format!("the level {} ends for {}", shown(&of.name.value), case.subject.name()), of.span);
                }
            }
            _ => {}
        }
    }
}
