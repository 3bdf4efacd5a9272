//! What cannot be said exactly.
