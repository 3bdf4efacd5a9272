//! A matrix under a supposition says what the matrix without it says beside every cell, and counts the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use gatewalk::compile::{Target, compile};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, UserType, Workspace};
use gatewalk::report::Question;
use gatewalk::walk::{Subject, WhatIf, decide};
use serde_json::Value;

use crate::ask::{Asked, Cell, cell, question, world};
use crate::changes::{Changes, DESK};
use crate::counts::groups;
use crate::supposing::{Change, suppositions};
use crate::worlds::dice::Dice;
use crate::worlds::layout::json::Json;
use crate::worlds::layout::node::Node;
use crate::worlds::layout::scribe::Scribe;
use crate::worlds::layout::{self, Document};
use crate::worlds::seeds;
use crate::worlds::world::World;

/// Let in or not, by user and target.
type Decided = BTreeMap<(String, String), bool>;

/// Group and target, with how many are allowed, denied, gained and lost.
type Counts = BTreeMap<(String, String), [u64; 4]>;

fn decided(cells: Vec<Cell>) -> Decided {
    cells.into_iter().map(|cell| ((cell.user, cell.target), cell.allowed)).collect()
}

fn objects(asked: &Asked, arguments: &[&str]) -> Vec<Value> {
    let said = asked.run(&[&["matrix", "--format", "ndjson"], arguments].concat());
    assert_eq!(said.code, Some(0), "matrix {arguments:?}: {}{}", said.err, asked.contents());
    said.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// What a question supposes, and of what.
struct Supposed<'a> {
    /// With supposed changes.
    workspace: &'a Workspace,
    question: &'a Question,
    options: Vec<&'a str>,
    /// By what it is counted; empty for no groups.
    by: &'a [&'a str],
}

/// All ways to count. Each takes a run of the binary, so that of many worlds each is counted in some.
const ALL: &[&str] = &["", "type", "role", "entity", "profile"];

/// Compares all cells and counts with those of the matrix as defined; gives how many cells differ.
fn check(asked: &Asked, supposed: &Supposed<'_>, selection: &[&str]) -> Result<usize, String> {
    let semantics = supposed.question.semantics;
    let selection = [selection, &["--semantics", semantics.name()]].concat();
    let mut plain = decided(asked.matrix(&selection));
    let (mut now, mut turned) = (Decided::new(), 0);
    let objects_now = objects(asked, &[selection.as_slice(), &supposed.options].concat());
    unlisted(asked, &mut plain, &objects_now.iter().map(|object| cell(object).target).collect(), semantics);
    for object in objects_now {
        let Cell { user, target, allowed, .. } = cell(&object);
        let was = plain.get(&(user.clone(), target.clone()));
        let expected = was.map(|was| if *was { "allow" } else { "deny" });
        let keys: Vec<&String> = object.as_object().into_iter().flat_map(|object| object.keys()).collect();
        if keys != ["user", "target", "decision", "gate", "asDefined"] || object["asDefined"].as_str() != expected {
            return Err(format!("{object}, as defined {expected:?}"));
        }
        turned += usize::from(was != Some(&allowed));
        now.insert((user, target), allowed);
    }
    for by in supposed.by {
        let expected = counted(asked, supposed, (&plain, &now), by);
        let counts = if by.is_empty() { vec!["--summary"] } else { vec!["--group-by", by] };
        let found: Counts = objects(asked, &[selection.as_slice(), &supposed.options, &counts].concat()).iter().map(row).collect();
        if expected != found {
            let differing = expected.iter().find(|(key, counts)| found.get(*key) != Some(counts));
            return Err(format!("by {by:?}: counted {differing:?} of {} rows, {} came", expected.len(), found.len()));
        }
    }
    Ok(turned)
}

/// Adds decisions on targets that there are as defined, and that nothing lists there: features of the framework that nothing configures.
fn unlisted(asked: &Asked, plain: &mut Decided, targets: &BTreeSet<String>, semantics: Semantics) {
    let listed: BTreeSet<String> = plain.keys().map(|(_, target)| target.clone()).collect();
    let options = question(semantics).options(semantics);
    for name in targets.difference(&listed).filter(|name| name.contains('/')) {
        let Ok(target) = Target::parse(&asked.workspace, name) else { continue };
        let Ok(list) = compile(&asked.workspace, &target, options) else { continue };
        for user in asked.workspace.users() {
            let nothing = WhatIf::default();
            let subject = Subject::new(&asked.workspace, user, semantics, &nothing);
            plain.insert((subject.name().to_owned(), name.clone()), decide(&list, &subject).allowed);
        }
    }
}

