//! Places of `fixtures/acme`, counted by hand in its files; among them many of steps that did not decide.

/// User, target, semantics, gate, its outcome, the place of what it reads, and that of the entry which matched.
pub(crate) type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const DOC: &str = "documented";
const CUR: &str = "current";
const LEG: &str = "legacy";

#[rustfmt::skip]
pub(crate) const PLACES: &[Row] = &[
    // Every gate of an app without an override that somebody passes.
    ("bob", "hr-assistant", DOC, "app-enabled", "pass", "apps/hr.yaml:6:10", ""),
    ("bob", "hr-assistant", DOC, "override-enabled", "not-applicable", "", ""),
    ("bob", "hr-assistant", DOC, "rules-enabled", "pass", "apps/hr.yaml:6:10", ""),
    ("bob", "hr-assistant", DOC, "user-type", "pass", "apps/hr.yaml:9:12", "apps/hr.yaml:9:13"),
    ("bob", "hr-assistant", DOC, "user-role", "pass", "apps/hr.yaml:10:12", "apps/hr.yaml:10:13"),
    ("northwind-anna", "hr-assistant", DOC, "user-type", "fail", "apps/hr.yaml:9:12", ""),
    ("northwind-anna", "hr-assistant", DOC, "user-role", "fail", "apps/hr.yaml:10:12", ""),
    // Under an override: the base's switch, and then only the override's values.
    ("trent", "supplier-chat", DOC, "app-enabled", "pass", "apps/company.yaml:26:12", ""),
    ("trent", "supplier-chat", DOC, "override-enabled", "pass", "overrides/company.yaml:23:12", ""),
    ("trent", "supplier-chat", DOC, "rules-enabled", "pass", "overrides/company.yaml:23:12", ""),
    ("trent", "supplier-chat", DOC, "denied-user-ids", "not-applicable", "", ""),
    ("trent", "supplier-chat", DOC, "user-type", "pass", "overrides/company.yaml:24:14", "overrides/company.yaml:24:15"),
    ("trent", "supplier-chat", DOC, "user-role", "pass", "overrides/company.yaml:25:14", "overrides/company.yaml:25:15"),
    ("olivia", "supplier-chat", DOC, "user-role", "pass", "overrides/company.yaml:25:14", "overrides/company.yaml:25:37"),
    // In the words of the second vocabulary.
    ("audit-lars", "data-room", DOC, "user-type", "fail", "overrides/legal.yaml:4:19", ""),
    ("audit-lars", "data-room", DOC, "user-role", "pass", "overrides/legal.yaml:5:15", "overrides/legal.yaml:5:16"),
    ("premium-hal", "premium-support", DOC, "user-type", "pass", "apps/support.yaml:31:21", "apps/support.yaml:31:22"),
    // A block list begins at its first dash, an entry behind its own.
    ("frank", "support-console", DOC, "user-role", "pass", "apps/support.yaml:18:5", "apps/support.yaml:18:7"),
    ("trent", "support-console", DOC, "user-role", "pass", "apps/support.yaml:18:5", "apps/support.yaml:20:7"),
    ("trent", "support-console", DOC, "user-type", "not-applicable", "", ""),
    // A switch that is not written: the place is that of the record without it.
    ("1e3", "dock-scheduler", DOC, "app-enabled", "deny", "apps/warehouse.yaml:19:5", ""),
    ("niaj", "partner-portal", DOC, "override-enabled", "pass", "overrides/sales.yaml:27:5", ""),
    ("niaj", "partner-portal", DOC, "rules-enabled", "deny", "overrides/sales.yaml:27:5", ""),
    ("sybil", "all-hands-qa", DOC, "rules-present", "deny", "apps/company.yaml:13:3", ""),
    ("alice", "suggestion-box", LEG, "rules-present", "pass", "overrides/company.yaml:12:3", ""),
    // An override inside its app.
    ("trent", "quote-builder", DOC, "app-enabled", "pass", "apps/sales.yaml:4:12", ""),
    ("trent", "quote-builder", DOC, "override-enabled", "pass", "apps/sales.yaml:9:14", ""),
    ("trent", "quote-builder", DOC, "exclusive-entities", "allow", "apps/sales.yaml:10:37", "apps/sales.yaml:10:50"),
    ("guest-max", "quote-builder", DOC, "exclusive-entities", "allow", "apps/sales.yaml:11:37", "apps/sales.yaml:11:38"),
    ("erp-gus", "quote-builder", DOC, "exclusive-entities", "allow", "apps/sales.yaml:11:37", "apps/sales.yaml:11:47"),
    // User ids.
    ("niaj", "beta-pricing", DOC, "exclusive-user-ids", "allow", "overrides/sales.yaml:7:35", "overrides/sales.yaml:7:44"),
    ("007", "beta-pricing", DOC, "exclusive-user-ids", "allow", "overrides/sales.yaml:7:35", "overrides/sales.yaml:7:60"),
    ("walkin-nora", "customer-support", LEG, "exclusive-user-ids", "deny", "overrides/support.yaml:5:31", ""),
    ("walkin-nora", "customer-support", CUR, "exclusive-user-ids", "not-applicable", "", ""),
    ("peggy", "contract-review", DOC, "denied-user-ids", "deny", "apps/legal.yaml:7:16", "apps/legal.yaml:7:17"),
    ("judy", "deploy-helper", DOC, "allowed-user-ids", "pass", "apps/engineering.yaml:7:17", "apps/engineering.yaml:7:24"),
    // Entities and required roles that were passed.
    ("northwind-anna", "premium-support", DOC, "allowed-entities", "pass", "apps/support.yaml:32:20", "apps/support.yaml:32:40"),
    ("heidi", "escalation-desk", DOC, "rules-present", "pass", "apps/support.yaml:49:18", ""),
    ("heidi", "escalation-desk", DOC, "combine-rules", "not-applicable", "", ""),
    // Features: the app's, the override's, the site's.
    ("alice", "hr-assistant/fileUpload", DOC, "feature-config", "pass", "apps/hr.yaml:20:5", ""),
    ("alice", "hr-assistant/fileUpload", DOC, "feature-enabled", "pass", "apps/hr.yaml:21:14", ""),
    ("alice", "hr-assistant/fileUpload", DOC, "feature-user-type", "pass", "apps/hr.yaml:22:16", "apps/hr.yaml:22:17"),
    ("gold-clara", "customer-support/traces", DOC, "feature-config", "pass", "overrides/support.yaml:10:5", ""),
    ("gold-clara", "customer-support/traces", DOC, "feature-enabled", "pass", "overrides/support.yaml:10:14", ""),
    ("gold-clara", "customer-support/traces", DOC, "site-feature-enabled", "pass", "site/features.yaml:13:14", ""),
    ("gold-clara", "customer-support/traces", DOC, "feature-user-role", "pass", "overrides/support.yaml:11:16", "overrides/support.yaml:11:17"),
    ("gold-clara", "knowledge-base/traces", DOC, "feature-config", "not-applicable", "overrides/support.yaml:26:11", ""),
    ("gold-clara", "knowledge-base/traces", DOC, "feature-user-type", "fail", "site/features.yaml:14:16", ""),
    ("dave", "finance-tools/verifyResponse", DOC, "feature-user-role", "pass", "apps/finance.yaml:18:16", "apps/finance.yaml:18:17"),
    ("007", "pick-list-helper/fileUpload", DOC, "feature-config", "not-applicable", "apps/warehouse.yaml:10:19", ""),
    ("007", "pick-list-helper/fileUpload", DOC, "feature-rules-present", "deny", "apps/warehouse.yaml:10:19", ""),
    ("frank", "support-console/traces", LEG, "feature-config", "pass", "apps/support.yaml:25:7", ""),
    ("frank", "support-console/traces", LEG, "feature-user-role", "fail", "apps/support.yaml:25:18", ""),
    // Detailed traces.
    ("ivan", "deploy-helper/traces.detailedTraces", DOC, "detailed-traces-site", "pass", "site/features.yaml:17:16", ""),
    ("ivan", "deploy-helper/traces.detailedTraces", DOC, "detailed-traces-enabled", "pass", "apps/engineering.yaml:14:16", ""),
    ("ivan", "deploy-helper/traces.detailedTraces", DOC, "detailed-traces-user-role", "pass", "apps/engineering.yaml:15:18", "apps/engineering.yaml:15:19"),
    ("bob", "hr-assistant/traces.detailedTraces", DOC, "detailed-traces-user-role", "fail", "site/features.yaml:19:18", ""),
    ("bob", "hr-assistant/traces.detailedTraces", DOC, "detailed-traces-user-type", "pass", "site/features.yaml:18:18", "site/features.yaml:18:19"),
    // The home page: the rule that decides, or the list of them where none does.
    ("alice", "hr-assistant/homePage", DOC, "not-test-app", "pass", "apps/hr.yaml:2:1", ""),
    ("alice", "hr-assistant/homePage", DOC, "home-page-rules", "allow", "site/features.yaml:45:11", ""),
    ("northwind-ben", "customer-support/homePage", DOC, "home-page-rules", "allow", "site/features.yaml:44:11", ""),
    ("walkin-nora", "knowledge-base/homePage", DOC, "home-page-rules", "allow", "overrides/support.yaml:29:5", ""),
    ("grace", "knowledge-base/homePage", DOC, "home-page-rules", "deny", "overrides/support.yaml:29:3", ""),
    ("bob", "company-handbook/homePage", DOC, "home-page-rules", "deny", "overrides/company.yaml:5:24", ""),
    // The framework's own sites: what it asks of users is written nowhere.
    ("sybil", "site#admin", DOC, "site-feature-enabled", "pass", "site/features.yaml:49:21", ""),
    ("sybil", "site#admin", DOC, "user-type", "pass", "", ""),
    ("sybil", "site#admin", DOC, "user-role", "pass", "", ""),
];

/// User, target, gate, and the definition that leaves the user without an entity.
#[rustfmt::skip]
pub(crate) const NO_ENTITY: &[(&str, &str, &str, &str)] = &[
    ("wendy", "quote-builder", "exclusive-entities", "users/staff.yaml:152:3"),
    ("xavier", "quote-builder", "exclusive-entities", "users/staff.yaml:163:27"),
    ("consult-oleg", "quote-builder", "exclusive-entities", "users/contractors.ndjson:3:1"),
    ("legacy-jan", "invoice-lookup", "allowed-entities", "users/customers.csv:11:1"),
];
