//! A large file of users says the same whether it is read user by user, as ordinary ones are, or all at once.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;

use gatewalk::discover::{Request, load};

/// Users enough to be read one by one.
const USERS: usize = 3000;

/// A tab makes a comment unusual, and nothing else.
const ENDS: [&str; 2] = ["# the end\n", "#\tthe end\n"];

/// What a file of users comes to, with places: the users, or the problems.
fn loaded(users: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("the file can be written");
    write("apps.yaml", "chatAppId: app\nenabled: true\nuserTypes: [internal-user]\n");
    write("site.yaml", "siteFeatures:\n  entity: {enabled: true, attributeName: account}\n");
    write("users.yaml", users);
    match load(&Request { root: folder.path().to_owned(), files: Vec::new(), changes: None }) {
        Ok(workspace) => format!("{:?} {:?} {:?}", workspace.counts(), workspace.users(), workspace.user("u7")),
        Err(invalid) => format!("{:?}", invalid.problems),
    }
}

/// A file of users with one other item in the middle.
fn users(start: &str, other: &str, end: &str) -> String {
    let mut text = String::new();
    for number in 0..USERS {
        if number == USERS / 2 {
            text.push_str(other);
        }
        write!(text, "{start}userId: u{number}\n  userType: internal-user\n  roles: [a, b]\n  customData:\n    account: e{number}\n")
            .expect("text takes text");
    }
    text + end
}

#[test]
fn both_ways_come_to_the_same() {
    const OTHERS: &[(&str, bool)] = &[
        ("", true),
        ("- user_id: x\n  user_type: external-user\n  custom_data: {account: y}\n", true),
        ("- userId: x/prefs\n", true),
        ("-\n", true),
        ("- []\n", true),
        ("- - userId: x\n  - userId: y\n", true),
        ("- Item: {userId: x}\n", true),
        ("- userId: {S: \"x\"}\n  userType: {S: \"internal-user\"}\n", true),
        ("- chatAppId: other\n  enabled: true\n", true),
        ("- users: [{userId: x}]\n", true),
        ("- users: [{userId: x}]\n  chatApps: [{chatAppId: other, enabled: true}]\n", true),
        ("- users: [{userId: x}]\n  overrides: [{chatAppId: app, enabled: false}]\n", true),
        ("- users: [{userId: x/prefs}]\n  siteFeatures: {fileUpload: {enabled: true, userTypes: [internal-user]}}\n", true),
        ("- users: [{userId: x}]\n  resources: [{resource: ticket, permissions: [view]}]\n", true),
        ("- users: [{userId: x}]\n  roles: [{role: r, permissions: []}]\n", true),
        ("- users: [{userId: x}]\n  conditions: {c: {owner: user.id}}\n", true),
        ("- users: [{userId: x}]\n  people: [{userId: z}]\n", true),
        ("- users: []\n", true),
        ("- userId: x\n  roles: [no\u{ad}ne]\n", false),
        ("- userId: u7\n", false),
        ("- userId:\n", false),
        ("- userId: x\n  userId: y\n", false),
        ("- userId: x\n  user_id: y\n", false),
        ("- userId: x\n  usreType: internal-user\n", false),
        ("- userId: x\n  userType: internal\n", false),
        ("- userId: x\n  roles: admin\n", false),
        ("- userId: x\n  customData: y\n", false),
        ("- userId: x\n  customData: {account: a\u{ad}b}\n", false),
        ("- userId: x\n  lastLogin: yesterday\n", false),
        ("- word\n", false),
        ("- {}\n", false),
        ("- userId: [x]\n", false),
        ("- Items: [{userId: x}]\n  Count: 2\n", false),
        ("- userId: x\n  a:\n - b\n", false),
        ("- userId: \u{202e}x\n", false),
    ];
    for (other, is_valid) in OTHERS {
        let [ordinary, unusual] = ENDS.map(|end| loaded(&users("- ", other, end)));
        assert_eq!(ordinary, unusual, "{other:?}");
        assert_eq!(ordinary.starts_with("Counts"), *is_valid, "{other:?}: {}", ordinary.get(..300).unwrap_or(&ordinary));
    }
}

#[test]
fn documents_come_to_the_same() {
    let as_documents = |text: String| text.replace("- userId", "---\nuserId").replace("\n  ", "\n");
    let as_mappings = |text: String| as_documents(text).replace("customData:\naccount: ", "customData:\n  account: ");
    let [ordinary, unusual] = ENDS.map(|end| loaded(&as_mappings(users("- ", "", end))));
    assert_eq!(ordinary, unusual);
    assert!(
        ordinary.starts_with("Counts") && ordinary.contains(&format!("users: {USERS}")),
        "{}",
        ordinary.get(..300).unwrap_or(&ordinary)
    );
}
