//! From a folder, or from named files, to a workspace; or to all that is wrong with it.

use std::path::{Component, Path, PathBuf};

use super::layout::Layout;
use super::root::SETTINGS_FILE;
use super::user_file::UserFile;
use super::{read, walk};
use crate::diagnostic::{At, Code, Diagnostic};
use crate::model::{Folder, Records, Settings, Workspace, settings};
use crate::parse::{self, Syntax};
use crate::source::{FileId, Form, SourceMap, Span};

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The workspace's folder.
    pub root: PathBuf,
    /// Files to read instead of what the folder holds; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// A file of changes to make to what was read; `-` is standard input.
    pub changes: Option<PathBuf>,
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
    let settings = loader.files(request);
    if let Some(changes) = &request.changes {
        loader.changes(changes, &request.root);
    }
    loader.finish(&settings)
}

/// Loads a workspace without its files of users that can be read as streams, and gives those too. Nothing where there are none,
/// where what is defined beside them has to know the users, and where anything is wrong: [`load`] says what.
pub fn load_rest(request: &Request) -> Option<(Workspace, Vec<UserFile>)> {
    // Standard input can be read once, and changes can be about anybody.
    if request.files.iter().any(|path| path.as_os_str() == "-") || request.changes.is_some() {
        return None;
    }
    let mut loader = Loader { aside: Some(Vec::new()), ..Loader::default() };
    let settings = loader.files(request);
    let aside = loader.aside.take().filter(|aside| !aside.is_empty() && loader.records.ignores_users())?;
    loader.finish(&settings).ok().map(|workspace| (workspace, aside))
}

/// The name of a file relative to the workspace, if it lies inside: by the path as it is written, as a walk would find it, else by
/// where its links lead.
pub fn name_inside(root: &Path, path: &Path) -> Option<String> {
    let as_written = || {
        let (root, path) = (std::path::absolute(root).ok()?, std::path::absolute(path).ok()?);
        let below = path.strip_prefix(&root).ok()?;
        below.components().all(|part| matches!(part, Component::Normal(_))).then(|| walk::name(&root, &path))
    };
    let as_it_leads = || {
        let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
        path.starts_with(&root).then(|| walk::name(&root, &path))
    };
    as_written().or_else(as_it_leads)
}

#[derive(Default)]
struct Loader {
    sources: SourceMap,
    problems: Vec<Diagnostic>,
    records: Records,
    /// Whether some file or document could not be read, so that what refers to it is no problem of its own.
    partial: bool,
    /// Whether what is read lies outside the workspace, or is only supposed to be written: there is nothing to patch.
    is_aside: bool,
    /// Files of users that were not read, if they are to be set aside.
    aside: Option<Vec<UserFile>>,
}

impl Loader {
    /// Reads the files of a request.
    fn files(&mut self, request: &Request) -> Settings {
        let root = &request.root;
        if !root.is_dir() && (request.files.is_empty() || root.symlink_metadata().is_ok()) {
            let problem = Diagnostic::of_file(Code::Unreadable, root.to_string_lossy(), "there is no such folder");
            self.problems.push(problem.help("-C names the workspace's folder"));
        }
        let settings = self.settings(root);
        let layout = Layout::new(&settings, &mut self.problems);
        if request.files.is_empty() {
            let files = walk::files(root, &layout, &mut self.problems);
            self.partial |= !self.problems.is_empty();
            for span in layout.unmatched(&files.keys().map(String::as_str)) {
                self.records.note(span, "no file matches this glob");
            }
            // What is defined there may have to know the users: nothing is read twice to find out.
            if self.aside.is_some() && files.values().any(|folder| *folder == Folder::Permissions) {
                self.aside = None;
                return settings;
            }
            for (name, folder) in files {
                self.file(&root.join(&name), name, folder);
            }
        } else {
            for path in &request.files {
                self.named(path, root, &layout);
            }
        }
        settings
    }

    fn settings(&mut self, root: &Path) -> Settings {
        let path = root.join(SETTINGS_FILE);
        if path.symlink_metadata().is_err() {
            return Settings::default();
        }
        // A link to nowhere is said to be one when it is read.
        let leads_out = path.canonicalize().is_ok_and(|path| root.canonicalize().is_ok_and(|root| !path.starts_with(root)));
        if leads_out {
            self.problems.push(walk::outside(SETTINGS_FILE));
            return Settings::default();
        }
        let (_, documents) = self.documents(&path, SETTINGS_FILE.to_owned());
        settings(&documents, &mut self.problems)
    }

