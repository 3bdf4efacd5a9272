//! A file of changes is answered as if the changes were made.

use std::path::Path;

use gatewalk::discover::{Request, load};
use gatewalk::model::Semantics;

use crate::ask::{Asked, Cell, question, same, world};
use crate::worlds::dice::Dice;
use crate::worlds::layout::json::Json;
use crate::worlds::layout::node::Node;
use crate::worlds::layout::scribe::Scribe;
use crate::worlds::seeds;
use crate::worlds::world::World;

/// What is to be done, by kind.
#[derive(Default)]
pub(crate) struct Changes {
    add: [Vec<Node>; 2],
    replace: [Vec<Node>; 3],
    remove: [Vec<Node>; 3],
}

impl Changes {
    /// Changes a world, and notes how.
    pub(crate) fn make(before: &World, dice: &mut Dice) -> (World, Self) {
        let (mut after, mut changes) = (before.clone(), Self::default());
        let others = world(dice.between(10_000, 20_000) as u64);
        let mut apps = others.apps.into_iter();
        let mut kept = Vec::new();
        for mut app in std::mem::take(&mut after.apps) {
            let id = Node::text(&app.id);
            match dice.between(0, 9) {
                0 => {
                    if app.admin_override.is_some() {
                        changes.remove[1].push(id.clone());
                    }
                    changes.remove[0].push(id);
                    continue;
                }
                1 if app.admin_override.is_some() => {
                    changes.remove[1].push(id);
                    app.admin_override = None;
                }
                2 if app.admin_override.is_some() => {
                    if let Some(other) = apps.find_map(|other| other.admin_override) {
                        changes.replace[1].push(Scribe::new(dice).admin_override(&app.id, &other));
                        app.admin_override = Some(other);
                    }
                }
                3 => {
                    if let Some(mut other) = apps.next() {
                        if app.admin_override.take().is_some() {
                            changes.remove[1].push(id);
                        }
                        other.id.clone_from(&app.id);
                        changes.replace[0].push(Scribe::new(dice).app(&other, true));
                        app = other;
                    }
                }
                _ => {}
            }
            kept.push(app);
        }
        if let Some(mut new) = apps.next() {
            "an app that is new".clone_into(&mut new.id);
            changes.add[0].push(Scribe::new(dice).app(&new, true));
            kept.push(new);
        }
        after.apps = kept;
        let mut users = others.users.into_iter();
        let mut kept = Vec::new();
        for mut user in std::mem::take(&mut after.users) {
            match dice.between(0, 9) {
                0 => {
                    changes.remove[2].push(Node::text(&user.id));
                    continue;
                }
                1 | 2 => {
                    if let Some(mut other) = users.next() {
                        other.id.clone_from(&user.id);
                        changes.replace[2].push(Scribe::new(dice).user(&other));
                        user = other;
                    }
                }
                _ => {}
            }
            kept.push(user);
        }
        if let Some(mut new) = users.next() {
            "a user who is new".clone_into(&mut new.id);
            changes.add[1].push(Scribe::new(dice).user(&new));
            kept.push(new);
        }
        after.users = kept;
        (after, changes)
    }

    /// What is removed comes first: an app is replaced whole, with an override inside it if it has one.
    pub(crate) fn write(self, path: &Path, dice: &mut Dice) {
        let Self { add: [apps, users], replace: [new_apps, new_overrides, new_users], remove: [no_apps, no_overrides, no_users] } = self;
        let kinds = |apps, overrides, users| {
            Node::map([("chatApps", Node::List(apps)), ("overrides", Node::List(overrides)), ("users", Node::List(users))])
        };
        let document = Node::map([
            ("remove", kinds(no_apps, no_overrides, no_users)),
            ("replace", kinds(new_apps, new_overrides, new_users)),
            ("add", kinds(apps, Vec::new(), users)),
        ]);
        std::fs::write(path, Json::new(dice).file(&document)).expect("the file can be written");
    }
}

