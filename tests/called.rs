//! Users who are asked for by what people call them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::process::Command;

use gatewalk::discover::{Request, load};

const USERS: &str = r#"
- {userId: u1, firstName: Ana María, lastName: Ruiz, email: ana.ruiz@acme.example}
- {userId: u2, firstName: Ana, lastName: Smith, customData: {org: {unit: Payments, tags: [blue, "Red Team"]}}}
- {userId: u3, email: smith@other.example, customData: {phone: 5550100}}
- {userId: u4, firstName: [not, text], lastName: "Eve\n\e[31merror: fake", customData: {note: null}}
- {userId: smithy}
"#;

/// Who is found, and by what.
fn found(text: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("users.yaml"), USERS).expect("it can be written");
    fs::write(folder.path().join("apps.yaml"), "chatAppId: a\n").expect("it can be written");
    let workspace = load(&Request { root: folder.path().to_path_buf(), files: Vec::new(), changes: None }).expect("it is valid");
    workspace.users_called(text).into_iter().map(|called| (called.id.to_owned(), called.by)).collect()
}

fn ids(text: &str) -> Vec<String> {
    found(text).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn names_addresses_and_custom_data_find_users() {
    for (text, expected) in [
        ("ana maría ruiz", vec!["u1"]),
        ("Ruiz, Ana María", vec!["u1"]),
        ("ANA", vec!["u2"]),
        ("smith", vec!["u2", "u3"]),
        ("ana.ruiz", vec!["u1"]),
        ("ANA.RUIZ@ACME.EXAMPLE", vec!["u1"]),
        ("payments", vec!["u2"]),
        ("red team", vec!["u2"]),
        ("5550100", vec!["u3"]),
        // Nobody is called so; these have it in a name.
        ("mar", vec!["u1"]),
        ("acme.exam", vec!["u1"]),
        // Too little to look for, and nothing at all.
        ("m", vec![]),
        (" , ", vec![]),
        ("null", vec![]),
        ("not", vec![]),
    ] {
        assert_eq!(ids(text), expected, "{text}");
    }
    assert_eq!(found("payments"), [("u2".to_owned(), "has `customData.org.unit: Payments`".to_owned())]);
    assert_eq!(found("smith").last().expect("two are found").1, "is smith@other.example");
}

/// What the binary says of an unknown user.
fn refused(users: &str, user: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("users.yaml"), users).expect("it can be written");
    fs::write(folder.path().join("apps.yaml"), "chatAppId: a\n").expect("it can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_gatewalk")).args(["check", user, "a"]).current_dir(folder.path()).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).expect("it is text")
}

#[test]
fn what_a_user_is_called_cannot_speak_for_the_program() {
    assert_eq!(
        refused(USERS, "eve"),
        "error: there is no user `eve`\nhelp: users are asked about by id; that could be\n`u4` is Eve\\u{a}\\u{1b}[31merror: fake\n"
    );
}

#[test]
fn of_many_users_some_are_listed_and_the_others_counted() {
    let users: Vec<String> = (0..25).map(|number| format!("- {{userId: n{number}, lastName: Jones}}\n")).collect();
    let said = refused(&users.concat(), "jones");
    assert!(said.contains("\n`n9` is Jones\nand 15 more\n") && !said.contains("n10"), "{said}");
}

#[test]
fn who_is_called_like_nobody_is_compared_with_ids() {
    assert!(refused(USERS, "u11").contains("did you mean `u1`?"));
    assert!(refused(USERS, "zzzzzzzz").contains("a user can also be given as a mapping"));
}
