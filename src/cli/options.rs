//! Options that every command has.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::Context;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use gatewalk::discover::{self, Request, UserFile};
use gatewalk::model::{Semantics, UserType, Workspace, nearest, parse_time};
use gatewalk::render::Look;
use gatewalk::report::Question;
use gatewalk::source::SourceFile;
use gatewalk::walk::WhatIf;

use super::error::{Refusal, Untrusted};

/// Options that every command has.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Options {
    /// The workspace's folder [default: the nearest one upwards with a gatewalk.yaml, else this one]
    #[arg(short = 'C', long, value_name = "DIR", global = true)]
    pub(crate) workspace: Option<PathBuf>,

    /// Read this file instead of what the folder holds (repeatable; `-` is standard input)
    #[arg(short, long = "file", value_name = "FILE", global = true)]
    pub(crate) files: Vec<PathBuf>,

    /// The published behaviour of Pika to follow [default: what gatewalk.yaml says, else documented]
    #[arg(long, value_name = "SEMANTICS", global = true)]
    pub(crate) semantics: Option<SemanticsArg>,

    /// Ask about this time, such as 2026-01-31T18:00:00Z [default: now]
    #[arg(long, value_name = "TIME", global = true)]
    pub(crate) at: Option<String>,

    /// Write the answer to this file, whole or not at all
    #[arg(short, long, value_name = "FILE", global = true)]
    pub(crate) output: Option<PathBuf>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: ColorArg,

    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub(crate) ascii: bool,

    /// Exit with 0 where it would be 1
    #[arg(long, global = true)]
    pub(crate) exit_zero: bool,

    /// Say nothing beside the answer and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say which files were read
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// `--semantics`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SemanticsArg {
    /// The published guide
    Documented,
    /// Pika as it runs today
    Current,
    /// Pika before mid-2025
    Legacy,
}

/// `--color`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `--type` and `--as-type`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum UserTypeArg {
    /// Staff
    #[value(name = "internal-user", alias = "internal")]
    Internal,
    /// Customers and partners
    #[value(name = "external-user", alias = "external")]
    External,
}

impl From<UserTypeArg> for UserType {
    fn from(arg: UserTypeArg) -> Self {
        match arg {
            UserTypeArg::Internal => Self::Internal,
            UserTypeArg::External => Self::External,
        }
    }
}

/// What a question supposes.
#[derive(Args, Debug)]
#[command(next_help_heading = "What if")]
pub(crate) struct WhatIfArgs {
    /// As if users were of this type
    #[arg(long, value_name = "TYPE")]
    pub(crate) as_type: Option<UserTypeArg>,

    /// As if users also had this role (repeatable)
    #[arg(long, value_name = "ROLE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) with_role: Vec<String>,

    /// As if users did not have this role (repeatable)
    #[arg(long, value_name = "ROLE", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) without_role: Vec<String>,

    /// As if users belonged to this entity (an empty one is none)
    #[arg(long, value_name = "ENTITY")]
    pub(crate) as_entity: Option<String>,

    /// As if no app had an override
    #[arg(long)]
    pub(crate) ignore_override: bool,

    /// As if the definitions were changed as this file says: what to `add`, `replace` and `remove` (`-` is standard input)
    #[arg(long = "with", value_name = "CHANGES")]
    pub(crate) changes: Option<PathBuf>,
}

impl WhatIfArgs {
    /// Whether anything is supposed.
    pub(crate) fn supposes(&self) -> bool {
        let Self { as_type, with_role, without_role, as_entity, ignore_override, changes } = self;
        let of_users = as_type.is_some() || !with_role.is_empty() || !without_role.is_empty() || as_entity.is_some();
        of_users || *ignore_override || changes.is_some()
    }
}

/// Where an answer's width is not known, such as in a pipe.
const PIPE_WIDTH: usize = 100;

impl Options {
    /// Loads the workspace that the options name.
    pub(crate) fn load(&self) -> anyhow::Result<Workspace> {
        self.loaded(None)
    }

    fn loaded(&self, changes: Option<PathBuf>) -> anyhow::Result<Workspace> {
        let workspace = discover::load(&Request { changes, ..self.request()? }).map_err(Untrusted::workspace)?;
        self.tell(&workspace, &[]);
        Ok(workspace)
    }

    /// Loads it with the changes that a question supposes, and where there are some the workspace without them too.
    pub(crate) fn load_supposed(&self, what_if: &WhatIfArgs) -> anyhow::Result<(Workspace, Option<Workspace>)> {
        if what_if.changes.is_none() {
            return Ok((self.load()?, None));
        }
        if self.files.iter().any(|path| path.as_os_str() == "-") {
            if what_if.changes.as_ref().is_some_and(|path| path.as_os_str() == "-") {
                return Err(Refusal::new("standard input can be read once").hint("write the changes or the definitions to a file").into());
            }
            let refusal = Refusal::new("standard input can be read once, and with changes the definitions are read twice");
            return Err(refusal.hint("write the definitions to a file").into());
        }
        let defined = discover::load(&self.request()?).map_err(Untrusted::workspace)?;
        Ok((self.loaded(what_if.changes.clone())?, Some(defined)))
    }

