//! How a question is to be answered, whatever it asks.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::compile::Options;
use crate::model::{Semantics, Workspace};
use crate::walk::WhatIf;

/// The circumstances of a question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The semantics to follow.
    pub semantics: Semantics,
    /// The time asked about.
    pub at: Timestamp,
    /// Ask as if no app had an override.
    pub ignore_override: bool,
    /// Ask as if users were otherwise.
    pub what_if: WhatIf,
    /// The name of the file whose changes were made to the definitions.
    pub changes: Option<String>,
}

/// What a question that supposes something is compared with: the definitions as they are.
#[derive(Clone, Debug)]
pub struct Before<'w> {
    /// The workspace without supposed changes.
    pub workspace: &'w Workspace,
    /// The question without suppositions.
    pub question: Question,
}

impl Question {
    /// How to compile targets for it, under a semantics of choice.
    pub fn options(&self, semantics: Semantics) -> Options {
        Options { semantics, at: self.at, ignore_override: self.ignore_override }
    }

    /// The same without what it supposes.
    #[must_use]
    pub fn as_defined(&self) -> Self {
        Self { ignore_override: false, what_if: WhatIf::default(), changes: None, ..*self }
    }

    /// What it supposes, for machine formats; `None` if nothing.
    pub fn supposed(&self) -> Option<Value> {
        let mut supposed = Map::new();
        if let Some(user_type) = self.what_if.user_type {
            supposed.insert("asType".into(), json!(user_type.name()));
        }
        if !self.what_if.with_roles.is_empty() {
            supposed.insert("withRole".into(), json!(self.what_if.with_roles));
        }
        if !self.what_if.without_roles.is_empty() {
            supposed.insert("withoutRole".into(), json!(self.what_if.without_roles));
        }
        if let Some(entity) = &self.what_if.entity {
            supposed.insert("asEntity".into(), json!(entity));
        }
        if self.ignore_override {
            supposed.insert("ignoreOverride".into(), json!(true));
        }
        if let Some(changes) = &self.changes {
            supposed.insert("changes".into(), json!(changes));
        }
        (!supposed.is_empty()).then_some(Value::Object(supposed))
    }

    /// The changes that it supposes, in words, if it does.
    pub fn changes_in_words(&self) -> Option<String> {
        self.changes.as_ref().map(|changes| match changes.as_str() {
            "-" => "the changes of standard input".to_owned(),
            changes => format!("the changes of {changes}"),
        })
    }

    /// What it supposes, in words; empty if nothing.
    pub fn supposed_in_words(&self) -> String {
        let mut words = Vec::new();
        if let Some(user_type) = self.what_if.user_type {
            words.push(format!("as {}", user_type.name()));
        }
        words.extend(self.what_if.with_roles.iter().map(|role| format!("with the role {role}")));
        words.extend(self.what_if.without_roles.iter().map(|role| format!("without the role {role}")));
        words.extend(self.what_if.entity.iter().map(|entity| match entity.as_str() {
            "" => "as of no entity".to_owned(),
            entity => format!("as of the entity {entity}"),
        }));
        if self.ignore_override {
            words.push("without the override".to_owned());
        }
        words.extend(self.changes_in_words().map(|changes| format!("with {changes}")));
        words.join(", ")
    }
}
