//! Peers in Rust. `peers plain DIR`, `peers read PARSER THREADS FILE`, `peers yaml PATH`, `peers values PATH`,
//! `peers events PATH`, `peers copy USERS APPS`, `peers tally < CELLS`.

mod lines;
mod plain;
mod readers;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["plain", workspace] => plain(Path::new(workspace)),
        ["read", parser, threads, file] => say("bytes of names", readers::ndjson(parser, threads.parse()?, Path::new(file))?),
        ["yaml", path] => say("bytes of names", readers::yaml_users(Path::new(path))?),
        ["values", path] => say("files", readers::yaml_values(Path::new(path))?),
        ["events", path] => say("events", readers::yaml_events(Path::new(path))?),
        ["copy", users, apps] => copy(users.parse()?, apps.parse()?),
        ["tally"] => tally(),
        _ => bail!("usage: peers plain DIR | read PARSER THREADS FILE | yaml PATH | values PATH | events PATH | copy USERS APPS | tally"),
    }
}

fn say(what: &str, count: u64) -> Result<()> {
    Ok(writeln!(io::stdout(), "{count} {what}")?)
}

/// Decides every cell, and says how long that alone took.
fn plain(workspace: &Path) -> Result<()> {
    let apps = plain::apps(workspace)?;
    let mut allowed = vec![0_u64; apps.len()];
    let (mut users, mut deciding) = (0, Duration::ZERO);
    for user in plain::users(workspace)? {
        let user = user?;
        let start = Instant::now();
        for (count, app) in allowed.iter_mut().zip(&apps) {
            *count += u64::from(app.lets_in(&user));
        }
        deciding += start.elapsed();
        users += 1;
    }
    summary(apps.iter().map(plain::App::id).zip(allowed.iter().map(|allowed| (*allowed, users - allowed))))?;
    let cells = users * apps.len() as u64;
    Ok(writeln!(io::stderr(), "deciding alone: {:.3} s, {:.3e} cells/s", deciding.as_secs_f64(), cells as f64 / deciding.as_secs_f64())?)
}

/// Counts rows of `matrix --format ndjson`.
fn tally() -> Result<()> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut input = io::BufReader::with_capacity(1 << 18, io::stdin().lock());
    let mut line = String::new();
    while input.read_line(&mut line)? > 0 {
        // A row's order of keys is part of the format.
        let (_, after) = line.split_once(r#","target":""#).context("a row without target")?;
        let (target, after) = after.split_once(r#"","decision":""#).context("a row without decision")?;
        if !counts.contains_key(target) {
            counts.insert(target.to_owned(), (0, 0));
        }
        if let Some((allowed, denied)) = counts.get_mut(target) {
            *(if after.starts_with("allow") { allowed } else { denied }) += 1;
        }
        line.clear();
    }
    summary(counts.iter().map(|(target, counts)| (target.as_str(), *counts)))
}

fn summary<'t>(rows: impl Iterator<Item = (&'t str, (u64, u64))>) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (target, (allowed, denied)) in rows {
        writeln!(out, r#"{{"target":"{target}","allowed":{allowed},"denied":{denied}}}"#)?;
    }
    Ok(out.flush()?)
}

/// Copies as many bits as a matrix has cells, block by block: what no walk that looks at every cell can beat.
fn copy(users: usize, apps: usize) -> Result<()> {
    const BLOCK: usize = 1 << 18;
    let matrix = vec![1_u8; users * apps / 8];
    let mut block = vec![0_u8; BLOCK];
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            for from in black_box(&matrix).chunks(BLOCK) {
                block[..from.len()].copy_from_slice(from);
                black_box(&block);
            }
            start.elapsed()
        })
        .collect();
    times.sort();
    Ok(writeln!(io::stdout(), "{} bytes in {:.3} ms", matrix.len(), times[4].as_secs_f64() * 1e3)?)
}
