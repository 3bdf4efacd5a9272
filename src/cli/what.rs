//! The TARGET of a command line: a name, or a resource given by its attributes.

use anyhow::Result;
use gatewalk::compile::{Resource, Target};
use gatewalk::discover::Invalid;
use gatewalk::model::{Workspace, inline_attributes};
use gatewalk::parse;

use super::error::{Refusal, Untrusted};

/// What messages call the text that attributes were given in.
const SOURCE: &str = "<command line>";

/// Reads TARGET. The text of attributes is kept in the workspace, so that places in it can be shown.
pub(super) fn parse(text: &str, workspace: &mut Workspace) -> Result<Target> {
    let Some((kind, rest)) =
        text.split_once('{').map(|(kind, rest)| (kind.trim(), rest)).filter(|(kind, _)| !kind.contains([':', '#', '/']))
    else {
        return Ok(Target::parse(workspace, text).map_err(Refusal::from)?);
    };
    if rest.trim_end().ends_with('}') {
        let refusal = Refusal::new(format!("`{text}` does not say what is to be done"));
        return Err(refusal.hint(format!("write the action behind it: `{text}#view`")).into());
    }
    let Some((attributes, action)) = rest.rsplit_once("}#") else {
        return Err(Refusal::new(format!("`{text}` is no target"))
            .hint("write attributes as `ticket{team_id=payments,frozen=true}#create`")
            .into());
    };
    let Some(mapping) = attributes_as_mapping(attributes) else {
        let refusal = Refusal::new(format!("the attributes of `{text}` cannot be read"));
        return Err(refusal.hint("write them as `name=value`, with commas between; a value with a comma in quotes").into());
    };
    let mut problems = Vec::new();
    let node = parse::parse_inline(SOURCE, &mapping, workspace.sources_mut(), &mut problems);
    let attributes = node.map(|node| inline_attributes(kind, &node, workspace, &mut problems));
    let Some(attributes) = attributes.filter(|_| problems.is_empty()) else {
        let sources = std::mem::take(workspace.sources_mut());
        return Err(Untrusted::target(Box::new(Invalid { sources, problems })).into());
    };
    Ok(Target::Given { resource: Resource::given(kind, attributes), action: action.to_owned(), written: text.to_owned() })
}

/// `a=1,b='x, y'` as the flow mapping that YAML reads: `{"a": 1, "b": 'x, y'}`.
fn attributes_as_mapping(text: &str) -> Option<String> {
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for part in split(text)? {
        let (name, value) = part.split_once('=')?;
        let name = name.trim();
        if name.is_empty() || name.contains(['{', '}', '"', '\'']) || value.trim().is_empty() {
            return None;
        }
        parts.push((name, value.trim()));
    }
    let entry = |(name, value): (&str, &str)| Some(format!("{}: {value}", serde_json::to_string(name).ok()?));
    let entries: Option<Vec<String>> = parts.into_iter().map(entry).collect();
    Some(format!("{{{}}}", entries?.join(", ")))
}

/// The parts between commas that stand in no quotes and no brackets; `None` where those do not close.
fn split(text: &str) -> Option<Vec<&str>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    let mut escaped = false;
    for (at, found) in text.char_indices() {
        match (quote, found) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), found) if found == open && !escaped => quote = None,
            (None, '"' | '\'') => quote = Some(found),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.checked_sub(1)?,
            (None, ',') if depth == 0 => {
                parts.push(text.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
        escaped = false;
    }
    parts.push(text.get(start..)?);
    (quote.is_none() && depth == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::attributes_as_mapping;

    #[test]
    fn attributes_are_split_at_commas_outside_quotes() {
        let read = |text| attributes_as_mapping(text);
        assert_eq!(read("a=1,b='x, y', c=[1,2]").as_deref(), Some(r#"{"a": 1, "b": 'x, y', "c": [1,2]}"#));
        assert_eq!(read(r#"a="\",",b=x=y"#).as_deref(), Some(r#"{"a": "\",", "b": x=y}"#));
        assert_eq!(read("").as_deref(), Some("{}"));
        for wrong in ["a", "=1", "a=", "a='x", "a=[1", "a=1]", "a=1,,b=2", "{a=1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
