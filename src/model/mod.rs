//! The validated definitions. Whatever is in a [`Workspace`] can be trusted to have been written so, and where.

mod app;
mod changes;
mod entity;
mod exchange;
mod facets;
mod feature;
mod fields;
pub mod glob;
mod kind;
mod named;
mod names;
mod near;
mod overriding;
pub mod permissions;
mod person;
mod records;
mod rules;
mod settings;
mod site;
mod time;
mod user;
mod workspace;

pub use app::App;
pub use entity::{Entity, EntityRule};
pub use exchange::Part;
pub use facets::Facets;
pub use feature::{Feature, Features, is_feature};
pub use names::{Name, Names, shown};
pub use near::{nearest, suggestion};
pub use overriding::Override;
pub use permissions::{Permissions, inline_attributes};
pub use person::{Called, Person};
pub use records::{Folder, Note, Records};
pub use rules::{Apply, Rules};
pub use settings::{Population, Settings, settings};
pub use site::{EntityFeature, HomePageRule, HomePageRules, SITE_FEATURES, Site, SitePart, Switch};
pub use time::{Problem as TimeProblem, parse as parse_time};
pub use user::{Progress, User, UserType, inline as inline_user};
pub use workspace::{Counts, Workspace};

use crate::source::Span;

/// A value and where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// Which published behaviour of Pika is followed where its versions and its guide differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Semantics {
    /// The published guide.
    #[default]
    Documented,
    /// Pika as it runs today.
    Current,
    /// Pika before mid-2025.
    Legacy,
}

impl Semantics {
    /// All of them, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[Self::Documented, Self::Current, Self::Legacy];

    /// The name in options, files and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Current => "current",
            Self::Legacy => "legacy",
        }
    }

    /// The semantics of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|semantics| semantics.name() == name)
    }
}
