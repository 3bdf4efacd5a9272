//! Where the workspace is.

use std::path::{Path, PathBuf};

/// The file that marks a workspace's root.
pub const SETTINGS_FILE: &str = "gatewalk.yaml";

/// The nearest folder, from `start` upwards, that holds a `gatewalk.yaml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(SETTINGS_FILE).symlink_metadata().is_ok()).map(Path::to_path_buf)
}
