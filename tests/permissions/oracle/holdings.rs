//! Who holds what with which reach, and what scopes contain.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Resource;
use crate::value::Scalar;
use crate::world::{Assignment, User, World};

/// A user at the time that is asked about.
pub struct Person<'w> {
    pub world: &'w World,
    pub user: &'w User,
    pub at: Timestamp,
    pub id: Scalar,
    pub user_type: Scalar,
    pub entity: Option<Scalar>,
    /// The teams the user is a member of, as values and as names.
    pub team_id: Vec<Scalar>,
    pub member_of: BTreeSet<&'w str>,
    /// The teams that an assignment names beside the user, each with the project it is for.
    pub assigned_to: Vec<(&'w str, Option<&'w str>)>,
    pub holdings: Vec<Holding<'w>>,
}

#[derive(Clone)]
pub struct Holding<'w> {
    pub role: Option<Scalar>,
    pub permission: Option<&'w str>,
    /// The team by which it is held, none for a direct holding.
    pub team: Option<&'w str>,
    /// That team, and those below it if its inheritance is on.
    pub teams: BTreeSet<&'w str>,
    pub project: Option<&'w str>,
    /// The scope of the pattern that gives it.
    pub pattern_scope: Option<&'w str>,
    pub temporary: bool,
}

impl<'w> Person<'w> {
    pub fn new(world: &'w World, user: &'w User, at: Timestamp) -> Self {
        let mut member_of = BTreeSet::new();
        for team in &world.teams {
            if team.members.iter().any(|(member, _)| *member == user.id) {
                member_of.insert(team.name.as_str());
            }
        }
        let mut assigned_to = Vec::new();
        for assignment in &world.assignments {
            if assignment.user.as_ref() == Some(&user.id) && counts(assignment, at) {
                assigned_to.extend(assignment.team.as_deref().map(|team| (team, assignment.project.as_deref())));
            }
        }
        let holdings = holdings(world, user, at, &member_of);
        let entity = user.entity.as_deref().filter(|entity| !entity.is_empty()).map(Scalar::quoted);
        let user_type = if user.internal == Some(true) { "internal-user" } else { "external-user" };
        let team_id = member_of.iter().map(|team| Scalar::quoted(*team)).collect();
        let (id, user_type) = (Scalar::quoted(&user.id), Scalar::quoted(user_type));
        Self { world, user, at, id, user_type, entity, team_id, member_of, assigned_to, holdings }
    }

    pub fn reaches(&self, holding: &Holding<'_>, resource: Resource<'_>) -> bool {
        (holding.team.is_none() || resource.has_one_of("team_id", &holding.teams)) && self.narrowed(holding, resource)
    }

    /// What narrows a reach beside the team.
    pub fn narrowed(&self, holding: &Holding<'_>, resource: Resource<'_>) -> bool {
        holding.project.is_none_or(|project| resource.has("project", project))
            && holding.pattern_scope.is_none_or(|scope| self.pattern_scope_contains(scope, resource))
    }

    /// The scope of a role's permission, whose type is that of the resource.
    pub fn scope_contains(&self, scope: Option<&str>, holding: &Holding<'_>, resource: Resource<'_>) -> bool {
        match scope {
            None | Some("all") => true,
            Some("own") => resource.has("owner", &self.user.id),
            Some("assigned_teams") => self.is_assigned(resource),
            Some(scope) => {
                assert!(scope == "team_resources" || scope == format!("team_{}s", resource.kind), "unknown scope {scope}");
                holding.team.is_some() || resource.has_one_of("team_id", &self.member_of)
            }
        }
    }

    /// A member of one of the resource's teams, or assigned to it; if for a project, then to what is of that project.
    fn is_assigned(&self, resource: Resource<'_>) -> bool {
        let assigned = |(team, project): &(&str, Option<&str>)| {
            resource.has("team_id", team) && project.is_none_or(|project| resource.has("project", project))
        };
        resource.has_one_of("team_id", &self.member_of) || self.assigned_to.iter().any(assigned)
    }

