//! Ways in as an answer tells them.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Question;
use crate::compile::{Held, Target};
use crate::model::{Workspace, shown};
use crate::source::{Place, Span};
use crate::ways::{Act, Asked, Asker, Edit, Kind, Of, TOLD, Variant, Way, fewest, ways};

/// So many of several people and targets are named.
const NAMED: usize = 3;

/// The ways in for a denial.
#[derive(Clone, Debug, Serialize)]
pub struct WaysReport {
    /// Those listed, the best first.
    #[serde(rename = "waysIn")]
    pub ways: Vec<WayReport>,
    /// How many were found.
    #[serde(rename = "waysFound")]
    pub found: usize,
    /// So many edits at a time were tried completely; nothing if all that could matter were.
    #[serde(rename = "waysSearched")]
    pub searched: Option<usize>,
    /// How many other users there are.
    #[serde(rename = "othersCounted")]
    pub others: usize,
    /// Whether the users are everybody.
    pub population: &'static str,
}

/// One way in.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WayReport {
    /// What to change, in a sentence.
    pub change: String,
    /// The kind of its first edit.
    pub kind: &'static str,
    /// How many edits it takes.
    pub edits: usize,
    /// Whether a guard is taken away.
    pub loosens: bool,
    /// The place of its first edit.
    pub source: Option<Place>,
    /// A unified diff with all edits.
    pub diff: Option<String>,
    /// The same by file, for people.
    #[serde(skip)]
    pub files: Vec<(String, String)>,
    /// The place of its first edit in Pika's administration.
    pub administration: Option<String>,
    /// How many other users are let into something by it.
    pub others_gain: usize,
    /// How many of them into the target that was asked about.
    pub others_gain_target: usize,
    /// How many other users are no longer let into something.
    pub others_lose: usize,
    /// Some of those who gain.
    pub gained: Vec<String>,
    /// Some of those who lose.
    pub lost: Vec<String>,
    /// How many other targets this user is let into by edits of the user.
    pub also_opens: usize,
    /// How many this user is no longer let into.
    pub also_closes: usize,
    /// Whether all rights to resources were looked at for that; else those to the resource that was asked about.
    #[serde(skip)]
    pub whole: bool,
    /// Some of those into which.
    pub opened: Vec<String>,
    /// Some of those into which no longer.
    pub closed: Vec<String>,
    /// Its edits.
    pub parts: Vec<PartReport>,
}

/// One of several values that do, and what it would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Alternative {
    /// The value.
    pub value: String,
    /// How many other users are let into something by it.
    pub others_gain: usize,
    /// How many other users are no longer let into something.
    pub others_lose: usize,
    /// How many other targets this user is let into.
    pub also_opens: usize,
    /// How many this user is no longer let into.
    pub also_closes: usize,
}

/// One edit.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartReport {
    /// What to change, in a sentence.
    pub change: String,
    /// What kind of edit it is.
    pub kind: &'static str,
    /// The definition that it changes.
    pub of: &'static str,
    /// The field there.
    pub path: String,
    /// What is written there.
    pub value: Value,
    /// Where several values do: the best of them, the one that is written first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternatives_count: Option<usize>,
    /// Where.
    pub source: Option<Place>,
    /// Where in Pika's administration.
    pub administration: Option<String>,
    /// Whether it takes a guard away.
    pub loosens: bool,
}

/// Whether no single change would let a user in who is denied, but several would.
pub fn takes_several(workspace: &mut Workspace, who: Asker<'_>, target: &Target, question: &Question) -> bool {
    let asked = Asked { target, options: question.options(question.semantics), what_if: &question.what_if };
    fewest(workspace, who, &asked).is_some_and(|edits| edits > 1)
}

impl WaysReport {
    /// Finds the ways in; all of them, or those that are best looked at. Nothing where the user is not there.
    pub fn new(workspace: &mut Workspace, who: Asker<'_>, target: &Target, question: &Question, all: bool) -> Option<Self> {
        let asked = Asked { target, options: question.options(question.semantics), what_if: &question.what_if };
        let found = ways(workspace, who, &asked, all)?;
        let (name, known) = match who {
            Asker::Known(id) => (id, 1),
            Asker::Given(user) => (user.id.as_ref().map_or("this user", |id| &id.value), 0),
        };
        let others = workspace.users().len().saturating_sub(known);
        let told = Told { workspace, user: name, target, all };
        let population = workspace.population().name();
        let ways = found.ways.iter().map(|way| told.way(way)).collect();
        Some(Self { ways, found: found.found, searched: found.searched, others, population })
    }
}

