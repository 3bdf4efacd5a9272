//! What the definitions of a workspace give to ids, whoever these are: for walkers that have the users elsewhere.

use std::sync::Arc;

use super::held::Holding;
use super::reach::way_of;
use crate::compile::{Assigned, Held, Holdings, Reach, TeamId, Way};

/// What a workspace gives one id, without what follows from the roles in the user's own list.
#[derive(Clone, Debug)]
pub struct Given {
    /// What is held, roles that held roles bring included.
    pub holdings: Vec<GivenHolding>,
    /// The teams of which the user is a member.
    pub teams: Vec<TeamId>,
    /// The teams to which the user is assigned.
    pub assigned: Vec<Assigned>,
}

/// One way in which something is held.
#[derive(Clone, Debug)]
pub struct GivenHolding {
    /// What is held.
    pub held: Held,
    /// How.
    pub way: Way,
    /// How far, and when.
    pub reach: Reach,
}

/// What a workspace gives an id. The roles `without` are not held, and bring nothing.
pub fn given_to(holdings: &Holdings, id: &str, without: &[String]) -> Given {
    let holding = Holding::new(holdings, Some(id), std::iter::empty(), without, true);
    let roles = holding.roles().into_iter().map(|role| Held::Role(Arc::clone(role)));
    let permissions = holding.permissions().into_iter().map(|name| Held::Permission(Arc::clone(name)));
    let all = roles.chain(permissions).flat_map(|held| {
        let ways = holding.ways(&held).into_iter();
        ways.map(|way| GivenHolding { held: held.clone(), way: way_of(way), reach: way.reach.clone() }).collect::<Vec<_>>()
    });
    let all = all.collect();
    let teams = holding.teams.iter().map(|(team, _)| *team).collect();
    Given { holdings: all, teams, assigned: holding.assigned }
}

/// The roles that a role brings, itself not among them.
pub fn brought_by(holdings: &Holdings, role: &str, without: &[String]) -> Vec<Arc<str>> {
    let holding = Holding::new(holdings, None, std::iter::once((role, None)), without, true);
    holding.roles().into_iter().filter(|brought| ***brought != *role).map(Arc::clone).collect::<Vec<_>>()
}
