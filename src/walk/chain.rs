//! The chain from a user to a statement: what they hold, and how they came to hold it.

use super::evaluate::Case;
use super::held::{HeldAs, Holding, Inheriting};
use super::reach::fits;
use crate::compile::{Held, Holdings, Holds, Link, Origin, Predicate, TeamId, Window};
use crate::model::permissions::TEAM_ID;
use crate::model::shown;

/// The links of what a predicate says is held.
pub(super) fn links(case: &Case<'_, '_>, predicate: &Predicate) -> Vec<Link> {
    match predicate {
        Predicate::Holds(holds) => held(case, holds).unwrap_or_default(),
        Predicate::All(parts) => parts.iter().flat_map(|part| links(case, part)).collect(),
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
    Some(of_way(case, holdings, holding, &holds.held, way))
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
    links.extend(way.reach.team.and_then(|team| below(case, holdings, team)));
    links.extend(
        inherited
            .into_iter()
            .map(|Inheriting { by, role, span }| Link { what: format!("{} inherits {}", shown(&by), shown(&role)), span: Some(span) }),
    );
    links
}

/// The link from a team that is held to the resource's, where that is below it.
fn below(case: &Case<'_, '_>, holdings: &Holdings, held: TeamId) -> Option<Link> {
    let teams = holdings.teams();
    let of_resource = case.resource?.attributes.get(TEAM_ID)?;
    let asked: Vec<TeamId> = of_resource.values.iter().filter_map(|value| teams.find(value.text())).collect();
    if asked.contains(&held) {
        return None;
    }
    let team = asked.into_iter().find(|team| teams.is_within(*team, held))?;
    let (name, above) = (shown(teams.name(team)), shown(teams.name(held)));
    Some(match teams.info(held)? {
        info if info.descends => Link { what: format!("{name} is below {above}, whose inheritance is on"), span: info.descends_because },
        _ => Link { what: format!("{name} is below {above}"), span: teams.info(team)?.parent.map(|(_, span)| span) },
    })
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
