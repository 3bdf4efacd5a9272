//! The binary says what the library says, and its exit code is the decision.

use gatewalk::compile::Target;
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, UserType};
use gatewalk::report::{Before, Explanation, Question, WaysReport};
use gatewalk::ways::Asker;
use serde_json::{Value, json};

use crate::ask::{Asked, Cell, question, same};

/// So many cells are asked about one by one.
const SAMPLE: usize = 130;

/// Some cells of each semantics, spread over all of them.
fn sample(asked: &Asked) -> Vec<(Semantics, Cell)> {
    let all: Vec<(Semantics, Cell)> =
        Semantics::ALL.iter().flat_map(|semantics| asked.cells(&question(*semantics)).into_iter().map(|cell| (*semantics, cell))).collect();
    // A step without a common divisor with the number of targets, so that every kind of target comes up.
    all.iter().step_by(all.len() / SAMPLE).cloned().collect()
}

fn explanation(asked: &Asked, cell: &Cell, question: &Question) -> Explanation {
    let user = asked.workspace.user(&cell.user).expect("the user exists");
    let target = Target::parse(&asked.workspace, &cell.target).expect("the target exists");
    let answer = Explanation::new(&asked.workspace, user, &cell.user, &target, question).expect("the target exists");
    if question.supposed().is_none() {
        return answer;
    }
    answer.against(&Before { workspace: &asked.workspace, question: question.as_defined() }, Some(user), Some(&target))
}

/// The ways in for a cell. They are searched for in definitions that are changed meanwhile.
fn ways(asked: &Asked, cell: &Cell, question: &Question) -> Option<WaysReport> {
    let request = Request { root: asked.root.clone(), ..Request::default() };
    let mut workspace = load(&request).expect("the workspace is valid");
    let target = Target::parse(&workspace, &cell.target).expect("the target exists");
    WaysReport::new(&mut workspace, Asker::Known(&cell.user), &target, question, false)
}

/// Asks `check` and `explain` about a cell, and compares all they say.
fn check(asked: &Asked, cell: &Cell, question: &Question, options: &[&str]) {
    let expected = explanation(asked, cell, question);
    let code = Some(i32::from(!expected.allowed));
    let who = format!("{} {} {options:?}", cell.user, cell.target);
    let explained = Explanation { ways: ways(asked, cell, question).filter(|_| !expected.allowed), ..expected.clone() };
    for (command, expected) in [("explain", explained), ("check", expected.clone().without_steps())] {
        let said = asked.run(&[&[command, &cell.user, &cell.target, "--format", "json"], options].concat());
        let found: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{who}: {command} said {said:?}"));
        assert_eq!(found, json!(expected), "{who}: {command}");
        assert_eq!(said.code, code, "{who}: {command}");
    }
    let said = asked.run(&[&["check", &cell.user, &cell.target], options].concat());
    assert!(said.out.starts_with(if expected.allowed { "allow " } else { "deny " }) && said.out.contains(expected.gate), "{who}: {said:?}");
    assert_eq!(said.code, code, "{who}");
}

#[test]
fn the_binary_agrees_with_the_library_on_acme() {
    let asked = Asked::fixture("acme");
    let cells = sample(&asked);
    assert!(cells.len() >= 100, "only {} cells", cells.len());
    for decision in [true, false] {
        assert!(cells.iter().filter(|(_, cell)| cell.allowed == decision).count() > 10, "too few cells are decided {decision}");
    }
    for (semantics, cell) in cells {
        check(&asked, &cell, &question(semantics), &["--semantics", semantics.name()]);
    }
}

#[test]
fn the_matrix_of_the_binary_is_that_of_the_library() {
    for name in ["acme", "pika-export"] {
        let asked = Asked::fixture(name);
        for semantics in Semantics::ALL {
            let all = asked.cells(&question(*semantics));
            let (sites, others): (Vec<Cell>, Vec<Cell>) = all.into_iter().partition(|cell| cell.target.starts_with("site#"));
            let options = ["--semantics", semantics.name()];
            same(&others, &asked.matrix(&[options.as_slice(), &["--features"]].concat())).expect("the cells of apps and features agree");
            same(&sites, &asked.matrix(&[options.as_slice(), &["--target", "site#*"]].concat())).expect("the cells of sites agree");
            let apps: Vec<Cell> = others.into_iter().filter(|cell| !cell.target.contains('/')).collect();
            same(&apps, &asked.matrix(&options)).expect("the cells of apps agree");
        }
    }
}

#[test]
fn the_binary_supposes_what_the_library_supposes() {
    let asked = Asked::fixture("acme");
    let mut supposed = question(Semantics::Documented);
    supposed.ignore_override = true;
    supposed.what_if.user_type = Some(UserType::External);
    supposed.what_if.with_roles = vec!["premium-subscriber".to_owned(), "on-call".to_owned()];
    supposed.what_if.without_roles = vec!["developer".to_owned()];
    supposed.what_if.entity = Some("account_northwind".to_owned());
    let options = [
        ["--as-type", "external-user"].as_slice(),
        &["--with-role", "premium-subscriber", "--with-role", "on-call"],
        &["--without-role", "developer", "--as-entity", "account_northwind", "--ignore-override"],
    ]
    .concat();
    for (_, cell) in sample(&asked).into_iter().step_by(6) {
        check(&asked, &cell, &supposed, &options);
    }
    let all = asked.cells(&supposed);
    let others: Vec<Cell> = all.into_iter().filter(|cell| !cell.target.starts_with("site#")).collect();
    same(&others, &asked.matrix(&[options.as_slice(), &["--features"]].concat())).expect("the cells agree");
}

#[test]
fn a_denial_is_exit_zero_where_that_is_asked_for() {
    let asked = Asked::fixture("acme");
    let said = asked.run(&["check", "carol", "hr-assistant", "--exit-zero"]);
    assert!(said.code == Some(0) && said.out.starts_with("deny"), "{said:?}");
    for unknown in [["check", "nobody", "hr-assistant"], ["check", "carol", "nothing"], ["explain", "carol", "hr-assistant/nothing"]] {
        let said = asked.run(&[unknown.as_slice(), &["--exit-zero"]].concat());
        assert!(said.code == Some(2) && said.out.is_empty(), "{unknown:?}: {said:?}");
    }
}
