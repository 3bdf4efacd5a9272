//! Conditions as predicates.

use std::sync::Arc;

use super::PermissionScope;
use super::atoms::{Comparison, Side};
use crate::compile::Predicate;
use crate::model::permissions::{Condition, Conditions, Key};

impl PermissionScope<'_> {
    /// All conditions together: what must hold besides.
    pub(super) fn conditions(&self, conditions: &Conditions) -> Vec<Predicate> {
        conditions.all.iter().flat_map(|condition| self.condition(condition)).collect()
    }

    fn condition(&self, condition: &Condition) -> Vec<Predicate> {
        let left = match &condition.key {
            Key::User(key) => Side::User(key.clone()),
            Key::Resource { kind: Some(kind), name } if **kind != *self.kind => Side::OtherType(Arc::from(&**name)),
            Key::Resource { name, .. } => Side::Resource(Arc::from(&**name)),
        };
        let compared = condition.tests.iter().map(|test| Comparison {
            left: left.clone(),
            operator: test.operator,
            right: test.operands.clone(),
            key: condition.text.clone(),
            key_span: condition.key_span,
            span: test.span,
        });
        compared.map(|comparison| Predicate::Compare(Arc::new(comparison))).collect()
    }
}
