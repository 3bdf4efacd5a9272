//! A list that was bound to a time and a resource decides as the whole list does with both beside it.

use gatewalk::compile::{Options, Resource, Target as Asked, Targets, compile};
use gatewalk::discover::{Request, load};
use gatewalk::model::{Semantics, Workspace as Model};
use gatewalk::walk::{Decision, Subject, WhatIf, decide, trace};
use jiff::Timestamp;

use crate::dice::Dice;
use crate::generate;
use crate::instants;
use crate::seeds::every_seed;
use crate::workspace::Workspace;

/// The time at which lists are compiled before they are bound to another.
const BEFORE: &str = "1999-12-31T23:59:59Z";

fn options(at: Timestamp) -> Options {
    Options { at, ..Options::default() }
}

/// The decision and its gate; where in the list the gate stands differs, since a bound list has fewer.
fn answer(decision: Decision) -> (bool, &'static str) {
    (decision.allowed, decision.gate.name())
}

fn bound_lists_decide_alike(model: &Model, at: Timestamp) -> Result<(), String> {
    let nothing = WhatIf::default();
    let subjects: Vec<Subject<'_>> = model.users().iter().map(|user| Subject::new(model, user, Semantics::Documented, &nothing)).collect();
    let targets = Targets { instances: true, types: true, ..Targets::default() }.of(model);
    for target in targets {
        let whole = compile(model, &target, options(at)).map_err(|error| error.to_string())?;
        let early = compile(model, &target, options(BEFORE.parse().expect("a time"))).map_err(|error| error.to_string())?;
        let mut bound = vec![("bound to the time", early.bind_time(at))];
        if let Asked::Instance { kind, id, action } = &target {
            let of_type = Asked::Type { kind: kind.clone(), action: action.clone() };
            let open = compile(model, &of_type, options(at)).map_err(|error| error.to_string())?;
            let instance = model.permissions().instance(kind, id).ok_or("the instance is gone")?;
            let resource = Resource::instance(instance);
            bound.push(("bound to the resource", open.bind_resource(&resource)));
            bound.push(("bound twice", open.bind_resource(&resource).bind_resource(&resource)));
            bound.push(("bound to both", early.bind_time(at).bind_resource(&resource)));
        }
        for subject in &subjects {
            let expected = decide(&whole, subject);
            let traced = trace(&whole, subject);
            if traced.decision != expected || traced.deciding().is_none_or(|step| step.gate != expected.gate) {
                return Err(format!("{} on {target} at {at}: {expected:?}, but traced {:?}", subject.name(), traced.decision));
            }
            for (how, list) in &bound {
                let got = decide(list, subject);
                if answer(got) != answer(expected) {
                    return Err(format!("{} on {target} at {at}: {expected:?}, but {how} {got:?}", subject.name()));
                }
            }
        }
    }
    Ok(())
}

fn model_of(root: &std::path::Path) -> Result<Model, String> {
    load(&Request { root: root.to_owned(), files: Vec::new(), changes: None }).map_err(|invalid| format!("{:#?}", invalid.problems))
}

#[test]
fn a_bound_list_decides_as_the_whole_list_does() {
    every_seed(250, |seed| {
        let world = generate::world(seed);
        let workspace = Workspace::of(&world, seed);
        let model = model_of(workspace.dir.path())?;
        let all = instants(&world, &mut Dice::seeded(seed));
        all.into_iter()
            .try_for_each(|at| bound_lists_decide_alike(&model, at))
            .map_err(|problem| format!("{problem}\n{}", workspace.contents()))
    });
}

#[test]
fn the_fixtures_lists_are_bound_alike() {
    for folder in ["thena-guide/yaml", "findings/attribute-nobody-has"] {
        let model =
            model_of(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder)).expect("the fixture is valid");
        bound_lists_decide_alike(&model, "2026-03-01T12:00:00Z".parse().expect("a time")).expect(folder);
    }
}
