//! What gatewalk reads at most, so that hostile input costs no more than a small multiple of its size.

/// Lists and mappings nested in one another.
pub const DEPTH: usize = 32;
/// Aliases in one YAML file.
pub const ALIASES: usize = 100;
/// Parser events that the aliases of one YAML file may repeat.
pub const REPLAYED_EVENTS: usize = 10_000;
/// Bytes of a file, decompressed.
pub const FILE_BYTES: u64 = 1 << 30;
/// How many times its own size a `.gz` file may grow to, beyond the first megabyte.
pub const GZIP_RATIO: u64 = 200;
/// Files and folders that are looked at while the workspace is discovered.
pub const FILES: usize = 100_000;
