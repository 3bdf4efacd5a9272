//! Who asks for what, and what of the world that is about.

use jiff::Timestamp;

use crate::oracle;
use crate::target::{About, Target};
use crate::value::{Attr, Scalar};
use crate::world::{Attributes, User, World};

#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub world: &'a World,
    pub user: &'a User,
    pub target: &'a Target,
    pub at: Timestamp,
}

impl Question<'_> {
    /// The attributes of the resource; none for a question about a type.
    pub fn attributes(&self) -> Option<Attributes> {
        match &self.target.about {
            About::Type => None,
            About::Attributes(attributes) => Some(attributes.clone()),
            About::Instance(id) if self.target.kind == "team" => {
                Some(Attributes::from([("team_id".to_owned(), Attr::One(Scalar::quoted(id)))]))
            }
            About::Instance(id) => {
                let is_asked = |kind: &str, known: &str| kind == self.target.kind && known == id;
                let instance = self.world.instances.iter().find(|instance| is_asked(&instance.resource, &instance.id));
                Some(instance.expect("the instance is defined").attributes.clone())
            }
        }
    }

    /// The resource's teams, as far as they are defined.
    pub fn own_teams(&self) -> Vec<String> {
        let attributes = self.attributes().unwrap_or_default();
        let named = attributes.get("team_id").and_then(Attr::elements).unwrap_or_default();
        let mut teams: Vec<String> = Vec::new();
        for name in named {
            if self.world.team(&name.text).is_some() && !teams.contains(&name.text) {
                teams.push(name.text.clone());
            }
        }
        teams
    }

    /// The resource's teams and those above them.
    pub fn teams_above(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for team in self.own_teams() {
            let mut next = Some(team);
            while let Some(name) = next {
                next = self.world.team(&name).and_then(|team| team.parent.clone());
                if !all.contains(&name) {
                    all.push(name);
                }
            }
        }
        all
    }

    pub fn is_internal(&self) -> bool {
        self.user.internal == Some(true)
    }

    /// The part of the world that the decision reads: what is about other users, or other resources, is gone.
    pub fn cut(&self) -> World {
        let mut world = self.world.clone();
        let id = &self.user.id;
        world.users.retain(|user| user.id == *id);
        world.assignments.retain(|assignment| assignment.user.as_ref().is_none_or(|user| user == id));
        for team in &mut world.teams {
            team.members.retain(|(member, _)| member == id);
        }
        let asked = |known: &str| matches!(&self.target.about, About::Instance(id) if id == known);
        world.instances.retain(|instance| instance.resource == self.target.kind && asked(&instance.id));
        world
    }

    pub fn allowed(&self) -> bool {
        oracle::decide(self.world, self.user, self.target, self.at).0
    }
}
