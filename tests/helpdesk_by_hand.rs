//! Questions over the help desk of `fixtures/helpdesk`, answered by hand from `docs/permissions.md` and the files.
//!
//! No answer was taken from the program: who reads a row can follow its reason in the YAML. The table says which row shows
//! which gate deciding which way.
//!
//! | gate                              | allow                                 | deny                                |
//! | --------------------------------- | ------------------------------------- | ----------------------------------- |
//! | `policy-*`, a priority above 0    | `lena ticket:T-3#update`              | `ada ticket:T-3#delete`             |
//! | `policy-*`, priority 0            | `c-anna ticket:T-1#view`              | `rosa ticket:T-7#approve_refund`    |
//! | `role-permission`                 | `paula ticket:T-1#delete`             | -                                   |
//! | `custom-permission`               | `rosa ticket:T-5#approve_refund`      | -                                   |
//! | `temporary-grant`                 | `theo ticket:T-1#delete`              | -                                   |
//! | `progressive-level`               | `tim ticket:T-1#comment`              | -                                   |
//! | `escalation`                      | `dirk ticket:T-25#comment`            | -                                   |
//! | `policy-*`, a priority below 0    | `c-anna article:A-1#view`             | `c-anna article:A-2#view`           |
//! | `depends-on-instance`             | -                                     | `ada ticket#delete`                 |
//! | `default-deny`                    | -                                     | `paula ticket:T-2#delete`           |

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// When most questions are asked.
const NOW: &str = "2026-03-01T12:00:00Z";
const A_SECOND_AGO: &str = "2026-03-01T11:59:59Z";

/// User, target, time, decision, deciding gate, and why.
type Question = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// User, target, deciding gate, and where the statement stands that decided: file, line and column. Always asked `NOW`.
type Place = (&'static str, &'static str, &'static str, &'static str, u64, u64);

