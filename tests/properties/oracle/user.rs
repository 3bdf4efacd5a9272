//! What a user brings to the gates.

use super::Semantics;
use crate::worlds::world::{User, UserType, Value, World};

/// Published guide: a user without a type is an external user.
pub fn type_of(user: &User) -> UserType {
    user.user_type.unwrap_or(UserType::External)
}

pub fn has_any(user: &User, roles: &[String]) -> bool {
    user.roles.iter().flatten().any(|role| roles.contains(role))
}

pub fn has_all(user: &User, roles: &[String]) -> bool {
    roles.iter().all(|role| user.roles.iter().flatten().any(|held| held == role))
}

/// The value that the site's entity attribute has in the user's custom data, as written; none for
/// empty text and for anything that has no text.
pub fn entity_of<'a>(world: &'a World, user: &'a User, semantics: Semantics) -> Option<&'a str> {
    let Some(settings) = &world.site.entity else {
        // Without any settings only the published guide's examples give users an entity, in a field
        // of their own.
        if semantics == Semantics::Documented {
            return user.entity.as_deref().filter(|entity| !entity.is_empty());
        }
        return None;
    };
    if settings.enabled != Some(true) {
        return None;
    }
    let path = settings.attribute_name.as_deref()?;
    let mut steps = path.split('.');
    let mut value = user.custom_data.as_ref()?.get(steps.next()?)?;
    for step in steps {
        let Value::Map(fields) = value else {
            return None;
        };
        value = fields.get(step)?;
    }
    match value {
        Value::Text(text) if !text.is_empty() => Some(text),
        Value::Text(_) | Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

pub fn in_list(list: &[String], entity: Option<&str>) -> bool {
    entity.is_some_and(|entity| list.iter().any(|listed| listed == entity))
}
