//! What may come from a stranger who writes permissions: chains without end, rounds, crowds, puzzles, and names that talk to the
//! terminal.
//!
//! Each test makes its workspace while it runs and starts the program, which has two minutes.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "definitions are written where they are handed over")]
#![allow(clippy::format_collect, reason = "inputs are made by repetition, and time is none to save")]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Nothing is measured here: who takes longer than this is taken to hang.
const LONGEST: Duration = Duration::from_mins(2);
const GATEWALK: &str = env!("CARGO_BIN_EXE_gatewalk");
/// More than any stack holds, were each link a call.
const LONG: usize = 100_000;

/// A workspace that lives as long as its test.
struct World {
    folder: TempDir,
}

/// How a run ended.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl World {
    /// Nothing but a folder.
    fn empty() -> Self {
        Self { folder: tempfile::Builder::new().prefix("gatewalk-hostile-").tempdir().expect("a temporary folder") }
    }

    /// A folder with these definitions, one a line.
    fn of(definitions: impl IntoIterator<Item = Value>) -> Self {
        Self::empty().with("permissions/all.ndjson", lines(definitions))
    }

    /// A folder with these definitions in YAML.
    fn yaml(definitions: &str) -> Self {
        Self::empty().with("permissions.yaml", definitions)
    }

    /// The same with users of these ids.
    fn users<'u>(self, ids: impl IntoIterator<Item = &'u str>) -> Self {
        self.with("users.ndjson", lines(ids.into_iter().map(|id| json!({"userId": id}))))
    }

    /// The same with another file.
    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        let mut command = Command::new(GATEWALK);
        command.args(arguments).current_dir(self.folder.path());
        finish(command)
    }

    /// `decision gate` of a question.
    fn decided(&self, user: &str, target: &str) -> String {
        let ran = self.run(&["check", user, target, "--format", "json"]);
        let answer: Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{user} {target}: {}{}", head(&ran.out), head(&ran.err)));
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        assert_eq!(ran.code, Some(i32::from(text("decision") != "allow")), "{user} {target}");
        assert_eq!(ran.err, "", "{user} {target}");
        format!("{} {}", text("decision"), text("gate"))
    }

    /// The whole trace of a question.
    fn explained(&self, user: &str, target: &str) -> Value {
        let ran = self.run(&["explain", user, target, "--format", "json"]);
        assert!(matches!(ran.code, Some(0 | 1)), "{}", head(&ran.err));
        serde_json::from_str(&ran.out).expect("the answer is JSON")
    }

    /// What `validate` says here: it has to refuse.
    fn refused(&self) -> String {
        let ran = self.run(&["validate", "--ascii", "--color", "never"]);
        assert_eq!(ran.code, Some(2), "this is no workspace to trust, but: {}{}", head(&ran.out), head(&ran.err));
        assert_eq!(ran.err, "");
        ran.out
    }

    /// `validate` finds nothing wrong.
    fn accepted(&self) {
        let ran = self.run(&["validate"]);
        assert_eq!(ran.code, Some(0), "nothing is wrong here, but: {}{}", head(&ran.out), head(&ran.err));
    }
}

/// Starts a command and waits for its end; a run that takes too long is killed and fails the test.
fn finish(mut command: Command) -> Ran {
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let shown: String = format!("{command:?}").chars().take(400).collect();
    let mut child = command.spawn().expect("the program starts");
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    std::thread::scope(|scope| {
        let out = scope.spawn(move || read_all(&mut stdout));
        let err = scope.spawn(move || read_all(&mut stderr));
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if started.elapsed() > LONGEST {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let (out, err) = (out.join().unwrap(), err.join().unwrap());
        let Some(status) = status else { panic!("{shown} took more than {LONGEST:?}") };
        assert!(!err.contains("panicked"), "{shown} panicked: {}", head(&err));
        assert!(status.code().is_some(), "{shown} was ended by a signal: {status}: {}", head(&err));
        Ran { code: status.code(), out, err }
    })
}

fn read_all(from: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).expect("what is printed is UTF-8")
}

/// The first characters of a text, for messages.
fn head(text: &str) -> String {
    text.chars().take(400).collect()
}

