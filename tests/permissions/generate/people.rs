//! Users, and what is assigned to whom.

use super::{Generator, REQUIREMENTS};
use crate::value::{Attr, Scalar};
use crate::world::{Assignment, Progress, User};

impl Generator {
    /// A user, some without anything beside an id. Roles are theirs once there are roles.
    pub(super) fn user(&mut self, id: &str) -> User {
        let mut user = User { id: id.to_owned(), ..User::default() };
        if self.dice.chance(12) {
            return user;
        }
        user.internal = self.dice.weighted(&[(4, Some(true)), (2, Some(false)), (2, None)]);
        user.entity = match self.dice.between(0, 9) {
            0..=5 => Some(self.dice.pick(&["acme", "globex"]).to_string()),
            6 => Some(String::new()),
            _ => None,
        };
        for name in ["level", "region", "vip", "since", "skills", "squads"] {
            if self.dice.chance(60) {
                let value = self.user_attribute(name);
                user.attributes.insert(name.to_owned(), value);
            }
        }
        if self.dice.chance(75) {
            let started_at = self.dice.chance(85).then(|| self.instant());
            let completed = if self.dice.chance(75) { self.dice.some(REQUIREMENTS, 3) } else { Vec::new() };
            let completed = completed.into_iter().map(str::to_owned).collect();
            user.progress = Some(Progress { started_at, completed });
        }
        user
    }

    fn user_attribute(&mut self, name: &str) -> Attr {
        if name != "squads" {
            let listed = if name == "skills" { 70 } else { 8 };
            let value = self.value_of(name);
            return if self.dice.chance(listed) { Attr::List(vec![value, self.value_of(name)]) } else { Attr::One(value) };
        }
        // Teams by name, which may or may not be there.
        let names = self.dice.some(&["payments", "core", "007"], 2);
        let value = |name: &str| if name == "007" { Scalar::quoted(name) } else { Scalar::plain(name) };
        Attr::List(names.into_iter().map(value).collect())
    }

    pub fn assignment(&mut self) -> Assignment {
        let mut assignment = Assignment::default();
        let customs: Vec<String> = self.world.customs.iter().map(|custom| custom.name.clone()).collect();
        match self.dice.between(0, 9) {
            0..=3 => assignment.user = Some(self.a_user()),
            4..=6 => (assignment.user, assignment.team) = (Some(self.a_user()), Some(self.a_team())),
            7 | 8 if !customs.is_empty() => assignment.role = Some(self.a_role()),
            _ => assignment.team = Some(self.a_team()),
        }
        if assignment.role.is_some() || (!customs.is_empty() && self.dice.chance(40)) {
            assignment.permission = Some(self.dice.pick(&customs).clone());
        } else {
            assignment.role = Some(self.a_role());
        }
        if self.dice.chance(30) {
            assignment.project = self.a_project();
        }
        self.window(&mut assignment);
        if self.dice.chance(15) {
            assignment.emergency = Some(self.dice.chance(70));
        }
        assignment
    }

    fn window(&mut self, assignment: &mut Assignment) {
        let (one, other) = (self.instant(), self.instant());
        match self.dice.between(0, 9) {
            0 => assignment.not_before = Some(one),
            1 | 2 => assignment.expires = Some(one),
            3 | 4 if one != other => {
                (assignment.not_before, assignment.expires) = (Some(one.min(other)), Some(one.max(other)));
            }
            _ => {}
        }
    }
}
