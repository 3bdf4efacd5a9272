//! A reverse look-up is a column or a row of the matrix; and what is said of everybody is true of every user who could be.

use std::collections::BTreeSet;

use gatewalk::compile::{Compiler, DecisionList, Predicate, Target};
use gatewalk::model::{Semantics, User, UserType, inline_user};
use gatewalk::parse;
use gatewalk::report::{Extent, Granted, Of, Question, Timeline, WhatCan, WhoCan};
use gatewalk::source::SourceMap;
use gatewalk::walk::{Share, Subject, WhatIf, anybody, decide};

use crate::ask::{Asked, Cell, FIXTURES, question, world};
use crate::worlds::seeds;

/// Who is let in, as names and gates.
fn said(granted: &[Granted]) -> Vec<(String, String)> {
    granted.iter().map(|granted| (granted.name.clone(), granted.gate.to_owned())).collect()
}

/// Compares every column and every row with the look-ups; gives back how many cells are allowed.
fn agree(asked: &Asked, question: &Question) -> Result<usize, String> {
    let (workspace, cells) = (&asked.workspace, asked.cells(question));
    let users = || workspace.users().iter().collect::<Vec<_>>();
    let targets = asked.targets();
    for target in &targets {
        let found = WhoCan::new(workspace, question, users(), Of::TheseFiles, target).expect("the target exists");
        let column: Vec<&Cell> = cells.iter().filter(|cell| cell.target == target.to_string()).collect();
        let expected: Vec<_> = column.iter().filter(|cell| cell.allowed).map(|cell| (cell.user.clone(), cell.gate.clone())).collect();
        let denied = column.iter().filter(|cell| !cell.allowed).count() as u64;
        if said(&found.users) != expected || found.denied != denied || found.users.iter().any(|granted| granted.until.is_some()) {
            return Err(format!("who-can {target}: {found:?}, in the matrix {expected:?} and {denied} denied"));
        }
        true_of(found.extent, asked, question, &column).map_err(|problem| format!("who-can {target}: {problem}: {:?}", found.extent))?;
    }
    for user in workspace.users() {
        let id = user.id.as_ref().map(|id| id.value.to_string()).expect("users of a workspace have ids");
        let found = WhatCan::new(workspace, question, user, &targets).expect("the targets exist");
        let row: Vec<&Cell> = cells.iter().filter(|cell| cell.user == id).collect();
        let expected: Vec<_> = row.iter().filter(|cell| cell.allowed).map(|cell| (cell.target.clone(), cell.gate.clone())).collect();
        if said(&found.targets) != expected || found.denied + expected.len() as u64 != row.len() as u64 || found.user != id {
            return Err(format!("what-can {id}: {found:?}, in the matrix {expected:?}"));
        }
    }
    Ok(cells.iter().filter(|cell| cell.allowed).count())
}

/// Whether what is said of everybody is true of the users that there are.
fn true_of(extent: Extent, asked: &Asked, question: &Question, column: &[&Cell]) -> Result<(), String> {
    let of_type = |user_type: UserType| {
        let of_type = |user: &&User| Subject::new(&asked.workspace, user, question.semantics, &question.what_if).user_type == user_type;
        let ids: BTreeSet<&str> =
            asked.workspace.users().iter().filter(of_type).filter_map(|user| Some(&*user.id.as_ref()?.value)).collect();
        let of_those =
            |allowed: bool| column.iter().filter(|cell| cell.allowed == allowed && ids.contains(cell.user.as_str())).count() as u64;
        Share::of(of_those(true), of_those(false))
    };
    for (user_type, share) in [(UserType::Internal, extent.internal), (UserType::External, extent.external)] {
        let here = of_type(user_type);
        let right = match extent.of {
            Of::PossibleUsers => here.is_none() || share == here || share == Some(Share::Some),
            Of::TheseFiles | Of::Selected => share == here,
        };
        if !right {
            return Err(format!("of {} users {here:?}", user_type.name()));
        }
    }
    Ok(())
}

