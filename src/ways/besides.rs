//! What else edits change for the user: the least of that is the best of several that do.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::draft::Draft;
use super::radius::{Lanes, Touched};
use super::rights::Rights;
use super::{Act, Asked, Edit, Kind, Of};
use crate::compile::{Compiler, DecisionList, Held, Predicate, Supposed, Targets};
use crate::model::permissions::{Permissions, RolePermission};
use crate::model::{User, Workspace};
use crate::walk::{Row, decide};

/// Other targets that the user is let into by a change, and those into which no longer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Besides {
    /// Into which as not before.
    pub opened: Vec<String>,
    /// Into which no longer.
    pub closed: Vec<String>,
    /// Whether all rights to resources were looked at; else those to the resource that was asked about alone.
    pub whole: bool,
}

/// The other targets that edits of the user can matter for: of apps and the framework's sites those whose rules name what changes, and
/// whatever else can be done to the resource that was asked about.
pub(super) struct Others {
    lists: Vec<Other>,
    /// By what they name.
    of_role: HashMap<String, Vec<usize>>,
    of_entity: HashMap<String, Vec<usize>>,
    of_type: Vec<usize>,
    /// Those about resources, and which of them the user has.
    rights: Rights,
    had: Vec<bool>,
    /// The entity of the user as defined.
    entity: Option<String>,
}

struct Other {
    name: String,
    list: DecisionList,
    before: bool,
}

/// What edits of the user write.
#[derive(Default)]
struct Written {
    roles: HashSet<String>,
    entities: HashSet<String>,
    types: bool,
}

impl Written {
    fn by(rows: &[Vec<Edit>], entity: Option<&str>) -> Self {
        let mut written = Self::default();
        for edit in rows.iter().flatten() {
            match edit.kind {
                Kind::UserAddRole => written.roles.extend(edit.names()),
                Kind::UserSetEntity => written.entities.extend(edit.names().chain(entity.map(str::to_owned))),
                Kind::UserSetType => written.types = true,
                _ => {}
            }
        }
        written
    }
}

impl Others {
    pub(super) fn new(draft: &mut Draft<'_>, asked: &Asked<'_>, rows: &[Vec<Edit>]) -> Option<Self> {
        let entity = asked.subject(draft.workspace(), draft.user()?).entity.name().map(str::to_owned);
        let written = Written::by(rows, entity.as_deref());
        let mut others = Self {
            lists: Vec::new(),
            of_role: HashMap::new(),
            of_entity: HashMap::new(),
            of_type: Vec::new(),
            rights: Rights::new(draft.workspace(), asked),
            had: Vec::new(),
            entity,
        };
        let is_written = !(written.roles.is_empty() && written.entities.is_empty()) || written.types;
        let workspace = draft.workspace();
        let targets = if is_written { Targets { features: true, sites: true, ..Targets::default() }.of(workspace) } else { Vec::new() };
        let mut compiler = Compiler::new(workspace, asked.options);
        for target in targets.iter().filter(|target| *target != asked.target) {
            let Ok(list) = compiler.compile(target) else { continue };
            others.add(list, &written);
        }
        draft.with(&[], |workspace, user| {
            let subject = asked.subject(workspace, user);
            for other in &mut others.lists {
                other.before = decide(&other.list, &subject).allowed;
            }
        })?;
        let all = others.rights.range(false);
        others.had = draft.with(&[], |workspace, user| others.rights.decide(all, asked, workspace, user, &[]))??;
        Some(others)
    }

