//! Only reading: what any program pays that has these users in front of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use granit_parser::Parser;
use serde::Deserialize;

use crate::lines;

/// Text that is borrowed from the line wherever no escape stands in it.
#[derive(Deserialize)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Borrowed<'l> {
    #[serde(borrow)]
    user_id: Cow<'l, str>,
    #[serde(borrow, default)]
    user_type: Option<Cow<'l, str>>,
    #[serde(borrow, default)]
    roles: Vec<Text<'l>>,
    #[serde(borrow, default)]
    custom_data: CustomData<'l>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CustomData<'l> {
    #[serde(borrow, default)]
    account_id: Option<Cow<'l, str>>,
}

impl Borrowed<'_> {
    /// How much was read, so that nothing of it can be left out.
    fn weight(&self) -> u64 {
        let text = |text: &Option<Cow<'_, str>>| text.as_ref().map_or(0, |text| text.len());
        let roles: usize = self.roles.iter().map(|role| role.0.len()).sum();
        (self.user_id.len() + text(&self.user_type) + roles + text(&self.custom_data.account_id)) as u64
    }
}

/// Users as a YAML reader gives them to a program that keeps them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owned {
    user_id: String,
    user_type: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    custom_data: BTreeMap<String, String>,
}

/// Reads NDJSON users into borrowed structs.
pub fn ndjson(parser: &str, threads: u64, path: &Path) -> Result<u64> {
    match parser {
        "serde_json" => lines::each(path, threads, |line| Ok(serde_json::from_slice::<Borrowed<'_>>(line)?.weight())),
        "sonic-rs" => lines::each(path, threads, |line| Ok(sonic_rs::from_slice::<Borrowed<'_>>(line)?.weight())),
        "simd-json" => lines::each(path, threads, |line| Ok(simd_json::serde::from_slice::<Borrowed<'_>>(line)?.weight())),
        "nothing" => lines::each(path, threads, |line| Ok(black_box(line).len() as u64)),
        other => bail!("no parser {other}: serde_json, sonic-rs, simd-json, nothing"),
    }
}

/// Reads YAML files, each a list of users, into structs.
pub fn yaml_users(path: &Path) -> Result<u64> {
    let mut weight = 0;
    for file in files(path)? {
        let users: Vec<Owned> = yaml_serde::from_slice(&fs::read(file)?)?;
        weight += users.iter().map(Owned::weight).sum::<u64>();
        black_box(users);
    }
    Ok(weight)
}

impl Owned {
    fn weight(&self) -> u64 {
        let roles: usize = self.roles.iter().map(String::len).sum();
        let entity = self.custom_data.get("accountId").map_or(0, String::len);
        (self.user_id.len() + self.user_type.as_ref().map_or(0, String::len) + roles + entity) as u64
    }
}

/// Reads YAML files into values of any shape.
pub fn yaml_values(path: &Path) -> Result<u64> {
    let files = files(path)?;
    for file in &files {
        black_box(yaml_serde::from_slice::<yaml_serde::Value>(&fs::read(file)?)?);
    }
    Ok(files.len() as u64)
}

/// Reads YAML files as events: the least that whoever keeps places has to do.
pub fn yaml_events(path: &Path) -> Result<u64> {
    let mut events = 0;
    for file in files(path)? {
        let text = fs::read_to_string(file)?;
        for event in Parser::new_from_str(&text) {
            black_box(event?);
            events += 1;
        }
    }
    Ok(events)
}

/// A file, or all YAML files below a folder, in order.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        let entry = entry?.path();
        if entry.is_dir() {
            files.extend(self::files(&entry)?);
        } else if entry.extension().is_some_and(|extension| extension == "yaml") {
            files.push(entry);
        }
    }
    files.sort();
    Ok(files)
}
