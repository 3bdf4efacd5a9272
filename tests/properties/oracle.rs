//! The naive decision, written from the published guide and the gate table as plain if-statements.
//!
//! It shares nothing with the engine on purpose: no gates as data, no set-wise tricks, no reuse
//! between kinds of target beyond what the table itself says is "as above". Read it with the table
//! beside it.

mod app;
mod feature;
mod pages;
mod rules;
mod user;

use std::collections::BTreeSet;

use self::app::app_stage;
use self::feature::{detailed_traces_stage, feature_stage};
use self::pages::{home_page_stage, site_stage};
use crate::target::Target;
use crate::worlds::world::{User, World};

/// Which published behaviour is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Semantics {
    /// The published guide.
    Documented,
    /// The product as it runs today.
    Current,
    /// The product before mid-2025.
    Legacy,
}

impl Semantics {
    pub const ALL: [Self; 3] = [Self::Documented, Self::Current, Self::Legacy];

    pub fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Current => "current",
            Self::Legacy => "legacy",
        }
    }
}

/// Let in or not, and the id of the gate that decided.
pub type Answer = (bool, &'static str);

fn allow(gate: &'static str) -> Answer {
    (true, gate)
}

fn deny(gate: &'static str) -> Answer {
    (false, gate)
}

fn allow_if(yes: bool, gate: &'static str) -> Answer {
    (yes, gate)
}

/// Decides one cell. The target must be one of `targets`.
pub fn decide(world: &World, user: &User, target: &Target, semantics: Semantics) -> Answer {
    let app_of = |id: &str| world.app(id).expect("the target's app exists");
    match target {
        Target::App(id) => app_stage(world, user, app_of(id), semantics),
        Target::Feature(id, feature) => {
            let app = app_of(id);
            let entered = app_stage(world, user, app, semantics);
            if !entered.0 {
                return entered;
            }
            feature_stage(world, user, app, feature, semantics)
        }
        Target::DetailedTraces(id) => {
            let app = app_of(id);
            let entered = app_stage(world, user, app, semantics);
            if !entered.0 {
                return entered;
            }
            let traces = feature_stage(world, user, app, "traces", semantics);
            if !traces.0 {
                return traces;
            }
            detailed_traces_stage(world, user, app, semantics)
        }
        Target::HomePage(id) => {
            let app = app_of(id);
            let entered = app_stage(world, user, app, semantics);
            if !entered.0 {
                return entered;
            }
            home_page_stage(world, user, app, semantics)
        }
        Target::SiteAdmin => site_stage(user, world.site.site_admin, "pika:site-admin", semantics),
        Target::ContentAdmin => site_stage(user, world.site.content_admin, "pika:content-admin", semantics),
    }
}

/// Every target of the world, features and sites included, in byte order.
pub fn targets(world: &World) -> Vec<String> {
    let mut all = BTreeSet::from([Target::SiteAdmin.to_string(), Target::ContentAdmin.to_string()]);
    for app in &world.apps {
        all.insert(app.id.clone());
        all.insert(format!("{}/homePage", app.id));

        let mut sources = vec![&world.site.features, &app.features];
        sources.extend(app.admin_override.as_ref().map(|over| &over.features));
        for features in sources {
            for (name, config) in features {
                all.insert(format!("{}/{name}", app.id));
                if name == "traces" && config.detailed_traces.is_some() {
                    all.insert(format!("{}/traces.detailedTraces", app.id));
                }
            }
        }
    }
    all.into_iter().collect()
}