/// Whether a character acts on a terminal or cannot be seen there; line feeds are the program's own.
fn hides(found: char) -> bool {
    (found.is_control() && found != '\n')
        || matches!(found, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(found, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn nothing_hides(text: &str) {
    for line in text.split('\n') {
        assert!(!line.contains(hides), "something hides in {line:?}");
    }
}

/// Definitions as NDJSON.
fn lines(definitions: impl IntoIterator<Item = Value>) -> String {
    definitions.into_iter().fold(String::new(), |mut text, definition| {
        // What cannot be seen is written as an escape, so that it is a name's trouble and not the text's.
        for found in definition.to_string().chars() {
            if found.is_ascii() {
                text.push(found);
            } else {
                found.encode_utf16(&mut [0; 2]).iter().for_each(|unit| write!(text, "\\u{unit:04x}").unwrap());
            }
        }
        text.push('\n');
        text
    })
}

/// The type `berth`, a role `pilot` that may look at berths, and a role `master` that may assign them.
fn harbour() -> Vec<Value> {
    vec![
        json!({"resource": "berth", "permissions": ["view", "assign"]}),
        json!({"role": "pilot", "permissions": [{"resource": "berth", "actions": ["view"]}]}),
        json!({"role": "master", "permissions": [{"resource": "berth", "actions": ["assign"]}]}),
    ]
}

fn berth(id: &str, attributes: Value) -> Value {
    json!({"resource": "berth", "id": id, "attributes": attributes})
}

/// A policy with one rule about looking at berths.
fn policy(name: &str, priority: i64, effect: &str, conditions: Value) -> Value {
    let rule = json!({"effect": effect, "actions": ["view"], "resources": ["berth"], "conditions": conditions});
    json!({"name": name, "priority": priority, "rules": [rule]})
}

// ---------------------------------------------------------------- chains and rounds

#[test]
fn a_chain_of_roles_holds_to_its_end() {
    let link = |at: usize| json!({"role": format!("r{at}"), "inherits": [format!("r{}", at + 1)]});
    let end = json!({"role": format!("r{LONG}"), "permissions": [{"resource": "berth", "actions": ["view"]}]});
    let given = json!({"user": "anna", "role": "r0"});
    let world = World::of(harbour().into_iter().chain((0..LONG).map(link)).chain([end, given])).users(["anna", "ben"]);
    assert_eq!(world.decided("anna", "berth#view"), "allow role-permission");
    assert_eq!(world.decided("ben", "berth#view"), "deny default-deny");

    let trace = world.explained("anna", "berth#view");
    let deciding = trace["steps"].as_array().unwrap().iter().find(|step| step["outcome"] == "allow").expect("a step that allows");
    let via = deciding["via"].as_array().expect("the way from the user to the permission").clone();
    assert!(via.len() > LONG, "{} links are shown", via.len());
    let shown = |at: usize| format!("r{at} inherits r{}", at + 1);
    assert!(via.iter().any(|link| link["what"] == shown(LONG - 1).as_str()), "the last link is not shown");

    let ran = world.run(&["matrix", "--format", "csv"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("anna,berth#view,allow,role-permission"), "{}", head(&ran.out));
}

#[test]
fn a_chain_of_teams_reaches_its_end() {
    let last = format!("t{LONG}");
    let top = json!({"team": "t0", "inheritance": true, "members": [{"user": "anna", "role": "pilot"}]});
    // What the teams between say of their own inheritance does not matter.
    let below = |at: usize| json!({"team": format!("t{at}"), "parent": format!("t{}", at - 1), "inheritance": at.is_multiple_of(2)});
    let definitions = harbour().into_iter().chain([top]).chain((1..=LONG).map(below)).chain([berth("B-1", json!({"team_id": last}))]);
    let world = World::of(definitions).users(["anna", "ben"]);
    assert_eq!(world.decided("anna", "berth:B-1#view"), "allow role-permission");
    assert_eq!(world.decided("anna", &format!("berth{{team_id={last}}}#view")), "allow role-permission");
    assert_eq!(world.decided("ben", "berth:B-1#view"), "deny default-deny");
    assert_eq!(world.decided("anna", "berth#view"), "deny depends-on-instance");
    let trace = world.explained("anna", "berth:B-1#view");
    assert_eq!(trace["decision"], "allow");
}

#[test]
fn a_round_of_very_many_is_named_in_bounds() {
    let roles = (0..LONG).map(|at| json!({"role": format!("r{at}"), "inherits": [format!("r{}", (at + 1) % LONG)]}));
    let teams = (0..LONG).map(|at| json!({"team": format!("t{at}"), "parent": format!("t{}", (at + 1) % LONG)}));
    let world = World::of(harbour().into_iter().chain(roles).chain(teams));
    let text = world.refused();
    assert_eq!(text.matches("error[cycle]").count(), 2, "{}", head(&text));
    assert!(text.len() < 100_000, "{} bytes about two rounds", text.len());
    let ran = world.run(&["validate", "--format", "json"]);
    assert!(ran.out.len() < 100_000, "{} bytes about two rounds", ran.out.len());
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap()["problems"].as_array().unwrap().len(), 2);
}

#[test]
fn rounds_in_rounds_are_refused_in_bounds() {
    // Every one inherits every other: more ways round than could be counted.
    let all: Vec<String> = (0..60).map(|at| format!("r{at}")).collect();
    let world = World::of(harbour().into_iter().chain(all.iter().map(|role| json!({"role": role, "inherits": all}))));
    let text = world.refused();
    assert!(text.contains("error[cycle]") && text.len() < 5_000_000, "{} bytes: {}", text.len(), head(&text));
}

#[test]
fn many_ways_to_one_role_are_one_role() {
    // Each layer inherits both of the next: as many ways as two to the power of sixty.
    let side = |layer: usize, side: &str| json!({"role": format!("{side}{layer}"), "inherits": [format!("a{}", layer + 1), format!("b{}", layer + 1)]});
    let layers = (0..60).flat_map(|layer| [side(layer, "a"), side(layer, "b")]);
    let ends = [json!({"role": "a60", "inherits": ["pilot"]}), json!({"role": "b60", "inherits": ["pilot"]})];
    let world = World::of(harbour().into_iter().chain(layers).chain(ends).chain([json!({"user": "anna", "role": "a0"})]));
    assert_eq!(world.decided("{userId: anna}", "berth#view"), "allow role-permission");
    assert_eq!(world.decided("{userId: anna}", "berth#assign"), "deny default-deny");
    assert_eq!(world.explained("{userId: anna}", "berth#view")["decision"], "allow");
}

// ---------------------------------------------------------------- crowds

#[test]
fn a_million_assignments_are_read() {
    let given = |at: usize| json!({"user": format!("u{}", at % 1_000), "role": "pilot", "project": format!("p{at}")});
    let given = (0..1_000_000).map(given).chain([json!({"user": "u7", "role": "master"})]);
    let world = World::of(harbour().into_iter().chain([berth("B-1", json!({"project": "p999999"}))]))
        .with("permissions/given.ndjson", lines(given))
        .users((0..1_000).map(|at| format!("u{at}")).collect::<Vec<_>>().iter().map(String::as_str));
    assert_eq!(world.decided("u999", "berth:B-1#view"), "allow temporary-grant");
    assert_eq!(world.decided("u998", "berth:B-1#view"), "deny default-deny");
    assert_eq!(world.decided("u7", "berth#assign"), "allow role-permission");
}

#[test]
fn very_many_windows_of_one_user_are_not_all_looked_at() {
    let given = |at: usize| json!({"user": "anna", "role": "pilot", "expires": format!("2030-01-01T{:02}:{:02}:{:02}Z", at / 3600, at / 60 % 60, at % 60)});
    let world = World::of(harbour().into_iter().chain((0..20_000).map(given)).chain([berth("B-1", json!({}))])).users(["anna", "ben"]);
    for target in ["berth#view", "berth:B-1#view"] {
        let ran = world.run(&["who-can", target, "--format", "csv", "--at", "2026-01-01"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), "user,gate,access,until\nanna,temporary-grant,temporary,\n"), "{}", ran.err);
        // Near the end it is told.
        let ran = world.run(&["who-can", target, "--format", "csv", "--at", "2030-01-01T05:32:30Z"]);
        let end = "user,gate,access,until\nanna,temporary-grant,temporary,2030-01-01T05:33:19Z\n";
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), end), "{}", ran.err);
    }
}

