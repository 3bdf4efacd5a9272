//! Teams and who is in them.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Spanned;
use crate::model::fields::{Shape, deciding, known};
use crate::model::names::Name;
use crate::parse::Node;
use crate::source::Span;

/// A team.
#[derive(Debug)]
pub struct Team {
    /// Where it is defined.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// The team it is part of.
    pub parent: Option<Name>,
    /// Whether what is held in it reaches the teams below.
    pub inheritance: Option<Spanned<bool>>,
    /// Its members.
    pub members: Vec<Member>,
}

/// Somebody in a team.
#[derive(Debug)]
pub struct Member {
    /// The mapping.
    pub span: Span,
    /// The user's id.
    pub user: Name,
    /// The role held in the team.
    pub role: Name,
}

const TEAM: Shape = Shape {
    what: "a team",
    fields: &[
        deciding("team"),
        deciding("parent"),
        deciding("inheritance"),
        deciding("members"),
        known("role"),
        known("permission"),
        known("name"),
        known("title"),
        known("description"),
    ],
};

const MEMBER: Shape = Shape { what: "a member", fields: &[deciding("user"), deciding("role"), known("since")] };

impl Team {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = TEAM.read(node, problems)?;
        // What assignments have would be without effect on a team, and a team's members without effect on an assignment.
        for name in ["role", "permission"] {
            if let Some(entry) = fields.entry(name) {
                let message = format!("this team has `{}`, which only assignments have", entry.key);
                problems.push(Diagnostic::new(Code::UnknownDocument, entry.key_span, message).help("write the assignment by itself"));
            }
        }
        let name = fields.required("team", problems);
        let parent = fields.name("parent", problems);
        let inheritance = fields.flag("inheritance", problems);
        let mut members = Vec::new();
        if let Some((_, items)) = fields.list("members", problems) {
            members.extend(items.iter().filter_map(|item| Member::read(item, problems)));
        }
        Some(Self { span: node.span, name: name?, parent, inheritance, members })
    }
}

impl Member {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = MEMBER.read(node, problems)?;
        let (user, role) = (fields.required("user", problems), fields.required("role", problems));
        Some(Self { span: node.span, user: user?, role: role? })
    }
}