fn row(object: &Value) -> ((String, String), [u64; 4]) {
    let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
    let counts = ["allowed", "denied", "gained", "lost"].map(|key| object[key].as_u64().expect("counts are numbers"));
    ((text("group"), text("target")), counts)
}

/// Counts by hand: everybody in the groups of the supposition, and who is gone in those as defined.
fn counted(asked: &Asked, supposed: &Supposed<'_>, (plain, now): (&Decided, &Decided), by: &str) -> Counts {
    let targets: BTreeSet<&String> = now.keys().map(|(_, target)| target).collect();
    let mut counts = Counts::new();
    let Supposed { workspace, question, .. } = supposed;
    for user in workspace.users() {
        let id = user.id.as_ref().expect("users have ids").value.to_string();
        for (target, group) in targets.iter().flat_map(|target| {
            groups(workspace, user, by, question.semantics, &question.what_if).into_iter().map(move |group| (*target, group))
        }) {
            let key = (id.clone(), target.clone());
            let (is, was) = (now[&key], plain.get(&key).copied().unwrap_or(false));
            let [allowed, denied, gained, lost] = counts.entry((group, target.clone())).or_default();
            *(if is { allowed } else { denied }) += 1;
            *gained += u64::from(is && !was);
            *lost += u64::from(was && !is);
        }
    }
    for user in asked.workspace.users() {
        let id = user.id.as_ref().expect("users have ids").value.to_string();
        if workspace.user(&id).is_some() {
            continue;
        }
        for group in groups(&asked.workspace, user, by, question.semantics, &WhatIf::default()) {
            for target in &targets {
                let was = plain.get(&(id.clone(), (*target).clone())).copied().unwrap_or(false);
                let [.., lost] = counts.entry((group.clone(), (*target).clone())).or_default();
                *lost += u64::from(was);
            }
        }
    }
    counts
}

/// A world under any layout; with its users in a file of their own, so that they are read as a stream; and the same where they are
/// loaded, since permissions could be defined.
fn layouts(world: &World, seed: u64) -> Result<[Asked; 3], String> {
    let mut dice = Dice::seeded(seed);
    let users: Vec<Node> = world.users.iter().map(|user| Scribe::new(&mut dice).user(user)).collect();
    let lines: String = users.iter().map(|user| Json::new(&mut dice).line(user) + "\n").collect();
    let document = |path: &str, text: String| Document { path: path.to_owned(), text, users: Vec::new() };
    let mut aside = layout::files(&World { users: Vec::new(), ..world.clone() }, seed);
    aside.push(document("users/all.ndjson", lines));
    let mut loaded = aside.clone();
    loaded.push(document("permissions/none.yaml", "# none\n".to_owned()));
    Ok([Asked::world(world, seed)?, Asked::files(aside)?, Asked::files(loaded)?])
}

#[test]
fn every_cell_stands_beside_the_one_as_defined() {
    let (turned, apart) = (AtomicUsize::new(0), AtomicUsize::new(0));
    seeds::every_seed(16, |seed| {
        let world = world(seed);
        let mut dice = Dice::seeded(seed);
        let all = suppositions(&world, &mut dice);
        let asked = layouts(&world, seed)?;
        for changes in dice.some(&all, 3) {
            let mut question = question(*dice.pick(Semantics::ALL));
            for change in &changes {
                change.suppose(&mut question);
            }
            if question.supposed().is_none() {
                continue;
            }
            let options: Vec<String> = changes.iter().flat_map(Change::option).collect();
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            for asked in &asked {
                let supposed =
                    Supposed { workspace: &asked.workspace, question: &question, options: options.clone(), by: &["", *dice.pick(ALL)] };
                let found = check(asked, &supposed, &["--features"])
                    .map_err(|problem| format!("{changes:?} ({}): {problem}\n{}", question.semantics.name(), asked.contents()))?;
                turned.fetch_add(found, Ordering::Relaxed);
            }
            let [_, read, loaded] = &asked;
            for format in
                [["--format", "csv"], ["--format", "markdown"], ["--summary", "--format=json"], ["--group-by=role", "--format=csv"]]
            {
                let arguments = [&["matrix", "--semantics", question.semantics.name()], options.as_slice(), &format].concat();
                let (read, loaded) = (read.run(&arguments), loaded.run(&arguments));
                if (read.code, &read.out) != (loaded.code, &loaded.out) || read.code != Some(0) {
                    return Err(format!("{arguments:?}: read {read:?}\nloaded {loaded:?}"));
                }
                apart.fetch_add(usize::from(read.out.contains("(was ")), Ordering::Relaxed);
            }
        }
        Ok(())
    });
    assert!(turned.into_inner() > 100 && apart.into_inner() > 3, "suppositions change something");
}

