//! Conditions: something of the user or of the resource against values.

use super::Inexact;
use super::given::sql;
use super::predicate::Terms;
use super::reads::OfUser;
use super::value;
use crate::compile::{Comparison, Side};
use crate::model::glob;
use crate::model::permissions::{Attributes, Operand, Operator, UserKey, Value};

/// A list of values in a query.
struct Many {
    list: String,
    /// Whether they are records of typed values, and no names.
    typed: bool,
    /// Whether the list is `NULL` where it is missing.
    missing: bool,
}

/// One of the values that a list is compared with.
enum With<'v> {
    Value(&'v Value),
    /// An item of a list, under this name.
    Item(&'static str, bool),
}

impl Terms<'_> {
    /// What a comparison comes to.
    pub(super) fn compare(&mut self, comparison: &Comparison) -> Result<String, Inexact> {
        if let Operator::Exists(there) = comparison.operator {
            let exists = self.exists(&comparison.left);
            return Ok(if there { exists } else { format!("NOT ({exists})") });
        }
        let operator = comparison.operator;
        let left = match &comparison.left {
            Side::OtherType(_) => return Ok(sql(false).to_owned()),
            Side::User(UserKey::Role) if operator.is_of_equality() && only_values(&comparison.right) => {
                let wanted = comparison.right.iter().filter_map(value_of).map(|role| self.role_reaches(role.text()));
                let wanted: Vec<String> = wanted.collect();
                let found = if wanted.is_empty() { sql(false).to_owned() } else { format!("({})", wanted.join(" OR ")) };
                return Ok(if operator.is_negative() { format!("NOT {found}") } else { found });
            }
            Side::User(key) => self.of_user(key),
            Side::Resource(name) => self.of_resource(name),
        };
        let mut there: Vec<String> = left.missing.then(|| format!("{} IS NOT NULL", left.list)).into_iter().collect();
        let mut found = Vec::new();
        let constants: Vec<&Value> = comparison.right.iter().filter_map(value_of).collect();
        if !constants.is_empty() {
            found.push(self.among_values(operator, &left, &constants, comparison)?);
        }
        for operand in &comparison.right {
            let Operand::User(key) = operand else { continue };
            let right = self.of_user(key);
            if right.missing {
                there.push(format!("{} IS NOT NULL", right.list));
            }
            let test = test(self, operator, &left, &With::Item("y", right.typed), comparison)?;
            found.push(self.speech.any(&left.list, "x", &self.speech.any(&right.list, "y", &test)));
        }
        let found = if found.is_empty() { sql(false).to_owned() } else { found.join(" OR ") };
        let not = if operator.is_negative() { "NOT " } else { "" };
        there.push(format!("{not}coalesce({found}, FALSE)"));
        Ok(format!("({})", there.join(" AND ")))
    }

    fn among_values(&self, operator: Operator, left: &Many, values: &[&Value], place: &Comparison) -> Result<String, Inexact> {
        let tests = values.iter().map(|value| test(self, operator, left, &With::Value(value), place));
        let tests = tests.collect::<Result<Vec<_>, _>>()?;
        Ok(self.speech.any(&left.list, "x", &tests.join(" OR ")))
    }

    fn exists(&mut self, side: &Side) -> String {
        match side {
            Side::OtherType(_) => sql(false).to_owned(),
            Side::Resource(name) => format!("{} IS NOT NULL", self.of_resource(name).list),
            // Of these two lists it is asked whether they hold anything.
            Side::User(key @ (UserKey::TeamId | UserKey::Role)) => format!("{} > 0", self.speech.count(&self.of_user(key).list)),
            Side::User(UserKey::Entity) => {
                self.of_user.columns.insert(OfUser::Entity);
                "u.entity IS NOT NULL".to_owned()
            }
            Side::User(UserKey::Id | UserKey::Type) => sql(true).to_owned(),
            Side::User(key) => format!("{} IS NOT NULL", self.of_user(key).list),
        }
    }

    fn of_user(&mut self, key: &UserKey) -> Many {
        let names = |list: String, missing| Many { list, typed: false, missing };
        match key {
            UserKey::Id => names(self.speech.list(&["u.id".to_owned()]), false),
            UserKey::Type => names(self.speech.list(&["u.type".to_owned()]), false),
            UserKey::Entity => {
                self.of_user.columns.insert(OfUser::Entity);
                let one = self.speech.list(&["u.entity".to_owned()]);
                names(format!("CASE WHEN u.entity IS NULL THEN NULL ELSE {one} END"), true)
            }
            UserKey::TeamId => {
                self.of_user.columns.insert(OfUser::Teams);
                names("u.teams".to_owned(), false)
            }
            UserKey::Role => names(self.reaching_roles(), false),
            UserKey::Attribute(name) => Many { list: self.of_user.attribute(name), typed: true, missing: true },
        }
    }

    fn of_resource(&mut self, name: &str) -> Many {
        Many { list: self.of_resource.attribute(name), typed: !Attributes::is_naming(name), missing: true }
    }
}

fn only_values(operands: &[Operand]) -> bool {
    operands.iter().all(|operand| value_of(operand).is_some())
}

fn value_of(operand: &Operand) -> Option<&Value> {
    match operand {
        Operand::Value(value) => Some(value),
        Operand::User(_) => None,
    }
}

/// Whether the item `x` of a list compares so with a value. Values of one type compare by their keys, names with anything as text.
fn test(terms: &Terms<'_>, operator: Operator, left: &Many, with: &With<'_>, place: &Comparison) -> Result<String, Inexact> {
    let text = if left.typed { "x.w" } else { "x" };
    if operator == Operator::Glob {
        let With::Value(pattern) = with else { return Ok(sql(false).to_owned()) };
        let matches = terms.speech.matches(text, &glob::regex(pattern.text()));
        return Ok(if left.typed { format!("(left(x.k, 1) = 's' AND {matches})") } else { matches });
    }
    let how = match operator {
        Operator::Gt => ">",
        Operator::Gte => ">=",
        Operator::Lt => "<",
        Operator::Lte => "<=",
        _ => "=",
    };
    Ok(match with {
        With::Value(value) if left.typed && !value.is_name() => {
            let key = value::key(value).ok_or_else(|| Inexact::far(place.span, value.text()))?;
            let tag = terms.speech.text(key.get(..1).unwrap_or_default());
            let same = if operator.is_of_order() { format!("left(x.k, 1) = {tag} AND ") } else { String::new() };
            format!("({same}x.k {how} {})", terms.speech.text(&key))
        }
        With::Value(value) => format!("{text} {how} {}", terms.speech.text(value.text())),
        With::Item(name, true) if left.typed => {
            let same = if operator.is_of_order() { format!("left(x.k, 1) = left({name}.k, 1) AND ") } else { String::new() };
            format!("({same}x.k {how} {name}.k)")
        }
        With::Item(name, typed) => format!("{text} {how} {name}{}", if *typed { ".w" } else { "" }),
    })
}
