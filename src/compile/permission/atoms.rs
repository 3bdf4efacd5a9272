//! What predicates on permissions ask: of a user and a resource together.

use std::sync::Arc;

use super::holdings::{Held, Reach};
use crate::model::permissions::{Attributes, Instance, Level, Operand, Operator, Scope, UserKey};
use crate::source::Span;

/// The resource that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Its type.
    pub kind: Arc<str>,
    /// Its id; `None` for one that is given by its attributes alone.
    pub id: Option<Arc<str>>,
    /// Its attributes.
    pub attributes: Arc<Attributes>,
}

impl Resource {
    /// An instance of the workspace.
    pub fn instance(instance: &Instance) -> Self {
        let name = |text: &str| Arc::from(text);
        Self { kind: name(&instance.resource.value), id: Some(name(&instance.id.value)), attributes: Arc::clone(&instance.attributes) }
    }

    /// A resource that is nowhere defined.
    pub fn given(kind: &str, attributes: Attributes) -> Self {
        Self { kind: kind.into(), id: None, attributes: Arc::new(attributes) }
    }
}

/// How a user comes to hold something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// By themselves, for every resource.
    Direct,
    /// By a team.
    Team,
    /// Through a role that inherits it.
    Inherited,
}

impl Way {
    /// All of them, in the order in which statements are named.
    pub const ALL: &'static [Self] = &[Self::Direct, Self::Team, Self::Inherited];
}

/// Which holdings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lasting {
    /// Those without limits.
    Standing,
    /// Those with a window, a project, or given in an emergency.
    Temporary,
    /// Both.
    Either,
}

impl Lasting {
    /// Whether a holding of this reach counts.
    pub fn counts(self, reach: &Reach) -> bool {
        match self {
            Self::Standing => !reach.temporary,
            Self::Temporary => reach.temporary,
            Self::Either => true,
        }
    }
}

/// That a user holds something with a reach that has the asked resource, at the asked time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Holds {
    /// What is held.
    pub held: Held,
    /// How.
    pub way: Way,
    /// For how long.
    pub lasting: Lasting,
    /// What the reach must do.
    pub within: Within,
    /// What limits the permission itself: an assignment that adds it to the role, and where that is written.
    pub addition: Option<(Reach, Span)>,
}

/// What a reach must do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// Have the resource, which must be in the scope.
    Scope(Scope),
    /// Have the resource's team or one above it.
    TeamAbove,
}

/// That something of the user, or of the resource, compares with values.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What is compared.
    pub left: Side,
    /// How.
    pub operator: Operator,
    /// With what.
    pub right: Vec<Operand>,
    /// The key as written.
    pub key: Box<str>,
    /// The key's place.
    pub key_span: Span,
    /// The value's place.
    pub span: Span,
}

impl Comparison {
    /// Whether it looks at the resource alone, so that it comes to the same for every user.
    pub fn is_of_resource(&self) -> bool {
        let values = self.right.iter().all(|operand| matches!(operand, Operand::Value(_)));
        values && matches!(self.left, Side::Resource(_) | Side::OtherType(_))
    }
}

/// What a comparison looks at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Something of the user.
    User(UserKey),
    /// An attribute of the resource.
    Resource(Arc<str>),
    /// An attribute that the resource cannot have: it is one of another type.
    OtherType(Arc<str>),
}

/// That a user is at a level, which has not ended, at the asked time.
#[derive(Clone, Debug)]
pub struct AtLevel {
    /// The levels, lowest first.
    pub levels: Arc<[Level]>,
    /// Which of them.
    pub at: usize,
}
