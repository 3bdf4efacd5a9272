//! A matrix, counted: how many are let into each target, overall or by group.

use std::collections::BTreeMap;

use super::Matrix;
use super::matrix::Answered;
use crate::model::shown;
use crate::walk::Subject;

/// By what users are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// Type, roles and entity together: users who cannot be told apart by them.
    Profile,
    /// The user type.
    Type,
    /// The entity.
    Entity,
    /// Each role; a user with several is counted under each.
    Role,
}

/// The counts of one target, of one group where there are groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// The group, where users are grouped.
    pub group: Option<String>,
    /// The target.
    pub target: String,
    /// How many users are let in.
    pub allowed: u64,
    /// How many are not.
    pub denied: u64,
}

/// A counted matrix.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The rows, by group and target in byte order.
    pub rows: Vec<SummaryRow>,
}

/// A group: its members by number, and how many of them each list that is walked by itself allows.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    allowed: Vec<u64>,
}

impl Summary {
    /// Counts a matrix; `counted` is told of every so many cells.
    pub fn new(matrix: &Matrix<'_>, group_by: Option<GroupBy>, mut counted: impl FnMut(u64)) -> Self {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (number, user) in matrix.users().iter().enumerate() {
            let subject = matrix.subject(user);
            let decisions = matrix.listed(&subject);
            counted(decisions.len() as u64);
            for name in names(&subject, group_by) {
                let group = groups.entry(name).or_default();
                group.members.push(number);
                group.allowed.resize(decisions.len(), 0);
                group.allowed.iter_mut().zip(&decisions).for_each(|(allowed, decision)| *allowed += u64::from(decision.allowed));
            }
        }
        let columns = matrix.answered().iter().filter(|answered| matches!(answered, Answered::Column(_))).count() as u64;
        let mut rows = Vec::new();
        for (name, group) in groups {
            let of_columns = matrix.counts(&group.members, |users| counted(users * columns));
            let name = group_by.map(|_| name);
            rows.extend(matrix.targets().iter().zip(matrix.answered()).map(|(target, answered)| {
                let allowed = match answered {
                    Answered::List(at) => group.allowed.get(*at),
                    Answered::Column(at) => of_columns.get(*at),
                };
                let allowed = allowed.copied().unwrap_or(0);
                SummaryRow { group: name.clone(), target: target.clone(), allowed, denied: group.members.len() as u64 - allowed }
            }));
        }
        Self { rows }
    }
}

/// The groups a user belongs to.
fn names(subject: &Subject<'_>, group_by: Option<GroupBy>) -> Vec<String> {
    let user_type = || subject.user_type.name().to_owned();
    let entity = || subject.entity.name().map_or_else(|| "(no entity)".to_owned(), |name| shown(name).into_owned());
    match group_by {
        None => vec![String::new()],
        Some(GroupBy::Type) => vec![user_type()],
        Some(GroupBy::Entity) => vec![entity()],
        Some(GroupBy::Role) if subject.roles.is_empty() => vec!["(no role)".to_owned()],
        Some(GroupBy::Role) => distinct(subject),
        Some(GroupBy::Profile) => {
            let roles = if subject.roles.is_empty() { "(no role)".to_owned() } else { distinct(subject).join(", ") };
            vec![format!("{}; {roles}; {}", user_type(), entity())]
        }
    }
}

/// The roles in byte order.
fn distinct(subject: &Subject<'_>) -> Vec<String> {
    let mut roles = subject.roles.clone();
    roles.sort_unstable();
    roles.into_iter().map(|role| shown(role).into_owned()).collect()
}
