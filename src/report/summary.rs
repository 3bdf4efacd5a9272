//! A matrix, counted: how many are let into each target, overall or by group.

use std::collections::BTreeMap;

use super::matrix::Answered;
use super::{Matrix, Turned};
use crate::model::{Facets, User, shown};
use crate::walk::{Row, Tally};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummaryRow<'m> {
    /// The group, where users are grouped.
    pub group: Option<&'m str>,
    /// The target.
    pub target: &'m str,
    /// How many users are let in.
    pub allowed: u64,
    /// How many are not.
    pub denied: u64,
    /// Where something is supposed: how many are let in because of that, and no longer.
    pub turned: Option<Turned>,
}

/// A group: its members by number, how many of them each list that is walked by itself allows, and those that are answered at once.
#[derive(Default)]
struct Group<'w> {
    members: Vec<usize>,
    /// Who would be of the group and is gone with what is supposed.
    gone: Vec<&'w User>,
    allowed: Vec<u64>,
    at_once: Tally,
}

/// Counts of so many groups and targets are kept while users are looked at once. Where there are more, users are looked at once for
/// each of their groups: kept counts would take more than anything that was read.
pub(super) const COUNTS: usize = 1 << 22;

/// Counts a matrix. The rows come by group and target in byte order, one group after another: there can be more of them than of
/// anything that was read. `counted` is told of every so many cells, and `take` may end it early with an error.
pub fn summarise<E>(
    matrix: &Matrix<'_>,
    group_by: Option<GroupBy>,
    mut counted: impl FnMut(u64),
    mut take: impl FnMut(SummaryRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let groups = groups(matrix, group_by, &mut counted);
    let columns = matrix.answered().iter().filter(|answered| matches!(answered, Answered::Column(_))).count() as u64;
    // A user of several roles is counted in each, and told of once.
    let (users, members) = (matrix.users().len() as u64, groups.values().map(|group| group.members.len() as u64).sum::<u64>().max(1));
    let mut row = Row::default();
    let kept = counts_fit(matrix, &groups);
    for (name, group) in groups {
        let at_once = if kept { group.at_once.allowed(matrix.rows()) } else { at_once(matrix, &group.members, &mut row) };
        let of_columns = matrix.counts(&group.members, |some| counted(columns * some * users / members));
        let turned = matrix.against.as_ref().map(|against| against.turned(matrix, &group.members, &group.gone));
        if turned.is_some() {
            counted(matrix.targets().len() as u64 * group.members.len() as u64 * users / members);
        }
        let mut turned = turned.into_iter().flatten();
        for (target, answered) in matrix.targets().iter().zip(matrix.answered()) {
            let allowed = match answered {
                Answered::Row(at) => at_once.get(*at),
                Answered::List(at) => group.allowed.get(*at),
                Answered::Column(at) => of_columns.get(*at),
            };
            let allowed = allowed.copied().unwrap_or(0);
            let denied = group.members.len() as u64 - allowed;
            take(SummaryRow { group: group_by.map(|_| name.as_str()), target, allowed, denied, turned: turned.next() })?;
        }
    }
    Ok(())
}

fn counts_fit(matrix: &Matrix<'_>, groups: &BTreeMap<String, Group<'_>>) -> bool {
    groups.len() * matrix.rows().len() <= COUNTS
}

/// How many of some users are let into each target that is answered at once.
fn at_once(matrix: &Matrix<'_>, members: &[usize], row: &mut Row) -> Vec<u64> {
    let rows = matrix.rows();
    let mut tally = Tally::default();
    if !rows.is_empty() {
        for user in members.iter().filter_map(|member| matrix.users().get(*member)) {
            row.decide(rows, &matrix.subject(user).facets());
            tally.add(row);
        }
    }
    tally.allowed(rows)
}

/// The groups by name, with the counts of lists that are walked by themselves.
fn groups<'w>(matrix: &Matrix<'w>, group_by: Option<GroupBy>, counted: &mut impl FnMut(u64)) -> BTreeMap<String, Group<'w>> {
    let mut groups: BTreeMap<String, Group<'w>> = BTreeMap::new();
    let cells = matrix.answered().iter().filter(|answered| !matches!(answered, Answered::Column(_))).count() as u64;
    let mut row = Row::default();
    for (number, user) in matrix.users().iter().enumerate() {
        let subject = matrix.subject(user);
        let decisions = matrix.listed(&subject);
        counted(cells);
        let kept = counts_fit(matrix, &groups);
        if kept && !matrix.rows().is_empty() {
            row.decide(matrix.rows(), &subject.facets());
        }
        for name in names(&subject.facets(), group_by) {
            let group = groups.entry(name).or_default();
            group.members.push(number);
            if kept {
                group.at_once.add(&row);
            }
            group.allowed.resize(decisions.len(), 0);
            group.allowed.iter_mut().zip(&decisions).for_each(|(allowed, decision)| *allowed += u64::from(decision.allowed));
        }
    }
    // Who is gone has no group any more but the one as defined.
    for (against, user) in matrix.against.iter().flat_map(|against| against.gone().iter().map(move |user| (against, user))) {
        for name in names(&against.matrix().subject(user).facets(), group_by) {
            groups.entry(name).or_default().gone.push(user);
        }
    }
    groups
}

/// The groups a user belongs to.
pub(super) fn names(user: &Facets<'_>, group_by: Option<GroupBy>) -> Vec<String> {
    let user_type = || user.user_type.name().to_owned();
    let entity = || user.entity.map_or_else(|| "(no entity)".to_owned(), |name| shown(name).into_owned());
    match group_by {
        None => vec![String::new()],
        Some(GroupBy::Type) => vec![user_type()],
        Some(GroupBy::Entity) => vec![entity()],
        Some(GroupBy::Role) if user.roles.is_empty() => vec!["(no role)".to_owned()],
        Some(GroupBy::Role) => distinct(user),
        Some(GroupBy::Profile) => {
            let roles = if user.roles.is_empty() { "(no role)".to_owned() } else { distinct(user).join(", ") };
            vec![format!("{}; {roles}; {}", user_type(), entity())]
        }
    }
}

/// The roles in byte order, each once.
fn distinct(user: &Facets<'_>) -> Vec<String> {
    let mut roles = user.roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    roles.into_iter().map(|role| shown(role).into_owned()).collect()
}
