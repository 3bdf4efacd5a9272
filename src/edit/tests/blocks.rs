//! YAML in lines.

use super::{ACCOUNT, ADD, Change, DROP, ENABLE, MEMBER, Syntax, TAKE, TYPE, Value, changed, yaml};

#[test]
fn items_are_added_in_the_style_of_the_list() {
    yaml("userId: u\nroles: [a, b]\n", ADD, "userId: u\nroles: [a, b, new]\n");
    yaml("- userId: u\n  roles: [a] # why\n- userId: v\n", ADD, "- userId: u\n  roles: [a, new] # why\n- userId: v\n");
    yaml(
        "- userId: u\n  roles:\n    - a\n    - b # c\n  # d\n- userId: v\n",
        ADD,
        "- userId: u\n  roles:\n    - a\n    - b # c\n    - new\n  # d\n- userId: v\n",
    );
    yaml("userId: u\nroles:\n- a\n- b\nx: y\n", ADD, "userId: u\nroles:\n- a\n- b\n- new\nx: y\n");
    yaml("roles:   # why\n  -   'a'\nuserId: u\n", ADD, "roles:   # why\n  -   'a'\n  -   'new'\nuserId: u\n");
    yaml("userId: u\nroles: [\"a\",\"b\"]\n", ADD, "userId: u\nroles: [\"a\",\"b\",\"new\"]\n");
    yaml("userId: u\nroles: [\n  a, # x\n  b # y\n]\n", ADD, "userId: u\nroles: [\n  a, # x\n  b, # y\n  new\n]\n");
    yaml("userId: u\nroles: [\n  a,\n  b, # y\n]\n", ADD, "userId: u\nroles: [\n  a,\n  b, # y\n  new,\n]\n");
    yaml("userId: u\nroles: [a,\n  b]\n", ADD, "userId: u\nroles: [a,\n  b,\n  new]\n");
    yaml("userId: u\nroles: [a,]\n", ADD, "userId: u\nroles: [a, new,]\n");
    yaml("{userId: u, roles: [a]}\n", ADD, "{userId: u, roles: [a, new]}\n");
}

#[test]
fn lists_are_started_where_there_is_none() {
    for nothing in ["roles: []", "roles:", "roles: null", "roles: ~", "roles: [ ]"] {
        yaml(&format!("- userId: u\n  {nothing} # c\n  x: y\n"), ADD, "- userId: u\n  roles: [new] # c\n  x: y\n");
        yaml(&format!("userId: u\n{nothing}\n"), ADD, "userId: u\nroles: [new]\n");
    }
    yaml("- userId: u # c\n\n# next\n- userId: v\n", ADD, "- userId: u # c\n  roles: [new]\n\n# next\n- userId: v\n");
    yaml("userId: u\nother:\n- a\n", ADD, "userId: u\nother:\n- a\nroles:\n- new\n");
    yaml("userId: u\nother:\n  - a\n", ADD, "userId: u\nother:\n  - a\nroles:\n  - new\n");
    yaml("{userId: u}\n", ADD, "{userId: u, roles: [new]}\n");
    let either = super::super::either("userTypes", "chatAppUserTypes");
    let path = [either.as_str()];
    let types = Change::Add { path: &path, item: "new" };
    yaml("userId: u\nuser_types: [a]\n", types, "userId: u\nuser_types: [a, new]\n");
    yaml("user_id: u\nchat_app_user_types: [a]\n", types, "user_id: u\nchat_app_user_types: [a, new]\n");
    yaml("user_id: u\n", types, "user_id: u\nuser_types: [new]\n");
    yaml("id: u\n", types, "id: u\nuserTypes: [new]\n");
}