#[test]
fn a_user_in_very_many_teams() {
    let team = |at: usize| json!({"team": format!("t{at}"), "members": [{"user": "anna", "role": "pilot"}]});
    let berths = [berth("B-1", json!({"team_id": format!("t{}", LONG - 1)})), berth("B-2", json!({}))];
    let world = World::of(harbour().into_iter().chain((0..LONG).map(team)).chain(berths)).users(["anna", "ben"]);
    assert_eq!(world.decided("anna", "berth:B-1#view"), "allow role-permission");
    assert_eq!(world.decided("anna", "berth:B-2#view"), "deny default-deny");
    assert_eq!(world.decided("ben", "berth:B-1#view"), "deny default-deny");
    assert_eq!(world.decided("ben", "berth#view"), "deny default-deny");
}

#[test]
fn a_type_is_asked_about_by_a_user_in_many_teams() {
    let team = |at: i64| json!({"team": format!("t{at}"), "members": [{"user": "anna", "role": "pilot"}]});
    let world = World::of(harbour().into_iter().chain((0..SOME).map(team)));
    assert_eq!(world.decided("{userId: anna}", "berth#view"), "deny depends-on-instance");
    assert_eq!(world.decided("{userId: anna}", "berth#assign"), "deny default-deny");
}

#[test]
fn a_team_of_very_many_with_very_many_assignments() {
    let members: Vec<Value> = (0..LONG).map(|at| json!({"user": format!("u{at}"), "role": "pilot"})).collect();
    let quay = json!({"team": "quay", "members": members});
    let given = (0..1_000).map(|at| json!({"team": "quay", "role": "master", "project": format!("p{at}")}));
    let berths = [berth("B-1", json!({"team_id": "quay", "project": "p999"})), berth("B-2", json!({"team_id": "quay"}))];
    let world = World::of(harbour().into_iter().chain([quay]).chain(given).chain(berths));
    let last = format!("{{userId: u{}}}", LONG - 1);
    assert_eq!(world.decided(&last, "berth:B-1#view"), "allow role-permission");
    assert_eq!(world.decided(&last, "berth:B-1#assign"), "allow temporary-grant");
    assert_eq!(world.decided(&last, "berth:B-2#assign"), "deny default-deny");
    assert_eq!(world.decided(&last, "berth#assign"), "deny depends-on-instance");
    assert_eq!(world.decided("{userId: somebody}", "berth:B-1#view"), "deny default-deny");
}

/// Even numbers allow and odd ones deny, each at a priority of its own; that of the even is their negative.
fn of_all_priorities(count: i64) -> World {
    let one = |at: i64| {
        let (effect, priority) = if at % 2 == 0 { ("allow", -at) } else { ("deny", at) };
        policy(&format!("p{at}"), priority, effect, json!({"n": at}))
    };
    let berths = [1, count - 2].map(|at| berth(&format!("B-{at}"), json!({"n": at})));
    let both = berth("both", json!({"n": [2, 3, 4, count - 2]}));
    World::of(harbour().into_iter().chain((0..count).map(one)).chain(berths).chain([both]))
}

#[test]
fn policies_of_very_many_priorities_are_ranked() {
    let count = 10_000;
    let world = of_all_priorities(count);
    assert_eq!(world.decided("{userId: anna}", "berth:B-1#view"), "deny policy-deny");
    assert_eq!(world.decided("{userId: anna}", &format!("berth:B-{}#view", count - 2)), "allow policy-allow");
    assert_eq!(world.decided("{userId: anna}", "berth:both#view"), "deny policy-deny");
}

