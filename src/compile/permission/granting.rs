//! What definitions grant to who holds something, and which arms come of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::PermissionScope;
use super::atoms::{Holds, Lasting, Way, Within};
use super::holdings::{Held, Reach};
use crate::compile::Predicate;
use crate::compile::arm::{Arm, Asks, Because, Outcome};
use crate::compile::statement::{Link, Statement};
use crate::model::permissions::{CustomPermission, Permissions, Role, RolePermission, Scope};
use crate::source::Span;

/// What is given everywhere is broader than any list of actions.
pub(super) const EVERYWHERE: usize = 1000;

/// A statement that holds for who holds something.
#[derive(Clone, Debug)]
pub(super) struct Granting {
    /// What has to be held.
    pub(super) held: Held,
    /// The name by which statements of one gate are ordered: of the role, or of the custom permission.
    pub(super) name: Arc<str>,
    /// Which resources it is about.
    pub(super) scope: Scope,
    /// What limits it, beside the holding.
    pub(super) addition: Option<(Reach, Span)>,
    /// What must hold besides.
    pub(super) conditions: Vec<Predicate>,
    pub(super) statement: Arc<Statement>,
}

impl PermissionScope<'_> {
    /// What roles say about the action.
    pub(super) fn of_roles(&self) -> Vec<Granting> {
        self.permissions.roles().flat_map(|role| self.of_role(role)).collect()
    }

    /// What one role says about the action by itself, without custom permissions.
    pub(super) fn of_role(&self, role: &Role) -> Vec<Granting> {
        let own = role.permissions.iter().filter_map(|permission| match permission {
            RolePermission::Actions(permission) => Some(permission),
            RolePermission::Custom(_) => None,
        });
        let about = own.filter(|permission| *permission.resource.value == *self.kind && permission.actions.find(&self.action).is_some());
        let granting = about.map(|permission| {
            let scope = permission.scope.as_ref().map(|scope| scope.value.clone()).unwrap_or_default();
            let within = if scope == Scope::All { String::new() } else { format!("; scope {}", scope.name()) };
            let statement = Statement {
                title: format!("role {}: {} {}{within}", role.name.value, self.kind, self.action),
                span: permission.span,
                links: Vec::new(),
                raised: Arc::default(),
                breadth: permission.actions.iter().len() + if scope == Scope::All { EVERYWHERE } else { 0 },
            };
            Granting {
                held: Held::Role(Arc::from(&*role.name.value)),
                name: Arc::from(&*role.name.value),
                scope,
                addition: None,
                conditions: self.conditions(&permission.conditions),
                statement: Arc::new(statement),
            }
        });
        granting.collect()
    }

    /// What custom permissions say about the action: held by themselves, and brought by roles.
    pub(super) fn of_custom(&self) -> Vec<Granting> {
        let mut all = Vec::new();
        for custom in self.permissions.custom().filter(|custom| self.is_about(custom)) {
            all.push(self.custom(custom, Held::Permission(Arc::from(&*custom.name.value)), None, Vec::new()));
            all.extend(self.brought(custom, |_| true));
        }
        all
    }

    /// A custom permission as roles bring it: listed there, or added by assignments.
    pub(super) fn brought(&self, custom: &CustomPermission, wanted: impl Fn(&str) -> bool) -> Vec<Granting> {
        let held = |role: &str| Held::Role(Arc::from(role));
        let name = &custom.name.value;
        let listed = self.listed.get(&**name).into_iter().flatten().filter(|(role, _)| wanted(&role.name.value));
        let listed = listed.map(|(role, span)| {
            let role = &role.name.value;
            self.custom(custom, held(role), None, vec![Link { what: format!("{role} has the permission {name}"), span: Some(*span) }])
        });
        let added = self.holdings.additions(name).iter().filter(|addition| wanted(&addition.role)).map(|addition| {
            let role = &addition.role;
            let link = Link { what: format!("an assignment gives {role} the permission {name}"), span: Some(addition.span) };
            let reach = Some((addition.reach.clone(), addition.span)).filter(|(reach, _)| *reach != Reach::default());
            self.custom(custom, held(role), reach, vec![link])
        });
        listed.chain(added).collect()
    }

    pub(super) fn is_about(&self, custom: &CustomPermission) -> bool {
        let on_type = custom.resource.as_ref().is_some_and(|resource| *resource.value == *self.kind);
        on_type && custom.actions.as_ref().map_or(*custom.name.value == *self.action, |actions| actions.find(&self.action).is_some())
    }

    fn custom(&self, custom: &CustomPermission, held: Held, addition: Option<(Reach, Span)>, links: Vec<Link>) -> Granting {
        let title = format!("custom permission {}: {} {}", custom.name.value, self.kind, self.action);
        Granting {
            held,
            name: Arc::from(&*custom.name.value),
            scope: Scope::All,
            addition,
            conditions: self.conditions(&custom.conditions),
            statement: Arc::new(Statement { title, span: custom.span, links, raised: Arc::default(), breadth: 1 }),
        }
    }
}

