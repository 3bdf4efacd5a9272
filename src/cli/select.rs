//! Which users and targets a command is about.

use anyhow::Result;
use gatewalk::compile::{Target, Targets, compile};
use gatewalk::model::{Facets, User, Workspace, nearest};
use gatewalk::report::Question;
use gatewalk::walk::Subject;

use super::error::Refusal;
use super::filter::UserFilter;
use super::pattern::Pattern;
use super::what;

/// The users that all filters select, in the order of their definitions.
pub(super) fn users<'w>(workspace: &'w Workspace, filter: &UserFilter<'_>, question: &Question) -> Result<Vec<&'w User>> {
    if workspace.users().is_empty() {
        let refusal = Refusal::new("this workspace defines no users");
        return Err(refusal
            .hint("users are read from `users.yaml` and `users/`; `check` and `explain` also take a user as a mapping")
            .into());
    }
    if filter.selects_all() {
        return Ok(workspace.users().iter().collect());
    }
    let users = those(workspace, filter, question);
    if let Some(idle) = filter.idle() {
        let subjects: Vec<Subject<'_>> = workspace.users().iter().map(|user| seen(workspace, user, question)).collect();
        let facets: Vec<Facets<'_>> = subjects.iter().map(Subject::facets).collect();
        let close = nearest(idle.text(), facets.iter().flat_map(|facets| idle.names(facets)));
        return Err(Refusal::new(format!("{}: `{}` selects no user", idle.option(), idle.text())).did_you_mean(close).into());
    }
    if users.is_empty() {
        return Err(Refusal::new("these filters together select no user").into());
    }
    Ok(users)
}

/// The users whom the filters select, if any.
pub(super) fn those<'w>(workspace: &'w Workspace, filter: &UserFilter<'_>, question: &Question) -> Vec<&'w User> {
    for user in workspace.users() {
        filter.note(&seen(workspace, user, question).facets());
    }
    workspace.users().iter().filter(|user| filter.selects(&seen(workspace, user, question).facets())).collect()
}

/// Users are selected as the question sees them: after what-ifs.
fn seen<'u>(workspace: &'u Workspace, user: &'u User, question: &'u Question) -> Subject<'u> {
    Subject::new(workspace, user, question.semantics, &question.what_if)
}

/// The users that all filters select with supposed changes. Where the definitions without them have whom a filter selects, the changes
/// are why nobody is.
pub(super) fn users_left<'w, 'f>(
    (workspace, defined): (&'w Workspace, Option<&Workspace>),
    filter: impl Fn() -> UserFilter<'f>,
    question: &Question,
) -> Result<Vec<&'w User>> {
    let (refused, defined) = match (users(workspace, &filter(), question), defined) {
        (Err(refused), Some(defined)) => (refused, defined),
        (selected, _) => return selected,
    };
    let (now, before) = (filter(), filter());
    those(workspace, &now, question);
    // Whatever else is supposed is no doing of the changes.
    let were = those(defined, &before, question);
    let changes = question.changes_in_words().unwrap_or_default();
    if let Some(idle) = now.idle() {
        if before.leaves_idle(idle) {
            return Err(refused);
        }
        // Who is known by an id can be removed; who has a role can be given another.
        let do_what = if idle.option() == "--user" { "remove every" } else { "leave no" };
        return Err(Refusal::new(format!("{}: {changes} {do_what} user whom `{}` selects", idle.option(), idle.text())).into());
    }
    if were.is_empty() {
        return Err(refused);
    }
    let is_gone = |user: &&User| user.id.as_ref().is_some_and(|id| workspace.user(&id.value).is_none());
    let do_what = if were.iter().all(is_gone) { "remove every" } else { "leave no" };
    let whom = if now.selects_all() { "" } else { " whom these filters select" };
    Err(Refusal::new(format!("{changes} {do_what} user{whom}")).into())
}

/// The targets that the globs select with supposed changes; where the definitions without them have what one selects, the changes are
/// why it is nothing.
pub(super) fn targets_left(
    (workspace, defined): (&mut Workspace, Option<&mut Workspace>),
    texts: &[String],
    features: bool,
    question: &Question,
) -> Result<Vec<Target>> {
    let (refused, defined) = match (targets(workspace, texts, features), defined) {
        (Err(refused), Some(defined)) => (refused, defined),
        (selected, _) => return selected,
    };
    let selects = |workspace: &mut Workspace, text: &String| targets(workspace, std::slice::from_ref(text), features).is_ok();
    match texts.iter().find(|text| !selects(workspace, text)) {
        Some(text) if selects(defined, text) => {
            let changes = question.changes_in_words().unwrap_or_default();
            Err(Refusal::new(format!("--target: {changes} remove every target that `{text}` selects")).into())
        }
        _ => Err(refused),
    }
}

