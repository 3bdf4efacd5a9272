//! What a list says of all users who could be: not only of those who are defined.
//!
//! A user who could be is of a type, has any roles, is of one entity or none, and has an id. Of entities and ids only the lists count
//! in which they stand, so that there are few kinds of them.

use std::collections::{BTreeSet, HashMap, HashSet};

use batsat::Lit;

use super::sat::Sat;
use super::{Rows, Verdict, WhatIf, verdicts};
use crate::compile::{DecisionList, Predicate};
use crate::model::{EntityRule, Names, Semantics, UserType, Workspace};

/// How many of some users are let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Nobody.
    None,
    /// Some are, some are not.
    Some,
    /// Everybody.
    All,
}

impl Share {
    /// The word in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some => "some",
            Self::All => "all",
        }
    }

    /// Of so many that were counted; `None` where there was nobody.
    pub fn of(allowed: u64, denied: u64) -> Option<Self> {
        match (allowed, denied) {
            (0, 0) => None,
            (0, _) => Some(Self::None),
            (_, 0) => Some(Self::All),
            _ => Some(Self::Some),
        }
    }
}

/// So many lists, and so many kinds of names by the lists in which they stand, are told apart.
const MOST: usize = 200;

/// How many of all internal and of all external users who could be are let in; nobody of a type that a question supposes away.
///
/// `None` where that is not known: the list asks for more than a user's facets, tells too many kinds of users apart, or the search took
/// too long.
pub fn anybody(workspace: &Workspace, list: &DecisionList, semantics: Semantics, what_if: &WhatIf) -> Option<[Option<Share>; 2]> {
    if !Rows::takes(list) {
        return None;
    }
    let verdicts = verdicts(list);
    let mut users = Users::new(&verdicts, &EntityRule::new(workspace, semantics, what_if.entity.as_deref()), what_if)?;
    let mut allowed = users.sat.constant(false);
    for Verdict { when, decision } in verdicts.iter().rev() {
        let when = users.predicate(when)?;
        allowed = if decision.allowed { users.sat.any(&[when, allowed]) } else { users.sat.all(&[!when, allowed]) };
    }
    let shares = [UserType::Internal, UserType::External].map(|user_type| {
        let of_type = users.user_type(user_type);
        let [some, others] = [allowed, !allowed].map(|decided| {
            let found = users.sat.all(&[of_type, decided]);
            users.sat.could(found)
        });
        Share::of(some.into(), others.into())
    });
    users.sat.complete.then_some(shares)
}

/// The users who could be, as variables.
struct Users<'l> {
    sat: Sat,
    internal: Lit,
    roles: HashMap<&'l str, Lit>,
    entities: Kinds,
    ids: Kinds,
    what_if: &'l WhatIf,
}

/// Lists of names, each with the variable that is true of who stands in it. Lists are told apart by where they are.
type Kinds = HashMap<*const Names, Lit>;

impl<'l> Users<'l> {
    fn new(verdicts: &'l [Verdict], entity: &EntityRule<'_>, what_if: &'l WhatIf) -> Option<Self> {
        let (mut of_entities, mut of_ids) = (Vec::new(), Vec::new());
        for verdict in verdicts {
            verdict.when.atoms(&mut |atom| match atom {
                Predicate::EntityIn(list) => of_entities.push(&**list),
                Predicate::UserIdIn(list) => of_ids.push(&**list),
                _ => {}
            });
        }
        let mut sat = Sat::new();
        let entities = match entity {
            EntityRule::Nobody { .. } => of_entities.iter().map(|list| (std::ptr::from_ref(*list), sat.constant(false))).collect(),
            EntityRule::Supposed(name) => {
                of_entities.iter().map(|list| (std::ptr::from_ref(*list), sat.constant(list.find(name).is_some()))).collect()
            }
            EntityRule::Attribute(_) | EntityRule::Own => kinds(&of_entities, &mut sat)?,
        };
        let ids = kinds(&of_ids, &mut sat)?;
        let internal = match what_if.user_type {
            Some(user_type) => sat.constant(user_type == UserType::Internal),
            None => sat.variable(),
        };
        Some(Self { sat, internal, roles: HashMap::new(), entities, ids, what_if })
    }

