//! The same decisions with Cedar: a policy set for each app, and a request for each cell. `cedar-peer DIR`

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use cedar_policy::{
    Authorizer, Context as Circumstances, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression,
};
use serde_json::Value;

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("usage: cedar-peer DIR")?;
    let folder = Path::new(&folder);
    let overrides: HashMap<String, Value> = records(&folder.join("overrides.ndjson"))?.into_iter().map(|record| (id(&record), record)).collect();
    let mut apps = BTreeMap::new();
    for app in records(&folder.join("apps.ndjson"))? {
        let policies: PolicySet = policies(&app, overrides.get(&id(&app))).parse().with_context(|| id(&app))?;
        apps.insert(id(&app), (policies, 0_u64));
    }
    let (action, resource): (EntityUid, EntityUid) = (r#"Action::"use""#.parse()?, r#"App::"app""#.parse()?);
    let authorizer = Authorizer::new();
    let users = records(&folder.join("users.ndjson"))?;
    for record in &users {
        let user = user(record)?;
        let principal = user.uid();
        let entities = Entities::from_entities([user], None)?;
        let request = Request::new(principal, action.clone(), resource.clone(), Circumstances::empty(), None)?;
        for (policies, allowed) in apps.values_mut() {
            let decision = authorizer.is_authorized(&request, policies, &entities).decision();
            *allowed += u64::from(decision == Decision::Allow);
        }
    }
    let mut out = io::stdout().lock();
    for (app, (_, allowed)) in &apps {
        writeln!(out, r#"{{"target":"{app}","allowed":{allowed},"denied":{}}}"#, users.len() as u64 - allowed)?;
    }
    Ok(())
}

fn records(path: &Path) -> Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn id(record: &Value) -> String {
    record["chatAppId"].as_str().unwrap_or_default().to_owned()
}

fn user(record: &Value) -> Result<Entity> {
    let text = |value: &Value| value.as_str().map(|text| RestrictedExpression::new_string(text.to_owned()));
    let name = record["userId"].as_str().context("a user without an id")?;
    let roles = record["roles"].as_array().into_iter().flatten().filter_map(text);
    let mut attributes: HashMap<String, RestrictedExpression> = HashMap::from([
        ("id".to_owned(), RestrictedExpression::new_string(name.to_owned())),
        ("kind".to_owned(), text(&record["userType"]).unwrap_or_else(|| RestrictedExpression::new_string("external-user".to_owned()))),
        ("roles".to_owned(), RestrictedExpression::new_set(roles)),
    ]);
    attributes.extend(text(&record["customData"]["accountId"]).map(|entity| ("entity".to_owned(), entity)));
    Ok(Entity::new(format!(r#"User::"{name}""#).parse()?, attributes, Default::default())?)
}

/// An app's rules as Cedar has them.
fn policies(app: &Value, overriding: Option<&Value>) -> String {
    let switched_off = app["enabled"] != true || overriding.is_some_and(|overriding| overriding["enabled"] == false);
    let condition = match overriding {
        _ if switched_off => "false".to_owned(),
        None => own(app),
        Some(overriding) => exclusive(overriding),
    };
    let denied = match (overriding, app["deniedUserIds"].is_array()) {
        (None, true) => format!("forbid(principal, action, resource) when {{ {}.contains(principal.id) }};", app["deniedUserIds"]),
        _ => String::new(),
    };
    format!("permit(principal, action, resource) when {{ {condition} }};\n{denied}")
}

fn exclusive(overriding: &Value) -> String {
    let filled = |field: &str| Some(&overriding[field]).filter(|list| list.as_array().is_some_and(|list| !list.is_empty()));
    if let Some(ids) = filled("exclusiveUserIdAccessControl") {
        return format!("{ids}.contains(principal.id)");
    }
    let rules = if overriding["enabled"] == true { types_and_roles(overriding).unwrap_or_else(|| "false".to_owned()) } else { "false".to_owned() };
    let side = |field| filled(field).map_or_else(|| rules.clone(), among);
    let (internal, external) = (side("exclusiveInternalAccessControl"), side("exclusiveExternalAccessControl"));
    format!(r#"if principal.kind == "internal-user" then ({internal}) else ({external})"#)
}

fn own(app: &Value) -> String {
    let mut conditions = Vec::new();
    conditions.extend(types_and_roles(app).map(|condition| format!("({condition})")));
    let list = |field: &str| Some(&app[field]).filter(|list| list.is_array());
    conditions.extend(list("allowedEntities").map(|list| format!("({})", among(list))));
    conditions.extend(list("requiredRoles").map(|list| match list.as_array().is_some_and(Vec::is_empty) {
        true => "false".to_owned(),
        false => format!("principal.roles.containsAll({list})"),
    }));
    conditions.extend(list("allowedUserIds").map(|list| format!("{list}.contains(principal.id)")));
    if conditions.is_empty() { "false".to_owned() } else { conditions.join(" && ") }
}

fn among(entities: &Value) -> String {
    format!("principal has entity && {entities}.contains(principal.entity)")
}

fn types_and_roles(rules: &Value) -> Option<String> {
    let types = rules["userTypes"].is_array().then(|| format!("{}.contains(principal.kind)", rules["userTypes"]));
    let roles = rules["userRoles"].is_array().then(|| format!("principal.roles.containsAny({})", rules["userRoles"]));
    if types.is_none() && roles.is_none() {
        return None;
    }
    let operator = if rules["applyRulesAs"] == "or" { "||" } else { "&&" };
    let matched = |condition: Option<String>| condition.unwrap_or_else(|| "true".to_owned());
    Some(format!("{} {operator} {}", matched(types), matched(roles)))
}
