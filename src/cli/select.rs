//! Which users and targets a command is about.

use anyhow::Result;
use gatewalk::compile::{Target, Targets, compile};
use gatewalk::model::{User, UserType, Workspace, nearest};
use gatewalk::report::Question;
use gatewalk::walk::Subject;

use super::error::Refusal;
use super::pattern::Pattern;
use super::what;

/// The filters of users.
#[derive(Debug, Default)]
pub(super) struct UserFilter<'a> {
    pub(super) ids: &'a [String],
    pub(super) roles: &'a [String],
    pub(super) user_type: Option<UserType>,
    pub(super) entities: &'a [String],
}

impl UserFilter<'_> {
    /// Whether it is about names, which have to be known before one can be told not to be there.
    pub(super) fn names_somebody(&self) -> bool {
        !(self.ids.is_empty() && self.roles.is_empty() && self.entities.is_empty())
    }

    fn selects_all(&self) -> bool {
        !self.names_somebody() && self.user_type.is_none()
    }
}

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
    let subjects: Vec<(&User, Subject<'_>)> = workspace.users().iter().map(|user| (user, subject(workspace, user, question))).collect();
    let mut kept = vec![true; subjects.len()];
    let mut narrow = |option: &str, texts: &[String], names: &dyn Fn(&Subject<'_>) -> Vec<String>| -> Result<()> {
        if texts.is_empty() {
            return Ok(());
        }
        let all: Vec<Vec<String>> = subjects.iter().map(|(_, subject)| names(subject)).collect();
        let mut selected = vec![false; subjects.len()];
        for pattern in texts.iter().map(|text| Pattern { text }) {
            let exact = all.iter().flatten().any(|name| *name == pattern.text);
            let mut any = false;
            for (names, selected) in all.iter().zip(&mut selected) {
                if names.iter().any(|name| pattern.matches(name, exact)) {
                    (*selected, any) = (true, true);
                }
            }
            if !any {
                let close = nearest(pattern.text, all.iter().flatten().map(String::as_str)).map(str::to_owned);
                return Err(Refusal::new(format!("{option}: `{}` selects no user", pattern.text)).did_you_mean(close.as_deref()).into());
            }
        }
        for (kept, selected) in kept.iter_mut().zip(selected) {
            *kept &= selected;
        }
        Ok(())
    };
    narrow("--user", filter.ids, &|subject| subject.id.map(str::to_owned).into_iter().collect())?;
    narrow("--role", filter.roles, &|subject| subject.roles.iter().map(|role| (*role).to_owned()).collect())?;
    narrow("--entity", filter.entities, &|subject| subject.entity.name().map(str::to_owned).into_iter().collect())?;
    let users: Vec<&User> = subjects
        .iter()
        .zip(kept)
        .filter(|((_, subject), kept)| *kept && filter.user_type.is_none_or(|user_type| subject.user_type == user_type))
        .map(|((user, _), _)| *user)
        .collect();
    if users.is_empty() {
        return Err(Refusal::new("these filters together select no user").into());
    }
    Ok(users)
}

/// Users are selected as the question sees them: after what-ifs.
fn subject<'w>(workspace: &'w Workspace, user: &'w User, question: &'w Question) -> Subject<'w> {
    Subject::new(workspace, user, question.semantics, &question.what_if)
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
