//! Edits made to a copy of the world, and asked about again.

use std::collections::BTreeSet;

use crate::edit::{Edit, Held};
use crate::oracle;
use crate::question::Question;
use crate::target::About;
use crate::value::Scalar;
use crate::vocabulary::{self, Vocabulary};
use crate::world::{Custom, World};

/// A set of edits.
pub type Way = BTreeSet<Edit>;

/// So many pairs are made at most; where it is a type that is asked about, each means many decisions.
const PAIRS: usize = 2_000;
const PAIRS_OF_TYPES: usize = 250;

/// Whether a grant is listed also where nothing of it counts but that it is for the resource's team. The document does not say.
const EVERY_GRANT_THAT_ASSIGNS_IS_LISTED: bool = false;

pub struct Search<'a> {
    pub asked: Question<'a>,
    /// The part of the world that the decision reads.
    small: World,
    certain: Vocabulary,
    possible: Vocabulary,
}

impl<'a> Search<'a> {
    pub fn new(asked: Question<'a>) -> Self {
        Self { small: asked.cut(), certain: vocabulary::certain(&asked), possible: vocabulary::possible(&asked), asked }
    }

    /// Whether it is an edit of the list.
    pub fn knows(&self, edit: &Edit) -> bool {
        self.possible.edits.contains(edit)
    }

    /// What is listed of the same sort: what compares alike may be spelled in several ways.
    fn spellings(&self, edit: &Edit) -> Vec<Option<&Scalar>> {
        match self.possible.values.get(edit) {
            Some(values) => values.iter().map(Some).collect(),
            None => vec![None],
        }
    }

    /// Whether the user is let in once these are made, in some spelling.
    pub fn lets_in(&self, edits: &[&Edit]) -> bool {
        let mut worlds = vec![self.small.clone()];
        for edit in edits {
            worlds = worlds.iter().flat_map(|world| self.made(world, edit)).collect();
        }
        worlds.iter().any(|world| oracle::decide(world, &world.users[0], self.asked.target, self.asked.at).0)
    }

    fn made(&self, world: &World, edit: &Edit) -> Vec<World> {
        let make = |value: Option<&Scalar>| {
            let mut changed = world.clone();
            edit.apply(&mut changed, &self.asked.user.id, self.asked.at, value);
            changed
        };
        self.spellings(edit).into_iter().map(make).collect()
    }

    /// The world once these are made; several where an attribute has several spellings.
    pub fn after(&self, way: &Way) -> Vec<World> {
        way.iter().fold(vec![self.asked.world.clone()], |worlds, edit| worlds.iter().flat_map(|world| self.made(world, edit)).collect())
    }

    /// Whether a grant does nothing but assign the user to its team, which scopes ask for: whatever else were granted for that team
    /// would do as well.
    fn assigns_alone(&self, edit: &Edit) -> bool {
        let Edit::Grant { standing, team: Some(team), .. } = edit else { return false };
        let mut world = self.small.clone();
        let (name, kind) = ("nothing".to_owned(), self.asked.target.kind.clone());
        world.customs.push(Custom { name: name.clone(), resource: Some(kind), actions: Some(Vec::new()), conditions: Vec::new() });
        let nothing = Edit::Grant { standing: *standing, held: Held::Permission(name), team: Some(team.clone()) };
        nothing.apply(&mut world, &self.asked.user.id, self.asked.at, None);
        oracle::decide(&world, &world.users[0], self.asked.target, self.asked.at).0
    }

    /// The single edits that are enough, and that the document certainly lists. A grant for everything is left out where the one for
    /// the resource's team is enough.
    pub fn single(&self) -> BTreeSet<Edit> {
        let enough: BTreeSet<Edit> = self.certain.edits.iter().filter(|edit| self.lets_in(&[edit])).cloned().collect();
        let wide: BTreeSet<Edit> = enough.iter().filter_map(Edit::widened).collect();
        let listed = enough.difference(&wide).filter(|edit| EVERY_GRANT_THAT_ASSIGNS_IS_LISTED || !self.assigns_alone(edit));
        listed.cloned().collect()
    }

    /// Some pair that is enough where no single edit is.
    pub fn pair(&self) -> Option<Way> {
        let edits: Vec<&Edit> = self.certain.edits.iter().collect();
        let most = if self.asked.target.about == About::Type { PAIRS_OF_TYPES } else { PAIRS };
        let later = |first: usize| edits[first + 1..].iter().map(move |second| (first, *second));
        let pairs = (0..edits.len()).flat_map(later).map(|(first, second)| (edits[first], second));
        let mut pairs = pairs.filter(|(one, other)| !one.conflicts(other)).take(most);
        pairs.find(|(one, other)| self.lets_in(&[one, other])).map(|(one, other)| Way::from([one.clone(), other.clone()]))
    }

    /// What is wrong with a set that is listed as a way in, by asking about each of its subsets.
    pub fn wrong(&self, way: &Way) -> Option<String> {
        let edits: Vec<&Edit> = way.iter().collect();
        for (index, edit) in edits.iter().enumerate() {
            if !self.knows(edit) {
                return Some(format!("{edit:?} is not an edit of the list"));
            }
            if edits[..index].iter().any(|other| other.conflicts(edit)) {
                return Some(format!("{edit:?} and another edit are about the same thing"));
            }
        }
        let all = (1_u32 << edits.len()) - 1;
        for subset in 0..=all {
            let some: Vec<&Edit> = (0..edits.len()).filter(|bit| subset >> bit & 1 == 1).map(|bit| edits[bit]).collect();
            let allowed = self.lets_in(&some);
            if allowed && subset != all {
                return Some(format!("a part of it is enough: {some:?}"));
            }
            if !allowed && subset == all {
                return Some("it does not let the user in".to_owned());
            }
        }
        None
    }
}