#[test]
fn every_cell_stands_beside_the_one_without_changes() {
    let turned = AtomicUsize::new(0);
    seeds::every_seed(24, |seed| {
        let mut dice = Dice::seeded(seed);
        let before = world(seed);
        let (after, changes) = Changes::make(&before, &mut dice);
        if after.apps.is_empty() || after.users.is_empty() {
            return Ok(());
        }
        let asked = Asked::world(&before, seed)?;
        let folder = tempfile::tempdir().expect("a folder for the changes");
        let path = folder.path().join("changes.json");
        changes.write(&path, &mut dice);
        let request = Request { root: asked.root.clone(), files: Vec::new(), changes: Some(path.clone()) };
        let workspace = load(&request).map_err(|invalid| format!("{:?}", invalid.problems))?;
        let path = path.to_str().expect("it is text");
        for also in [None, Some(UserType::External)] {
            let mut question = question(*dice.pick(Semantics::ALL));
            question.changes = Some(path.to_owned());
            question.what_if.user_type = also;
            let mut options = vec!["--with", path];
            options.extend(also.map(|_| "--as-type=external-user"));
            let supposed = Supposed { workspace: &workspace, question: &question, options, by: &["", *dice.pick(ALL)] };
            let found = check(&asked, &supposed, &["--features"]).map_err(|problem| {
                let changes = std::fs::read_to_string(path).unwrap_or_default();
                format!("({}): {problem}\n{}\n{changes}", question.semantics.name(), asked.contents())
            })?;
            turned.fetch_add(found, Ordering::Relaxed);
        }
        Ok(())
    });
    assert!(turned.into_inner() > 100, "changes change something");
}

/// Resources many at a time, types, and what is defined with or without the changes alone.
#[test]
fn permissions_stand_beside_those_as_defined() {
    let asked = Asked::texts(&[("permissions.yaml", DESK), ("apps.yaml", "{chatAppId: hr, enabled: true, userRoles: [reader]}\n")]);
    let path = asked.root.join("changes.yaml");
    let with = path.to_str().expect("it is text").to_owned();
    let selection = ["--target", "*#*", "--target", "*:*#*", "--target", "hr"];
    for changes in [
        "{}",
        "remove: {users: [ann], teams: [blue]}\nadd: {users: [{userId: zoe, roles: [reader]}]}\n",
        "replace: {instances: [{resource: ticket, id: T-1, attributes: {urgent: true}}]}\nadd: {instances: [{resource: ticket, id: T-2}]}\n",
        "replace: {resources: [{resource: ticket, permissions: [view, close, reopen]}], chatApps: [{chatAppId: hr, enabled: false}]}\n",
        "add: {chatApps: [{chatAppId: a, enabled: true, userRoles: [reader]}], assignments: [{user: eve, role: reader}]}\n",
        "remove: {instances: ['ticket:T-1']}\n",
    ] {
        std::fs::write(&path, changes).expect("it can be written");
        let request = Request { root: asked.root.clone(), files: Vec::new(), changes: Some(path.clone()) };
        let workspace = load(&request).expect("the changes can be made");
        for role in [None, Some("closer")] {
            let mut question = question(Semantics::Documented);
            question.changes = Some(with.clone());
            question.what_if.with_roles.extend(role.map(str::to_owned));
            let mut options = vec!["--with", &with];
            options.extend(role.iter().flat_map(|role| ["--with-role", role]));
            let supposed = Supposed { workspace: &workspace, question: &question, options, by: ALL };
            // What a glob selects can be there on one side alone.
            let selection = if changes.starts_with("remove: {instances") { &selection[..2] } else { &selection };
            check(&asked, &supposed, selection).unwrap_or_else(|problem| panic!("{changes} {role:?}: {problem}"));
        }
    }
}

