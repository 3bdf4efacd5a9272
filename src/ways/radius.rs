//! Whom else a change of definitions touches, by the walk over many targets at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::draft::Draft;
use super::places::app_of;
use super::{Asked, Edit, Of};
use crate::compile::{Compiler, Target, Targets};
use crate::crew;
use crate::model::{EntityRule, Facets, Semantics, User, Workspace};
use crate::walk::{Row, Rows, Subject, WhatIf};

/// Other users who are let into something by a change, and those who are no longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Radius {
    /// Who is let into some target as not before, in the order of their definitions.
    pub gained: Vec<String>,
    /// Who is no longer let into some target.
    pub lost: Vec<String>,
    /// How many of those who gain are let into the target that was asked about.
    pub gained_target: usize,
}

/// Targets that are decided for one user after another.
pub(super) struct Lanes {
    rows: Rows,
    /// The place in the rows of each target; nothing for one that does not exist, into which nobody is let.
    of_target: Vec<Option<usize>>,
}

impl Lanes {
    pub(super) fn new(workspace: &Workspace, asked: &Asked<'_>, targets: &[Target]) -> Self {
        let mut compiler = Compiler::new(workspace, asked.options);
        let mut lists = Vec::with_capacity(targets.len());
        let mut of_target = Vec::with_capacity(targets.len());
        for target in targets {
            let list = compiler.compile(target).ok();
            of_target.push(list.is_some().then_some(lists.len()));
            lists.extend(list);
        }
        Self { rows: Rows::new(lists), of_target }
    }

    /// Decides for a user.
    pub(super) fn decide(&self, row: &mut Row, facets: &Facets<'_>) {
        row.decide(&self.rows, facets);
    }

    /// Whether the user that was decided for is let into a target, by its number.
    pub(super) fn lets_into(&self, row: &Row, target: usize) -> bool {
        self.of_target.get(target).copied().flatten().is_some_and(|at| row.lets_into(&self.rows, at))
    }

    pub(super) fn len(&self) -> usize {
        self.of_target.len()
    }
}

/// The targets that a change of definitions can touch, as long as they exist.
fn touched(workspace: &Workspace, asked: &Asked<'_>, edits: &[&Edit]) -> BTreeSet<String> {
    let mut touched = BTreeSet::new();
    for edit in edits {
        match &edit.of {
            Of::App | Of::Override => {
                let of_app = app_of(workspace, asked.target);
                let of_app = of_app.map(|app| Targets { features: true, ..Targets::default() }.of_app(workspace, app));
                touched.extend(of_app.into_iter().flatten().map(|target| target.to_string()));
            }
            Of::Site(_) | Of::SiteFeatures => {
                let key = edit.site_key().unwrap_or_default();
                let all = Targets { features: true, sites: true, ..Targets::default() }.of(workspace);
                touched.extend(all.iter().filter(|target| is_under(target, key)).map(ToString::to_string));
            }
            Of::User | Of::Assignments | Of::Team(_) => {}
        }
    }
    touched
}

/// Whether what the site says under a key can be about a target.
fn is_under(target: &Target, key: &str) -> bool {
    match (key, target) {
        ("siteAdmin" | "contentAdmin", Target::Site(_)) | ("traces", Target::DetailedTraces { .. }) => true,
        ("entity", target) => !matches!(target, Target::Site(_)),
        (key, Target::Feature { feature, .. }) => feature == key,
        _ => false,
    }
}

/// The rule by which entities are found, for as long as the definitions are others.
#[derive(Clone, PartialEq, Eq)]
enum Entities {
    Attribute(String),
    Own,
    Nobody,
}

impl Entities {
    fn of(workspace: &Workspace, semantics: Semantics) -> Self {
        match EntityRule::new(workspace, semantics, None) {
            EntityRule::Attribute(path) => Self::Attribute(path.to_owned()),
            EntityRule::Own => Self::Own,
            EntityRule::Nobody { .. } | EntityRule::Supposed(_) => Self::Nobody,
        }
    }

    fn rule(&self) -> EntityRule<'_> {
        match self {
            Self::Attribute(path) => EntityRule::Attribute(path),
            Self::Own => EntityRule::Own,
            Self::Nobody => EntityRule::Nobody { why: "", source: None },
        }
    }
}

/// The targets that edits of definitions touch, as they are decided without them and with them.
pub(super) struct Touched {
    pub(super) targets: Vec<Target>,
    pub(super) before: Rc<Lanes>,
    pub(super) after: Lanes,
    /// Where entities are found then, if that is elsewhere.
    entities: Option<Entities>,
}

