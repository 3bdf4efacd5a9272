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
    // Users are selected as the question sees them: after what-ifs.
    let subject = |user: &'w User| Subject::new(workspace, user, question.semantics, &question.what_if);
    for user in workspace.users() {
        filter.note(&subject(user).facets());
    }
    if let Some(idle) = filter.idle() {
        let subjects: Vec<Subject<'_>> = workspace.users().iter().map(subject).collect();
        let facets: Vec<Facets<'_>> = subjects.iter().map(Subject::facets).collect();
        let close = nearest(idle.text(), facets.iter().flat_map(|facets| idle.names(facets)));
        return Err(Refusal::new(format!("{}: `{}` selects no user", idle.option(), idle.text())).did_you_mean(close).into());
    }
    let users: Vec<&User> = workspace.users().iter().filter(|user| filter.selects(&subject(user).facets())).collect();
    if users.is_empty() {
        return Err(Refusal::new("these filters together select no user").into());
    }
    Ok(users)
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