    /// Keeps a list if it names what is written.
    fn add(&mut self, list: DecisionList, written: &Written) {
        let at = self.lists.len();
        let mut is_named = false;
        let note = |of: &mut HashMap<String, Vec<usize>>, name: &str| {
            let lists = of.entry(name.to_owned()).or_default();
            if lists.last() != Some(&at) {
                lists.push(at);
            }
        };
        for arm in list.stages.iter().flat_map(|stage| &stage.gates).flat_map(|gate| &gate.arms) {
            arm.when.atoms(&mut |atom| match atom {
                Predicate::HasAnyRole(names) | Predicate::HasAllRoles(names) => {
                    for name in written.roles.iter().filter(|name| names.find(name).is_some()) {
                        note(&mut self.of_role, name);
                        is_named = true;
                    }
                }
                Predicate::EntityIn(names) => {
                    for name in written.entities.iter().filter(|name| names.find(name).is_some()) {
                        note(&mut self.of_entity, name);
                        is_named = true;
                    }
                }
                Predicate::UserType(_) | Predicate::UserTypeIn(_) if written.types => {
                    if self.of_type.last() != Some(&at) {
                        self.of_type.push(at);
                    }
                    is_named = true;
                }
                _ => {}
            });
        }
        if is_named {
            self.lists.push(Other { name: list.target.to_string(), list, before: false });
        }
    }

    /// The lists that an edit can matter for; `left` says whether also those of an entity that it leaves.
    fn of(&self, edit: &Edit, left: bool) -> BTreeSet<usize> {
        let name = edit.name().unwrap_or_default();
        let mut lists: BTreeSet<usize> = BTreeSet::new();
        match edit.kind {
            Kind::UserAddRole => lists.extend(self.of_role.get(name).into_iter().flatten()),
            Kind::UserSetEntity => {
                let names = [Some(name), self.entity.as_deref().filter(|_| left)].into_iter().flatten();
                lists.extend(names.filter_map(|name| self.of_entity.get(name)).flatten());
            }
            Kind::UserSetType => lists.extend(&self.of_type),
            _ => {}
        }
        lists
    }

    /// What some lists decide with edits made.
    fn decided(&self, draft: &mut Draft<'_>, asked: &Asked<'_>, edits: &[&Edit], lists: &BTreeSet<usize>) -> Option<Vec<bool>> {
        draft.with(edits, |workspace, user| {
            let subject = asked.subject(workspace, user);
            lists.iter().filter_map(|at| self.lists.get(*at)).map(|other| decide(&other.list, &subject).allowed).collect()
        })
    }

    /// Which rights to resources a user has with edits made: those about the resource that was asked about, or all.
    fn held(&mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, edits: &[&Edit], near: bool) -> Option<Vec<bool>> {
        let range = self.rights.range(near);
        let given: Vec<Supposed> = edits.iter().filter_map(|edit| edit.supposed(&draft.id())).collect();
        draft.with(edits, |workspace, user| self.rights.decide(range, asked, workspace, user, &given))?
    }

    /// What edits change for the user of the targets that those of definitions touch.
    fn touched(draft: &mut Draft<'_>, asked: &Asked<'_>, edits: &[&Edit], touched: &Touched) -> Option<BTreeMap<String, (bool, bool)>> {
        let was = draft.with(&[], |workspace, user| allowed(&touched.before, asked, workspace, user))?;
        let now = draft.with(edits, |workspace, user| allowed(&touched.after, asked, workspace, user))?;
        let own = asked.target.to_string();
        let names = touched.targets.iter().map(ToString::to_string);
        Some(names.zip(was.into_iter().zip(now)).filter(|(name, _)| *name != own).collect())
    }

