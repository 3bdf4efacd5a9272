//! What a document holds before it is written in one format or another.

use std::fmt::Display;

use crate::value::Scalar;

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text, whatever it looks like.
    Text(String),
    /// A number, boolean or null, or text that readers take as it stands without quotes.
    Plain(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub fn plain(text: impl Display) -> Self {
        Self::Plain(format!("{text}"))
    }

    pub fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(|text| Self::text(text)).collect())
    }

    pub fn value(scalar: &Scalar) -> Self {
        if scalar.plain { Self::Plain(scalar.text.clone()) } else { Self::Text(scalar.text.clone()) }
    }
}
