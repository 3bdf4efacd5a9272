//! Writes a world into a folder, in one of very many layouts, chosen by a seed.
//!
//! Two layouts of one world say the same: which files there are, in which format and vocabulary,
//! how records are wrapped and where overrides stand must not matter to any answer.

mod bundle;
mod csv;
mod dynamo;
mod export;
mod features;
mod files;
pub mod json;
pub mod node;
mod records;
pub mod scribe;
mod site;
mod yaml;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::worlds::dice::Dice;
use crate::worlds::world::World;

pub use self::files::Document;

/// The files of a world under the layout that the seed chooses, in byte order of their paths.
pub fn files(world: &World, seed: u64) -> Vec<Document> {
    let mut files = files::of(world, &mut Dice::seeded(seed));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Writes the files; a path that ends in `.gz` is compressed.
pub fn write(files: &[Document], dir: &Path) {
    for file in files {
        let path = dir.join(&file.path);
        let parent = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        let mut out = File::create(&path).expect("the file can be made");
        if path.extension().is_some_and(|extension| extension == "gz") {
            let mut packed = GzEncoder::new(out, Compression::fast());
            packed.write_all(file.text.as_bytes()).expect("the file can be written");
            packed.finish().expect("the file can be finished");
        } else {
            out.write_all(file.text.as_bytes()).expect("the file can be written");
        }
    }
}

/// The users in the order of their definitions.
pub fn user_order(files: &[Document]) -> Vec<&str> {
    files.iter().flat_map(|file| file.users.iter().map(String::as_str)).collect()
}