    /// What edits change for the user; `touched` are the targets that those of definitions touch.
    pub(super) fn besides(&mut self, draft: &mut Draft<'_>, asked: &Asked<'_>, edits: &[&Edit], touched: &Touched) -> Option<Besides> {
        let own = asked.target.to_string();
        let mut changes = Self::touched(draft, asked, edits, touched)?;
        let mut lists: BTreeSet<usize> = edits.iter().flat_map(|edit| self.of(edit, true)).collect();
        lists.retain(|at| self.lists.get(*at).is_some_and(|other| !changes.contains_key(&other.name)));
        let decided = self.decided(draft, asked, edits, &lists)?;
        for (other, now) in lists.iter().filter_map(|at| self.lists.get(*at)).zip(decided) {
            changes.insert(other.name.clone(), (other.before, now));
        }
        // Definitions of apps and the site say nothing about resources, but where entities are found.
        if edits.iter().any(|edit| edit.of == Of::User || edit.gives() || edit.is_of_entities()) {
            let held = self.held(draft, asked, edits, false)?;
            let names = self.rights.names(self.rights.range(false)).cloned();
            changes.extend(names.zip(self.had.iter().copied().zip(held)));
        }
        let with = |wanted| {
            let mut names: Vec<String> = changes.iter().filter(|(_, change)| **change == wanted).map(|(name, _)| name.clone()).collect();
            // What was asked about comes first, and apps before what they have.
            let near = |name: &String| own.split_once(['#', '/']).is_some_and(|(asked, _)| name.starts_with(asked));
            names.sort_by_key(|name| (!near(name), name.contains('/')));
            names
        };
        Some(Besides { opened: with((false, true)), closed: with((true, false)), whole: self.rights.is_whole() })
    }

    /// How many other targets edits open, beside those that all values of the edit at a place open.
    pub(super) fn opened(
        &mut self,
        draft: &mut Draft<'_>,
        asked: &Asked<'_>,
        edits: &[&Edit],
        at: usize,
        touched: &Touched,
    ) -> Option<i64> {
        let changes = Self::touched(draft, asked, edits, touched)?;
        let of_touched = changes.values().filter(|change| **change == (false, true)).count();
        let (without, with): (Vec<_>, Vec<_>) = edits.iter().copied().enumerate().partition(|(other, _)| *other != at);
        let (_, varied) = with.first()?;
        let mut lists = self.of(varied, false);
        lists.retain(|at| self.lists.get(*at).is_some_and(|other| !other.before && !changes.contains_key(&other.name)));
        let without: Vec<&Edit> = without.into_iter().map(|(_, edit)| edit).collect();
        let count = |decided: Vec<bool>| decided.into_iter().map(i64::from).sum::<i64>();
        let more = count(self.decided(draft, asked, edits, &lists)?) - count(self.decided(draft, asked, &without, &lists)?);
        let near = self.held(draft, asked, edits, true)?;
        let near = near.iter().zip(&self.had).filter(|(now, had)| **now && !**had).count();
        Some(i64::try_from(of_touched + near).unwrap_or(i64::MAX).saturating_add(more))
    }
}

/// Into which targets of some lanes a user is let.
fn allowed(lanes: &Lanes, asked: &Asked<'_>, workspace: &Workspace, user: &User) -> Vec<bool> {
    let mut row = Row::default();
    lanes.decide(&mut row, &asked.subject(workspace, user).facets());
    (0..lanes.len()).map(|target| lanes.lets_into(&row, target)).collect()
}

/// How many actions on types of resources come with a role or a custom permission, wherever it reaches.
pub(super) fn breadth(permissions: &Permissions, edit: &Edit) -> usize {
    let of_custom = |name: &str| {
        let custom = permissions.custom().find(|custom| *custom.name.value == *name);
        custom.map_or(0, |custom| custom.actions.as_ref().map_or(1, |actions| actions.iter().len()))
    };
    let role = match (&edit.act, edit.kind) {
        (Act::Grant { held: Held::Permission(name), .. }, _) => return of_custom(name),
        (Act::Grant { held: Held::Role(role), .. }, _) => role,
        (Act::Join(role), _) | (Act::Add(role), Kind::UserAddRole) => role.as_str(),
        _ => return 0,
    };
    let permissions_of = permissions.with_inherited(role).into_iter().flat_map(|role| &role.permissions);
    permissions_of
        .map(|permission| match permission {
            RolePermission::Actions(permission) => permission.actions.iter().len(),
            RolePermission::Custom(name) => of_custom(&name.value),
        })
        .sum()
}
