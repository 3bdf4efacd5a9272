//! From a folder, or from named files, to a workspace; or to all that is wrong with it.

use std::path::{Path, PathBuf};

use super::root::SETTINGS_FILE;
use super::{layout, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Folder, Records, Settings, Workspace, settings};
use crate::parse::{self, Syntax};
use crate::source::SourceMap;

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The workspace's folder.
    pub root: PathBuf,
    /// Files to read instead of what the folder holds; `-` is standard input.
    pub files: Vec<PathBuf>,
}

/// A workspace that cannot be trusted: what is wrong with it, and the texts it was read from.
#[derive(Debug)]
pub struct Invalid {
    /// The texts.
    pub sources: SourceMap,
    /// Every problem, in the order of files and places.
    pub problems: Vec<Diagnostic>,
}

/// Loads a workspace. All problems of all files are collected.
pub fn load(request: &Request) -> Result<Workspace, Box<Invalid>> {
    let mut loader = Loader::default();
    let settings = loader.settings(&request.root);
    if request.files.is_empty() {
        if !request.root.is_dir() {
            let name = request.root.to_string_lossy();
            loader
                .problems
                .push(Diagnostic::of_file(Code::Unreadable, name, "there is no such folder").help("-C names the workspace's folder"));
        }
        for (name, folder) in layout::files(&request.root, &settings, &mut loader.problems) {
            loader.file(&request.root.join(&name), name, folder, None);
        }
    } else {
        for path in &request.files {
            loader.named(path, &request.root);
        }
    }
    loader.finish(&settings)
}

#[derive(Default)]
struct Loader {
    sources: SourceMap,
    problems: Vec<Diagnostic>,
    records: Records,
}

impl Loader {
    fn settings(&mut self, root: &Path) -> Settings {
        let path = root.join(SETTINGS_FILE);
        if path.symlink_metadata().is_err() {
            return Settings::default();
        }
        let inside = path.canonicalize().ok().zip(root.canonicalize().ok()).is_none_or(|(path, root)| path.starts_with(root));
        if !inside {
            self.problems.push(layout::outside(SETTINGS_FILE));
            return Settings::default();
        }
        let documents = self.documents(&path, SETTINGS_FILE.to_owned(), Some(Syntax::Yaml));
        settings(&documents, &mut self.problems)
    }

    fn named(&mut self, path: &Path, root: &Path) {
        if path.as_os_str() == "-" {
            return self.file(path, "<stdin>".to_owned(), Folder::Any, None);
        }
        let inside = || Some(path.canonicalize().ok()?.strip_prefix(root.canonicalize().ok()?).ok()?.to_string_lossy().into_owned());
        let name = inside().unwrap_or_else(|| path.to_string_lossy().into_owned());
        if Syntax::of_name(&name).is_none() {
            self.problems.push(
                Diagnostic::of_file(Code::UnknownDocument, name, "the name of this file does not say what it holds")
                    .help("names end in .yaml, .yml, .json, .ndjson or .csv, each also with .gz; `-f -` reads standard input"),
            );
            return;
        }
        self.file(path, name, Folder::Any, None);
    }

    fn file(&mut self, path: &Path, name: String, folder: Folder, syntax: Option<Syntax>) {
        for document in self.documents(path, name, syntax) {
            self.records.add(document, folder, &mut self.problems);
        }
    }

    fn documents(&mut self, path: &Path, name: String, syntax: Option<Syntax>) -> Vec<parse::Node> {
        let text = if path.as_os_str() == "-" { read::standard_input(&name) } else { read::text(path, &name) };
        let text = match text {
            Ok(text) => text,
            Err(problem) => {
                self.problems.push(problem);
                return Vec::new();
            }
        };
        let syntax = syntax.or_else(|| Syntax::of_name(&name)).unwrap_or_else(|| Syntax::of_text(&text));
        let file = self.sources.add(name, text);
        parse::parse(file, syntax, &self.sources, &mut self.problems)
    }

    fn finish(mut self, settings: &Settings) -> Result<Workspace, Box<Invalid>> {
        let partial = !self.problems.is_empty();
        let workspace = self.records.build(self.sources, settings, partial, &mut self.problems);
        if self.problems.is_empty() {
            return Ok(workspace);
        }
        Err(Box::new(Invalid { sources: workspace.into_sources(), problems: self.problems }))
    }
}
