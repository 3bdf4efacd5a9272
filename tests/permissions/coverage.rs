//! Every gate decides in the worlds, in each direction it has.

use std::collections::{BTreeMap, BTreeSet};

use crate::dice::Dice;
use crate::oracle::{self, Person};
use crate::target::About;
use crate::{generate, instants};

/// Gate, whether it allows, and for policies which side of 0 their priority is on.
const DECIDABLE: &[(&str, bool, i64)] = &[
    ("policy-deny", false, 1),
    ("policy-allow", true, 1),
    ("policy-deny", false, 0),
    ("policy-allow", true, 0),
    ("role-permission", true, 0),
    ("custom-permission", true, 0),
    ("temporary-grant", true, 0),
    ("progressive-level", true, 0),
    ("escalation", true, 0),
    ("policy-deny", false, -1),
    ("policy-allow", true, -1),
    ("default-deny", false, 0),
];

/// What questions about types can be decided by.
const DECIDABLE_OF_TYPES: &[(&str, bool)] = &[
    ("policy-deny", false),
    ("policy-allow", true),
    ("role-permission", true),
    ("custom-permission", true),
    ("temporary-grant", true),
    ("progressive-level", true),
    // Of teams only: any other resource may be without one, and then never escalates.
    ("escalation", true),
    ("depends-on-instance", false),
    ("default-deny", false),
];

#[test]
fn the_worlds_reach_every_gate_in_every_direction() {
    let mut seen: BTreeMap<(&str, bool, i64), usize> = BTreeMap::new();
    let mut of_types: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for seed in 0..400 {
        let world = generate::world(seed);
        for at in instants(&world, &mut Dice::seeded(seed)) {
            for user in &world.users {
                let person = Person::new(&world, user, at);
                for target in oracle::targets(&world) {
                    if target.about == About::Type {
                        let (allow, gate) = oracle::decide_for(&person, &target);
                        *of_types.entry((gate, allow)).or_default() += 1;
                    } else {
                        let decided = oracle::decided(&person, &target);
                        let (allow, gate) = decided.answer;
                        *seen.entry((gate, allow, decided.priority.unwrap_or(0).signum())).or_default() += 1;
                    }
                }
            }
        }
    }
    let known: BTreeSet<_> = DECIDABLE.iter().copied().collect();
    let known_of_types: BTreeSet<_> = DECIDABLE_OF_TYPES.iter().copied().collect();
    assert_eq!(seen.keys().copied().collect::<BTreeSet<_>>(), known, "{seen:#?}");
    assert_eq!(of_types.keys().copied().collect::<BTreeSet<_>>(), known_of_types, "{of_types:#?}");
    let rare = seen.values().any(|count| *count < 100) || of_types.values().any(|count| *count < 5);
    assert!(!rare, "something is hardly ever decided: {seen:#?}\n{of_types:#?}");
}
