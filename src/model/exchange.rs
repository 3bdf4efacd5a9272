//! Definitions that are exchanged for others, to find out what would be decided then.

use super::permissions::Assignment;
use super::site::SitePart;
use super::{App, Override, User, Workspace};
use crate::parse::Node;

/// A definition that can take the place of another.
#[derive(Debug)]
pub enum Part {
    /// An app, without its override: that stays where it is.
    App(Box<App>),
    /// The override of an app, or that there is none.
    Override {
        /// The app.
        app: Box<str>,
        /// Its override.
        overriding: Option<Box<Override>>,
    },
    /// What the site says under one key.
    Site(SitePart),
}

impl Part {
    /// An app as its tree reads. `None` if it is not one that a workspace takes.
    pub fn app(tree: &Node) -> Option<Self> {
        let mut problems = Vec::new();
        let mut app = App::read(tree, &mut problems)?;
        app.overriding = None;
        problems.is_empty().then(|| Self::App(Box::new(app)))
    }

    /// An override of an app as its tree reads.
    pub fn overriding(app: &str, tree: &Node) -> Option<Self> {
        let mut problems = Vec::new();
        let overriding = Override::read(tree, &mut problems)?;
        problems.is_empty().then(|| Self::Override { app: app.into(), overriding: Some(Box::new(overriding)) })
    }

    /// That an app has no override.
    pub fn no_override(app: &str) -> Self {
        Self::Override { app: app.into(), overriding: None }
    }

    /// What stands under a key of the site's features, as its tree reads.
    pub fn site(key: &str, tree: &Node) -> Option<Self> {
        let mut problems = Vec::new();
        let part = SitePart::read(key, tree, &mut problems)?;
        problems.is_empty().then_some(Self::Site(part))
    }
}

impl Workspace {
    /// Puts a definition in the place of the one that is there, and gives that, so that it can be put back. An override of no app is
    /// given back as it is.
    #[must_use]
    pub fn exchange(&mut self, part: Part) -> Part {
        match part {
            Part::App(mut app) => {
                if let Some(there) = self.app_mut(&app.id.value) {
                    std::mem::swap(there, &mut *app);
                    std::mem::swap(&mut there.overriding, &mut app.overriding);
                }
                Part::App(app)
            }
            Part::Override { app, mut overriding } => {
                if let Some(there) = self.app_mut(&app) {
                    std::mem::swap(&mut there.overriding, &mut overriding);
                }
                Part::Override { app, overriding }
            }
            Part::Site(part) => Part::Site(self.site_mut().exchange(part)),
        }
    }
}

impl Assignment {
    /// An assignment as the tree reads. `None` if it is not one that a workspace takes.
    pub fn of_tree(tree: &Node) -> Option<Self> {
        let mut problems = Vec::new();
        let assignment = Self::read(tree, &mut problems)?;
        problems.is_empty().then_some(assignment)
    }
}

impl User {
    /// A user as the tree reads. `None` if it is not one that a workspace takes.
    pub fn of_tree(tree: &Node) -> Option<Self> {
        let mut problems = Vec::new();
        let user = Self::read(tree.clone(), &mut problems)?;
        problems.is_empty().then_some(user)
    }
}