fn sorted(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort();
    cells
}

#[test]
fn changes_that_are_supposed_are_changes_that_are_made() {
    let made = std::sync::atomic::AtomicUsize::new(0);
    seeds::every_seed(150, |seed| {
        let mut dice = Dice::seeded(seed);
        let before = world(seed);
        let (after, changes) = Changes::make(&before, &mut dice);
        if after.apps.is_empty() {
            return Ok(());
        }
        let mut supposed = Asked::world(&before, seed)?;
        let folder = tempfile::tempdir().expect("a folder for the changes");
        let path = folder.path().join("changes.json");
        changes.write(&path, &mut dice);
        let request = Request { root: supposed.root.clone(), files: Vec::new(), changes: Some(path.clone()) };
        let text = || std::fs::read_to_string(&path).expect("it was written");
        let shown = |invalid: Box<gatewalk::discover::Invalid>| format!("{:?}\n{}", invalid.problems, text());
        supposed.workspace = load(&request).map_err(shown)?;
        let made_so = Asked::world(&after, seed + 1)?;
        for semantics in Semantics::ALL {
            let question = question(*semantics);
            same(&sorted(made_so.cells(&question)), &sorted(supposed.cells(&question)))
                .map_err(|problem| format!("{problem}\n{}\n{}", supposed.contents(), text()))?;
        }
        made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    assert!(made.into_inner() > 100);
}

/// A desk on which each kind of definition decides something.
pub(crate) const DESK: &str = "
resources: [{resource: ticket, permissions: [view, close]}]
instances: [{resource: ticket, id: T-1, attributes: {team_id: blue, urgent: false}}]
permissions: [{name: urgent_close, resource: ticket, actions: [close], conditions: {ticket.urgent: true}}]
roles:
- {role: reader, permissions: [{resource: ticket, actions: [view]}]}
- {role: closer, permissions: [urgent_close]}
teams: [{team: blue, members: [{user: ann, role: reader}]}]
assignments:
- {user: bob, role: reader, expires: 2027-01-01}
- {user: bob, role: closer}
policies: [{name: never, priority: 5, rules: [{effect: deny, actions: [close], resources: [ticket], conditions: {user.id: ann}}]}]
patterns: {team_based_access: {baseRole: reader, scope: team_resources}}
users: [{userId: ann}, {userId: bob}, {userId: eve}]
";

/// `decision gate` of a question with changes, and what is decided as it is defined.
fn decided(changes: &str, user: &str, target: &str) -> String {
    let asked = Asked::texts(&[("permissions.yaml", DESK)]);
    std::fs::write(asked.root.join("changes.yaml"), changes).expect("it can be written");
    let path = asked.root.join("changes.yaml");
    let said = asked.run(&["check", user, target, "--format", "json", "--with", path.to_str().expect("it is text")]);
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let words =
        |answer: &serde_json::Value| format!("{} {}", answer["decision"].as_str().unwrap_or("-"), answer["gate"].as_str().unwrap_or("-"));
    format!("{}, as defined {}", words(&answer), words(&answer["asDefined"]))
}

#[test]
fn every_kind_of_definition_can_be_changed() {
    let (view, close) = ("ticket:T-1#view", "ticket:T-1#close");
    for (changes, user, target, expected) in [
        ("{}", "ann", view, "allow role-permission, as defined allow role-permission"),
        ("add: {users: [{userId: new, roles: [reader]}]}", "new", view, "allow role-permission, as defined - -"),
        (
            "add: {roles: [{role: extra, permissions: [{resource: ticket, actions: [view]}]}], assignments: [{user: eve, role: extra}]}",
            "eve",
            view,
            "allow role-permission, as defined deny default-deny",
        ),
        ("replace: {roles: [{role: reader, permissions: []}]}", "bob", view, "deny default-deny, as defined allow temporary-grant"),
        (
            "replace: {instances: [{resource: ticket, id: T-1, attributes: {urgent: true}}]}",
            "bob",
            close,
            "allow custom-permission, as defined deny default-deny",
        ),
        (
            "replace: {permissions: [{name: urgent_close, resource: ticket, actions: [close], conditions: {ticket.urgent: false}}]}",
            "bob",
            close,
            "allow custom-permission, as defined deny default-deny",
        ),
        (
            "replace: {resources: [{resource: ticket, permissions: [view, close, reopen]}]}",
            "ann",
            "ticket:T-1#reopen",
            "deny default-deny, as defined - -",
        ),
        (
            "replace: {teams: [{team: blue, members: [{user: eve, role: closer}]}]}",
            "eve",
            view,
            "allow role-permission, as defined deny default-deny",
        ),
        (
            "replace: {assignments: [{user: bob, role: reader, expires: 2025-01-01}]}",
            "bob",
            view,
            "deny default-deny, as defined allow temporary-grant",
        ),
        (
            "replace: {policies: [{name: never, rules: [{effect: allow, actions: [close], resources: [ticket]}]}]}",
            "eve",
            close,
            "allow policy-allow, as defined deny default-deny",
        ),
        ("remove: {assignments: [{user: bob, role: reader}]}", "bob", view, "deny default-deny, as defined allow temporary-grant"),
        ("remove: {teams: [blue], patterns: [team_based_access]}", "ann", view, "deny default-deny, as defined allow role-permission"),
        ("remove: {policies: [never]}", "ann", close, "deny default-deny, as defined deny policy-deny"),
        (
            "remove: {permissions: [urgent_close]}\nreplace: {roles: [{role: closer, permissions: [{resource: ticket, actions: [close]}]}]}",
            "bob",
            close,
            "allow role-permission, as defined deny default-deny",
        ),
        (
            "remove: {instances: ['ticket:T-1']}\nadd: {instances: [{resource: ticket, id: T-2}]}",
            "bob",
            "ticket:T-2#view",
            "allow temporary-grant, as defined - -",
        ),
    ] {
        assert_eq!(decided(changes, user, target), expected, "{changes}");
    }
}

/// Who is let in is said by an override wherever it stands, and whichever of several assignments is meant is what goes.
#[test]
fn overrides_and_assignments_are_the_ones_that_are_meant() {
    let files = [
        (
            "apps.yaml",
            "- {chatAppId: in, enabled: true, userTypes: [internal-user], override: {enabled: true, exclusiveUserIdAccessControl: [ann]}}\n- {chatAppId: out, enabled: true, userTypes: [internal-user]}\n",
        ),
        ("overrides.yaml", "- {chatAppId: 'out:override', enabled: true, exclusiveUserIdAccessControl: [ann]}\n"),
        ("users.yaml", "- {userId: ann, userType: internal-user}\n- {userId: bob, userType: internal-user}\n"),
        (
            "permissions.yaml",
            "resources: [{resource: ticket, permissions: [view]}]\nroles: [{role: r, permissions: [{resource: ticket, actions: [view]}]}]\n\
             assignments:\n- {user: bob, role: r, expires: 2025-06-01}\n- {user: bob, role: r, notBefore: 2025-12-01, expires: 2027-01-01}\n\
             - {user: ann, role: r}\n- {user: ann, role: r, emergency: true, reason: x}\n",
        ),
    ];
    let asked = Asked::texts(&files);
    let path = asked.root.join("changes.yaml");
    let decided = |changes: &str, user: &str, target: &str| {
        std::fs::write(&path, changes).expect("it can be written");
        let said = asked.run(&["check", user, target, "--with", path.to_str().expect("it is text")]);
        said.out.split(':').next().unwrap_or_default().to_owned()
    };
    for app in ["in", "out"] {
        let new = format!("{{chatAppId: {app}, enabled: true, exclusiveUserIdAccessControl: [bob]}}");
        let whole = format!("{{chatAppId: {app}, enabled: true, userTypes: [external-user]}}");
        for (changes, ann, bob) in [
            ("{}".to_owned(), "allow exclusive-user-ids", "deny exclusive-user-ids"),
            (format!("replace: {{overrides: [{new}]}}"), "deny exclusive-user-ids", "allow exclusive-user-ids"),
            (format!("replace: {{chatApps: [{whole}], overrides: [{new}]}}"), "deny exclusive-user-ids", "allow exclusive-user-ids"),
            (format!("replace: {{overrides: [{new}], chatApps: [{whole}]}}"), "deny exclusive-user-ids", "allow exclusive-user-ids"),
            (format!("replace: {{chatApps: [{whole}]}}"), "allow exclusive-user-ids", "deny exclusive-user-ids"),
            (format!("remove: {{overrides: [{app}]}}"), "allow combine-rules", "allow combine-rules"),
            (
                format!("remove: {{overrides: ['{app}:override']}}\nreplace: {{chatApps: [{whole}]}}"),
                "deny combine-rules",
                "deny combine-rules",
            ),
            (format!("replace: {{overrides: [{new}]}}\nremove: {{overrides: [{app}]}}"), "allow combine-rules", "allow combine-rules"),
            (
                format!("replace: {{chatApps: [{{chatAppId: {app}, enabled: true, override: {{enabled: false}}}}]}}"),
                "deny override-enabled",
                "deny override-enabled",
            ),
        ] {
            assert_eq!((decided(&changes, "ann", app).as_str(), decided(&changes, "bob", app).as_str()), (ann, bob), "{changes}");
        }
    }
    let view = "ticket#view";
    for (changes, user, expected) in [
        ("replace: {assignments: [{user: bob, role: r, expires: 2025-01-02}]}", "bob", "deny default-deny"),
        ("remove: {assignments: [{user: bob, role: r, expires: 2025-06-01}]}", "bob", "allow temporary-grant"),
        ("remove: {assignments: [{user: bob, role: r, notBefore: 2025-12-01, expires: 2027-01-01}]}", "bob", "deny default-deny"),
        ("remove: {assignments: [{user: bob, role: r}]}", "bob", "deny default-deny"),
        ("remove: {assignments: [{user: ann, role: r, emergency: true, reason: y}]}", "ann", "allow role-permission"),
        ("replace: {assignments: [{user: ann, role: r, emergency: true, reason: y}]}", "ann", "allow temporary-grant"),
    ] {
        assert_eq!(decided(changes, user, view), expected, "{changes}");
    }
}

#[test]
fn changes_that_cannot_be_made_are_refused_with_their_place() {
    let site = ("site.yaml", "siteFeatures: {logout: {enabled: true}}\n");
    let asked = Asked::texts(&[("permissions.yaml", DESK), ("apps.yaml", "chatAppId: hr\nenabled: true\n"), site]);
    let path = asked.root.join("changes.yaml");
    for (changes, line, said) in [
        ("remove:\n  users: [ane]\n", 2, "there is no user `ane` to remove"),
        ("replace:\n  roles:\n  - {role: raeder, permissions: []}\n", 3, "there is no role `raeder` to replace"),
        ("remove: {overrides: [hr]}\n", 1, "there is no override `hr` to remove"),
        ("remove:\n  assignments: [{user: ann, role: reader}]\n", 2, "there is no assignment `role \"reader\" to user \"ann\"` to remove"),
        ("remove: {patterns: [progressive_access]}\n", 1, "there is no pattern `progressive_access` to remove"),
        ("remove: {teams: [{team: blue}]}\n", 1, "what is removed is named"),
        ("remove: {users: [null]}\n", 1, "a name is missing here"),
        ("replace:\n  chatApps: [{chatAppId: hr}]\n  overrides: [{chatAppId: hr}]\n", 3, "there is no override `hr` to replace"),
        ("replace:\n  users:\n  - {userId: ann}\n  - {userId: ann, roles: [reader]}\n", 4, "the user `ann` is replaced twice"),
        ("replace: {chatApps: [{chatAppId: hr, override: {enabled: true}}], overrides: [{chatAppId: hr, enabled: false}]}\n", 1, "twice"),
        ("remove: {users: ann}\n", 1, "what is removed from `users` is a list of names"),
        ("delete: {users: [ann]}\n", 1, "there is no change `delete`"),
        ("add: {people: [{userId: x}]}\n", 1, "there is no kind of definitions `people`"),
        ("remove:\n  uesrs: [ann]\n", 2, "there is no kind of definitions `uesrs`"),
        ("replace: {siteFeatures: {traces: {enabled: true}}}\n", 1, "there is no key of `siteFeatures` `traces` to replace"),
        ("remove: {siteFeatures: [traces]}\n", 1, "there is no key of `siteFeatures` `traces` to remove"),
        ("add: {siteFeatures: {logout: {enabled: true}}}\n", 1, "the site configures `logout` twice"),
        ("add: {siteFeatures: {tarces: {enabled: true}}}\n", 1, "tarces"),
        ("remove: {siteFeatures: {logout: true}}\n", 1, "what is removed from `siteFeatures` is a list of names"),
        ("replace: {siteFeatures: [logout]}\n", 1, "`siteFeatures`"),
        ("add: [1]\n", 1, "what stands under `add` is not a mapping of kinds"),
        ("- add\n", 1, "a document of changes is a mapping"),
        ("add: {users: [{userId: ann}]}\n", 1, "the user `ann` is defined twice"),
        ("add:\n  users:\n  - {userId: x, rolse: [a]}\n", 3, "a user has no field `rolse`"),
        // What is left has to hold together.
        ("remove: {roles: [reader]}\n", 0, "reader"),
        ("add: {users: [}\n", 1, ""),
    ] {
        std::fs::write(&path, changes).expect("it can be written");
        let ran = asked.run(&["check", "ann", "hr", "--with", path.to_str().expect("it is text")]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{changes}: {ran:?}");
        let place = if line == 0 { "permissions.yaml:".to_owned() } else { format!("changes.yaml:{line}:") };
        assert!(ran.err.contains(said) && ran.err.contains(&place), "{changes}: {}", ran.err);
        assert!(!said.contains("no kind") || ran.err.matches("error").count() == 1, "said once: {changes}: {}", ran.err);
    }
    let ran = asked.run(&["check", "ann", "hr", "--with", "no-such-file.yaml"]);
    assert!(ran.code == Some(2) && ran.err.contains("no-such-file.yaml"), "{ran:?}");
}

#[test]
fn look_ups_tell_what_changes_change() {
    let asked = Asked::texts(&[("permissions.yaml", DESK)]);
    let path = asked.root.join("changes.yaml");
    std::fs::write(&path, "remove: {users: [ann], teams: [blue]}\nadd: {users: [{userId: zoe, roles: [reader]}]}\n")
        .expect("it can be written");
    let with = ["--format", "json", "--with", path.to_str().expect("it is text")];
    let answer = |arguments: &[&str]| -> serde_json::Value {
        let said = asked.run(&[arguments, &with].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    };
    let found = answer(&["who-can", "ticket:T-1#view"]);
    assert_eq!((&found["gained"], &found["lost"]), (&serde_json::json!(["zoe"]), &serde_json::json!(["ann"])), "{found}");
    assert_eq!(found["whatIf"]["changes"], with[3]);
    let found = answer(&["what-can", "zoe"]);
    assert_eq!((&found["gained"], &found["lost"]), (&serde_json::json!(["ticket#view"]), &serde_json::json!([])), "{found}");
}

/// Single keys of the site are added, replaced and removed; what is not named stays.
#[test]
fn the_features_of_the_site_are_changed_key_by_key() {
    let site = "siteFeatures:\n  logout: {enabled: true, userTypes: [internal-user]}\n  siteAdmin: {websiteEnabled: true}\n";
    let app =
        "- {chatAppId: a, enabled: true, userTypes: [internal-user], features: {logout: {enabled: true, userTypes: [internal-user]}}}\n";
    let users = "- {userId: ann, userType: internal-user, roles: ['pika:site-admin', r], entity: x, customData: {unit: x}}\n";
    let app = app.to_owned() + "- {chatAppId: b, enabled: true, allowedEntities: [x]}\n";
    let asked = Asked::texts(&[("site.yaml", site), ("apps.yaml", &app), ("users.yaml", users)]);
    let path = asked.root.join("changes.yaml");
    let decided = |changes: &str, target: &str| {
        std::fs::write(&path, changes).expect("it can be written");
        let said = asked.run(&["check", "ann", target, "--with", path.to_str().expect("it is text")]);
        assert!(said.code != Some(2), "{changes}: {said:?}");
        said.out.split(':').next().unwrap_or_default().to_owned()
    };
    for (changes, target, expected) in [
        ("{}", "a/logout", "allow feature-combine-rules"),
        ("remove: {siteFeatures: [logout]}", "a/logout", "deny site-feature-enabled"),
        ("replace: {siteFeatures: {logout: {enabled: false}}}", "a/logout", "deny site-feature-enabled"),
        ("replace: {siteFeatures: {site_admin: {websiteEnabled: false}}}", "a/logout", "allow feature-combine-rules"),
        ("{}", "site#admin", "allow user-role"),
        ("replace: {siteFeatures: {siteAdmin: {websiteEnabled: false}}}", "site#admin", "deny site-feature-enabled"),
        ("remove: {siteFeatures: [siteAdmin]}\nadd: {siteFeatures: {siteAdmin: {websiteEnabled: true}}}", "site#admin", "allow user-role"),
        ("add: {siteFeatures: {entity: {enabled: true, attributeName: unit}}}", "b", "allow allowed-entities"),
        ("add: {siteFeatures: {entity: {enabled: false}}}", "b", "deny allowed-entities"),
    ] {
        assert_eq!(decided(changes, target), expected, "{changes}");
    }
}

/// A file that changes nothing is a slip, and so is standard input that is read twice.
#[test]
fn what_changes_nothing_says_so() {
    let asked = Asked::texts(&[("apps.yaml", "{chatAppId: a, enabled: true, userRoles: [r]}\n"), ("users.yaml", "- {userId: ann}\n")]);
    let path = asked.root.join("changes.yaml");
    for (changes, says) in
        [("", true), ("# none\n", true), ("{}\n", true), ("add: {users: []}\nremove:\n", true), ("add: {users: [{userId: x}]}\n", false)]
    {
        std::fs::write(&path, changes).expect("it can be written");
        for command in [["check", "ann", "a"].as_slice(), &["matrix"], &["who-can", "a"], &["what-can", "ann"]] {
            let said = asked.run(&[command, &["--with", path.to_str().expect("it is text")]].concat());
            assert_eq!(said.err.matches("this file changes nothing").count(), usize::from(says), "{changes:?}: {said:?}");
            assert_eq!(said.err.contains("note: changes.yaml:1:1: this file changes nothing\n"), says, "{changes:?}: {said:?}");
        }
    }
    for command in [["check", "zoe", "a"].as_slice(), &["matrix", "--format", "csv", "--user", "zoe"]] {
        let arguments = [command, &["--with", "-"]].concat();
        let said = asked.run_with(&arguments, "add: {users: [{userId: zoe, roles: [r]}]}\n");
        assert!(said.code == Some(0) && said.out.contains("allow"), "{arguments:?}: {said:?}");
        let twice = asked.run_with(&[&arguments, ["-f", "-"].as_slice()].concat(), "");
        assert!(twice.code == Some(2) && twice.err.contains("standard input can be read once"), "{twice:?}");
    }
}
