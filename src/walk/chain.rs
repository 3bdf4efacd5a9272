//! The chain from a user to a statement: what they hold, and how they came to hold it.

use super::evaluate::Case;
use super::held::{HeldAs, Holding, Inheriting};
use super::level::standing;
use super::reach::fits;
use crate::compile::{AtLevel, Comparison, Held, Holdings, Holds, Link, Origin, Predicate, Side, TeamId, Window, Within};
use crate::model::permissions::{Operand, PROJECT, Scope, TEAM_ID, UserKey};
use crate::model::shown;

/// The links of what a predicate says of the user's holdings and teams.
pub(super) fn links(case: &Case<'_, '_>, predicate: &Predicate) -> Vec<Link> {
    match predicate {
        Predicate::Holds(holds) => held(case, holds).unwrap_or_default(),
        Predicate::Compare(comparison) => compared(case, comparison).unwrap_or_default(),
        Predicate::AtLevel(level) => started(case, level).into_iter().collect(),
        Predicate::All(parts) => parts.iter().flat_map(|part| links(case, part)).collect(),
        Predicate::Any(parts) => parts.iter().find(|part| case.evaluate(part).is_true()).map(|part| links(case, part)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The links of the first way in which something is held that reaches the resource, or could.
fn held(case: &Case<'_, '_>, holds: &Holds) -> Option<Vec<Link>> {
    let holdings = case.holdings?;
    let holding = case.subject.holding(holdings);
    let ways = || holding.ways(&holds.held).into_iter().filter(|way| fits(holds, *way));
    let sure = ways().find(|way| case.reach_of(holdings, holds, holding, *way).is_true());
    let way = sure.or_else(|| ways().find(|way| !case.reach_of(holdings, holds, holding, *way).is_false()))?;
    let mut links = of_way(case, holdings, holding, &holds.held, way);
    match &holds.within {
        Within::Scope(Scope::AssignedTeams) => links.extend(in_team(case, holdings, holding, true)),
        Within::Scope(Scope::TeamResources | Scope::TeamType(_)) if way.reach.team.is_none() => {
            links.extend(in_team(case, holdings, holding, false));
        }
        Within::Scope(_) | Within::TeamAbove => {}
    }
    Some(links)
}

/// What makes the resource's team one of the user's: a membership, or where these count an assignment.
fn in_team(case: &Case<'_, '_>, holdings: &Holdings, holding: &Holding, assigned: bool) -> Option<Link> {
    let user = case.subject.name();
    let asked = teams_of(case, holdings);
    let name = |team| shown(holdings.teams().name(team)).into_owned();
    if let Some((team, member)) = holding.teams.iter().find(|(team, _)| asked.contains(team)) {
        return Some(Link { what: format!("{user} is a member of the team {}", name(*team)), span: Some(*member) });
    }
    let mut all = holding.assigned.iter().filter(|one| assigned && one.window.contains(case.at) && asked.contains(&one.team));
    let one = all.find(|one| one.project.as_ref().is_none_or(|project| case.named(PROJECT, project).is_true()))?;
    let project = one.project.as_ref().map(|project| format!(", for the project {}", shown(project))).unwrap_or_default();
    let what = format!("{user} is assigned to the team {}{project}{}", name(one.team), window(one.window));
    Some(Link { what, span: Some(one.assignment) })
}

/// How a user comes to a role, or a team, that a condition names.
fn compared(case: &Case<'_, '_>, comparison: &Comparison) -> Option<Vec<Link>> {
    let key = match &comparison.left {
        Side::User(key @ (UserKey::Role | UserKey::TeamId)) => Some(key),
        _ => None,
    };
    let right = comparison.right.iter().find_map(|operand| match operand {
        Operand::User(key @ (UserKey::Role | UserKey::TeamId)) => Some(key),
        _ => None,
    });
    let key = key.or(right).filter(|_| !comparison.operator.is_negative() && case.compare(comparison).is_true())?;
    let holdings = case.holdings?;
    let holding = case.subject.holding(holdings);
    // The first of them with which alone the condition would hold.
    let values = case.values(key)?.into_iter().filter(|(_, when)| when.is_true());
    let value = values.map(|(value, _)| value).find(|value| case.holds_with(comparison, key, value))?;
    if *key == UserKey::TeamId {
        let team = holdings.teams().find(value.text())?;
        let (_, member) = holding.teams.iter().find(|(found, _)| *found == team)?;
        let what = format!("{} is a member of the team {}", case.subject.name(), shown(value.text()));
        return Some(vec![Link { what, span: Some(*member) }]);
    }
    let held = Held::Role(value.text().into());
    let way = holding.ways(&held).into_iter().find(|way| case.reaches(holdings, holding, *way).is_true())?;
    Some(of_way(case, holdings, holding, &held, way))
}

/// When a user started, for a level.
fn started(case: &Case<'_, '_>, level: &AtLevel) -> Option<Link> {
    let started = standing(case.subject.user, &level.levels).started_at?;
    Some(Link { what: format!("{} started on {}", case.subject.name(), started.value), span: Some(started.span) })
}

/// The links of one way of holding something.
pub(super) fn of_way(case: &Case<'_, '_>, holdings: &Holdings, holding: &Holding, held: &Held, way: HeldAs<'_>) -> Vec<Link> {
    let user = case.subject.name();
    let (grant, inherited) = holding.chain(held, way);
    let mut links = Vec::new();
    if let Some(grant) = grant {
        let what = match &grant.held {
            Held::Role(role) => format!("the role {}", shown(role)),
            Held::Permission(name) => format!("the permission {}", shown(name)),
        };
        let role = shown(grant.held.name());
        let team = way.reach.team.map(|team| shown(holdings.teams().name(team)).into_owned()).unwrap_or_default();
        let terms = terms(way, &team);
        let mut link = |what: String, span| links.push(Link { what, span });
        match grant.origin {
            Origin::Own { entry: Some(entry) } => link(format!("{user} has {what}"), Some(entry)),
            Origin::Own { entry: None } => link(format!("{user} has {what}, as this question supposes"), None),
            Origin::Assignment { assignment } => link(format!("an assignment gives {user} {what}{terms}"), Some(assignment)),
            Origin::Membership { member } => link(format!("{user} is a member of the team {team} as {role}"), Some(member)),
            Origin::TeamAssignment { member, assignment } => {
                link(format!("{user} is a member of the team {team}"), Some(member));
                link(format!("an assignment gives the members of {team} {what}{terms}"), Some(assignment));
            }
            Origin::BaseRole { member, pattern } => {
                link(format!("{user} is a member of the team {team}"), Some(member));
                link(format!("team-based access gives every member {what}"), Some(pattern));
            }
        }
    }
    links.extend(way.reach.team.map(|team| below(case, holdings, team)).unwrap_or_default());
    links.extend(
        inherited
            .into_iter()
            .map(|Inheriting { by, role, span }| Link { what: format!("{} inherits {}", shown(&by), shown(&role)), span: Some(span) }),
    );
    links
}

/// The resource's teams.
fn teams_of(case: &Case<'_, '_>, holdings: &Holdings) -> Vec<TeamId> {
    let attribute = case.resource.and_then(|resource| resource.attributes.get(TEAM_ID));
    attribute.into_iter().flat_map(|attribute| &attribute.values).filter_map(|value| holdings.teams().find(value.text())).collect()
}

/// The links from a team that is held down to the resource's, where that is below it.
fn below(case: &Case<'_, '_>, holdings: &Holdings, held: TeamId) -> Vec<Link> {
    let teams = holdings.teams();
    let asked = teams_of(case, holdings);
    if asked.contains(&held) {
        return Vec::new();
    }
    let Some(mut team) = asked.into_iter().find(|team| teams.is_within(*team, held)) else { return Vec::new() };
    let mut links = Vec::new();
    while let Some((parent, span)) = teams.info(team).filter(|_| team != held).and_then(|info| info.parent) {
        links.push(Link { what: format!("{} is part of {}", shown(teams.name(team)), shown(teams.name(parent))), span: Some(span) });
        team = parent;
    }
    let inherits = teams.info(held).filter(|info| info.descends);
    links
        .extend(inherits.map(|info| Link { what: format!("the inheritance of {} is on", shown(&info.name)), span: info.descends_because }));
    links.reverse();
    links
}

/// What limits an assignment, in words.
fn terms(way: HeldAs<'_>, team: &str) -> String {
    let mut words = String::new();
    if !team.is_empty() {
        words.push_str(&format!(", for the team {team}"));
    }
    if let Some(project) = &way.reach.project {
        words.push_str(&format!(", for the project {}", shown(project)));
    }
    if way.reach.emergency {
        words.push_str(", in an emergency");
    }
    words + &window(way.reach.window)
}

/// A window in words, with a comma before it; empty for one without ends.
pub(super) fn window(window: Window) -> String {
    match (window.from, window.to) {
        (Some(from), Some(to)) => format!(", from {from} until {to}"),
        (Some(from), None) => format!(", from {from} on"),
        (None, Some(to)) => format!(", until {to}"),
        (None, None) => String::new(),
    }
}
