//! What gatewalk reads at most, so that hostile input costs no more than a small multiple of its size.

/// Lists and mappings nested in one another.
pub const DEPTH: usize = 32;
/// Aliases in one YAML file.
pub const ALIASES: usize = 100;
/// Parser events that the aliases of one YAML file may repeat.
pub const REPLAYED_EVENTS: usize = 10_000;
/// Parser events of anchored values that are kept for aliases to repeat.
pub const KEPT_EVENTS: usize = 20 * REPLAYED_EVENTS;
/// Problems of its text that are reported of one file; one that has more is hardly a text.
pub const TEXT_PROBLEMS: usize = 100;
/// Bytes of a file, decompressed.
pub const FILE_BYTES: u64 = 1 << 30;
/// How many times its own size a `.gz` file may grow to, beyond the first megabyte.
pub const GZIP_RATIO: u64 = 64;
/// Files and folders that are looked at while the workspace is discovered.
pub const FILES: usize = 100_000;
/// Columns of a CSV header, with the steps of their paths: each is a value in every record.
pub const CSV_STEPS: usize = 512;
/// Globs of one kind in `gatewalk.yaml`.
pub const GLOBS: usize = 1000;
/// Bytes of a glob in `gatewalk.yaml`.
pub const GLOB_BYTES: usize = 1000;
