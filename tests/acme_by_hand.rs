//! Questions over the fixture companies, answered by hand from the rules.
//!
//! No answer was taken from the program: who reads a row can follow its reason
//! in the YAML. The table says which row shows which gate deciding which way.
//!
//! | gate                            | allow                                     | deny                                         |
//! | ------------------------------- | ----------------------------------------- | -------------------------------------------- |
//! | `app-enabled`                   | -                                         | `dock-terminal-3 shift-planner`              |
//! | `override-enabled`              | -                                         | `ivan catalog-search`                        |
//! | `exclusive-user-ids`            | `niaj beta-pricing`                       | `sybil beta-pricing`                         |
//! | `exclusive-entities`, staff     | `niaj quote-builder`                      | `carol`, no entity: `wendy quote-builder`    |
//! | `exclusive-entities`, customers | `erp-eve quote-builder`                   | `gold-clara`, no entity: `consult-oleg`      |
//! | `rules-enabled`                 | -                                         | `niaj partner-portal`                        |
//! | `rules-present`                 | legacy: `alice all-hands-qa`              | `sybil all-hands-qa`                         |
//! | `denied-user-ids`               | -                                         | `peggy contract-review`                      |
//! | `combine-rules`, and            | `alice hr-assistant`                      | `carol hr-assistant`                         |
//! | `combine-rules`, or             | `msp-ravi incident-bridge`                | `gold-dan incident-bridge`                   |
//! | `allowed-entities`              | `carol invoice-lookup`                    | `frank`, no entity: `legacy-jan`             |
//! | `required-roles`                | `grace escalation-desk`                   | `heidi escalation-desk`                      |
//! | `allowed-user-ids`              | `judy deploy-helper`                      | `mallory deploy-helper`                      |
//! | `feature-enabled`               | -                                         | `erin finance-tools/traces`                  |
//! | `site-feature-enabled`          | -                                         | `alice hr-assistant/logout`                  |
//! | `feature-rules-present`         | current: `alice company-handbook/chatDisclaimerNotice` | the same, documented            |
//! | `feature-combine-rules`         | `bob hr-assistant/traces`                 | `alice hr-assistant/traces`                  |
//! | `detailed-traces-site`          | -                                         | `admin-ada hr-assistant/…` (guide/overview)  |
//! | `detailed-traces-enabled`       | -                                         | `grace incident-bridge/…`                    |
//! | `detailed-traces-rules-present` | -                                         | `uma trace-lab/…`                            |
//! | `detailed-traces-combine-rules` | `ivan deploy-helper/…`                    | `judy deploy-helper/…`                       |
//! | `not-test-app`                  | -                                         | `judy prompt-playground/homePage`            |
//! | `home-page-rules`               | `alice hr-assistant/homePage`             | `msp-ravi incident-bridge/homePage`          |
//! | `site#admin`: `user-type`       | -                                         | `msp-ravi site#admin`                        |
//! | `site#admin`: `user-role`       | `sybil site#admin`                        | `trent site#admin`                           |
//! | `site#content-admin`            | `content-cleo` (guide/overview)           | `uma site#content-admin` (switched off)      |
//!
//! The site's `detailedTraces` is either on or off, so one workspace cannot
//! show `detailed-traces-site` and the gates after it: the first is in the
//! guide's. `user-type` and `user-role` of an app and of a feature are noted
//! and never decide; `combine-rules` does.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const DOC: &str = "documented";
const CUR: &str = "current";
const LEG: &str = "legacy";

/// User, target, semantics, decision, deciding gate, and why.
type Question = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// User, target, deciding gate, and where the value stands that decided:
/// file, line and column. Always under `documented`.
type Place = (&'static str, &'static str, &'static str, &'static str, u64, u64);