#[test]
fn items_are_taken_with_their_lines() {
    yaml("userId: u\nroles: [a, b, c, b]\n", TAKE, "userId: u\nroles: [a, c]\n");
    yaml("userId: u\nroles: [b]\n", TAKE, "userId: u\nroles: []\n");
    yaml("userId: u\nroles: [b, b]\n", TAKE, "userId: u\nroles: []\n");
    yaml(
        "userId: u\nroles:\n  - a\n  # above\n  - b # beside\n  # below\n  - c\n",
        TAKE,
        "userId: u\nroles:\n  - a\n  # above\n  # below\n  - c\n",
    );
    yaml("userId: u\nroles:\n- a\n- b\n", TAKE, "userId: u\nroles:\n- a\n");
    yaml("userId: u\nroles: # why\n  - b\nx: y\n", TAKE, "userId: u\nroles: [] # why\nx: y\n");
    yaml("userId: u\nroles:\n- b\n", TAKE, "userId: u\nroles: []\n");
    yaml("userId: u\nroles: [\n  a, # x\n  b # y\n]\n", TAKE, "userId: u\nroles: [\n  a # x\n]\n");
    yaml("userId: u\nroles: [\n  b, # x\n  a # y\n]\n", TAKE, "userId: u\nroles: [\n  a # y\n]\n");
    assert_eq!(changed(Syntax::Yaml, "userId: u\nroles: [a]\n", &[TAKE]), None);
}

#[test]
fn fields_are_set() {
    yaml("userId: u\nuser_type: x # c\n", TYPE, "userId: u\nuser_type: internal-user # c\n");
    yaml(
        "- userId: u\n  roles:\n    - a\n    # - b\n  # c\n- x: y\n",
        TYPE,
        "- userId: u\n  roles:\n    - a\n    # - b\n  userType: internal-user\n  # c\n- x: y\n",
    );
    yaml("userId: u\nuserType: internal-user\n", TYPE, "userId: u\nuserType: internal-user\n");
    yaml("userId: u\nuserType: 'x'\n", TYPE, "userId: u\nuserType: 'internal-user'\n");
    yaml("userId: u\nuserType:\nx: y\n", TYPE, "userId: u\nuserType: internal-user\nx: y\n");
    yaml("userId: u\nenabled: false\n", ENABLE, "userId: u\nenabled: true\n");
    yaml("user_id: u\n", TYPE, "user_id: u\nuser_type: internal-user\n");
    yaml("userId: u\ncustomData:\n  x: y\n", ACCOUNT, "userId: u\ncustomData:\n  x: y\n  accountId: a1\n");
    yaml("userId: u\ncustomData: {x: y}\n", ACCOUNT, "userId: u\ncustomData: {x: y, accountId: a1}\n");
    yaml("userId: u\ncustomData: {}\n", ACCOUNT, "userId: u\ncustomData: {accountId: a1}\n");
    yaml("userId: u\ncustomData:\n", ACCOUNT, "userId: u\ncustomData: {accountId: a1}\n");
    yaml("- user_id: u\n- x: y\n", ACCOUNT, "- user_id: u\n  custom_data:\n    accountId: a1\n- x: y\n");
    yaml("- user_id: u\n- x: {y: z}\n", ACCOUNT, "- user_id: u\n  custom_data: {accountId: a1}\n- x: {y: z}\n");
    yaml("\"userId\": \"u\"\n", ACCOUNT, "\"userId\": \"u\"\n\"customData\":\n  \"accountId\": a1\n");
    yaml("userId: u\nnote: |\n  a: b\n\n  c\n# d\n", TYPE, "userId: u\nnote: |\n  a: b\n\n  c\nuserType: internal-user\n# d\n");
    let odd = Change::Set { path: &["userType"], value: Value::Text("a: \"b\" #c") };
    yaml("userId: u\nuserType: x\n", odd, "userId: u\nuserType: \"a: \\\"b\\\" #c\"\n");
}

