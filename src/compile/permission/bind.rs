//! Once the resource is known, what a list asks of it alone is settled: what is left asks of the user.

use std::sync::Arc;

use super::DEPENDS;
use super::atoms::{Comparison, Resource, Side};
use super::resource_test::{Ask, ResourceTest};
use super::teams::Teams;
use crate::compile::list::{Asked, DecisionList, Gate, Stage};
use crate::compile::{Arm, Predicate};
use crate::model::permissions::{Operand, Operator};

impl DecisionList {
    /// The same list, asked about one resource: comparisons that look at the resource alone are settled, and arms that cannot apply
    /// to it are gone. What the walk decides is what it decides with the resource beside the list.
    #[must_use]
    pub fn bind_resource(&self, resource: &Resource) -> Self {
        let settled = settle(&self.stages, resource);
        let stages = bind(&self.stages, &settled);
        Self { stages, asked: Asked::Resource(resource.clone()), ..self.clone() }
    }
}

/// What the comparisons that look at the resource alone come to, in the order in which they stand.
fn settle(stages: &[Stage], resource: &Resource) -> Vec<bool> {
    let mut settled = Vec::new();
    for arm in stages.iter().flat_map(|stage| &stage.gates).flat_map(|gate| &gate.arms) {
        comparisons(&arm.when, &mut |comparison| settled.push(of_resource(comparison, resource)));
    }
    settled
}

/// Puts what is settled in its place.
fn bind(stages: &[Stage], settled: &[bool]) -> Arc<[Stage]> {
    let mut settled = settled.iter().copied();
    let mut gate = |gate: &Gate| {
        let arms = gate.arms.iter().map(|arm| Arm { when: with(&arm.when, &mut settled), ..arm.clone() });
        let arms = arms.filter(|arm| !matches!(arm.when, Predicate::Constant(false))).collect();
        Gate { id: gate.id, arms, priority: gate.priority }
    };
    let mut stage = |stage: &Stage| Stage {
        id: stage.id,
        // The gate of questions about a type has nothing to say of one resource.
        gates: stage.gates.iter().map(&mut gate).filter(|gate| gate.id != DEPENDS).collect(),
    };
    stages.iter().map(&mut stage).collect()
}

/// Visits the comparisons that look at the resource alone.
fn comparisons(predicate: &Predicate, visit: &mut impl FnMut(&Comparison)) {
    predicate.atoms(&mut |atom| match atom {
        Predicate::Compare(comparison) if comparison.is_of_resource() => visit(comparison),
        _ => {}
    });
}

fn with(predicate: &Predicate, settled: &mut impl Iterator<Item = bool>) -> Predicate {
    predicate.settled(&mut |atom| match atom {
        Predicate::Compare(comparison) if comparison.is_of_resource() => Some(settled.next().unwrap_or(false)),
        _ => None,
    })
}

/// Whether a comparison that looks at the resource alone holds.
fn of_resource(comparison: &Comparison, resource: &Resource) -> bool {
    let attribute = match &comparison.left {
        Side::Resource(name) => resource.attributes.get(name),
        _ => None,
    };
    if let Operator::Exists(there) = comparison.operator {
        return attribute.is_some() == there;
    }
    let Side::Resource(name) = &comparison.left else { return false };
    let values = comparison.right.iter().filter_map(|operand| if let Operand::Value(value) = operand { Some(value.clone()) } else { None });
    let test = ResourceTest { name: Arc::clone(name), ask: Ask::Compares(comparison.operator, values.collect()) };
    attribute.is_some() && test.holds(resource, &Teams::default()) != comparison.operator.is_negative()
}
