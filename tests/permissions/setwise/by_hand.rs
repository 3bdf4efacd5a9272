//! Small worlds that are hard on a walk of many resources at a time: rules that look at the user's own id, and limits of every kind.

use gatewalk::compile::Target as Asked;
use gatewalk::model::User;
use gatewalk::report::Matrix;
use gatewalk::walk::{Subject, WhatIf};

use super::{agree, model_of, question};

const NOON: &str = "2026-03-02T12:00:00Z";

/// Three users, of whom the first two are agents; the tickets are theirs, nobody's, and of users who do not exist.
const DESK: &str = r"
resources: [{resource: ticket, permissions: [view, update]}]
teams:
  - {team: top, inheritance: true, members: [{user: cy, role: idle}]}
  - {team: mid, parent: top, members: [{user: ana, role: idle}]}
  - {team: low, parent: mid, members: [{user: bo, role: idle}]}
instances:
  - {resource: ticket, id: T-ana, attributes: {owner: ana, assignee: bo, team_id: low, amount: 5}}
  - {resource: ticket, id: T-bo, attributes: {owner: bo, assignee: bo, team_id: mid, amount: 10.0, project: zeus}}
  - {resource: ticket, id: T-both, attributes: {owner: [ana, bo], team_id: [top, low], amount: [1, 20]}}
  - {resource: ticket, id: T-number, attributes: {owner: 42, assignee: 42, project: [zeus, apollo], team_id: top}}
  - {resource: ticket, id: T-none, attributes: {owner: ghost, assignee: ghost}}
  - {resource: ticket, id: T-empty, attributes: {owner: [], team_id: []}}
  - {resource: ticket, id: T-bare}
";

const USERS: &str = r#"
- {userId: ana, userType: internal-user, entity: acme, attributes: {limit: 10, nick: bo}}
- {userId: bo, userType: external-user, attributes: {limit: 10.00, nick: [ana, ghost]}, progress: {startedAt: 2026-03-01, completed: [training]}}
- {userId: cy, attributes: {limit: "10"}}
- {userId: "42", roles: [agent], entity: globex}
"#;

/// Who is allowed to view which tickets by a rule set; the walks agree about that and more.
fn viewed(rules: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("permissions")).expect("a folder");
    let files = [("users.yaml", USERS), ("permissions/desk.yaml", DESK), ("permissions/rules.yaml", rules)];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let model = model_of(folder.path()).expect(rules);
    let at = NOON.parse().expect("a time");
    let suppositions = [
        WhatIf::default(),
        WhatIf { with_roles: vec!["agent".to_owned(), "lead".to_owned()], ..WhatIf::default() },
        WhatIf { without_roles: vec!["agent".to_owned()], entity: Some("bo".to_owned()), ..WhatIf::default() },
    ];
    for supposed in suppositions {
        agree(&model, &question(at, supposed)).unwrap_or_else(|problem| panic!("{problem}\n{rules}"));
    }
    let question = question(at, WhatIf::default());
    let ids: Vec<&str> = model.permissions().instances("ticket").map(|instance| &*instance.id.value).collect();
    let target = |id: &&str| Asked::Instance { kind: "ticket".to_owned(), id: (*id).to_owned(), action: "view".to_owned() };
    let targets: Vec<Asked> = ids.iter().map(target).collect();
    let users: Vec<&User> = model.users().iter().collect();
    let matrix = Matrix::new(&model, &question, users, &targets).expect("the targets exist");
    let line = |user: &&User| {
        let subject = Subject::new(&model, user, question.semantics, &question.what_if);
        let decisions = matrix.decider().decide(&subject).to_vec();
        let row = decisions.iter().zip(&ids);
        let seen: Vec<&str> = row.filter(|(decision, _)| decision.allowed).map(|(_, id)| id.trim_start_matches("T-")).collect();
        (!seen.is_empty()).then(|| format!("{}: {}", subject.name(), seen.join(" ")))
    };
    matrix.users().iter().filter_map(line).collect::<Vec<_>>().join("; ")
}