/// The targets that the globs select, as far as they select any.
pub(super) fn targets_there(workspace: &mut Workspace, texts: &[String], features: bool) -> Vec<Target> {
    if texts.is_empty() {
        return targets(workspace, texts, features).unwrap_or_default();
    }
    let each = texts.iter().flat_map(|text| targets(workspace, std::slice::from_ref(text), features).unwrap_or_default());
    let mut selected: Vec<(String, Target)> = each.map(|target| (target.to_string(), target)).collect();
    selected.sort_by(|(a, _), (b, _)| a.cmp(b));
    selected.dedup_by(|(a, _), (b, _)| a == b);
    selected.into_iter().map(|(_, target)| target).collect()
}

/// Targets as they are read among the definitions without supposed changes, if they can be; without such changes they are the same.
pub(super) fn as_defined(targets: &[Target], mut defined: Option<&mut Workspace>) -> Vec<Option<Target>> {
    let read = |target: &Target| match (target, &mut defined) {
        (Target::Given { written, .. }, Some(defined)) => what::parse(written, defined).ok(),
        (target, _) => Some(target.clone()),
    };
    targets.iter().map(read).collect()
}

/// The targets that the globs select, in byte order of their names.
///
/// Without globs: the apps, with `features` also their features. A glob that has a `/` looks at features too, one that has a `#`
/// at the framework's sites and at permissions, at those of instances if it has a `:` too. With `features`, a glob that selects apps
/// selects their features with them.
///
/// A resource that is given by its attributes is a target by itself.
pub(super) fn targets(workspace: &mut Workspace, texts: &[String], features: bool) -> Result<Vec<Target>> {
    if texts.is_empty() {
        // Where there are no apps, what can be asked is about resources.
        return Ok(Targets { features, types: workspace.apps().len() == 0, ..Targets::default() }.of(workspace));
    }
    let mut selected: Vec<(String, Target)> = Vec::new();
    for pattern in texts.iter().map(|text| Pattern { text }) {
        let text = pattern.text;
        if text.contains('{') {
            let target = what::parse(text, workspace)?;
            compile(workspace, &target, gatewalk::compile::Options::default()).map_err(Refusal::from)?;
            selected.push((target.to_string(), target));
            continue;
        }
        let known = selected_by(text, features).of(workspace);
        let before = selected.len();
        if let Some(target) = exact(workspace, text) {
            selected.push((target.to_string(), target));
        }
        let exact = selected.len() > before;
        for target in known {
            let name = target.to_string();
            let whole_app = features && !text.contains(['/', '#']);
            let compared = if whole_app { name.split('/').next().unwrap_or(&name) } else { &name };
            if pattern.matches(compared, exact) {
                selected.push((name, target));
            }
        }
        if selected.len() == before {
            let all = Targets { features: true, sites: true, types: true, instances: text.contains(':') }.of(workspace);
            let names: Vec<String> = all.iter().map(ToString::to_string).collect();
            let close = nearest(text, names.iter().map(String::as_str));
            return Err(Refusal::new(format!("--target: `{text}` selects no target")).did_you_mean(close).into());
        }
    }
    selected.sort_by(|(a, _), (b, _)| a.cmp(b));
    selected.dedup_by(|(a, _), (b, _)| a == b);
    Ok(selected.into_iter().map(|(_, target)| target).collect())
}

/// Which targets a glob looks at: its own separators say so, since no `*` crosses one.
fn selected_by(text: &str, features: bool) -> Targets {
    let permissions = text.contains('#');
    let instances = permissions && text.contains(':');
    Targets { features: features || text.contains('/'), sites: permissions, types: permissions && !instances, instances }
}

/// The target that a text names by itself, such as a feature of the framework that nothing configures.
fn exact(workspace: &Workspace, text: &str) -> Option<Target> {
    let target = Target::parse(workspace, text).ok()?;
    let options = gatewalk::compile::Options::default();
    compile(workspace, &target, options).ok().map(|_| target)
}
