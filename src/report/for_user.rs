//! A denial as it can be told to the person who is denied: what to ask for, and whom. It names no role, no entity and no other user
//! but the one to ask.

use serde::Serialize;

use super::Explanation;
use super::explanation::verdict;
use crate::compile::Target;
use crate::model::{App, Name, Workspace};

/// What can be shown to the person who is asked about.
#[derive(Clone, Debug, Serialize)]
pub struct ForUser {
    /// The format and its version.
    pub schema: &'static str,
    /// The user's id, or the mapping as it was given.
    pub user: String,
    /// The target.
    pub target: String,
    /// Whether the user is let in.
    #[serde(rename = "decision", serialize_with = "verdict")]
    pub allowed: bool,
    /// The text.
    pub text: String,
    /// Whom to ask, where the definitions name somebody.
    pub ask: Option<Ask>,
}

/// Somebody who can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The `owner` of the app or of its override, as it is written.
    pub owner: String,
    /// Their name, if the owner is a user who has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their e-mail address, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl ForUser {
    /// The format of `explain --for-user --format json`.
    pub const SCHEMA: &'static str = "gatewalk/for-user/v1";

    /// Tells an answer to the person it is about; `id` is the id that they can give when they ask, and `more`
    /// says that no single change would let them in.
    pub fn new(workspace: &Workspace, answer: &Explanation, target: &Target, id: Option<&str>, more: bool) -> Self {
        let app = target.app().and_then(|app| workspace.app(app));
        // What the site switches is not for the owner of an app to say.
        let of_site = answer.gate == "site-feature-enabled" || answer.gate == "detailed-traces-site";
        let ask = app.filter(|_| !of_site).and_then(|app| ask(workspace, answer, app, id));
        let thing = thing(target, app);
        let text = if answer.allowed {
            match target {
                Target::HomePage { .. } => format!("{thing} is on your home page."),
                _ => format!("You have access to {thing}."),
            }
        } else {
            let Told { because, wish } = told(answer);
            let whom = ask.as_ref().map_or_else(|| "your administrator".to_owned(), Ask::whom);
            let id = id.map(|id| format!(", and say that your user id is {id}")).unwrap_or_default();
            let shows = match app {
                Some(_) if matches!(target, Target::App(_)) => " A page that says \"404 not found\" means the same: the address is right.",
                _ => "",
            };
            let more = if more { " That is not all that is in the way." } else { "" };
            let denied = match target {
                Target::HomePage { .. } => format!("{thing} is not on your home page"),
                _ => format!("You do not have access to {thing}"),
            };
            format!("{denied}: {because}.{more} If you need it, ask {whom} {wish}{id}.{shows}")
        };
        Self { schema: Self::SCHEMA, user: answer.user.clone(), target: answer.target.clone(), allowed: answer.allowed, text, ask }
    }
}

impl Ask {
    /// How a sentence names them.
    fn whom(&self) -> String {
        let name = self.name.as_deref().unwrap_or(&self.owner);
        match &self.email {
            Some(email) => format!("{name} ({email})"),
            None => name.to_owned(),
        }
    }
}

/// Whoever owns what decided: the override, where it is the override that denies, else the app; and the other of the two where that one
/// has no owner. Nobody is sent to themselves.
fn ask(workspace: &Workspace, answer: &Explanation, app: &App, id: Option<&str>) -> Option<Ask> {
    let overriding = app.overriding.as_deref();
    let decides = overriding.is_some_and(|overriding| {
        let (span, sources) = (overriding.span(), workspace.sources());
        answer.marks.first().is_some_and(|(mark, _)| {
            sources.place(*mark).file == sources.place(span).file && span.start <= mark.start && mark.end <= span.end
        })
    });
    let another = |owner: &&Name| Some(&*owner.value) != id;
    let of_app = app.owner.as_ref().filter(another);
    let of_override = overriding.and_then(|overriding| overriding.owner.as_ref()).filter(another);
    let owner = if decides { of_override.or(of_app) } else { of_app.or(of_override) }?;
    let person = workspace.user(&owner.value).and_then(|user| user.person.as_ref());
    Some(Ask {
        owner: owner.value.to_string(),
        name: person.map(|person| person.name()).filter(|name| !name.is_empty()),
        email: person.and_then(|person| person.email().map(str::to_owned)),
    })
}

