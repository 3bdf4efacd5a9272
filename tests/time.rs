//! Times in permissions: the edges of windows and levels, offsets, days on which clocks change, dates alone.
//!
//! Every answer was worked out by hand; the reason stands beside it.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

const WORKSPACE: &str = r#"
resources:
  - {resource: ticket, permissions: [view, close]}
roles:
  - role: agent
    permissions:
      - {resource: ticket, actions: [view]}
permissions:
  - {name: late, resource: ticket, actions: [close], conditions: {due: {gt: 2026-03-29T01:30:00+00:00}}}
users:
  - {userId: winter}
  - {userId: missing-hour}
  - {userId: double-hour}
  - {userId: dates}
  - {userId: seconds}
  - {userId: nothing}
  - {userId: open-end}
  - {userId: open-begin}
  - {userId: closer}
  - {userId: trainee, progress: {startedAt: 2026-03-20T09:00:00+01:00}}
  - {userId: senior, progress: {startedAt: 2026-03-20T09:00:00+01:00, completed: [course]}}
  - {userId: forever, progress: {startedAt: "9999-12-30T21:00:00Z"}}
assignments:
  # 02:00 to 03:00 does not exist in Berlin on this day: this window is one hour.
  - {user: missing-hour, role: agent, notBefore: 2026-03-29T01:30:00+01:00, expires: 2026-03-29T03:30:00+02:00}
  # 02:30 exists twice in Berlin on this day: this window is one hour too.
  - {user: double-hour, role: agent, notBefore: 2026-10-25T02:30:00+02:00, expires: 2026-10-25T02:30:00+01:00}
  - {user: winter, role: agent, notBefore: 2026-01-01T00:00:00+05:30, expires: 2026-01-01T00:00:00-09:30}
  - {user: dates, role: agent, notBefore: 2026-02-28, expires: 2026-03-01}
  - {user: seconds, role: agent, notBefore: 2026-05-01T12:00:00.25Z, expires: 2026-05-01T12:00:00.75Z}
  - {user: nothing, role: agent, notBefore: 2026-05-01T12:00:00Z, expires: 2026-05-01T14:00:00+02:00}
  - {user: open-end, role: agent, notBefore: 2026-05-01}
  - {user: open-begin, role: agent, expires: 2026-05-01}
  - {user: closer, permission: late}
patterns:
  progressive_access:
    levels:
      - {name: trainee, permissions: [view], duration: 2_weeks}
      - {name: agent, permissions: [view, close], requirements: [course], duration: 36_hours}
"#;

/// User, target, time, decision, gate, and why.
type Question = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const QUESTIONS: &[Question] = &[
    ("missing-hour", "ticket#view", "2026-03-29T00:29:59Z", "deny", "default-deny", "01:30 at +01:00 is 00:30 in UTC"),
    ("missing-hour", "ticket#view", "2026-03-29T00:30:00Z", "allow", "temporary-grant", "the first instant is in"),
    ("missing-hour", "ticket#view", "2026-03-29T01:29:59Z", "allow", "temporary-grant", "the last second"),
    ("missing-hour", "ticket#view", "2026-03-29T03:30:00+02:00", "deny", "default-deny", "the last instant is out, however it is written"),
    ("double-hour", "ticket#view", "2026-10-25T00:30:00Z", "allow", "temporary-grant", "02:30 for the first time"),
    ("double-hour", "ticket#view", "2026-10-25T02:59:59+02:00", "allow", "temporary-grant", "half an hour later"),
    ("double-hour", "ticket#view", "2026-10-25T02:30:00+01:00", "deny", "default-deny", "02:30 for the second time"),
    ("winter", "ticket#view", "2025-12-31T18:30:00Z", "allow", "temporary-grant", "midnight in Kolkata"),
    ("winter", "ticket#view", "2025-12-31T18:29:59Z", "deny", "default-deny", "a second before"),
    ("winter", "ticket#view", "2026-01-01T09:29:59Z", "allow", "temporary-grant", "not yet midnight on the Marquesas"),
    ("winter", "ticket#view", "2026-01-01T09:30:00Z", "deny", "default-deny", "midnight there"),
    ("dates", "ticket#view", "2026-02-28", "allow", "temporary-grant", "a date alone is its start in UTC"),
    ("dates", "ticket#view", "2026-02-28T00:59:59+01:00", "deny", "default-deny", "the day has begun in Berlin, not in UTC"),
    ("dates", "ticket#view", "2026-02-28T23:59:59.999999999Z", "allow", "temporary-grant", "the last nanosecond of the day"),
    ("dates", "ticket#view", "2026-03-01", "deny", "default-deny", "not a leap year: the next day"),
    ("seconds", "ticket#view", "2026-05-01T12:00:00Z", "deny", "default-deny", "a quarter of a second early"),
    ("seconds", "ticket#view", "2026-05-01T12:00:00.25Z", "allow", "temporary-grant", "fractions count"),
    ("seconds", "ticket#view", "2026-05-01T12:00:00.75Z", "deny", "default-deny", "over"),
    ("nothing", "ticket#view", "2026-05-01T12:00:00Z", "deny", "default-deny", "14:00 at +02:00 is the same instant: the window is empty"),
    ("open-end", "ticket#view", "2026-04-30T23:59:59Z", "deny", "default-deny", "not yet"),
    ("open-end", "ticket#view", "9999-12-01", "allow", "temporary-grant", "no end is written, and still it is a window"),
    ("open-begin", "ticket#view", "1970-01-01", "allow", "temporary-grant", "no begin is written"),
    ("open-begin", "ticket#view", "2026-05-01", "deny", "default-deny", "over"),
    ("trainee", "ticket#view", "2026-03-20T07:59:59Z", "deny", "default-deny", "09:00 at +01:00 is 08:00 in UTC"),
    ("trainee", "ticket#view", "2026-03-20T08:00:00Z", "allow", "progressive-level", "started"),
    ("trainee", "ticket#view", "2026-04-03T09:59:59+02:00", "allow", "progressive-level", "two weeks are 336 hours; clocks went forward in between"),
    ("trainee", "ticket#view", "2026-04-03T10:00:00+02:00", "deny", "default-deny", "10:00 in summer is 09:00 in winter: over"),
    ("trainee", "ticket#close", "2026-03-21", "deny", "default-deny", "no course"),
    ("senior", "ticket#close", "2026-03-21T19:59:59Z", "allow", "progressive-level", "36 hours less a second"),
    ("senior", "ticket#close", "2026-03-21T20:00:00Z", "deny", "default-deny", "36 hours"),
    ("senior", "ticket#view", "2026-03-22", "deny", "default-deny", "the level has ended, and the trainee's two weeks do not step in"),
    ("forever", "ticket#view", "9999-12-30T21:00:00Z", "allow", "progressive-level", "two weeks later is beyond all times that can be written: it does not end"),
    ("closer", "ticket{due='2026-03-29T03:30:01+02:00'}#close", "2026-01-01", "allow", "custom-permission", "a second later, at another offset"),
    ("closer", "ticket{due='2026-03-29T03:30:00+02:00'}#close", "2026-01-01", "deny", "default-deny", "the same instant is not later"),
    ("closer", "ticket{due=2026-03-29}#close", "2026-01-01", "deny", "default-deny", "a date alone is its start"),
    ("closer", "ticket{due=2026-03-30}#close", "2026-01-01", "allow", "custom-permission", "the next day"),
    ("closer", "ticket{due=soon}#close", "2026-01-01", "deny", "default-deny", "text is no time"),
    ("closer", "ticket{due=20260330}#close", "2026-01-01", "deny", "default-deny", "and neither is a number"),
];

