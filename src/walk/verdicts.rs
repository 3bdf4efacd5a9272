//! A list as verdicts in order: the first whose predicate holds decides. What the walk does gate by gate, done once for everybody.
//!
//! Walkers of many users at a time and SQL start from here: there are no stages, no gates that only note something, and no
//! outcomes any more, only predicates and decisions. Of a question about a type, whose resource is not known, there are no such verdicts: its
//! predicates are three-valued. The meaning of outcomes is that of [`Course`], which the walk of one user follows too.

use super::decision::Decision;
use super::walker::Course;
use crate::compile::{DecisionList, Gate, Predicate, Stage};

/// A decision, and for whom it is made: for all who fit and whom no verdict before it fits.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Whom it fits.
    pub when: Predicate,
    /// The decision.
    pub decision: Decision,
}

/// A course that some users are on, of those for whom nothing is decided yet.
struct Branch {
    when: Predicate,
    course: Course,
}

/// What a list comes to. The last verdict fits everybody who is left.
pub fn verdicts(list: &DecisionList) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut branches = vec![Branch { when: Predicate::ALWAYS, course: Course::default() }];
    let mut after = Vec::new();
    for (number, stage) in (1..).zip(&*list.stages) {
        for branch in &mut branches {
            branch.course = branch.course.entering();
        }
        join(&mut branches);
        let is_last = number == list.stages.len();
        for gate in &stage.gates {
            for branch in branches.drain(..) {
                through(branch, (stage, is_last), gate, &mut verdicts, &mut after);
            }
            join(&mut after);
            std::mem::swap(&mut branches, &mut after);
        }
    }
    verdicts.extend(branches.into_iter().map(|branch| Verdict { when: branch.when, decision: branch.course.end() }));
    verdicts
}

/// Takes a branch through a gate. Denials are final, and so is what the last stage decides: they are verdicts at once, so that what is
/// left stays few however many gates there are. What goes on may go on differently for different users.
fn through(branch: Branch, (stage, is_last): (&Stage, bool), gate: &Gate, verdicts: &mut Vec<Verdict>, after: &mut Vec<Branch>) {
    if branch.course.is_decided() {
        return after.push(Branch { course: branch.course.after(stage, gate, None), ..branch });
    }
    let course = |arm| branch.course.after(stage, gate, Some(arm));
    let decided = |course: Course| course.denied().or_else(|| (is_last && course.is_decided()).then(|| course.end()));
    let for_everybody = gate.arms.iter().any(|arm| matches!(arm.when, Predicate::Constant(true)));
    // Most gates have nothing to say here, or only note something, and nobody is told apart.
    let mut courses = gate.arms.iter().map(course);
    if let Some(first) = courses.next().filter(|first| for_everybody && decided(*first).is_none())
        && courses.all(|other| other == first)
    {
        return after.push(Branch { course: first, ..branch });
    }
    let mut own: Vec<Branch> = Vec::new();
    for arm in &gate.arms {
        let course = course(arm);
        // Whoever an arm before took along is not this one's; whom it decided about has a verdict already.
        let others = own.iter().filter(|other| other.course != course).map(|other| Predicate::not(other.when.clone()));
        let when = Predicate::all(others.chain([arm.when.clone()]));
        match decided(course) {
            Some(decision) => verdicts.push(Verdict { when: Predicate::all([branch.when.clone(), when]), decision }),
            None => own.push(Branch { when, course }),
        }
    }
    // A gate has an arm for everybody; should one ever not, it is passed by.
    if !for_everybody {
        let by_an_arm = Predicate::any(gate.arms.iter().map(|arm| arm.when.clone()));
        own.push(Branch { when: Predicate::not(by_an_arm), course: branch.course.after(stage, gate, None) });
    }
    join(&mut own);
    after.extend(own.into_iter().map(|other| Branch { when: Predicate::all([branch.when.clone(), other.when]), ..other }));
}

/// Branches on one course are one branch. If all that are left are on one, it is everybody's.
fn join(branches: &mut Vec<Branch>) {
    if branches.len() > 1 {
        let mut joined: Vec<Branch> = Vec::new();
        for branch in branches.drain(..) {
            match joined.iter_mut().find(|known| known.course == branch.course) {
                Some(known) => {
                    let before = std::mem::replace(&mut known.when, Predicate::NEVER);
                    known.when = Predicate::any([before, branch.when]);
                }
                None => joined.push(branch),
            }
        }
        *branches = joined;
    }
    if let [only] = branches.as_mut_slice() {
        only.when = Predicate::ALWAYS;
    }
}