/// What was asked for, in words for who does not know our names of things.
fn thing(target: &Target, app: Option<&App>) -> String {
    let app = app.map(|app| match &app.title {
        Some(title) => format!("{} ({})", title.value, app.id.value),
        None => app.id.value.to_string(),
    });
    let app = app.unwrap_or_default();
    match target {
        Target::App(_) | Target::HomePage { .. } => app,
        Target::Feature { feature, .. } => format!("the feature {feature} of {app}"),
        Target::DetailedTraces { .. } => format!("the detailed traces of {app}"),
        Target::Site(page) => format!("the page {}", page.name()),
        Target::Type { kind, action } => format!("the action {action} on a {kind}"),
        Target::Instance { kind, id, action } => format!("the action {action} on the {kind} {id}"),
        Target::Given { resource, action, .. } => format!("the action {action} on such a {}", resource.kind),
    }
}

/// Why, and what to ask for.
struct Told {
    because: &'static str,
    wish: &'static str,
}

const fn say(because: &'static str, wish: &'static str) -> Told {
    Told { because, wish }
}

/// The words for a gate that denies. It is told what kind of rule it is, never whom or what the rule names.
fn told(answer: &Explanation) -> Told {
    let failed = |what: &str| answer.failed.iter().any(|gate| gate.ends_with(what));
    let steps = || answer.steps.iter().flatten().filter(|step| step.gate == answer.gate || answer.failed.contains(&step.gate));
    let one_is_enough = steps().any(|step| step.required == "or");
    let mut lists = steps().filter_map(|step| step.required.as_array()).map(Vec::is_empty).peekable();
    if lists.peek().is_some() && if one_is_enough { lists.all(|empty| empty) } else { lists.any(|empty| empty) } {
        return say("it is open to nobody at the moment", "whether it can be opened for you");
    }
    match answer.gate {
        "app-enabled" | "override-enabled" | "rules-enabled" => say("it is switched off at the moment", "whether it will be switched on"),
        "feature-enabled" | "site-feature-enabled" | "detailed-traces-site" | "detailed-traces-enabled" => {
            say("it is switched off here at the moment", "whether it will be switched on")
        }
        "exclusive-user-ids" | "allowed-user-ids" => {
            say("it is open to chosen people only, and you are not one of them", "to be added to them")
        }
        "exclusive-entities" | "allowed-entities" if steps().any(|step| step.because_of.is_some()) => {
            say("it is open to certain accounts or departments only, and you belong to none", "which one you should belong to")
        }
        "exclusive-entities" | "allowed-entities" => {
            say("it is open to certain accounts or departments only, and yours is not one of them", "whether yours can be added")
        }
        "rules-present" | "feature-rules-present" | "detailed-traces-rules-present" => {
            say("it has not been opened to anybody yet", "to open it for you")
        }
        "denied-user-ids" => say("you have been excluded from it", "why that is, and to be let in again"),
        "combine-rules" | "feature-combine-rules" | "detailed-traces-combine-rules" if one_is_enough => {
            say("it is not for your kind of users, and for others by a role that you do not have", "whether you can be given access")
        }
        "combine-rules" | "feature-combine-rules" | "detailed-traces-combine-rules" if failed("user-type") && failed("user-role") => {
            say("it is not for your kind of users, and it needs a role that you do not have", "whether you can be given access")
        }
        "combine-rules" | "feature-combine-rules" | "detailed-traces-combine-rules" | "user-type"
            if failed("user-type") || answer.gate == "user-type" =>
        {
            say("it is not for your kind of users", "whether you can be given access")
        }
        "combine-rules" | "feature-combine-rules" | "detailed-traces-combine-rules" | "user-role" | "required-roles" => {
            say("it needs a role that you do not have", "for the role that opens it")
        }
        "not-test-app" => say("it is for tests, and the home page shows it to nobody", "for the address of the app"),
        "home-page-rules" => say("the home page does not show it to your kind of users", "for the address of the app"),
        "policy-deny" => say("a rule forbids it", "whether there can be an exception"),
        "depends-on-instance" => say("it depends on which one it is", "about the one that you need"),
        _ => say("nothing that you hold allows it", "to be given access"),
    }
}
