//! What of a statement does not hold, in a sentence each.

use super::compare::Values;
use super::evaluate::Case;
use super::formula::Formula;
use super::held::{HeldAs, Holding};
use super::level::{missing, standing};
use super::reach::Need;
use super::words::enumerated;
use crate::compile::{AtLevel, Comparison, Holdings, Holds, Origin, Predicate, Side};
use crate::model::permissions::{OWNER, Operand, Operator, PROJECT, Scope, TEAM_ID, UserKey, Value};
use crate::model::shown;
use crate::source::Span;

/// How far away what is not held at all is.
pub(super) const NOT_HELD: usize = 6;

/// The distance of what another gate is about.
pub(super) const ELSEWHERE: usize = 1000;

/// So many values of each side are compared to see whether they are of one type.
const SEEN: usize = 100;

/// What the place of a condition that does not hold is called.
const CONDITION: &str = "does not hold";
/// What the place of a holding that does not reach is called.
const HELD: &str = "held here";
/// What the place of a user's progress is called.
const PROGRESS: &str = "started here";

/// Something that does not hold.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// What, in a sentence.
    pub(super) what: String,
    /// Where the condition is written, or what is held and does not reach.
    pub(super) span: Option<Span>,
    /// What to call that place.
    pub(super) label: &'static str,
    /// How far it is from holding: a time that is over is near, a condition farther, another team farther still.
    pub(super) distance: usize,
}

impl Case<'_, '_> {
    /// What of a predicate does not hold, or could not hold for any resource.
    pub(super) fn failing(&self, predicate: &Predicate) -> Vec<Leaf> {
        match predicate {
            Predicate::All(parts) => parts.iter().flat_map(|part| self.failing(part)).collect(),
            Predicate::Holds(holds) => self.not_held(holds),
            _ if !self.evaluate(predicate).is_false() => Vec::new(),
            Predicate::Compare(comparison) => vec![self.not_compared(comparison)],
            Predicate::AtLevel(level) => vec![self.not_at(level)],
            // Of several, what is missing for the nearest.
            Predicate::Any(parts) => parts.iter().map(|part| self.failing(part)).min_by_key(Vec::len).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn not_compared(&self, comparison: &Comparison) -> Leaf {
        let wanted = wanted(comparison, |operand| self.operand(operand));
        let left = match &comparison.left {
            Side::User(key) => match self.values(key) {
                Some(values) if values.is_empty() && *key == UserKey::Role => {
                    format!("no role of {} reaches the {}", self.subject.name(), self.kind)
                }
                Some(values) => format!("{} is {}", comparison.key, values_in_words(&values)),
                None => format!("{} has no {}", self.subject.name(), comparison.key),
            },
            Side::Resource(name) if self.resource.is_none() => {
                let what = format!("{name} of the {} would have to be {wanted}", self.kind);
                return Leaf { what, span: Some(comparison.span), label: CONDITION, distance: 2 };
            }
            Side::Resource(name) => self.attribute(name),
            Side::OtherType(_) => format!("{} is an attribute of another type", comparison.key),
        };
        let apart = self.apart(comparison).map(|apart| format!(" ({apart})")).unwrap_or_default();
        Leaf { what: format!("{left}, but needs {wanted}{apart}"), span: Some(comparison.span), label: CONDITION, distance: 2 }
    }

    /// That two sides are of different types, which never compare; `None` if they are not.
    fn apart(&self, comparison: &Comparison) -> Option<String> {
        let left: Vec<Value> = match &comparison.left {
            Side::Resource(name) => self.resource?.attributes.get(name)?.values.clone(),
            Side::User(key) => self.values(key)?.into_iter().map(|(value, _)| value).collect(),
            Side::OtherType(_) => return None,
        };
        let right = comparison.right.iter().flat_map(|operand| match operand {
            Operand::Value(value) => vec![value.clone()],
            Operand::User(key) => self.values(key).unwrap_or_default().into_iter().map(|(value, _)| value).collect(),
        });
        let right: Vec<Value> = right.collect();
        let (one, other) = (left.first()?, right.first()?);
        if comparison.operator == Operator::Glob {
            return (!one.is_text()).then(|| format!("{one} is {}, and a glob is for text", one.what()));
        }
        // Of very many the first tell.
        let never = left.iter().take(SEEN).all(|value| right.iter().take(SEEN).all(|with| value.compare(with).is_none()));
        never.then(|| format!("{one} is {}, {other} is {}", one.what(), other.what()))
    }

    /// An operand in words.
    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Value(value) => value.to_string(),
            Operand::User(key) => match self.values(key) {
                Some(values) => format!("{} ({})", key.name(), values_in_words(&values)),
                None => format!("{}, which {} does not have", key.name(), self.subject.name()),
            },
        }
    }

