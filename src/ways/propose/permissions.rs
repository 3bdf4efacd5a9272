//! Edits for actions on resources: what can be given to a user, and what conditions compare of a user.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Facts;
use crate::compile::{Asked as About, Comparison, DecisionList, Held, Predicate, Resource, Side, compile};
use crate::model::Workspace;
use crate::model::permissions::{Operand, Operator, Permissions, TEAM_ID, UserKey, Value};
use crate::ways::{Act, Asked, Edit, Kind, Of};

/// Whole numbers below this are exact.
const EXACT: f64 = 1e15;

/// For so long something is granted.
const FOR: SignedDuration = SignedDuration::from_hours(24);

/// The edits for a target about resources.
pub(super) fn edits(workspace: &Workspace, facts: &Facts<'_>, asked: &Asked<'_>) -> Vec<Edit> {
    let Ok(list) = compile(workspace, asked.target, asked.options) else { return Vec::new() };
    let asks = Asks::of(&list);
    let permissions = workspace.permissions();
    let roles: Vec<&str> = permissions.roles().map(|role| &*role.name.value).filter(|role| asks.is_about(permissions, role)).collect();
    let teams = teams(permissions, &list, &asks);
    let resource_team = teams.iter().find(|team| asks.own_teams.contains(**team)).copied();
    let mut edits = Vec::new();
    if let Some(id) = facts.id.filter(|id| workspace.user(id).is_some()) {
        let held =
            roles.iter().map(|role| Held::Role(Arc::from(*role))).chain(asks.permissions.iter().map(|name| Held::Permission(name.clone())));
        for held in held {
            edits.extend(grants(&held, resource_team, asked.options.at));
        }
        for team in &teams {
            let members = permissions.team(team).map(|team| team.members.as_slice()).unwrap_or_default();
            let has = |role: &str| members.iter().any(|member| *member.user.value == *id && *member.role.value == *role);
            // Whatever the role, a member may be given something by the team, or by the pattern of access by team.
            let roles = permissions.roles().map(|role| &*role.name.value).filter(|role| !has(role));
            let join = |role: &str| Edit::new(Kind::Membership, Of::Team((*team).to_owned()), &["members"], Act::Join(role.to_owned()));
            edits.extend(roles.map(join));
        }
    }
    let own = roles.iter().filter(|role| !facts.roles.contains(*role));
    edits.extend(own.map(|role| Edit::new(Kind::UserAddRole, Of::User, &["roles"], Act::Add((*role).to_owned()))));
    for (key, value) in &asks.values {
        match key {
            UserKey::Entity if !value.text().is_empty() && facts.entity.as_deref() != Some(value.text()) => {
                edits.extend(facts.set_entity(&[value.text()]));
            }
            UserKey::Attribute(name) => {
                edits.push(Edit::new(Kind::Attribute, Of::User, &["attributes", name], Act::SetValue(value.clone())));
            }
            _ => {}
        }
    }
    if asks.of_type {
        edits.push(facts.set_type());
    }
    edits
}

/// A grant for a time and one without end, each for the resource's team and for everything.
fn grants(held: &Held, team: Option<&str>, at: Timestamp) -> Vec<Edit> {
    let path = match held {
        Held::Role(_) => "role",
        Held::Permission(_) => "permission",
    };
    let until = at.checked_add(FOR).ok().map(|until| (at, until));
    let windows = until.into_iter().map(Some).chain([None]);
    let teams = || team.into_iter().map(Some).chain([None]);
    let grant = |team: Option<&str>, window| {
        let act = Act::Grant { held: held.clone(), team: team.map(str::to_owned), window };
        Edit::new(Kind::Grant, Of::Assignments, &[path], act)
    };
    windows.flat_map(|window| teams().map(move |team| (team, window))).map(|(team, window)| grant(team, window)).collect()
}

/// What a list asks of a user.
#[derive(Default)]
struct Asks {
    roles: HashSet<Arc<str>>,
    /// Whether a role is asked for whose name only the resource says.
    any_role: bool,
    permissions: BTreeSet<Arc<str>>,
    /// The teams of the resource.
    own_teams: BTreeSet<String>,
    /// Other teams that conditions name.
    teams: BTreeSet<String>,
    of_type: bool,
    /// What of a user is compared with which values.
    values: Vec<(UserKey, Value)>,
}

