//! CSV.

use super::{ACCOUNT, ADD, Change, DROP, ENABLE, FOLLOW, MEMBER, Syntax, TAKE, TYPE, Value, changed, check};

fn csv(record: &str, change: Change<'_>, expected: &str) {
    let file = |record: &str| format!("userId,roles,user_type,customData.accountId\nv,,,\n{record}\n");
    check(Syntax::Csv, &file(record), change, &file(expected));
}

#[test]
fn one_cell_changes() {
    csv("u,a;b,,", ADD, "u,a;b;new,,");
    csv("u,,,", ADD, "u,new,,");
    csv("u,\"a\",\" x\",", ADD, "u,\"a;new\",\" x\",");
    csv("u,b;a;b,,", TAKE, "u,a,,");
    csv("u,b,,", TAKE, "u,,,");
    csv("u,a,\"x\"\"y\",", TYPE, "u,a,\"internal-user\",");
    csv("u,a,,", ACCOUNT, "u,a,,a1");
    csv("u,a,x,", DROP, "u,,x,");
    csv("u,a,,", Change::Add { path: &["roles"], item: "b,\"c" }, "u,\"a;b,\"\"c\",,");
    csv("u,a,,", Change::Set { path: &["userType"], value: Value::Text(" x") }, "u,a,\" x\",");
}

#[test]
fn records_go_with_their_lines() {
    let header = "userId,roles\n";
    check(Syntax::Csv, &format!("{header}u,a\nv,b\n"), Change::Remove, &format!("{header}v,b\n"));
    check(Syntax::Csv, &format!("{header}v,b\nu,a\n"), Change::Remove, &format!("{header}v,b\n"));
}

#[test]
fn what_a_record_cannot_say_is_not_written() {
    let text = "userId,roles\nu,a\n";
    let odd = Change::Add { path: &["roles"], item: "x;y" };
    for change in [TYPE, ACCOUNT, ENABLE, FOLLOW, MEMBER, TAKE, odd, Change::Add { path: &["roles"], item: "" }] {
        assert_eq!(changed(Syntax::Csv, text, &[change]), None, "{change:?}");
    }
}