/// Times that are none.
const REFUSED: &[&str] =
    &["2026-02-29", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+24:00", "tomorrow", ""];

fn gatewalk(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk")).arg("-C").arg(folder).args(arguments).output().expect("the program starts");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_edges_of_times() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("permissions.yaml"), WORKSPACE).expect("the workspace can be written");
    let mut wrong = Vec::new();
    for (user, target, at, decision, gate, why) in QUESTIONS {
        let (_, text) = gatewalk(folder.path(), &["check", user, target, "--at", at, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let got = (answer["decision"].as_str(), answer["gate"].as_str());
        if got != (Some(*decision), Some(*gate)) {
            wrong.push(format!("{user} {target} at {at}: expected {decision} at {gate}, got {got:?}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for time in REFUSED {
        let (code, text) = gatewalk(folder.path(), &["check", "dates", "ticket#view", "--at", time]);
        assert_eq!((code, text.as_str()), (Some(2), ""), "--at '{time}'");
    }
}

#[test]
fn a_timeline_has_every_change_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("permissions.yaml"), WORKSPACE).expect("the workspace can be written");
    let timeline = |user: &str, range: &[&str]| -> Vec<String> {
        let all = [&["explain", user, "ticket#view", "--timeline", "--format", "json"], range].concat();
        let (_, text) = gatewalk(folder.path(), &all);
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let moments = answer["moments"].as_array().cloned().unwrap_or_default();
        let told = |moment: &serde_json::Value| format!("{} {}", moment["at"].as_str()?, moment["decision"].as_str()?).into();
        moments.iter().filter_map(told).collect()
    };
    let year = ["--from", "2026-01-01", "--to", "2027-01-01"];
    assert_eq!(
        timeline("missing-hour", &year),
        ["2026-01-01T00:00:00Z deny", "2026-03-29T00:30:00Z allow", "2026-03-29T01:30:00Z deny"],
        "both edges, in UTC"
    );
    assert_eq!(timeline("nothing", &year), ["2026-01-01T00:00:00Z deny"], "an empty window changes nothing");
    assert_eq!(
        timeline("trainee", &year),
        ["2026-01-01T00:00:00Z deny", "2026-03-20T08:00:00Z allow", "2026-04-03T08:00:00Z deny"],
        "the level's begin and end"
    );
    assert_eq!(
        timeline("missing-hour", &["--from", "2026-03-29T00:30:00Z", "--to", "2026-03-29T01:30:00Z"]),
        ["2026-03-29T00:30:00Z allow", "2026-03-29T01:30:00Z deny"],
        "both ends of the range are looked at"
    );
    assert_eq!(timeline("missing-hour", &["--from", "2026-06-01"]), ["2026-06-01T00:00:00Z deny"], "what is past is past");
}