#[test]
fn fields_are_dropped() {
    yaml(
        "- userId: u\n  # above\n  roles:\n    - a\n    # inside\n    - b\n  # below\n  x: y\n",
        DROP,
        "- userId: u\n  # above\n  # below\n  x: y\n",
    );
    yaml("- roles: [a] # c\n  userId: u\n", DROP, "- userId: u\n");
    yaml("- roles: [a] # c\n  # d\n  userId: u\n", DROP, "-\n  # d\n  userId: u\n");
    yaml("{roles: [a], userId: u}\n", DROP, "{userId: u}\n");
    yaml("{userId: u, roles: [a]}\n", DROP, "{userId: u}\n");
    let inner = Change::Drop { path: &["override", "roles"] };
    yaml("userId: u\noverride:\n  roles: [a]\nx: y\n", inner, "userId: u\noverride: {}\nx: y\n");
}

#[test]
fn members_are_added() {
    let members = "id: u\nmembers:\n  - user: a\n    isLead: true\nx: y\n";
    yaml(members, MEMBER, "id: u\nmembers:\n  - user: a\n    isLead: true\n  - user: x\n    isLead: true\nx: y\n");
    yaml("id: u\nmembers:\n- {user: a}\n", MEMBER, "id: u\nmembers:\n- {user: a}\n- {user: x, isLead: true}\n");
    yaml("id: u\n", MEMBER, "id: u\nmembers:\n  - user: x\n    isLead: true\n");
    yaml("id: u\nsome_key: x\nmembers: []\n", MEMBER, "id: u\nsome_key: x\nmembers: [{user: x, is_lead: true}]\n");
}

#[test]
fn what_is_repeated_elsewhere_is_not_touched() {
    for text in [
        "- userId: u\n  roles: &r [a, b]\n- userId: v\n  roles: *r\n",
        "- userId: v\n  roles: &r [a, b]\n- userId: u\n  roles: *r\n",
        "- userId: u\n  roles: &r\n  - a\n  - b\n- userId: v\n  roles: *r\n",
    ] {
        assert_eq!(changed(Syntax::Yaml, text, &[ADD]), None, "{text}");
        assert_eq!(changed(Syntax::Yaml, text, &[TAKE]), None, "{text}");
    }
    let text = "- userId: v\n  roles: &r [a, b]\n- userId: u\n  roles: *r\n";
    yaml(text, TYPE, "- userId: v\n  roles: &r [a, b]\n- userId: u\n  roles: *r\n  userType: internal-user\n");
    yaml(text, DROP, "- userId: v\n  roles: &r [a, b]\n- userId: u\n");
}

#[test]
fn several_changes_are_one() {
    let changes = [ADD, TYPE, TAKE, ACCOUNT, Change::Add { path: &["roles"], item: "newer" }, TYPE];
    let text = changed(Syntax::Yaml, "- userId: u\n  roles: [a, b]\n- userId: v\n", &changes);
    let expected = "- userId: u\n  roles: [a, new, newer]\n  userType: internal-user\n  customData:\n    accountId: a1\n- userId: v\n";
    assert_eq!(text.as_deref(), Some(expected));
    assert_eq!(changed(Syntax::Yaml, "userId: u\n", &[ADD, Change::Remove]), None);
    let two = "userId: u\nuserType: a\nuser_type: b\n";
    assert_eq!(changed(Syntax::Yaml, two, &[TYPE]), None, "of two spellings, nobody knows which one counts");
}

#[test]
fn what_ends_with_a_text_in_a_block_goes_on_behind_it() {
    let text = "userId: u\nroles:\n   - a\n   - |-\n      b\n";
    assert_eq!(super::changed(Syntax::Yaml, text, &[super::TYPE]).as_deref(), Some(&*format!("{text}userType: internal-user\n")));
    assert_eq!(super::changed(Syntax::Yaml, text, &[super::ADD]).as_deref(), Some(&*format!("{text}   - new\n")));
    let alone = "userId: u\nroles:\n  - |-\n    b\n# a comment\n";
    let with_new = "userId: u\nroles:\n  - |-\n    b\n  - new\n# a comment\n";
    assert_eq!(super::changed(Syntax::Yaml, alone, &[super::ADD]).as_deref(), Some(with_new));
}
