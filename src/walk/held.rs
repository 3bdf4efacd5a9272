//! What one user holds: their grants, and the roles that these bring along.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::compile::{Assigned, Grant, Held, Holdings, Origin, Reach, TeamId};
use crate::source::Span;

/// What one user holds, at any time.
#[derive(Debug)]
pub(super) struct Holding {
    /// The grants, in an order that does not depend on where they are written.
    pub(super) grants: Vec<Grant>,
    groups: Vec<Group>,
    by_permission: HashMap<Arc<str>, Vec<usize>>,
    /// The teams the user is a member of, with the member's entry.
    pub(super) teams: Vec<(TeamId, Span)>,
    /// The teams the user is assigned to.
    pub(super) assigned: Vec<Assigned>,
}

/// Grants with one reach, and the roles they come to.
#[derive(Debug)]
struct Group {
    reach: Reach,
    /// The grant of each role that is granted.
    granted: HashMap<Arc<str>, usize>,
    /// These and the roles they bring; groups of the same roles share it.
    roles: Arc<Closure>,
}

/// Roles, and what those bring: for each that is brought, by which role and where that is written.
type Closure = HashMap<Arc<str>, Option<(Arc<str>, Span)>>;

/// That a role inherits another.
#[derive(Clone, Debug)]
pub(super) struct Inheriting {
    /// The role that inherits.
    pub(super) by: Arc<str>,
    /// What it inherits.
    pub(super) role: Arc<str>,
    /// Where it says so.
    pub(super) span: Span,
}

/// One way in which a user holds something.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeldAs<'h> {
    /// How far, and when.
    pub(super) reach: &'h Reach,
    /// Whether it comes by a role that inherits it.
    pub(super) inherited: bool,
    group: Option<&'h Group>,
    grant: Option<usize>,
}

impl Holding {
    /// What follows from the roles in the user's own list, and from the grants of an id. `without` are not held at all, and what is
    /// limited (by a window, a project or an emergency) only where that counts.
    pub(super) fn new<'r>(
        holdings: &Holdings,
        id: Option<&str>,
        own: impl Iterator<Item = (&'r str, Option<Span>)>,
        without: &[String],
        limited: bool,
    ) -> Self {
        let is_without = |held: &Held| matches!(held, Held::Role(name) if without.iter().any(|role| **role == **name));
        let own = own.map(|(role, entry)| Grant { held: Held::Role(role.into()), reach: Reach::default(), origin: Origin::Own { entry } });
        let given = id.map(|id| holdings.grants_of(id)).unwrap_or_default();
        let mut grants: Vec<Grant> = own.chain(given).filter(|grant| !is_without(&grant.held)).collect();
        let mut left_out: HashSet<Span> = HashSet::new();
        grants.retain(|grant| {
            let counts = limited || !grant.reach.temporary;
            if let Origin::Assignment { assignment } = grant.origin
                && !counts
            {
                left_out.insert(assignment);
            }
            counts
        });
        grants.sort_by(|a, b| (&a.reach, &a.held, a.origin).cmp(&(&b.reach, &b.held, b.origin)));
        let mut by_reach: BTreeMap<&Reach, Vec<usize>> = BTreeMap::new();
        let mut by_permission: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
        for (at, grant) in grants.iter().enumerate() {
            match &grant.held {
                Held::Role(_) => by_reach.entry(&grant.reach).or_default().push(at),
                Held::Permission(name) => by_permission.entry(Arc::clone(name)).or_default().push(at),
            }
        }
        // Many grants can be of the same role, each with a window of its own.
        let mut closures: HashMap<Vec<Arc<str>>, Arc<Closure>> = HashMap::new();
        let mut groups = Vec::with_capacity(by_reach.len());
        for (reach, members) in by_reach {
            let mut granted: HashMap<Arc<str>, usize> = HashMap::new();
            let mut roles: Vec<Arc<str>> = Vec::new();
            for at in members {
                let Some(Grant { held: Held::Role(role), .. }) = grants.get(at) else { continue };
                if !granted.contains_key(role) {
                    granted.insert(Arc::clone(role), at);
                    roles.push(Arc::clone(role));
                }
            }
            let roles = Arc::clone(closures.entry(roles).or_insert_with_key(|roles| Arc::new(close(holdings, roles, without))));
            groups.push(Group { reach: reach.clone(), granted, roles });
        }
        let teams = id.map(|id| holdings.teams_of(id)).unwrap_or_default();
        let assigned = id
            .map(|id| holdings.assigned_to(id).filter(|one| !is_without(&one.held) && !left_out.contains(&one.assignment)).collect())
            .unwrap_or_default();
        Self { grants, groups, by_permission, teams, assigned }
    }

    /// The ways in which something is held, at any time.
    pub(super) fn ways<'h>(&'h self, held: &Held) -> Vec<HeldAs<'h>> {
        match held {
            Held::Role(name) => self.groups.iter().filter_map(|group| group.way(name)).collect(),
            Held::Permission(name) => {
                let grants = self.by_permission.get(name).into_iter().flatten();
                let held =
                    |at: &usize| Some(HeldAs { reach: &self.grants.get(*at)?.reach, inherited: false, group: None, grant: Some(*at) });
                grants.filter_map(held).collect()
            }
        }
    }

    /// Every role that is held, at any time, in byte order.
    pub(super) fn roles(&self) -> BTreeSet<&Arc<str>> {
        let mut seen: Vec<*const Closure> = Vec::new();
        let mut roles = BTreeSet::new();
        for group in &self.groups {
            let closure = Arc::as_ptr(&group.roles);
            if !seen.contains(&closure) {
                seen.push(closure);
                roles.extend(group.roles.keys());
            }
        }
        roles
    }

    /// Every custom permission that is held by itself, at any time.
    pub(super) fn permissions(&self) -> BTreeSet<&Arc<str>> {
        self.by_permission.keys().collect()
    }

    /// The grant from which something is held, and the roles on the way from it, each with the place that makes it the next.
    pub(super) fn chain<'h>(&'h self, held: &Held, way: HeldAs<'h>) -> (Option<&'h Grant>, Vec<Inheriting>) {
        let mut links = Vec::new();
        let mut grant = way.grant;
        let mut role: Arc<str> = held.name().into();
        if let Some(group) = way.group {
            while let Some(Some((by, span))) = group.roles.get(&role) {
                links.push(Inheriting { by: Arc::clone(by), role, span: *span });
                role = Arc::clone(by);
            }
            grant = group.granted.get(&role).copied();
        }
        links.reverse();
        (grant.and_then(|at| self.grants.get(at)), links)
    }
}

impl Group {
    fn way(&self, role: &str) -> Option<HeldAs<'_>> {
        let brought = self.roles.get(role)?.is_some();
        Some(HeldAs { reach: &self.reach, inherited: brought, group: Some(self), grant: None })
    }
}

/// The roles that roles come to. Near ones are found before far ones, so that a chain is as short as it can be.
fn close(holdings: &Holdings, granted: &[Arc<str>], without: &[String]) -> Closure {
    let mut roles: Closure = granted.iter().map(|role| (Arc::clone(role), None)).collect();
    let mut open: VecDeque<Arc<str>> = granted.iter().map(Arc::clone).collect();
    while let Some(role) = open.pop_front() {
        for (inherited, span) in holdings.inherits(&role) {
            if !roles.contains_key(inherited) && !without.iter().any(|gone| **gone == **inherited) {
                roles.insert(Arc::clone(inherited), Some((Arc::clone(&role), *span)));
                open.push_back(Arc::clone(inherited));
            }
        }
    }
    roles
}
