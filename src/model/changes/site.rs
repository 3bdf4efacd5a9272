//! Changes to the features of the site, of which there is one, in parts: its keys are what is added, replaced and removed.

use super::{missing, unclear};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Site;
use crate::parse::{Node, spelling::camel};

const WHAT: &str = "key of `siteFeatures`";

/// Adds the keys of a part, which are not there yet.
pub(super) fn add(site: &mut Site, mut part: Site, problems: &mut Vec<Diagnostic>) {
    for key in part.keys().map(str::to_owned).collect::<Vec<_>>() {
        match (site.place(&key), part.place(&key)) {
            (Some(first), Some(place)) => {
                let problem = Diagnostic::new(Code::DuplicateId, place, format!("the site configures `{key}` twice"));
                problems.push(problem.label("again here").related(first, "first here").help("`replace` puts one in the place of another"));
            }
            _ => site.put_in(&key, &mut part),
        }
    }
}

/// Puts the keys of a part in the places of those that are there.
pub(super) fn replace(site: &mut Site, mut part: Site, problems: &mut Vec<Diagnostic>) {
    for key in part.keys().map(str::to_owned).collect::<Vec<_>>() {
        match part.place(&key) {
            Some(place) if site.place(&key).is_none() => {
                problems.push(missing(WHAT, &key, place, "replace", problems.len(), site.keys()));
            }
            _ => site.put_in(&key, &mut part),
        }
    }
}

/// Takes out the keys that are named.
pub(super) fn remove(site: &mut Site, named: &[Node], problems: &mut Vec<Diagnostic>) {
    for node in named {
        let Some(key) = node.text() else {
            problems.push(unclear(node.span, &format!("what is removed is named, and this is no name of the kind `{WHAT}`")));
            continue;
        };
        if !site.take_out(&camel(key)) {
            problems.push(missing(WHAT, key, node.span, "remove", problems.len(), site.keys()));
        }
    }
}