#[test]
fn policies_of_many_priorities_leave_a_type_open() {
    assert_eq!(of_all_priorities(SOME).decided("{userId: anna}", "berth#view"), "deny depends-on-instance");
}

/// How much there is of whatever a question about a type goes through: it is asked of all that could be, not of one.
const SOME: i64 = 500;

#[test]
fn very_many_conditions_must_all_hold() {
    let all = |count: i64| Value::Object((0..count).map(|at| (format!("a{at}"), json!(at))).collect());
    let conditions = |count: i64| Value::Object((0..count).map(|at| (format!("berth.a{at}"), json!({"gte": at}))).collect());
    let berths = [berth("all", all(2_000)), berth("less", all(1_999))];
    let world = World::of(harbour().into_iter().chain([policy("p", 0, "allow", conditions(2_000))]).chain(berths));
    assert_eq!(world.decided("{userId: anna}", "berth:all#view"), "allow policy-allow");
    assert_eq!(world.decided("{userId: anna}", "berth:less#view"), "deny default-deny");
    assert_eq!(world.explained("{userId: anna}", "berth:less#view")["decision"], "deny");
    let world = World::of(harbour().into_iter().chain([policy("p", 0, "allow", conditions(SOME))]));
    assert_eq!(world.decided("{userId: anna}", "berth#view"), "deny depends-on-instance");
}

#[test]
fn very_many_values_are_each_looked_at() {
    let names = |from: i64, count: i64| (from..from + count).map(|at| format!("v{at}")).collect::<Vec<_>>();
    let conditions = |count: i64| json!({"berth.name": names(0, count), "berth.number": {"notIn": (0..count).collect::<Vec<_>>()}});
    let berths = [
        berth("one", json!({"name": names(4_999, 5_000), "number": [5_000, 5_001]})),
        berth("none", json!({"name": names(5_000, 5_000), "number": 5_000})),
        berth("text", json!({"name": "v0", "number": "4999"})),
        berth("number", json!({"name": "v0", "number": [5_000, 4_999]})),
    ];
    let world = World::of(harbour().into_iter().chain([policy("p", 0, "allow", conditions(5_000))]).chain(berths));
    assert_eq!(world.decided("{userId: anna}", "berth:one#view"), "allow policy-allow");
    assert_eq!(world.decided("{userId: anna}", "berth:none#view"), "deny default-deny");
    // Text is unequal to every number.
    assert_eq!(world.decided("{userId: anna}", "berth:text#view"), "allow policy-allow");
    assert_eq!(world.decided("{userId: anna}", "berth:number#view"), "deny default-deny");
    let world = World::of(harbour().into_iter().chain([policy("p", 0, "allow", conditions(SOME))]));
    assert_eq!(world.decided("{userId: anna}", "berth#view"), "deny depends-on-instance");
}

// ---------------------------------------------------------------- puzzles

#[test]
fn globs_that_try_everything_end() {
    let allows = |stars: usize| policy("p", 0, "allow", json!({"berth.name": {"glob": format!("{}b", "*a".repeat(stars))}}));
    let berths = [berth("a", json!({"name": "a".repeat(10_000)})), berth("b", json!({"name": format!("{}b", "a".repeat(9_999))}))];
    let world = World::of(harbour().into_iter().chain([allows(5_000)]).chain(berths));
    assert_eq!(world.decided("{userId: anna}", "berth:a#view"), "deny default-deny");
    assert_eq!(world.decided("{userId: anna}", "berth:b#view"), "allow policy-allow");
    let world = World::of(harbour().into_iter().chain([allows(300)]));
    assert_eq!(world.decided("{userId: anna}", "berth#view"), "deny depends-on-instance");
}

#[test]
fn globs_that_meet_are_told_apart() {
    let stars = |letter: &str| format!("{}{letter}", "*a".repeat(40));
    let conditions = |letter: &str| json!({"berth.name": {"glob": stars(letter)}});
    let world = World::of(harbour().into_iter().chain([
        policy("p", 0, "allow", conditions("b")),
        policy("q", 5, "deny", conditions("c")),
        policy("r", 6, "deny", json!({"berth.name": {"glob": "?".repeat(300)}})),
    ]));
    assert_eq!(world.decided("{userId: anna}", "berth#view"), "deny depends-on-instance");
}

/// Everybody may look, unless every pigeon has a hole of its own: which cannot be, but takes long to find out.
fn pigeons(holes: usize) -> World {
    let place = |pigeon: usize, hole: usize| format!("berth.p{pigeon}h{hole}");
    let each = || (0..=holes).flat_map(move |pigeon| (0..holes).map(move |hole| (pigeon, hole)));
    let missing = each().map(|(pigeon, hole)| json!({place(pigeon, hole): {"exists": false}}));
    let nowhere = (0..=holes).map(|pigeon| Value::Object((0..holes).map(|hole| (place(pigeon, hole), json!({"ne": true}))).collect()));
    let shared =
        each().flat_map(|(pigeon, hole)| (0..pigeon).map(move |other| json!({place(pigeon, hole): true, place(other, hole): true})));
    let rule = |conditions: Value| json!({"effect": "allow", "actions": ["view"], "resources": ["berth"], "conditions": conditions});
    let rules: Vec<Value> = missing.chain(nowhere).chain(shared).map(rule).collect();
    World::of(harbour().into_iter().chain([json!({"name": "p", "rules": rules})]))
}

