//! What access is asked to, and how it is written.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    App(String),
    Feature(String, String),
    DetailedTraces(String),
    HomePage(String),
    SiteAdmin,
    ContentAdmin,
}

impl Target {
    /// Reads a target as written; an app id has neither `/` nor `#`, so the first of either splits
    /// it.
    pub fn parse(text: &str) -> Self {
        match text {
            "site#admin" => return Self::SiteAdmin,
            "site#content-admin" => return Self::ContentAdmin,
            _ => {}
        }
        match text.split_once('/') {
            None => Self::App(text.to_owned()),
            Some((app, "homePage")) => Self::HomePage(app.to_owned()),
            Some((app, "traces.detailedTraces")) => Self::DetailedTraces(app.to_owned()),
            Some((app, feature)) => Self::Feature(app.to_owned(), feature.to_owned()),
        }
    }

    pub fn app(&self) -> Option<&str> {
        match self {
            Self::App(app) | Self::Feature(app, _) | Self::DetailedTraces(app) | Self::HomePage(app) => Some(app),
            Self::SiteAdmin | Self::ContentAdmin => None,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::App(app) => write!(out, "{app}"),
            Self::Feature(app, feature) => write!(out, "{app}/{feature}"),
            Self::DetailedTraces(app) => write!(out, "{app}/traces.detailedTraces"),
            Self::HomePage(app) => write!(out, "{app}/homePage"),
            Self::SiteAdmin => write!(out, "site#admin"),
            Self::ContentAdmin => write!(out, "site#content-admin"),
        }
    }
}
