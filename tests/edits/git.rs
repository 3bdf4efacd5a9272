//! What git makes of patches.

use std::path::Path;
use std::process::{Command, Stdio};

/// A file, the patch of it, and what it says then; nothing if it is gone.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) before: Vec<u8>,
    pub(crate) patch: String,
    pub(crate) after: Option<Vec<u8>>,
}

/// Whether git is there; a message says when it is not.
pub(crate) fn is_there() -> bool {
    let there = Command::new("git").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    if !there {
        eprintln!("skipped: there is no git to apply patches with");
    }
    there
}

/// Applies all patches at once, in a folder of its own.
pub(crate) fn check(cases: &[Case]) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut all = String::new();
    for case in cases {
        let path = folder.path().join(&case.name);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        std::fs::write(path, &case.before).expect("the file can be written");
        all.push_str(&case.patch);
    }
    std::fs::write(folder.path().join("all.patch"), &all).expect("the patch can be written");
    apply(folder.path());
    for case in cases {
        let after = std::fs::read(folder.path().join(&case.name)).ok();
        let text = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(text(&after), text(&case.after), "{}\n{}", case.name, case.patch);
    }
}

fn apply(folder: &Path) {
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false", "-c", "core.quotepath=true", "apply", "--whitespace=nowarn", "all.patch"])
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
