//! Which team is below which, in one comparison.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::permissions::Permissions;
use crate::source::Span;

/// A team, by its place in a walk over the tree of teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TeamId(u32);

/// The teams, numbered so that those below a team follow it at once.
#[derive(Debug, Default)]
pub struct Teams {
    all: Vec<TeamInfo>,
    by_name: HashMap<Arc<str>, TeamId>,
}

/// What is known of a team.
#[derive(Debug)]
pub struct TeamInfo {
    /// Its id.
    pub name: Arc<str>,
    /// One past the last team below it.
    end: u32,
    /// The team it is part of, and where that is written.
    pub parent: Option<(TeamId, Span)>,
    /// Whether what is held in it reaches the teams below.
    pub descends: bool,
    /// What says so; `None` where nothing does, and it is off.
    pub descends_because: Option<Span>,
}

impl Teams {
    pub(super) fn new(permissions: &Permissions) -> Self {
        let by_default = permissions.team_based().and_then(|pattern| pattern.inheritance);
        let mut below: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut roots = Vec::new();
        for team in permissions.teams() {
            match &team.parent {
                Some(parent) => below.entry(&parent.value).or_default().push(&team.name.value),
                None => roots.push(&*team.name.value),
            }
        }
        let mut teams = Self::default();
        // Upside down, so that what is taken from the end comes in byte order.
        let mut open: Vec<(&str, bool)> = roots.into_iter().rev().map(|name| (name, false)).collect();
        while let Some((name, left)) = open.pop() {
            let next = u32::try_from(teams.all.len()).unwrap_or(u32::MAX);
            if left {
                if let Some(id) = teams.by_name.get(name).copied()
                    && let Some(info) = teams.all.get_mut(id.0 as usize)
                {
                    info.end = next;
                }
                continue;
            }
            let Some(team) = permissions.team(name) else { continue };
            let parent = team.parent.as_ref().and_then(|parent| Some((*teams.by_name.get(&*parent.value)?, parent.span)));
            let inheritance = team.inheritance.or(by_default);
            let shared: Arc<str> = name.into();
            teams.by_name.insert(Arc::clone(&shared), TeamId(next));
            teams.all.push(TeamInfo {
                name: shared,
                end: next,
                parent,
                descends: inheritance.is_some_and(|flag| flag.value),
                descends_because: inheritance.map(|flag| flag.span),
            });
            open.push((name, true));
            open.extend(below.get(name).into_iter().flatten().rev().map(|child| (*child, false)));
        }
        teams
    }

    /// The team of a name.
    pub fn find(&self, name: &str) -> Option<TeamId> {
        self.by_name.get(name).copied()
    }

    /// What is known of a team.
    pub fn info(&self, team: TeamId) -> Option<&TeamInfo> {
        self.all.get(team.0 as usize)
    }

    /// Its id in the files.
    pub fn name(&self, team: TeamId) -> &str {
        self.info(team).map_or("", |info| &info.name)
    }

    /// The numbers of a team and those below it: they are in a row, the team's own is the first.
    pub fn numbers(&self, team: TeamId) -> std::ops::Range<u32> {
        team.0..self.info(team).map_or(team.0, |info| info.end)
    }

    /// Whether `team` is `above`, or below it.
    pub fn is_within(&self, team: TeamId, above: TeamId) -> bool {
        above.0 <= team.0 && self.info(above).is_some_and(|info| team.0 < info.end)
    }

    /// Teams such that of any two that are told apart by being within one of `within`, or being one of `named`, one is there.
    pub fn representatives(&self, within: impl Iterator<Item = TeamId>, named: impl Iterator<Item = TeamId>) -> Vec<TeamId> {
        let edges = within.flat_map(|team| [team.0, team.0.saturating_add(1), self.info(team).map_or(0, |info| info.end)]);
        let edges = edges.chain(named.flat_map(|team| [team.0, team.0.saturating_add(1)])).chain([0]);
        let mut all: Vec<TeamId> = edges.filter(|at| (*at as usize) < self.all.len()).map(TeamId).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// All teams.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|info| &*info.name)
    }
}
