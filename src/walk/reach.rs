//! Whether what a user holds reaches a resource.

use super::evaluate::Case;
use super::formula::Formula;
use super::held::{HeldAs, Holding};
use crate::compile::{Ask, Held, Holdings, Holds, Reach, ResourceTest, TeamId, Way, Within};
use crate::model::permissions::{OWNER, PROJECT, Scope, TEAM_ID, Value};

/// One thing that a holding needs to reach the asked resource.
#[derive(Clone, Debug)]
pub(super) enum Need {
    /// The asked time lies in the holding's window.
    Window,
    /// The asked time lies in the window of the assignment that adds the permission to the role.
    AdditionWindow,
    /// The resource is in the held team's reach.
    Team(TeamId),
    /// The held team is the resource's, or above it.
    TeamAbove(Option<TeamId>),
    /// The resource belongs to the project.
    Project(std::sync::Arc<str>),
    /// The resource is in the pattern's scope.
    PatternScope,
    /// The resource is in the permission's scope.
    Scope,
}

impl Case<'_, '_> {
    /// What a holding comes to: whether one of the ways in which it is held reaches the asked resource.
    pub(super) fn reached(&self, holds: &Holds) -> Formula {
        let Some(holdings) = self.holdings else { return Formula::FALSE };
        let is_added_for_a_time = || holds.addition.as_ref().is_some_and(|(addition, _)| addition.temporary);
        if !self.subject.counts_limited() && is_added_for_a_time() {
            return Formula::FALSE;
        }
        let holding = self.subject.holding(holdings);
        let ways = holding.ways(&holds.held);
        Formula::any(ways.into_iter().filter(|way| fits(holds, *way)).map(|way| self.reach_of(holdings, holds, holding, way)))
    }

    /// What it takes for one way of holding something to reach the asked resource.
    pub(super) fn reach_of(&self, holdings: &Holdings, holds: &Holds, holding: &Holding, way: HeldAs<'_>) -> Formula {
        Formula::all(self.needs(holdings, holds, holding, way).into_iter().map(|(_, formula)| formula))
    }

    /// The same, need by need.
    pub(super) fn needs(&self, holdings: &Holdings, holds: &Holds, holding: &Holding, way: HeldAs<'_>) -> Vec<(Need, Formula)> {
        let mut needs = self.reach_needs(holdings, holding, way.reach, holds.within == Within::TeamAbove);
        if let Some((addition, _)) = &holds.addition {
            needs.push((Need::AdditionWindow, Formula::Constant(addition.window.contains(self.at))));
            needs.extend(addition.project.as_ref().map(|project| (Need::Project(project.clone()), self.named(PROJECT, project))));
        }
        if let Within::Scope(scope) = &holds.within {
            needs.push((Need::Scope, self.in_scope(holdings, scope, holding, way.reach.team)));
        }
        needs
    }

    /// What it takes for a role to reach the asked resource in any way, whatever it permits.
    pub(super) fn role_reaches(&self, holdings: &Holdings, role: &Held) -> Formula {
        let holding = self.subject.holding(holdings);
        Formula::any(holding.ways(role).into_iter().map(|way| self.reaches(holdings, holding, way)))
    }

    /// What it takes for one way of holding something to reach the asked resource, whatever it permits.
    pub(super) fn reaches(&self, holdings: &Holdings, holding: &Holding, way: HeldAs<'_>) -> Formula {
        Formula::all(self.reach_needs(holdings, holding, way.reach, false).into_iter().map(|(_, formula)| formula))
    }

    fn reach_needs(&self, holdings: &Holdings, holding: &Holding, reach: &Reach, above: bool) -> Vec<(Need, Formula)> {
        let mut needs = vec![(Need::Window, Formula::Constant(reach.window.contains(self.at)))];
        match reach.team {
            team if above => {
                let ask = team.map_or(Ask::Filled, Ask::Within);
                needs.push((Need::TeamAbove(team), self.test(ResourceTest::of_team(ask))));
            }
            Some(team) => {
                let descends = holdings.teams().info(team).is_some_and(|info| info.descends);
                let alone = || self.named(TEAM_ID, holdings.teams().name(team));
                let within = || self.test(ResourceTest::of_team(Ask::Within(team)));
                needs.push((Need::Team(team), if descends { within() } else { alone() }));
            }
            None => {}
        }
        if let Some(project) = &reach.project {
            needs.push((Need::Project(project.clone()), self.named(PROJECT, project)));
        }
        if reach.by_pattern {
            needs.push((Need::PatternScope, self.in_scope(holdings, holdings.pattern_scope(), holding, reach.team)));
        }
        needs
    }

    /// Whether the asked resource is in a scope, for something held by `team` or directly.
    fn in_scope(&self, holdings: &Holdings, scope: &Scope, holding: &Holding, team: Option<TeamId>) -> Formula {
        let in_teams = |teams: &mut dyn Iterator<Item = TeamId>| {
            let names: Vec<Value> = teams.map(|team| Value::name(holdings.teams().name(team))).collect();
            if names.is_empty() { Formula::FALSE } else { self.test(ResourceTest::named(TEAM_ID, names)) }
        };
        let members = || holding.teams.iter().map(|(team, _)| *team);
        match scope {
            Scope::All => Formula::TRUE,
            Scope::Own => self.subject.id.map_or(Formula::FALSE, |id| self.named(OWNER, id)),
            Scope::AssignedTeams => {
                let assigned = holding.assigned.iter().filter(|assigned| assigned.window.contains(self.at));
                // One for a project assigns to the team for that project only.
                let assigned = assigned.map(|assigned| {
                    let project = assigned.project.as_ref().map(|project| self.named(PROJECT, project));
                    Formula::all(std::iter::once(in_teams(&mut std::iter::once(assigned.team))).chain(project))
                });
                Formula::any(std::iter::once(in_teams(&mut members())).chain(assigned))
            }
            Scope::TeamType(kind) if **kind != *self.kind => Formula::FALSE,
            // By team, what the holding reaches is the team's.
            Scope::TeamResources | Scope::TeamType(_) if team.is_some() => Formula::TRUE,
            Scope::TeamResources | Scope::TeamType(_) => in_teams(&mut members()),
        }
    }

    /// Whether an attribute of the asked resource has a name among its values.
    pub(super) fn named(&self, attribute: &str, name: &str) -> Formula {
        self.test(ResourceTest::named(attribute, vec![Value::name(name)]))
    }
}

/// Whether a way of holding something is one that counts.
pub(super) fn fits(holds: &Holds, way: HeldAs<'_>) -> bool {
    holds.lasting.counts(way.reach) && way_of(way) == holds.way
}

/// How something is held.
pub(super) fn way_of(way: HeldAs<'_>) -> Way {
    match (way.inherited, way.reach.team) {
        (true, _) => Way::Inherited,
        (false, Some(_)) => Way::Team,
        (false, None) => Way::Direct,
    }
}
