//! Writing the cells of a matrix by itself: decisions that are there already, into nothing. `cargo bench --bench write`

#![allow(clippy::expect_used)] // A benchmark without its data has nothing to go on with.

use std::io;

use divan::Bencher;
use divan::counter::ItemsCount;
use gatewalk::compile::reference;
use gatewalk::render::{CELL, CellWriter, Head, RowFormat, Spelling};
use gatewalk::walk::Decision;

fn main() {
    divan::main();
}

const USERS: usize = 2_000;
const TARGETS: usize = 500;

/// Decisions in no order that a processor could learn: of the gates of apps, most deny.
fn decisions() -> Vec<Decision> {
    let gates: Vec<_> =
        reference().into_iter().take(1).flat_map(|(stage, gates)| gates.into_iter().map(move |gate| (stage, gate.id))).collect();
    let mut dice = fastrand::Rng::with_seed(1);
    let decision = |_| {
        let (stage, gate) = *dice.choice(&gates).expect("apps have gates");
        Decision { allowed: dice.u8(..4) == 0, gate, stage, position: 0 }
    };
    (0..USERS * TARGETS).map(decision).collect()
}

#[divan::bench(args = [RowFormat::Ndjson, RowFormat::Json, RowFormat::Csv, RowFormat::Markdown])]
fn cells(bencher: Bencher<'_, '_>, format: RowFormat) {
    let decisions = decisions();
    let targets: Vec<String> = (0..TARGETS).map(|number| format!("app-{number:05}")).collect();
    bencher.counter(ItemsCount::new(decisions.len())).bench(|| {
        let head = Head { columns: CELL.to_vec(), envelope: Vec::new(), rows: "cells", raw: false };
        let mut out = io::sink();
        let spelling = Spelling::new(format, &head).expect("a format of lines");
        let mut writer = CellWriter::new(spelling, &mut out, &targets).expect("nothing takes everything");
        for (user, decisions) in decisions.chunks(TARGETS).enumerate() {
            writer.user(&format!("u{user:08}")).expect("nothing takes everything");
            let mut cells = decisions.iter().enumerate();
            cells.try_for_each(|(target, decision)| writer.cell(target, *decision, None)).expect("nothing takes everything");
        }
        writer.finish().expect("nothing takes everything");
    });
}
