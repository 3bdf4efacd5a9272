//! `waysIn` of an answer, read strictly.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::edit::{Edit, Held, a_day_after, sort_of};
use crate::question::Question;
use crate::search::Way;
use crate::value::Scalar;

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    pub parts: Vec<Part>,
    pub diff: Option<String>,
    /// As it was written.
    pub whole: Json,
}

#[derive(Clone, Debug)]
pub struct Part {
    /// The edit with each of its values, the one of the diff first.
    pub edits: Vec<Edit>,
    pub file: Option<String>,
}

/// The rows of a denial.
pub fn rows(asked: &Question<'_>, answer: &Json) -> Result<Vec<Row>, String> {
    let ways = answer.get("waysIn").and_then(Json::as_array).ok_or("a denial has no list `waysIn`")?;
    ways.iter().map(|way| row(asked, way).map_err(|problem| format!("{problem} in {way:#}"))).collect()
}

fn row(asked: &Question<'_>, way: &Json) -> Result<Row, String> {
    let all = way["parts"].as_array().ok_or("no `parts`")?;
    let parts: Vec<Part> = all.iter().map(|part| self::part(asked, part)).collect::<Result<_, _>>()?;
    let first = parts.first().ok_or("no part")?;
    if way["edits"].as_u64() != u64::try_from(parts.len()).ok() {
        return Err("`edits` is not the number of parts".to_owned());
    }
    if way["kind"] != first.edits[0].kind() || way["source"] != all[0]["source"] {
        return Err("`kind` and `source` are not those of the first part".to_owned());
    }
    if way["loosens"] != false {
        return Err("nothing that is given takes a guard away".to_owned());
    }
    let nobody = Json::Array(Vec::new());
    let touched = (&way["othersGain"], &way["othersLose"], &way["gained"], &way["lost"]);
    if touched != (&Json::from(0), &Json::from(0), &nobody, &nobody) {
        return Err("what one user is given touches others".to_owned());
    }
    let diff = match &way["diff"] {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        _ => return Err("`diff` is neither text nor null".to_owned()),
    };
    Ok(Row { parts, diff, whole: way.clone() })
}

/// Makes an edit of a value.
type Reader<'a> = Box<dyn Fn(&Json) -> Result<Edit, String> + 'a>;

fn part(asked: &Question<'_>, part: &Json) -> Result<Part, String> {
    let text = |field: &str| part[field].as_str().ok_or_else(|| format!("a part has no text `{field}`"));
    let value = part.get("value").ok_or("a part has no `value`")?;
    let path = text("path")?;
    let name = |value: &Json| value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} is not a name"));
    let role_of = |value: &Json| name(&value["role"]);
    let edit: Reader<'_> = match text("kind")? {
        "user-add-role" if path == "roles" => Box::new(|value| Ok(Edit::AddRole(name(value)?))),
        "user-set-entity" if path == "entity" || path.starts_with("customData.") => Box::new(|value| Ok(Edit::SetEntity(name(value)?))),
        "user-set-type" if path == "userType" => Box::new(|value| match value.as_str() {
            Some("internal-user") => Ok(Edit::SetType(true)),
            Some("external-user") => Ok(Edit::SetType(false)),
            _ => Err(format!("{value} is no type of users")),
        }),
        "attribute" => {
            let attribute = path.strip_prefix("attributes.").ok_or("an attribute stands below `attributes`")?;
            Box::new(move |value| Ok(Edit::Attribute(attribute.to_owned(), sort_of(&scalar(value)?))))
        }
        "membership" if path == "members" => {
            let team = value["team"].as_str().ok_or("a membership has no team")?.to_owned();
            Box::new(move |value| Ok(Edit::Member { team: team.clone(), role: role_of(value)? }))
        }
        "grant" => Box::new(|value| grant(asked, path, value.as_object().ok_or("a grant is a mapping")?)),
        other => return Err(format!("no kind of edit is `{other}` of `{path}`")),
    };
    let mut edits = vec![edit(value)?];
    if part["of"] != edits[0].of() || part["loosens"] != false {
        return Err("a part is of something else".to_owned());
    }
    if let Some(alternatives) = part.get("alternatives").and_then(Json::as_array) {
        // Without `--all` three of them are named.
        let count = part["alternativesCount"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
        if count < 2 || (alternatives.len() != count && alternatives.len() != count.min(3)) {
            return Err("there are several alternatives, all of them, or none".to_owned());
        }
        edits = alternatives.iter().map(|one| edit(&with_name(value, &one["value"])?)).collect::<Result<_, String>>()?;
        if edits[0] != edit(value)? {
            return Err("the first of the alternatives is not the value".to_owned());
        }
    }
    let file = part["source"]["file"].as_str().map(str::to_owned);
    if !part["source"].is_null() && (file.is_none() || part["source"]["line"].as_u64().is_none_or(|line| line == 0)) {
        return Err("a source has no file or line".to_owned());
    }
    Ok(Part { edits, file })
}

/// The value with another name in it.
fn with_name(value: &Json, name: &Json) -> Result<Json, String> {
    let text = name.as_str().ok_or_else(|| format!("{name} is not a name"))?;
    Ok(match value {
        Json::Object(fields) => {
            let mut fields = fields.clone();
            for key in ["role", "permission"] {
                if let Some(held) = fields.get_mut(key) {
                    *held = name.clone();
                }
            }
            Json::Object(fields)
        }
        Json::String(_) => name.clone(),
        _ => serde_json::from_str(text).map_err(|_| format!("{text} is not of the type of {value}"))?,
    })
}

fn scalar(value: &Json) -> Result<Scalar, String> {
    match value {
        Json::String(text) => Ok(Scalar::quoted(text)),
        Json::Number(_) | Json::Bool(_) => Ok(Scalar::plain(value.to_string())),
        _ => Err(format!("{value} is no scalar")),
    }
}

/// A grant begins at the asked time and is for a day, or has neither beginning nor end.
fn grant(asked: &Question<'_>, path: &str, fields: &Map<String, Json>) -> Result<Edit, String> {
    let text = |key: &str| fields.get(key).and_then(Json::as_str).map(str::to_owned);
    let known = ["role", "permission", "team", "notBefore", "expires"];
    if fields.iter().any(|(key, value)| !known.contains(&key.as_str()) || !value.is_string()) {
        return Err("a grant has fields of its own".to_owned());
    }
    let held = match (text("role"), text("permission")) {
        (Some(role), None) if path == "role" => Held::Role(role),
        (None, Some(permission)) if path == "permission" => Held::Permission(permission),
        _ => return Err("a grant gives a role or a permission".to_owned()),
    };
    let (from, to) = (asked.at.to_string(), a_day_after(asked.at).to_string());
    let standing = match (text("notBefore"), text("expires")) {
        (None, None) => true,
        (Some(begins), Some(ends)) if begins == from && ends == to => false,
        _ => return Err(format!("a grant is from {from} to {to}, or without either")),
    };
    Ok(Edit::Grant { standing, held, team: text("team") })
}

impl Row {
    /// The set that the row's parts and its diff are.
    pub fn way(&self) -> Way {
        self.parts.iter().map(|part| part.edits[0].clone()).collect()
    }

    /// The sets that the row stands for: every part with each of its values.
    pub fn ways(&self) -> BTreeSet<Way> {
        let mut ways = BTreeSet::from([Way::new()]);
        for part in &self.parts {
            ways = ways.iter().flat_map(|way| part.edits.iter().map(move |edit| way.iter().chain([edit]).cloned().collect())).collect();
        }
        ways
    }
}
