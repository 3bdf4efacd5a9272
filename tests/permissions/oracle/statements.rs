//! Every statement that matches, and the first by rank.

use jiff::{SignedDuration, Timestamp};

use super::holdings::{Holding, counts, is_temporary, with_inherited, with_those_above};
use super::{Answer, Person, Resource, actions_of_custom, type_of};
use crate::world::{Level, Permission, Progressive, User, World};

/// The place of a statement: the lowest decides.
type Rank = (u8, i64, u8);

/// What was decided, and by a policy of which priority.
pub struct Decided {
    pub answer: Answer,
    /// Of the policy that decided, if one did.
    pub priority: Option<i64>,
}

/// The gates below policies of priority 0 and above those of negative priority, in order.
const BETWEEN: &[&str] = &["role-permission", "custom-permission", "temporary-grant", "progressive-level", "escalation"];

impl Person<'_> {
    pub fn decide(&self, action: &str, resource: Resource<'_>) -> Decided {
        let mut matching: Vec<(Rank, Answer)> = Vec::new();
        for policy in &self.world.policies {
            for rule in &policy.rules {
                let about = rule.resources.iter().any(|kind| kind == resource.kind) && rule.actions.iter().any(|named| named == action);
                if !about || !self.all_hold(&rule.conditions, resource) {
                    continue;
                }
                let priority = policy.priority.unwrap_or(0);
                let band = match priority {
                    1.. => 0,
                    0 => 1,
                    _ => 9,
                };
                if rule.allow {
                    matching.push(((band, -priority, 1), (true, "policy-allow")));
                } else {
                    matching.push(((band, -priority, 0), (false, "policy-deny")));
                }
            }
        }
        let mut gates = Vec::new();
        for holding in &self.holdings {
            if self.reaches(holding, resource) {
                gates.extend(self.by_holding(holding, action, resource));
            }
        }
        if self.by_level(action, resource) {
            gates.push("progressive-level");
        }
        if self.by_escalation(action, resource) {
            gates.push("escalation");
        }
        for gate in gates {
            let place = BETWEEN.iter().position(|known| *known == gate).expect("the gate has a place");
            matching.push(((2 + u8::try_from(place).expect("there are few"), 0, 0), (true, gate)));
        }
        let Some((rank, answer)) = matching.into_iter().min_by_key(|(rank, _)| *rank) else {
            return Decided { answer: (false, "default-deny"), priority: None };
        };
        let by_policy = answer.1.starts_with("policy-");
        Decided { answer, priority: by_policy.then_some(-rank.1) }
    }

    /// The gates of what a holding gives, which reaches the resource.
    fn by_holding(&self, holding: &Holding<'_>, action: &str, resource: Resource<'_>) -> Vec<&'static str> {
        let mut gates = Vec::new();
        if let Some(name) = holding.permission
            && self.custom_matches(name, action, resource)
        {
            gates.push(if holding.temporary { "temporary-grant" } else { "custom-permission" });
        }
        let Some(role) = &holding.role else { return gates };
        for permission in self.world.role(&role.text).map(|role| &role.permissions).into_iter().flatten() {
            match permission {
                Permission::Custom(name) => {
                    if self.custom_matches(name, action, resource) {
                        gates.push(if holding.temporary { "temporary-grant" } else { "custom-permission" });
                    }
                }
                Permission::Rule(rule) => {
                    if rule.resource == resource.kind
                        && rule.actions.iter().any(|named| named == action)
                        && self.scope_contains(rule.scope.as_deref(), holding, resource)
                        && self.all_hold(&rule.conditions, resource)
                    {
                        gates.push(if holding.temporary { "temporary-grant" } else { "role-permission" });
                    }
                }
            }
        }
        for (temporary, name) in self.added_to(&role.text, resource) {
            if self.custom_matches(name, action, resource) {
                gates.push(if holding.temporary || temporary { "temporary-grant" } else { "custom-permission" });
            }
        }
        gates
    }

    /// The permissions that assignments add to a role at the asked time and for this resource, and
    /// whether what they bring is temporary.
    fn added_to(&self, role: &str, resource: Resource<'_>) -> Vec<(bool, &str)> {
        let mut added = Vec::new();
        for assignment in &self.world.assignments {
            if let (None, None, Some(to), Some(permission)) = (&assignment.user, &assignment.team, &assignment.role, &assignment.permission)
                && to == role
                && counts(assignment, self.at)
                && assignment.project.as_ref().is_none_or(|project| resource.has("project", project))
            {
                added.push((is_temporary(assignment), permission.as_str()));
            }
        }
        added
    }

    fn custom_matches(&self, name: &str, action: &str, resource: Resource<'_>) -> bool {
        let custom = self.world.custom(name);
        type_of(self.world, custom) == resource.kind
            && actions_of_custom(custom).contains(&action)
            && self.all_hold(&custom.conditions, resource)
    }

    fn by_level(&self, action: &str, resource: Resource<'_>) -> bool {
        let Some(pattern) = &self.world.progressive else { return false };
        let Some(progress) = &self.user.progress else { return false };
        let Some(started) = progress.started_at else { return false };
        let kind = pattern.resource.as_ref().unwrap_or(&self.world.types[0].name);
        let Some(level) = level_of(pattern, &progress.completed) else { return false };
        let begun = started <= self.at;
        let over = end_of(level, started).is_some_and(|end| end <= self.at);
        kind == resource.kind && begun && !over && level.permissions.iter().any(|named| named == action)
    }

    fn by_escalation(&self, action: &str, resource: Resource<'_>) -> bool {
        let Some(pattern) = &self.world.team_based else { return false };
        let Some(escalation) = &pattern.escalation else { return false };
        let named = |name: &String| &self.world.conditions.iter().find(|(known, _)| known == name).expect("the set is defined").1;
        escalation.conditions.iter().any(|name| self.all_hold(named(name), resource))
            && self.holdings.iter().any(|holding| {
                holding.role.as_ref().is_some_and(|role| role.text == escalation.escalate_to)
                    && self.has_its_team(holding, resource)
                    && self.narrowed(holding, resource)
            })
            && with_inherited(self.world, &pattern.base_role).into_iter().any(|role| self.role_may(role, action, resource))
    }

    /// Whether the holding has the resource's team or one above it, whatever its inheritance.
    fn has_its_team(&self, holding: &Holding<'_>, resource: Resource<'_>) -> bool {
        let teams = resource.elements("team_id").unwrap_or_default();
        teams.iter().any(|team| holding.team.is_none_or(|held| with_those_above(self.world, &team.text).contains(&held)))
    }

    /// What a role itself may do, scopes aside.
    fn role_may(&self, role: &str, action: &str, resource: Resource<'_>) -> bool {
        let permissions = self.world.role(role).map(|role| &role.permissions).into_iter().flatten();
        let own = permissions.into_iter().any(|permission| match permission {
            Permission::Custom(name) => self.custom_matches(name, action, resource),
            Permission::Rule(rule) => {
                rule.resource == resource.kind
                    && rule.actions.iter().any(|named| named == action)
                    && self.all_hold(&rule.conditions, resource)
            }
        });
        own || self.added_to(role, resource).into_iter().any(|(_, name)| self.custom_matches(name, action, resource))
    }
}

/// The highest level whose requirements, and those of all before it, are completed.
fn level_of<'w>(pattern: &'w Progressive, completed: &[String]) -> Option<&'w Level> {
    let met = |level: &&Level| level.requirements.iter().all(|wanted| completed.contains(wanted));
    pattern.levels.iter().take_while(met).last()
}

fn end_of(level: &Level, started: Timestamp) -> Option<Timestamp> {
    let (count, unit) = level.duration?;
    let hours = match unit {
        "minutes" => return Some(started + SignedDuration::from_mins(i64::from(count))),
        "hours" => 1,
        "days" => 24,
        _ => 7 * 24,
    };
    Some(started + SignedDuration::from_hours(hours * i64::from(count)))
}

/// When the user's level ends, if it does.
pub fn level_ends(world: &World, user: &User) -> Option<Timestamp> {
    let progress = user.progress.as_ref()?;
    end_of(level_of(world.progressive.as_ref()?, &progress.completed)?, progress.started_at?)
}
