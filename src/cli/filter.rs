//! Which users are meant. A pattern can be a name or a glob of names, and which it is shows only once everybody was seen.

use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use gatewalk::model::{Facets, UserType, glob};

use super::options::UserTypeArg;
use super::pattern::Pattern;

/// Options that select users.
#[derive(Args, Debug)]
pub(super) struct FilterArgs {
    /// Users whose id matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    user: Vec<String>,

    /// Users with a role of their own that matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    role: Vec<String>,

    /// Users of this type
    #[arg(long = "type", value_name = "TYPE")]
    user_type: Option<UserTypeArg>,

    /// Users of an entity that matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    entity: Vec<String>,
}

impl FilterArgs {
    pub(super) fn filter(&self) -> UserFilter<'_> {
        UserFilter::new(&self.user, &self.role, &self.entity, self.user_type.map(UserType::from))
    }
}

/// The filters of users.
#[derive(Debug, Default)]
pub(super) struct UserFilter<'a> {
    asked: Vec<Asked<'a>>,
    user_type: Option<UserType>,
}

/// What a pattern is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Id,
    Role,
    Entity,
}

impl Of {
    const ALL: [Self; 3] = [Self::Id, Self::Role, Self::Entity];
}

/// One pattern, and what was found out about it. Several threads may look at once.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    of: Of,
    pattern: Pattern<'a>,
    is_a_name: AtomicBool,
    is_a_glob: AtomicBool,
}

impl Asked<'_> {
    fn is_idle(&self) -> bool {
        !self.is_a_name.load(Ordering::Relaxed) && !self.is_a_glob.load(Ordering::Relaxed)
    }

    pub(super) fn text(&self) -> &str {
        self.pattern.text
    }

    pub(super) fn option(&self) -> &'static str {
        match self.of {
            Of::Id => "--user",
            Of::Role => "--role",
            Of::Entity => "--entity",
        }
    }

    /// The names of a user that it is compared with.
    pub(super) fn names<'u>(&self, user: &'u Facets<'u>) -> impl Iterator<Item = &'u str> {
        let (one, roles) = match self.of {
            Of::Id => (Some(user.id), [].as_slice()),
            Of::Role => (None, user.roles),
            Of::Entity => (user.entity, [].as_slice()),
        };
        one.into_iter().chain(roles.iter().copied())
    }
}

impl<'a> UserFilter<'a> {
    fn new(ids: &'a [String], roles: &'a [String], entities: &'a [String], user_type: Option<UserType>) -> Self {
        let asked = |of: Of, texts: &'a [String]| {
            let asked = move |text: &'a String| Asked { of, pattern: Pattern { text }, is_a_name: false.into(), is_a_glob: false.into() };
            texts.iter().map(asked)
        };
        let asked = asked(Of::Id, ids).chain(asked(Of::Role, roles)).chain(asked(Of::Entity, entities)).collect();
        Self { asked, user_type }
    }

    /// Whether everybody has to be seen before anybody is selected.
    pub(super) fn has_patterns(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn selects_all(&self) -> bool {
        self.asked.is_empty() && self.user_type.is_none()
    }

    /// Takes note of a user, who may be selected later.
    pub(super) fn note(&self, user: &Facets<'_>) {
        for asked in &self.asked {
            for name in asked.names(user) {
                if name == asked.text() {
                    asked.is_a_name.store(true, Ordering::Relaxed);
                } else if !asked.is_a_glob.load(Ordering::Relaxed) && glob::matches(asked.text(), name) {
                    asked.is_a_glob.store(true, Ordering::Relaxed);
                }
            }
        }
    }

    /// The first pattern that is nobody's, once everybody was noted.
    pub(super) fn idle(&self) -> Option<&Asked<'a>> {
        self.asked.iter().find(|asked| asked.is_idle())
    }

    /// Whether a pattern of another filter is one of this, and nobody's.
    pub(super) fn leaves_idle(&self, other: &Asked<'_>) -> bool {
        self.asked.iter().any(|asked| asked.of == other.of && asked.text() == other.text() && asked.is_idle())
    }

    /// Whether all filters select a user, once everybody was noted.
    pub(super) fn selects(&self, user: &Facets<'_>) -> bool {
        let of = |of: Of| {
            let mut asked = self.asked.iter().filter(|asked| asked.of == of).peekable();
            let fits = |asked: &Asked<'_>| {
                let exact = asked.is_a_name.load(Ordering::Relaxed);
                asked.names(user).any(|name| asked.pattern.matches(name, exact))
            };
            asked.peek().is_none() || asked.any(fits)
        };
        self.user_type.is_none_or(|user_type| user.user_type == user_type) && Of::ALL.into_iter().all(of)
    }
}