/// The lanes of targets as they are, by the targets' names: many edits touch the same.
pub(super) type Known = BTreeMap<BTreeSet<String>, Rc<Lanes>>;

/// Which targets edits of definitions touch.
pub(super) fn touch(draft: &mut Draft<'_>, asked: &Asked<'_>, of_definitions: &[&Edit], known: &mut Known) -> Option<Touched> {
    let names = |workspace: &Workspace| touched(workspace, asked, of_definitions);
    let mut all = names(draft.workspace());
    // What is configured anew is a target that was none.
    all.extend(draft.with(of_definitions, |workspace, _| names(workspace))?);
    let targets: Vec<Target> = all.iter().filter_map(|name| Target::parse(draft.workspace(), name).ok()).collect();
    let before = known.entry(all).or_insert_with(|| Rc::new(Lanes::new(draft.workspace(), asked, &targets)));
    let before = Rc::clone(before);
    let semantics = asked.options.semantics;
    let now = Entities::of(draft.workspace(), semantics);
    let (after, entities) = draft.with(of_definitions, |workspace, _| {
        (Lanes::new(workspace, asked, &targets), Some(Entities::of(workspace, semantics)).filter(|then| *then != now))
    })?;
    Some(Touched { targets, before, after, entities })
}

/// Whom edits of definitions touch beside the user, for several of them in one pass over the users.
pub(super) fn radii(draft: &Draft<'_>, asked: &Asked<'_>, all: &[&Touched]) -> Vec<Radius> {
    let mut radii = vec![Radius::default(); all.len()];
    if all.iter().all(|touched| touched.targets.is_empty()) {
        return radii;
    }
    let (workspace, semantics) = (draft.workspace(), asked.options.semantics);
    let id = draft.known();
    let users = workspace.users();
    let all: Vec<Counted<'_>> = all.iter().map(|touched| Counted::of(touched, asked)).collect();
    let mut parts: Vec<&[User]> = users.chunks(users.len().div_ceil(crew::size()).max(1)).collect();
    let counted = crew::share(&mut parts, |part| {
        let others = part.iter().filter(|user| user.id.as_ref().map(|id| &*id.value) != id);
        count(workspace, semantics, others, &all)
    });
    for part in counted {
        for (radius, part) in radii.iter_mut().zip(part) {
            radius.gained.extend(part.gained);
            radius.lost.extend(part.lost);
            radius.gained_target += part.gained_target;
        }
    }
    radii
}

/// What of touched targets is looked at for every user, on any thread.
#[derive(Clone, Copy)]
struct Counted<'t> {
    before: &'t Lanes,
    after: &'t Lanes,
    entities: Option<&'t Entities>,
    /// Which of them was asked about.
    asked: Option<usize>,
}

impl<'t> Counted<'t> {
    fn of(touched: &'t Touched, asked: &Asked<'_>) -> Self {
        let place = touched.targets.iter().position(|target| target == asked.target);
        Self { before: &touched.before, after: &touched.after, entities: touched.entities.as_ref(), asked: place }
    }
}

fn count<'w>(workspace: &Workspace, semantics: Semantics, users: impl Iterator<Item = &'w User>, all: &[Counted<'_>]) -> Vec<Radius> {
    let nothing = WhatIf::default();
    let (mut was, mut is) = (Row::default(), Row::default());
    let mut radii = vec![Radius::default(); all.len()];
    for user in users {
        let subject = Subject::new(workspace, user, semantics, &nothing);
        let facets = subject.facets();
        let mut decided: Option<&Lanes> = None;
        for (radius, counted) in radii.iter_mut().zip(all) {
            // What is touched is mostly the same, and then decided once as it is.
            if !decided.is_some_and(|decided| std::ptr::eq(decided, counted.before)) {
                counted.before.decide(&mut was, &facets);
                decided = Some(counted.before);
            }
            match counted.entities {
                None => counted.after.decide(&mut is, &facets),
                Some(entities) => counted.after.decide(&mut is, &Facets { entity: entities.rule().of(user).name(), ..facets }),
            }
            let (mut gains, mut loses) = (false, false);
            let gains_target =
                counted.asked.is_some_and(|asked| !counted.before.lets_into(&was, asked) && counted.after.lets_into(&is, asked));
            radius.gained_target += usize::from(gains_target);
            for target in 0..counted.before.len() {
                let change = (counted.before.lets_into(&was, target), counted.after.lets_into(&is, target));
                gains |= change == (false, true);
                loses |= change == (true, false);
            }
            if gains {
                radius.gained.push(subject.name().to_owned());
            }
            if loses {
                radius.lost.push(subject.name().to_owned());
            }
        }
    }
    radii
}