/// The rule set with a role `agent` that ana and bo hold, which gives what `permission` says.
fn role(permission: &str) -> String {
    format!(
        "roles:\n  - {{role: idle, permissions: []}}\n  - {{role: lead, inherits: [agent]}}\n  - {{role: agent, permissions: [{permission}]}}\nassignments: [{{user: ana, role: agent}}, {{user: bo, role: agent}}]\n"
    )
}

/// The rule set with a policy that allows viewing under conditions.
fn policy(conditions: &str) -> String {
    let rules = "{effect: allow, actions: [view], resources: [ticket], conditions: ";
    format!("{}policies: [{{name: p, rules: [{rules}{conditions}}}]}}]\n", role("{resource: ticket, actions: [update], scope: own}"))
}

fn allowed(rules: &str, expected: &str) {
    assert_eq!(viewed(rules), expected, "{rules}");
}

#[test]
fn two_own_one_ticket_and_some_tickets_are_owned_by_nobody() {
    allowed(&role("{resource: ticket, actions: [view], scope: own}"), "ana: ana both; bo: bo both; 42: number");
}

#[test]
fn the_users_id_is_compared_with_any_attribute() {
    allowed(&policy("{assignee: '${user.id}'}"), "bo: ana bo; 42: number");
    allowed(&policy("{owner: {in: '${user.id}'}, amount: {ne: 10}, team_id: low}"), "ana: ana both; bo: both");
}

#[test]
fn other_ids_are_those_that_are_there_and_not_the_users() {
    let all = "ana: bo empty none number; bo: ana empty none number; cy: ana bo both empty none number; 42: ana bo both empty none";
    allowed(&policy("{owner: {ne: '${user.id}'}}"), all);
    allowed(&policy("{assignee: {notIn: ['${user.id}', ghost]}, user.id: cy}"), "cy: ana bo number");
}

#[test]
fn ids_are_compared_with_what_a_rule_names() {
    allowed(&policy("{user.id: [bo, nobody], owner: bo}"), "bo: bo both");
    allowed(&policy("{user.id: {notIn: [ana, bo]}, owner: {exists: false}}"), "cy: bare; 42: bare");
    allowed(&policy("{user.id: {glob: '?*', notIn: [cy, '42']}, owner: 42}"), "ana: number; bo: number");
    allowed(&policy("{user.id: {lt: a}, owner: {gt: 42, lt: b}}"), "42: ana both");
}

#[test]
fn attributes_of_users_can_be_like_ids() {
    allowed(&policy("{owner: '${user.nick}'}"), "ana: bo both; bo: ana both none");
    allowed(&policy("{amount: {lte: '${user.limit}'}}"), "ana: ana bo both; bo: ana bo both");
    allowed(&policy("{amount: '${user.limit}'}"), "ana: bo; bo: bo");
    allowed(&policy("{project: '${user.entity}'}"), "");
}

const IDLE: &str = "{role: idle, permissions: []}, {role: lead, inherits: [agent]}";