    fn user_type(&self, user_type: UserType) -> Lit {
        match user_type {
            UserType::Internal => self.internal,
            UserType::External => !self.internal,
        }
    }

    fn role(&mut self, role: &'l str) -> Lit {
        let is = |named: &String| named == role;
        if self.what_if.with_roles.iter().any(is) {
            return self.sat.constant(true);
        }
        if self.what_if.without_roles.iter().any(is) {
            return self.sat.constant(false);
        }
        let sat = &mut self.sat;
        *self.roles.entry(role).or_insert_with(|| sat.variable())
    }

    /// A variable that is true of just those for whom a predicate holds.
    fn predicate(&mut self, predicate: &'l Predicate) -> Option<Lit> {
        Some(match predicate {
            Predicate::Constant(value) => self.sat.constant(*value),
            Predicate::UserType(user_type) => self.user_type(*user_type),
            Predicate::UserTypeIn(list) => {
                let listed = [UserType::Internal, UserType::External].into_iter().filter(|listed| list.find(listed.name()).is_some());
                let listed: Vec<Lit> = listed.map(|listed| self.user_type(listed)).collect();
                self.sat.any(&listed)
            }
            Predicate::HasAnyRole(list) => {
                let roles: Vec<Lit> = list.iter().map(|role| self.role(role)).collect();
                self.sat.any(&roles)
            }
            Predicate::HasAllRoles(list) if list.is_empty() => self.sat.constant(false),
            Predicate::HasAllRoles(list) => {
                let roles: Vec<Lit> = list.iter().map(|role| self.role(role)).collect();
                self.sat.all(&roles)
            }
            Predicate::EntityIn(list) => *self.entities.get(&std::ptr::from_ref(&**list))?,
            Predicate::UserIdIn(list) => *self.ids.get(&std::ptr::from_ref(&**list))?,
            Predicate::Not(inner) => !self.predicate(inner)?,
            Predicate::All(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|part| self.predicate(part)).collect::<Option<_>>()?;
                self.sat.all(&parts)
            }
            Predicate::Any(parts) => {
                let parts: Vec<Lit> = parts.iter().map(|part| self.predicate(part)).collect::<Option<_>>()?;
                self.sat.any(&parts)
            }
            Predicate::Holds(_) | Predicate::Compare(_) | Predicate::AtLevel(_) => return None,
        })
    }
}

/// Who has one name at most: in which of the lists it can stand, together.
fn kinds(lists: &[&Names], sat: &mut Sat) -> Option<Kinds> {
    let mut seen: HashSet<*const Names> = HashSet::new();
    let lists: Vec<&Names> = lists.iter().copied().filter(|list| seen.insert(std::ptr::from_ref(*list))).collect();
    let mut of_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, list) in lists.iter().enumerate() {
        // An empty name is nobody's.
        for name in list.iter().filter(|name| !name.is_empty()) {
            let places = of_name.entry(name).or_default();
            if places.last() != Some(&at) {
                places.push(at);
            }
        }
    }
    // In order, so that a search takes the same steps every time.
    let kinds: BTreeSet<Vec<usize>> = of_name.into_values().collect();
    if lists.len() > MOST || kinds.len() > MOST {
        return None;
    }
    let mut listed: Vec<Vec<Lit>> = vec![Vec::new(); lists.len()];
    let mut all = Vec::new();
    for places in kinds {
        let kind = sat.variable();
        all.push(kind);
        for place in places {
            listed.get_mut(place)?.push(kind);
        }
    }
    sat.at_most_one(&all);
    Some(lists.iter().zip(listed).map(|(list, kinds)| (std::ptr::from_ref(*list), sat.any(&kinds))).collect())
}
