//! The cells of a workspace: those of `matrix`, and the query that is to give the same.

use gatewalk::compile::{Resource, Target, Targets};
use gatewalk::model::Workspace;
use gatewalk::report::{Matrix, Question};
use gatewalk::sql::{self, Dialect, Each, Ids};

use crate::engine::Cell;

/// What is asked of a workspace.
pub struct Asked {
    /// The targets as `matrix` takes them.
    pub targets: Vec<Target>,
    /// Of these, those that a query takes as they are.
    named: Vec<Target>,
    each: Vec<Each>,
}

impl Asked {
    /// Everything but questions about types: apps, features, home pages, sites, and every action on every instance; with `given` also
    /// on a resource with the attributes of each.
    pub fn all(workspace: &Workspace, given: bool) -> Self {
        let mut named = Targets { features: true, sites: true, ..Targets::default() }.of(workspace);
        let permissions = workspace.permissions();
        let mut each = Vec::new();
        for (kind, known) in permissions.types() {
            for action in &known.actions {
                let mut ids = vec![Ids::Like("*".to_owned())];
                // No `*` crosses these.
                let apart = permissions.instances(kind).filter(|instance| instance.id.value.contains(['/', '#', ':']));
                ids.extend(apart.map(|instance| Ids::Exactly(instance.id.value.to_string())));
                each.push(Each { kind: kind.to_owned(), action: action.to_string(), ids });
                let instances = permissions.instances(kind).filter(|_| given);
                named.extend(instances.map(|instance| Target::Given {
                    resource: Resource::given(kind, (*instance.attributes).clone()),
                    action: action.to_string(),
                    written: format!("{kind}{{like {}}}#{action}", instance.id.value),
                }));
            }
        }
        let mut targets = named.clone();
        targets.extend(
            Targets { instances: true, ..Targets::default() }
                .of(workspace)
                .into_iter()
                .filter(|target| matches!(target, Target::Instance { .. })),
        );
        Self { targets, named, each }
    }

    /// The same, so many actions at a time.
    pub fn in_parts(self, of: usize) -> Vec<Self> {
        let of_action = |target: &Target, part: &[Each]| match target {
            Target::Instance { kind, action, .. } => part.iter().any(|each| each.kind == *kind && each.action == *action),
            _ => false,
        };
        let part = |part: &[Each]| Self {
            targets: self.targets.iter().filter(|target| of_action(target, part)).cloned().collect(),
            named: Vec::new(),
            each: part.to_vec(),
        };
        self.each.chunks(of).map(part).collect()
    }

    pub fn query(&self, workspace: &Workspace, question: &Question, dialect: Dialect) -> String {
        let request = sql::Request {
            dialect,
            options: question.options(question.semantics),
            what_if: &question.what_if,
            supposed: question.supposed_in_words(),
            targets: self.named.clone(),
            each: self.each.clone(),
        };
        sql::export(workspace, &request).expect("the query can be made")
    }

    /// The cells of `matrix`, sorted.
    pub fn cells(&self, workspace: &Workspace, question: &Question) -> Vec<Cell> {
        let matrix = Matrix::new(workspace, question, workspace.users().iter().collect(), &self.targets).expect("the targets exist");
        let mut cells = Vec::new();
        let done: Result<(), ()> = matrix.each_user(|user, decisions, _| {
            let named = matrix.targets().iter().zip(decisions);
            cells.extend(named.map(|(target, cell)| [user, target, cell.name(), cell.gate.name()].map(str::to_owned)));
            Ok(())
        });
        done.expect("cells are taken");
        cells.sort();
        cells
    }
}

/// The first differences between the cells of `matrix` (-) and those of a query (+).
pub fn differences(expected: &[Cell], mut actual: Vec<Cell>) -> Option<String> {
    actual.sort();
    if expected == actual.as_slice() {
        return None;
    }
    let missing = expected.iter().filter(|cell| actual.binary_search(cell).is_err()).map(|cell| format!("- {cell:?}"));
    let surplus = actual.iter().filter(|cell| expected.binary_search(cell).is_err()).map(|cell| format!("+ {cell:?}"));
    let mut lines: Vec<String> = missing.chain(surplus).collect();
    lines.sort_by(|one, other| one[1..].cmp(&other[1..]));
    let told = format!("{} cells expected, {} given, {} lines differ", expected.len(), actual.len(), lines.len());
    lines.truncate(12);
    Some(format!("{told}\n{}", lines.join("\n")))
}
