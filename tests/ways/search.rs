//! Every small set of edits, made and asked about again.

use crate::edit::{Edit, Key};
use crate::oracle::{self, Semantics};
use crate::target::Target;
use crate::vocabulary::{self, Question};
use crate::worlds::world::World;

use std::collections::{BTreeMap, BTreeSet};

/// A set of edits, as an answer names them.
pub type Way = BTreeSet<Key>;

/// Up to so many single edits, sets of three are searched too.
const FOR_TRIPLES: usize = 22;

/// The search for one question.
pub struct Search<'a> {
    asked: Question<'a>,
    /// The part of the world that the decision reads.
    small: World,
    pub edits: Vec<Edit>,
    by_key: BTreeMap<Key, usize>,
}

impl<'a> Search<'a> {
    pub fn new(asked: Question<'a>) -> Self {
        let small =
            World { apps: asked.app().cloned().into_iter().collect(), users: vec![asked.user.clone()], site: asked.world.site.clone() };
        let edits = vocabulary::edits(&asked);
        let by_key: BTreeMap<Key, usize> = edits.iter().enumerate().map(|(index, edit)| (edit.key(), index)).collect();
        assert_eq!(by_key.len(), edits.len(), "two edits have one name");
        Self { asked, small, edits, by_key }
    }

    /// The largest size of sets that is searched.
    pub fn size(&self) -> usize {
        if self.edits.len() <= FOR_TRIPLES { 3 } else { 2 }
    }

    /// The edit that an answer means; none for what is not in the vocabulary.
    pub fn edit(&self, key: &Key) -> Option<&Edit> {
        self.by_key.get(key).map(|index| &self.edits[*index])
    }

    /// Whether the user is let in once these are made.
    pub fn lets_in(&self, edits: &[&Edit]) -> bool {
        let world = self.made(&self.small, edits);
        oracle::decide(&world, &world.users[0], self.asked.target, self.asked.semantics).0
    }

    /// A copy of the world with these edits made.
    pub fn after(&self, edits: &[&Edit]) -> World {
        self.made(self.asked.world, edits)
    }

    fn made(&self, world: &World, edits: &[&Edit]) -> World {
        let mut changed = world.clone();
        for edit in edits {
            edit.apply(&mut changed, &self.asked.user.id, self.asked.target.app());
        }
        changed
    }

    /// Every minimal set of up to `size` edits that lets the user in.
    pub fn minimal(&self) -> BTreeSet<Way> {
        let mut found: Vec<Vec<usize>> = Vec::new();
        for size in 1..=self.size() {
            // What was found is smaller than these, so that a set of this size cannot be part of another.
            let before = found.len();
            let mut chosen = Vec::new();
            self.extend(size, 0, &mut chosen, &mut found, before);
        }
        found.iter().map(|set| set.iter().map(|index| self.edits[*index].key()).collect()).collect()
    }

    fn extend(&self, size: usize, from: usize, chosen: &mut Vec<usize>, found: &mut Vec<Vec<usize>>, before: usize) {
        if found[..before].iter().any(|smaller| smaller.iter().all(|index| chosen.contains(index))) {
            return;
        }
        if chosen.len() == size {
            let edits: Vec<&Edit> = chosen.iter().map(|index| &self.edits[*index]).collect();
            if self.lets_in(&edits) {
                found.push(chosen.clone());
            }
            return;
        }
        for next in from..self.edits.len() {
            if chosen.iter().any(|index| self.edits[*index].conflicts(&self.edits[next])) {
                continue;
            }
            chosen.push(next);
            self.extend(size, next + 1, chosen, found, before);
            chosen.pop();
        }
    }

    /// What is wrong with a set that is listed as a way in, by asking about each of its subsets.
    pub fn wrong(&self, way: &Way) -> Option<String> {
        let mut edits = Vec::new();
        for key in way {
            match self.edit(key) {
                Some(edit) => edits.push(edit),
                None => return Some(format!("{key:?} is not an edit of the list")),
            }
        }
        for (index, edit) in edits.iter().enumerate() {
            if edits[..index].iter().any(|other| other.conflicts(edit)) {
                return Some(format!("{:?} and another edit touch the same thing", edit.key()));
            }
        }
        let all = (1_u32 << edits.len()) - 1;
        for subset in 0..=all {
            let some: Vec<&Edit> = (0..edits.len()).filter(|bit| subset >> bit & 1 == 1).map(|bit| edits[bit]).collect();
            let allowed = self.lets_in(&some);
            if allowed && subset != all {
                let keys: Vec<Key> = some.iter().map(|edit| edit.key()).collect();
                return Some(format!("a part of it is enough: {keys:?}"));
            }
            if !allowed && subset == all {
                return Some("it does not let the user in".to_owned());
            }
        }
        None
    }
}

/// Whom a change touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blast {
    /// Other users who gain a target, in the order in which they were given.
    pub gained: Vec<String>,
    pub lost: Vec<String>,
    /// How many targets beside the one asked about the user gains.
    pub own: usize,
}

/// Counts by asking about every user and every target, those that only one of the two worlds has included.
pub fn blast(asked: &Question<'_>, after: &World, order: &[&str]) -> Blast {
    let mut targets: BTreeSet<String> = oracle::targets(asked.world).into_iter().collect();
    targets.extend(oracle::targets(after));
    let targets: Vec<Target> = targets.iter().map(|text| Target::parse(text)).collect();
    let decided = |world: &World, id: &str, target: &Target, semantics: Semantics| {
        let user = world.user(id).expect("edits define nobody and remove nobody");
        oracle::decide(world, user, target, semantics).0
    };
    let mut counted = Blast::default();
    for id in order {
        let (mut gained, mut lost) = (0, 0);
        for target in &targets {
            match (decided(asked.world, id, target, asked.semantics), decided(after, id, target, asked.semantics)) {
                (false, true) if *id != asked.user.id || target != asked.target => gained += 1,
                (true, false) => lost += 1,
                _ => {}
            }
        }
        if *id == asked.user.id {
            counted.own = gained;
            continue;
        }
        if gained > 0 {
            counted.gained.push((*id).to_owned());
        }
        if lost > 0 {
            counted.lost.push((*id).to_owned());
        }
    }
    counted
}