    /// What the asked resource has, in words.
    pub(super) fn attribute(&self, name: &str) -> String {
        let kind = self.kind;
        let Some(resource) = self.resource else { return format!("{name} of the {kind}") };
        match resource.attributes.get(name) {
            None => format!("the {kind} has no {name}"),
            Some(attribute) if attribute.values.is_empty() => format!("{name} of the {kind} is an empty list"),
            Some(attribute) => {
                let values: Vec<String> = attribute.values.iter().map(ToString::to_string).collect();
                format!("{name} of the {kind} is {}", enumerated(&values, values.len()))
            }
        }
    }

    fn not_held(&self, holds: &Holds) -> Vec<Leaf> {
        let user = self.subject.name();
        let name = shown(holds.held.name());
        let Some(holdings) = self.holdings else { return Vec::new() };
        let holding = self.subject.holding(holdings);
        // How it is held does not matter to who looks for what is missing; for how long does: each kind has a gate of its own.
        let ways = holding.ways(&holds.held).into_iter().filter(|way| holds.lasting.counts(way.reach));
        let mut best: Option<Vec<Leaf>> = None;
        for way in ways {
            let all = self.needs(holdings, holds, holding, way);
            let over = all.iter().any(|(need, formula)| formula.is_false() && matches!(need, Need::Window | Need::AdditionWindow));
            // Whether one is assigned to a team can hang on the very grant that is over.
            let needs = all.into_iter().filter(|(need, formula)| formula.is_false() && !(over && matches!(need, Need::Scope)));
            let leaves: Vec<Leaf> = needs.map(|(need, _)| self.unmet(&need, holds, holdings, way, place(holding, holds, way))).collect();
            if best.as_ref().is_none_or(|best| leaves.len() < best.len()) {
                best = Some(leaves);
            }
        }
        // What is held for good is no matter of what is held for a while, and the other way round.
        if best.is_none() && !holding.ways(&holds.held).is_empty() {
            return vec![Leaf { what: String::new(), span: None, label: HELD, distance: ELSEWHERE }];
        }
        best.unwrap_or_else(|| vec![Leaf { what: format!("{user} does not hold {name}"), span: None, label: HELD, distance: NOT_HELD }])
    }

    fn unmet(&self, need: &Need, holds: &Holds, holdings: &Holdings, way: HeldAs<'_>, held: Option<Span>) -> Leaf {
        let user = self.subject.name();
        let name = shown(holds.held.name());
        let at = |window: crate::compile::Window| match (window.from, window.to) {
            (Some(from), _) if self.at < from => format!("begins only on {from}"),
            (_, Some(to)) => format!("ended on {to}"),
            _ => "does not count now".to_owned(),
        };
        let (what, distance) = match need {
            Need::Window => (format!("{user} holds {name} by a grant that {}", at(way.reach.window)), 1),
            Need::AdditionWindow => {
                let window = holds.addition.as_ref().map(|(addition, _)| addition.window).unwrap_or_default();
                (format!("the assignment that adds this to {name} {}", at(window)), 1)
            }
            Need::Team(team) => {
                let below = if holdings.teams().info(*team).is_some_and(|info| info.descends) { " and the teams below" } else { "" };
                let team = shown(holdings.teams().name(*team));
                (format!("{user} holds {name} for the team {team}{below}, but {}", self.attribute(TEAM_ID)), 3)
            }
            Need::TeamAbove(team) => {
                let team = team.map(|team| format!(" for the team {}", shown(holdings.teams().name(team)))).unwrap_or_default();
                (format!("{user} holds {name}{team}, but {}", self.attribute(TEAM_ID)), 3)
            }
            Need::Project(project) => (format!("{name} is granted for the project {}, but {}", shown(project), self.attribute(PROJECT)), 3),
            Need::PatternScope => self.out_of_scope(holdings.pattern_scope(), "team-based access has"),
            Need::Scope => match &holds.within {
                crate::compile::Within::Scope(scope) => self.out_of_scope(scope, "this has"),
                crate::compile::Within::TeamAbove => (String::new(), 1),
            },
        };
        let added = holds.addition.as_ref().filter(|_| matches!(need, Need::AdditionWindow)).map(|(_, span)| *span);
        Leaf { what, span: added.or(held), label: HELD, distance }
    }

    fn out_of_scope(&self, scope: &Scope, whose: &str) -> (String, usize) {
        let user = self.subject.name();
        let why = match scope {
            Scope::All => String::new(),
            Scope::Own if self.resource.is_some_and(|resource| resource.attributes.get(OWNER).is_none()) => {
                format!("and {}", self.attribute(OWNER))
            }
            Scope::Own => format!("and {}, not {user}", self.attribute(OWNER)),
            Scope::AssignedTeams => format!("and {user} is neither a member of the team nor assigned to it; {}", self.attribute(TEAM_ID)),
            Scope::TeamType(kind) if **kind != *self.kind => format!("which is about {kind} alone"),
            Scope::TeamResources | Scope::TeamType(_) => {
                format!("which of a role that is held directly is {user}'s own teams; {}", self.attribute(TEAM_ID))
            }
        };
        (format!("{whose} the scope {}, {why}", scope.name()), 3)
    }

