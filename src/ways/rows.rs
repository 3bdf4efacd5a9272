//! Ways as rows of an answer: those that differ in one value are one, with the best values first, and the best ways come first.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::besides::{Others, breadth};
use super::draft::Draft;
use super::radius::{Known, Touched, radii, touch};
use super::{Act, Asked, Edit, Kind, Of, Radius, Variant, Way};

/// More values than these are compared by how many users are touched only after a glance at how many have them.
const COMPARED: usize = 8;

/// So many values of a user are compared by what else the user gains.
const RANKED: usize = 256;

/// Joins sets of edits that differ in nothing but one value.
pub(super) fn joined(edits: &[Edit], sets: &[Vec<usize>]) -> Vec<Vec<Edit>> {
    let mut rows: Vec<(Option<usize>, Vec<Edit>)> = Vec::new();
    // By what stays when the value of one edit is left open: the row, and which edit it is.
    let mut open: HashMap<(Vec<usize>, Edit, &str), (usize, usize)> = HashMap::new();
    for set in sets {
        let row: Vec<Edit> = set.iter().filter_map(|at| edits.get(*at)).cloned().collect();
        let keys: Vec<_> = row
            .iter()
            .enumerate()
            .filter(|(_, edit)| is_open(edit))
            .map(|(at, edit)| {
                let others = set.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, edit)| *edit).collect();
                (at, (others, edit.with_name(""), edit.what()))
            })
            .collect();
        let join = keys.iter().find_map(|(at, key)| {
            let (row, place) = *open.get(key)?;
            let varies = rows.get(row)?.0;
            varies.is_none_or(|varies| varies == place).then_some((*at, row, place))
        });
        if let Some((at, known, place)) = join
            && let (Some(edit), Some((varies, joined))) = (row.get(at), rows.get_mut(known))
            && let Some(joined) = joined.get_mut(place)
        {
            *varies = Some(place);
            joined.others.extend(edit.name().map(str::to_owned));
            joined.others.extend(edit.others.iter().cloned());
            continue;
        }
        for (at, key) in keys {
            open.entry(key).or_insert((rows.len(), at));
        }
        rows.push((row.iter().position(|edit| !edit.others.is_empty()), row));
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The rows without those that give for every resource what is enough for the resource's team.
pub(super) fn narrowest(rows: &[Vec<Edit>]) -> Vec<Vec<Edit>> {
    let without_team = |row: &[Edit]| -> Vec<Edit> {
        let edit = |edit: &Edit| match &edit.act {
            Act::Grant { held, window, .. } => Edit { act: Act::Grant { held: held.clone(), team: None, window: *window }, ..edit.clone() },
            _ => edit.clone(),
        };
        row.iter().map(edit).collect()
    };
    let has_team = |edit: &Edit| matches!(edit.act, Act::Grant { team: Some(_), .. });
    let mut narrow: HashMap<Vec<Edit>, BTreeSet<String>> = HashMap::new();
    let open =
        |row: &[Edit]| without_team(row).iter().map(|edit| if has_grant(edit) { edit.with_name("") } else { edit.clone() }).collect();
    for row in rows.iter().filter(|row| row.iter().any(has_team)) {
        let names = row.iter().filter(|edit| has_grant(edit)).flat_map(Edit::names);
        narrow.entry(open(row)).or_default().extend(names);
    }
    let left = |mut row: Vec<Edit>| {
        if row.iter().any(has_team) {
            return Some(row);
        }
        let Some(enough) = narrow.get::<Vec<Edit>>(&open(&row)) else { return Some(row) };
        let grant = row.iter_mut().find(|edit| has_grant(edit))?;
        let names: Vec<String> = grant.names().filter(|name| !enough.contains(name)).collect();
        let (first, others) = names.split_first()?;
        *grant = Edit { others: others.to_vec(), ..grant.with_name(first) };
        Some(row)
    };
    rows.iter().cloned().filter_map(left).collect()
}

fn has_grant(edit: &Edit) -> bool {
    matches!(edit.act, Act::Grant { .. })
}

