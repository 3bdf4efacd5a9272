//! Users, drawn and written one after the other: a million take no more memory than one.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::dice::Dice;
use super::names::{ENTITIES, ROLES, entity, role, user};

/// `--users-as`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UsersAs {
    /// A JSON object a line
    Ndjson,
    /// CSV
    Csv,
    /// A JSON list
    Json,
    /// A YAML list
    Yaml,
    /// A YAML document each
    YamlDocuments,
}

impl UsersAs {
    fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Yaml | Self::YamlDocuments => "yaml",
        }
    }
}

/// How many users are written, and how.
pub(crate) struct People {
    pub(crate) users: u32,
    pub(crate) written: UsersAs,
    pub(crate) gzip: bool,
    pub(crate) files: u32,
}

/// Roles are held as words are used: the second half as often as the first, the third a third as often.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(count: u32) -> Self {
        let mut sum = 0.0;
        let sums = (1..=count).map(|rank| {
            sum += 1.0 / f64::from(rank);
            sum
        });
        Self(sums.collect())
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.fraction() * self.0.last().copied().unwrap_or_default();
        self.0.partition_point(|sum| *sum <= at)
    }
}

struct User {
    id: String,
    kind: Option<&'static str>,
    roles: Vec<usize>,
    entity: Option<u32>,
    plan: Option<&'static str>,
}

impl User {
    fn draw(number: u32, dice: &mut Dice, zipf: &Zipf) -> Self {
        let kind = match dice.below(100) {
            0..30 => Some("internal-user"),
            30..40 => None,
            _ => Some("external-user"),
        };
        let count = dice.between(0, 6) as usize;
        let mut roles = Vec::with_capacity(count);
        while roles.len() < count {
            let role = zipf.draw(dice);
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        let entity = (!dice.chance(5)).then(|| dice.below(ENTITIES));
        let plan = if dice.chance(40) { Some(if dice.chance(30) { "pro" } else { "free" }) } else { None };
        Self { id: user(number), kind, roles, entity, plan }
    }

    fn custom_data(&self) -> impl Iterator<Item = (&'static str, String)> {
        let entity = self.entity.map(|number| ("accountId", entity(number)));
        entity.into_iter().chain(self.plan.map(|plan| ("plan", plan.to_owned())))
    }
}

impl People {
    pub(crate) fn write(&self, dice: &mut Dice, out: &Path) -> Result<()> {
        let names: Vec<String> = (0..ROLES).map(role).collect();
        let writer = Writer { written: self.written, zipf: Zipf::new(ROLES), roles: &names };
        let suffix = if self.gzip { ".gz" } else { "" };
        let extension = self.written.extension();
        if self.files == 1 {
            return self.file(&out.join(format!("users.{extension}{suffix}")), 0..self.users, &writer, dice);
        }
        let folder = out.join("users");
        super::make_folder(&folder)?;
        (0..self.files).try_for_each(|file| {
            let start = |file: u32| u64::from(self.users) * u64::from(file) / u64::from(self.files);
            let range = u32::try_from(start(file))?..u32::try_from(start(file + 1))?;
            self.file(&folder.join(format!("{file:03}.{extension}{suffix}")), range, &writer, dice)
        })
    }

    fn file(&self, path: &Path, numbers: std::ops::Range<u32>, writer: &Writer<'_>, dice: &mut Dice) -> Result<()> {
        super::write(path, |file| {
            if !self.gzip {
                return writer.users(numbers, dice, file);
            }
            let mut packed = BufWriter::new(GzEncoder::new(file, Compression::default()));
            writer.users(numbers, dice, &mut packed)?;
            packed.into_inner().map_err(io::IntoInnerError::into_error)?.finish().map(drop)
        })
    }
}

struct Writer<'n> {
    written: UsersAs,
    zipf: Zipf,
    roles: &'n [String],
}

impl Writer<'_> {
    fn users(&self, numbers: std::ops::Range<u32>, dice: &mut Dice, out: &mut dyn Write) -> io::Result<()> {
        match self.written {
            UsersAs::Csv => out.write_all(b"userId,userType,roles,customData.accountId,customData.plan\n")?,
            UsersAs::Json => out.write_all(b"[\n")?,
            UsersAs::Ndjson | UsersAs::Yaml | UsersAs::YamlDocuments => {}
        }
        let first = numbers.start;
        for number in numbers {
            let user = User::draw(number, dice, &self.zipf);
            match self.written {
                UsersAs::Ndjson => {
                    self.json(&user, out)?;
                    out.write_all(b"\n")?;
                }
                UsersAs::Json => {
                    out.write_all(if number == first { b" " } else { b",\n " })?;
                    self.json(&user, out)?;
                }
                UsersAs::Csv => self.csv(&user, out)?,
                UsersAs::Yaml => self.yaml(&user, ["- ", "  "], out)?,
                UsersAs::YamlDocuments => self.yaml(&user, ["---\n", ""], out)?,
            }
        }
        if self.written == UsersAs::Json { out.write_all(b"\n]\n") } else { Ok(()) }
    }

    fn names(&self, user: &User, separator: &str) -> String {
        user.roles.iter().filter_map(|role| self.roles.get(*role)).map(String::as_str).collect::<Vec<_>>().join(separator)
    }

    // No name needs quotes or escapes in any of the formats.
    fn json(&self, user: &User, out: &mut dyn Write) -> io::Result<()> {
        write!(out, r#"{{"userId":"{}""#, user.id)?;
        if let Some(kind) = user.kind {
            write!(out, r#","userType":"{kind}""#)?;
        }
        let (open, close) = if user.roles.is_empty() { ("", "") } else { ("\"", "\"") };
        write!(out, r#","roles":[{open}{}{close}],"customData":{{"#, self.names(user, r#"",""#))?;
        for (at, (key, value)) in user.custom_data().enumerate() {
            write!(out, r#"{}"{key}":"{value}""#, if at == 0 { "" } else { "," })?;
        }
        out.write_all(b"}}")
    }

    fn csv(&self, user: &User, out: &mut dyn Write) -> io::Result<()> {
        let (kind, entity) = (user.kind.unwrap_or_default(), user.entity.map(entity).unwrap_or_default());
        writeln!(out, "{},{kind},{},{entity},{}", user.id, self.names(user, ";"), user.plan.unwrap_or_default())
    }

    fn yaml(&self, user: &User, [first, indent]: [&str; 2], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{first}userId: {}", user.id)?;
        if let Some(kind) = user.kind {
            writeln!(out, "{indent}userType: {kind}")?;
        }
        writeln!(out, "{indent}roles: [{}]", self.names(user, ", "))?;
        if user.entity.is_some() || user.plan.is_some() {
            writeln!(out, "{indent}customData:")?;
        }
        user.custom_data().try_for_each(|(key, value)| writeln!(out, "{indent}  {key}: {value}"))
    }
}
