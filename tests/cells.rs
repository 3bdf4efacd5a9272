//! Cells are written as rows are, byte by byte, and both as the formats' own libraries write them, whatever the names.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io;

use gatewalk::compile::reference;
use gatewalk::render::{CELL, CELL_AGAINST, CellWriter, Field, Head, Look, RowFormat, Spelling, escape, row_writer};
use gatewalk::report::Was;
use gatewalk::walk::Decision;
use serde_json::json;

const FORMATS: [RowFormat; 4] = [RowFormat::Json, RowFormat::Ndjson, RowFormat::Csv, RowFormat::Markdown];

/// Names that mean something to one format or another, of all the lengths at which something changes.
fn names() -> Vec<String> {
    let awkward = [
        "",
        " ",
        "plain",
        "a,b",
        "a\"b",
        "\"",
        "\"\"",
        "a\nb",
        "a\rb",
        "\r\n",
        " a ",
        "a;b",
        "#c",
        "\\",
        "\\n",
        "'",
        "'=x",
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\t1",
        "\r1",
        "=a,\"b\"",
        "a|b",
        "<b>&amp;",
        "`x`",
        "*y*",
        "::error",
        "\u{0}",
        "\u{1f}",
        "\u{7f}",
        "\u{1b}[2J",
        "\u{2028}",
        "\u{202e}x",
        "Zoë",
        "東京",
        "🦀",
        "{\"user\":1}",
        "],}",
    ];
    let long = (40..70).chain([1000]).map(|length| "n".repeat(length));
    awkward.into_iter().map(str::to_owned).chain(long).collect()
}

/// Some of all decisions on each user and target, in turn.
fn decisions() -> Vec<Decision> {
    let gates = reference().into_iter().flat_map(|(stage, gates)| gates.into_iter().map(move |gate| (stage, gate.id)));
    let both = gates.flat_map(|(stage, gate)| [true, false].map(|allowed| Decision { allowed, gate, stage, position: 0 }));
    both.collect()
}

/// Every cell of the names, as users and as targets; some are left out, as by `--only`.
fn each_cell<'n>(names: &'n [String], mut take: impl FnMut(&'n str, usize, Decision)) {
    let decisions = decisions();
    let mut next = decisions.iter().cycle();
    for user in names {
        for target in 0..names.len() {
            let decision = *next.next().expect("there are decisions");
            if decision.allowed || target % 3 > 0 {
                take(user, target, decision);
            }
        }
    }
}

fn head(raw: bool) -> Head {
    let envelope = vec![("schema", json!("gatewalk/matrix/v1")), ("whatIf", json!({"asType": "internal-user"}))];
    Head { columns: CELL.to_vec(), envelope, rows: "cells", raw }
}

