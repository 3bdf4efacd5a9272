//! Definitions that go, and ones that are put behind others.

use super::{Change, FOLLOW, Syntax, changed, check, json, yaml};

const REMOVE: Change<'_> = Change::Remove;

#[test]
fn items_go_with_their_lines() {
    yaml(
        "# a\n- userId: v\n# b\n- userId: u # c\n  # d\n  roles: [a] # e\n# f\n- userId: w\n",
        REMOVE,
        "# a\n- userId: v\n# b\n# f\n- userId: w\n",
    );
    yaml("- userId: u\n- userId: v\n", REMOVE, "- userId: v\n");
    yaml("- userId: v\n- userId: u\n", REMOVE, "- userId: v\n");
    yaml("users: # all\n  - userId: u\nroles: [a]\n", REMOVE, "users: [] # all\nroles: [a]\n");
    yaml("users:\n- userId: v\n- userId: u\n  roles:\n  - a\n\nroles: [a]\n", REMOVE, "users:\n- userId: v\n\nroles: [a]\n");
    yaml("- userId: u\n", REMOVE, "[]\n");
    yaml("[{userId: v}, {userId: u}]\n", REMOVE, "[{userId: v}]\n");
    yaml("- {userId: v}\n- {userId: u} # c\n", REMOVE, "- {userId: v}\n");
    assert_eq!(changed(Syntax::Yaml, "override:\n  userId: u\n", &[REMOVE]), None);
}

#[test]
fn documents_go_with_their_mark() {
    yaml("userId: u\n", REMOVE, "");
    yaml("# c\n\nuserId: u\n", REMOVE, "# c\n\n");
    yaml("---\nuserId: u\n", REMOVE, "");
    yaml("userId: v\n---\nuserId: u\n", REMOVE, "userId: v\n");
    yaml("userId: u\n---\nuserId: v\n", REMOVE, "userId: v\n");
    yaml("---\nuserId: u\n---\nuserId: v\n", REMOVE, "---\nuserId: v\n");
    yaml("userId: v\n---\n# c\nuserId: u\n---\nuserId: w\n", REMOVE, "userId: v\n# c\n---\nuserId: w\n");
    yaml("userId: u\n# c\n---\nuserId: v\n", REMOVE, "# c\nuserId: v\n");
    yaml("--- {userId: v}\n--- {userId: u}\n", REMOVE, "--- {userId: v}\n");
}

#[test]
fn values_of_json_go_with_their_comma() {
    json("[{\"userId\":\"u\"}]\n", REMOVE, "[]\n");
    json("[{\"userId\":\"u\"},{\"userId\":\"v\"}]\n", REMOVE, "[{\"userId\":\"v\"}]\n");
    json("[{\"userId\":\"v\"}, {\"userId\":\"u\"}]\n", REMOVE, "[{\"userId\":\"v\"}]\n");
    let item = |id: &str| format!("  {{\n    \"userId\": \"{id}\"\n  }}");
    let list = |ids: &[&str]| format!("[\n{}\n]\n", ids.iter().map(|id| item(id)).collect::<Vec<_>>().join(",\n"));
    json(&list(&["v", "u", "w"]), REMOVE, &list(&["v", "w"]));
    json(&list(&["v", "u"]), REMOVE, &list(&["v"]));
    json(&list(&["u", "v"]), REMOVE, &list(&["v"]));
    json("{\"userId\":\"u\"}\n", REMOVE, "");
    check(
        Syntax::Ndjson,
        "{\"userId\":\"v\"}\n{\"userId\":\"u\"}\n{\"userId\":\"w\"}\n",
        REMOVE,
        "{\"userId\":\"v\"}\n{\"userId\":\"w\"}\n",
    );
    check(Syntax::Ndjson, "{\"userId\":\"v\"}\n{\"userId\":\"u\"}\n", REMOVE, "{\"userId\":\"v\"}\n");
    let item = |id: &str| format!("{{\"Item\":{{\"userId\":\"{id}\"}}}}\n");
    check(Syntax::Ndjson, &(item("v") + &item("u") + &item("w")), REMOVE, &(item("v") + &item("w")));
    assert_eq!(changed(Syntax::Json, "{\"pikaConfig\":{\"userId\":\"u\"}}", &[REMOVE]), None);
}

#[test]
fn definitions_are_put_behind_others() {
    yaml("- user: u\n  # c\n- user: w\n", FOLLOW, "- user: u\n  # c\n- user: x\n  roleName: \"no\"\n- user: w\n");
    yaml("- {user: u, role_name: a}\n- x: y\n", FOLLOW, "- {user: u, role_name: a}\n- {user: x, role_name: \"no\"}\n- x: y\n");
    yaml("assignments:\n  - user: u\n", FOLLOW, "assignments:\n  - user: u\n  - user: x\n    roleName: \"no\"\n");
    yaml("user: u\n", FOLLOW, "user: u\n---\nuser: x\nroleName: \"no\"\n");
    yaml("user: u\n---\nuser: v\n", FOLLOW, "user: u\n---\nuser: x\nroleName: \"no\"\n---\nuser: v\n");
    yaml("[{user: u}, {user: v}]\n", FOLLOW, "[{user: u}, {user: x, roleName: \"no\"}, {user: v}]\n");
    json("[{\"user\":\"u\"},{\"user\":\"v\"}]\n", FOLLOW, "[{\"user\":\"u\"},{\"user\":\"x\",\"roleName\":\"no\"},{\"user\":\"v\"}]\n");
    let new = "  {\n    \"user\": \"x\",\n    \"roleName\": \"no\"\n  }";
    json("[\n  {\n    \"user\": \"u\"\n  }\n]\n", FOLLOW, &format!("[\n  {{\n    \"user\": \"u\"\n  }},\n{new}\n]\n"));
    check(Syntax::Ndjson, "{\"user\":\"u\"}\n", FOLLOW, "{\"user\":\"u\"}\n{\"user\":\"x\",\"roleName\":\"no\"}\n");
}
