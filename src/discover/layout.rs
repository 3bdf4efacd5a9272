//! The files of a workspace, by its layout: the default one, or the globs of `gatewalk.yaml`.

use std::collections::BTreeMap;
use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Folder, Settings};
use crate::parse::limits;

/// Where one kind of definitions is looked for.
struct Kind {
    folder: Folder,
    globs: Vec<GlobMatcher>,
    /// The folders in which a match can be, relative to the root.
    bases: Vec<String>,
}

/// The files to read, in byte order of their paths relative to `root`, each with what its place says about it.
pub(super) fn files(root: &Path, settings: &Settings, problems: &mut Vec<Diagnostic>) -> Vec<(String, Folder)> {
    let kinds = kinds(settings, problems);
    let mut found: BTreeMap<String, Folder> = BTreeMap::new();
    let mut bases: Vec<&str> = kinds.iter().flat_map(|kind| kind.bases.iter().map(String::as_str)).collect();
    bases.sort_unstable();
    bases.dedup();
    let mut walk = Walk { root, canonical: root.canonicalize().ok(), looked_at: 0, problems };
    for base in outermost(&bases) {
        walk.base(base, |name| {
            let folders: Vec<Folder> =
                kinds.iter().filter(|kind| kind.globs.iter().any(|glob| glob.is_match(name))).map(|kind| kind.folder).collect();
            let folder = match folders.as_slice() {
                [] => return false,
                [first, rest @ ..] if rest.iter().all(|other| other == first) => *first,
                _ => Folder::Any,
            };
            found.insert(name.to_owned(), folder);
            true
        });
    }
    found.into_iter().collect()
}

fn kinds(settings: &Settings, problems: &mut Vec<Diagnostic>) -> Vec<Kind> {
    let mut kind = |name: &str, folder, configured: &Option<Vec<crate::model::Name>>, extensions: &str| match configured {
        None => {
            let patterns = [format!("{name}.{extensions}{{,.gz}}"), format!("{name}/**/*.{extensions}{{,.gz}}")];
            let globs = patterns.iter().filter_map(|pattern| glob(pattern).ok()).collect();
            // The first pattern's files stand in the root itself; looking at each name there is cheap.
            Kind { folder, globs, bases: vec![format!("{name}/"), String::from("./")] }
        }
        Some(patterns) => {
            let mut globs = Vec::new();
            let mut bases = Vec::new();
            for pattern in patterns {
                match glob(&pattern.value) {
                    Ok(glob) => {
                        globs.push(glob);
                        bases.push(base(&pattern.value));
                    }
                    Err(error) => problems.push(
                        Diagnostic::new(Code::BadGlob, pattern.span, format!("this is not a glob: {}", error.kind()))
                            .help("globs are relative to the workspace: `*` stays in a folder, `**` crosses folders"),
                    ),
                }
            }
            Kind { folder, globs, bases }
        }
    };
    let records = "{yaml,yml,json,ndjson}";
    vec![
        kind("apps", Folder::Apps, &settings.apps, records),
        kind("overrides", Folder::Overrides, &settings.overrides, records),
        kind("users", Folder::Any, &settings.users, "{yaml,yml,json,ndjson,csv}"),
        kind("site", Folder::Any, &settings.site, records),
    ]
}

fn glob(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    GlobBuilder::new(pattern).literal_separator(true).empty_alternates(true).build().map(|glob| glob.compile_matcher())
}

/// The folder in which every match of a glob is, with a `/`; `./` stands for the root's own files only.
fn base(pattern: &str) -> String {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let literal = pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len());
    let folder = pattern.get(..literal).and_then(|text| text.rfind('/')).map_or("", |at| pattern.get(..=at).unwrap_or_default());
    match folder {
        "" if !pattern.contains('/') => String::from("./"),
        folder => folder.to_owned(),
    }
}