    fn not_at(&self, level: &AtLevel) -> Leaf {
        let user = self.subject.name();
        let standing = standing(self.subject.user, &level.levels);
        let leaf = |what, span, distance| Leaf { what, span, label: PROGRESS, distance };
        let name = |at: usize| level.levels.get(at).map(|level| shown(&level.name.value).into_owned()).unwrap_or_default();
        let Some(started) = standing.started_at else {
            // Of several levels the one that the user would have is the closest.
            let off = standing.reached.abs_diff(level.at + 1);
            return leaf(format!("{user} has not started (no progress.startedAt)"), None, NOT_HELD + off);
        };
        if self.at < started.value {
            return leaf(format!("{user} starts only on {}", started.value), Some(started.span), 1);
        }
        if standing.reached == level.at + 1 {
            let end = standing.ends().map(|end| format!(", which ended on {end}")).unwrap_or_default();
            let next = self.missing_for(level, level.at + 1);
            return leaf(format!("{user} is at the level {}{end}{next}", name(level.at)), Some(started.span), 1);
        }
        if standing.reached > level.at {
            return leaf(format!("{user} is past the level {}, at {}", name(level.at), name(standing.reached - 1)), Some(started.span), 3);
        }
        let here = standing.reached.checked_sub(1).map_or_else(|| "no level yet".to_owned(), |at| format!("the level {}", name(at)));
        let lacks: Vec<String> =
            (standing.reached..=level.at).map(|at| self.missing_for(level, at)).filter(|text| !text.is_empty()).collect();
        leaf(format!("{user} has {here}{}", lacks.concat()), Some(started.span), 2 * (level.at + 1 - standing.reached))
    }

    /// What is missing for a level, such as "; for the next tenure is missing"; empty if nothing is.
    pub(super) fn missing_for(&self, level: &AtLevel, at: usize) -> String {
        let Some(next) = level.levels.get(at) else { return String::new() };
        let lacks: Vec<&str> = missing(self.subject.user, next).collect();
        if lacks.is_empty() {
            return String::new();
        }
        let are = if lacks.len() == 1 { "is" } else { "are" };
        format!("; for {} {} {are} missing", shown(&next.name.value), enumerated(&lacks, lacks.len()))
    }
}

/// Where it is written that something is held.
fn place(holding: &Holding, holds: &Holds, way: HeldAs<'_>) -> Option<Span> {
    match holding.chain(&holds.held, way).0?.origin {
        Origin::Own { entry } => entry,
        Origin::Assignment { assignment } | Origin::TeamAssignment { assignment, .. } => Some(assignment),
        Origin::Membership { member } | Origin::BaseRole { member, .. } => Some(member),
    }
}

impl Case<'_, '_> {
    /// The conditions of a predicate that hold, in words.
    pub(super) fn met(&self, predicate: &Predicate) -> Vec<String> {
        match predicate {
            Predicate::All(parts) => parts.iter().flat_map(|part| self.met(part)).collect(),
            Predicate::Any(parts) => parts.iter().find(|part| self.evaluate(part).is_true()).map(|part| self.met(part)).unwrap_or_default(),
            Predicate::Compare(comparison) if self.evaluate(predicate).is_true() => vec![self.compared_in_words(comparison)],
            _ => Vec::new(),
        }
    }

    fn compared_in_words(&self, comparison: &Comparison) -> String {
        match &comparison.left {
            Side::Resource(name) => self.attribute(name),
            Side::OtherType(name) => format!("the {} has no {name}", self.kind),
            Side::User(key) => {
                let values = self.values(key).unwrap_or_default();
                // Of many roles those that matter.
                let telling = values.iter().filter(|(value, _)| self.holds_with(comparison, key, value)).cloned().collect::<Values>();
                let shown = if telling.is_empty() { &values } else { &telling };
                match self.values(key) {
                    Some(_) => format!("{} is {}", comparison.key, values_in_words(shown)),
                    None => format!("{} has no {}", self.subject.name(), comparison.key),
                }
            }
        }
    }
}

/// What a comparison wants, in words.
pub(super) fn wanted(comparison: &Comparison, operand: impl Fn(&Operand) -> String) -> String {
    if let Operator::Exists(_) = comparison.operator {
        return comparison.operator.words().to_owned();
    }
    let operands: Vec<String> = comparison.right.iter().map(operand).collect();
    let one_of = if operands.len() > 1 { "one of " } else { "" };
    let none = if operands.is_empty() { "a value of an empty list" } else { "" };
    format!("{}{one_of}{}{none}", comparison.operator.words(), enumerated(&operands, operands.len()))
}

fn values_in_words(values: &Values) -> String {
    let names: Vec<String> = values.iter().filter(|(_, when)| *when != Formula::FALSE).map(|(value, _)| value.to_string()).collect();
    if names.is_empty() { "nothing".to_owned() } else { enumerated(&names, names.len()) }
}
