//! Where the files of a workspace are: the default layout, or the globs of `gatewalk.yaml`.

use globset::{GlobBuilder, GlobMatcher};

use super::root::SETTINGS_FILE;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Folder, Name, Settings};
use crate::parse::limits;
use crate::source::Span;

/// Where each kind of definitions is looked for.
pub(super) struct Layout {
    places: Vec<Place>,
}

/// One glob.
struct Place {
    folder: Folder,
    files: Files,
    /// The folder in which every match is, with a `/`; empty for the root and all below, [`ROOT_ONLY`] for the root's own files.
    base: String,
    /// Where it is configured; the default layout is not.
    configured: Option<Span>,
}

/// Which files a place has.
enum Files {
    /// Those of the default layout: `NAME.EXT`, or everything below `NAME/`, with such an extension. No glob has to be made ready first.
    Usual { name: &'static str, below: bool, extensions: &'static [&'static str] },
    /// Those that a glob matches.
    Glob(GlobMatcher),
}

impl Files {
    fn have(&self, path: &str) -> bool {
        match self {
            Self::Glob(glob) => glob.is_match(path),
            Self::Usual { name, below, extensions } => {
                let Some((stem, extension)) = path.strip_suffix(".gz").unwrap_or(path).rsplit_once('.') else { return false };
                let there = if *below { stem.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')) } else { stem == *name };
                there && extensions.contains(&extension)
            }
        }
    }
}

/// What definitions are written as, and users.
const RECORDS: &[&str] = &["yaml", "yml", "json", "ndjson"];
const USERS: &[&str] = &["yaml", "yml", "json", "ndjson", "csv"];

/// Stands for the files of the root itself, without what is below.
pub(super) const ROOT_ONLY: &str = "./";

impl Layout {
    /// The layout that the settings say, each kind by itself.
    pub(super) fn new(settings: &Settings, problems: &mut Vec<Diagnostic>) -> Self {
        let mut places = Vec::new();
        places.extend(kind("apps", Folder::Apps, settings.apps.as_deref(), RECORDS, problems));
        places.extend(kind("overrides", Folder::Overrides, settings.overrides.as_deref(), RECORDS, problems));
        places.extend(kind("users", Folder::Users, settings.users.as_deref(), USERS, problems));
        places.extend(kind("site", Folder::Any, settings.site.as_deref(), RECORDS, problems));
        places.extend(kind("permissions", Folder::Permissions, settings.permissions.as_deref(), RECORDS, problems));
        Self { places }
    }

    /// What its place says about a file; `None` if it is not one of the workspace's.
    pub(super) fn folder(&self, name: &str) -> Option<Folder> {
        if name == SETTINGS_FILE {
            return None;
        }
        let mut folders = self.places.iter().filter(|place| place.files.have(name)).map(|place| place.folder);
        let first = folders.next()?;
        Some(if folders.all(|other| other == first) { first } else { Folder::Any })
    }

    /// The folders to walk, so that none is walked twice.
    pub(super) fn bases(&self) -> Vec<&str> {
        let mut bases: Vec<&str> = self.places.iter().map(|place| place.base.as_str()).collect();
        bases.sort_unstable();
        bases.dedup();
        if bases.contains(&"") {
            return vec![""];
        }
        let below = |base: &&str| bases.iter().any(|outer| outer != base && *outer != ROOT_ONLY && base.starts_with(outer));
        bases.iter().copied().filter(|base| !below(base)).collect()
    }

    /// The configured globs that none of these files matches.
    pub(super) fn unmatched<'n>(&self, names: &(impl Iterator<Item = &'n str> + Clone)) -> Vec<Span> {
        let idle = |place: &&Place| !names.clone().any(|name| place.files.have(name));
        self.places.iter().filter(idle).filter_map(|place| place.configured).collect()
    }
}

/// The places of one kind: as configured, else `NAME.EXT` and everything below `NAME/`.
fn kind(
    name: &'static str,
    folder: Folder,
    configured: Option<&[Name]>,
    extensions: &'static [&'static str],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Place> {
    let Some(patterns) = configured else {
        let place = |below, base| Place { folder, files: Files::Usual { name, below, extensions }, base, configured: None };
        return vec![place(false, ROOT_ONLY.to_owned()), place(true, format!("{name}/"))];
    };
    let mut places = Vec::new();
    if let Some(pattern) = patterns.get(limits::GLOBS) {
        problems.push(Diagnostic::new(Code::BadGlob, pattern.span, format!("more than {} globs", limits::GLOBS)).help("use `*` and `**`"));
    }
    for pattern in patterns.iter().take(limits::GLOBS) {
        let text = pattern.value.strip_prefix("./").unwrap_or(&pattern.value);
        let leads_out = text.starts_with('/') || text.split('/').any(|part| part == "..");
        // No file has such a path, so that the glob would match nothing without a word.
        let idle = text.split('/').any(|part| part.is_empty() || part == ".") || text.len() > limits::GLOB_BYTES;
        match glob(if idle { "" } else { text }) {
            _ if leads_out => problems.push(
                Diagnostic::new(Code::BadGlob, pattern.span, "this glob leads out of the workspace")
                    .help("globs are relative to the workspace; -f reads files from elsewhere"),
            ),
            _ if idle => problems.push(
                Diagnostic::new(Code::BadGlob, pattern.span, "no file can match this glob")
                    .help("globs name files, such as `apps/**/*.yaml`, without empty parts, `.` or a `/` at the end"),
            ),
            Ok(glob) => places.push(Place { folder, files: Files::Glob(glob), base: base(text), configured: Some(pattern.span) }),
            Err(error) => problems.push(
                Diagnostic::new(Code::BadGlob, pattern.span, format!("this is not a glob: {}", error.kind()))
                    .help("globs are relative to the workspace: `*` stays in a folder, `**` crosses folders"),
            ),
        }
    }
    places
}

fn glob(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).empty_alternates(true).build().map(|glob| glob.compile_matcher())
}

