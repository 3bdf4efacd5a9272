//! gatewalk answers "why was I denied?".
//!
//! The crate flows one way: files are discovered, parsed with positions, validated into a model, compiled into decision lists,
//! walked, reported and rendered. See `docs/design.md`.
//!
//! ```
//! use gatewalk::compile::{Options, Target, compile};
//! use gatewalk::discover::{Request, load};
//! use gatewalk::model::Semantics;
//! use gatewalk::walk::{Subject, WhatIf, decide};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let request = Request { root: "fixtures/acme".into(), files: Vec::new(), changes: None };
//! let workspace = load(&request).map_err(|invalid| format!("{} problems", invalid.problems.len()))?;
//! let list = compile(&workspace, &Target::parse(&workspace, "hr-assistant")?, Options::default())?;
//! let carol = workspace.user("carol").ok_or("carol is gone")?;
//! let nothing = WhatIf::default();
//! let decision = decide(&list, &Subject::new(&workspace, carol, Semantics::Documented, &nothing));
//! assert!(!decision.allowed);
//! assert_eq!(decision.gate.name(), "combine-rules");
//! # Ok(())
//! # }
//! ```

pub mod compile;
pub mod crew;
pub mod diagnostic;
pub mod discover;
pub mod edit;
pub mod findings;
pub mod model;
pub mod parse;
pub mod people;
pub mod render;
pub mod report;
pub mod source;
pub mod sql;
pub mod walk;
pub mod ways;