#[rustfmt::skip]
const QUESTIONS: &[Question] = &[
    // Policies above the roles.
    ("ada", "ticket:T-3#delete", NOW, "deny", "policy-deny", "frozen: a super admin is stopped like anybody"),
    ("ada", "ticket:T-1#delete", NOW, "allow", "role-permission", "not frozen"),
    ("paula", "ticket:T-3#update", NOW, "deny", "policy-deny", "leads payments, but the ticket is frozen"),
    ("lena", "ticket:T-3#update", NOW, "allow", "policy-allow", "the hold (100) is outranked by counsel's exception (200)"),
    ("lena", "ticket:T-3#delete", NOW, "deny", "policy-deny", "the exception is for updates only"),
    ("lars", "ticket:T-3#update", NOW, "deny", "policy-deny", "counsel in the legal team only: `user.role` does not reach payments"),
    ("lars", "ticket:T-15#update", NOW, "allow", "policy-allow", "the ticket is the legal team's"),
    ("yann", "ticket:T-3#update", NOW, "deny", "policy-deny", "the level would allow it"),
    ("theo", "ticket:T-3#delete", NOW, "deny", "policy-deny", "an emergency does not lift the hold"),
    ("paula", "ticket:T-39#delete", NOW, "allow", "role-permission", "frozen is the text \"true\" there, and a text is no boolean"),

    // Policies among the roles.
    ("c-anna", "ticket:T-1#view", NOW, "allow", "policy-allow", "she asked for it"),
    ("c-bruno", "ticket:T-1#view", NOW, "deny", "default-deny", "not his, and who never started has no level, not even the first"),
    ("c-anna", "ticket:T-1#close", NOW, "deny", "default-deny", "requesters comment, they do not close"),
    ("c-anna", "invoice:I-1#view", NOW, "allow", "policy-allow", "her company's"),
    ("c-bruno", "invoice:I-2#view", NOW, "allow", "policy-allow", "00417 is compared as written, zeros and all"),
    ("c-bruno", "invoice:I-3#view", NOW, "deny", "default-deny", "417 is another account"),
    ("c-carla", "invoice:I-4#view", NOW, "allow", "policy-allow", "one of the two accounts is hers"),
    ("c-dan", "invoice:I-5#view", NOW, "deny", "default-deny", "an empty company is none, and neither side has an account"),
    ("rosa", "ticket:T-7#approve_refund", NOW, "deny", "policy-deny", "within her limit, but her own ticket"),
    ("auditor-lin", "ticket:T-22#export", NOW, "deny", "policy-deny", "the role has it, and outsiders export nothing"),
    ("pavel", "ticket:T-1#close", NOW, "allow", "policy-allow", "a senior agent of the ticket's team"),
    ("petra", "ticket:T-1#close", NOW, "deny", "default-deny", "her own ticket, but she is no senior"),
    ("paula", "ticket:T-2#close", NOW, "deny", "default-deny", "a member of fraud, and a lead, but the lead's role does not reach fraud"),
    ("paula", "ticket:T-10#close", NOW, "allow", "policy-allow", "the ticket is of payments too, and there she leads"),
    ("pavel", "ticket:T-5#close", NOW, "deny", "default-deny", "his role reaches refunds, but he is no member there"),
    ("chloe", "ticket:T-4#close", NOW, "allow", "policy-allow", "`user.role` knows of a role for a while too"),
    ("chloe", "ticket:T-4#close", A_SECOND_AGO, "deny", "default-deny", "still a junior agent"),

    // Roles in teams, and below them.
    ("paula", "ticket:T-1#delete", NOW, "allow", "role-permission", "leads payments"),
    ("paula", "ticket:T-4#delete", NOW, "allow", "role-permission", "cards is below payments, which passes its roles on"),
    ("paula", "ticket:T-2#delete", NOW, "deny", "default-deny", "leads payments, and only observes fraud"),
    ("carlo", "ticket:T-1#delete", NOW, "deny", "default-deny", "leads cards; payments is above"),
    ("ingrid", "ticket:T-1#delete", NOW, "allow", "role-permission", "manager, so head, so lead; emea passes on, and what emea-support says between does not matter"),
    ("ingrid", "ticket:T-2#export", NOW, "allow", "role-permission", "what a head may do, in fraud, three teams down"),
    ("ingrid", "ticket:T-9#delete", NOW, "deny", "default-deny", "technical is in the other region"),
    ("dario", "ticket:T-19#delete", NOW, "allow", "role-permission", "a ticket of the department itself"),
    ("dario", "ticket:T-1#delete", NOW, "deny", "default-deny", "emea-support does not pass its roles on"),
    ("tamsin", "ticket:T-16#delete", NOW, "allow", "role-permission", "disputes is two below emea-trust, which passes its roles on"),
    ("frida", "ticket:T-16#delete", NOW, "deny", "default-deny", "fraud says nothing, so it is off as the pattern has it"),
    ("lucia", "ticket:T-9#view", NOW, "deny", "default-deny", "americas-support says nothing either"),
    ("amara", "ticket:T-9#delete", NOW, "allow", "role-permission", "americas passes its roles on"),
    ("kenji", "ticket:T-13#view", NOW, "deny", "default-deny", "apac does not pass its roles on"),
    ("keiko", "ticket:T-13#delete", NOW, "allow", "role-permission", "apac-support does"),
    ("greta", "ticket:T-1#view", NOW, "deny", "default-deny", "to be in the company is to be in one team, not in all"),
    ("fay", "ticket:T-2#comment", NOW, "allow", "role-permission", "an observer who is listed is a member like the others"),
    ("pavel", "ticket:T-16#comment", NOW, "deny", "default-deny", "stands in for the lead of disputes, but is no member there"),
    ("viktor-vendor", "ticket:T-20#comment", NOW, "allow", "role-permission", "a team outside the organization has members too"),
    ("paula", "ticket:T-18#view", NOW, "deny", "default-deny", "a ticket without a team is in nobody's"),

    // Scopes.
    ("petra", "ticket:T-1#update", NOW, "allow", "role-permission", "her own ticket"),
    ("petra", "ticket:T-25#update", NOW, "deny", "default-deny", "a colleague's"),
    ("pavel", "ticket:T-26#update", NOW, "deny", "default-deny", "his own, but it was moved to fraud, where his role does not reach"),
    ("chloe", "ticket:T-33#update", A_SECOND_AGO, "allow", "role-permission", "one of its two owners"),
    ("sven", "ticket:T-38#update", NOW, "allow", "role-permission", "his own; the role of seniors brings that of juniors, everywhere"),
    ("sven", "ticket:T-1#update", NOW, "deny", "default-deny", "`team_tickets` of one who holds the role everywhere are those of his teams, and he has none"),
    ("dagny", "ticket:T-9#close", NOW, "allow", "role-permission", "on duty everywhere, and the scope narrows that to her team"),
    ("dagny", "ticket:T-1#close", NOW, "deny", "default-deny", "not her team"),
    ("dagny", "ticket:T-11#close", NOW, "deny", "default-deny", "hardware is below her team, which is not enough"),
    ("dirk", "ticket:T-19#close", NOW, "allow", "role-permission", "held in a team, the same scope is what the role reaches"),
    ("vera-vendor", "ticket:T-20#update", NOW, "allow", "role-permission", "her own team"),
    ("vera-vendor", "ticket:T-4#update", NOW, "allow", "role-permission", "assigned to cards"),
    ("viktor-vendor", "ticket:T-4#update", NOW, "deny", "default-deny", "not assigned to cards"),
    ("paula", "team:payments#manage_members", NOW, "allow", "role-permission", "a team is in itself, and she is assigned to it"),
    ("paula", "team:cards#manage_members", NOW, "deny", "default-deny", "reached, but not hers"),
    ("paula", "team:fraud#manage_members", NOW, "deny", "default-deny", "hers, but not reached: she observes there"),
    ("ingrid", "team:payments#view", NOW, "allow", "role-permission", "a manager's own permission has no scope"),
    ("ingrid", "team:payments#configure", NOW, "deny", "default-deny", "a lead's has: she is in emea only"),
    ("pim", "article:A-3#view", NOW, "allow", "role-permission", "listed as a team member"),
    ("petra", "article:A-3#view", NOW, "deny", "default-deny", "a member by the pattern, whose scope is tickets"),
    ("ingrid", "article:A-3#publish", NOW, "allow", "role-permission", "a head's articles are those that are reached"),

    // Conditions of roles.
    ("tess", "ticket:T-9#update", NOW, "allow", "role-permission", "a technical ticket of her team"),
    ("tess", "ticket:T-17#update", NOW, "deny", "default-deny", "her team, but mere feedback"),
    ("tess", "ticket:T-11#update", NOW, "deny", "default-deny", "technical, but hardware's, and technical keeps to itself"),
    ("tess", "ticket:T-35#update", NOW, "allow", "role-permission", "one of its categories is technical, and one of its teams is hers"),
    ("billie", "ticket:T-1#update", NOW, "allow", "role-permission", "billing, wherever"),
    ("billie", "ticket:T-2#update", NOW, "deny", "default-deny", "neither billing nor refund"),

    // Custom permissions.
    ("rosa", "ticket:T-5#approve_refund", NOW, "allow", "custom-permission", "120 of at most 500"),
    ("rosa", "ticket:T-6#approve_refund", NOW, "deny", "default-deny", "900 of at most 500"),
    ("ramon", "ticket:T-5#approve_refund", NOW, "allow", "custom-permission", "120.00 is exactly his 120"),
    ("rosa", "ticket:T-36#approve_refund", NOW, "deny", "default-deny", "the amount is a text, which compares with no number"),
    ("pavel", "ticket:T-5#approve_refund", NOW, "deny", "default-deny", "reached, but without a limit there is nothing to compare with"),
    ("billie", "ticket:T-6#approve_refund", NOW, "allow", "custom-permission", "given to her, everywhere"),
    ("sven", "ticket:T-5#approve_refund", NOW, "allow", "custom-permission", "brought by the role, and it has no scope that would stop him"),
    ("felix", "ticket:T-2#merge", NOW, "allow", "custom-permission", "added to the role of seniors"),
    ("felix", "ticket:T-23#merge", NOW, "deny", "default-deny", "closed"),
    ("noor", "ticket:T-13#page_on_call", NOW, "allow", "custom-permission", "the night shift's; high, and one of the tags fits"),
    ("noor", "ticket:T-27#page_on_call", NOW, "deny", "default-deny", "no tag fits"),

    // For a while.
    ("pavel", "ticket:T-16#delete", NOW, "allow", "temporary-grant", "stands in for the lead of disputes"),
    ("pavel", "team:disputes#configure", NOW, "allow", "temporary-grant", "assigned to disputes while it lasts"),
    ("pavel", "team:disputes#configure", "2026-03-16T06:59:59Z", "allow", "temporary-grant", "the last second, an hour behind the clock in the file"),
    ("pavel", "team:disputes#configure", "2026-03-16T07:00:00Z", "deny", "default-deny", "exactly at `expires`"),
    ("chloe", "ticket:T-4#delete", A_SECOND_AGO, "deny", "default-deny", "a second before `notBefore`"),
    ("chloe", "ticket:T-4#delete", NOW, "allow", "temporary-grant", "exactly at `notBefore`"),
    ("auditor-lou", "ticket:T-22#view", A_SECOND_AGO, "allow", "temporary-grant", "a second before `expires`"),
    ("auditor-lou", "ticket:T-22#view", NOW, "deny", "default-deny", "exactly at `expires`"),
    ("auditor-lou", "ticket:T-22#view", "2026-02-01T00:00:00Z", "allow", "temporary-grant", "a date alone is its first instant"),
    ("auditor-lou", "ticket:T-22#view", "2026-01-31T23:59:59Z", "deny", "default-deny", "the day before"),
    ("auditor-lin", "ticket:T-34#view", NOW, "allow", "temporary-grant", "closed at the first instant of the year"),
    ("auditor-lin", "ticket:T-23#view", NOW, "deny", "default-deny", "closed last year"),
    ("auditor-lin", "ticket:T-1#view", NOW, "deny", "default-deny", "not closed at all"),
    ("nils", "ticket:T-13#assign", NOW, "deny", "default-deny", "an expired grant is as none, super admin or not"),
    ("nils", "ticket:T-13#assign", "2026-02-14T23:59:59Z", "allow", "temporary-grant", "it was there"),
    ("rui", "ticket:T-6#delete", NOW, "deny", "default-deny", "leads refunds from April"),
    ("rui", "ticket:T-6#delete", "2026-04-01T00:00:00Z", "allow", "temporary-grant", "it is April"),
    ("fay", "ticket:T-23#sample_for_audit", NOW, "allow", "temporary-grant", "added to the role for the audit, so it is for a while though she is not"),
    ("fay", "ticket:T-23#sample_for_audit", "2026-03-09T00:00:00Z", "deny", "default-deny", "the audit is over"),
    ("paula", "ticket:T-22#sample_for_audit", NOW, "deny", "default-deny", "an observer in fraud, not in payments"),
    ("sven", "ticket:T-1#flag_for_review", NOW, "allow", "temporary-grant", "open"),
    ("sven", "ticket:T-18#flag_for_review", NOW, "deny", "default-deny", "no status at all, which is not a status other than closed"),

    // For a project.
    ("contractor-kim", "ticket:T-14#update", NOW, "allow", "temporary-grant", "of the project"),
    ("contractor-kim", "ticket:T-17#update", NOW, "allow", "temporary-grant", "of two projects, one of them the right one"),
    ("contractor-kim", "ticket:T-1#update", NOW, "deny", "default-deny", "of no project"),
    ("felix", "ticket:T-31#update", NOW, "allow", "role-permission", "the project would do, and what he is anyway comes first"),
    ("felix", "ticket:T-17#update", NOW, "deny", "default-deny", "the project, but another team"),
    ("hana", "ticket:T-32#update", NOW, "allow", "temporary-grant", "a project of her team"),
    ("hana", "ticket:T-11#update", NOW, "deny", "default-deny", "her team, but not the project"),

    // In an emergency.
    ("theo", "ticket:T-1#delete", NOW, "allow", "temporary-grant", "super admin since the outage"),
    ("theo", "ticket:T-9#delete", NOW, "allow", "role-permission", "his own team's, as ever"),
    ("theo", "ticket:T-1#delete", "2026-03-02T06:00:00Z", "deny", "default-deny", "the emergency is over"),
    ("hana", "ticket:T-9#update", NOW, "allow", "temporary-grant", "an emergency counts as one for a while, even without an end"),

    // Levels.
    ("tim", "ticket:T-1#comment", NOW, "allow", "progressive-level", "a trainee in the second week"),
    ("tim", "ticket:T-1#update", NOW, "deny", "default-deny", "not trained yet"),
    ("tim", "ticket:T-1#comment", "2026-03-06T08:59:59Z", "allow", "progressive-level", "the last second of two weeks"),
    ("tim", "ticket:T-1#comment", "2026-03-06T09:00:00Z", "deny", "default-deny", "two weeks are over"),
    ("tora", "ticket:T-1#view", NOW, "deny", "default-deny", "the two weeks are over, and the shadow's level, which has no end, does not step in"),
    ("silke", "ticket:T-1#view", NOW, "allow", "progressive-level", "a shadow"),
    ("silke", "ticket:T-1#update", NOW, "deny", "default-deny", "training counts for nothing without the briefing before it"),
    ("yann", "ticket:T-1#update", NOW, "allow", "progressive-level", "briefed and trained"),
    ("yann", "ticket:T-1#assign", NOW, "deny", "default-deny", "no senior"),
    ("yuki", "ticket:T-1#assign", NOW, "allow", "progressive-level", "everything completed, in whatever order"),
    ("wanda", "ticket:T-1#view", NOW, "deny", "default-deny", "begins next week"),
    ("wanda", "ticket:T-1#comment", "2026-03-09T00:00:00Z", "allow", "progressive-level", "begins now"),

    // Escalation.
    ("dirk", "ticket:T-25#comment", NOW, "allow", "escalation", "urgent, and payments is below the team of which he is the officer, whatever it passes on"),
    ("dirk", "ticket:T-33#comment", NOW, "allow", "escalation", "cards is further below"),
    ("dirk", "ticket:T-25#flag_for_review", NOW, "allow", "escalation", "members flag, as their role brings it"),
    ("dirk", "ticket:T-25#update", NOW, "deny", "default-deny", "members do not update"),
    ("dirk", "ticket:T-1#comment", NOW, "deny", "default-deny", "neither urgent nor late"),
    ("dirk", "ticket:T-9#comment", NOW, "deny", "default-deny", "late, but in the other region"),
    ("dirk", "ticket:T-40#comment", NOW, "deny", "default-deny", "late, but the department beside his"),
    ("dagny", "ticket:T-25#comment", NOW, "allow", "escalation", "the officer of every team"),
    ("dagny", "ticket:T-8#comment", NOW, "deny", "default-deny", "urgent, but a ticket without a team never escalates"),
    ("dagny", "ticket:T-30#comment", NOW, "deny", "default-deny", "an empty list of teams is no team"),

    // Policies below the roles.
    ("c-anna", "article:A-1#view", NOW, "allow", "policy-allow", "public"),
    ("c-anna", "article:A-2#view", NOW, "deny", "policy-deny", "public, and a draft, which ranks higher"),
    ("c-anna", "article:A-3#view", NOW, "deny", "default-deny", "internal"),
    ("pim", "article:A-4#view", NOW, "allow", "role-permission", "a draft of his team; the role comes before the policy"),
    ("petra", "article:A-4#view", NOW, "deny", "policy-deny", "a draft, and no role of hers has articles"),
    ("dario", "ticket{team_id=payments}#create", NOW, "allow", "policy-allow", "any of us may report, when nothing else decides"),

    // Any ticket there could be.
    ("ada", "ticket#view", NOW, "allow", "role-permission", "nothing is kept from her"),
    ("ada", "ticket#delete", NOW, "deny", "depends-on-instance", "unless it is frozen"),
    ("paula", "ticket#delete", NOW, "deny", "depends-on-instance", "if it is of her team, and not frozen"),
    ("tim", "ticket#view", NOW, "allow", "progressive-level", "a level asks for nothing"),
    ("tim", "ticket#update", NOW, "deny", "default-deny", "no ticket at all"),
    ("c-anna", "ticket#view", NOW, "deny", "depends-on-instance", "hers, or not"),
    ("c-anna", "ticket#delete", NOW, "deny", "default-deny", "none; the hold is on the frozen ones only"),
    ("c-anna", "article#view", NOW, "deny", "depends-on-instance", "public or not, draft or not"),
    ("c-dan", "invoice#view", NOW, "deny", "default-deny", "without a company there is no invoice that could be his"),
    ("contractor-kim", "ticket#export", NOW, "deny", "policy-deny", "one rule denies outsiders every export"),
    ("lena", "ticket#create", NOW, "allow", "policy-allow", "counsel everywhere, so frozen ones too"),
    ("lars", "ticket#create", NOW, "deny", "depends-on-instance", "frozen ones in the legal team only"),
    ("osman", "team#configure", NOW, "allow", "role-permission", "every team there is"),
    ("paula", "team#manage_members", NOW, "deny", "depends-on-instance", "hers, or not"),

    // Users and resources that are nowhere defined.
    ("{userType: internal-user, roles: [billing_admin]}", "invoice:I-1#view", NOW, "allow", "role-permission", "one's own roles count everywhere"),
    ("{userType: external-user}", "article:A-1#view", NOW, "allow", "policy-allow", "public"),
    ("{userType: internal-user, progress: {startedAt: 2026-02-25T00:00:00Z}}", "ticket:T-1#view", NOW, "allow", "progressive-level", "a shadow"),
    ("paula", "ticket{team_id=payments,frozen=true}#create", NOW, "deny", "policy-deny", "nothing is born frozen"),
    ("paula", "ticket{team_id=payments,frozen=false}#create", NOW, "allow", "role-permission", "not frozen"),
    ("paula", "ticket{team_id=payments,frozen='true'}#create", NOW, "allow", "role-permission", "quoted, it is a text"),
    ("lena", "ticket{team_id=payments,frozen=true}#create", NOW, "allow", "policy-allow", "counsel says so, and any of us may report"),
    ("paula", "ticket{team_id=[fraud, cards]}#delete", NOW, "allow", "role-permission", "cards is below payments"),
    ("c-anna", "ticket{requester=c-anna}#create", NOW, "allow", "policy-allow", "in her own name"),
    ("c-anna", "ticket{requester=c-bruno}#create", NOW, "deny", "default-deny", "in another's"),
    ("rosa", "ticket{team_id=refunds,category=refund,amount=500.0}#approve_refund", NOW, "allow", "custom-permission", "exactly her limit"),

    // The chat apps beside the desk.
    ("c-anna", "help-bot", NOW, "allow", "combine-rules", "a customer"),
    ("paula", "help-bot", NOW, "deny", "combine-rules", "staff"),
    ("paula", "chat-app:agent-assist#use", NOW, "allow", "combine-rules", "staff; the long name of the same app"),
    ("c-anna", "chat-app:agent-assist#use", NOW, "deny", "combine-rules", "a customer"),
    ("ada", "admin-console", NOW, "allow", "combine-rules", "super admin in the directory"),
    ("theo", "admin-console", NOW, "deny", "combine-rules", "super admin by assignment, which chat apps do not know of"),
];

