//! Every format carries the same cells.

use serde_json::Value;

use crate::ask::{AT, Asked, Cell, FIXTURES, cell, same, world};
use crate::worlds::seeds;

const COLUMNS: [&str; 4] = ["user", "target", "decision", "gate"];

fn output(asked: &Asked, arguments: &[&str]) -> String {
    let said = asked.run(&[&["matrix", "--features"], arguments].concat());
    assert_eq!(said.code, Some(0), "{arguments:?}: {}", said.err);
    said.out
}

fn of_columns(row: &[String]) -> Cell {
    let [user, target, decision, gate] = row else { panic!("a row of four: {row:?}") };
    assert!(matches!(decision.as_str(), "allow" | "deny"), "{row:?}");
    Cell { user: user.clone(), target: target.clone(), allowed: decision == "allow", gate: gate.clone() }
}

fn of_csv(text: &str) -> Vec<Cell> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().expect("a header"), COLUMNS.as_slice());
    let rows = reader.records().map(|record| record.expect("well-formed CSV").iter().map(str::to_owned).collect::<Vec<_>>());
    rows.map(|row| of_columns(&row)).collect()
}

fn of_json(text: &str) -> Vec<Cell> {
    let answer: Value = serde_json::from_str(text).expect("one JSON document");
    assert_eq!((answer["schema"].as_str(), answer["semantics"].as_str()), (Some("gatewalk/matrix/v1"), Some("documented")));
    assert_eq!(answer["at"].as_str(), Some(AT));
    answer["cells"].as_array().expect("a list of cells").iter().map(cell).collect()
}

/// The rows of a table as a reader of Markdown sees them.
fn of_markdown(text: &str) -> Vec<Cell> {
    let mut lines = text.lines().map(columns);
    assert_eq!(lines.next().expect("a header"), COLUMNS);
    assert_eq!(lines.next().expect("a line below it"), ["---"; 4]);
    lines.map(|row| of_columns(&row)).collect()
}

/// The columns of a line: parted at each `|` that is not escaped, escapes and entities resolved.
fn columns(line: &str) -> Vec<String> {
    let inner = line
        .strip_prefix("| ")
        .or_else(|| line.strip_prefix('|'))
        .and_then(|line| line.strip_suffix('|'))
        .expect("a row stands between bars");
    let mut columns = vec![String::new()];
    let mut marks = inner.chars();
    while let Some(mark) = marks.next() {
        let last = columns.last_mut().expect("there is one");
        match mark {
            '|' => columns.push(String::new()),
            '\\' => {
                let escaped = marks.next().expect("a mark follows");
                assert!(escaped.is_ascii_punctuation(), "{escaped:?} need not be escaped: {line}");
                last.push(escaped);
            }
            '&' => {
                let entity: String = marks.by_ref().take_while(|mark| *mark != ';').collect();
                last.push(match entity.as_str() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    other => panic!("unknown entity {other:?}: {line}"),
                });
            }
            '<' | '>' | '`' | '*' | '[' => panic!("{mark:?} means something in Markdown: {line}"),
            _ => last.push(mark),
        }
    }
    columns.iter().map(|column| column.trim().to_owned()).collect()
}

/// What a build log would take for a command is broken where people read it.
fn for_people(cells: &[Cell]) -> Vec<Cell> {
    let broken = |text: &String| text.replace("::", ":\\u{3a}").replace("##[", "##\\u{5b}");
    cells.iter().map(|cell| Cell { user: broken(&cell.user), target: broken(&cell.target), ..cell.clone() }).collect()
}

/// What a spreadsheet would take for a formula has a mark before it.
fn for_spreadsheets(cells: &[Cell]) -> Vec<Cell> {
    let marked = |text: &String| if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.clone() };
    cells.iter().map(|cell| Cell { user: marked(&cell.user), target: marked(&cell.target), ..cell.clone() }).collect()
}

fn check(asked: &Asked) -> Result<(), String> {
    let cells = asked.matrix(&["--features"]);
    let named = |format: &'static str| move |difference: String| format!("{format}: {difference}");
    same(&cells, &of_csv(&output(asked, &["--format", "csv", "--raw"]))).map_err(named("csv --raw"))?;
    same(&for_spreadsheets(&cells), &of_csv(&output(asked, &["--format", "csv"]))).map_err(named("csv"))?;
    same(&cells, &of_json(&output(asked, &["--format", "json"]))).map_err(named("json"))?;
    same(&for_people(&cells), &of_markdown(&output(asked, &["--format", "markdown"]))).map_err(named("markdown"))
}

#[test]
fn the_formats_agree_on_the_fixtures() {
    for name in FIXTURES {
        check(&Asked::fixture(name)).unwrap_or_else(|problem| panic!("fixtures/{name}: {problem}"));
    }
}

#[test]
fn the_formats_agree_on_random_worlds() {
    seeds::every_seed(30, |seed| {
        let asked = Asked::world(&world(seed), seed)?;
        check(&asked).map_err(|problem| format!("{problem}\n{}", asked.contents()))
    });
}

/// Names that mean something to one format or another.
#[test]
fn the_formats_agree_on_awkward_names() {
    let names = [
        "a|b",
        "=1+1",
        "+1",
        "-1",
        "@a",
        "'=x",
        "a\"b",
        "a,b",
        "a;b",
        "<script>",
        "&amp;",
        "a\\|b",
        "`x`",
        "*y*",
        "[z](q)",
        "_u_",
        "a  b",
        "~~s~~",
        "# h",
        "::error",
        "##[error]",
        "%0A",
    ];
    let users: Vec<Value> = names.iter().map(|name| serde_json::json!({"userId": name})).collect();
    let users = serde_json::to_string(&users).expect("names can be written");
    check(&Asked::texts(&[("apps.yaml", "chatAppId: '=a|b'\n"), ("users.json", &users)])).expect("the formats agree");
}
