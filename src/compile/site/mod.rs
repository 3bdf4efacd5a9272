//! Who is let into the framework's own sites.

use std::sync::Arc;

use super::arm::{Arm, Asks, Because, Outcome, Switch};
use super::gate::GateDef;
use super::list::{Stage, StageId};
use super::predicate::Predicate;
use super::target::SitePage;
use crate::model::{self, Names, Semantics, Spanned, UserType, Workspace};
use crate::source::Span;

pub(super) type SiteGate = GateDef<for<'a, 'w> fn(&'a SiteScope<'w>) -> Vec<Arm>>;

/// The gates of the stage, in order.
pub(super) const GATES: &[SiteGate] = &[
    GateDef::new("site-feature-enabled", "The site is not switched on: `siteAdmin.websiteEnabled`, `contentAdmin.enabled`.", enabled),
    GateDef::new(
        "user-type",
        "Under `documented` internal users only: external users have no admin features. Else the gate does not apply.",
        user_type,
    ),
    GateDef::new(
        "user-role",
        "The user needs `pika:site-admin` for `site#admin`, `pika:content-admin` for `site#content-admin`.",
        user_role,
    ),
];

pub(super) struct SiteScope<'w> {
    page: SitePage,
    switch: Option<&'w model::Switch>,
    /// Where the site is configured, to point at what it lacks.
    site_span: Option<Span>,
    semantics: Semantics,
}

/// The stage for a site.
pub(super) fn stage(workspace: &Workspace, page: SitePage, semantics: Semantics) -> Stage {
    let site = workspace.site();
    let switch = match page {
        SitePage::Admin => site.site_admin.as_ref(),
        SitePage::ContentAdmin => site.content_admin.as_ref(),
    };
    let scope = SiteScope { page, switch, site_span: site.span, semantics };
    Stage::new(StageId::Site, GATES.iter().map(|gate| (gate.doc.id, (gate.arms)(&scope))))
}

fn enabled(scope: &SiteScope<'_>) -> Vec<Arm> {
    let field = scope.page.switch();
    let Some(switch) = scope.switch else {
        return vec![
            Arm::fixed(Predicate::ALWAYS, Outcome::Deny, format!("the site does not configure `{field}`"), scope.site_span).missing(),
        ];
    };
    let (on, off) = (format!("`{field}` is true"), format!("`{field}` is false"));
    let absent = format!("`{field}` is not written, which counts as disabled");
    vec![Arm::switch(switch.enabled, switch.span, Switch { on, off, absent: (Outcome::Deny, absent) })]
}

fn user_type(scope: &SiteScope<'_>) -> Vec<Arm> {
    if scope.semantics != Semantics::Documented {
        return vec![Arm::not_applicable("the user's type does not count under these semantics")];
    }
    scope.fixed(UserType::Internal.name(), Asks::UserType, Predicate::UserTypeIn)
}

fn user_role(scope: &SiteScope<'_>) -> Vec<Arm> {
    scope.fixed(scope.page.role(), Asks::AnyRole, Predicate::HasAnyRole)
}

impl SiteScope<'_> {
    /// The arms of a requirement that the framework fixes, and no file writes down.
    fn fixed(&self, name: &str, asks: fn(Arc<Names>) -> Asks, when: fn(Arc<Names>) -> Predicate) -> Vec<Arm> {
        let Some(place) = self.switch.map(|switch| switch.span) else {
            return vec![Arm::not_applicable("the site is not configured")];
        };
        let list = Arc::new(Names::new(place, &[Spanned { value: name, span: place }]));
        let arm =
            |when, outcome| Arm { when, outcome, asks: asks(Arc::clone(&list)), because: Because::BuiltIn, source: None, missing: false };
        vec![arm(when(Arc::clone(&list)), Outcome::Pass), arm(Predicate::ALWAYS, Outcome::Deny)]
    }
}
