//! What a workspace gives to ids at the asked time, in classes: users who are given the same share one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::dialect::Speech;
use super::reads::{OfUser, UserReads};
use crate::compile::{Held, Holdings, Lasting, Reach, Way};
use crate::walk::{brought_by, given_to};

/// A holding that is limited or by a team, in force at the asked time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) held: Held,
    pub(super) way: Way,
    pub(super) reach: Reach,
}

/// What users of a class are given.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    roles: Vec<Arc<str>>,
    teams: Vec<String>,
    assigned: BTreeSet<(String, Option<Arc<str>>)>,
    rows: BTreeSet<Row>,
}

/// What a workspace gives, and to whom.
pub(super) struct Givens<'h> {
    pub(super) holdings: &'h Holdings,
    by_user: Vec<(&'h str, Class)>,
    /// Every row, whoever has it.
    rows: BTreeSet<Row>,
    /// For each role the roles that bring it.
    bringing: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

impl<'h> Givens<'h> {
    pub(super) fn new(holdings: &'h Holdings, at: Timestamp, without: &[String]) -> Self {
        let by_user: Vec<(&str, Class)> = holdings.users().into_iter().map(|id| (id, class_of(holdings, id, at, without))).collect();
        let rows = by_user.iter().flat_map(|(_, class)| class.rows.iter().cloned()).collect();
        let mut bringing: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
        for role in holdings.inheriting().into_iter().filter(|role| !without.iter().any(|gone| gone == role)) {
            for brought in brought_by(holdings, role, without) {
                bringing.entry(brought).or_default().push(role.into());
            }
        }
        Self { holdings, by_user, rows, bringing }
    }

    /// The rows of something that is held.
    pub(super) fn rows_of(&self, held: &Held) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.held == *held)
    }

    /// The rows of all roles.
    pub(super) fn rows_of_roles(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| matches!(row.held, Held::Role(_)))
    }

    /// The roles that bring a role.
    pub(super) fn bringing(&self, role: &str) -> &[Arc<str>] {
        self.bringing.get(role).map(Vec::as_slice).unwrap_or_default()
    }

    /// The roles that others bring, each with those.
    pub(super) fn all_bringing(&self) -> impl Iterator<Item = (&Arc<str>, &[Arc<str>])> {
        self.bringing.iter().map(|(role, by)| (role, by.as_slice()))
    }

    /// The two tables: which class a user is of, and what each class is given.
    pub(super) fn tables(&self, speech: &dyn Speech, reads: &UserReads) -> Vec<String> {
        let asked = |row: &&Row| reads.held.contains(&row.held) || (reads.all_roles && matches!(row.held, Held::Role(_)));
        let mut classes: BTreeMap<Class, usize> = BTreeMap::new();
        let mut holders = Vec::new();
        for (id, class) in &self.by_user {
            let reads = |column| reads.columns.contains(&column);
            let class = Class {
                roles: if reads(OfUser::Granted) { class.roles.clone() } else { Vec::new() },
                teams: if reads(OfUser::Teams) { class.teams.clone() } else { Vec::new() },
                assigned: if reads(OfUser::Assigned) { class.assigned.clone() } else { BTreeSet::new() },
                rows: class.rows.iter().filter(asked).cloned().collect(),
            };
            if class != Class::default() {
                let next = classes.len();
                let number = *classes.entry(class).or_insert(next);
                holders.push(format!("({}, {number})", speech.text(id)));
            }
        }
        // A table of nobody still has its columns.
        if holders.is_empty() {
            holders.push(format!("(CAST(NULL AS {}), 0)", speech.text_type()));
            classes.insert(Class::default(), 0);
        }
        let mut rows: Vec<(usize, String)> =
            classes.into_iter().map(|(class, number)| (number, format!("({number}, {})", self.columns(speech, &class)))).collect();
        rows.sort();
        let rows: Vec<String> = rows.into_iter().map(|(_, row)| row).collect();
        vec![
            format!("holders AS (\n  SELECT * FROM (VALUES\n    {}\n  ) AS t(id, class)\n)", holders.join(",\n    ")),
            format!("given AS (\n  SELECT * FROM (VALUES\n    {}\n  ) AS t(class, roles, teams, assigned, held)\n)", rows.join(",\n    ")),
        ]
    }

    fn columns(&self, speech: &dyn Speech, class: &Class) -> String {
        let text = |text: &str| speech.text(text);
        let texts = speech.list_type(speech.text_type());
        let list = |items: Vec<String>, of: &str| if items.is_empty() { format!("CAST(NULL AS {of})") } else { speech.list(&items) };
        let optional = |value: Option<&str>| value.map_or_else(|| format!("CAST(NULL AS {})", speech.text_type()), text);
        let assigned =
            class.assigned.iter().map(|(team, project)| speech.record(&[("team", text(team)), ("project", optional(project.as_deref()))]));
        let rows = class.rows.iter().map(|row| self.record(speech, row));
        [
            list(class.roles.iter().map(|role| text(role)).collect(), &texts),
            list(class.teams.iter().map(|team| text(team)).collect(), &texts),
            list(assigned.collect(), &speech.list_type(&assigned_type(speech))),
            list(rows.collect(), &speech.list_type(&row_type(speech))),
        ]
        .join(", ")
    }

    fn record(&self, speech: &dyn Speech, row: &Row) -> String {
        let teams = self.holdings.teams();
        let number = |number: Option<u32>| number.map_or_else(|| "CAST(NULL AS INT)".to_owned(), |number| format!("CAST({number} AS INT)"));
        let numbers = row.reach.team.map(|team| teams.numbers(team));
        let descends = row.reach.team.and_then(|team| teams.info(team)).is_some_and(|info| info.descends);
        let first = numbers.as_ref().map(|numbers| numbers.start);
        let below = numbers.as_ref().map(|numbers| numbers.end);
        let end = if descends { below } else { first.map(|first| first + 1) };
        let project = row.reach.project.as_ref().map_or_else(|| format!("CAST(NULL AS {})", speech.text_type()), |name| speech.text(name));
        speech.record(&[
            ("what", speech.text(&what(&row.held))),
            ("way", speech.text(way(row.way))),
            ("temporary", sql(row.reach.temporary).to_owned()),
            ("team", number(first)),
            ("team_end", number(end)),
            ("below_end", number(below)),
            ("project", project),
            ("by_pattern", sql(row.reach.by_pattern).to_owned()),
        ])
    }
}

