//! The samples of the Thena Platform's permissions page, as JSON and as YAML, and what the page leads one to expect of them.
//!
//! No answer was taken from the program. What the samples leave out (`added`, `tickets`, `people`) is in `fixtures/thena-guide`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

const WORKSPACES: [&str; 2] = ["json", "yaml"];

/// When the questions are asked, where a row does not say otherwise.
const NOW: &str = "2026-03-01T12:00:00Z";

/// User, target, time, decision, deciding gate, and why.
type Question = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const QUESTIONS: &[Question] = &[
    // Access policy.
    ("agent-ari", "ticket:T-1#view", NOW, "allow", "policy-allow", "the first rule: a ticket of their own team"),
    ("lead-leo", "ticket:T-2#update", NOW, "allow", "policy-allow", "the second rule: a lead, and a ticket of their own team"),
    ("guard-gil", "ticket:T-6#comment", NOW, "allow", "policy-allow", "one of the ticket's two teams is theirs"),
    ("agent-ari", "ticket:T-1#update", NOW, "deny", "default-deny", "their own team, but neither a lead nor a senior agent"),
    ("visitor-val", "ticket:T-5#view", NOW, "deny", "default-deny", "no team, so there is nothing to compare with"),

    // Role definition.
    ("lead-lena", "ticket:T-3#delete", NOW, "allow", "role-permission", "payments is below support, and the pattern turns inheritance on"),
    ("lead-leo", "ticket:T-1#delete", NOW, "deny", "default-deny", "nothing is inherited upward"),
    ("lead-lena", "ticket:T-7#delete", NOW, "allow", "role-permission", "held in support, which inherits; what the vault between them says does not matter"),
    ("guard-gil", "ticket:T-7#view", NOW, "deny", "default-deny", "held in the vault, which does not pass anything on"),
    ("chief-cho", "ticket:T-3#update", NOW, "deny", "default-deny", "a lead of no team: `team_tickets` asks for a membership"),
    ("lead-lena", "team:support#manage_members", NOW, "allow", "role-permission", "her own team"),
    ("lead-lena", "team:payments#manage_members", NOW, "deny", "default-deny", "reached, but `assigned_teams` are those she is in herself"),
    ("deputy-dee", "team:payments#configure", NOW, "allow", "role-permission", "not a member, but assigned"),

    // Custom permission.
    ("senior-sue", "ticket:T-2#approve_high_priority", NOW, "allow", "custom-permission", "senior, and the ticket's priority is high"),
    ("senior-sue", "ticket:T-3#approve_high_priority", NOW, "deny", "default-deny", "the priority is low"),
    ("agent-ari", "ticket:T-2#approve_high_priority", NOW, "deny", "default-deny", "holds it too, but is no senior"),
    ("senior-sue", "ticket#approve_high_priority", NOW, "deny", "depends-on-instance", "some tickets have a high priority, others do not"),

    // POST /v1/roles.
    ("tech-tom", "ticket:T-4#update", NOW, "allow", "role-permission", "a technical ticket, in whatever team"),
    ("tech-tom", "ticket:T-2#view", NOW, "deny", "default-deny", "a billing ticket"),
    ("tech-tom", "ticket:T-6#view", NOW, "deny", "default-deny", "a ticket without a category meets no condition on it"),

    // Team-based access.
    ("lead-lena", "ticket:T-2#comment", NOW, "allow", "role-permission", "leads may not comment, but members may, below their team too"),
    ("deputy-dee", "ticket:T-2#comment", NOW, "allow", "escalation", "no member, but leads the team of a ticket of high priority"),
    ("deputy-dee", "ticket:T-3#comment", NOW, "deny", "default-deny", "the same team, a low priority"),
    ("chief-cho", "ticket:T-4#comment", NOW, "allow", "escalation", "the deadline was missed, and a lead of no team in particular leads all"),
    ("chief-cho", "ticket:T-6#comment", NOW, "deny", "default-deny", "neither condition holds"),
    ("chief-cho", "ticket:T-5#comment", NOW, "deny", "default-deny", "a high priority, but nobody's ticket"),

    // Progressive access.
    ("trainee-tia", "ticket:T-5#comment", NOW, "allow", "progressive-level", "in the first two weeks"),
    ("trainee-tia", "ticket:T-5#update", NOW, "deny", "default-deny", "not without training"),
    ("trainee-tia", "ticket#view", NOW, "allow", "progressive-level", "any ticket there could be"),
    ("trainee-tia", "ticket:T-5#view", "2026-03-06T08:59:59Z", "allow", "progressive-level", "the last second"),
    ("trainee-tia", "ticket:T-5#view", "2026-03-06T09:00:01Z", "deny", "default-deny", "two weeks are over"),
    ("trainee-tia", "ticket:T-5#view", "2026-02-20T08:59:59Z", "deny", "default-deny", "not yet begun"),
    ("late-lou", "ticket:T-5#view", NOW, "deny", "default-deny", "two weeks are over, and nothing was completed"),
    ("junior-jo", "ticket:T-5#update", NOW, "allow", "progressive-level", "trained; this level has no end"),
    ("almost-al", "ticket:T-5#update", NOW, "allow", "progressive-level", "trained, and one requirement short of the next level"),
    ("almost-al", "ticket:T-5#assign", NOW, "deny", "default-deny", "tenure without the metrics"),
    ("senior-sid", "ticket:T-5#assign", NOW, "allow", "progressive-level", "all requirements, in whatever order"),
    ("senior-sid", "ticket:T-5#delete", NOW, "deny", "default-deny", "no level has it"),
];

