//! Teams and who is in them.

use crate::diagnostic::Diagnostic;
use crate::model::Spanned;
use crate::model::fields::{Shape, deciding, known};
use crate::model::names::Name;
use crate::parse::Node;
use crate::source::Span;

/// A team.
#[derive(Debug)]
pub struct Team {
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
        known("name"),
        known("title"),
        known("description"),
    ],
};

const MEMBER: Shape = Shape { what: "a member", fields: &[deciding("user"), deciding("role"), known("since")] };

impl Team {
    pub(in crate::model) fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = TEAM.read(node, problems)?;
        let name = fields.required("team", problems);
        let parent = fields.name("parent", problems);
        let inheritance = fields.flag("inheritance", problems);
        let mut members = Vec::new();
        if let Some((_, items)) = fields.list("members", problems) {
            members.extend(items.iter().filter_map(|item| Member::read(item, problems)));
        }
        Some(Self { name: name?, parent, inheritance, members })
    }
}

impl Member {
    fn read(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let fields = MEMBER.read(node, problems)?;
        let (user, role) = (fields.required("user", problems), fields.required("role", problems));
        Some(Self { span: node.span, user: user?, role: role? })
    }
}
