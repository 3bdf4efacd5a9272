//! Walking the folders of a workspace. Links are followed as far as they stay inside; nothing is opened here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::layout::{Layout, ROOT_ONLY};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Folder;
use crate::parse::limits;

/// The workspace's files in byte order of their paths relative to `root`, each with what its place says about it.
pub(super) fn files(root: &Path, layout: &Layout, problems: &mut Vec<Diagnostic>) -> BTreeMap<String, Folder> {
    let mut walk = Walk { root, canonical: root.canonicalize().ok(), layout, looked_at: 0, found: BTreeMap::new(), problems };
    for base in layout.bases() {
        walk.base(base);
    }
    walk.found
}

struct Walk<'w> {
    root: &'w Path,
    canonical: Option<PathBuf>,
    layout: &'w Layout,
    looked_at: usize,
    found: BTreeMap<String, Folder>,
    problems: &'w mut Vec<Diagnostic>,
}

impl Walk<'_> {
    fn base(&mut self, base: &str) {
        let shallow = base == ROOT_ONLY;
        let start = if shallow { self.root.to_path_buf() } else { self.root.join(base.trim_end_matches('/')) };
        if start.symlink_metadata().is_err() {
            return;
        }
        let depth = if shallow { 1 } else { usize::MAX };
        let mut entries = WalkDir::new(start).follow_links(true).max_depth(depth).into_iter();
        while let Some(entry) = entries.next() {
            self.looked_at += 1;
            if self.looked_at > limits::FILES {
                let message = format!("this workspace holds more than {} files and folders", limits::FILES);
                let problem = Diagnostic::of_workspace(Code::TooManyFiles, message);
                self.problems.push(problem.help("name the files that count in `gatewalk.yaml`"));
                return;
            }
            match entry {
                Ok(entry) => {
                    if !self.enter(&entry, shallow) && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.error(&error, shallow),
            }
        }
    }

    /// Takes a file if it is one of the workspace's; for a folder, says whether to look below it.
    fn enter(&mut self, entry: &DirEntry, shallow: bool) -> bool {
        let name = name(self.root, entry.path());
        let folder = self.layout.folder(&name);
        let is_folder = entry.file_type().is_dir();
        if self.leads_out(entry) {
            if folder.is_some() || (is_folder && !shallow) {
                self.problems.push(outside(&name));
            }
            return false;
        }
        if is_folder && entry.file_name() == ".git" {
            return false;
        }
        // A folder with the name of a file is taken too: that it is none is said when it is read.
        if let Some(folder) = folder.filter(|_| entry.depth() > 0 || !is_folder) {
            if entry.path().to_str().is_none() {
                self.problems.push(Diagnostic::of_file(Code::Encoding, name, "the name of this file is not UTF-8").help("rename it"));
                return false;
            }
            self.found.insert(name, folder);
        }
        true
    }

    /// Only a link can lead out; below one that stays inside everything is inside, and the first folder may lie behind one.
    fn leads_out(&self, entry: &DirEntry) -> bool {
        let inside = |target: PathBuf| self.canonical.as_ref().is_some_and(|root| target.starts_with(root));
        (entry.path_is_symlink() || entry.depth() == 0) && !entry.path().canonicalize().is_ok_and(inside)
    }

    fn error(&mut self, error: &walkdir::Error, shallow: bool) {
        let name = error.path().map(|path| name(self.root, path)).unwrap_or_default();
        if error.loop_ancestor().is_some() {
            if !shallow {
                let problem = Diagnostic::of_file(Code::SymlinkLoop, name, "this link leads back to a folder above it");
                self.problems.push(problem.help("remove the link"));
            }
            return;
        }
        let is_link = error.path().is_some_and(|path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()));
        if is_link && self.layout.folder(&name).is_none() {
            return;
        }
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        let code = if error.io_error().is_some_and(is_loop) { Code::SymlinkLoop } else { Code::Unreadable };
        self.problems.push(Diagnostic::of_file(code, name, format!("this cannot be read: {reason}")));
    }
}

/// The problem of a link out of the workspace. What it leads to is not opened.
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
pub(super) fn name(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
