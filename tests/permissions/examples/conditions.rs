//! Conditions, one sentence at a time.

use super::{Attr, attributes, bare, desk, is, may, role, team, text, texts, viewer, when};
use crate::oracle::{Person, Resource};
use crate::value::Scalar;
use crate::world::{Conditions, Op, World};

/// Ana in `core`, a lead there, senior at level 3, in no entity.
fn world() -> World {
    let mut world =
        desk(vec![viewer("lead"), role("agent", vec![may("view", None, Vec::new())])], vec![team("core", None, None, &[("ana", "lead")])]);
    world.users[0].attributes = attributes(&[
        ("level", bare("3")),
        ("region", text("emea")),
        ("skills", texts(&["billing", "sla"])),
        ("none", Attr::List(Vec::new())),
        ("null", Attr::Null),
    ]);
    world
}

fn holds(conditions: &Conditions, values: &[(&str, Attr)]) -> bool {
    let world = world();
    let person = Person::new(&world, &world.users[0], super::time(super::NOON));
    person.all_hold(conditions, Resource { kind: "ticket", attributes: &attributes(values) })
}

fn op(op: Op, value: &str) -> Conditions {
    when("a", op, &[Scalar::quoted(value)])
}

fn op_bare(op: Op, value: &str) -> Conditions {
    when("a", op, &[Scalar::plain(value)])
}

#[test]
fn keys_name_the_user_or_the_asked_resource() {
    assert!(holds(&is("a", "x"), &[("a", text("x"))]));
    assert!(holds(&is("ticket.a", "x"), &[("a", text("x"))]));
    assert!(!holds(&is("article.a", "x"), &[("a", text("x"))]));
    assert!(holds(&when("article.a", Op::Exists, &[Scalar::plain("false")]), &[("a", text("x"))]));
    assert!(holds(&is("user.region", "emea"), &[]));
    assert!(holds(&is("user.id", "ana"), &[]));
    assert!(holds(&is("user.type", "external-user"), &[]));
    assert!(!holds(&when("user.entity", Op::Ne, &[Scalar::quoted("acme")]), &[]), "missing");
}

#[test]
fn a_users_roles_are_those_that_reach_the_resource() {
    assert!(holds(&is("user.role", "lead"), &[("team_id", text("core"))]));
    assert!(!holds(&is("user.role", "lead"), &[("team_id", text("risk"))]));
    assert!(holds(&is("user.team_id", "core"), &[]), "whatever is asked about");
    let none = when("user.role", Op::Exists, &[Scalar::plain("false")]);
    assert!(holds(&none, &[]) && !holds(&none, &[("team_id", text("core"))]), "an empty list holds nothing");
    assert!(holds(&when("user.role", Op::Ne, &[Scalar::quoted("lead")]), &[]), "but is always there");
}

#[test]
fn lists_mean_one_of_them_and_negations_none() {
    let values = [("a", texts(&["x", "y"]))];
    assert!(holds(&op(Op::Eq, "y"), &values) && !holds(&op(Op::Ne, "y"), &values));
    let either = [Scalar::quoted("z"), Scalar::quoted("x")];
    assert!(holds(&when("a", Op::In, &either), &values) && !holds(&when("a", Op::NotIn, &either), &values));
    let empty = [("a", Attr::List(Vec::new()))];
    assert!(!holds(&op(Op::Eq, "y"), &empty) && holds(&op(Op::Ne, "y"), &empty));
    assert!(holds(&op_bare(Op::Exists, "true"), &empty), "an empty list is there");
}

#[test]
fn a_missing_attribute_makes_a_condition_false() {
    assert!(!holds(&op(Op::Eq, "y"), &[]) && !holds(&op(Op::Ne, "y"), &[]));
    assert!(holds(&op_bare(Op::Exists, "false"), &[("a", Attr::Null)]));
    let values = [("a", text("emea"))];
    assert!(holds(&op(Op::Eq, "${user.region}"), &values));
    for missing in ["${user.nobody}", "${user.null}"] {
        assert!(!holds(&op(Op::Eq, missing), &values) && !holds(&op(Op::Ne, missing), &values));
    }
    assert!(holds(&op(Op::Ne, "${user.none}"), &values), "an empty list is there");
    assert!(!holds(&when("a", Op::In, &[Scalar::quoted("emea"), Scalar::quoted("${user.nobody}")]), &values));
}

#[test]
fn like_compares_with_like() {
    assert!(holds(&op_bare(Op::Eq, "10"), &[("a", bare("10.00"))]));
    assert!(!holds(&op(Op::Eq, "10"), &[("a", bare("10"))]) && holds(&op(Op::Ne, "10"), &[("a", bare("10"))]));
    assert!(holds(&op_bare(Op::Gt, "9"), &[("a", bare("10"))]) && !holds(&op(Op::Gt, "9"), &[("a", text("10"))]), "text by bytes");
    assert!(!holds(&op_bare(Op::Gt, "9"), &[("a", text("x"))]) && !holds(&op_bare(Op::Lt, "9"), &[("a", text("x"))]));
    assert!(holds(&op_bare(Op::Lt, "true"), &[("a", bare("false"))]));
    assert!(holds(&op(Op::Eq, "2026-03-02"), &[("a", bare("2026-03-02T01:00:00+01:00"))]), "quoted or not, it is a time");
    assert!(holds(&op(Op::Lte, "${user.level}"), &[("a", bare("-3"))]));
}

#[test]
fn some_attributes_are_text_as_written() {
    assert!(holds(&when("team_id", Op::Eq, &[Scalar::quoted("007")]), &[("team_id", bare("007"))]));
    assert!(!holds(&when("team_id", Op::Eq, &[Scalar::plain("7")]), &[("team_id", bare("007"))]));
    assert!(!holds(&when("owner", Op::Eq, &[Scalar::plain("10")]), &[("owner", bare("10.0"))]));
    assert!(holds(&when("project", Op::Lt, &[Scalar::plain("9")]), &[("project", bare("10"))]));
}

#[test]
fn globs_stay_between_separators() {
    for (pattern, value, fits) in [
        ("pay*", "payments", true),
        ("pay*", "pay/x", false),
        ("h?gh", "high", true),
        ("*", "", true),
        ("?", ":", false),
        ("a", "ab", false),
    ] {
        assert_eq!(holds(&op(Op::Glob, pattern), &[("a", text(value))]), fits, "{pattern} on {value}");
    }
    assert!(!holds(&op(Op::Glob, "*"), &[("a", bare("10"))]), "not text");
    assert!(holds(&when("team_id", Op::Glob, &[Scalar::quoted("0*")]), &[("team_id", bare("007"))]));
}
