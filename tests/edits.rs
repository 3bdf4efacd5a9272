//! Edits of definitions: however they are laid out, the whole file then says what it said with the change made on it, and `git apply`
//! makes of the patch what the edit says.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "it says that it is skipped")]

#[path = "edits/fixtures.rs"]
mod fixtures;
#[path = "edits/git.rs"]
mod git;
#[path = "edits/layout.rs"]
mod layout;
#[path = "edits/random.rs"]
mod random;

use gatewalk::edit::{Change, Edited};
use gatewalk::parse::{Entry, Node, Syntax, Value, parse};
use gatewalk::source::{Form, SourceMap, Span};

/// The text of a file, and what it says.
struct File {
    /// It alone.
    sources: SourceMap,
    /// Its documents.
    documents: Vec<Node>,
}

/// Reads a text in which nothing is wrong.
fn file(name: &str, text: &str, form: Form) -> Option<File> {
    let mut sources = SourceMap::default();
    let id = sources.add_file(name.to_owned(), text.to_owned(), form);
    let mut problems = Vec::new();
    let documents = parse(id, Syntax::of_name(name)?, &sources, &mut problems);
    problems.is_empty().then_some(File { sources, documents })
}

/// A text with the replacements of an edit.
fn applied(text: &str, edited: &Edited) -> String {
    let mut out = String::new();
    let mut at = 0;
    for splice in &edited.splices {
        out.push_str(text.get(at..splice.range.start).expect("the splices are in order"));
        out.push_str(&splice.with);
        at = splice.range.end;
    }
    out + text.get(at..).expect("the splices are in the text")
}

/// What a value says: keys and values without places and without quotes.
fn said(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Scalar(..) if node.is_null() => serde_json::Value::Null,
        Value::Scalar(text, _) if node.is_plain() && node.boolean().is_some() => serde_json::Value::Bool(&**text == "true"),
        Value::Scalar(text, _) => serde_json::Value::String(text.to_string()),
        Value::List(items) => items.iter().map(said).collect(),
        Value::Map(entries) => entries.iter().map(|entry: &Entry| (entry.key.to_string(), said(&entry.value))).collect(),
    }
}

/// Makes a change of a definition of a file.
fn edit(file: &File, name: &str, span: Span, changes: &[Change<'_>]) -> Option<Edited> {
    let source = file.sources.files().next()?;
    gatewalk::edit::edit(source, Syntax::of_name(name)?, span, changes)
}

/// What a file is on disk is known from loading it.
#[test]
fn the_loader_knows_what_a_text_is_on_disk() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let users = folder.path().join("users");
    std::fs::create_dir(&users).expect("the folder can be made");
    let write = |name: &str, bytes: &[u8]| std::fs::write(users.join(name), bytes).expect("the file can be written");
    std::fs::write(folder.path().join("apps.yaml"), "chatAppId: x\nenabled: true\nuserTypes: [internal-user]\n")
        .expect("the file can be written");
    write("plain.yaml", b"- userId: a\n  userType: internal-user\n");
    write("marked.yaml", "\u{feff}- userId: b\n  userType: internal-user\n".as_bytes());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, b"- userId: c\n  userType: internal-user\n").expect("it can be packed");
    write("packed.yaml.gz", &packed.finish().expect("it can be packed"));
    let request = gatewalk::discover::Request { root: folder.path().to_path_buf(), ..Default::default() };
    let workspace = gatewalk::discover::load(&request).unwrap_or_else(|invalid| panic!("{:?}", invalid.problems));
    let forms: Vec<_> = workspace.sources().files().skip(1).map(|file| (file.name(), file.form())).collect();
    let expected = [("users/marked.yaml", Form::Marked), ("users/packed.yaml.gz", Form::Other), ("users/plain.yaml", Form::Plain)];
    assert_eq!(forms, expected);
    let change = Change::Set { path: &["userType"], value: gatewalk::edit::Value::Text("external-user") };
    let mut patches = 0;
    for user in workspace.users() {
        let source = workspace.sources().file(user.span.file).expect("it was loaded");
        let edited = gatewalk::edit::edit(source, Syntax::Yaml, user.span, &[change]).expect("it can be edited");
        let patch = gatewalk::edit::diff(source, &edited.splices);
        assert_eq!(patch.is_some(), source.form() != Form::Other, "{}", source.name());
        patches += usize::from(patch.is_some());
    }
    assert_eq!(patches, 2);
}