fn cells(format: RowFormat, raw: bool, names: &[String], cells: impl Fn(&mut CellWriter<'_>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    let spelling = Spelling::new(format, &head(raw)).expect("every format of lines has a spelling");
    let mut writer = CellWriter::new(spelling, &mut out, names).expect("memory takes all");
    cells(&mut writer).expect("memory takes all");
    writer.finish().expect("memory takes all");
    String::from_utf8(out).expect("text is UTF-8")
}

fn all_cells(format: RowFormat, raw: bool, names: &[String]) -> String {
    cells(format, raw, names, |writer| {
        let mut of = None;
        each_cell(names, |user, target, decision| {
            if of != Some(user) {
                of = Some(user);
                writer.user(user).expect("memory takes all");
            }
            writer.cell(target, decision, None).expect("memory takes all");
        });
        Ok(())
    })
}

fn all_rows(format: RowFormat, raw: bool, names: &[String]) -> String {
    let mut out = Vec::new();
    let mut writer = row_writer(format, head(raw), &mut out, Look { color: false, ascii: false, width: 100 }).expect("memory takes all");
    each_cell(names, |user, target, decision| {
        writer.row(&[user, &names[target], decision.name(), decision.gate.name()].map(Field::Text)).expect("memory takes all");
    });
    writer.finish().expect("memory takes all");
    drop(writer);
    String::from_utf8(out).expect("text is UTF-8")
}

/// The same by the libraries of JSON and CSV, and by hand in Markdown.
fn expected(format: RowFormat, raw: bool, names: &[String]) -> String {
    let mut rows: Vec<[&str; 4]> = Vec::new();
    each_cell(names, |user, target, decision| rows.push([user, &names[target], decision.name(), decision.gate.name()]));
    let objects =
        || rows.iter().map(|[user, target, decision, gate]| json!({"user": user, "target": target, "decision": decision, "gate": gate}));
    match format {
        RowFormat::Ndjson => objects().map(|object| object.to_string() + "\n").collect(),
        RowFormat::Json => {
            let objects: Vec<String> = objects().map(|object| object.to_string()).collect();
            let before = r#"{"schema":"gatewalk/matrix/v1","whatIf":{"asType":"internal-user"},"cells":["#;
            format!("{before}\n{}\n]}}\n", objects.join(",\n"))
        }
        RowFormat::Csv => {
            let mut csv = csv::Writer::from_writer(Vec::new());
            csv.write_record(CELL).expect("memory takes all");
            for row in &rows {
                let fields = row.map(|field| if raw { field.into() } else { escape::formula(field) });
                csv.write_record(fields.iter().map(|field| field.as_bytes())).expect("memory takes all");
            }
            String::from_utf8(csv.into_inner().expect("memory takes all")).expect("text is UTF-8")
        }
        RowFormat::Markdown => {
            let line = |row: &[&str; 4]| format!("| {} |\n", row.map(escape::markdown).join(" | "));
            let lines: String = rows.iter().map(line).collect();
            format!("| user | target | decision | gate |\n| --- | --- | --- | --- |\n{lines}")
        }
        RowFormat::Table => unreachable!("it has no spelling"),
    }
}

#[test]
fn cells_are_written_as_rows_are() {
    let names = names();
    for (format, raw) in FORMATS.into_iter().flat_map(|format| [(format, false), (format, true)]) {
        let expected = expected(format, raw, &names);
        // More than is handed on at once.
        assert!(expected.len() > 1 << 18, "{format:?}");
        // Not `assert_eq`: nobody reads a difference of megabytes.
        assert!(all_rows(format, raw, &names) == expected, "{format:?}, raw: {raw}: rows");
        assert!(all_cells(format, raw, &names) == expected, "{format:?}, raw: {raw}: cells");
    }
}

/// What is decided as defined is a field for programs, and for people a word where it differs.
#[test]
fn cells_beside_what_is_defined_are_written_as_rows_are() {
    let names = names();
    let all = [Was::Allowed, Was::Denied, Was::Undefined];
    let look = Look { color: false, ascii: false, width: 100 };
    for format in FORMATS {
        let against = format != RowFormat::Markdown;
        let head = || Head { columns: if against { CELL_AGAINST.to_vec() } else { CELL.to_vec() }, ..head(false) };
        let (mut by_cells, mut by_rows) = (Vec::new(), Vec::new());
        let spelling = Spelling::new(format, &head()).expect("every format of lines has a spelling");
        let mut cells = CellWriter::new(spelling, &mut by_cells, &names).expect("memory takes all");
        let mut rows = row_writer(format, head(), &mut by_rows, look).expect("memory takes all");
        let (mut of, mut next) = (None, all.iter().cycle());
        each_cell(&names, |user, target, decision| {
            let was = *next.next().expect("there are three");
            if of != Some(user) {
                of = Some(user);
                cells.user(user).expect("memory takes all");
            }
            cells.cell(target, decision, Some(was)).expect("memory takes all");
            let (name, mark) = (decision.name(), was.mark(decision.allowed));
            let marked = mark.filter(|_| !against).map_or(name.to_owned(), |mark| format!("{name} {mark}"));
            let mut fields = [user, &names[target], &marked, decision.gate.name()].map(Field::Text).to_vec();
            if against {
                fields.push(was.name().map_or(Field::Nothing, Field::Text));
            }
            rows.row(&fields).expect("memory takes all");
        });
        cells.finish().expect("memory takes all");
        rows.finish().expect("memory takes all");
        drop(rows);
        assert!(by_cells == by_rows, "{format:?}");
        let text = String::from_utf8_lossy(&by_cells);
        let signs: &[&str] = match format {
            RowFormat::Csv => &[",asDefined\n", ",allow\n", ",deny\n"],
            RowFormat::Markdown => &["| allow (was deny) |", "| deny (was allow) |", "| deny (new) |", "| allow |"],
            _ => &["\"asDefined\":null}", "\"asDefined\":\"allow\"}", "\"asDefined\":\"deny\"}"],
        };
        assert!(signs.iter().all(|sign| text.contains(sign)), "{format:?}");
    }
}

#[test]
fn no_cell_is_no_row() {
    for format in FORMATS {
        let names = ["u".to_owned()];
        let none = cells(format, false, &names, |writer| writer.user("u"));
        assert_eq!(none, expected(format, false, &[]).replace("[\n\n]", "[\n]"), "{format:?}");
    }
}

#[test]
fn a_target_that_is_not_there_is_refused() {
    let spelling = Spelling::new(RowFormat::Ndjson, &head(false)).expect("it has a spelling");
    let (mut out, decision) = (Vec::new(), *decisions().first().expect("there are decisions"));
    let mut writer = CellWriter::new(spelling, &mut out, &["a".to_owned()]).expect("memory takes all");
    assert!(writer.cell(1, decision, None).is_err());
}

/// Rows go out whole, so that who reads along never waits for the end of one.
#[test]
fn what_is_handed_on_ends_with_a_row() {
    struct Pieces(Vec<Vec<u8>>);
    impl io::Write for Pieces {
        fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
            self.0.push(piece.to_vec());
            Ok(piece.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let names: Vec<String> = (0..1000).map(|number| format!("name-{number}")).collect();
    let mut pieces = Pieces(Vec::new());
    let spelling = Spelling::new(RowFormat::Ndjson, &head(false)).expect("it has a spelling");
    let mut writer = CellWriter::new(spelling, &mut pieces, &names).expect("memory takes all");
    let decision = *decisions().first().expect("there are decisions");
    for user in &names[..20] {
        writer.user(user).expect("memory takes all");
        (0..names.len()).try_for_each(|target| writer.cell(target, decision, None)).expect("memory takes all");
    }
    writer.finish().expect("memory takes all");
    assert!(pieces.0.len() > 3, "{}", pieces.0.len());
    assert!(pieces.0.iter().all(|piece| piece.ends_with(b"}\n")));
    let (_, whole) = pieces.0.split_last().expect("there are pieces");
    assert!(whole.iter().all(|piece| (1 << 17..1 << 18).contains(&piece.len())));
}