#[rustfmt::skip]
const ACME: &[Question] = &[
    // The app is on.
    ("dock-terminal-3", "shift-planner", DOC, "deny", "app-enabled", "the app is off, whoever asks"),
    ("1e3", "dock-scheduler", DOC, "deny", "app-enabled", "`enabled` was never written, and their role would fit"),
    ("alice", "shift-planner/homePage", DOC, "deny", "app-enabled", "an app that is off has no link either"),

    // The override is on.
    ("ivan", "catalog-search", DOC, "deny", "override-enabled", "off for all, before the list of ids with him in it is read"),
    ("gold-clara", "catalog-search", DOC, "deny", "override-enabled", "off for all"),

    // Exclusive user ids.
    ("niaj", "beta-pricing", DOC, "allow", "exclusive-user-ids", "named"),
    ("beta-lou", "beta-pricing", DOC, "allow", "exclusive-user-ids", "named, and the internal-only type list beside it is not read"),
    ("007", "beta-pricing", DOC, "allow", "exclusive-user-ids", "named, with both zeros"),
    ("sybil", "beta-pricing", DOC, "deny", "exclusive-user-ids", "not named; being a site admin is of no use here"),

    // Exclusive entities, staff.
    ("niaj", "quote-builder", DOC, "allow", "exclusive-entities", "sales is one of the two departments"),
    ("trent", "quote-builder", DOC, "allow", "exclusive-entities", "customer success is the other"),
    ("carol", "quote-builder", DOC, "deny", "exclusive-entities", "finance is not listed"),
    ("wendy", "quote-builder", DOC, "deny", "exclusive-entities", "no custom data, so no department"),
    ("xavier", "quote-builder", DOC, "deny", "exclusive-entities", "an empty account is none"),

    // Exclusive entities, customers.
    ("erp-eve", "quote-builder", DOC, "allow", "exclusive-entities", "10045 is listed"),
    ("guest-max", "quote-builder", DOC, "allow", "exclusive-entities", "10045 written as a number is the same account"),
    ("erp-gus", "quote-builder", DOC, "allow", "exclusive-entities", "00417 keeps its zeros on both sides"),
    ("gold-clara", "quote-builder", DOC, "deny", "exclusive-entities", "her account is not listed"),
    ("consult-oleg", "quote-builder", DOC, "deny", "exclusive-entities", "no custom data, so no account"),
    ("walkin-nora", "partner-portal", DOC, "allow", "exclusive-entities", "no user type, so the customers' list is hers, and Northwind is in it"),
    ("legacy-jan", "partner-portal", DOC, "deny", "exclusive-entities", "an entity of his own is not what the site reads"),

    // The override's rules are on.
    ("niaj", "partner-portal", DOC, "deny", "rules-enabled", "the staff list is empty, so on to the rules, and they were never switched on"),

    // There are rules.
    ("sybil", "all-hands-qa", DOC, "deny", "rules-present", "no rule, no access"),
    ("sybil", "all-hands-qa", CUR, "deny", "rules-present", "today's Pika agrees"),
    ("alice", "all-hands-qa", LEG, "allow", "rules-present", "the old Pika let everybody in"),
    ("alice", "suggestion-box", DOC, "deny", "rules-present", "the override has no lists, and the app's list does not count under it"),
    ("alice", "suggestion-box", LEG, "allow", "rules-present", "an override without lists let everybody in"),
    ("peggy", "legal-hold", DOC, "deny", "rules-present", "a deny list is not a rule of access"),
    ("rupert", "legal-hold", DOC, "deny", "rules-present", "that there is no rule is found before his name"),

    // Denied user ids.
    ("peggy", "contract-review", DOC, "deny", "denied-user-ids", "listed, and her type and role would both do"),
    ("rupert", "legal-hold", LEG, "deny", "denied-user-ids", "no rules was fine then, being listed was not"),
    ("peggy", "legal-hold", LEG, "allow", "rules-present", "not listed, and a list of whom to keep out lets nobody in"),

    // Types and roles, both wanted.
    ("alice", "hr-assistant", DOC, "allow", "combine-rules", "internal, and on the HR team"),
    ("temp-hana", "hr-assistant", DOC, "allow", "combine-rules", "agency staff are internal and have the role"),
    ("carol", "hr-assistant", DOC, "deny", "combine-rules", "internal, without an HR role"),
    ("northwind-anna", "hr-assistant", DOC, "deny", "combine-rules", "neither internal nor HR"),
    ("erin", "finance-tools", DOC, "allow", "combine-rules", "internal, and the CFO"),
    ("frank", "finance-tools", DOC, "deny", "combine-rules", "internal, without a finance role"),
    ("rupert", "contract-review", DOC, "allow", "combine-rules", "not on the deny list, internal, legal team"),
    ("walkin-nora", "customer-support", DOC, "allow", "combine-rules", "no user type counts as external"),
    ("alice", "customer-support", DOC, "deny", "combine-rules", "staff do not come in by the customers' door"),
    ("frank", "support-console", DOC, "allow", "combine-rules", "one of the roles is enough, and no type is asked"),
    ("trent", "support-console", DOC, "allow", "combine-rules", "a role of the framework is a role like any other"),
    ("ivan", "support-console", DOC, "deny", "combine-rules", "none of the roles"),
    ("NO", "pick-list-helper", DOC, "allow", "combine-rules", "the badge NO is an id; a warehouse lead"),
    ("olivia", "supplier-chat", DOC, "allow", "combine-rules", "the emergency rules fit, and the app's deny list with her in it is not read"),
    ("northwind-anna", "supplier-chat", DOC, "deny", "combine-rules", "would pass every rule of the app, but the override's count"),

    // An empty list beside another.
    ("carol", "expense-reports", DOC, "deny", "combine-rules", "an empty role list is there and matches nobody"),
    ("carol", "expense-reports", CUR, "allow", "combine-rules", "an empty role list counts as absent, and she is internal"),
    ("carol", "expense-reports", LEG, "deny", "combine-rules", "an empty role list matches nobody"),
    ("gold-dan", "expense-reports", CUR, "deny", "combine-rules", "the list of types is still there"),

    // Types or roles.
    ("msp-ravi", "incident-bridge", DOC, "allow", "combine-rules", "not internal, but on call"),
    ("wendy", "incident-bridge", DOC, "allow", "combine-rules", "not on call, but internal"),
    ("gold-dan", "incident-bridge", DOC, "deny", "combine-rules", "neither"),
    ("gold-dan", "status-page", DOC, "allow", "combine-rules", "the absent list of types counts as matched, and either will do"),
    ("audit-lars", "data-room", DOC, "allow", "combine-rules", "the override wants our own people or the auditor"),
    ("consult-mei", "data-room", DOC, "deny", "combine-rules", "neither ours nor an auditor"),

    // An emptied list of exclusive ids.
    ("walkin-nora", "customer-support", CUR, "allow", "combine-rules", "empty means that nobody is picked by name"),
    ("walkin-nora", "customer-support", LEG, "deny", "exclusive-user-ids", "an empty list once shut everybody out"),

    // Allowed entities.
    ("carol", "invoice-lookup", DOC, "allow", "allowed-entities", "the finance department is listed with the customers"),
    ("gold-dan", "invoice-lookup", DOC, "allow", "allowed-entities", "his account is listed, and no role is asked"),
    ("erp-gus", "invoice-lookup", DOC, "allow", "allowed-entities", "00417 as it is written"),
    ("frank", "invoice-lookup", DOC, "deny", "allowed-entities", "staff are measured by the list as well, and his department is not in it"),
    ("wendy", "invoice-lookup", DOC, "deny", "allowed-entities", "no department yet"),
    ("legacy-jan", "invoice-lookup", DOC, "deny", "allowed-entities", "the right account, in a field that does not count"),
    ("guest-kim", "webshop-help", DOC, "allow", "allowed-entities", "the flag is the account, as it is written"),
    ("guest-leo", "webshop-help", DOC, "deny", "allowed-entities", "false is an account too, and not this one"),
    ("gold-clara", "premium-support", DOC, "deny", "allowed-entities", "subscribes, but the account has no premium support"),

    // Required roles.
    ("premium-hal", "premium-support", DOC, "allow", "required-roles", "a customer, of a premium account, who subscribes"),
    ("premium-iva", "premium-support", DOC, "deny", "required-roles", "the account is right, the subscription missing"),
    ("grace", "escalation-desk", DOC, "allow", "required-roles", "has both roles, and neither type nor entity is asked"),
    ("heidi", "escalation-desk", DOC, "deny", "required-roles", "not on call"),
    ("ivan", "escalation-desk", DOC, "deny", "required-roles", "on call, but not technical support"),
    ("1e3", "night-shift-relay", DOC, "deny", "required-roles", "an empty list of required roles lets nobody in"),

    // Allowed user ids.
    ("judy", "deploy-helper", DOC, "allow", "allowed-user-ids", "named this quarter"),
    ("mallory", "deploy-helper", DOC, "deny", "allowed-user-ids", "the same team and role as judy, not named"),

    // Features: on in the app.
    ("erin", "finance-tools/traces", DOC, "deny", "feature-enabled", "traces are off in this app"),
    ("erin", "finance-tools/traces", LEG, "allow", "feature-combine-rules", "a bare switch without lists was ignored, and the site gives traces to staff"),
    ("gold-clara", "customer-support/verifyResponse", DOC, "deny", "feature-enabled", "the override switched it off"),

    // Features: on at the site.
    ("alice", "hr-assistant/logout", DOC, "deny", "site-feature-enabled", "the site has no logout button"),
    ("bob", "company-handbook/userMemory", DOC, "deny", "site-feature-enabled", "on in the app for staff, off at the site"),

    // Features: there are rules.
    ("alice", "company-handbook/chatDisclaimerNotice", DOC, "deny", "feature-rules-present", "the app says nothing and the site's rule has no lists"),
    ("alice", "company-handbook/chatDisclaimerNotice", CUR, "allow", "feature-rules-present", "a feature that is left to apps is on for all who are in"),
    ("alice", "company-handbook/chatDisclaimerNotice", LEG, "allow", "feature-rules-present", "the site's rule has no lists to keep anybody out"),
    ("007", "pick-list-helper/fileUpload", DOC, "deny", "feature-rules-present", "an empty config is none, and the site has no rule"),
    ("007", "pick-list-helper/fileUpload", CUR, "deny", "feature-rules-present", "no rule anywhere is not a rule without lists"),
    ("grace", "knowledge-base/verifyResponse", DOC, "deny", "feature-rules-present", "the app switched it on for nobody"),
    ("grace", "knowledge-base/verifyResponse", CUR, "deny", "feature-rules-present", "a feature of the site needs lists today as well"),
    ("grace", "knowledge-base/verifyResponse", LEG, "allow", "feature-combine-rules", "a config without lists did not count, and the site's rule has both types"),

    // Features: types and roles.
    ("bob", "hr-assistant/traces", DOC, "allow", "feature-combine-rules", "an HR manager"),
    ("alice", "hr-assistant/traces", DOC, "deny", "feature-combine-rules", "on the team, not its manager"),
    ("carol", "hr-assistant/traces", DOC, "deny", "combine-rules", "not in the app, so the feature is not asked"),
    ("alice", "hr-assistant/verifyResponse", DOC, "allow", "feature-combine-rules", "the app says nothing, the site's rule has staff in it"),
    ("dave", "finance-tools/verifyResponse", DOC, "allow", "feature-combine-rules", "internal, and an accountant"),
    ("carol", "finance-tools/verifyResponse", DOC, "deny", "feature-combine-rules", "in the app, but signs no books"),
    ("northwind-anna", "customer-support/traces", DOC, "allow", "feature-combine-rules", "the override gives them to subscribers"),
    ("northwind-ben", "customer-support/traces", DOC, "deny", "feature-combine-rules", "no subscriber"),
    ("premium-hal", "premium-support/fileUpload", DOC, "allow", "feature-combine-rules", "a subscriber"),
    ("gold-clara", "knowledge-base/traces", DOC, "deny", "feature-combine-rules", "the override's empty config brings the site's rule, which is for staff"),
    ("gold-clara", "knowledge-base/traces", LEG, "allow", "feature-combine-rules", "the override's features were not read, and the app's config has customers"),
    ("frank", "support-console/traces", DOC, "allow", "feature-combine-rules", "a config without the switch is none, and the site gives traces to staff"),
    ("frank", "support-console/traces", LEG, "deny", "feature-combine-rules", "the config counted without the switch, and he is not technical support"),
    ("audit-lars", "data-room/fileUpload", DOC, "allow", "feature-combine-rules", "the override gives it to auditors"),
    ("peggy", "data-room/fileUpload", DOC, "deny", "feature-combine-rules", "in the room, but no auditor"),
    ("audit-lars", "data-room/fileUpload", LEG, "deny", "feature-rules-present", "the override's features were not read, and nothing else has a rule for it"),

    // Detailed traces.
    ("ivan", "deploy-helper/traces.detailedTraces", DOC, "allow", "detailed-traces-combine-rules", "a developer for the traces, on call for their details"),
    ("judy", "deploy-helper/traces.detailedTraces", DOC, "deny", "detailed-traces-combine-rules", "has the traces, is not on call"),
    ("bob", "hr-assistant/traces.detailedTraces", DOC, "deny", "detailed-traces-combine-rules", "has the traces, and the site's rule for details wants another role"),
    ("alice", "hr-assistant/traces.detailedTraces", DOC, "deny", "feature-combine-rules", "no traces, so no details"),
    ("grace", "incident-bridge/traces.detailedTraces", DOC, "deny", "detailed-traces-enabled", "has the traces, details are off in this app"),
    ("ivan", "incident-bridge/traces.detailedTraces", LEG, "allow", "detailed-traces-combine-rules", "the bare switch was ignored, and the site has developers"),
    ("uma", "trace-lab/traces.detailedTraces", DOC, "deny", "detailed-traces-rules-present", "switched on for nobody"),
    ("uma", "trace-lab/traces.detailedTraces", LEG, "allow", "detailed-traces-combine-rules", "details without lists did not count, and the site has site admins"),

    // The home page.
    ("judy", "prompt-playground/homePage", DOC, "deny", "not-test-app", "a mock"),
    ("ivan", "agent-sandbox/homePage", DOC, "deny", "not-test-app", "a test app, whatever the override wants to show"),
    ("alice", "hr-assistant/homePage", DOC, "allow", "home-page-rules", "staff see links to apps for staff"),
    ("northwind-ben", "customer-support/homePage", DOC, "allow", "home-page-rules", "customers see links to apps for customers"),
    ("msp-ravi", "incident-bridge/homePage", DOC, "deny", "home-page-rules", "let in by role, but the app's type is staff and a customer sees customer apps"),
    ("beta-lou", "beta-pricing/homePage", DOC, "deny", "home-page-rules", "let in by name, but the override's type is staff"),
    ("bob", "company-handbook/homePage", DOC, "deny", "home-page-rules", "the override's list of rules is empty, and replaces the site's"),
    ("grace", "knowledge-base/homePage", DOC, "deny", "home-page-rules", "the override has no rule for staff"),
    ("walkin-nora", "knowledge-base/homePage", DOC, "allow", "home-page-rules", "the last rule names no app types and is passed over; the one before has hers"),
    ("frank", "support-console/homePage", DOC, "deny", "home-page-rules", "an app without types shares none"),
    ("frank", "support-console/homePage", LEG, "allow", "home-page-rules", "an app without types counted as one for staff"),

    // The framework's own sites.
    ("sybil", "site#admin", DOC, "allow", "user-role", "internal, site admin"),
    ("trent", "site#admin", DOC, "deny", "user-role", "a content admin is no site admin"),
    ("msp-ravi", "site#admin", DOC, "deny", "user-type", "has the role, is external"),
    ("msp-ravi", "site#admin", CUR, "allow", "user-role", "only the role is asked"),
    ("msp-ravi", "site#admin", LEG, "allow", "user-role", "only the role was asked"),
    ("walkin-nora", "site#admin", DOC, "deny", "user-type", "no user type counts as external"),
    ("uma", "site#content-admin", DOC, "deny", "site-feature-enabled", "has the role, the site is off"),
];

