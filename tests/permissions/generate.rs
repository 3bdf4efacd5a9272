//! Random worlds, all of them valid, biased so that every gate decides often.

mod conditions;
mod people;
mod places;
mod rules;

use jiff::{SignedDuration, Timestamp};

use crate::dice::Dice;
use crate::oracle;
use crate::world::{Progressive, TeamBased, Type, World};

pub struct Generator {
    pub dice: Dice,
    /// The free attributes of resources that the world's conditions name.
    pub named: Vec<&'static str>,
    /// Whether text is compared by order; else it is matched with globs. Both at once would need
    /// more values than are tried for an attribute.
    pub text_has_order: bool,
    pub owners: bool,
    pub projects: Vec<&'static str>,
    pub world: World,
}

pub const ACTIONS: &[&str] = &["view", "update", "assign"];
pub const REQUIREMENTS: &[&str] = &["training", "metrics", "tenure"];
pub const FREE_ATTRIBUTES: &[&str] = &["priority", "amount", "frozen", "due", "tags", "assignee"];

const TEAMS: &[&str] = &["payments", "core", "emea", "risk", "007", "no"];
const USERS: &[&str] = &["ana", "bo", "cy", "dee", "42", "no", "O'Hara"];
const ROLES: &[&str] = &["agent", "lead", "viewer", "admin", "true"];

/// The world of a seed.
pub fn world(seed: u64) -> World {
    Generator::new(seed).world
}

impl Generator {
    /// A world, and with it the means to make more of the same for it.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let named = dice.some(FREE_ATTRIBUTES, 3);
        let text_has_order = dice.chance(25);
        let owners = dice.chance(50);
        let projects = if dice.chance(45) { dice.some(&["apollo", "zeus"], 2) } else { Vec::new() };
        let mut generator = Self { dice, named, text_has_order, owners, projects, world: World::default() };
        generator.fill();
        generator
    }

    fn fill(&mut self) {
        self.types();
        let mut ids = USERS.to_vec();
        self.dice.shuffle(&mut ids);
        ids.truncate(self.dice.between(3, 5));
        self.world.users = ids.into_iter().map(|id| self.user(id)).collect();
        self.teams();
        self.customs();
        self.roles();
        self.memberships();
        let roles = self.role_names();
        for index in 0..self.world.users.len() {
            if self.dice.chance(35) {
                self.world.users[index].roles = self.dice.some(&roles, 2);
            }
            if self.dice.chance(12) {
                // One that permissions do not define.
                self.world.users[index].roles.push("hr-team".to_owned());
            }
        }
        self.instances();
        for _ in 0..self.dice.between(1, 5) {
            let assignment = self.assignment();
            self.world.assignments.push(assignment);
        }
        if self.dice.chance(75) {
            self.team_based();
        }
        if self.dice.chance(55) {
            self.progressive();
        }
        for number in 0..self.dice.weighted(&[(3, 0), (4, 1), (3, 2), (1, 3)]) {
            let policy = self.policy(number);
            self.world.policies.push(policy);
        }
    }

    fn types(&mut self) {
        let most = ACTIONS.len();
        let actions = self.dice.some(ACTIONS, most);
        self.declare("ticket", &actions);
        if self.dice.chance(30) {
            let actions = self.dice.some(ACTIONS, 2);
            self.declare("article", &actions);
        }
        if self.dice.chance(15) {
            self.declare("team", &["configure"]);
        }
    }

    fn declare(&mut self, name: &str, actions: &[&str]) {
        let actions = actions.iter().map(|action| (*action).to_owned()).collect();
        self.world.types.push(Type { name: name.to_owned(), actions });
    }

    /// Types other than `team` come first.
    pub fn a_type(&mut self) -> String {
        let index = if self.dice.chance(75) { 0 } else { self.dice.between(0, self.world.types.len() - 1) };
        self.world.types[index].name.clone()
    }

    /// One or two actions that every one of these types has; none if there is none.
    pub fn actions_for(&mut self, kinds: &[String]) -> Vec<String> {
        let mut common: Vec<&str> = oracle::actions_of(&self.world, &kinds[0]).into_iter().collect();
        common.retain(|action| kinds.iter().all(|kind| oracle::actions_of(&self.world, kind).contains(action)));
        if common.is_empty() {
            return Vec::new();
        }
        self.dice.some(&common, 2).into_iter().map(str::to_owned).collect()
    }

    pub fn role_names(&self) -> Vec<String> {
        self.world.roles.iter().map(|role| role.name.clone()).collect()
    }

    pub fn a_role(&mut self) -> String {
        let names = self.role_names();
        self.dice.pick(&names).clone()
    }

    pub fn a_user(&mut self) -> String {
        let index = self.dice.between(0, self.world.users.len() - 1);
        self.world.users[index].id.clone()
    }

    pub fn a_team(&mut self) -> String {
        let index = self.dice.between(0, self.world.teams.len() - 1);
        self.world.teams[index].name.clone()
    }

    /// A project that the world knows, none if it has none.
    pub fn a_project(&mut self) -> Option<String> {
        if self.projects.is_empty() { None } else { Some((*self.dice.pick(&self.projects)).to_owned()) }
    }

    /// One of a handful of instants.
    pub fn instant(&mut self) -> Timestamp {
        instant(self.dice.between(1, 7))
    }
}

/// The handful of instants around which windows lie, six hours apart.
pub fn instant(number: usize) -> Timestamp {
    let first: Timestamp = "2026-03-02T00:00:00Z".parse().expect("it is a time");
    first + SignedDuration::from_hours(6 * i64::try_from(number).expect("there are few"))
}

/// Every instant at which something begins or ends to count.
pub fn edges(world: &World) -> Vec<Timestamp> {
    let mut edges = Vec::new();
    for assignment in &world.assignments {
        edges.extend(assignment.not_before);
        edges.extend(assignment.expires);
    }
    for user in &world.users {
        edges.extend(user.progress.as_ref().and_then(|progress| progress.started_at));
        edges.extend(oracle::level_ends(world, user));
    }
    edges.sort();
    edges.dedup();
    edges
}

impl Generator {
    fn team_based(&mut self) {
        let scope = match self.dice.between(0, 9) {
            0..=2 => None,
            3..=5 => Some("team_resources".to_owned()),
            6 => Some("all".to_owned()),
            7 => Some("assigned_teams".to_owned()),
            8 if self.owners => Some("own".to_owned()),
            _ => Some(format!("team_{}s", self.world.types[0].name)),
        };
        let base_role = self.a_role();
        let inheritance = if self.dice.chance(60) { Some(self.dice.chance(60)) } else { None };
        let escalation = self.dice.chance(80).then(|| self.escalation());
        self.world.team_based = Some(TeamBased { base_role, inheritance, scope, escalation });
    }

    fn progressive(&mut self) {
        let only = self.world.types.len() == 1 && self.dice.chance(50);
        let kind = if only { self.world.types[0].name.clone() } else { self.a_type() };
        let mut levels = Vec::new();
        for name in &["trainee", "junior", "senior"][..self.dice.between(1, 3)] {
            levels.push(self.level(name, &kind));
        }
        self.world.progressive = Some(Progressive { resource: (!only).then_some(kind), levels });
    }
}
