//! The naive decision, written from the page on resource permissions as plain loops.
//!
//! It shares nothing with the engine on purpose. Read it with the page beside it: `holdings` is "Who
//! holds what" and "Scopes", `conditions` is "Conditions", `statements` is "Patterns" and "The
//! decision", `types` is the question about a type.

mod conditions;
mod holdings;
mod statements;
mod types;
mod values;

use std::collections::BTreeSet;

use jiff::Timestamp;

pub use self::holdings::Person;
pub use self::statements::{Decided, level_ends};
pub use self::types::every_value;
use crate::target::{About, Target};
use crate::value::{Attr, Scalar};
use crate::world::{Attributes, Custom, Permission, User, World};

/// What is asked about: a type's name, and attributes.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    pub kind: &'a str,
    pub attributes: &'a Attributes,
}

impl<'a> Resource<'a> {
    pub fn elements(&self, name: &str) -> Option<&'a [Scalar]> {
        self.attributes.get(name).and_then(Attr::elements)
    }

    /// Whether one of the attribute's values is one of these, as text.
    fn has_one_of(&self, name: &str, wanted: &BTreeSet<&str>) -> bool {
        self.elements(name).unwrap_or_default().iter().any(|element| wanted.contains(element.text.as_str()))
    }

    fn has(&self, name: &str, wanted: &str) -> bool {
        self.has_one_of(name, &BTreeSet::from([wanted]))
    }
}

/// Allowed or not, and the id of the gate that decided.
pub type Answer = (bool, &'static str);

/// Decides one cell.
pub fn decide(world: &World, user: &User, target: &Target, at: Timestamp) -> Answer {
    decide_for(&Person::new(world, user, at), target)
}

/// The same, for a user whose holdings at the asked time are known already.
pub fn decide_for(person: &Person<'_>, target: &Target) -> Answer {
    match target.about {
        About::Type => types::decide(person, &target.kind, &target.action),
        _ => decided(person, target).answer,
    }
}

/// What is decided about a target that is not a type.
pub fn decided(person: &Person<'_>, target: &Target) -> Decided {
    let kind = target.kind.as_str();
    let about = |attributes: &Attributes| person.decide(&target.action, Resource { kind, attributes });
    match &target.about {
        About::Type => unreachable!("a type is many resources"),
        About::Attributes(attributes) => about(attributes),
        About::Instance(id) if kind == "team" => about(&team_attributes(id)),
        About::Instance(id) => {
            let mut instances = person.world.instances.iter();
            let instance = instances.find(|instance| instance.resource == kind && instance.id == *id);
            about(&instance.expect("the instance is defined").attributes)
        }
    }
}

/// A team's `team_id` is its own id.
fn team_attributes(id: &str) -> Attributes {
    Attributes::from([("team_id".to_owned(), Attr::One(Scalar::quoted(id)))])
}

/// The type of a custom permission: written, or that with which a condition's key begins.
pub fn type_of<'w>(world: &'w World, custom: &'w Custom) -> &'w str {
    if let Some(written) = &custom.resource {
        return written;
    }
    let begins =
        |kind: &str| custom.conditions.iter().any(|condition| condition.key.split_once('.').is_some_and(|(first, _)| first == kind));
    let named = world.types.iter().find(|declared| begins(&declared.name));
    &named.expect("a condition's key begins with a type").name
}

/// Without `actions` one action, named like the permission.
pub fn actions_of_custom(custom: &Custom) -> Vec<&str> {
    match &custom.actions {
        Some(actions) => actions.iter().map(String::as_str).collect(),
        None => vec![custom.name.as_str()],
    }
}

/// The actions of a type.
pub fn actions_of<'w>(world: &'w World, kind: &str) -> BTreeSet<&'w str> {
    let mut actions = BTreeSet::new();
    for declared in &world.types {
        if declared.name == kind {
            actions.extend(declared.actions.iter().map(String::as_str));
        }
    }
    for custom in &world.customs {
        if type_of(world, custom) == kind {
            actions.extend(actions_of_custom(custom));
        }
    }
    for permission in world.roles.iter().flat_map(|role| &role.permissions) {
        if let Permission::Rule(rule) = permission
            && rule.resource == kind
        {
            actions.extend(rule.actions.iter().map(String::as_str));
        }
    }
    actions
}

/// Every target of the world that has a name, in byte order.
pub fn targets(world: &World) -> Vec<Target> {
    let mut kinds: BTreeSet<&str> = world.types.iter().map(|declared| declared.name.as_str()).collect();
    kinds.insert("team");
    let mut all = Vec::new();
    for kind in kinds {
        for action in actions_of(world, kind) {
            all.push(Target::of_type(kind, action));
            if kind == "team" {
                all.extend(world.teams.iter().map(|team| Target::of_instance(kind, &team.name, action)));
            }
            let instances = world.instances.iter().filter(|instance| instance.resource == kind);
            all.extend(instances.map(|instance| Target::of_instance(kind, &instance.id, action)));
        }
    }
    all.sort_by_cached_key(ToString::to_string);
    all
}
