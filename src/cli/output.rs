//! Where answers go: standard output, or a file that is written whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

use super::exit::Exit;

/// The place an answer goes to.
enum Sink {
    Stdout(BufWriter<io::Stdout>),
    File { temporary: BufWriter<NamedTempFile>, path: PathBuf },
}

/// Writes an answer and gives `exit` back. A reader who went away is no error: the answer stands.
pub(crate) fn emit(file: Option<&Path>, exit: Exit, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<Exit> {
    let mut sink = Sink::open(file)?;
    let outcome = write(sink.writer()).and_then(|()| sink.writer().flush());
    match (outcome, &sink) {
        (Err(error), Sink::Stdout(_)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(exit),
        (Err(error), Sink::Stdout(_)) => Err(error).context("the answer could not be written to standard output"),
        (Err(error), Sink::File { path, .. }) => {
            Err(error).with_context(|| format!("the answer could not be written to {}", path.display()))
        }
        (Ok(()), _) => {
            sink.finish()?;
            Ok(exit)
        }
    }
}

impl Sink {
    fn open(file: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = file else {
            return Ok(Self::Stdout(BufWriter::with_capacity(1 << 16, io::stdout())));
        };
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        anyhow::ensure!(!path.is_dir(), "{} is a folder, not a file", path.display());
        let temporary = tempfile::Builder::new().prefix(".gatewalk-").tempfile_in(folder);
        let temporary = temporary.with_context(|| format!("no file can be written in {}", folder.display()))?;
        Ok(Self::File { temporary: BufWriter::with_capacity(1 << 16, temporary), path: path.to_path_buf() })
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(out) => out,
            Self::File { temporary, .. } => temporary,
        }
    }

    /// Gives a file its name, once all of it is on the disk.
    fn finish(self) -> anyhow::Result<()> {
        let Self::File { temporary, path } = self else { return Ok(()) };
        let failed = || format!("the answer could not be written to {}", path.display());
        let temporary = temporary.into_inner().map_err(io::IntoInnerError::into_error).with_context(failed)?;
        // A file that is there keeps its permissions; a new one gets those of any new file.
        let permissions = path.metadata().ok().map(|metadata| metadata.permissions());
        match permissions {
            Some(permissions) => temporary.as_file().set_permissions(permissions).with_context(failed)?,
            None => new_file_permissions(temporary.as_file()).with_context(failed)?,
        }
        temporary.as_file().sync_all().with_context(failed)?;
        temporary.persist(&path).map_err(|error| error.error).with_context(failed)?;
        Ok(())
    }
}

/// Temporary files are for their owner only; an answer is an ordinary file, minus what the process masks.
#[cfg(unix)]
fn new_file_permissions(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mask = rustix::process::umask(rustix::fs::Mode::empty());
    rustix::process::umask(mask);
    file.set_permissions(std::fs::Permissions::from_mode(0o666 & !mask.bits()))
}

#[cfg(not(unix))]
fn new_file_permissions(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}
