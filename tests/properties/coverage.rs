//! Which gates can decide, in which direction, under which semantics.

use crate::oracle::Semantics::{self, Current, Documented, Legacy};
use crate::target::Target;

/// What a gate was seen to decide: where, which, and whether it let in.
pub type Decided = (Semantics, &'static str, &'static str, bool);

const ALL: &[Semantics] = &Semantics::ALL;
const NOT_LEGACY: &[Semantics] = &[Documented, Current];

/// Place, gate, the semantics under which it can allow, and those under which it can deny.
const GATES: &[(&str, &str, &[Semantics], &[Semantics])] = &[
    ("app", "app-enabled", &[], ALL),
    ("app", "override-enabled", &[], ALL),
    ("app", "exclusive-user-ids", ALL, ALL),
    ("app", "exclusive-entities", ALL, ALL),
    ("app", "rules-enabled", &[], ALL),
    ("app", "rules-present", &[Legacy], NOT_LEGACY),
    ("app", "denied-user-ids", &[], ALL),
    ("app", "combine-rules", ALL, ALL),
    ("app", "allowed-entities", ALL, ALL),
    ("app", "required-roles", ALL, ALL),
    ("app", "allowed-user-ids", ALL, ALL),
    ("site feature", "feature-enabled", &[], ALL),
    ("site feature", "site-feature-enabled", &[], ALL),
    ("site feature", "feature-rules-present", &[Legacy], NOT_LEGACY),
    ("site feature", "feature-combine-rules", ALL, ALL),
    ("app feature", "feature-enabled", &[], ALL),
    ("app feature", "site-feature-enabled", &[], ALL),
    ("app feature", "feature-rules-present", &[Current, Legacy], ALL),
    ("app feature", "feature-combine-rules", ALL, ALL),
    ("detailed traces", "detailed-traces-site", &[], ALL),
    ("detailed traces", "detailed-traces-enabled", &[], ALL),
    ("detailed traces", "detailed-traces-rules-present", &[Legacy], NOT_LEGACY),
    ("detailed traces", "detailed-traces-combine-rules", ALL, ALL),
    ("home page", "not-test-app", &[], ALL),
    ("home page", "home-page-rules", ALL, ALL),
    ("site#admin", "site-feature-enabled", &[], ALL),
    ("site#admin", "user-type", &[], &[Documented]),
    ("site#admin", "user-role", ALL, ALL),
    ("site#content-admin", "site-feature-enabled", &[], ALL),
    ("site#content-admin", "user-type", &[], &[Documented]),
    ("site#content-admin", "user-role", ALL, ALL),
];

/// Everything that can be decided.
pub fn decidable() -> Vec<Decided> {
    let mut all = Vec::new();
    for &(place, gate, allowing, denying) in GATES {
        all.extend(allowing.iter().map(|&semantics| (semantics, place, gate, true)));
        all.extend(denying.iter().map(|&semantics| (semantics, place, gate, false)));
    }
    all
}

/// The place of a gate that decided about this target: that of its last stage, or of a stage on the
/// way there.
pub fn place(target: &Target, gate: &str) -> &'static str {
    match target {
        Target::SiteAdmin => return "site#admin",
        Target::ContentAdmin => return "site#content-admin",
        _ => {}
    }
    if gate.starts_with("detailed-traces-") {
        return "detailed traces";
    }
    if gate == "not-test-app" || gate == "home-page-rules" {
        return "home page";
    }
    if !gate.starts_with("feature-") && gate != "site-feature-enabled" {
        return "app";
    }
    match target {
        Target::Feature(_, name) if !["traces", "verifyResponse", "logout"].contains(&name.as_str()) => "app feature",
        _ => "site feature",
    }
}