/// Each in turn.
fn semantics(seed: u64) -> Semantics {
    match seed % 3 {
        0 => Semantics::Documented,
        1 => Semantics::Current,
        _ => Semantics::Legacy,
    }
}

#[test]
fn look_ups_are_columns_and_rows_in_the_fixtures() {
    for name in FIXTURES {
        let asked = Asked::fixture(name);
        let allowed = Semantics::ALL
            .iter()
            .map(|semantics| agree(&asked, &question(*semantics)).unwrap_or_else(|problem| panic!("{name}: {problem}")));
        assert!(allowed.sum::<usize>() > 100, "fixtures/{name}");
    }
}

#[test]
fn look_ups_are_columns_and_rows_in_random_worlds() {
    seeds::every_seed(60, |seed| {
        let asked = Asked::world(&world(seed), seed)?;
        let mut question = question(semantics(seed));
        if seed % 2 == 1 {
            question.what_if.with_roles.push("support".to_owned());
        }
        agree(&asked, &question).map(drop).map_err(|problem| format!("{problem}\n{}", asked.contents()))
    });
}

/// What a list names, of each kind.
#[derive(Default)]
struct Named {
    roles: BTreeSet<String>,
    entities: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Named {
    fn of(list: &DecisionList) -> Self {
        let mut named = Self::default();
        for arm in list.stages.iter().flat_map(|stage| &stage.gates).flat_map(|gate| &gate.arms) {
            arm.when.atoms(&mut |atom| match atom {
                Predicate::HasAnyRole(list) | Predicate::HasAllRoles(list) => named.roles.extend(list.iter().map(str::to_owned)),
                Predicate::EntityIn(list) => named.entities.extend(list.iter().map(str::to_owned)),
                Predicate::UserIdIn(list) => named.ids.extend(list.iter().map(str::to_owned)),
                _ => {}
            });
        }
        named
    }

    /// Everybody who could be, as far as the list tells them apart.
    fn everybody(&self, path: Option<&str>) -> Vec<String> {
        let roles: Vec<&String> = self.roles.iter().collect();
        let mut all = Vec::new();
        for user_type in UserType::NAMES {
            for has in 0..1_usize << roles.len() {
                let has: Vec<&str> = roles.iter().enumerate().filter(|(at, _)| has >> at & 1 == 1).map(|(_, role)| role.as_str()).collect();
                for entity in self.entities.iter().map(String::as_str).chain(["", "an entity of no list"]) {
                    for id in self.ids.iter().map(String::as_str).chain(["an id of no list"]) {
                        let data = path.into_iter().flat_map(|path| path.rsplit('.'));
                        let data = data.fold(serde_json::json!(entity), |inner, step| serde_json::json!({step: inner}));
                        let data = if path.is_some() { data } else { serde_json::json!({}) };
                        let user =
                            serde_json::json!({"userId": id, "userType": user_type, "roles": has, "entity": entity, "customData": data});
                        all.push(user.to_string());
                    }
                }
            }
        }
        all
    }
}

fn user(text: &str) -> User {
    let (mut sources, mut problems) = (SourceMap::default(), Vec::new());
    let node = parse::parse_inline("a user", text, &mut sources, &mut problems).expect("it is a mapping");
    inline_user(&node, &mut problems).filter(|_| problems.is_empty()).expect("it is a user")
}

/// Compares what is said of everybody with what is decided about everybody, one by one; gives back whether there were few enough.
fn is_said(asked: &Asked, target: &Target, semantics: Semantics, what_if: &WhatIf) -> Result<bool, String> {
    let question = Question { what_if: what_if.clone(), ..question(semantics) };
    let list = Compiler::new(&asked.workspace, question.options(semantics)).compile(target).expect("the target exists");
    let named = Named::of(&list);
    if named.roles.len() > 5 || named.entities.len() > 5 || named.ids.len() > 5 {
        return Ok(false);
    }
    let mut counts = [(0_u64, 0_u64); 2];
    let path = asked.workspace.site().entity.as_ref().and_then(|entity| Some(&*entity.attribute.as_ref()?.value));
    for text in named.everybody(path) {
        let user = user(&text);
        let subject = Subject::new(&asked.workspace, &user, semantics, what_if);
        let count = &mut counts[usize::from(subject.user_type == UserType::External)];
        *(if decide(&list, &subject).allowed { &mut count.0 } else { &mut count.1 }) += 1;
    }
    let expected = counts.map(|(allowed, denied)| Share::of(allowed, denied));
    let said = anybody(&asked.workspace, &list, semantics, what_if);
    if said == Some(expected) {
        Ok(true)
    } else {
        Err(format!("{target} under {semantics:?} and {what_if:?}: {said:?} is said, {expected:?} is so"))
    }
}

#[test]
fn what_is_said_of_everybody_is_so() {
    let counts = std::sync::Mutex::new((0, 0));
    seeds::every_seed(150, |seed| {
        let mut world = world(seed);
        if seed % 2 == 0 {
            // The entity is the user's own field only where the site says nothing about it.
            world.site.entity = None;
        }
        let asked = Asked::world(&world, seed)?;
        let what_if = match seed % 5 {
            0 => WhatIf { user_type: Some(UserType::Internal), ..WhatIf::default() },
            1 => WhatIf { with_roles: vec!["support".to_owned()], without_roles: vec!["hr".to_owned()], ..WhatIf::default() },
            2 => WhatIf { entity: Some("acme-corp".to_owned()), ..WhatIf::default() },
            _ => WhatIf::default(),
        };
        for target in asked.targets() {
            let few = is_said(&asked, &target, semantics(seed), &what_if).map_err(|problem| format!("{problem}\n{}", asked.contents()))?;
            let mut counts = counts.lock().expect("no thread panicked");
            *(if few { &mut counts.0 } else { &mut counts.1 }) += 1;
        }
        Ok(())
    });
    let (looked, passed_by) = counts.into_inner().expect("no thread panicked");
    assert!(looked > 1000 && looked > passed_by, "{looked} targets were looked at, {passed_by} not");
}

#[test]
fn everybody_and_nobody_are_said_of_those_who_could_be_and_of_those_in_the_files() {
    let asked = Asked::texts(&[
        (
            "apps.yaml",
            "- {chatAppId: all, enabled: true, userTypes: [internal-user, external-user]}\n\
             - {chatAppId: staff, enabled: true, userTypes: [internal-user]}\n\
             - {chatAppId: closed, enabled: false}\n\
             - {chatAppId: nameless, enabled: true, userTypes: [internal-user, external-user], override: {enabled: true, userTypes: [internal-user], exclusiveExternalAccessControl: [\"\"]}}\n\
             - {chatAppId: hr, enabled: true, userRoles: [hr]}\n\
             - {chatAppId: both, enabled: true, userRoles: [hr, hr-lead], requiredRoles: [hr]}\n",
        ),
        ("users.yaml", "- {userId: a, userType: internal-user, roles: [hr]}\n- {userId: b, roles: [hr]}\n"),
    ]);
    let words = |target: &str| {
        let target = Target::parse(&asked.workspace, target).expect("it is a target");
        let users = asked.workspace.users().iter().collect();
        let found =
            WhoCan::new(&asked.workspace, &question(Semantics::Documented), users, Of::TheseFiles, &target).expect("the target exists");
        found.extent.in_words()
    };
    assert_eq!(words("all").as_deref(), Some("everybody"));
    assert_eq!(words("staff").as_deref(), Some("every internal user, and no external one"));
    assert_eq!(words("closed").as_deref(), Some("nobody"));
    // A list of an empty name lets in nobody: nobody has an empty entity.
    assert_eq!(words("nameless").as_deref(), Some("every internal user, and no external one"));
    assert_eq!(words("hr").as_deref(), Some("everybody, in these files"));
    assert_eq!(words("both").as_deref(), Some("everybody, in these files"));
}

#[test]
fn access_ends_when_the_timeline_says_so() {
    let asked = Asked::fixture("helpdesk");
    let workspace = &asked.workspace;
    let mut ends = 0;
    for (at, target) in [
        ("2026-03-01T12:00:00Z", "ticket#view"),
        ("2026-03-01T12:00:00Z", "ticket:T-4#delete"),
        ("2026-03-15T00:00:00Z", "ticket:T-2#update"),
        ("2026-01-15T00:00:00Z", "ticket:T-1#comment"),
    ] {
        let at = at.parse().expect("it is a time");
        let question = Question { at, ..question(Semantics::Documented) };
        let target = Target::parse(workspace, target).expect("it is a target");
        let found = WhoCan::new(workspace, &question, workspace.users().iter().collect(), Of::TheseFiles, &target).expect("it exists");
        for granted in found.users {
            let user = workspace.user(&granted.name).expect("the user is defined");
            let timeline = Timeline::new(workspace, user, &granted.name, &target, &question, (at, None)).expect("the target exists");
            let end = timeline.moments.iter().find(|moment| !moment.allowed).map(|moment| moment.at.clone());
            assert_eq!(granted.until.map(|until| until.to_string()), end, "{} {target}", granted.name);
            assert!(end.is_none() || granted.temporary, "{} {target}", granted.name);
            ends += usize::from(end.is_some());
        }
    }
    assert!(ends > 5, "only {ends} end");
}

/// Each user's only way in is what the id says, or there is another one beside it.
#[test]
fn what_hangs_on_grants_that_are_limited_is_temporary_whatever_gate_decides() {
    let asked = Asked::texts(&[(
        "permissions.yaml",
        "resources: [{resource: ticket, permissions: [view, close]}]\n\
         roles:\n\
         - {role: reader, permissions: [{resource: ticket, actions: [view]}]}\n\
         - {role: marked, permissions: []}\n\
         policies:\n\
         - {name: marked-may, rules: [{effect: allow, actions: [close], resources: [ticket], conditions: {user.role: marked}}]}\n\
         assignments:\n\
         - {user: emergency, role: reader, emergency: true, reason: r}\n\
         - {user: both, role: reader, emergency: true, reason: r}\n\
         - {user: both, role: reader}\n\
         - {user: window, role: reader, expires: 2027-01-01}\n\
         - {user: window-and-own, role: reader, expires: 2027-01-01}\n\
         - {user: begun, role: reader, notBefore: 2025-01-01}\n\
         - {user: policy-emergency, role: marked, emergency: true, reason: r}\n\
         - {user: policy-standing, role: marked}\n\
         users:\n\
         - {userId: emergency}\n- {userId: both}\n- {userId: window}\n- {userId: window-and-own, roles: [reader]}\n- {userId: begun}\n\
         - {userId: policy-emergency}\n- {userId: policy-standing}\n",
    )]);
    let said = |target: &str| {
        let target = Target::parse(&asked.workspace, target).expect("it is a target");
        let users = asked.workspace.users().iter().collect();
        let found = WhoCan::new(&asked.workspace, &question(Semantics::Documented), users, Of::TheseFiles, &target).expect("it exists");
        let row = |granted: Granted| (granted.name, granted.gate, granted.temporary, granted.until.map(|until| until.to_string()));
        found.users.into_iter().map(row).collect::<Vec<_>>()
    };
    let row =
        |name: &str, gate: &'static str, temporary: bool, until: Option<&str>| (name.to_owned(), gate, temporary, until.map(str::to_owned));
    assert_eq!(
        said("ticket#view"),
        [
            row("emergency", "temporary-grant", true, None),
            row("both", "role-permission", false, None),
            row("window", "temporary-grant", true, Some("2027-01-01T00:00:00Z")),
            row("window-and-own", "role-permission", false, None),
            row("begun", "temporary-grant", true, None),
        ]
    );
    assert_eq!(
        said("ticket#close"),
        [row("policy-emergency", "policy-allow", true, None), row("policy-standing", "policy-allow", false, None)]
    );
}