/// What one id is given and that is in force.
fn class_of(holdings: &Holdings, id: &str, at: Timestamp, without: &[String]) -> Class {
    let given = given_to(holdings, id, without);
    let mut class = Class {
        teams: given.teams.iter().map(|team| holdings.teams().name(*team).to_owned()).collect(),
        assigned: given
            .assigned
            .into_iter()
            .filter(|assigned| assigned.window.contains(at))
            .map(|assigned| (holdings.teams().name(assigned.team).to_owned(), assigned.project))
            .collect(),
        ..Class::default()
    };
    for holding in given.holdings.into_iter().filter(|holding| holding.reach.window.contains(at)) {
        match (&holding.held, holding.way) {
            // What is held without limits goes together with the user's own roles, and brings what these bring.
            (Held::Role(role), way) if holding.reach == Reach::default() => {
                if way == Way::Direct {
                    class.roles.push(Arc::clone(role));
                }
            }
            _ => {
                // Once the time is settled, neither when a holding begins and ends nor why it is limited tells it apart.
                let reach = Reach { window: crate::compile::Window::default(), emergency: false, ..holding.reach };
                class.rows.insert(Row { held: holding.held, way: holding.way, reach });
            }
        }
    }
    class
}

/// What is held, as a text.
pub(super) fn what(held: &Held) -> String {
    match held {
        Held::Role(name) => format!("role {name}"),
        Held::Permission(name) => format!("permission {name}"),
    }
}

/// How it is held, as a text.
pub(super) fn way(way: Way) -> &'static str {
    match way {
        Way::Direct => "direct",
        Way::Team => "team",
        Way::Inherited => "inherited",
    }
}

/// A test of how long the row `h` lasts, if that matters.
pub(super) fn lasting(lasting: Lasting) -> Option<&'static str> {
    match lasting {
        Lasting::Standing => Some("NOT h.temporary"),
        Lasting::Temporary => Some("h.temporary"),
        Lasting::Either => None,
    }
}

/// The type of what a user is assigned to.
pub(super) fn assigned_type(speech: &dyn Speech) -> String {
    speech.record_type(&[("team", speech.text_type()), ("project", speech.text_type())])
}

/// The type of rows.
pub(super) fn row_type(speech: &dyn Speech) -> String {
    let text = speech.text_type();
    speech.record_type(&[
        ("what", text),
        ("way", text),
        ("temporary", "BOOLEAN"),
        ("team", "INT"),
        ("team_end", "INT"),
        ("below_end", "INT"),
        ("project", text),
        ("by_pattern", "BOOLEAN"),
    ])
}

/// A boolean.
pub(super) fn sql(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}