/// Whether an edit is one of several that differ in their value alone.
fn is_open(edit: &Edit) -> bool {
    match edit.kind {
        Kind::UserAddRole | Kind::UserSetEntity | Kind::Grant | Kind::Membership | Kind::Attribute => true,
        Kind::ListAdd => edit.path.last().is_some_and(|field| field.ends_with("Roles")),
        _ => false,
    }
}

/// What is found out about ways, each once.
pub(super) struct Ranking {
    /// By the edits of definitions, as they are written.
    reached: HashMap<String, Rc<(Radius, Touched)>>,
    known: Known,
    others: Others,
}

/// The edits that change definitions for everybody.
fn of_definitions(edits: &[Edit]) -> Vec<&Edit> {
    edits.iter().filter(|edit| edit.of != Of::User && !edit.gives()).collect()
}

fn key(of_definitions: &[&Edit]) -> String {
    format!("{:?}", of_definitions.iter().map(|edit| (&edit.of, &edit.path, &edit.act)).collect::<Vec<_>>())
}

/// A row with another edit at a place.
fn with(row: &[Edit], at: usize, edit: &Edit) -> Vec<Edit> {
    row.iter().enumerate().map(|(other, known)| if other == at { edit.clone() } else { known.clone() }).collect()
}

impl Ranking {
    pub(super) fn new(draft: &mut Draft<'_>, asked: &Asked<'_>, rows: &[Vec<Edit>]) -> Option<Self> {
        let others = Others::new(draft, asked, rows)?;
        let mut ranking = Self { reached: HashMap::new(), known: Known::new(), others };
        // Nearly all that will be asked about is known now, and users are looked at once for all of it.
        let mut all: BTreeMap<String, Touched> = BTreeMap::new();
        for row in rows {
            let varies = row.iter().enumerate().find(|(_, edit)| edit.of != Of::User && !edit.gives() && !edit.others.is_empty());
            let variants = match varies {
                Some((at, edit)) => considered(draft, edit).0.iter().map(|name| with(row, at, &edit.with_name(name))).collect(),
                None => vec![row.clone()],
            };
            for edits in variants {
                let edits = of_definitions(&edits);
                if let Entry::Vacant(vacant) = all.entry(key(&edits)) {
                    vacant.insert(touch(draft, asked, &edits, &mut ranking.known)?);
                }
            }
        }
        let radii = radii(draft, asked, &all.values().collect::<Vec<_>>());
        ranking.reached = all.into_iter().zip(radii).map(|((key, touched), radius)| (key, Rc::new((radius, touched)))).collect();
        Some(ranking)
    }

    /// Whom and what the edits of definitions touch.
    fn reached(&mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, edits: &[&Edit]) -> Option<Rc<(Radius, Touched)>> {
        let key = key(edits);
        if let Some(known) = self.reached.get(&key) {
            return Some(Rc::clone(known));
        }
        let touched = touch(draft, asked, edits, &mut self.known)?;
        let radius = radii(draft, asked, &[&touched]).pop()?;
        let found = Rc::new((radius, touched));
        self.reached.insert(key, Rc::clone(&found));
        Some(found)
    }

    fn way(&mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, edits: Vec<Edit>) -> Option<Way> {
        let reached = self.reached(draft, asked, &of_definitions(&edits))?;
        let besides = self.others.besides(draft, asked, &edits.iter().collect::<Vec<_>>(), &reached.1)?;
        Some(Way::new(edits, reached.0.clone(), besides))
    }

    /// What each of several values of an edit would change, for the first of them.
    pub(super) fn variants(&mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, way: &Way, most: usize) -> Vec<Vec<Variant>> {
        let edits = &way.edits;
        let mut of_edit = |at: usize, edit: &Edit| {
            let names: Vec<String> = if edit.others.is_empty() { Vec::new() } else { edit.names().take(most.min(RANKED)).collect() };
            let variant = |name: String| {
                if edit.name() == Some(&name) {
                    return Some(Variant { name, radius: way.radius.clone(), besides: way.besides.clone() });
                }
                let way = self.way(draft, asked, with(edits, at, &edit.with_name(&name)))?;
                Some(Variant { name, radius: way.radius, besides: way.besides })
            };
            names.into_iter().filter_map(variant).collect()
        };
        edits.iter().enumerate().map(|(at, edit)| of_edit(at, edit)).collect()
    }