#[test]
fn roles_reach_some_tickets() {
    let held = format!(
        "roles: [{IDLE}, {{role: agent, permissions: [{{resource: ticket, actions: [update]}}]}}]
assignments: [{{user: ana, team: top, role: agent}}, {{user: bo, team: mid, role: lead}}]
policies: [{{name: p, rules: [{{effect: allow, actions: [view], resources: [ticket], conditions: "
    );
    let all = "ana: ana bo both number; bo: bo; 42: ana bare bo both empty none number";
    allowed(&format!("{held}{{user.role: agent}}}}]}}]\n"), all);
    let others = "ana: empty; bo: ana both empty number; cy: ana bo both empty number";
    allowed(&format!("{held}{{user.role: {{ne: agent}}, team_id: {{exists: true}}}}}}]}}]\n"), others);
}

#[test]
fn projects_and_windows_limit_what_is_held_in_teams() {
    let with = |assignments: &str| {
        let viewing = "{resource: ticket, actions: [view], scope: assigned_teams}";
        format!("roles: [{IDLE}, {{role: agent, permissions: [{viewing}]}}]\nassignments: [{assignments}]\n")
    };
    let projects = with("{user: ana, role: agent, project: zeus}, {user: bo, role: lead}, {user: cy, role: agent, project: apollo}");
    allowed(&projects, "ana: bo; bo: ana both; cy: number");
    let over = "{user: ana, role: agent, expires: 2026-03-02T12:00:00Z}, {user: bo, role: agent, notBefore: 2026-03-03}";
    allowed(&with(&format!("{over}, {{user: cy, role: agent, notBefore: 2026-03-02T12:00:00Z}}")), "cy: both number");
}

#[test]
fn levels_give_and_breaches_escalate() {
    let levels = format!(
        "roles: [{IDLE}, {{role: agent, permissions: [{{resource: ticket, actions: [update]}}]}}]
patterns: {{progressive_access: {{levels: [{{name: one, permissions: [view], requirements: [training], duration: 2_days}}]}}}}\n"
    );
    allowed(&levels, "bo: ana bare bo both empty none number");
    let raised = "
roles:
  - {role: idle, permissions: [{resource: ticket, actions: [view], scope: own}]}
  - {role: lead, inherits: [agent]}
  - {role: agent, permissions: []}
assignments: [{user: bo, team: mid, role: lead}, {user: ana, role: lead, project: zeus}]
conditions: {big: {amount: {gte: 10}}}
patterns: {team_based_access: {base_role: idle, escalation: {conditions: [big], escalate_to: lead}}}
";
    allowed(raised, "ana: bo; bo: bo both");
}

/// More users than are asked beforehand what they ask, each with a limit that no other has.
#[test]
fn limits_of_their_own() {
    let users: Vec<String> = (0..2500).map(|at| format!("- {{userId: u{at}, attributes: {{limit: {at}}}}}\n")).collect();
    let members: Vec<String> = (0..2500).map(|at| format!("{{user: u{at}, role: agent}}")).collect();
    let teams: Vec<String> =
        members.chunks(500).enumerate().map(|(at, some)| format!("  - {{team: t{at}, members: [{}]}}\n", some.join(", "))).collect();
    let ticket = |at: usize| {
        let kind = if at.is_multiple_of(3) { "billing" } else { "other" };
        format!(
            "  - {{resource: ticket, id: T-{at:02}, attributes: {{team_id: t{}, amount: {}, kind: {kind}, label: a{}}}}}\n",
            at % 5,
            at * 97,
            at % 4
        )
    };
    let tickets: Vec<String> = (0..30).map(ticket).collect();
    let rules = "
resources: [{resource: ticket, permissions: [view, refund]}]
roles:
  - role: agent
    permissions:
      - {resource: ticket, actions: [view], conditions: {amount: {gt: '${user.limit}', ne: '${user.limit}'}}}
      - {resource: ticket, actions: [refund], conditions: {kind: billing, amount: {lte: '${user.limit}'}}}
policies:
  - {name: large, rules: [{effect: deny, actions: [view], resources: [ticket], conditions: {user.limit: {lt: 100}, amount: {gte: '${user.limit}'}, label: a1}}]}
";
    let folder = tempfile::tempdir().expect("a folder");
    let permissions = format!("{rules}teams:\n{}instances:\n{}", teams.concat(), tickets.concat());
    for (name, text) in [("users.yaml", users.concat()), ("permissions.yaml", permissions)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let model = model_of(folder.path()).expect("a world");
    agree(&model, &question(NOON.parse().expect("a time"), WhatIf::default())).expect("the walks agree");
}