/// The folder in which every match of a glob is.
fn base(pattern: &str) -> String {
    let literal = pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len());
    let folder = pattern.get(..literal).and_then(|text| text.rfind('/')).map_or("", |at| pattern.get(..=at).unwrap_or_default());
    if folder.is_empty() && !pattern.contains('/') { ROOT_ONLY.to_owned() } else { folder.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_files_are_those_of_a_glob() -> Result<(), globset::Error> {
        for (below, pattern) in [(false, "apps.{yaml,yml,json,ndjson}{,.gz}"), (true, "apps/**/*.{yaml,yml,json,ndjson}{,.gz}")] {
            let (usual, glob) = (Files::Usual { name: "apps", below, extensions: RECORDS }, glob(pattern)?);
            for stem in ["apps", "apps/a", "apps/a/b.c", "apps/", "apps/a/", "apps/.a", "app", "appsa/b", "a/apps", "a/apps/b", ""] {
                for extension in ["yaml", "json", "ndjson", "csv", "gz", "yaml/json", "JSON", "", "."] {
                    for end in ["", ".gz", ".gz.gz", ".", "/"] {
                        let path = format!("{stem}.{extension}{end}");
                        assert_eq!(usual.have(&path), glob.is_match(&path), "{path}");
                    }
                }
            }
        }
        Ok(())
    }

    #[test]
    fn the_base_of_a_glob_holds_all_its_matches() {
        assert_eq!(base("apps/**/*.yaml"), "apps/");
        assert_eq!(base("a/b/c*/d.yaml"), "a/b/");
        assert_eq!(base("*.yaml"), ROOT_ONLY);
        assert_eq!(base("**/*.yaml"), "");
        assert_eq!(base("{a,b}/x.yaml"), "");
    }
}
