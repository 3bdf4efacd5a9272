//! Writes a world into a folder, in one of many layouts, chosen by a seed.
//!
//! Two layouts of one world say the same: which files there are, in which format and spelling, and
//! in which order things are defined must not matter to any answer.

mod json;
mod node;
mod records;
mod scribe;
mod yaml;

use std::fs;
use std::path::Path;

use self::node::Node;
use self::records::{Kind, Record};
use crate::dice::Dice;
use crate::value::Scalar;
use crate::world::World;

pub struct Document {
    pub path: String,
    pub text: String,
}

pub struct Layout {
    pub files: Vec<Document>,
    /// The users in the order of their definitions.
    pub users: Vec<String>,
}

/// A value as it stands inside the braces of a target.
pub fn flow_scalar(scalar: &Scalar) -> String {
    yaml::scalar(&Node::value(scalar))
}

/// The files of a world as the seed lays them out.
pub fn of(world: &World, seed: u64) -> Layout {
    let mut dice = Dice::seeded(seed);
    let (mut permissions, mut users) = records::of(world, &mut dice);
    let mut files = Vec::new();
    dice.shuffle(&mut permissions);
    dice.shuffle(&mut users);

    // What has no field to be told by stands under its kind.
    let (keyed, free): (Vec<_>, Vec<_>) = permissions.into_iter().partition(|record| record.kind == Kind::Conditions);
    let parts = dice.between(1, 3);
    let mut groups: Vec<Vec<Record>> = (0..parts).map(|_| Vec::new()).collect();
    for record in free {
        let place = dice.between(0, parts - 1);
        groups[place].push(record);
    }
    groups.push(keyed);
    if dice.chance(40) {
        groups = vec![groups.into_iter().flatten().collect()];
    }
    groups.retain(|group| !group.is_empty());
    let alone = groups.len() == 1 && dice.chance(60);
    for (index, group) in groups.iter().enumerate() {
        let folder = dice.pick(&["", "a/", "Z/", "deep/er/"]);
        let stem = dice.pick(&["one", "roles", "teams", "B"]);
        let place = if alone { "permissions".to_owned() } else { format!("permissions/{folder}{stem}{index}") };
        let in_kinds = group.iter().any(|record| record.kind == Kind::Conditions) || dice.chance(45);
        files.push(document(&place, group, in_kinds, &mut dice));
    }
    let in_kinds = dice.chance(40);
    files.push(document("users", &users, in_kinds, &mut dice));
    Layout { files, users: users.into_iter().map(|record| record.name).collect() }
}

pub fn write(files: &[Document], dir: &Path) {
    for file in files {
        let path = dir.join(&file.path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(&path, &file.text).expect("the file can be written");
    }
}

fn document(place: &str, group: &[Record], in_kinds: bool, dice: &mut Dice) -> Document {
    if in_kinds {
        return written(place, &records::by_kind(group, dice), dice);
    }
    let nodes: Vec<Node> = group.iter().map(|record| record.node.clone()).collect();
    match dice.between(0, 3) {
        0 => {
            let documents: Vec<String> = nodes.iter().map(|node| format!("---\n{}", yaml::document(node))).collect();
            Document { path: format!("{place}.yaml"), text: documents.concat() }
        }
        1 => {
            let lines: Vec<String> = nodes.iter().map(|node| json::line(node) + "\n").collect();
            Document { path: format!("{place}.ndjson"), text: lines.concat() }
        }
        _ => written(place, &Node::List(nodes), dice),
    }
}

fn written(place: &str, node: &Node, dice: &mut Dice) -> Document {
    match dice.between(0, 2) {
        0 => Document { path: format!("{place}.json"), text: json::line(node) },
        1 => Document { path: format!("{place}.yml"), text: yaml::document(node) },
        _ => Document { path: format!("{place}.yaml"), text: yaml::document(node) },
    }
}
