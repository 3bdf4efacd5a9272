//! Who holds what: grants by user and by team, and what roles bring along.
//!
//! A [`Grant`] is one definition that gives somebody a role or a custom permission with a reach. What a user holds follows from the
//! grants and from which roles inherit which; [`Holdings::grants_of`] gives the former, [`Holdings::inherits`] the latter.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::teams::{TeamId, Teams};
use crate::model::permissions::{Assignee, Assignment, Granted, Member, Permissions, Scope, Team, TeamBased};
use crate::source::{FileId, Span};

/// Something that can be held.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Held {
    /// A role.
    Role(Arc<str>),
    /// A custom permission.
    Permission(Arc<str>),
}

impl Held {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Role(name) | Self::Permission(name) => name,
        }
    }
}

/// When something counts: from `from`, until just before `to`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window {
    /// Its begin.
    pub from: Option<Timestamp>,
    /// Its end.
    pub to: Option<Timestamp>,
}

impl Window {
    /// Whether a time lies in it.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }
}

/// How far a grant reaches, and when it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reach {
    /// The team it reaches; `None` for every resource.
    pub team: Option<TeamId>,
    /// The project it is narrowed to.
    pub project: Option<Arc<str>>,
    /// When it counts.
    pub window: Window,
    /// Whether it is limited: by a window, a project, or as an emergency.
    pub temporary: bool,
    /// Whether it was given in an emergency.
    pub emergency: bool,
    /// Whether the pattern's scope narrows it.
    pub by_pattern: bool,
}

/// One definition that gives somebody something.
#[derive(Clone, Debug)]
pub struct Grant {
    /// What it gives.
    pub held: Held,
    /// How far, and when.
    pub reach: Reach,
    /// What it is, for a chain.
    pub origin: Origin,
}

/// What gives somebody something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A role in the user's own list, or of a question.
    Own {
        /// The entry; `None` where a question supposes it.
        entry: Option<Span>,
    },
    /// An assignment to the user.
    Assignment {
        /// The assignment.
        assignment: Span,
    },
    /// A membership.
    Membership {
        /// The member's entry.
        member: Span,
    },
    /// An assignment to a team.
    TeamAssignment {
        /// The member's entry.
        member: Span,
        /// The assignment.
        assignment: Span,
    },
    /// The base role of team-based access.
    BaseRole {
        /// The member's entry.
        member: Span,
        /// The pattern's `base_role`.
        pattern: Span,
    },
}

/// That a user is assigned to a team, whatever the assignment gives.
#[derive(Clone, Debug)]
pub struct Assigned {
    /// The team.
    pub team: TeamId,
    /// What it gives.
    pub held: Held,
    /// The project it is narrowed to.
    pub project: Option<Arc<str>>,
    /// When it counts.
    pub window: Window,
    /// The assignment.
    pub assignment: Span,
}

/// Something that a question takes to be given to a user.
#[derive(Debug)]
pub enum Supposed {
    /// By an assignment to the user.
    Assignment(Assignment),
    /// By a membership.
    Member {
        /// The team.
        team: String,
        /// The user's id.
        user: String,
        /// The role held in the team.
        role: String,
    },
}

/// A membership.
#[derive(Clone, Debug)]
struct Membership {
    team: TeamId,
    role: Arc<str>,
    span: Span,
}

/// An assignment that adds a custom permission to a role.
#[derive(Clone, Debug)]
pub(super) struct Addition {
    /// The role.
    pub(super) role: Arc<str>,
    /// How far it reaches, and when it counts.
    pub(super) reach: Reach,
    /// The assignment.
    pub(super) span: Span,
}

/// Who holds what, from all definitions of a workspace.
#[derive(Debug, Default)]
pub struct Holdings {
    teams: Teams,
    memberships: HashMap<Box<str>, Vec<Membership>>,
    to_users: HashMap<Box<str>, Vec<Grant>>,
    to_teams: HashMap<TeamId, Vec<(Held, Reach, Span)>>,
    inherits: HashMap<Arc<str>, Vec<(Arc<str>, Span)>>,
    /// By custom permission.
    additions: HashMap<Arc<str>, Vec<Addition>>,
    base_role: Option<(Arc<str>, Span)>,
    pattern_scope: Scope,
}