#[test]
fn a_hard_puzzle_is_solved() {
    for holes in [2, 3, 7] {
        assert_eq!(pigeons(holes).decided("{userId: anna}", "berth#view"), "allow policy-allow", "{holes}");
    }
}

#[test]
fn templates_that_are_none_are_refused() {
    let long = format!("${{user.{}", "a".repeat(100_000));
    let deep = format!("{}id{}", "${user.".repeat(5_000), "}".repeat(5_000));
    for template in
        ["${", "${user.team_id", "${user.${user.id}}", "${}", "${user.}", "$${user.id}", "${user.id}}", "${user.\u{0}", &long, &deep]
    {
        let world = World::of(harbour().into_iter().chain([policy("p", 0, "allow", json!({"berth.owner": template}))]));
        let text = world.refused();
        assert!(text.contains("error[bad-template]"), "{}: {}", head(template), head(&text));
        assert!(text.len() < 50_000, "{} bytes about {}", text.len(), head(template));
        nothing_hides(&text);
    }
}

#[test]
fn a_template_with_a_strange_name_fills_in_nothing() {
    for name in ["a\u{0}b", "a\u{202e}b", "a.b.c", "\u{1b}[2J", &"a".repeat(100_000)] {
        let template = format!("${{user.{name}}}");
        let world = World::of(
            harbour().into_iter().chain([policy("p", 0, "allow", json!({"berth.name": template})), berth("B-1", json!({"name": "x"}))]),
        );
        let ran = world.run(&["check", "{userId: anna}", "berth:B-1#view"]);
        assert!(matches!(ran.code, Some(1 | 2)), "{}: {}", head(name), head(&ran.out));
        nothing_hides(&ran.out);
        nothing_hides(&ran.err);
    }
}

// ---------------------------------------------------------------- values at the edge

#[test]
fn numbers_beyond_all_bounds_are_themselves() {
    let hex = format!("0x{}", "f".repeat(40));
    let digits = "9".repeat(100_000);
    let numbers = [
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e-9223372036854775808",
        "1e9223372036854775807",
        "1e99999999999999999999",
        "-0.0",
        &hex,
        &digits,
    ];
    for number in numbers {
        let world = World::yaml(&format!(
            "resources: [{{resource: berth, permissions: [view]}}]\n\
             instances:\n  - {{resource: berth, id: same, attributes: {{n: {number}}}}}\n  - {{resource: berth, id: other, attributes: {{n: 12}}}}\n\
             policies: [{{name: p, rules: [{{effect: allow, actions: [view], resources: [berth], conditions: {{berth.n: {number}}}}}]}}]\n"
        ));
        let ran = world.run(&["validate"]);
        if ran.code == Some(2) {
            // A number that cannot be compared exactly may be refused, and is not to be taken for another.
            continue;
        }
        assert_eq!(world.decided("{userId: anna}", "berth:same#view"), "allow policy-allow", "{}", head(number));
        assert_eq!(world.decided("{userId: anna}", "berth:other#view"), "deny default-deny", "{}", head(number));
        assert_eq!(world.decided("{userId: anna}", "berth#view"), "deny depends-on-instance", "{}", head(number));
        if number.len() < 100 {
            assert_eq!(world.decided("{userId: anna}", &format!("berth{{n={number}}}#view")), "allow policy-allow", "{}", head(number));
        }
    }
}

#[test]
fn numbers_are_compared_however_far_apart() {
    let world = World::yaml(
        "resources: [{resource: berth, permissions: [view]}]\n\
         policies: [{name: p, rules: [{effect: allow, actions: [view], resources: [berth], conditions: {berth.n: {gt: 1e-999999999, lt: 1e999999999}}}]}]\n",
    );
    for (number, wanted) in [
        ("1", "allow"),
        ("1e999999998", "allow"),
        ("9.99e999999998", "allow"),
        ("0.001e-999999997", "deny"),
        ("1e999999999", "deny"),
        ("0", "deny"),
        ("-1e999999999", "deny"),
        ("1e-1000000000", "deny"),
        ("'1'", "deny"),
    ] {
        let decided = world.decided("{userId: anna}", &format!("berth{{n={number}}}#view"));
        assert_eq!(decided.split(' ').next(), Some(wanted), "{number}");
    }
}

#[test]
fn durations_beyond_all_bounds_are_refused() {
    let level = |duration: &str| {
        World::yaml(&format!(
            "resources: [{{resource: berth, permissions: [view]}}]\n\
             patterns: {{progressive_access: {{levels: [{{name: novice, permissions: [view], duration: {duration}}}]}}}}\n"
        ))
    };
    for duration in [
        "9223372036854775807_weeks",
        "9223372036854775808_minutes",
        "99999999999999999999999_days",
        "15250284452472_weeks",
        "1000000_weeks",
    ] {
        let text = level(duration).refused();
        assert!(text.contains("error[bad-duration]"), "{duration}: {text}");
    }
    level("1_minutes").accepted();
    level("00002_weeks").accepted();
}

