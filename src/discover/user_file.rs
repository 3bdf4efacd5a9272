//! Files of users that are set aside when a workspace is loaded, to be read when they are needed.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::read;
use crate::diagnostic::Diagnostic;
use crate::parse::{Syntax, limits};

/// A file of users that was set aside.
#[derive(Clone, Debug)]
pub struct UserFile {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) syntax: Syntax,
    pub(super) after: usize,
}

impl UserFile {
    /// Path relative to the workspace, with `/`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is written.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// How many of the users that are defined elsewhere come before it.
    pub fn after(&self) -> usize {
        self.after
    }

    /// Its bytes; none where that cannot be told.
    pub fn size(&self) -> u64 {
        self.path.metadata().map_or(0, |metadata| metadata.len())
    }

    /// Opens it as the loader would, decompressed and bounded. What is read of the file itself is added to `read`.
    pub(crate) fn open<'r>(&self, read: &'r AtomicU64) -> Result<Box<dyn Read + Send + 'r>, Diagnostic> {
        let file = read::open(&self.path, &self.name)?;
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        let counted = Counted { file, read };
        Ok(if self.path.extension().is_some_and(|extension| extension == "gz") {
            Box::new(Bounded { reader: MultiGzDecoder::new(BufReader::new(counted)), left: read::unpacked(size) })
        } else {
            Box::new(Bounded { reader: counted, left: limits::FILE_BYTES })
        })
    }
}

struct Counted<'r> {
    file: File,
    read: &'r AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Reads no more than it may, and says so.
struct Bounded<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}
