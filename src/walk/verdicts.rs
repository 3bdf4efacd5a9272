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
    for (number, stage) in (1..).zip(&*list.stages) {
        branches = joined(branches.into_iter().map(|branch| Branch { course: branch.course.entering(), ..branch }));
        let is_last = number == list.stages.len();
        for gate in &stage.gates {
            let after = branches.into_iter().flat_map(|branch| through(branch, (stage, is_last), gate, &mut verdicts));
            branches = joined(after.collect::<Vec<_>>());
        }
    }
    verdicts.extend(branches.into_iter().map(|branch| Verdict { when: branch.when, decision: branch.course.end() }));
    verdicts
}

/// Takes a branch through a gate. Denials are final, and so is what the last stage decides: they are verdicts at once, so that what is
/// left stays few however many gates there are. What goes on may go on differently for different users.
fn through(branch: Branch, (stage, is_last): (&Stage, bool), gate: &Gate, verdicts: &mut Vec<Verdict>) -> Vec<Branch> {
    if branch.course.is_decided() {
        return vec![Branch { course: branch.course.after(stage, gate, None), ..branch }];
    }
    let mut after: Vec<Branch> = Vec::new();
    for arm in &gate.arms {
        let course = branch.course.after(stage, gate, Some(arm));
        // Whoever an arm before took along is not this one's; whom it decided about has a verdict already.
        let others = after.iter().filter(|other| other.course != course).map(|other| Predicate::not(other.when.clone()));
        let when = Predicate::all(others.chain([arm.when.clone()]));
        let decided = course.denied().or_else(|| (is_last && course.is_decided()).then(|| course.end()));
        match decided {
            Some(decision) => verdicts.push(Verdict { when: Predicate::all([branch.when.clone(), when]), decision }),
            None => after.push(Branch { when, course }),
        }
    }
    // A gate has an arm for everybody; should one ever not, it is passed by.
    if !gate.arms.iter().any(|arm| matches!(arm.when, Predicate::Constant(true))) {
        let by_an_arm = Predicate::any(gate.arms.iter().map(|arm| arm.when.clone()));
        after.push(Branch { when: Predicate::not(by_an_arm), course: branch.course.after(stage, gate, None) });
    }
    let within = |other: Branch| Branch { when: Predicate::all([branch.when.clone(), other.when]), ..other };
    joined(after).into_iter().map(within).collect()
}

/// Branches on one course are one branch. If all that are left are on one, it is everybody's.
fn joined(branches: impl IntoIterator<Item = Branch>) -> Vec<Branch> {
    let mut joined: Vec<Branch> = Vec::new();
    for branch in branches {
        match joined.iter_mut().find(|known| known.course == branch.course) {
            Some(known) => known.when = Predicate::any([known.when.clone(), branch.when]),
            None => joined.push(branch),
        }
    }
    if let [only] = joined.as_mut_slice() {
        only.when = Predicate::ALWAYS;
    }
    joined
}
