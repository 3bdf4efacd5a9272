//! Every single edit that docs/ways-in.md allows for one denial, in the document's order and close to its words.
//!
//! What the words certainly say has to be listed where it lets the user in. What can be read into them may be.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Edit, Held, sort_of};
use crate::named::{self, Named};
use crate::question::Question;
use crate::value::{Attr, Scalar, Typed, written};
use crate::world::Op;

/// Whether an attribute that is a list is set to a single value. The document does not say.
const A_LIST_GIVES_WAY: bool = false;

/// Edits, and what attributes are set to by them: several spellings where they compare alike.
#[derive(Default)]
pub struct Vocabulary {
    pub edits: BTreeSet<Edit>,
    pub values: BTreeMap<Edit, Vec<Scalar>>,
}

/// What the document's words certainly say.
pub fn certain(asked: &Question<'_>) -> Vocabulary {
    collected(asked, &named::in_question(asked), false)
}

/// That, and what else can be read into them.
pub fn possible(asked: &Question<'_>) -> Vocabulary {
    let mut named = named::anywhere(asked);
    named.extend(named::in_question(asked));
    collected(asked, &named, true)
}

fn collected(asked: &Question<'_>, named: &[Named], generously: bool) -> Vocabulary {
    let mut all = Vocabulary::default();
    add_role(asked, &mut all.edits);
    set_entity(asked, named, &mut all.edits);
    set_type(asked, named, generously, &mut all.edits);
    grant(asked, &mut all.edits);
    membership(asked, named, &mut all.edits);
    let is_list = |name: &str| matches!(asked.user.attributes.get(name), Some(Attr::List(_)));
    for named in named::attributes(named).filter(|named| A_LIST_GIVES_WAY || generously || !is_list(&named.name)) {
        all.attribute(named, generously);
    }
    all
}

fn add_role(asked: &Question<'_>, edits: &mut BTreeSet<Edit>) {
    let roles = asked.world.roles.iter().filter(|role| !asked.user.roles.contains(&role.name));
    edits.extend(roles.map(|role| Edit::AddRole(role.name.clone())));
}

fn set_entity(asked: &Question<'_>, named: &[Named], edits: &mut BTreeSet<Edit>) {
    let entities = named::texts(named, "entity").into_iter();
    let others = entities.filter(|entity| !entity.is_empty() && asked.user.entity.as_ref() != Some(entity));
    edits.extend(others.map(Edit::SetEntity));
}

fn set_type(asked: &Question<'_>, named: &[Named], generously: bool, edits: &mut BTreeSet<Edit>) {
    let other = if asked.is_internal() { "external-user" } else { "internal-user" };
    if generously || named::texts(named, "type").contains(other) {
        edits.insert(Edit::SetType(!asked.is_internal()));
    }
}

fn grant(asked: &Question<'_>, edits: &mut BTreeSet<Edit>) {
    let roles = asked.world.roles.iter().map(|role| Held::Role(role.name.clone()));
    let customs = asked.world.customs.iter().map(|custom| Held::Permission(custom.name.clone()));
    for held in roles.chain(customs) {
        for team in asked.own_teams().into_iter().map(Some).chain([None]) {
            edits.extend([false, true].map(|standing| Edit::Grant { standing, held: held.clone(), team: team.clone() }));
        }
    }
}

/// In the resource's team, one above it, or one that a condition names.
fn membership(asked: &Question<'_>, named: &[Named], edits: &mut BTreeSet<Edit>) {
    let mut teams: BTreeSet<String> = asked.teams_above().into_iter().collect();
    teams.extend(named::texts(named, "team_id"));
    for team in teams.iter().filter_map(|name| asked.world.team(name)) {
        for role in &asked.world.roles {
            let member = (asked.user.id.clone(), role.name.clone());
            if !team.members.contains(&member) {
                edits.insert(Edit::Member { team: team.name.clone(), role: role.name.clone() });
            }
        }
    }
}

impl Vocabulary {
    fn attribute(&mut self, named: &Named, generously: bool) {
        self.set(&named.name, named.value.clone());
        let is_order = matches!(named.op, Op::Gt | Op::Gte | Op::Lt | Op::Lte);
        let Typed::Number(millionths) = named.value.typed else { return };
        if !is_order {
            return;
        }
        // The next number is said of whole ones, and those are taken to be the ones that are written so.
        if named.value.text.parse::<i64>().is_ok() || generously {
            for beside in [millionths - 1_000_000, millionths + 1_000_000] {
                self.set(&named.name, Scalar::plain(written(beside)));
            }
        }
        if generously {
            let below = millionths.div_euclid(1_000_000) * 1_000_000;
            for beside in [below, below + 1_000_000] {
                self.set(&named.name, Scalar::plain(written(beside)));
            }
        }
    }

    fn set(&mut self, name: &str, value: Scalar) {
        let edit = Edit::Attribute(name.to_owned(), sort_of(&value));
        let spellings = self.values.entry(edit.clone()).or_default();
        if !spellings.contains(&value) {
            spellings.push(value);
        }
        self.edits.insert(edit);
    }
}
