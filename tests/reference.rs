//! The reference pages are written from the definitions, and are current.

#![allow(clippy::expect_used, reason = "a test stops at what it cannot read")]

use std::fmt::Write;
use std::path::Path;

use gatewalk::compile::reference;
use gatewalk::diagnostic::Code;
use gatewalk::findings::LINTS;

/// Compares a page with what it should be; with `GATEWALK_RECORD` set, writes it.
fn page(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("GATEWALK_RECORD").is_some() {
        std::fs::write(&path, text).expect("the page can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "docs/{name} is not current: run `GATEWALK_RECORD=1 cargo test --test reference`");
}

#[test]
fn the_page_of_gates_is_current() {
    let mut text = String::from(
        "# Gates\n\nThe gates of each stage, in the order in which they are walked. An app's question walks the stage `app`; a feature's then `feature`, \
         for detailed traces then `detailed-traces`; the home page's `app` and then `home-page`; the framework's own sites' `site`; \
         a permission's `permission`, where the two gates of policies stand once for each priority.\n\n\
         A gate passes or fails (which is noted), allows or denies (which decides the stage), or does not apply. Who passes all gates of a stage is let in, \
         by the last one that applied.\n\nThis page is written from the definitions in `src/compile`.\n",
    );
    for (stage, gates) in reference() {
        write!(text, "\n## `{}`\n\n| # | gate | what it decides |\n| --- | --- | --- |\n", stage.name()).expect("text takes text");
        for (at, gate) in gates.iter().enumerate() {
            writeln!(text, "| {} | `{}` | {} |", at + 1, gate.id.name(), gate.about).expect("text takes text");
        }
    }
    page("gates.md", &text);
}

#[test]
fn the_page_of_problems_is_current() {
    let mut text = String::from(
        "# Problems\n\nEverything that makes a workspace untrustworthy. While there is one, nothing is decided: every deciding command prints all of them and \
         exits with 2. `fixtures/broken` has the smallest input for each, with what gatewalk says to it.\n\n\
         This page is written from the definitions in `src/diagnostic/code.rs`.\n\n| code | meaning |\n| --- | --- |\n",
    );
    for code in Code::ALL {
        writeln!(text, "| `{}` | {} |", code.id(), code.meaning()).expect("text takes text");
    }
    page("problems.md", &text);
}

#[test]
fn the_page_of_findings_is_current() {
    let mut text = String::from(
        "# Findings\n\nWhat looks wrong in a workspace that can be trusted. `validate` shows findings and exits with 1 if one is of the level `deny`; \
         no decision is ever blocked by one.\n\nThis page is written from the definitions in `src/findings`.\n\n\
         | finding | level | meaning |\n| --- | --- | --- |\n",
    );
    for lint in LINTS {
        writeln!(text, "| `{}` | `{}` | {} |", lint.id, lint.level.name(), lint.about).expect("text takes text");
    }
    page("findings.md", &text);
}