/// User, target, and why there is no answer.
#[rustfmt::skip]
const UNKNOWN: &[(&str, &str, &str)] = &[
    ("paula", "ticket:T-999#view", "no such ticket"),
    ("paula", "ticket:T-1#archive", "no such action"),
    ("paula", "ticket#archive", "no such action on any ticket"),
    ("paula", "article:A-1#merge", "an action of tickets"),
    ("paula", "team:marketing#view", "no such team"),
    ("paula", "memo#view", "no such type"),
    ("paula", "memo:M-1#view", "no such type, so no such memo"),
    ("paula", "memo{team_id=payments}#view", "no such type, whatever its attributes"),
    ("paula", "chat-app:hr-assistant#use", "no such app"),
    ("paul", "ticket:T-1#view", "no such user"),
];

/// Lines and columns were counted in the files. A statement that is a mapping in block style stands where its first key does,
/// one in braces where they open.
#[rustfmt::skip]
const PLACES: &[Place] = &[
    // The role's entry, whoever brings the role.
    ("ada", "ticket:T-1#view", "role-permission", "permissions/roles.yaml", 7, 7),
    ("ada", "ticket#view", "role-permission", "permissions/roles.yaml", 7, 7),
    ("theo", "ticket:T-1#delete", "temporary-grant", "permissions/roles.yaml", 7, 7),
    ("billie", "ticket:T-1#update", "role-permission", "permissions/roles.yaml", 33, 7),
    ("ingrid", "team:payments#view", "role-permission", "permissions/roles.yaml", 57, 7),
    ("ingrid", "ticket:T-1#delete", "role-permission", "permissions/roles.yaml", 99, 7),
    ("paula", "ticket:T-1#delete", "role-permission", "permissions/roles.yaml", 99, 7),
    ("chloe", "ticket:T-4#delete", "temporary-grant", "permissions/roles.yaml", 99, 7),
    ("paula", "team:payments#manage_members", "role-permission", "permissions/roles.yaml", 96, 7),
    ("dagny", "ticket:T-9#close", "role-permission", "permissions/roles.yaml", 64, 7),
    ("contractor-kim", "ticket:T-14#update", "temporary-grant", "permissions/roles.yaml", 88, 7),
    ("fay", "ticket:T-2#comment", "role-permission", "permissions/roles.yaml", 107, 7),
    // Observer and member by the same team: `observer` comes first in the alphabet.
    ("fay", "ticket:T-2#view", "role-permission", "permissions/roles.yaml", 119, 7),
    ("petra", "ticket:T-1#update", "role-permission", "permissions/roles.yaml", 136, 7),
    // His own ticket too, but what he is comes before what that inherits.
    ("pavel", "ticket:T-14#update", "role-permission", "permissions/roles.yaml", 129, 7),
    ("tess", "ticket:T-9#update", "role-permission", "permissions/roles.yaml", 141, 7),
    // The custom permission, not what brings it.
    ("rosa", "ticket:T-5#approve_refund", "custom-permission", "permissions/permissions.yaml", 3, 3),
    ("felix", "ticket:T-2#merge", "custom-permission", "permissions/permissions.yaml", 14, 3),
    ("noor", "ticket:T-13#page_on_call", "custom-permission", "permissions/permissions.yaml", 20, 3),
    ("fay", "ticket:T-23#sample_for_audit", "temporary-grant", "permissions/permissions.yaml", 25, 3),
    // The policy's rule.
    ("lena", "ticket:T-3#update", "policy-allow", "permissions/policies.yaml", 7, 9),
    ("ada", "ticket:T-3#delete", "policy-deny", "permissions/policies.yaml", 16, 9),
    ("paula", "ticket{team_id=payments,frozen=true}#create", "policy-deny", "permissions/policies.yaml", 22, 9),
    ("contractor-kim", "ticket#export", "policy-deny", "permissions/policies.yaml", 38, 9),
    ("c-anna", "ticket:T-1#view", "policy-allow", "permissions/policies.yaml", 47, 9),
    ("c-bruno", "invoice:I-2#view", "policy-allow", "permissions/policies.yaml", 52, 9),
    ("c-anna", "article:A-2#view", "policy-deny", "permissions/policies.yaml", 71, 9),
    ("c-anna", "article:A-1#view", "policy-allow", "permissions/policies.yaml", 80, 9),
    ("dario", "ticket{team_id=payments}#create", "policy-allow", "permissions/policies.yaml", 89, 9),
    // The escalation, and the level.
    ("dirk", "ticket:T-25#comment", "escalation", "permissions/patterns.yaml", 10, 7),
    ("silke", "ticket:T-1#view", "progressive-level", "permissions/patterns.yaml", 17, 9),
    ("tim", "ticket:T-1#comment", "progressive-level", "permissions/patterns.yaml", 19, 9),
];

