//! Reading one file: only regular ones, once, bounded, as UTF-8.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::limits;
use crate::source::Form;

/// Reads the text of a file, decompressing `.gz`, and says what it is on disk. `name` is what messages call it.
pub(super) fn text(path: &Path, name: &str) -> Result<(String, Form), Diagnostic> {
    let (file, size) = open(path, name)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        let limit = unpacked(size);
        let bytes = bounded(MultiGzDecoder::new(io::BufReader::new(file)), 0, limit).map_err(|problem| match problem {
            Failure::TooLarge => Diagnostic::of_file(Code::TooLarge, name, format!("this file decompresses to more than {limit} bytes"))
                .help(format!(
                    "at most {} times its own size is read, and at most {} bytes: split it",
                    limits::GZIP_RATIO,
                    limits::FILE_BYTES
                )),
            Failure::Io(error) => Diagnostic::of_file(Code::BadGzip, name, format!("this file cannot be decompressed: {error}"))
                .help("it is damaged or cut short: write it again"),
        })?;
        return Ok((decode(bytes, name)?, Form::Other));
    }
    let bytes = whole(file, size, name)?;
    // A patch does not follow links.
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    let form = match bytes.starts_with(MARK.as_bytes()) {
        _ if is_link => Form::Other,
        true => Form::Marked,
        false => Form::Plain,
    };
    Ok((decode(bytes, name)?, form))
}

/// What can stand before a text to say that it is UTF-8.
const MARK: &str = "\u{feff}";

/// How many bytes a compressed file may decompress to.
pub(super) fn unpacked(size: u64) -> u64 {
    (size.saturating_mul(limits::GZIP_RATIO) + (1 << 20)).min(limits::FILE_BYTES)
}

/// Reads standard input to its end.
pub(super) fn standard_input(name: &str) -> Result<String, Diagnostic> {
    decode(whole(io::stdin().lock(), 0, name)?, name)
}

fn whole(reader: impl Read, size: u64, name: &str) -> Result<Vec<u8>, Diagnostic> {
    bounded(reader, size, limits::FILE_BYTES).map_err(|problem| match problem {
        Failure::TooLarge => {
            Diagnostic::of_file(Code::TooLarge, name, format!("this file is larger than {} bytes", limits::FILE_BYTES)).help("split it")
        }
        Failure::Io(error) => unreadable(name, &error),
    })
}

enum Failure {
    TooLarge,
    Io(io::Error),
}

/// Reads to the end, or to the limit. The size that is expected saves asking again and again, and a wrong one harms nothing.
fn bounded(reader: impl Read, size: u64, limit: u64) -> Result<Vec<u8>, Failure> {
    let expected = usize::try_from(size.min(limit)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected + 1);
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(Failure::Io)?;
    if bytes.len() as u64 > limit {
        return Err(Failure::TooLarge);
    }
    Ok(bytes)
}

/// Opens a regular file. A FIFO or a device is seen before it is opened; and should one take the file's place in between,
/// opening it does not wait. Gives the size of what was opened.
pub(super) fn open(path: &Path, name: &str) -> Result<(File, u64), Diagnostic> {
    let metadata = path.metadata().map_err(|error| unreadable(name, &error))?;
    regular(&metadata, name)?;
    let file = without_waiting(OpenOptions::new().read(true)).open(path).map_err(|error| unreadable(name, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(name, &error))?;
    regular(&metadata, name)?;
    Ok((file, metadata.len()))
}

/// Opening a FIFO waits for its other end, unless asked not to; opening a terminal can make it ours.
#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    options.custom_flags(flags.bits().cast_signed())
}

#[cfg(not(unix))]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn regular(metadata: &std::fs::Metadata, name: &str) -> Result<(), Diagnostic> {
    if metadata.is_file() {
        return Ok(());
    }
    if metadata.is_dir() {
        return Err(Diagnostic::of_file(Code::NotAFile, name, "this is a folder; only regular files are read")
            .help("rename the folder, or take it out of the workspace"));
    }
    Err(Diagnostic::of_file(Code::NotAFile, name, "this is a pipe, a socket or a device; only regular files are read")
        .help("to read what a program prints, pipe it in and write `-f -`"))
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::of_file(Code::Unreadable, name, format!("this file cannot be read: {error}"))
}

/// Bytes to text: UTF-8 with or without a byte order mark, nothing else.
fn decode(bytes: Vec<u8>, name: &str) -> Result<String, Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Diagnostic::of_file(Code::Encoding, name, "this file is UTF-16: its byte order mark is at byte 0")
            .on_line(1)
            .help("save it as UTF-8"));
    }
    if let [first, second, ..] = bytes.as_slice()
        && (*first == 0) != (*second == 0)
    {
        return Err(Diagnostic::of_file(Code::Encoding, name, "this file is UTF-16: every second byte from byte 0 is zero")
            .on_line(1)
            .help("save it as UTF-8"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix(MARK) {
            Some(rest) => Ok(rest.to_owned()),
            None => Ok(text),
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
            Err(Diagnostic::of_file(Code::Encoding, name, format!("this file is not UTF-8: the byte at offset {at} does not belong there"))
                .on_line(line)
                .help("save it as UTF-8"))
        }
    }
}
