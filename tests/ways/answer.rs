//! `waysIn` of an answer, read strictly.

use serde_json::Value as Json;

use crate::edit::{Key, Kind};
use crate::search::Way;

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    pub parts: Vec<Part>,
    pub diff: Option<String>,
    pub loosens: bool,
    pub gain: usize,
    pub lose: usize,
    pub gained: Vec<String>,
    pub lost: Vec<String>,
    /// As it was written.
    pub whole: Json,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub kind: Kind,
    pub key: Key,
    /// The values that do as well, the one of the key first; nothing where there is one alone.
    pub alternatives: Vec<String>,
    /// Of each of them how many others gain and lose, and how many other targets open for the user.
    pub counts: Vec<[usize; 3]>,
    pub alternatives_count: Option<usize>,
    pub file: Option<String>,
    pub loosens: bool,
}

/// The rows of a denial; none where the field is absent, as it is for an allow.
pub fn rows(answer: &Json) -> Result<Option<Vec<Row>>, String> {
    let Some(ways) = answer.get("waysIn") else { return Ok(None) };
    let ways = ways.as_array().ok_or("`waysIn` is not a list")?;
    ways.iter().map(|way| row(way).map_err(|problem| format!("{problem} in {way:#}"))).collect::<Result<_, _>>().map(Some)
}

fn row(way: &Json) -> Result<Row, String> {
    let parts = way["parts"].as_array().ok_or("no `parts`")?;
    let parts: Vec<Part> = parts.iter().map(part).collect::<Result<_, _>>()?;
    let first = parts.first().ok_or("no part")?;
    if way["edits"].as_u64() != u64::try_from(parts.len()).ok() {
        return Err("`edits` is not the number of parts".to_owned());
    }
    if way["kind"] != first.kind.name() || way["source"] != way["parts"][0]["source"] {
        return Err("`kind` and `source` are not those of the first part".to_owned());
    }
    for text in [&way["change"], &way["parts"][0]["change"]] {
        if text.as_str().is_none_or(str::is_empty) {
            return Err("a change is not said in words".to_owned());
        }
    }
    let diff = match &way["diff"] {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        _ => return Err("`diff` is neither text nor null".to_owned()),
    };
    let loosens = way["loosens"].as_bool().ok_or("no `loosens`")?;
    if loosens != parts.iter().any(|part| part.loosens) {
        return Err("`loosens` is not that of the parts".to_owned());
    }
    Ok(Row {
        diff,
        loosens,
        gain: count(&way["othersGain"])?,
        lose: count(&way["othersLose"])?,
        gained: names(&way["gained"])?,
        lost: names(&way["lost"])?,
        parts,
        whole: way.clone(),
    })
}

fn part(part: &Json) -> Result<Part, String> {
    let text = |field: &str| part[field].as_str().map(str::to_owned).ok_or_else(|| format!("a part has no text `{field}`"));
    let name = text("kind")?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| format!("unknown kind `{name}`"))?;
    let value = part.get("value").ok_or("a part has no `value`")?.to_string();
    let key = Key { of: text("of")?, path: text("path")?, value };
    let file = part["source"]["file"].as_str().map(str::to_owned);
    if !part["source"].is_null() && (file.is_none() || part["source"]["line"].as_u64().is_none_or(|line| line == 0)) {
        return Err("a source has no file or line".to_owned());
    }
    let alternatives = part.get("alternatives").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let alternatives: Vec<Alternative> = alternatives.iter().map(alternative).collect::<Result<_, _>>()?;
    let counts = alternatives.iter().map(|one| one.counts).collect();
    let alternatives: Vec<String> = alternatives.into_iter().map(|one| one.value).collect();
    let first = alternatives.first().map(|first| Json::from(first.as_str()).to_string());
    if first.is_some_and(|first| first != key.value) {
        return Err("the first of the alternatives is not the value".to_owned());
    }
    let alternatives_count = part.get("alternativesCount").and_then(Json::as_u64).and_then(|count| usize::try_from(count).ok());
    Ok(Part {
        kind,
        key,
        alternatives,
        counts,
        alternatives_count,
        file,
        loosens: part["loosens"].as_bool().ok_or("a part has no `loosens`")?,
    })
}

struct Alternative {
    value: String,
    counts: [usize; 3],
}

fn alternative(one: &Json) -> Result<Alternative, String> {
    let value = one["value"].as_str().ok_or_else(|| format!("{one} has no value"))?.to_owned();
    Ok(Alternative { value, counts: [count(&one["othersGain"])?, count(&one["othersLose"])?, count(&one["alsoOpens"])?] })
}

fn count(value: &Json) -> Result<usize, String> {
    value.as_u64().and_then(|count| usize::try_from(count).ok()).ok_or_else(|| format!("{value} is not a count"))
}

fn names(value: &Json) -> Result<Vec<String>, String> {
    let list = value.as_array().ok_or_else(|| format!("{value} is not a list"))?;
    list.iter().map(|name| name.as_str().map(str::to_owned).ok_or_else(|| format!("{name} is not a name"))).collect()
}

impl Row {
    /// The set that the row's parts and its diff are.
    pub fn way(&self) -> Way {
        self.parts.iter().map(|part| part.key.clone()).collect()
    }

    /// The sets that the row stands for: every part with each of its alternatives.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = vec![Way::new()];
        for part in &self.parts {
            ways = ways.iter().flat_map(|way| part.keys().into_iter().map(move |key| way.iter().cloned().chain([key]).collect())).collect();
        }
        ways
    }

    /// The sets in which one part has each of its alternatives, and the others have their first.
    pub fn varied(&self, at: usize) -> Vec<Way> {
        let others = |key: Key| {
            self.parts.iter().enumerate().map(|(other, part)| if other == at { key.clone() } else { part.key.clone() }).collect()
        };
        self.parts[at].keys().into_iter().map(others).collect()
    }
}

impl Part {
    /// The part with each of its alternatives.
    pub fn keys(&self) -> Vec<Key> {
        if self.alternatives.is_empty() {
            return vec![self.key.clone()];
        }
        let with = |name: &String| Key { value: Json::from(name.as_str()).to_string(), ..self.key.clone() };
        self.alternatives.iter().map(with).collect()
    }
}
