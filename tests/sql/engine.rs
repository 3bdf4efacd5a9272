//! The engines: one process each, which is started once and asked many times.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use gatewalk::sql::Dialect;
use serde_json::{Value, json};

use crate::tables::Tables;

/// An engine that answers.
pub struct Engine {
    jobs: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// One cell, as text.
pub type Cell = [String; 4];

static DUCKDB: OnceLock<Option<Mutex<Engine>>> = OnceLock::new();
static SPARK: OnceLock<Option<Mutex<Engine>>> = OnceLock::new();

/// The engine of a dialect, for one test at a time; it ends with the tests.
pub fn of(dialect: Dialect) -> Option<MutexGuard<'static, Engine>> {
    let engine = match dialect {
        Dialect::DuckDb => &DUCKDB,
        Dialect::Spark => &SPARK,
    };
    let engine = engine.get_or_init(|| Engine::start(dialect).map(Mutex::new)).as_ref()?;
    // A test that failed while it asked leaves nothing half-answered.
    Some(engine.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Engine {
    /// Starts an engine; `None`, with a word about it, where the machine has none. With `GATEWALK_REQUIRE_ENGINES=1` that fails.
    ///
    /// `GATEWALK_PYTHON` names the Python that has the engines.
    fn start(dialect: Dialect) -> Option<Self> {
        match Self::try_start(dialect) {
            Ok(engine) => Some(engine),
            Err(problem) => {
                let told = format!("{} is not on this machine ({problem}), see tests/sql/requirements.txt", dialect.name());
                assert!(std::env::var_os("GATEWALK_REQUIRE_ENGINES").is_none_or(|value| value != "1"), "{told}");
                // Past the capture of tests that pass: whoever runs them is to know.
                drop(writeln!(std::io::stderr(), "SKIPPED: {told}"));
                None
            }
        }
    }

    fn try_start(dialect: Dialect) -> Result<Self, String> {
        let python = std::env::var("GATEWALK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let runner = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sql/runner.py");
        let mut command = Command::new(&python);
        command.arg(runner).arg(dialect.name()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Spark starts Python again for some work, and must find the same.
        command.env("PYSPARK_PYTHON", &python);
        let mut child = command.spawn().map_err(|problem| format!("{python}: {problem}"))?;
        let jobs = child.stdin.take().ok_or("no standard input")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        let mut engine = Self { jobs, answers };
        let hello = engine.answer()?;
        match hello.get("engine").and_then(Value::as_str) {
            Some(name) => {
                eprintln!("answered by {name}");
                Ok(engine)
            }
            None => Err(hello["error"].as_str().unwrap_or("no word from it").to_owned()),
        }
    }

    fn answer(&mut self) -> Result<Value, String> {
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(|problem| problem.to_string())?;
        serde_json::from_str(&line).map_err(|_| "it ended without an answer".to_owned())
    }

    /// What a query gives over some tables, in no order; or what the engine says against it.
    ///
    /// With `quick`, Spark makes no code for it, which for small tables takes longest.
    pub fn run(&mut self, tables: &Tables, query: &str, quick: bool) -> Result<Vec<Cell>, String> {
        let job = json!({ "users": tables.users, "instances": tables.instances, "query": query, "quick": quick });
        writeln!(self.jobs, "{job}").map_err(|problem| problem.to_string())?;
        let answer = self.answer()?;
        if let Some(problem) = answer.get("error") {
            return Err(problem.as_str().unwrap_or_default().to_owned());
        }
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let rows = answer["cells"].as_array().ok_or("no cells")?;
        Ok(rows.iter().map(|row| [0, 1, 2, 3].map(|at| text(&row[at]))).collect())
    }
}