#[test]
fn progress_at_the_ends_of_time() {
    let level = "resources: [{resource: berth, permissions: [view]}]\n\
                 patterns: {progressive_access: {levels: [{name: novice, permissions: [view], duration: 400000_weeks}]}}\n";
    for (started, wanted) in [
        ("9999-12-30T22:00:00Z", "deny default-deny"),
        ("9999-12-30", "deny default-deny"),
        ("0000-01-01", "allow progressive-level"),
        ("-009999-01-02", "refused"),
        ("9999-12-31T23:59:59-23:59", "refused"),
        ("10000-01-01", "refused"),
    ] {
        let world = World::yaml(level);
        let user = format!("{{userId: anna, progress: {{startedAt: '{started}'}}}}");
        if wanted == "refused" {
            let ran = world.run(&["check", &user, "berth#view"]);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{started}");
            assert!(ran.err.contains("error[bad-time]"), "{started}: {}", ran.err);
        } else {
            assert_eq!(world.decided(&user, "berth#view"), wanted, "{started}");
        }
    }
    for at in ["9999-12-30T22:00:00Z", "0000-01-01T00:00:00Z"] {
        let user = "{userId: anna, progress: {startedAt: '2026-01-01'}}";
        let ran = World::yaml(level).run(&["check", user, "berth#view", "--at", at]);
        assert!(matches!(ran.code, Some(0 | 1)), "{at}: {}", ran.err);
    }
}

// ---------------------------------------------------------------- names

/// Names with which a file could speak to a terminal or to a CI system.
const LOUD: &[&str] =
    &["a\u{1b}[2Jb", "a\u{1b}]0;title\u{7}b", "a\nb", "a\rb", "a\u{0}b", "a\u{202e}b", "a\u{200b}b", "a\u{85}b", "a\u{9b}31mb"];

#[test]
fn attributes_with_loud_names_are_shown_harmlessly() {
    for name in
        LOUD.iter().copied().chain(["a%0Ab", "::error::x", "##[error]x", "=1+1", "", " ", "a:b", "a#b", "a{b}", "__proto__", "\"", "`"])
    {
        let world = World::of(harbour().into_iter().chain([
            policy("p", 0, "deny", json!({name: "\u{1b}[31mred", "berth.depth": 4})),
            json!({"user": "anna", "role": "pilot"}),
            berth("B-1", json!({name: "\u{1b}[31mred", "depth": 4})),
            berth("B-2", json!({name: ["x", "\u{202e}y"], "depth": 4})),
        ]))
        .with("users.ndjson", lines([json!({"userId": "anna", "attributes": {name: "\u{1b}[31mred"}})]));
        for question in [
            &["check", "anna", "berth:B-1#view"] as &[&str],
            &["check", "anna", "berth:B-2#view", "--format", "json"],
            &["explain", "anna", "berth:B-1#view"],
            &["explain", "anna", "berth:B-2#view", "--format", "json"],
            &["explain", "anna", "berth#view"],
            &["check", "anna", "berth#view"],
            &["matrix", "--format", "csv"],
            &["validate"],
        ] {
            let ran = world.run(question);
            assert!(matches!(ran.code, Some(0..=2)), "{name:?} {question:?}: {:?}", ran.code);
            nothing_hides(&ran.out);
            nothing_hides(&ran.err);
        }
    }
}

#[test]
fn roles_and_teams_with_loud_names_are_refused_and_shown_harmlessly() {
    for name in LOUD {
        for definition in [
            json!({"role": name, "permissions": []}),
            json!({"name": name, "rules": []}),
            json!({"name": name, "resource": "berth", "conditions": {}}),
            json!({"team": name}),
            json!({"team": "quay", "parent": name}),
            json!({"resource": name, "permissions": ["view"]}),
            json!({"resource": "tug", "permissions": [name]}),
            json!({"resource": "berth", "id": name}),
            json!({"role": "crew", "permissions": [name]}),
            json!({"role": "crew", "permissions": [{"resource": "berth", "actions": [name]}]}),
            json!({"user": name, "role": "pilot"}),
            json!({"user": "anna", "role": name}),
            json!({"user": "anna", "role": "pilot", "project": name}),
            json!({"team": "quay", "members": [{"user": "anna", "role": name}]}),
            json!({"pattern": name, "implementation": {}}),
            json!({"pattern": "team_based_access", "implementation": {"base_role": name}}),
            json!({"conditions": {*name: {}}}),
        ] {
            let world = World::of(harbour().into_iter().chain([definition.clone()]));
            let text = world.refused();
            nothing_hides(&text);
            let ran = world.run(&["validate", "--format", "json"]);
            assert!(!ran.out.trim_end().contains(|found: char| found.is_ascii_control()), "{}", head(&ran.out));
            let answer: Value = serde_json::from_str(&ran.out).unwrap();
            let codes: Vec<&Value> = answer["problems"].as_array().unwrap().iter().map(|problem| &problem["code"]).collect();
            assert!(codes.iter().any(|code| **code == json!("unsafe-name")), "{definition}: {codes:?}");
        }
    }
}

