//! Conditions on attributes that nobody, or nothing, has.

use std::collections::{HashMap, HashSet};

use super::{Finding, Level, Lint};
use crate::model::permissions::{Condition, Conditions, Key, Operand, Operator, Permissions, RolePermission, TEAM, TEAM_ID, UserKey};
use crate::model::{Population, Workspace, nearest};
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    id: "attribute-nobody-has",
    level: Level::Deny,
    about: "A condition looks at an attribute that no instance of the type has, or (where `population` is `complete`) no user: a rule that allows never does, and one that denies never does either.",
    find,
};

/// The attributes that there are.
struct Known<'w> {
    /// Of users; `None` where the users are not everybody.
    of_users: Option<HashSet<&'w str>>,
    /// Of the instances of each type that has any.
    of_types: HashMap<&'w str, HashSet<&'w str>>,
}

fn find(workspace: &Workspace) -> Vec<Finding> {
    let permissions = workspace.permissions();
    let users = workspace.users();
    let everybody = workspace.population() == Population::Complete && !users.is_empty();
    let names = || users.iter().flat_map(|user| user.attributes.iter()).map(|attribute| &*attribute.name.value).collect();
    let of_type =
        |kind| permissions.instances(kind).flat_map(|instance| instance.attributes.iter()).map(|attribute| &*attribute.name.value);
    let has_any = |kind: &&str| permissions.instances(kind).next().is_some();
    let known = Known {
        of_users: everybody.then(names),
        of_types: permissions.types().map(|(kind, _)| kind).filter(has_any).map(|kind| (kind, of_type(kind).collect())).collect(),
    };
    let about = conditions(permissions);
    about.iter().flat_map(|(kinds, conditions)| conditions.all.iter().flat_map(|condition| known.of(condition, kinds))).collect()
}

/// All conditions, each with the types of resources it can be about; none for any type.
fn conditions(permissions: &Permissions) -> Vec<(Vec<&str>, &Conditions)> {
    let mut all = Vec::new();
    for permission in permissions.roles().flat_map(|role| &role.permissions) {
        if let RolePermission::Actions(permission) = permission {
            all.push((vec![&*permission.resource.value], &permission.conditions));
        }
    }
    for custom in permissions.custom() {
        all.push((custom.resource.iter().map(|resource| &*resource.value).collect(), &custom.conditions));
    }
    for rule in permissions.policies().flat_map(|policy| &policy.rules) {
        all.push((rule.resources.iter().collect(), &rule.conditions));
    }
    all.extend(permissions.named_conditions().map(|conditions| (Vec::new(), conditions)));
    all
}

impl Known<'_> {
    fn of(&self, condition: &Condition, kinds: &[&str]) -> Vec<Finding> {
        let mut found = Vec::new();
        // That something is not there is asked for its own sake.
        if condition.tests.iter().all(|test| test.operator == Operator::Exists(false)) {
            return found;
        }
        match &condition.key {
            Key::User(key) => found.extend(self.of_user(key, condition.key_span)),
            Key::Resource { kind, name } => {
                let kinds = kind.as_ref().map_or_else(|| kinds.to_vec(), |kind| vec![&**kind]);
                found.extend(self.of_resource(&kinds, name, condition.key_span));
            }
        }
        for operand in condition.tests.iter().flat_map(|test| test.operands.iter().map(move |operand| (test.span, operand))) {
            if let (span, Operand::User(key)) = operand {
                found.extend(self.of_user(key, span));
            }
        }
        found
    }

    fn of_user(&self, key: &UserKey, span: Span) -> Option<Finding> {
        let (UserKey::Attribute(name), Some(known)) = (key, &self.of_users) else { return None };
        let message = format!("no user has the attribute `{name}`");
        (!known.contains(&**name)).then(|| finding(message, name, known, span))
    }

    fn of_resource(&self, kinds: &[&str], name: &str, span: Span) -> Option<Finding> {
        let all: Vec<&str> = if kinds.is_empty() { self.of_types.keys().copied().collect() } else { kinds.to_vec() };
        // Of a type without instances nothing is known.
        let of_types: Option<Vec<_>> = all.iter().filter(|kind| **kind != TEAM).map(|kind| self.of_types.get(kind)).collect();
        let of_types = of_types?;
        let team = all.contains(&TEAM) && name == TEAM_ID;
        if of_types.is_empty() && !all.contains(&TEAM) || team || of_types.iter().any(|known| known.contains(name)) {
            return None;
        }
        let what = if kinds.is_empty() { "instance".to_owned() } else { format!("`{}`", kinds.join("`, `")) };
        let known = of_types.into_iter().flatten().copied().collect();
        Some(finding(format!("no {what} has the attribute `{name}`"), name, &known, span))
    }
}

/// So many names are compared with one that is not there.
const KNOWN: usize = 200;

fn finding(message: String, name: &str, known: &HashSet<&str>, span: Span) -> Finding {
    // Comparing with very many is not worth it.
    let close = if known.len() <= KNOWN { nearest(name, known.iter().copied()) } else { None };
    let label = close.map(|name| format!("did you mean `{name}`?"));
    let help =
        Some("for all that is defined here the condition never holds, `exists: false` aside: correct the name, or remove it".to_owned());
    Finding { lint: LINT.id, level: LINT.level, message, span, label, help }
}
