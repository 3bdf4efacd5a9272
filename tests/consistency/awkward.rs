//! Filters over names that are globs themselves, that hold separators, or that nobody has.

use crate::ask::{Asked, Cell};

fn awkward() -> Asked {
    Asked::texts(&[
        (
            "apps.yaml",
            "- {chatAppId: 'hr-*', enabled: true, userTypes: [internal-user]}\n- {chatAppId: hr-x, enabled: true, userTypes: [external-user]}\n- {chatAppId: it, enabled: true}\n",
        ),
        ("site.yaml", "siteFeatures:\n  traces: {enabled: true, userTypes: [internal-user]}\n"),
        (
            "users.yaml",
            "- {userId: 'a*', roles: ['sales-*'], entity: 'acme-*'}\n\
             - {userId: ab, roles: [sales-east], entity: acme-1}\n\
             - {userId: a/b, roles: ['pika:site-admin'], entity: 'x:y'}\n\
             - {userId: 'a#b', roles: ['pika:a:b', sales-east]}\n\
             - {userId: 'a:b', userType: internal-user}\n\
             - {userId: aéb, roles: [élan]}\n\
             - {userId: 'a[b', roles: ['{r'], entity: 'e\\'}\n",
        ),
    ])
}

/// Who, or what, a filter leaves; a `!` where it selects nothing.
fn left(asked: &Asked, option: &str, pattern: &str, column: fn(&Cell) -> &String) -> Vec<String> {
    let argument = format!("{option}={pattern}");
    let said = asked.run(&["matrix", "--format", "ndjson", &argument]);
    if said.code == Some(2) {
        return vec!["!".to_owned()];
    }
    let mut names: Vec<String> = asked.matrix(&[&argument]).iter().map(|cell| column(cell).clone()).collect();
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    names
}

fn check(rows: &[(&str, &str, &[&str])], column: fn(&Cell) -> &String) {
    let asked = awkward();
    let wrong: Vec<String> = rows
        .iter()
        .map(|(option, pattern, expected)| (option, pattern, expected, left(&asked, option, pattern, column)))
        .filter(|(_, _, expected, found)| found.as_slice() != **expected)
        .map(|(option, pattern, expected, found)| format!("{option} '{pattern}': {expected:?}, found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_wins_over_its_reading_as_a_glob() {
    check(
        &[
            ("--user", "a*", &["a*"]),
            ("--role", "sales-*", &["a*"]),
            ("--role", "sales-?*", &["a*", "ab", "a#b"]),
            ("--entity", "acme-*", &["a*"]),
        ],
        |cell| &cell.user,
    );
    check(
        &[("--target", "hr-*", &["hr-*"]), ("--target", "hr-?", &["hr-*", "hr-x"]), ("--target", "hr-*/traces", &["hr-*/traces"])],
        |cell| &cell.target,
    );
}

#[test]
fn a_name_need_not_be_a_glob_at_all() {
    check(&[("--user", "a[b", &["a[b"]), ("--role", "{r", &["a[b"]), ("--entity", "e\\", &["a[b"])], |cell| &cell.user);
}

#[test]
fn stars_do_not_cross_separators() {
    check(
        &[
            ("--user", "*", &["a*", "ab", "aéb", "a[b"]),
            ("--user", "a?b", &["aéb", "a[b"]),
            ("--user", "a??b", &["!"]),
            ("--role", "?lan", &["aéb"]),
            ("--user", "a/*", &["a/b"]),
            ("--user", "a#*", &["a#b"]),
            ("--user", "*:*", &["a:b"]),
            ("--role", "pika*", &["!"]),
            ("--role", "pika:*", &["a/b"]),
            ("--role", "pika:*:*", &["a#b"]),
            ("--role", "*:*", &["a/b"]),
            ("--entity", "x*", &["!"]),
            ("--entity", "x:*", &["a/b"]),
        ],
        |cell| &cell.user,
    );
    check(
        &[
            ("--target", "*", &["hr-*", "hr-x", "it"]),
            ("--target", "*/traces", &["hr-*/traces", "hr-x/traces", "it/traces"]),
            ("--target", "it/*", &["it/homePage", "it/traces"]),
            ("--target", "site#*", &["site#admin", "site#content-admin"]),
            ("--target", "*#admin", &["site#admin"]),
            ("--target", "site*", &["!"]),
            ("--target", "*admin", &["!"]),
            ("--target", "it*traces", &["!"]),
        ],
        |cell| &cell.target,
    );
}

/// One separator is not another.
#[test]
fn separators_are_told_apart() {
    check(&[("--user", "a/*/b", &["!"]), ("--user", "a/?/b", &["!"]), ("--role", "*/*/*", &["!"]), ("--user", "a/b", &["a/b"])], |cell| {
        &cell.user
    });
}

/// A feature of the framework is a target even where nothing configures it.
#[test]
fn a_target_can_be_named_that_no_glob_finds() {
    check(&[("--target", "it/logout", &["it/logout"]), ("--target", "it/log*", &["!"])], |cell| &cell.target);
}

#[test]
fn what_selects_nothing_is_no_question() {
    let asked = Asked::fixture("acme");
    let unknown: &[(&[&str], &str)] = &[
        (&["--user", "alcie"], "`alice`"),
        (&["--user", "alice", "--user", "carrol"], "`carol`"),
        (&["--role", "hr-taem"], "`hr-team`"),
        (&["--entity", "dept_hrr"], "`dept_hr`"),
        (&["--target", "hr-asistant"], "`hr-assistant`"),
        (&["--target", "hr-assistant/trace"], "`hr-assistant/traces`"),
        (&["--target", "site#admim"], "`site#admin`"),
        (&["--user", "alice", "--type", "external-user"], ""),
        (&["--user", "alice", "--role", "cfo"], ""),
    ];
    for (arguments, meant) in unknown {
        let said = asked.run(&[&["matrix"], *arguments].concat());
        assert!(said.code == Some(2) && said.out.is_empty() && said.err.starts_with("error: "), "{arguments:?}: {said:?}");
        assert!(said.err.contains(&format!("did you mean {meant}")) || meant.is_empty(), "{arguments:?}: {said:?}");
    }
}