    /// A file that was named. Inside the workspace its place counts as it does for any other, elsewhere only its records do.
    fn named(&mut self, path: &Path, root: &Path, layout: &Layout) {
        if path.as_os_str() == "-" {
            return self.file(path, STDIN.to_owned(), Folder::Any);
        }
        if path.is_dir() {
            let problem = Diagnostic::of_file(Code::NotAFile, path.to_string_lossy(), "this is a folder; -f reads files");
            self.problems.push(problem.help("-C names a workspace's folder"));
            return;
        }
        let inside = name_inside(root, path);
        let folder = inside.as_deref().and_then(|name| layout.folder(name));
        let name = inside.clone().unwrap_or_else(|| path.to_string_lossy().into_owned());
        // Elsewhere, a record a line is what users are written as.
        let of_users = matches!(Syntax::of_name(&name), Some(Syntax::Ndjson | Syntax::Csv));
        self.is_aside = inside.is_none();
        self.file(path, name, folder.unwrap_or(if of_users { Folder::Users } else { Folder::Any }));
        self.is_aside = false;
    }

    fn file(&mut self, path: &Path, name: String, folder: Folder) {
        if folder == Folder::Users
            && let Some(aside) = &mut self.aside
            && let Some(syntax) = Syntax::of_name(&name)
        {
            return aside.push(UserFile { path: path.to_path_buf(), name, syntax, after: self.records.users() });
        }
        match self.read(path, name) {
            Err(problem) => {
                self.problems.push(problem);
                self.partial = true;
            }
            Ok((file, syntax)) if self.users(file, syntax) => {}
            Ok((file, syntax)) => {
                let Self { sources, problems, records, .. } = self;
                let whole = parse::each(file, syntax, sources, problems, |document, problems| records.add(document, folder, problems));
                self.partial |= !whole;
            }
        }
    }

    /// Reads a large file of nothing but users user by user: the values of all of them at once would take several times its size.
    fn users(&mut self, file: FileId, syntax: Syntax) -> bool {
        let is_large = self.sources.file(file).is_some_and(|source| source.text().len() > LARGE);
        if syntax != Syntax::Yaml || !is_large {
            return false;
        }
        let mut users = Records::default();
        let read = parse::each_ordinary(file, &self.sources, |record| users.add_users(record));
        if read {
            self.records.append_users(users);
        }
        read
    }

    /// Makes the changes of a file.
    fn changes(&mut self, path: &Path, root: &Path) {
        let name = if path.as_os_str() == "-" { Some(STDIN.to_owned()) } else { name_inside(root, path) };
        let name = name.unwrap_or_else(|| path.to_string_lossy().into_owned());
        // What is supposed is nothing to patch.
        self.is_aside = true;
        let (file, documents) = self.documents(path, name);
        self.is_aside = false;
        let mut changes = false;
        for document in documents {
            changes |= self.records.change(document, &mut self.problems);
        }
        if let Some(file) = file.filter(|_| !changes) {
            self.records.note(Span::new(file, 0, 0), "this file changes nothing");
        }
    }

    /// Reads a file whole; nothing of one that cannot be read.
    fn documents(&mut self, path: &Path, name: String) -> (Option<FileId>, Vec<parse::Node>) {
        let before = self.problems.len();
        let read = self.read(path, name);
        let documents = read.map(|(file, syntax)| (Some(file), parse::parse(file, syntax, &self.sources, &mut self.problems)));
        let documents = documents.unwrap_or_else(|problem| {
            self.problems.push(problem);
            (None, Vec::new())
        });
        self.partial |= self.problems.len() > before;
        documents
    }

    fn read(&mut self, path: &Path, name: String) -> Result<(FileId, Syntax), Diagnostic> {
        let (syntax, (text, form)) = if name == STDIN {
            let text = read::standard_input(&name)?;
            (Syntax::of_text(&text), (text, Form::Other))
        } else {
            let syntax = Syntax::of_name(&name).ok_or_else(|| {
                Diagnostic::of_file(Code::UnknownDocument, name.as_str(), "the name of this file does not say what it holds")
                    .help("names end in .yaml, .yml, .json, .ndjson or .csv, each also with .gz; `-f -` reads standard input")
            })?;
            (syntax, read::text(path, &name)?)
        };
        let form = if self.is_aside { Form::Other } else { form };
        Ok((self.sources.add_file(name, text, form), syntax))
    }

    fn finish(mut self, settings: &Settings) -> Result<Workspace, Box<Invalid>> {
        let workspace = self.records.build(self.sources, settings, self.partial, &mut self.problems);
        if self.problems.is_empty() {
            return Ok(workspace);
        }
        let sources = workspace.into_sources();
        self.problems.sort_by_cached_key(|problem| order(&sources, problem));
        Err(Box::new(Invalid { sources, problems: self.problems }))
    }
}

/// From so many bytes on a file is large.
const LARGE: usize = 1 << 16;

/// What messages call standard input.
const STDIN: &str = "<stdin>";

/// Problems stand in the order of files and places; those of the workspace as a whole come last.
fn order(sources: &SourceMap, problem: &Diagnostic) -> (bool, String, u32) {
    match &problem.at {
        At::Span(span) => (false, sources.file(span.file).map(|file| file.name().to_owned()).unwrap_or_default(), span.start),
        At::File { name, .. } => (false, name.clone(), 0),
        At::Workspace => (true, String::new(), 0),
    }
}