impl Asks {
    fn of(list: &DecisionList) -> Self {
        let mut asks = Self::default();
        let resource = match &list.asked {
            About::Resource(resource) => Some(resource),
            _ => None,
        };
        if let Some(teams) = resource.and_then(|resource| resource.attributes.get(TEAM_ID)) {
            asks.own_teams = teams.values.iter().map(|team| team.text().to_owned()).collect();
        }
        for arm in list.stages.iter().flat_map(|stage| &stage.gates).flat_map(|gate| &gate.arms) {
            arm.when.atoms(&mut |atom| match atom {
                Predicate::Holds(holds) => match &holds.held {
                    Held::Role(role) => _ = asks.roles.insert(Arc::clone(role)),
                    Held::Permission(name) => _ = asks.permissions.insert(Arc::clone(name)),
                },
                Predicate::Compare(comparison) => asks.compared(comparison, resource),
                _ => {}
            });
        }
        let mut seen = HashSet::new();
        asks.values.retain(|(key, value)| seen.insert((key.clone(), value.text().to_owned(), value.what())));
        asks
    }

    fn compared(&mut self, comparison: &Comparison, resource: Option<&Resource>) {
        // Which roles they hold of is not looked at: any could.
        self.any_role |= comparison.left == Side::User(UserKey::Role) && !comparison.operator.is_of_equality();
        if comparison.operator == Operator::Glob {
            return;
        }
        let named = comparison.right.iter().filter_map(|operand| match operand {
            Operand::Value(value) => Some(value),
            Operand::User(_) => None,
        });
        if let Side::User(key) = &comparison.left {
            named.for_each(|value| self.value(key, value, comparison.operator.is_of_order()));
        }
        let of_resource = match &comparison.left {
            Side::Resource(name) => resource.and_then(|resource| resource.attributes.get(name)),
            _ => None,
        };
        for operand in &comparison.right {
            let Operand::User(key) = operand else { continue };
            self.any_role |= *key == UserKey::Role && of_resource.is_none();
            for value in of_resource.into_iter().flat_map(|attribute| &attribute.values) {
                self.value(key, value, comparison.operator.is_of_order());
            }
        }
    }

    fn value(&mut self, key: &UserKey, value: &Value, of_order: bool) {
        match key {
            UserKey::Id => {}
            UserKey::Type => self.of_type = true,
            UserKey::Role => _ = self.roles.insert(value.text().into()),
            UserKey::TeamId => _ = self.teams.insert(value.text().to_owned()),
            UserKey::Entity => self.values.push((UserKey::Entity, value.clone())),
            UserKey::Attribute(_) => {
                self.values.push((key.clone(), value.clone()));
                let number = value.text().parse::<f64>().ok().filter(|number| of_order && value.number().is_some() && number.abs() < EXACT);
                let beside = number.into_iter().flat_map(|number| [number.ceil() - 1.0, number.floor() + 1.0]);
                self.values.extend(beside.map(|number| (key.clone(), value.like(&format!("{number}")))));
            }
        }
    }

    /// Whether a role, or one that it brings, is asked for.
    fn is_about(&self, permissions: &Permissions, role: &str) -> bool {
        self.any_role || permissions.with_inherited(role).iter().any(|role| self.roles.contains(&*role.name.value))
    }
}

/// The teams that a membership in could matter: the resource's, those above, and those that conditions name.
fn teams<'p>(permissions: &'p Permissions, list: &DecisionList, asks: &Asks) -> Vec<&'p str> {
    let mut teams: Vec<&str> = Vec::new();
    let known = |name: &str| permissions.team(name);
    let mut open: Vec<_> = asks.own_teams.iter().filter_map(|name| known(name)).collect();
    while let Some(team) = open.pop() {
        if !teams.contains(&&*team.name.value) {
            teams.push(&team.name.value);
            open.extend(team.parent.as_ref().and_then(|parent| known(&parent.value)));
        }
    }
    let named = asks.teams.iter().filter_map(|name| known(name)).map(|team| &*team.name.value);
    let named: Vec<&str> = named.filter(|team| !teams.contains(team)).collect();
    teams.extend(named);
    if matches!(list.asked, About::Any(_)) {
        teams.retain(|team| asks.teams.contains(*team));
    }
    teams
}