#[test]
fn commands_of_ci_systems_are_only_text() {
    for name in
        ["::error file=a::b", "::set-output name=a::b", "##[error]b", "=cmd|' /C calc'!A0", "<script>", "`id`", "$(id)", "a%0A::error::b"]
    {
        let world = World::of([
            json!({"resource": "berth", "permissions": ["view"]}),
            json!({"role": name, "permissions": [{"resource": "berth", "actions": ["view"]}]}),
            json!({"user": name, "role": name}),
            json!({"resource": "berth", "id": "B-1"}),
        ])
        .users([name]);
        for question in [
            &["check", name, "berth#view"] as &[&str],
            &["explain", name, "berth#view"],
            &["explain", name, "berth:B-1#view", "--format", "json"],
            &["matrix"],
            &["matrix", "--format", "csv"],
            &["validate"],
        ] {
            let ran = world.run(question);
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{name} {question:?}: {}", head(&ran.out));
            let commands = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
            let for_people = !question.contains(&"--format");
            assert!(!for_people || !ran.out.lines().any(commands), "{name} {question:?} prints {}", head(&ran.out));
            nothing_hides(&ran.out);
        }
        let csv = world.run(&["matrix", "--format", "csv"]).out;
        assert!(!csv.lines().any(|line| line.starts_with('=')), "a spreadsheet would run {csv}");
    }
}

#[test]
fn instances_with_marks_in_their_ids_can_be_asked_about() {
    let ids = [
        "T#1",
        "T:1",
        "T{1}",
        "{",
        "}",
        "}#",
        "#view",
        "a#b:c{d}/e",
        ":",
        "#",
        "T-1#view",
        "*",
        "?",
        " ",
        "T 1",
        "berth:T-1",
        "-x",
        "--help",
        "é",
        "🦀",
    ];
    let definitions = ids.iter().map(|id| berth(id, json!({"depth": 4})));
    let given = json!({"user": "anna", "role": "pilot"});
    let world = World::of(harbour().into_iter().chain(definitions).chain([given])).users(["anna"]);
    for id in ids {
        let target = format!("berth:{id}#view");
        assert_eq!(world.decided("anna", &target), "allow role-permission", "{target}");
        assert_eq!(world.decided("anna", &format!("berth:{id}#assign")), "deny default-deny", "{target}");
        let trace = world.explained("anna", &target);
        assert_eq!(trace["target"], target.as_str());
    }
}

// ---------------------------------------------------------------- the command line