    /// The row with its best values first: those by which the fewest others gain, then by which the user gains least besides.
    pub(super) fn best(&mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, mut row: Vec<Edit>) -> Option<Way> {
        let varies: Vec<usize> = row.iter().enumerate().filter(|(_, edit)| !edit.others.is_empty()).map(|(at, _)| at).collect();
        for at in varies {
            let edit = row.get(at)?;
            let (names, unseen) = considered(draft, edit);
            let mut ranked = Vec::with_capacity(names.len());
            for name in names {
                let edit = edit.with_name(&name);
                let breadth = i64::try_from(breadth(draft.workspace().permissions(), &edit)).unwrap_or(i64::MAX);
                let edits = with(&row, at, &edit);
                let reached = self.reached(draft, asked, &of_definitions(&edits))?;
                let opened = self.others.opened(draft, asked, &edits.iter().collect::<Vec<_>>(), at, &reached.1)?;
                ranked.push((reached.0.gained.len(), opened.saturating_add(breadth), name));
            }
            ranked.sort();
            let mut names = ranked.into_iter().map(|(_, _, name)| name).chain(unseen);
            let best = edit.with_name(&names.next()?);
            *row.get_mut(at)? = Edit { others: names.collect(), ..best };
        }
        self.way(draft, asked, row)
    }
}

/// The values of an edit that are compared with one another, and those that follow unseen.
fn considered(draft: &Draft<'_>, edit: &Edit) -> (Vec<String>, Vec<String>) {
    let of_user = edit.of == Of::User || edit.gives();
    let mut names: Vec<String> = edit.names().collect();
    names.sort_unstable();
    names.dedup();
    if !of_user && names.len() > COMPARED {
        names = fewest(draft, names);
    }
    let unseen = names.split_off(names.len().min(if of_user { RANKED } else { COMPARED }));
    (names, unseen)
}

/// The names that the fewest users have as a role, first; the others follow unseen.
fn fewest(draft: &Draft<'_>, mut names: Vec<String>) -> Vec<String> {
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for role in draft.workspace().users().iter().flat_map(|user| &user.roles) {
        *holders.entry(&role.value).or_default() += 1;
    }
    names.sort_by_key(|name| holders.get(name.as_str()).copied().unwrap_or(0));
    names
}

/// Fewest edits first, then those by which the fewest others gain, then those by which nobody loses, then those that cost the user nothing
/// else, then what is most limited, then in the order of kinds.
pub(super) fn sort(ways: &mut [Way], of_rights: bool) {
    let kinds = |way: &Way| way.edits.iter().map(|edit| edit.kind).collect::<Vec<_>>();
    let fields = |way: &Way| way.edits.iter().map(|edit| (edit.of.clone(), edit.path.clone())).collect::<Vec<_>>();
    ways.sort_by_cached_key(|way| {
        let radius = &way.radius;
        let limits = way.edits.iter().map(limit).max().filter(|_| of_rights);
        let costs = !way.besides.closed.is_empty();
        (way.edits.len(), radius.gained.len(), !radius.lost.is_empty(), costs, limits, kinds(way), way.besides.opened.len(), fields(way))
    });
}

/// How little a right to resources is limited: what ends by itself first, then what reaches a team, then what reaches everything.
fn limit(edit: &Edit) -> usize {
    match (&edit.act, edit.kind) {
        (Act::Grant { window: None, team: Some(_), .. } | Act::Join(_), _) => 1,
        (Act::Grant { window: None, team: None, .. }, _) => 2,
        (_, Kind::UserAddRole) => 3,
        _ => 0,
    }
}