fn check(user: &str, target: &str, at: &str) -> Output {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join("helpdesk");
    Command::new(env!("CARGO_BIN_EXE_gatewalk"))
        .args(["check", user, target, "-C"])
        .arg(workspace)
        .args(["--at", at, "--format", "json"])
        .output()
        .expect("the binary runs")
}

fn body(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

fn text<'v>(body: &'v Value, field: &str) -> &'v str {
    body.get(field).and_then(Value::as_str).unwrap_or("")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asks them all before failing, so that one run shows every wrong row.
#[test]
fn the_desk_is_decided_as_by_hand() {
    let mut wrong = String::new();
    for &(user, target, at, decision, gate, why) in QUESTIONS {
        let output = check(user, target, at);
        let said = body(&output);
        let code = i32::from(decision == "deny");
        if (text(&said, "decision"), text(&said, "gate")) != (decision, gate) || output.status.code() != Some(code) {
            let _ = writeln!(
                wrong,
                "{user} {target} at {at}: expected {decision} at {gate}, exit {code}: {why}\n  got {} at {}, exit {:?}: {}{}",
                text(&said, "decision"),
                text(&said, "gate"),
                output.status.code(),
                text(&said, "reason"),
                stderr(&output),
            );
        }
    }
    assert!(wrong.is_empty(), "fixtures/helpdesk:\n{wrong}");
}