#[test]
fn malformed_targets_are_refused() {
    let world = World::of(harbour().into_iter().chain([
        json!({"user": "anna", "role": "pilot"}),
        json!({"team": "quay"}),
        berth("B-1", json!({})),
    ]))
    .users(["anna"]);
    let long = format!("berth{{a=[{}]}}#view", "[".repeat(10_000));
    let deep = format!("berth{{a={}}}#view", "[".repeat(10_000));
    let targets = [
        "",
        " ",
        "#",
        "##",
        ":",
        "{",
        "}",
        "{}",
        "berth",
        "berth{",
        "berth}",
        "berth{}",
        "berth{}#",
        "berth{}view",
        "berth#",
        "berth{}#nothing",
        "{}#view",
        "#view",
        ":#view",
        ":x#view",
        "berth:#view",
        "berth:B-1",
        "berth:B-1#",
        "berth:B-2#view",
        "berth:B-1#view#view",
        "berth#view#view",
        "berth#view ",
        " berth#view",
        "Berth#view",
        "berth#VIEW",
        "berth/view",
        "berth#view{}",
        "berth#view{a=1}",
        "berth{a}#view",
        "berth{=1}#view",
        "berth{=}#view",
        "berth{,}#view",
        "berth{a=1,}#view",
        "berth{,a=1}#view",
        "berth{a=1,a=2}#view",
        "berth{a=[1}#view",
        "berth{a=1]}#view",
        "berth{a=[[1]]}#view",
        "berth{a={b: 1}}#view",
        "berth{a=1}}#view",
        "berth{a='1}#view",
        "berth{a=\"1}#view",
        "berth{a=\"\\x\"}#view",
        "berth{a=!!str 1}#view",
        "berth{a=*b}#view",
        "berth{a=b: c}#view",
        "berth{a=1 # b}#view",
        "berth{a=2026-02-30}#view",
        "berth{teamId=quay}#view",
        "berth{team_id=quai}#view",
        "berth{a=1}:B-1#view",
        "berth:B-1{a=1}#view",
        "tug{a=1}#view",
        "tug#view",
        "tug:T-1#view",
        "site#view",
        "site{a=1}#admin",
        "user#view",
        "chat-app#use",
        "chat-app:x#use",
        "chat-app{a=1}#use",
        "team:quai#view",
        "berth{a=\u{7}}#view",
        "berth\u{202e}#view",
        "\u{1b}[2J#view",
        &long,
        &deep,
    ];
    let mut wrong = Vec::new();
    for target in targets {
        for command in ["check", "explain"] {
            let ran = world.run(&[command, "anna", target]);
            let plain = ran.err.contains("error") && ran.err.len() < 50_000 && !ran.err.split('\n').any(|line| line.contains(hides));
            if ran.code != Some(2) || !ran.out.is_empty() || !plain {
                wrong.push(format!("{command} {:?} exits with {:?}: {}{}", head(target), ran.code, head(&ran.out), head(&ran.err)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for target in
        ["berth{}#view", "berth{a=1}#view", "berth{ a = 1 , b = [x, 'y, z'] }#view", "berth{team_id=quay}#view", "berth{a='}#view'}#view"]
    {
        let ran = world.run(&["check", "anna", target]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{target}: {}", ran.out);
    }
}

// ---------------------------------------------------------------- anything else

/// What tends to trip readers of permissions.
const PIECES: &[&str] = &[
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "#",
    ",",
    "null",
    "true",
    "false",
    "${",
    "${user.id}",
    "${user.team_id}",
    "*",
    "0",
    "-1",
    "1e999",
    "\n  ",
    "\n- ",
    "\n",
    "role",
    "name",
    "team",
    "team_id",
    "resource",
    "permissions",
    "inherits",
    "conditions",
    "policies",
    "effect: deny",
    "scope: own",
    "parent",
    "2_weeks",
    "2026-02-30",
    "2026-01-31T18:00:00Z",
    "\u{1b}",
    "\u{202e}",
    "\u{0}",
    "é",
    "<<: ",
    "!!str ",
    "&a ",
    "*a",
    "---\n",
    "level",
    "members",
    "priority: 9",
];

fn mutated(seed: &[u8], other: &[u8], dice: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..dice.usize(1..5) {
        let at = dice.usize(0..=bytes.len());
        let length = dice.usize(0..24).min(bytes.len() - at);
        match dice.u8(0..8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.u8(0..8),
            1 if at < bytes.len() => bytes[at] = dice.u8(..),
            2 => drop(bytes.drain(at..at + length)),
            3 => drop(bytes.splice(at..at + length, dice.choice(PIECES).unwrap().bytes())),
            4 => drop(bytes.splice(at..at, dice.choice(PIECES).unwrap().bytes())),
            5 => {
                // A line less, or a line twice, or one from elsewhere.
                let from: &[u8] = if dice.bool() { other } else { seed };
                let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                let line = dice.usize(0..lines.len());
                let foreign: Vec<&[u8]> = from.split(|byte| *byte == b'\n').collect();
                let second = dice.usize(0..lines.len());
                match dice.u8(0..3) {
                    0 => drop(lines.remove(line)),
                    1 => lines.insert(line, dice.choice(&foreign).unwrap()),
                    _ => lines.swap(line, second),
                }
                bytes = lines.join(&b'\n');
            }
            6 => {
                let from = dice.usize(0..other.len());
                let piece = other[from..(from + dice.usize(0..200)).min(other.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ if dice.u8(0..4) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}

/// The files of a folder of `fixtures`, with their contents.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if path.extension().is_none_or(|extension| extension != "md") {
                found.push((path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    found.sort();
    assert!(found.len() > 5, "the fixtures are not where they should be");
    found
}

#[test]
fn whatever_is_written_is_answered_or_refused() {
    const TURNS: u64 = 1_500;
    let first = std::env::var("GATEWALK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0_u64);
    let sources = [
        ("helpdesk", &["ticket#view", "ticket{team_id=payments}#view", "team#view"]),
        ("thena-guide/yaml", &["ticket#view", "ticket{priority=high}#update", "ticket{category=x}#create"]),
        ("thena-guide/json", &["ticket#view", "ticket{priority=high}#update", "ticket{category=x}#create"]),
    ]
    .map(|(folder, targets)| (files(folder), targets));
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let sources = &sources;
    let turn = |worlds: &[World], seed: u64| {
        let mut dice = fastrand::Rng::with_seed(seed);
        let which = dice.usize(0..sources.len());
        let (files, targets) = &sources[which];
        let world = &worlds[which];
        let (name, content) = dice.choice(files).unwrap();
        let (_, other) = dice.choice(files).unwrap();
        let bytes = mutated(content, other, &mut dice);
        fs::write(world.path(name), &bytes).unwrap();
        let validated = world.run(&["validate"]);
        let user = *dice
            .choice(&["{userId: anna, roles: [agent]}", "{userType: internal-user}", "nobody", "{userId: zoe, attributes: {level: 3}}"])
            .unwrap();
        let target = *dice.choice(*targets).unwrap();
        let asked = world.run(&["check", user, target]);
        fs::write(world.path(name), content).unwrap();
        let what = format!("GATEWALK_SEED={seed}: {name} with {user} {target}");
        assert!(matches!(validated.code, Some(0..=2)), "{what}: validate exits with {:?}: {}", validated.code, head(&validated.err));
        assert!(matches!(asked.code, Some(0..=2)), "{what}: check exits with {:?}: {}", asked.code, head(&asked.err));
        if validated.code == Some(2) {
            assert_eq!((asked.code, asked.out.as_str()), (Some(2), ""), "{what}: an answer from a workspace that cannot be trusted");
        }
        for text in [&validated.out, &validated.err, &asked.out, &asked.err] {
            nothing_hides(text);
        }
        validated.code == Some(2)
    };
    let (turn, mut refused) = (&turn, 0);
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| {
                scope.spawn(move || {
                    let copy = |(files, _): &(Vec<(String, Vec<u8>)>, _)| {
                        files.iter().fold(World::empty(), |world, (name, content)| world.with(name, content))
                    };
                    let worlds: Vec<World> = sources.iter().map(copy).collect();
                    let seeds = (first..first + TURNS).filter(|seed| usize::try_from(*seed).unwrap() % threads == part);
                    seeds.filter(|seed| turn(&worlds, *seed)).count()
                })
            })
            .collect();
        refused = parts.into_iter().map(|part| part.join().unwrap()).sum();
    });
    assert!((300..1_450).contains(&refused), "{refused} refused: the mutations are too wild or too tame");
}
