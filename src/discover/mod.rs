//! Which files belong to a workspace, and reading them without being led astray.

mod layout;
mod load;
mod read;
mod root;
mod user_file;
mod walk;

pub use load::{Invalid, Request, load, load_rest, name_inside};
pub use root::{SETTINGS_FILE, find_root};
pub use user_file::UserFile;
