//! Which files belong to a workspace, and reading them without being led astray.

mod layout;
mod load;
mod read;
mod root;

pub use load::{Invalid, Request, load};
pub use root::{SETTINGS_FILE, find_root};