/// Lines and columns were counted in the files.
#[rustfmt::skip]
const ACME_PLACES: &[Place] = &[
    ("dock-terminal-3", "shift-planner", "app-enabled", "apps/warehouse.yaml", 15, 14),
    ("ivan", "catalog-search", "override-enabled", "overrides/sales.yaml", 18, 14),
    ("niaj", "beta-pricing", "exclusive-user-ids", "overrides/sales.yaml", 7, 35),
    ("niaj", "quote-builder", "exclusive-entities", "apps/sales.yaml", 10, 37),
    ("gold-clara", "quote-builder", "exclusive-entities", "apps/sales.yaml", 11, 37),
    ("legacy-jan", "partner-portal", "exclusive-entities", "overrides/sales.yaml", 28, 37),
    ("peggy", "contract-review", "denied-user-ids", "apps/legal.yaml", 7, 16),
    // How the lists combine is not written: an allow stands at the last list, a denial at the first that failed.
    ("alice", "hr-assistant", "combine-rules", "apps/hr.yaml", 10, 12),
    ("carol", "hr-assistant", "combine-rules", "apps/hr.yaml", 10, 12),
    ("northwind-anna", "hr-assistant", "combine-rules", "apps/hr.yaml", 9, 12),
    ("olivia", "supplier-chat", "combine-rules", "overrides/company.yaml", 25, 14),
    // A block list stands where its first dash does.
    ("frank", "support-console", "combine-rules", "apps/support.yaml", 18, 5),
    // It is written.
    ("erin", "finance-tools", "combine-rules", "apps/finance.yaml", 8, 15),
    ("audit-lars", "data-room", "combine-rules", "overrides/legal.yaml", 7, 15),
    ("carol", "invoice-lookup", "allowed-entities", "apps/finance.yaml", 29, 18),
    ("frank", "invoice-lookup", "allowed-entities", "apps/finance.yaml", 29, 18),
    ("premium-hal", "premium-support", "required-roles", "apps/support.yaml", 33, 18),
    ("heidi", "escalation-desk", "required-roles", "apps/support.yaml", 49, 18),
    ("mallory", "deploy-helper", "allowed-user-ids", "apps/engineering.yaml", 7, 17),
    ("erin", "finance-tools/traces", "feature-enabled", "apps/finance.yaml", 13, 14),
    ("gold-clara", "customer-support/verifyResponse", "feature-enabled", "overrides/support.yaml", 13, 14),
    ("alice", "hr-assistant/logout", "site-feature-enabled", "site/features.yaml", 28, 14),
    ("alice", "hr-assistant/traces", "feature-combine-rules", "apps/hr.yaml", 17, 16),
    ("carol", "finance-tools/verifyResponse", "feature-combine-rules", "apps/finance.yaml", 19, 19),
    ("gold-clara", "knowledge-base/traces", "feature-combine-rules", "site/features.yaml", 14, 16),
    ("grace", "incident-bridge/traces.detailedTraces", "detailed-traces-enabled", "apps/engineering.yaml", 45, 16),
    ("judy", "deploy-helper/traces.detailedTraces", "detailed-traces-combine-rules", "apps/engineering.yaml", 15, 18),
    ("judy", "prompt-playground/homePage", "not-test-app", "apps/engineering.yaml", 20, 11),
    ("ivan", "agent-sandbox/homePage", "not-test-app", "apps/engineering.yaml", 26, 7),
    ("uma", "site#content-admin", "site-feature-enabled", "site/features.yaml", 53, 14),
];