/// The same text is kept once.
#[derive(Default)]
struct Interner(HashMap<Box<str>, Arc<str>>);

impl Interner {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let shared: Arc<str> = text.into();
        self.0.insert(text.into(), Arc::clone(&shared));
        shared
    }
}

impl Holdings {
    pub(in crate::compile) fn new(permissions: &Permissions) -> Self {
        let mut names = Interner::default();
        let mut all = Self { teams: Teams::new(permissions), ..Self::default() };
        for role in permissions.roles() {
            let above = role.inherits.iter().map(|name| (names.get(&name.value), name.span)).collect();
            all.inherits.insert(names.get(&role.name.value), above);
        }
        for team in permissions.teams() {
            all.add_members(team, &mut names);
        }
        for assignment in permissions.assignments() {
            all.add_assignment(assignment, &mut names);
        }
        if let Some(TeamBased { base_role, scope, .. }) = permissions.team_based() {
            all.base_role = Some((names.get(&base_role.value), base_role.span));
            all.pattern_scope = scope.as_ref().map(|scope| scope.value.clone()).unwrap_or_default();
        }
        all
    }

    fn add_members(&mut self, team: &Team, names: &mut Interner) {
        let Some(id) = self.teams.find(&team.name.value) else { return };
        for Member { user, role, span } in &team.members {
            let membership = Membership { team: id, role: names.get(&role.value), span: *span };
            self.memberships.entry(user.value.clone()).or_default().push(membership);
        }
    }

    fn add_assignment(&mut self, assignment: &Assignment, names: &mut Interner) {
        let held = match &assignment.what {
            Granted::Role(name) => Held::Role(names.get(&name.value)),
            Granted::Permission(name) => Held::Permission(names.get(&name.value)),
        };
        let terms = &assignment.terms;
        let mut reach = Reach {
            team: None,
            project: terms.project.as_ref().map(|project| names.get(&project.value)),
            window: Window { from: terms.not_before.map(|time| time.value), to: terms.expires.map(|time| time.value) },
            temporary: terms.is_temporary(),
            emergency: terms.emergency.is_some_and(|flag| flag.value),
            by_pattern: false,
        };
        match &assignment.to {
            Assignee::User { user, team } => {
                reach.team = team.as_ref().and_then(|team| self.teams.find(&team.value));
                let grant = Grant { held, reach, origin: Origin::Assignment { assignment: assignment.span } };
                self.to_users.entry(user.value.clone()).or_default().push(grant);
            }
            Assignee::Team(team) => {
                let Some(team) = self.teams.find(&team.value) else { return };
                reach.team = Some(team);
                self.to_teams.entry(team).or_default().push((held, reach, assignment.span));
            }
            Assignee::Role(role) => {
                let addition = Addition { role: names.get(&role.value), reach, span: assignment.span };
                self.additions.entry(names.get(held.name())).or_default().push(addition);
            }
        }
    }

    /// Asks while more is taken to be given to users, as definitions would give it. Nothing where that cannot be, or where others ask the
    /// same holdings at the moment.
    pub fn supposing<T>(shared: &mut Arc<Self>, given: &[Supposed], ask: impl FnOnce(&Arc<Self>) -> T) -> Option<T> {
        if given.is_empty() {
            return Some(ask(shared));
        }
        let own = Arc::get_mut(shared)?;
        let supposed = given.iter().take_while(|given| own.suppose(given)).count();
        let answer = (supposed == given.len()).then(|| ask(shared));
        let own = Arc::get_mut(shared)?;
        given.iter().take(supposed).rev().for_each(|given| own.forget(given));
        answer
    }

    /// Takes something to be given to a user as a definition would give it, until it is forgotten. Whether a definition could.
    fn suppose(&mut self, given: &Supposed) -> bool {
        let mut names = Interner::default();
        match given {
            Supposed::Assignment(assignment) => self.add_assignment(assignment, &mut names),
            Supposed::Member { team, user, role } => {
                let Some(team) = self.teams.find(team) else { return false };
                let membership = Membership { team, role: names.get(role), span: Span::new(FileId::default(), 0, 0) };
                self.memberships.entry(user.as_str().into()).or_default().push(membership);
            }
        }
        true
    }