#[test]
fn what_is_not_defined_has_no_answer() {
    let mut wrong = String::new();
    for &(user, target, why) in UNKNOWN {
        let output = check(user, target, NOW);
        if output.status.code() != Some(2) || !output.stdout.is_empty() || output.stderr.is_empty() {
            let said = String::from_utf8_lossy(&output.stdout);
            let _ = writeln!(wrong, "{user} {target}: {why}\n  got exit {:?}: {said}{}", output.status.code(), stderr(&output));
        }
    }
    assert!(wrong.is_empty(), "fixtures/helpdesk:\n{wrong}");
}

#[test]
fn the_answer_points_at_the_statement_in_the_file() {
    let mut wrong = String::new();
    for &(user, target, gate, file, line, column) in PLACES {
        let output = check(user, target, NOW);
        let said = body(&output);
        let field = |name: &str| said.get("source").and_then(|source| source.get(name));
        let place = (field("file").and_then(Value::as_str), field("line").and_then(Value::as_u64), field("column").and_then(Value::as_u64));
        if text(&said, "gate") != gate || place != (Some(file), Some(line), Some(column)) {
            let _ = writeln!(
                wrong,
                "{user} {target}: expected {gate} at {file}:{line}:{column}\n  got {} at {place:?} {}",
                text(&said, "gate"),
                stderr(&output),
            );
        }
    }
    assert!(wrong.is_empty(), "fixtures/helpdesk:\n{wrong}");
}

/// The rows above are also what shows that the fixture has something of everything.
#[test]
fn every_gate_decides_in_every_direction() {
    let decides = |decision: &str, gate: &str| QUESTIONS.iter().any(|row| (row.3, row.4) == (decision, gate));
    for gate in ["policy-allow", "role-permission", "custom-permission", "temporary-grant", "progressive-level", "escalation"] {
        assert!(decides("allow", gate), "{gate}");
    }
    for gate in ["policy-deny", "depends-on-instance", "default-deny"] {
        assert!(decides("deny", gate), "{gate}");
    }
}
