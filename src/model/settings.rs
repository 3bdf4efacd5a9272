//! `gatewalk.yaml`: where definitions are, and how they are read.

use super::Semantics;
use super::fields::{Fields, Shape, deciding, known};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Node;

/// Whether the users of a workspace are everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Population {
    /// Everybody.
    Complete,
    /// Some; others may exist.
    #[default]
    Partial,
    /// None on purpose.
    None,
}

impl Population {
    const NAMES: &'static [&'static str] = &["complete", "partial", "none"];

    /// The word in the file and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::None => "none",
        }
    }
}

/// What `gatewalk.yaml` says; everything in it is optional.
#[derive(Debug, Default)]
pub struct Settings {
    /// Globs of the files with chat apps, in place of the default layout.
    pub apps: Option<Vec<super::Name>>,
    /// Globs of the files with overrides.
    pub overrides: Option<Vec<super::Name>>,
    /// Globs of the files with users.
    pub users: Option<Vec<super::Name>>,
    /// Globs of the files with site features.
    pub site: Option<Vec<super::Name>>,
    /// Globs of the files with definitions of permissions.
    pub permissions: Option<Vec<super::Name>>,
    /// The semantics to follow unless an option says otherwise.
    pub semantics: Semantics,
    /// Whether the users are everybody.
    pub population: Population,
}

const SETTINGS: Shape = Shape {
    what: "`gatewalk.yaml`",
    fields: &[
        deciding("apps"),
        deciding("overrides"),
        deciding("users"),
        deciding("site"),
        deciding("permissions"),
        known("expectations"),
        deciding("semantics"),
        deciding("population"),
    ],
};

/// Reads the documents of `gatewalk.yaml`.
pub fn settings(documents: &[Node], problems: &mut Vec<Diagnostic>) -> Settings {
    if let Some(second) = documents.get(1) {
        problems.push(Diagnostic::new(Code::UnknownDocument, second.span, "`gatewalk.yaml` holds one document, this is the second"));
    }
    let Some(fields) = documents.first().filter(|node| !node.is_null()).and_then(|node| SETTINGS.read(node, problems)) else {
        return Settings::default();
    };
    let semantics: Vec<&str> = Semantics::ALL.iter().map(|semantics| semantics.name()).collect();
    let population = fields.word("population", Population::NAMES, problems);
    Settings {
        apps: globs(&fields, "apps", problems),
        overrides: globs(&fields, "overrides", problems),
        users: globs(&fields, "users", problems),
        site: globs(&fields, "site", problems),
        permissions: globs(&fields, "permissions", problems),
        semantics: fields.word("semantics", &semantics, problems).and_then(|word| Semantics::of_name(word.value)).unwrap_or_default(),
        population: match population.as_ref().map(|word| word.value) {
            Some("complete") => Population::Complete,
            Some("none") => Population::None,
            _ => Population::Partial,
        },
    }
}

fn globs(fields: &Fields<'_>, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Vec<super::Name>> {
    fields.node(name).and_then(|node| super::fields::names(node, name, problems))
}