    /// What the options say to load.
    pub(crate) fn request(&self) -> anyhow::Result<Request> {
        let root = match &self.workspace {
            Some(root) => root.clone(),
            None => {
                let here = std::env::current_dir().context("the current folder cannot be read")?;
                discover::find_root(&here).unwrap_or(here)
            }
        };
        if self.files.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
            return Err(Refusal::new("standard input can be read once").hint("write `-f -` once").into());
        }
        Ok(Request { root, files: self.files.clone(), changes: None })
    }

    /// What there is to say about a workspace beside the answer; with `-v` also what was read.
    /// `aside` are files of users that the workspace does not hold.
    pub(crate) fn tell(&self, workspace: &Workspace, aside: &[UserFile]) {
        for note in workspace.notes() {
            let place = workspace.sources().place(note.span);
            let written = workspace.sources().slice(note.span);
            // Of a file as a whole nothing is quoted.
            let written = if written.is_empty() { String::new() } else { format!(": {written}") };
            self.note(&format!("{}:{}:{}: {}{written}", place.file, place.line, place.column, note.text));
        }
        if self.verbose {
            let of_users = aside.iter().map(UserFile::name);
            let mut names: Vec<&str> = workspace.sources().files().map(SourceFile::name).chain(of_users).collect();
            // Files that were not named are taken in the order of their paths.
            if self.files.is_empty() && !aside.is_empty() {
                names.sort_unstable();
            }
            for name in names {
                self.note(&format!("read {name}"));
            }
        }
    }

    /// A word beside the answer, unless `-q` asks for none.
    pub(crate) fn note(&self, text: &str) {
        use std::io::Write;
        if !self.quiet {
            drop(writeln!(std::io::stderr().lock(), "note: {}", gatewalk::render::escape::terminal(text)));
        }
    }

    /// How questions are to be answered.
    pub(crate) fn question(&self, workspace: &Workspace, what_if: &WhatIfArgs) -> anyhow::Result<Question> {
        if let Some(role) = what_if.with_role.iter().find(|role| what_if.without_role.contains(role)) {
            return Err(Refusal::new(format!("the role `{role}` is supposed to be there and not to be there")).into());
        }
        let semantics = match self.semantics {
            None => workspace.semantics(),
            Some(SemanticsArg::Documented) => Semantics::Documented,
            Some(SemanticsArg::Current) => Semantics::Current,
            Some(SemanticsArg::Legacy) => Semantics::Legacy,
        };
        Ok(Question {
            semantics,
            at: self.time()?,
            ignore_override: what_if.ignore_override,
            what_if: WhatIf {
                user_type: what_if.as_type.map(UserType::from),
                with_roles: what_if.with_role.clone(),
                without_roles: what_if.without_role.clone(),
                entity: what_if.as_entity.clone(),
            },
            changes: what_if.changes.as_ref().map(|path| path.to_string_lossy().into_owned()),
        })
    }

    /// Says of supposed names that nothing knows that they change nothing: they are likely to be slips. `all_users` says whether the
    /// workspace holds all of them.
    pub(crate) fn tell_unknown(&self, workspace: &Workspace, what_if: &WhatIfArgs, all_users: bool) {
        let unknown = |option: &str, what: &str, name: &str, known: BTreeSet<&str>| {
            if !name.is_empty() && !known.contains(name) {
                let meant = nearest(name, known).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
                self.note(&format!("{option}: {what} `{name}`{meant}"));
            }
        };
        for role in &what_if.with_role {
            unknown("--with-role", "no rule names the role", role, workspace.roles_of_rules());
        }
        for role in what_if.without_role.iter().filter(|_| all_users) {
            unknown("--without-role", "no user has the role", role, workspace.roles_of_users());
        }
        // Conditions of permissions compare the entity with attributes of resources.
        for entity in what_if.as_entity.iter().filter(|_| workspace.permissions().is_empty()) {
            unknown("--as-entity", "no rule names the entity", entity, workspace.entities_of_rules());
        }
    }

    fn time(&self) -> anyhow::Result<jiff::Timestamp> {
        match &self.at {
            // Nobody asks about a fraction of the current second.
            None => Ok(jiff::Timestamp::from_second(jiff::Timestamp::now().as_second())?),
            Some(text) => time("--at", text),
        }
    }

    /// How an answer may look where it goes.
    pub(crate) fn look(&self) -> Look {
        let terminal = self.output.is_none() && std::io::stdout().is_terminal();
        self.look_for(terminal, anstream::AutoStream::choice(&std::io::stdout()))
    }

    /// How messages may look.
    pub(crate) fn look_of_stderr(&self) -> Look {
        self.look_for(std::io::stderr().is_terminal(), anstream::AutoStream::choice(&std::io::stderr()))
    }

    fn look_for(&self, terminal: bool, choice: anstream::ColorChoice) -> Look {
        let color = match self.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => terminal && choice != anstream::ColorChoice::Never,
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        Look { color, ascii: self.ascii || (terminal && !speaks_utf8()), width: width.or(columns).unwrap_or(PIPE_WIDTH).clamp(40, 10_000) }
    }
}

/// The time that an option names.
pub(super) fn time(option: &str, text: &str) -> anyhow::Result<jiff::Timestamp> {
    let refused = |problem| Refusal::new(format!("{option}: {problem}: `{text}`")).hint(gatewalk::model::TimeProblem::HELP);
    Ok(parse_time(text).map_err(refused)?)
}

/// Whether the locale is one of UTF-8; an unset one is taken to be.
fn speaks_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