#[rustfmt::skip]
const OVERVIEW: &[Question] = &[
    ("user123", "customer-support", DOC, "allow", "combine-rules", "a customer"),
    ("hr-hugo", "customer-support", DOC, "deny", "combine-rules", "staff"),
    ("content-cleo", "admin-tools", DOC, "allow", "combine-rules", "internal, with one of the two roles"),
    ("partner-paz", "admin-tools", DOC, "deny", "combine-rules", "one of the two roles, but external"),
    ("user123", "enterprise-features", DOC, "allow", "allowed-entities", "the site does not say where entities are kept, so the user's own counts"),
    ("user123", "enterprise-features", CUR, "deny", "allowed-entities", "without the site's word nobody has an entity"),
    ("nobody-nick", "enterprise-features", DOC, "deny", "allowed-entities", "no entity at all"),
    ("user123", "premium-support", DOC, "deny", "allowed-entities", "subscribes, but Acme is not the premium entity"),
    ("premium-pat", "premium-support", DOC, "allow", "required-roles", "every layer fits, and this one is the last"),
    ("premium-quinn", "premium-support", DOC, "deny", "required-roles", "right entity, no premium subscription"),
    ("premium-pat", "premium-support/fileUpload", DOC, "allow", "feature-combine-rules", "the role that the feature wants"),
    ("premium-pat", "premium-support/traces", DOC, "deny", "feature-enabled", "no traces for customers"),
    ("hr-hugo", "employee-assistant", DOC, "allow", "combine-rules", "internal, and an employee"),
    ("user123", "premium-support-2", DOC, "allow", "combine-rules", "the tier asks for nothing but the role"),
    ("admin-ada", "finance-tools", DOC, "allow", "combine-rules", "site admins are on the list"),
    ("hr-hugo", "finance-tools", DOC, "deny", "combine-rules", "the other department"),
    ("hr-hugo", "hr-assistant/logout", DOC, "deny", "site-feature-enabled", "the site has no word on logout"),
    ("admin-ada", "hr-assistant/traces", DOC, "allow", "feature-combine-rules", "the site's rule has staff"),
    ("admin-ada", "hr-assistant/traces.detailedTraces", DOC, "deny", "detailed-traces-site", "the site gives traces without details"),
    ("content-cleo", "site#content-admin", DOC, "allow", "user-role", "internal, content admin"),
    ("hr-hugo", "site#content-admin", DOC, "deny", "user-role", "internal, without the role"),
    ("partner-paz", "site#content-admin", DOC, "deny", "user-type", "has the role, is external"),
];

