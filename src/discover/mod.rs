//! Which files belong to a workspace, and reading them without being led astray.

mod layout;
mod load;
mod read;
mod root;
mod walk;

pub use load::{Invalid, Request, load, name_inside};
pub use root::{SETTINGS_FILE, find_root};
