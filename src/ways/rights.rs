//! What a user may do to resources, while more is taken to be given to the user.

use std::ops::Range;
use std::sync::Arc;

use super::Asked;
use crate::compile::{Compiler, DecisionList, Holdings, Supposed, Target, Targets};
use crate::model::{User, Workspace};
use crate::walk::decide;

/// So many actions on resources are looked at for one user.
const MOST: usize = 20_000;

/// Actions on resources, with one set of holdings to which something can be given.
pub(super) struct Rights {
    holdings: Option<Arc<Holdings>>,
    lists: Vec<(String, DecisionList)>,
    /// How many of them, from the first on, are about the resource that was asked about.
    near: usize,
    /// Whether they are all there are.
    whole: bool,
}

impl Rights {
    pub(super) fn new(workspace: &Workspace, asked: &Asked<'_>) -> Self {
        let mut rights = Self { holdings: None, lists: Vec::new(), near: 0, whole: true };
        if workspace.permissions().is_empty() {
            return rights;
        }
        let mut targets = actions(workspace, asked.target);
        rights.near = targets.len();
        let types = workspace.permissions().types();
        let all: usize = types.map(|(name, kind)| kind.actions.len() * workspace.permissions().instances(name).count()).sum();
        rights.whole = all <= MOST;
        if rights.whole {
            let all = Targets { instances: true, ..Targets::default() }.of(workspace);
            let is_new = |target: &Target| {
                let about = matches!(target, Target::Instance { .. });
                about && target != asked.target && !targets.contains(target)
            };
            let new: Vec<Target> = all.into_iter().filter(is_new).collect();
            targets.extend(new);
        }
        let mut compiler = Compiler::new(workspace, asked.options);
        for target in targets {
            if let Ok(mut list) = compiler.compile(&target) {
                rights.holdings = list.holdings.take();
                rights.lists.push((target.to_string(), list));
            }
        }
        rights
    }

    /// Those about the resource that was asked about, or all.
    pub(super) fn range(&self, near: bool) -> Range<usize> {
        0..if near { self.near.min(self.lists.len()) } else { self.lists.len() }
    }

    /// Whether all actions on all resources are looked at.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    pub(super) fn names(&self, range: Range<usize>) -> impl Iterator<Item = &String> {
        self.lists.get(range).unwrap_or_default().iter().map(|(name, _)| name)
    }

    /// What is decided for a user to whom something is given.
    pub(super) fn decide(
        &mut self,
        range: Range<usize>,
        asked: &Asked<'_>,
        workspace: &Workspace,
        user: &User,
        given: &[Supposed],
    ) -> Option<Vec<bool>> {
        let lists = self.lists.get_mut(range)?;
        let Some(holdings) = self.holdings.as_mut() else { return Some(Vec::new()) };
        Holdings::supposing(holdings, given, |holdings| {
            // A subject remembers what it holds, which is the same for all lists.
            let subject = asked.subject(workspace, user);
            let decided = lists.iter_mut().map(|(_, list)| {
                list.holdings = Some(Arc::clone(holdings));
                let allowed = decide(list, &subject).allowed;
                list.holdings = None;
                allowed
            });
            decided.collect()
        })
    }
}

/// What else can be done to the resource, or the type, that was asked about.
fn actions(workspace: &Workspace, asked: &Target) -> Vec<Target> {
    let (kind, own) = match asked {
        Target::Type { kind, action } | Target::Instance { kind, action, .. } => (kind.as_str(), action),
        Target::Given { resource, action, .. } => (&*resource.kind, action),
        _ => return Vec::new(),
    };
    let known = workspace.permissions().resource_type(kind).map(|kind| &kind.actions);
    let others = known.into_iter().flatten().map(ToString::to_string).filter(|action| action != own);
    let with = |action: String| match asked {
        Target::Instance { kind, id, .. } => Target::Instance { kind: kind.clone(), id: id.clone(), action },
        Target::Given { resource, written, .. } => {
            let written = written.rsplit_once('#').map_or_else(|| written.clone(), |(what, _)| format!("{what}#{action}"));
            Target::Given { resource: resource.clone(), action, written }
        }
        _ => Target::Type { kind: kind.to_owned(), action },
    };
    others.map(with).collect()
}