#[rustfmt::skip]
const CONFIGURE: &[Question] = &[
    ("user_123", "beta-users", DOC, "allow", "exclusive-user-ids", "one of the three"),
    ("site_admin_sid", "beta-users", DOC, "deny", "exclusive-user-ids", "not one of the three"),
    ("consultant_cy", "enterprise-accounts", DOC, "allow", "exclusive-entities", "the second account"),
    ("support_sam", "enterprise-accounts", DOC, "allow", "exclusive-entities", "a department of the staff list"),
    ("untyped_uli", "enterprise-accounts", DOC, "deny", "exclusive-entities", "the site reads the account, and has none of theirs"),
    ("developer_mike", "multi-tenant", DOC, "allow", "exclusive-entities", "the first team"),
    ("analyst_ana", "multi-tenant", DOC, "deny", "exclusive-entities", "another team"),
    ("product_manager_sarah", "beta-program", DOC, "allow", "exclusive-user-ids", "named"),
    ("content_admin_kit", "emergency", DOC, "allow", "combine-rules", "internal, content admin"),
    ("site_admin_sid", "emergency", DOC, "deny", "combine-rules", "internal, another admin role"),
    ("premium_pia", "general-inquiry", DOC, "allow", "exclusive-entities", "the premium account"),
    ("tier_tess", "general-inquiry", DOC, "deny", "exclusive-entities", "another account"),
    ("support_sam", "general-inquiry", DOC, "deny", "rules-present", "no list for staff, and the override has no other rule"),
    ("tier_tess", "premium-tier", DOC, "allow", "exclusive-entities", "the premium tier"),
    ("tier_tess", "enterprise-tier", DOC, "deny", "exclusive-entities", "a tier below"),
    ("analyst_ana", "sensitive-data", DOC, "allow", "combine-rules", "internal, and an analyst"),
    ("hr_hal", "sensitive-data", DOC, "deny", "combine-rules", "internal, neither analyst nor manager"),
    ("consultant_cy", "reporting", DOC, "allow", "combine-rules", "external, but a consultant"),
    ("hr_hal", "reporting", DOC, "allow", "combine-rules", "no consultant, but internal"),
    ("gold_gus", "reporting", DOC, "deny", "combine-rules", "neither"),
    ("untyped_uli", "customer-support", DOC, "allow", "combine-rules", "no user type counts as external"),
    ("untyped_uli", "employee-portal", DOC, "deny", "combine-rules", "no user type does not count as internal"),
];

