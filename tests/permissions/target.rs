//! What access is asked to, and how it is written.

use std::fmt;

use crate::layout::flow_scalar;
use crate::value::Attr;
use crate::world::Attributes;

#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub kind: String,
    pub action: String,
    pub about: About,
}

#[derive(Clone, Debug, PartialEq)]
pub enum About {
    Type,
    Instance(String),
    Attributes(Attributes),
}

impl Target {
    pub fn of_type(kind: &str, action: &str) -> Self {
        Self { kind: kind.to_owned(), action: action.to_owned(), about: About::Type }
    }

    pub fn of_instance(kind: &str, id: &str, action: &str) -> Self {
        Self { about: About::Instance(id.to_owned()), ..Self::of_type(kind, action) }
    }

    pub fn of_attributes(kind: &str, attributes: Attributes, action: &str) -> Self {
        Self { about: About::Attributes(attributes), ..Self::of_type(kind, action) }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.kind)?;
        match &self.about {
            About::Type => {}
            About::Instance(id) => write!(out, ":{id}")?,
            About::Attributes(attributes) => {
                let written: Vec<String> = attributes.iter().map(|(name, value)| format!("{name}={}", flow(value))).collect();
                write!(out, "{{{}}}", written.join(","))?;
            }
        }
        write!(out, "#{}", self.action)
    }
}

fn flow(value: &Attr) -> String {
    match value {
        Attr::Null => "null".to_owned(),
        Attr::One(scalar) => flow_scalar(scalar),
        Attr::List(scalars) => format!("[{}]", scalars.iter().map(flow_scalar).collect::<Vec<_>>().join(",")),
    }
}
