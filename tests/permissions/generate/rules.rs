//! Roles, custom permissions, policies, and what the patterns are made of.

use super::{ACTIONS, Generator, REQUIREMENTS, ROLES};
use crate::value::Scalar;
use crate::world::{Check, Condition, Conditions, Custom, Escalation, Level, Op, Operand, Permission, Policy, Role, RoleRule, Rule};

impl Generator {
    pub(super) fn customs(&mut self) {
        for name in &["approve", "close_all"][..self.dice.weighted(&[(2, 0), (4, 1), (3, 2)])] {
            let kind = self.a_type();
            let mut conditions = self.conditions(&kind, 70);
            let mut resource = Some(kind.clone());
            let named: Vec<&str> = conditions.iter().filter_map(|condition| Some(condition.key.split_once('.')?.0)).collect();
            // The type may be left out where a key, and no other type's, begins with it.
            if kind != "team" && named.contains(&kind.as_str()) && named.iter().all(|first| *first == kind || *first == "user") {
                resource = if self.dice.chance(60) { None } else { resource };
            }
            if resource.is_none() && self.dice.chance(30) {
                conditions.reverse();
            }
            let actions = self.dice.chance(70).then(|| self.dice.some(ACTIONS, 2).into_iter().map(str::to_owned).collect());
            self.world.customs.push(Custom { name: (*name).to_owned(), resource, actions, conditions });
        }
    }

    pub(super) fn roles(&mut self) {
        let mut names = ROLES.to_vec();
        self.dice.shuffle(&mut names);
        names.truncate(self.dice.between(2, 4));
        for name in names {
            let earlier = self.role_names();
            let inherits = if !earlier.is_empty() && self.dice.chance(35) { self.dice.some(&earlier, 2) } else { Vec::new() };
            let permissions = (0..self.dice.weighted(&[(1, 0), (5, 1), (3, 2)])).map(|_| self.permission()).collect();
            self.world.roles.push(Role { name: name.to_owned(), permissions, inherits });
        }
    }

    /// What a role may list; of type `team` also actions that nothing declares.
    pub fn permission(&mut self) -> Permission {
        if !self.world.customs.is_empty() && self.dice.chance(22) {
            let index = self.dice.between(0, self.world.customs.len() - 1);
            return Permission::Custom(self.world.customs[index].name.clone());
        }
        let resource = if self.dice.chance(15) { "team".to_owned() } else { self.a_type() };
        let actions = if resource == "team" {
            self.dice.some(&["view", "configure"], 2).into_iter().map(str::to_owned).collect()
        } else {
            self.actions_for(std::slice::from_ref(&resource))
        };
        let scope = self.scope(&resource);
        let conditions = self.conditions(&resource, 35);
        Permission::Rule(RoleRule { resource, actions, scope, conditions })
    }

    fn scope(&mut self, kind: &str) -> Option<String> {
        match self.dice.between(0, 19) {
            0..=7 => None,
            8 | 9 => Some("all".to_owned()),
            10..=12 => Some("assigned_teams".to_owned()),
            13 | 14 => Some("team_resources".to_owned()),
            15 | 16 => Some(format!("team_{kind}s")),
            _ => self.owners.then(|| "own".to_owned()),
        }
    }

    pub(super) fn policy(&mut self, number: usize) -> Policy {
        let priority = self.dice.weighted(&[(3, None), (1, Some(0)), (3, Some(1)), (1, Some(2)), (4, Some(-1))]);
        let rules = (0..self.dice.between(1, 2)).map(|_| self.rule()).collect();
        Policy { name: format!("policy-{number}"), priority, rules }
    }

    pub fn rule(&mut self) -> Rule {
        let mut resources = vec![self.a_type()];
        if self.dice.chance(15) {
            let other = self.a_type();
            if !resources.contains(&other) {
                resources.push(other);
            }
        }
        let mut actions = self.actions_for(&resources);
        if actions.is_empty() {
            resources.truncate(1);
            actions = self.actions_for(&resources);
        }
        let conditions = self.conditions(&resources[0], 75);
        Rule { allow: self.dice.chance(50), actions, resources, conditions }
    }

    pub(super) fn escalation(&mut self) -> Escalation {
        let kind = self.a_type();
        let mut names = Vec::new();
        for name in &["sla_breach", "no"][..self.dice.between(1, 2)] {
            // Often one that holds for many.
            let common = if self.dice.chance(50) { *self.dice.pick(&self.named) } else { "" };
            let conditions = loop {
                if !common.is_empty() {
                    let operands = vec![Operand::Value(Scalar::plain("true"))];
                    break vec![Condition { key: common.to_owned(), checks: vec![Check { op: Op::Exists, operands }], brief: false }];
                }
                let conditions: Conditions = self.conditions(&kind, 100);
                if !conditions.is_empty() {
                    break conditions;
                }
            };
            self.world.conditions.push(((*name).to_owned(), conditions));
            names.push((*name).to_owned());
        }
        names = self.dice.some(&names, 2);
        Escalation { conditions: names, escalate_to: self.a_role() }
    }

    pub(super) fn level(&mut self, name: &str, kind: &str) -> Level {
        let permissions = self.actions_for(&[kind.to_owned()]);
        let requirements = if self.dice.chance(50) { self.dice.some(REQUIREMENTS, 2) } else { Vec::new() };
        let requirements = requirements.into_iter().map(str::to_owned).collect();
        let durations = [(12, "hours"), (720, "minutes"), (2, "days"), (2, "weeks"), (6, "hours")];
        let duration = if self.dice.chance(45) { Some(*self.dice.pick(&durations)) } else { None };
        Level { name: name.to_owned(), permissions, requirements, duration }
    }
}
