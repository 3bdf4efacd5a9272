//! Where answers go: standard output, or a file that is written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

use super::exit::Exit;

/// So many bytes are collected before they are written.
const BUFFER: usize = 1 << 16;

/// The place an answer goes to.
enum Sink {
    /// Standard output, a device or a pipe: it cannot be replaced, only written to.
    Stream(BufWriter<Box<dyn Write>>),
    /// A temporary file beside the one it becomes.
    File { temporary: BufWriter<NamedTempFile>, path: PathBuf },
}

/// Writes an answer and gives `exit` back. A reader who went away is no error: the answer stands.
pub(crate) fn emit(file: Option<&Path>, exit: Exit, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<Exit> {
    let place = || file.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    let failed = || format!("the answer could not be written to {}", place());
    let mut sink = Sink::open(file).with_context(failed)?;
    match write(sink.writer()).and_then(|()| sink.writer().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !matches!(sink, Sink::File { .. }) => Ok(exit),
        Err(error) => Err(error).with_context(failed),
        Ok(()) => {
            sink.finish().with_context(failed)?;
            Ok(exit)
        }
    }
}

impl Sink {
    fn open(file: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = file else {
            return Ok(Self::stream(standard_output()?));
        };
        if ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name)) {
            return Ok(Self::stream(standard_output()?));
        }
        // What stands for an open file is written to: others write there too.
        if path == Path::new("/dev/stderr") || path.starts_with("/dev/fd") || path.starts_with("/proc") {
            return Ok(Self::stream(Box::new(OpenOptions::new().append(true).open(path)?)));
        }
        // A link stays a link: what it leads to is replaced.
        let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        let path = match path.canonicalize() {
            Ok(path) => path,
            Err(error) if is_link => anyhow::bail!("it is a link that leads nowhere: {error}"),
            Err(_) => path.to_path_buf(),
        };
        if let Ok(metadata) = path.metadata() {
            anyhow::ensure!(!metadata.is_dir(), "it is a folder");
            if !metadata.is_file() {
                let device = OpenOptions::new().write(true).open(&path)?;
                widen(&device);
                return Ok(Self::stream(Box::new(device)));
            }
        }
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary = tempfile::Builder::new().prefix(".gatewalk-").tempfile_in(folder);
        // The error names the temporary file, which nobody knows.
        let temporary = temporary.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::other("there is no such folder"),
            kind => kind.into(),
        });
        let temporary = temporary.with_context(|| format!("no file can be made in {}", folder.display()))?;
        Ok(Self::File { temporary: BufWriter::with_capacity(BUFFER, temporary), path })
    }

    fn stream(out: Box<dyn Write>) -> Self {
        Self::Stream(BufWriter::with_capacity(BUFFER, out))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Stream(out) => out,
            Self::File { temporary, .. } => temporary,
        }
    }

    /// Gives a file its name, once all of it is on the disk.
    fn finish(self) -> io::Result<()> {
        let Self::File { temporary, path } = self else { return Ok(()) };
        let temporary = temporary.into_inner().map_err(io::IntoInnerError::into_error)?;
        // A file that is there keeps its permissions; a new one gets those of any new file.
        match path.metadata() {
            Ok(metadata) => temporary.as_file().set_permissions(metadata.permissions())?,
            Err(_) => new_file_permissions(temporary.as_file())?,
        }
        temporary.as_file().sync_all()?;
        temporary.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Standard output as it is below the library's own, which keeps the end of every piece back for the sake of whole lines: that is one
/// more copy and one more write for each.
#[cfg(unix)]
fn standard_output() -> io::Result<Box<dyn Write>> {
    use std::os::fd::AsFd;
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    widen(&out);
    Ok(Box::new(out))
}

/// A console takes text alone, which the library sees to.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
fn standard_output() -> io::Result<Box<dyn Write>> {
    Ok(Box::new(io::stdout()))
}

/// Makes a pipe hold more, so that neither end waits for the other after every few pages. What is no pipe stays as it is, and so does
/// a pipe where the system allows no more.
#[cfg(target_os = "linux")]
fn widen(out: &File) {
    /// What Linux allows everybody unless it was told otherwise.
    const PIPE: usize = 1 << 20;
    _ = rustix::pipe::fcntl_setpipe_size(out, PIPE);
}

#[cfg(not(target_os = "linux"))]
fn widen(_: &File) {}

/// Temporary files are for their owner only; an answer is an ordinary file, minus what the process masks.
#[cfg(unix)]
fn new_file_permissions(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mask = rustix::process::umask(rustix::fs::Mode::empty());
    rustix::process::umask(mask);
    file.set_permissions(std::fs::Permissions::from_mode(0o666 & !mask.bits()))
}

#[cfg(not(unix))]
fn new_file_permissions(_: &File) -> io::Result<()> {
    Ok(())
}