fn gatewalk(workspace: &str, arguments: &[&str]) -> Output {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", "thena-guide", workspace].iter().collect();
    Command::new(env!("CARGO_BIN_EXE_gatewalk")).args(arguments).arg("-C").arg(folder).output().expect("the binary runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_samples_are_valid() {
    for workspace in WORKSPACES {
        let output = gatewalk(workspace, &["validate"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{workspace}: {said}{}", stderr(&output));
    }
}

#[test]
fn the_page_is_decided_as_by_hand() {
    let mut wrong = String::new();
    for workspace in WORKSPACES {
        for &(user, target, at, decision, gate, why) in QUESTIONS {
            let output = gatewalk(workspace, &["check", user, target, "--at", at, "--format", "json"]);
            let body: Value = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
            let text = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or("").to_owned();
            let code = i32::from(decision == "deny");
            if (text("decision").as_str(), text("gate").as_str()) != (decision, gate) || output.status.code() != Some(code) {
                let _ = writeln!(
                    wrong,
                    "{workspace}: {user} {target} at {at}: expected {decision} at {gate}, exit {code}: {why}\n  \
                     got {} at {}, exit {:?}: {}{}",
                    text("decision"),
                    text("gate"),
                    output.status.code(),
                    text("reason"),
                    stderr(&output),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "fixtures/thena-guide:\n{wrong}");
}

/// Every cell of the two workspaces, as one line each.
fn cells(workspace: &str) -> Vec<String> {
    let targets = ["--target", "ticket#*", "--target", "ticket:*#*", "--target", "team#*", "--target", "team:*#*"];
    let arguments = [&["matrix", "--format", "ndjson", "--at", NOW], &targets[..]].concat();
    let output = gatewalk(workspace, &arguments);
    assert_eq!(output.status.code(), Some(0), "{workspace}: {}", stderr(&output));
    String::from_utf8(output.stdout).expect("the output is text").lines().map(str::to_owned).collect()
}

#[test]
fn json_and_yaml_answer_alike() {
    let (json, yaml) = (cells("json"), cells("yaml"));
    // 15 users; 7 actions on 7 tickets and on tickets as such, 3 on 4 teams and on teams as such.
    assert_eq!(json.len(), 15 * (7 * 8 + 3 * 5));
    let apart: Vec<String> = json.iter().zip(&yaml).filter(|(left, right)| left != right).map(|(l, r)| format!("{l}\n{r}\n")).collect();
    assert!(json.len() == yaml.len() && apart.is_empty(), "{} and {} cells\n{}", json.len(), yaml.len(), apart.concat());
}
