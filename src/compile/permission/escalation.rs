//! Who may step in when a resource needs it.

use std::collections::HashSet;
use std::sync::Arc;

use super::granting::{self, Granting};
use super::holdings::Held;
use super::{PermissionGate, PermissionScope};
use crate::compile::Predicate;
use crate::compile::arm::Arm;
use crate::compile::gate::GateDef;
use crate::compile::statement::{Link, Statement};

pub(super) const GATE: PermissionGate = GateDef::new(
    "escalation",
    "Team-based access escalates: one of its named conditions holds for the resource, the base role (with what it inherits) has the action, and the user holds `escalate_to` with a reach that has the resource's team or one above it. A resource without team never escalates.",
    arms,
);

fn arms(scope: &PermissionScope<'_>) -> Vec<Arm> {
    let Some((pattern, escalation)) =
        scope.permissions.team_based().and_then(|pattern| pattern.escalation.as_ref().map(|escalation| (pattern, escalation)))
    else {
        return vec![Arm::not_applicable("there is no escalation")];
    };
    let to = Held::Role(Arc::from(&*escalation.escalate_to.value));
    let mut seen = HashSet::new();
    let mut raised = Vec::new();
    for name in escalation.conditions.entries().filter(|name| seen.insert(name.value)) {
        let Some(conditions) = scope.permissions.conditions(name.value) else { continue };
        let links = vec![
            Link { what: format!("{} escalates to {}", name.value, to.name()), span: Some(name.span) },
            Link { what: format!("the conditions {} hold", name.value), span: Some(conditions.span) },
        ];
        raised.push((Predicate::All(scope.conditions(conditions)), links));
    }
    let raised: Arc<[_]> = raised.into();
    let any = Predicate::Any(raised.iter().map(|(when, _)| when.clone()).collect());
    let all = scope.with_inherited(&pattern.base_role.value).into_iter().map(|granting| {
        let what = format!("what {} may do, whatever the scope: {}", pattern.base_role.value, granting.statement.title);
        let mut links = vec![Link { what, span: Some(granting.statement.span) }];
        links.extend(granting.statement.links.iter().cloned());
        let title = format!("escalation to {}", to.name());
        let statement = Statement { title, span: escalation.span, links, raised: Arc::clone(&raised), breadth: 1 };
        Granting { statement: Arc::new(statement), ..granting }
    });
    let mut arms = granting::escalation(all.collect(), &to, &any);
    arms.push(Arm::not_applicable("no escalation gives this"));
    arms
}

impl PermissionScope<'_> {
    /// What a role says about the action together with all that it inherits and the custom permissions these bring.
    fn with_inherited(&self, role: &str) -> Vec<Granting> {
        let mut seen: HashSet<&str> = HashSet::from([role]);
        let mut open = vec![role];
        let mut all = Vec::new();
        while let Some(name) = open.pop() {
            let Some(role) = self.permissions.role(name) else { continue };
            all.extend(self.of_role(role));
            open.extend(role.inherits.iter().map(|inherited| &*inherited.value).filter(|name| seen.insert(name)));
        }
        let custom = self.permissions.custom().filter(|custom| self.is_about(custom));
        all.extend(custom.flat_map(|custom| self.brought(custom, |role| seen.contains(role))));
        all
    }
}
