//! What is held with a reach that has the resource.

use super::given::{self, Row, sql};
use super::predicate::Terms;
use super::reads::OfUser;
use crate::compile::{Held, Holds, Reach, Way, Within};
use crate::model::permissions::{OWNER, PROJECT, Scope, TEAM_ID};

/// Says of a row that it is by team.
const BY_TEAM: &str = "h.team IS NOT NULL";

impl Terms<'_> {
    /// Whether the user holds something so.
    pub(super) fn holds(&mut self, holds: &Holds) -> String {
        let mut besides = Vec::new();
        if let Some((addition, _)) = &holds.addition {
            if !addition.window.contains(self.at) {
                return sql(false).to_owned();
            }
            besides.extend(addition.project.as_ref().map(|project| self.named(PROJECT, &self.speech.text(project))));
        }
        let ways: Vec<String> = [self.without_limits(holds), self.by_rows(holds)].into_iter().flatten().collect();
        if ways.is_empty() {
            return sql(false).to_owned();
        }
        besides.push(format!("({})", ways.join(" OR ")));
        format!("coalesce({}, FALSE)", besides.join(" AND "))
    }

    /// By the user's own roles, or what is assigned like them.
    fn without_limits(&mut self, holds: &Holds) -> Option<String> {
        let Held::Role(role) = &holds.held else { return None };
        if !holds.lasting.counts(&Reach::default()) {
            return None;
        }
        let held = match holds.way {
            Way::Direct => self.granted(role),
            Way::Inherited => format!("{} AND NOT {}", self.brought(role)?, self.granted(role)),
            Way::Team => return None,
        };
        let within = match &holds.within {
            Within::Scope(scope) => self.in_scope(scope, None),
            Within::TeamAbove => self.has_a_team(),
        };
        Some(format!("({held} AND {within})"))
    }

    fn granted(&mut self, role: &str) -> String {
        self.of_user.columns.insert(OfUser::Granted);
        self.speech.has("u.granted", &self.speech.text(role))
    }

    /// Whether a role that is held brings this one; `None` where none does.
    fn brought(&mut self, role: &str) -> Option<String> {
        let by = self.givens?.bringing(role);
        if by.is_empty() {
            return None;
        }
        self.of_user.columns.insert(OfUser::Granted);
        let by: Vec<String> = by.iter().map(|role| self.speech.text(role)).collect();
        Some(self.speech.overlap("u.granted", &self.speech.list(&by)))
    }

    /// By what is limited, or by a team.
    fn by_rows(&mut self, holds: &Holds) -> Option<String> {
        let fits = |row: &&Row| row.way == holds.way && holds.lasting.counts(&row.reach);
        let rows: Vec<&Row> = self.givens?.rows_of(&holds.held).filter(fits).collect();
        if rows.is_empty() {
            return None;
        }
        let what = self.speech.text(&given::what(&holds.held));
        let mut tests = vec![format!("h.what = {what} AND h.way = {}", self.speech.text(given::way(holds.way)))];
        tests.extend(given::lasting(holds.lasting).map(str::to_owned));
        tests.extend(self.reaches(&rows, holds.within == Within::TeamAbove));
        if let Within::Scope(scope) = &holds.within {
            tests.push(self.in_scope(scope, Some(BY_TEAM)));
        }
        self.of_user.columns.insert(OfUser::Held);
        self.of_user.held.insert(holds.held.clone());
        tests.retain(|test| test != sql(true));
        Some(self.speech.any("u.held", "h", &tests.join(" AND ")))
    }

    /// What it takes for the row `h`, one of these, to reach the resource.
    pub(super) fn reaches(&mut self, rows: &[&Row], above: bool) -> Vec<String> {
        let mut tests = Vec::new();
        if above || rows.iter().any(|row| row.reach.team.is_some()) {
            self.of_resource.teams = true;
            self.of_resource.attribute(TEAM_ID);
            let end = if above { "below_end" } else { "team_end" };
            let within = self.speech.any("r.teams", "t", &format!("t >= h.team AND t < h.{end}"));
            let without = if above { self.has_a_team() } else { sql(true).to_owned() };
            tests.push(format!("CASE WHEN h.team IS NULL THEN {without} ELSE {within} END"));
        }
        if rows.iter().any(|row| row.reach.project.is_some()) {
            tests.push(format!("(h.project IS NULL OR {})", self.named(PROJECT, "h.project")));
        }
        if rows.iter().any(|row| row.reach.by_pattern)
            && let Some(givens) = self.givens
        {
            tests.push(format!("(NOT h.by_pattern OR {})", self.in_scope(givens.holdings.pattern_scope(), Some(BY_TEAM))));
        }
        tests
    }

    /// Whether the resource is in a scope, for what is held directly, or where `by_team` says so by a team.
    fn in_scope(&mut self, scope: &Scope, by_team: Option<&str>) -> String {
        match scope {
            Scope::All => sql(true).to_owned(),
            Scope::Own => self.named(OWNER, "u.id"),
            Scope::AssignedTeams => {
                self.of_user.columns.insert(OfUser::Assigned);
                let team = self.named(TEAM_ID, "a.team");
                let project = self.named(PROJECT, "a.project");
                let assigned = self.speech.any("u.assigned", "a", &format!("{team} AND (a.project IS NULL OR {project})"));
                format!("({} OR {assigned})", self.in_own_teams())
            }
            Scope::TeamType(kind) if **kind != *self.kind => sql(false).to_owned(),
            Scope::TeamResources | Scope::TeamType(_) => match by_team {
                Some(by_team) => format!("({by_team} OR {})", self.in_own_teams()),
                None => self.in_own_teams(),
            },
        }
    }

    fn in_own_teams(&mut self) -> String {
        self.of_user.columns.insert(OfUser::Teams);
        let teams = self.of_resource.attribute(TEAM_ID);
        format!("coalesce({}, FALSE)", self.speech.overlap("u.teams", &teams))
    }

    fn has_a_team(&mut self) -> String {
        let teams = self.of_resource.attribute(TEAM_ID);
        format!("coalesce({}, 0) > 0", self.speech.count(&teams))
    }

    /// Whether a naming attribute of the resource has a name.
    fn named(&mut self, attribute: &str, name: &str) -> String {
        let attribute = self.of_resource.attribute(attribute);
        format!("coalesce({}, FALSE)", self.speech.has(&attribute, name))
    }

    /// Whether a role reaches the resource, whatever it permits.
    pub(super) fn role_reaches(&mut self, role: &str) -> String {
        let mut ways = vec![self.granted(role)];
        ways.extend(self.brought(role));
        let held = Held::Role(role.into());
        let rows: Vec<&Row> = self.givens.map(|givens| givens.rows_of(&held).collect()).unwrap_or_default();
        if !rows.is_empty() {
            let mut tests = vec![format!("h.what = {}", self.speech.text(&given::what(&held)))];
            tests.extend(self.reaches(&rows, false));
            self.of_user.columns.insert(OfUser::Held);
            self.of_user.held.insert(held);
            ways.push(self.speech.any("u.held", "h", &tests.join(" AND ")));
        }
        let ways: Vec<String> = ways.into_iter().map(|way| format!("coalesce({way}, FALSE)")).collect();
        format!("({})", ways.join(" OR "))
    }

    /// Every role that reaches the resource, as a list.
    pub(super) fn reaching_roles(&mut self) -> String {
        self.of_user.columns.extend([OfUser::Granted, OfUser::Closed]);
        let rows: Vec<&Row> = self.givens.map(|givens| givens.rows_of_roles().collect()).unwrap_or_default();
        if rows.is_empty() {
            return "u.closed".to_owned();
        }
        self.of_user.columns.insert(OfUser::Held);
        self.of_user.all_roles = true;
        let prefix = given::what(&Held::Role("".into()));
        let mut tests = vec![format!("left(h.what, {}) = {}", prefix.len(), self.speech.text(&prefix))];
        tests.extend(self.reaches(&rows, false));
        let reaching = self.speech.filter("u.held", "h", &tests.join(" AND "));
        let names = self.speech.map(&reaching, "h", &format!("substr(h.what, {})", prefix.len() + 1));
        format!("({})", self.speech.concat(&["u.closed".to_owned(), names]))
    }
}