impl Granting {
    /// When a holding of the lasting and way gives the action.
    fn when(&self, way: Way, lasting: Lasting, within: Within, besides: &[Predicate]) -> Predicate {
        let holds = Holds { held: self.held.clone(), way, lasting, within, addition: self.addition.clone() };
        let mut all = vec![Predicate::Holds(Arc::new(holds))];
        all.extend(besides.iter().cloned());
        all.extend(self.conditions.iter().cloned());
        Predicate::All(all)
    }
}

/// The roles that list custom permissions, by permission.
pub(super) fn listed(permissions: &Permissions) -> HashMap<&str, Vec<(&Role, Span)>> {
    let mut all: HashMap<&str, Vec<(&Role, Span)>> = HashMap::new();
    for role in permissions.roles() {
        for permission in &role.permissions {
            if let RolePermission::Custom(name) = permission {
                all.entry(&name.value).or_default().push((role, name.span));
            }
        }
    }
    all
}

/// The arms of statements: those that are held directly first, then by team, then inherited; then by name.
pub(super) fn arms(mut all: Vec<Granting>, lasting: Lasting) -> Vec<Arm> {
    // Stable: what one definition lists stays in its order.
    all.sort_by(|a, b| a.name.cmp(&b.name));
    let mut arms = Vec::with_capacity(all.len() * Way::ALL.len());
    for way in Way::ALL {
        for granting in &all {
            let limited = granting.addition.as_ref().is_some_and(|(addition, _)| addition.temporary);
            let lasting = match (lasting, limited) {
                (Lasting::Standing, true) => continue,
                (Lasting::Temporary, true) => Lasting::Either,
                (lasting, _) => lasting,
            };
            let when = granting.when(*way, lasting, Within::Scope(granting.scope.clone()), &[]);
            arms.push(allow(when, &granting.statement));
        }
    }
    arms
}

/// The arms of an escalation: who holds `to` may do what `all` say, under their conditions, while it is raised.
pub(super) fn escalation(mut all: Vec<Granting>, to: &Held, raised: &Predicate) -> Vec<Arm> {
    all.sort_by(|a, b| a.name.cmp(&b.name));
    let mut arms = Vec::new();
    for way in Way::ALL {
        for granting in &all {
            let granting = Granting { held: to.clone(), ..granting.clone() };
            let when = granting.when(*way, Lasting::Either, Within::TeamAbove, std::slice::from_ref(raised));
            arms.push(allow(when, &granting.statement));
        }
    }
    arms
}

/// An arm that allows by a statement.
pub(super) fn allow(when: Predicate, statement: &Arc<Statement>) -> Arm {
    stated(when, Outcome::Allow, statement)
}

/// An arm that decides by a statement.
pub(super) fn stated(when: Predicate, outcome: Outcome, statement: &Arc<Statement>) -> Arm {
    Arm {
        when,
        outcome,
        asks: Asks::Statement(Arc::clone(statement)),
        because: Because::Compared,
        source: Some(statement.span),
        missing: false,
    }
}
