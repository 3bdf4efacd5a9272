//! Roles that inherit themselves, and teams that are part of themselves.

use std::collections::HashMap;

use super::Permissions;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::names::Name;

/// Reports each round of roles and of teams once.
pub(super) fn check(all: &Permissions, problems: &mut Vec<Diagnostic>) {
    let roles = all.roles.iter().map(|(name, role)| (&**name, role.inherits.iter().collect())).collect();
    report(&roles, "role", "inherits", problems);
    let teams = all.teams.iter().map(|(name, team)| (&**name, team.parent.iter().collect())).collect();
    report(&teams, "team", "is part of", problems);
}

/// So many rounds are reported: who mends these looks again.
const REPORTED: usize = 20;

/// What stands above each name.
type Above<'n> = std::collections::BTreeMap<&'n str, Vec<&'n Name>>;

/// Goes upward from every name without recursion, since a chain can be as long as a file. A name met again on the way closes a
/// round; one that was left behind before leads nowhere new.
fn report(above: &Above<'_>, what: &str, does: &str, problems: &mut Vec<Diagnostic>) {
    #[derive(PartialEq)]
    enum State {
        OnTheWay,
        Done,
    }
    let mut states: HashMap<&str, State> = HashMap::new();
    let mut reported = 0;
    for start in above.keys() {
        if states.contains_key(start) {
            continue;
        }
        states.insert(start, State::OnTheWay);
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((name, next)) = way.last_mut() {
            let Some(parent) = above.get(*name).and_then(|parents| parents.get(*next)) else {
                states.insert(*name, State::Done);
                way.pop();
                continue;
            };
            *next += 1;
            let id = &*parent.value;
            match states.get(id) {
                None if above.contains_key(id) => {
                    states.insert(id, State::OnTheWay);
                    way.push((id, 0));
                }
                Some(State::OnTheWay) => {
                    let on_it = way.iter().map(|(name, _)| *name).skip_while(|name| *name != id);
                    let round: Vec<&str> = if reported < REPORTED { on_it.collect() } else { Vec::new() };
                    if reported < REPORTED {
                        problems.push(problem(&round, parent, what, does));
                    }
                    reported += 1;
                }
                _ => {}
            }
        }
    }
}

fn problem(round: &[&str], closing: &Name, what: &str, does: &str) -> Diagnostic {
    let first = &closing.value;
    let message = match round {
        [_] => format!("the {what} `{first}` {does} itself"),
        _ => format!("the {what} `{first}` {does} itself: {} -> {first}", round.join(" -> ")),
    };
    Diagnostic::new(Code::Cycle, closing.span, message).label("this closes the round").help("remove one of these links")
}
