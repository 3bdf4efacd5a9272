//! What is said to the person who is denied names nobody and nothing that is not theirs.

use std::collections::BTreeSet;

use gatewalk::compile::{Target, Targets};
use gatewalk::model::{Semantics, User};
use gatewalk::report::{Explanation, ForUser, Matrix};

use crate::ask::{Asked, question};

/// The words of a text: a name stands between them as it is written.
fn words(text: &str) -> BTreeSet<&str> {
    let is_part = |found: char| found.is_alphanumeric() || "-_:@".contains(found);
    text.split(|found: char| !is_part(found)).map(|word| word.trim_matches([':', '.'])).filter(|word| !word.is_empty()).collect()
}

/// Every denial of a workspace, as it is told.
fn denials(asked: &Asked, targets: &[Target], mut check: impl FnMut(&User, &Target, &Explanation, &ForUser)) {
    let question = question(Semantics::Documented);
    let users: Vec<&User> = asked.workspace.users().iter().collect();
    let matrix = Matrix::new(&asked.workspace, &question, users, targets).expect("the targets exist");
    let mut decider = matrix.decider();
    // Every seventh of them: it is the gates that differ.
    for user in asked.workspace.users().iter().step_by(7) {
        let decisions = decider.decide(&matrix.subject(user)).to_vec();
        for (target, decision) in targets.iter().zip(decisions) {
            if decision.allowed {
                continue;
            }
            let id = user.id.as_ref().map(|id| &*id.value);
            let answer = Explanation::new(&asked.workspace, user, id.unwrap_or_default(), target, &question).expect("the target exists");
            check(user, target, &answer, &ForUser::new(&asked.workspace, &answer, target, id, false));
        }
    }
}

#[test]
fn no_role_no_entity_and_no_other_user_is_named() {
    for fixture in ["acme", "helpdesk"] {
        let asked = Asked::fixture(fixture);
        let workspace = &asked.workspace;
        let roles: BTreeSet<&str> = workspace.roles_of_rules().into_iter().chain(workspace.roles_of_users()).collect();
        let entities = workspace.entities_of_rules();
        let targets = if fixture == "acme" { asked.targets() } else { Targets { types: true, ..Targets::default() }.of(workspace) };
        let mut told = BTreeSet::new();
        denials(&asked, &targets, |user, target, answer, said| {
            let own = words(&answer.target);
            let owner = said.ask.as_ref().map(|ask| ask.owner.as_str());
            for word in words(&said.text).into_iter().filter(|word| !own.contains(word)) {
                assert!(!roles.contains(word), "the role {word} is named: {}", said.text);
                assert!(!entities.contains(word), "the entity {word} is named: {}", said.text);
                let other = workspace.user(word).and_then(|user| user.id.as_ref()).map(|id| &*id.value);
                let is_own = user.id.as_ref().is_some_and(|id| Some(&*id.value) == other);
                assert!(other.is_none() || is_own || other == owner, "{word} is named: {}", said.text);
            }
            if !target.is_about_resources() {
                assert!(!said.text.contains("nothing that you hold"), "{} has no words of its own: {}", answer.gate, said.text);
            }
            told.insert(answer.gate);
        });
        assert!(told.len() >= if fixture == "acme" { 18 } else { 2 }, "{told:?}");
    }
}

#[test]
fn whoever_owns_what_denies_is_asked_and_nobody_is_sent_to_themselves() {
    let of = |app: &str, overriding: &str, who: &str| {
        let text = format!(
            "chatAppId: a\ntitle: The A\nenabled: true\nuserRoles: [r]\n{app}override:\n  enabled: true\n  userRoles: [s]\n{overriding}"
        );
        let users = "- {userId: u, roles: [x]}\n- {userId: boss, firstName: Bea, lastName: Boss, email: bea@example.com}\n";
        let asked = Asked::texts(&[("apps/a.yaml", &text), ("users.yaml", users)]);
        let user = asked.workspace.user(who).expect("the user is there");
        let target = Target::App("a".to_owned());
        let answer = Explanation::new(&asked.workspace, user, who, &target, &question(Semantics::Documented)).expect("it is there");
        ForUser::new(&asked.workspace, &answer, &target, Some(who), false).text
    };
    assert!(of("", "", "u").contains("ask your administrator for the role that opens it"));
    assert!(of("owner: desk\n", "", "u").contains("ask desk for"));
    assert!(of("owner: desk\n", "  owner: boss\n", "u").contains("ask Bea Boss (bea@example.com) for"));
    assert!(of("owner: desk\n", "  owner: boss\n", "boss").contains("ask desk for"));
    assert!(of("", "  owner: boss\n", "boss").contains("ask your administrator"));
    assert!(of("owner: ' '\n", "", "u").contains("ask your administrator"));
}