/// Who and what sentences are about.
struct Told<'t> {
    workspace: &'t Workspace,
    user: &'t str,
    target: &'t Target,
    all: bool,
}

impl Told<'_> {
    fn way(&self, way: &Way) -> WayReport {
        let parts: Vec<PartReport> = way
            .edits
            .iter()
            .zip(&way.places)
            .zip(&way.variants)
            .map(|((edit, place), variants)| self.part(edit, *place, variants))
            .collect();
        let some = |names: &[String]| self.some(names.iter().cloned());
        let first = parts.first();
        WayReport {
            change: parts.iter().map(|part| part.change.as_str()).collect::<Vec<_>>().join(", and "),
            kind: first.map_or("", |part| part.kind),
            edits: parts.len(),
            loosens: way.loosens(),
            source: first.and_then(|part| part.source.clone()),
            diff: way.patch.as_ref().map(|files| files.iter().map(|(_, diff)| diff.as_str()).collect()),
            files: way.patch.clone().unwrap_or_default(),
            administration: first.and_then(|part| part.administration.clone()),
            others_gain: way.radius.gained.len(),
            others_gain_target: way.radius.gained_target,
            others_lose: way.radius.lost.len(),
            gained: some(&way.radius.gained),
            lost: some(&way.radius.lost),
            also_opens: way.besides.opened.len(),
            also_closes: way.besides.closed.len(),
            whole: way.besides.whole,
            opened: some(&way.besides.opened),
            closed: some(&way.besides.closed),
            parts,
        }
    }

    /// The first of several names, or all.
    fn some(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        names.take(if self.all { usize::MAX } else { NAMED }).collect()
    }

    fn part(&self, edit: &Edit, place: Option<Span>, variants: &[Variant]) -> PartReport {
        let alternative = |variant: &Variant| Alternative {
            value: variant.name.clone(),
            others_gain: variant.radius.gained.len(),
            others_lose: variant.radius.lost.len(),
            also_opens: variant.besides.opened.len(),
            also_closes: variant.besides.closed.len(),
        };
        PartReport {
            change: self.change(edit) + &or_others(edit),
            kind: edit.kind.name(),
            of: edit.of.name(),
            path: edit.field(),
            value: value(edit),
            alternatives: variants.iter().map(alternative).collect(),
            alternatives_count: (!edit.others.is_empty()).then_some(edit.others.len() + 1),
            source: place.map(|span| self.workspace.sources().place(span)),
            administration: self.administration(edit),
            loosens: edit.kind.loosens(),
        }
    }

    fn app(&self) -> String {
        self.target.app().map(shown).unwrap_or_default().into_owned()
    }

    /// The definition that an edit changes, in words.
    fn whose(&self, edit: &Edit) -> String {
        match &edit.of {
            Of::User => shown(self.user).into_owned(),
            Of::App => self.app(),
            Of::Override => format!("the override of {}", self.app()),
            Of::Site(_) | Of::SiteFeatures => "the site".to_owned(),
            Of::Assignments => "the assignments".to_owned(),
            Of::Team(team) => format!("the team {}", shown(team)),
        }
    }

    /// What an edit changes, in words.
    fn change(&self, edit: &Edit) -> String {
        let (user, whose) = (shown(self.user), self.whose(edit));
        let name = edit.name().map(shown).unwrap_or_default();
        let field = edit.field();
        match (&edit.act, edit.kind) {
            (_, Kind::UserAddRole) => format!("give {user} the role {name}"),
            (_, Kind::UserSetEntity) => format!("move {user} to the entity {name}"),
            (_, Kind::UserSetType) => format!("make {user} an {name}"),
            (Act::Add(_), _) if field.ends_with("Roles") => format!("add the role {name}, which {user} has, to `{field}` of {whose}"),
            (Act::Add(_), _) if field.contains("UserId") => format!("add {user} to `{field}` of {whose}"),
            (Act::Add(_), _) => format!("add the entity {name}, which {user} belongs to, to `{field}` of {whose}"),
            (Act::Take(_), _) => format!("take {user} out of `{field}` of {whose}"),
            (Act::On, _) if field == "enabled" => format!("enable {whose}"),
            (Act::On, _) => format!("set `{field}` of {whose} to true"),
            (Act::Out, Kind::OverrideRemove) => format!("remove {whose}"),
            (Act::Out, _) => format!("take `{field}` out of {whose}"),
            (Act::Set(_) | Act::SetValue(_), _) => format!("set `{field}` of {whose} to {name}"),
            (Act::Join(_), _) => format!("make {user} a member of {whose} as {name}"),
            (Act::Grant { held, team, window }, _) => {
                let what = match held {
                    Held::Role(_) => "role",
                    Held::Permission(_) => "permission",
                };
                let within = team.as_ref().map(|team| format!(" for the team {}", shown(team))).unwrap_or_default();
                let until = window.map_or_else(|| " without an end".to_owned(), |(_, to)| format!(" until {to}"));
                format!("grant {user} the {what} {name}{within}{until}")
            }
        }
    }

    /// Where Pika's administration has what an edit changes. An app's own definition and the site's come with what is deployed; Site
    /// Admin changes overrides.
    fn administration(&self, edit: &Edit) -> Option<String> {
        if self.target.is_about_resources() {
            return None;
        }
        let app = self.app();
        let first = edit.path.first().map(String::as_str);
        Some(match (&edit.of, first) {
            (Of::User, Some("attributes")) | (Of::Assignments | Of::Team(_), _) => return None,
            (Of::User, Some(_)) => format!("authentication provider, or Pika's table of users > {} > {}", shown(self.user), edit.field()),
            (Of::App, _) => format!("chat app {app}, as it is deployed > {}", edit.field()),
            (Of::Site(_) | Of::SiteFeatures, _) => {
                let key = if let Of::Site(key) = &edit.of { Some(key) } else { None };
                let path: Vec<_> = key.into_iter().chain(&edit.path).map(|key| shown(key)).collect();
                format!("pika-config.ts > siteFeatures > {}", path.join(" > "))
            }
            (Of::Override, None) => format!("Site Admin > {app} > remove override"),
            (Of::Override, Some("enabled")) => format!("Site Admin > {app} > Basic settings > enabled"),
            (Of::Override, Some("exclusiveUserIdAccessControl")) => format!("Site Admin > {app} > Access control > exclusive users"),
            (Of::Override, Some("exclusiveInternalAccessControl" | "exclusiveExternalAccessControl")) => {
                format!("Site Admin > {app} > Access control > exclusive entities")
            }
            (Of::Override, Some("userRoles")) => format!("Site Admin > {app} > Access control > user roles"),
            (Of::Override, Some("features")) => {
                let feature = edit.path.get(1).map(|name| shown(name)).unwrap_or_default();
                format!("Site Admin > {app} > Features > {feature}")
            }
            (Of::Override, Some("homePageFilterRules")) => format!("Site Admin > {app} > Home page settings > filter rules"),
            (Of::Override | Of::User, _) => return None,
        })
    }
}