    /// What the pattern gives is held by team, so that its `team_resources` are what it reaches.
    fn pattern_scope_contains(&self, scope: &str, resource: Resource<'_>) -> bool {
        match scope {
            "all" | "team_resources" => true,
            "own" => resource.has("owner", &self.user.id),
            "assigned_teams" => self.is_assigned(resource),
            scope => scope == format!("team_{}s", resource.kind),
        }
    }
}

/// From `notBefore`, included, to `expires`, excluded.
pub fn counts(assignment: &Assignment, at: Timestamp) -> bool {
    assignment.not_before.is_none_or(|from| from <= at) && assignment.expires.is_none_or(|until| at < until)
}

/// Whether what it gives is temporary.
pub fn is_temporary(assignment: &Assignment) -> bool {
    let window = assignment.not_before.is_some() || assignment.expires.is_some();
    window || assignment.project.is_some() || assignment.emergency == Some(true)
}

/// A team and, if need be through others, those above it.
pub fn with_those_above<'w>(world: &'w World, team: &'w str) -> Vec<&'w str> {
    let mut line = vec![team];
    let mut parent = world.team(team).and_then(|team| team.parent.as_deref());
    while let Some(above) = parent {
        line.push(above);
        parent = world.team(above).and_then(|team| team.parent.as_deref());
    }
    line
}

/// A team and all below it.
pub fn with_those_below<'w>(world: &'w World, team: &str) -> BTreeSet<&'w str> {
    let names = world.teams.iter().map(|team| team.name.as_str());
    names.filter(|name| with_those_above(world, name).contains(&team)).collect()
}

/// A role and every role that it inherits, also through others.
pub fn with_inherited<'w>(world: &'w World, role: &'w str) -> BTreeSet<&'w str> {
    let mut all = BTreeSet::new();
    let mut open = vec![role];
    while let Some(next) = open.pop() {
        if all.insert(next)
            && let Some(role) = world.role(next)
        {
            open.extend(role.inherits.iter().map(String::as_str));
        }
    }
    all
}

fn holdings<'w>(world: &'w World, user: &'w User, at: Timestamp, member_of: &BTreeSet<&'w str>) -> Vec<Holding<'w>> {
    let mut given = Vec::new();
    for role in &user.roles {
        given.push(held(world, Some(role), None, None));
    }
    for assignment in &world.assignments {
        let to_user = assignment.user.as_ref() == Some(&user.id);
        let to_team = assignment.user.is_none() && assignment.team.as_deref().is_some_and(|team| member_of.contains(team));
        if (to_user || to_team) && counts(assignment, at) {
            let holding = held(world, assignment.role.as_deref(), assignment.permission.as_deref(), assignment.team.as_deref());
            given.push(Holding { project: assignment.project.as_deref(), temporary: is_temporary(assignment), ..holding });
        }
    }
    for team in &world.teams {
        for (member, role) in &team.members {
            if *member == user.id {
                given.push(held(world, Some(role), None, Some(&team.name)));
                if let Some(pattern) = &world.team_based {
                    let holding = held(world, Some(&pattern.base_role), None, Some(&team.name));
                    given.push(Holding { pattern_scope: pattern.scope.as_deref(), ..holding });
                }
            }
        }
    }
    let mut all = given.clone();
    for holding in &given {
        let Some(role) = &holding.role else { continue };
        let Some(defined) = world.role(&role.text) else { continue };
        for inherited in with_inherited(world, &defined.name) {
            if inherited != role.text {
                all.push(Holding { role: Some(Scalar::quoted(inherited)), ..holding.clone() });
            }
        }
    }
    all
}

fn held<'w>(world: &'w World, role: Option<&'w str>, permission: Option<&'w str>, team: Option<&'w str>) -> Holding<'w> {
    let mut teams = BTreeSet::new();
    if let Some(team) = team {
        teams.insert(team);
        let own = world.team(team).and_then(|team| team.inheritance);
        let pattern = world.team_based.as_ref().and_then(|pattern| pattern.inheritance);
        if own.or(pattern).unwrap_or(false) {
            teams.extend(with_those_below(world, team));
        }
    }
    Holding { role: role.map(Scalar::quoted), permission, team, teams, project: None, pattern_scope: None, temporary: false }
}