/// What the program said to one question.
struct Said {
    code: Option<i32>,
    body: Value,
    stderr: String,
}

impl Said {
    fn text(&self, field: &str) -> &str {
        self.body.get(field).and_then(Value::as_str).unwrap_or("")
    }

    fn answer(&self) -> (&str, &str) {
        (self.text("decision"), self.text("gate"))
    }

    /// The one step of that gate. Gate ids do not repeat within a target.
    fn step(&self, gate: &str) -> Option<&Value> {
        let steps = self.body.get("steps")?.as_array()?;
        let mut of_gate = steps.iter().filter(|step| step.get("gate").and_then(Value::as_str) == Some(gate));
        of_gate.next().filter(|_| of_gate.next().is_none())
    }
}

fn explain(fixture: &str, user: &str, target: &str, semantics: &str) -> Said {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture);
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk"))
        .args(["explain", user, target, "-C"])
        .arg(workspace)
        .args(["--semantics", semantics, "--format", "json"])
        .output()
        .expect("the binary runs");
    Said {
        code: output.status.code(),
        body: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Asks them all before failing, so that one run shows every wrong row.
fn ask(fixture: &str, questions: &[Question]) {
    let mut wrong = String::new();
    for &(user, target, semantics, decision, gate, why) in questions {
        let said = explain(fixture, user, target, semantics);
        let code = i32::from(decision == "deny");
        if said.answer() != (decision, gate) || said.code != Some(code) {
            let _ = writeln!(
                wrong,
                "{user} {target} ({semantics}): expected {decision} at {gate}, exit {code}: {why}\n  \
                 got {:?}, exit {:?}: {}{}",
                said.answer(),
                said.code,
                said.text("reason"),
                said.stderr,
            );
        }
    }
    assert!(wrong.is_empty(), "fixtures/{fixture}:\n{wrong}");
}

#[test]
fn acme_is_decided_as_by_hand() {
    ask("acme", ACME);
}

#[test]
fn the_overview_page_is_decided_as_by_hand() {
    ask("guide/overview", OVERVIEW);
}

#[test]
fn the_configuration_guide_is_decided_as_by_hand() {
    ask("guide/configure", CONFIGURE);
}

#[test]
fn the_deciding_step_points_at_the_value_in_the_file() {
    let mut wrong = String::new();
    for &(user, target, gate, file, line, column) in ACME_PLACES {
        let said = explain("acme", user, target, DOC);
        let source = said.step(gate).and_then(|step| step.get("source"));
        let field = |name: &str| source.and_then(|source| source.get(name));
        let place = (field("file").and_then(Value::as_str), field("line").and_then(Value::as_u64), field("column").and_then(Value::as_u64));
        if said.text("gate") != gate || place != (Some(file), Some(line), Some(column)) {
            let _ = writeln!(
                wrong,
                "{user} {target}: expected {gate} at {file}:{line}:{column}\n  \
                 got {} at {place:?} {}",
                said.text("gate"),
                said.stderr,
            );
        }
    }
    assert!(wrong.is_empty(), "fixtures/acme:\n{wrong}");
}

/// The export holds the same company in the forms in which Pika stores it.
#[test]
fn the_export_answers_as_the_yaml_does() {
    let mut wrong = String::new();
    for &(user, target, semantics, ..) in ACME {
        let yaml = explain("acme", user, target, semantics);
        let export = explain("pika-export", user, target, semantics);
        if yaml.answer().0.is_empty() || yaml.answer() != export.answer() || yaml.code != export.code {
            let _ = writeln!(
                wrong,
                "{user} {target} ({semantics}): {:?} in acme, {:?} in pika-export {}",
                yaml.answer(),
                export.answer(),
                export.stderr,
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