#[test]
fn the_desk_stands_beside_itself() {
    let asked = Asked::fixture("helpdesk");
    let mut turned = 0;
    for (option, role) in [("--with-role", "billing_agent"), ("--with-role", "team_lead"), ("--without-role", "support_agent")] {
        let mut question = question(Semantics::Documented);
        let what_if = &mut question.what_if;
        (if option == "--with-role" { &mut what_if.with_roles } else { &mut what_if.without_roles }).push(role.to_owned());
        let supposed = Supposed { workspace: &asked.workspace, question: &question, options: vec![option, role], by: ALL };
        let selection = ["--target", "ticket:*#*", "--target", "ticket#*"];
        turned += check(&asked, &supposed, &selection).unwrap_or_else(|problem| panic!("{option} {role}: {problem}"));
    }
    assert!(turned > 10, "{turned} cells are decided otherwise");
}

/// Who is gone with the changes is told, and counted where the filters would have selected them.
#[test]
fn who_is_gone_is_lost() {
    let apps = "- {chatAppId: a, enabled: true, userRoles: [r]}\n- {chatAppId: b, enabled: true, userRoles: [s]}\n";
    let users = "- {userId: ann, roles: [r]}\n- {userId: bob, roles: [r, s]}\n- {userId: eve, roles: [s]}\n";
    let asked = Asked::texts(&[("apps.yaml", apps), ("users.yaml", users)]);
    let path = asked.root.join("changes.yaml");
    let with = path.to_str().expect("it is text").to_owned();
    std::fs::write(&path, "remove: {users: [bob], chatApps: [b]}\nadd: {users: [{userId: zoe}]}\n").expect("it can be written");
    let run = |arguments: &[&str]| asked.run(&[&["matrix", "--with", &with], arguments].concat());
    let said = run(&["--summary", "--format", "csv", "--user", "zoe", "--user", "?*"]);
    assert_eq!(said.out, "target,allowed,denied,gained,lost\na,1,2,0,1\n", "{said:?}");
    assert!(said.err.contains("1 user is removed, counted as lost where let in (bob)"), "{said:?}");
    assert!(said.err.contains("1 target is removed, without a row (b)"), "{said:?}");
    let said = run(&["--group-by", "role", "--format", "csv", "--role", "s"]);
    assert_eq!(said.out, "group,target,allowed,denied,gained,lost\nr,a,0,0,0,1\ns,a,0,1,0,1\n", "{said:?}");
    let said = run(&["--format", "csv"]);
    let cells = "ann,a,allow,combine-rules,allow\neve,a,deny,combine-rules,deny\nzoe,a,deny,combine-rules,\n";
    assert_eq!(said.out, format!("user,target,decision,gate,asDefined\n{cells}"), "{said:?}");
    assert!(said.err.contains("1 user is removed, without cells (bob)"), "{said:?}");
    for (arguments, problem) in [
        (["--user", "bob"], "--user: the changes of "),
        (["--user", "bo?"], " remove every user whom `bo?` selects"),
        (["--target", "b"], " remove every target that `b` selects"),
        (["--target", "[b]"], "--target: `[b]` selects no target"),
        (["--user", "nobody"], "--user: `nobody` selects no user"),
    ] {
        let said = run(&arguments);
        assert!(said.code == Some(2) && said.out.is_empty() && said.err.contains(problem), "{arguments:?}: {said:?}");
    }
    std::fs::write(&path, "replace: {users: [{userId: ann}, {userId: bob}]}\n").expect("it can be written");
    let said = run(&["--role", "r"]);
    assert!(said.err.contains("--role: the changes of ") && said.err.contains(" leave no user whom `r` selects"), "{said:?}");
    let said = run(&["--type", "external-user", "--as-type", "internal-user"]);
    assert!(said.err.contains("these filters together select no user"), "{said:?}");
}