/// Leaves out the folders that lie below others, so that no folder is walked twice. The input is sorted.
fn outermost<'b>(bases: &[&'b str]) -> Vec<&'b str> {
    let mut out: Vec<&str> = Vec::new();
    for base in bases {
        if !out.iter().any(|outer| *outer != "./" && base.starts_with(outer) && *base != "./") {
            out.push(base);
        }
    }
    out
}

struct Walk<'w> {
    root: &'w Path,
    canonical: Option<std::path::PathBuf>,
    looked_at: usize,
    problems: &'w mut Vec<Diagnostic>,
}

impl Walk<'_> {
    /// Offers every file below `base` to `take`, by its name relative to the root; links that lead out are problems.
    fn base(&mut self, base: &str, mut take: impl FnMut(&str) -> bool) {
        let (folder, depth) =
            if base == "./" { (self.root.to_path_buf(), 1) } else { (self.root.join(base.trim_end_matches('/')), usize::MAX) };
        if folder.symlink_metadata().is_err() {
            return;
        }
        let mut entries = WalkDir::new(folder).follow_links(true).follow_root_links(true).max_depth(depth).into_iter();
        while let Some(entry) = entries.next() {
            self.looked_at += 1;
            if self.looked_at > limits::FILES {
                let message = format!("this workspace holds more than {} files and folders", limits::FILES);
                self.problems
                    .push(Diagnostic::of_workspace(Code::TooManyFiles, message).help("name the files that count in `gatewalk.yaml`"));
                return;
            }
            match entry {
                Ok(entry) => {
                    let name = name(self.root, entry.path());
                    let folder = entry.file_type().is_dir();
                    if self.leads_out(&entry) {
                        entries.skip_current_dir_if(folder);
                        if folder || take(&name) {
                            self.problems.push(outside(&name));
                        }
                        continue;
                    }
                    if entry.depth() > 0 && folder && depth == 1 {
                        continue;
                    }
                    if folder && entry.file_name() == ".git" {
                        entries.skip_current_dir();
                    } else if entry.depth() > 0 || !folder {
                        take(&name);
                    }
                }
                Err(error) => self.error(&error, depth == 1, &mut take),
            }
        }
    }

    fn leads_out(&self, entry: &walkdir::DirEntry) -> bool {
        // Only a link can lead out, and below a link that stays inside everything is inside; the first folder may lie behind one.
        (entry.path_is_symlink() || entry.depth() == 0)
            && !entry.path().canonicalize().is_ok_and(|target| self.canonical.as_ref().is_some_and(|root| target.starts_with(root)))
    }

    fn error(&mut self, error: &walkdir::Error, shallow: bool, take: &mut impl FnMut(&str) -> bool) {
        let name = error.path().map(|path| name(self.root, path)).unwrap_or_default();
        if error.loop_ancestor().is_some() {
            if !shallow {
                self.problems.push(
                    Diagnostic::of_file(Code::SymlinkLoop, name, "this link leads back to a folder above it").help("remove the link"),
                );
            }
            return;
        }
        let broken_link = error.path().is_some_and(|path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()));
        if broken_link && !take(&name) {
            return;
        }
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        let looped = error.io_error().is_some_and(is_loop);
        let code = if looped { Code::SymlinkLoop } else { Code::Unreadable };
        self.problems.push(Diagnostic::of_file(code, name, format!("this cannot be read: {reason}")));
    }
}

/// Skips what is below a folder that is not to be entered; a file has nothing below it.
trait SkipFolder {
    fn skip_current_dir_if(&mut self, folder: bool);
}

impl SkipFolder for walkdir::IntoIter {
    fn skip_current_dir_if(&mut self, folder: bool) {
        if folder {
            self.skip_current_dir();
        }
    }
}

pub(super) fn outside(name: &str) -> Diagnostic {
    Diagnostic::of_file(Code::OutsideWorkspace, name, "this link leads out of the workspace")
        .help("copy the file into the workspace, or name it with -f")
}

/// Whether links were followed in circles.
#[cfg(unix)]
fn is_loop(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_loop(_: &std::io::Error) -> bool {
    false
}

/// A path relative to the root, with `/`.
fn name(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