/// The other values that would do, in brackets.
fn or_others(edit: &Edit) -> String {
    let named: Vec<_> = edit.others.iter().take(TOLD - 1).map(|name| shown(name)).collect();
    match edit.others.len() {
        0 => String::new(),
        few if few < TOLD => format!(" (or {})", named.join(", ")),
        many => format!(" (or {}; {} would do)", named.join(", "), many + 1),
    }
}

fn value(edit: &Edit) -> Value {
    match &edit.act {
        Act::Add(name) | Act::Take(name) | Act::Set(name) => json!(name),
        Act::SetValue(value) if value.is_plain() => serde_json::from_str(value.text()).unwrap_or_else(|_| json!(value.text())),
        Act::SetValue(value) => json!(value.text()),
        Act::On => json!(true),
        Act::Out => Value::Null,
        Act::Join(role) => match &edit.of {
            Of::Team(team) => json!({ "team": team, "role": role }),
            _ => json!({ "role": role }),
        },
        Act::Grant { held, team, window } => {
            let what = match held {
                Held::Role(_) => "role",
                Held::Permission(_) => "permission",
            };
            let mut value = Map::from_iter([(what.to_owned(), json!(held.name()))]);
            value.extend(team.as_ref().map(|team| ("team".to_owned(), json!(team))));
            if let Some((from, to)) = window {
                value.extend([("notBefore", from), ("expires", to)].map(|(key, time)| (key.to_owned(), json!(time.to_string()))));
            }
            Value::Object(value)
        }
    }
}
