//! How commands that answer in rows write them.

use clap::{Args, ValueEnum};
use gatewalk::model::Workspace;
use gatewalk::render::{Head, RowFormat};
use gatewalk::report::Question;
use serde_json::json;

/// How rows are written.
#[derive(Args, Debug)]
pub(super) struct RowArgs {
    /// How the answer is written
    #[arg(long, default_value = "table")]
    pub(super) format: RowFormatArg,

    /// In CSV, leave text that a spreadsheet would run as a formula as it is
    #[arg(long)]
    pub(super) raw: bool,
}

/// `--format` of commands that answer in rows
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RowFormatArg {
    /// For people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Ndjson,
    /// CSV with a header
    Csv,
    /// A Markdown table
    Markdown,
}

impl RowFormatArg {
    /// Whether there is room beside the rows for what they are about.
    pub(super) fn is_bare(self) -> bool {
        matches!(self, Self::Ndjson | Self::Csv)
    }
}

impl From<RowFormatArg> for RowFormat {
    fn from(arg: RowFormatArg) -> Self {
        match arg {
            RowFormatArg::Table => Self::Table,
            RowFormatArg::Json => Self::Json,
            RowFormatArg::Ndjson => Self::Ndjson,
            RowFormatArg::Csv => Self::Csv,
            RowFormatArg::Markdown => Self::Markdown,
        }
    }
}

impl RowArgs {
    /// What rows have in common; in JSON what was asked comes before them.
    pub(super) fn head(
        &self,
        (workspace, question): (&Workspace, &Question),
        columns: Vec<&'static str>,
        schema: &str,
        rows: &'static str,
    ) -> Head {
        let mut envelope = vec![
            ("schema", json!(schema)),
            ("semantics", json!(question.semantics.name())),
            ("at", json!(question.at.to_string())),
            ("population", json!(workspace.population().name())),
        ];
        envelope.extend(question.supposed().map(|supposed| ("whatIf", supposed)));
        Head { columns, envelope, rows, raw: self.raw }
    }
}
