//! A file of lines in blocks, each with whole lines only, by one thread or several.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;

use anyhow::{Result, anyhow};

const BLOCK: usize = 1 << 20;

/// Has `threads` readers take every line of a file, each of its own part, and adds up what they counted.
pub fn each(path: &Path, threads: u64, line: impl Fn(&mut [u8]) -> Result<u64> + Sync) -> Result<u64> {
    let size = path.metadata()?.len();
    let part = |at: u64| size * at / threads..size * (at + 1) / threads;
    thread::scope(|scope| {
        let readers: Vec<_> = (0..threads).map(|at| scope.spawn({ let line = &line; move || read(path, part(at), line) })).collect();
        readers.into_iter().map(|reader| reader.join().map_err(|_| anyhow!("a reader panicked"))?).sum()
    })
}

/// Takes the lines that begin in a range of bytes.
fn read(path: &Path, range: std::ops::Range<u64>, line: &impl Fn(&mut [u8]) -> Result<u64>) -> Result<u64> {
    let mut file = File::open(path)?;
    // The byte before tells whether the first line begins here or is another reader's.
    let mut at = range.start.saturating_sub(1);
    file.seek(SeekFrom::Start(at))?;
    let mut skip = range.start > 0;
    let mut block = vec![0; BLOCK];
    let mut kept = 0;
    let mut count = 0;
    loop {
        if kept == block.len() {
            block.resize(2 * kept, 0);
        }
        let read = file.read(&mut block[kept..])?;
        let filled = kept + read;
        let whole = match memchr::memrchr(b'\n', &block[..filled]) {
            Some(last) if read > 0 => last + 1,
            _ if read > 0 => {
                kept = filled;
                continue;
            }
            _ => filled,
        };
        let mut start = 0;
        while start < whole {
            let end = memchr::memchr(b'\n', &block[start..whole]).map_or(whole, |length| start + length);
            if skip {
                skip = false;
            } else if at + start as u64 >= range.end {
                return Ok(count);
            } else if end > start {
                count += line(&mut block[start..end])?;
            }
            start = end + 1;
        }
        if read == 0 {
            return Ok(count);
        }
        at += whole as u64;
        block.copy_within(whole..filled, 0);
        kept = filled - whole;
    }
}