    /// Forgets what was supposed last.
    fn forget(&mut self, given: &Supposed) {
        match given {
            Supposed::Assignment(assignment) => {
                if let Assignee::User { user, .. } = &assignment.to
                    && let Some(grants) = self.to_users.get_mut(&user.value)
                {
                    grants.pop();
                }
            }
            Supposed::Member { user, .. } => {
                if let Some(memberships) = self.memberships.get_mut(user.as_str()) {
                    memberships.pop();
                }
            }
        }
    }

    /// Everybody to whom something is given by name, in byte order.
    pub fn users(&self) -> BTreeSet<&str> {
        self.memberships.keys().chain(self.to_users.keys()).map(|id| &**id).collect()
    }

    /// The roles that inherit others, in byte order.
    pub fn inheriting(&self) -> BTreeSet<&str> {
        self.inherits.iter().filter(|(_, above)| !above.is_empty()).map(|(role, _)| &**role).collect()
    }

    /// The teams.
    pub fn teams(&self) -> &Teams {
        &self.teams
    }

    /// What a role inherits, each with the place that says so.
    pub fn inherits(&self, role: &str) -> &[(Arc<str>, Span)] {
        self.inherits.get(role).map(Vec::as_slice).unwrap_or_default()
    }

    /// The scope that narrows what team-based access gives.
    pub fn pattern_scope(&self) -> &Scope {
        &self.pattern_scope
    }

    /// The assignments that add a custom permission to roles.
    pub(super) fn additions(&self, permission: &str) -> &[Addition] {
        self.additions.get(permission).map(Vec::as_slice).unwrap_or_default()
    }

    /// What is given to a user by assignments, memberships and team-based access.
    pub fn grants_of(&self, user: &str) -> Vec<Grant> {
        let mut grants = self.to_users.get(user).cloned().unwrap_or_default();
        for membership in self.memberships.get(user).into_iter().flatten() {
            let reach = Reach { team: Some(membership.team), ..Reach::default() };
            let member = membership.span;
            grants.push(Grant {
                held: Held::Role(Arc::clone(&membership.role)),
                reach: reach.clone(),
                origin: Origin::Membership { member },
            });
            if let Some((role, pattern)) = &self.base_role {
                let origin = Origin::BaseRole { member, pattern: *pattern };
                grants.push(Grant { held: Held::Role(Arc::clone(role)), reach: Reach { by_pattern: true, ..reach }, origin });
            }
        }
        let mut seen: HashSet<TeamId> = HashSet::new();
        for membership in self.memberships.get(user).into_iter().flatten() {
            // Somebody who is twice in a team is given what the team is given once.
            if !seen.insert(membership.team) {
                continue;
            }
            for (held, reach, assignment) in self.to_teams.get(&membership.team).into_iter().flatten() {
                let origin = Origin::TeamAssignment { member: membership.span, assignment: *assignment };
                grants.push(Grant { held: held.clone(), reach: reach.clone(), origin });
            }
        }
        grants
    }

    /// The teams a user is a member of, each once, with the member's entry.
    pub fn teams_of(&self, user: &str) -> Vec<(TeamId, Span)> {
        let memberships = self.memberships.get(user).into_iter().flatten();
        let mut teams: Vec<(TeamId, Span)> = memberships.map(|membership| (membership.team, membership.span)).collect();
        teams.sort_unstable();
        teams.dedup_by_key(|(team, _)| *team);
        teams
    }

    /// The teams that assignments to the user name.
    pub fn assigned_to(&self, user: &str) -> impl Iterator<Item = Assigned> {
        let grants = self.to_users.get(user).into_iter().flatten();
        grants.filter_map(|grant| {
            let Origin::Assignment { assignment } = grant.origin else { return None };
            let Reach { team, project, window, .. } = &grant.reach;
            Some(Assigned { team: (*team)?, held: grant.held.clone(), project: project.clone(), window: *window, assignment })
        })
    }
}
