//! Users as CSV, as far as no field is quoted.

use super::Raw;
use crate::model::{UserType, parse_time};
use crate::parse::text::hidden;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Type,
    Roles,
    Entity,
    /// What the site looks at for the entity.
    AtPath,
    Time,
    Other,
}

/// The columns of a file.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// The columns under their names; `path` is where in custom data the site looks for the entity.
    pub(super) fn new(names: &[String], path: Option<&str>) -> Self {
        let column = |name: &String| match name.as_str() {
            "userId" => Column::Id,
            "userType" => Column::Type,
            "roles" => Column::Roles,
            "entity" => Column::Entity,
            "lastLogin" => Column::Time,
            name => match name.strip_prefix("customData.") {
                Some(found) if Some(found) == path => Column::AtPath,
                _ => Column::Other,
            },
        };
        Self(names.iter().map(column).collect())
    }

    /// A record without quotes.
    pub(super) fn user<'t>(&self, line: &'t str, roles: &mut Vec<&'t str>) -> Option<Raw<'t>> {
        roles.clear();
        let mut user = Raw::default();
        let mut fields = line.split(',');
        for column in &self.0 {
            let field = fields.next()?;
            if field.is_empty() {
                continue;
            }
            match column {
                Column::Other => {}
                Column::Type => user.user_type = Some(UserType::of_name(field)?),
                Column::Time => drop(parse_time(field).ok()?),
                Column::Roles => {
                    roles.extend(field.split(';').filter(|role| !role.is_empty()));
                    roles.iter().all(|role| hidden(role).is_none()).then_some(())?;
                }
                Column::Id | Column::Entity | Column::AtPath => {
                    let name = Some(field).filter(|name| hidden(name).is_none())?;
                    match column {
                        Column::Id => user.id = name,
                        Column::Entity => user.own = Some(name),
                        _ => user.at_path = Some(name),
                    }
                }
            }
        }
        (fields.next().is_none() && !user.id.is_empty() && !user.id.ends_with("/prefs")).then_some(user)
    }
}
