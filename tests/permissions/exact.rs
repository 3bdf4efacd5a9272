//! The oracle's answers about types, against many single resources that it did not pick.

use crate::dice::Dice;
use crate::oracle::{self, Person};
use crate::target::{About, Target};
use crate::value::Attr;
use crate::world::Attributes;
use crate::{generate, instants, seeds};

#[test]
fn no_resource_belies_an_answer_about_its_type() {
    seeds::every_seed(250, |seed| {
        let world = generate::world(seed);
        let mut dice = Dice::seeded(seed);
        let all = instants(&world, &mut dice);
        let person = Person::new(&world, dice.pick(&world.users), *dice.pick(&all));
        for target in oracle::targets(&world).into_iter().filter(|target| target.about == About::Type) {
            let answer = oracle::decide_for(&person, &target);
            if answer.1 == "depends-on-instance" {
                continue;
            }
            let values = oracle::every_value(&person, &target.kind, &target.action);
            for _ in 0..150 {
                let mut attributes = Attributes::new();
                for (name, scalars) in &values {
                    if target.kind == "team" && name == "team_id" {
                        attributes.insert(name.clone(), Attr::One(dice.pick(scalars).clone()));
                    } else if dice.chance(75) {
                        let list = (0..dice.between(0, 4)).map(|_| dice.pick(scalars).clone()).collect();
                        attributes.insert(name.clone(), Attr::List(list));
                    }
                }
                let one = Target::of_attributes(&target.kind, attributes, &target.action);
                let single = oracle::decided(&person, &one).answer;
                if single.0 != answer.0 {
                    return Err(format!("{:?} on {target} is {answer:?}, but on {one} it is {single:?}", person.user.id));
                }
            }
        }
        Ok(())
    });
}
