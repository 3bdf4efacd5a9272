//! The forms of files of users: where they can be cut, and who is in a piece.

use super::chunks::{Chunks, Ends, Part};
use super::csv::Columns;
use super::json::Reader;
use super::loader::Letters;
use super::sight::{Sight, Sighted};
use super::yaml::Cut;
use super::{Raw, Unsure, loader};
use crate::parse::{Syntax, csv_columns};

/// What pieces of a file have in common.
pub(super) enum Form {
    Ndjson,
    Json,
    Csv { header: String, columns: Columns },
    Yaml(Cut),
}

impl Form {
    /// The form of a file, whose first bytes are taken off.
    pub(super) fn of(syntax: Syntax, chunks: &mut Chunks<'_>, sight: &Sight<'_>) -> Result<Self, Unsure> {
        // A byte order mark is no part of the text.
        let mark = |bytes: &[u8]| Some(if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 });
        chunks.head(mark)?;
        let (form, head) = match syntax {
            Syntax::Ndjson => (Self::Ndjson, String::new()),
            Syntax::Json => {
                let head = chunks.head(|bytes| Some(bytes.iter().position(|byte| !byte.is_ascii_whitespace())? + 1))?;
                (head.ends_with('[').then_some(Self::Json).ok_or(Unsure)?, head)
            }
            Syntax::Csv => {
                let header = chunks.head(|bytes| Some(bytes.iter().position(|byte| *byte == b'\n')? + 1))?;
                let columns = csv_columns(&header).ok_or(Unsure)?;
                (Self::Csv { columns: Columns::new(&columns, sight.path()), header: header.clone() }, header)
            }
            Syntax::Yaml => {
                let mut cut = None;
                let head = chunks.head(|bytes| cut.insert(Cut::new(bytes)?).head.into())?;
                (cut.map(Self::Yaml).ok_or(Unsure)?, head)
            }
        };
        loader::check(&head)?;
        Ok(form)
    }

    pub(super) fn ends(&self) -> Ends {
        match self {
            Self::Ndjson => Ends::Line,
            Self::Json => Ends::Item,
            Self::Csv { .. } => Ends::Record,
            Self::Yaml(cut) => cut.ends.clone(),
        }
    }

    /// The users of a piece, in order. Nobody is left out: where a user is not written in the ordinary way, the loader reads.
    pub(super) fn users(&self, text: &str, part: Part, sight: &Sight<'_>, mut take: impl FnMut(&Sighted<'_>)) -> Result<(), Unsure> {
        let letters = loader::check(text)?;
        match self {
            Self::Ndjson => ndjson(text, letters, sight, &mut take),
            Self::Json => json(text, letters, part, sight, &mut take),
            Self::Csv { header, columns } => csv(header, columns, text, sight, &mut take),
            Self::Yaml(cut) => loader::ordinary_yaml(text, cut.of, sight, &mut take),
        }
    }
}

/// The path in custom data to where the site looks for the entity.
fn steps<'q>(sight: &Sight<'q>) -> Vec<&'q str> {
    sight.path().map_or_else(Vec::new, |path| path.split('.').collect())
}

fn ndjson(text: &str, letters: Letters, sight: &Sight<'_>, take: &mut impl FnMut(&Sighted<'_>)) -> Result<(), Unsure> {
    let (path, mut roles) = (steps(sight), Vec::new());
    let mut reader = Reader::new(text, letters, false);
    while reader.at < text.len() {
        let start = reader.at;
        if let Some(raw) = on_a_line(&mut reader, &path, &mut roles) {
            take(&sight.raw(&raw, &mut roles));
            continue;
        }
        let rest = text.get(start..).ok_or(Unsure)?;
        reader.at = rest.find('\n').map_or(text.len(), |length| start + length + 1);
        loader::users(Syntax::Ndjson, text.get(start..reader.at).ok_or(Unsure)?, sight, take)?;
    }
    Ok(())
}

/// The user who alone is on a line; the reader goes to the next one.
fn on_a_line<'t>(reader: &mut Reader<'t>, path: &[&str], roles: &mut Vec<&'t str>) -> Option<Raw<'t>> {
    let raw = reader.user(path, roles)?;
    reader.space();
    if reader.peek() == Some(b'\r') {
        reader.at += 1;
    }
    match reader.peek() {
        None => Some(raw),
        Some(b'\n') => {
            reader.at += 1;
            Some(raw)
        }
        Some(_) => None,
    }
}

fn json(text: &str, letters: Letters, part: Part, sight: &Sight<'_>, take: &mut impl FnMut(&Sighted<'_>)) -> Result<(), Unsure> {
    let text = match part {
        Part::Inner => text.strip_suffix(',').ok_or(Unsure)?,
        Part::Last | Part::Whole => text.trim_ascii_end().strip_suffix(']').ok_or(Unsure)?,
    };
    let (path, mut roles) = (steps(sight), Vec::new());
    let mut reader = Reader::new(text, letters, true);
    reader.space();
    if reader.peek().is_none() && part == Part::Whole {
        // A list of nobody. Behind a comma there would have to be somebody.
        return Ok(());
    }
    loop {
        reader.space();
        let start = reader.at;
        let user = reader.user(&path, &mut roles);
        reader.space();
        match (user, reader.peek()) {
            (Some(raw), None) => {
                take(&sight.raw(&raw, &mut roles));
                return Ok(());
            }
            (Some(raw), Some(b',')) => {
                take(&sight.raw(&raw, &mut roles));
                reader.at += 1;
            }
            _ if start == text.len() => return Err(Unsure),
            _ => return loader::users(Syntax::Json, &format!("[{}]", text.get(start..).ok_or(Unsure)?), sight, take),
        }
    }
}

fn csv(header: &str, columns: &Columns, text: &str, sight: &Sight<'_>, take: &mut impl FnMut(&Sighted<'_>)) -> Result<(), Unsure> {
    let (mut roles, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let record = line.strip_suffix('\n').unwrap_or(line);
        let record = record.strip_suffix('\r').unwrap_or(record);
        if !record.is_empty() {
            match columns.user(record, &mut roles).filter(|_| !record.contains('"')) {
                Some(raw) => take(&sight.raw(&raw, &mut roles)),
                None => return loader::users(Syntax::Csv, &format!("{header}{}", text.get(at..).ok_or(Unsure)?), sight, take),
            }
        }
        at += line.len();
    }
    Ok(())
}
