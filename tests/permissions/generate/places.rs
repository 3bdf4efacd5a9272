//! Teams, their members, and instances.

use super::{Generator, TEAMS};
use crate::value::{Attr, Scalar};
use crate::world::{Attributes, Instance, Team};

impl Generator {
    pub(super) fn teams(&mut self) {
        let mut names = TEAMS.to_vec();
        self.dice.shuffle(&mut names);
        names.truncate(self.dice.between(1, 4));
        let in_line = self.dice.chance(40);
        for name in names {
            let last = self.world.teams.last().map(|team| team.name.clone());
            let parent = if in_line { last } else { last.filter(|_| self.dice.chance(65)).map(|_| self.a_team()) };
            let inheritance = if self.dice.chance(50) { Some(self.dice.chance(60)) } else { None };
            self.world.teams.push(Team { name: name.to_owned(), parent, inheritance, members: Vec::new() });
        }
    }

    pub(super) fn memberships(&mut self) {
        for team in 0..self.world.teams.len() {
            for user in 0..self.world.users.len() {
                if self.dice.chance(28) {
                    let member = (self.world.users[user].id.clone(), self.a_role());
                    self.world.teams[team].members.push(member);
                }
            }
        }
    }

    pub(super) fn instances(&mut self) {
        let count = self.dice.between(1, 4);
        for number in 1..=count {
            let resource = loop {
                let kind = self.a_type();
                if kind != "team" {
                    break kind;
                }
            };
            let id = if self.dice.chance(10) { format!("{number}") } else { format!("T-{number}") };
            let attributes = self.instance_attributes();
            self.world.instances.push(Instance { resource, id, attributes });
        }
    }

    /// Attributes of some resource, of a shape that conditions ask about.
    pub fn instance_attributes(&mut self) -> Attributes {
        let mut attributes = Attributes::new();
        let mut names = vec!["team_id"];
        names.extend(self.owners.then_some("owner"));
        names.extend((!self.projects.is_empty()).then_some("project"));
        names.extend(self.named.clone());
        for name in names {
            if self.dice.chance(82) {
                let value = self.attribute(name);
                attributes.insert(name.to_owned(), value);
            } else if self.dice.chance(15) {
                attributes.insert(name.to_owned(), Attr::Null);
            }
        }
        attributes
    }

    fn attribute(&mut self, name: &str) -> Attr {
        let listed = if name == "tags" { 70 } else { 12 };
        if !self.dice.chance(listed) {
            let value = self.value_of(name);
            // What is compared with a user's id is text as written.
            let bare = name == "assignee" && value.text == "42" && self.dice.chance(60);
            return Attr::One(if bare { Scalar::plain(value.text) } else { value });
        }
        let count = self.dice.weighted(&[(1, 0), (2, 1), (4, 2)]);
        let mut values: Vec<Scalar> = Vec::new();
        for _ in 0..count {
            let value = self.value_of(name);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Attr::List(values)
    }

    /// A value of a resource's attribute, or one that a condition on it may name.
    pub fn value_of(&mut self, name: &str) -> Scalar {
        match name {
            "team_id" => {
                let team = self.a_team();
                // Text as written, in quotes or not.
                if team == "007" && self.dice.chance(50) { Scalar::plain(team) } else { Scalar::quoted(team) }
            }
            "owner" => {
                let user = self.a_user();
                if user == "42" && self.dice.chance(50) { Scalar::plain(user) } else { Scalar::quoted(user) }
            }
            "assignee" => Scalar::quoted(self.a_user()),
            "project" => Scalar::quoted(*self.dice.pick(&["apollo", "zeus"])),
            "priority" | "region" => Scalar::quoted(*self.dice.pick(&["low", "high", "urgent", "10", "true"])),
            "tags" | "skills" => Scalar::quoted(*self.dice.pick(&["billing", "sla", "high"])),
            "amount" | "level" => Scalar::plain(*self.dice.pick(&["5", "10", "10.0", "7.5", "-3", "10.00"])),
            "frozen" | "vip" => Scalar::plain(*self.dice.pick(&["true", "false"])),
            _ => {
                let times = ["2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T02:00:00+02:00", "2026-03-03T00:00:00Z"];
                let time = *self.dice.pick(&times);
                if self.dice.chance(50) { Scalar::plain(time) } else { Scalar::quoted(time) }
            }
        }
    }
}
