//! A workspace of any size, the same for the same seed.

mod apps;
mod dice;
mod names;
mod people;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{ValueEnum, value_parser};
use serde_json::Value;

use apps::{Apps, SITE};
use dice::Dice;
use people::People;
pub(crate) use people::UsersAs;

/// What is wanted
#[derive(clap::Args, Debug)]
pub(crate) struct Wanted {
    /// How many users
    #[arg(long, value_parser = value_parser!(u32).range(1..=100_000_000))]
    pub(crate) users: u32,

    /// How many chat apps
    #[arg(long, value_parser = value_parser!(u32).range(1..=100_000))]
    pub(crate) apps: u32,

    /// Another seed, other definitions
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,

    /// How many times as long the lists of rules are
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = value_parser!(u32).range(1..=20))]
    pub(crate) rules: u32,

    /// How users are written
    #[arg(long, value_name = "FORMAT", default_value = "ndjson")]
    pub(crate) users_as: UsersAs,

    /// Over how many files users are spread
    #[arg(long, value_name = "FILES", default_value_t = 1, value_parser = value_parser!(u32).range(1..=1000))]
    pub(crate) user_files: u32,

    /// Files of users are compressed
    #[arg(long)]
    pub(crate) gzip: bool,

    /// How apps and overrides are written
    #[arg(long, value_name = "FORMAT", default_value = "ndjson")]
    pub(crate) apps_as: AppsAs,

    /// The folder to make; it may exist if it is empty
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// `--apps-as`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum AppsAs {
    /// One file of apps and one of overrides, a record a line
    Ndjson,
    /// A file for each
    Yaml,
}

/// Makes the workspace; its folder must be empty or not be there.
pub(crate) fn generate(wanted: &Wanted) -> Result<()> {
    let out = &wanted.out;
    make_folder(out)?;
    ensure!(fs::read_dir(out)?.next().is_none(), "{} is not empty: choose another folder, or empty it", out.display());
    write(&out.join("gatewalk.yaml"), |file| file.write_all(b"population: complete\n"))?;
    write(&out.join("site.yaml"), |file| file.write_all(SITE.as_bytes()))?;

    // Users and apps are drawn apart, so that more of the one leaves the other as it was.
    let mut apps = Apps::new(Dice::seeded(wanted.seed), wanted.users, wanted.rules);
    let (apps, overrides): (Vec<Value>, Vec<Option<Value>>) = (0..wanted.apps).map(|number| apps.draw(number)).unzip();
    definitions(out, "apps", &apps, wanted.apps_as)?;
    definitions(out, "overrides", &overrides.into_iter().flatten().collect::<Vec<_>>(), wanted.apps_as)?;
    let people = People { written: wanted.users_as, gzip: wanted.gzip, files: wanted.user_files, users: wanted.users };
    people.write(&mut Dice::seeded(!wanted.seed), out)
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// Writes a new file, or says which could not be.
fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let write = || {
        let mut file = BufWriter::with_capacity(1 << 18, File::create_new(path)?);
        content(&mut file)?;
        file.flush()
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Writes the definitions of a kind, as a file or a folder of its name.
fn definitions(out: &Path, kind: &str, records: &[Value], written: AppsAs) -> Result<()> {
    match written {
        AppsAs::Ndjson => {
            write(&out.join(format!("{kind}.ndjson")), |file| records.iter().try_for_each(|record| writeln!(file, "{record}")))
        }
        AppsAs::Yaml => {
            let folder = out.join(kind);
            make_folder(&folder)?;
            records.iter().try_for_each(|record| {
                let id = record.get("chatAppId").and_then(Value::as_str).unwrap_or_default();
                write(&folder.join(format!("{id}.yaml")), |file| serde_yaml::to_writer(file, record).map_err(io::Error::other))
            })
        }
    }
}
