//! A matrix, counted: how many are let into each target, overall or by group.

use std::collections::BTreeMap;

use super::Matrix;
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

/// Groups by name, with the counts of each target.
type Groups = BTreeMap<String, Vec<(u64, u64)>>;

impl Summary {
    /// Counts a matrix; `counted` is told of every so many cells.
    pub fn new(matrix: &Matrix<'_>, group_by: Option<GroupBy>, mut counted: impl FnMut(u64)) -> Self {
        let mut groups = Groups::new();
        for user in matrix.users() {
            let subject = matrix.subject(user);
            let decisions: Vec<bool> = matrix.row(&subject).map(|decision| decision.allowed).collect();
            counted(decisions.len() as u64);
            for group in names(&subject, group_by) {
                let counts = groups.entry(group).or_insert_with(|| vec![(0, 0); decisions.len()]);
                for (count, allowed) in counts.iter_mut().zip(&decisions) {
                    *(if *allowed { &mut count.0 } else { &mut count.1 }) += 1;
                }
            }
        }
        let row = |group: &str, target: &String, (allowed, denied)| SummaryRow {
            group: group_by.map(|_| group.to_owned()),
            target: target.clone(),
            allowed,
            denied,
        };
        let rows = groups
            .iter()
            .flat_map(|(group, counts)| matrix.targets().iter().zip(counts).map(move |(target, count)| row(group, target, *count)));
        Self { rows: rows.collect() }
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
