//! What may come from a stranger: files that block, lie, explode or talk to the terminal, and places that cannot be written to.
//!
//! Each test makes its workspace while it runs, starts the program, and gives it twenty seconds.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(clippy::format_collect, reason = "inputs are made by repetition, and time is none to save")]

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gatewalk::diagnostic::{At, Code};
use gatewalk::discover::{self, Request};
use gatewalk::render::{self, Look};
use serde_json::Value;
use tempfile::TempDir;

const LONGEST: Duration = Duration::from_mins(1);
const APP: &str = "chatAppId: harbour-desk\nenabled: true\nuserTypes: [internal-user]\n";
/// What follows from the problems, for the library's reports.
const SO: &str = "nothing was decided";
const GATEWALK: &str = env!("CARGO_BIN_EXE_gatewalk");

/// A workspace that lives as long as its test.
struct World {
    folder: TempDir,
}

/// How a run ended.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl World {
    /// Nothing but a folder.
    fn empty() -> Self {
        Self { folder: tempfile::Builder::new().prefix("gatewalk-hostile-").tempdir().expect("a temporary folder") }
    }

    /// A folder with one app that lets staff in.
    fn new() -> Self {
        Self::empty().with("apps/desk.yaml", APP)
    }

    /// The same with another file.
    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A link at `name` with exactly this text in it.
    fn link(&self, name: &str, to: impl AsRef<Path>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(to, path).unwrap();
    }

    /// A named pipe that nobody writes to; false where there is no `mkfifo`.
    fn fifo(&self, name: &str) -> bool {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success())
    }

    fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(GATEWALK);
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        finish(self.command(arguments), b"")
    }

    fn run_with_input<A: AsRef<OsStr>>(&self, arguments: &[A], input: &[u8]) -> Ran {
        finish(self.command(arguments), input)
    }

    /// Runs the program below a shell line in which `gatewalk` stands for it.
    fn shell(&self, line: &str) -> Ran {
        let mut command = Command::new("sh");
        command.arg("-c").arg(line.replace("gatewalk", &format!("'{GATEWALK}'"))).current_dir(self.folder.path());
        finish(command, b"")
    }

    /// What `validate` says here: it has to refuse.
    fn refused(&self) -> String {
        let ran = self.run(&["validate", "--ascii", "--color", "never"]);
        assert_eq!(ran.code, Some(2), "this is no workspace to trust, but: {}{}", ran.out, ran.err);
        assert_eq!(ran.err, "");
        let questions = self.run(&["check", "{userType: internal-user}", "harbour-desk"]);
        assert_eq!((questions.code, questions.out.as_str()), (Some(2), ""), "an answer from a workspace that cannot be trusted");
        ran.out
    }

    /// `validate` refuses, with these words in what it says.
    fn refused_with(&self, words: &[&str]) {
        let text = self.refused();
        for word in words {
            assert!(text.contains(word), "`{word}` is not in\n{text}");
        }
    }

    /// `validate` finds nothing wrong.
    fn accepted(&self) -> String {
        let ran = self.run(&["validate"]);
        assert_eq!(ran.code, Some(0), "nothing is wrong here, but: {}{}", ran.out, ran.err);
        ran.out
    }

    /// The codes and places of the problems, asked of the library.
    fn problems(&self) -> Vec<String> {
        problems(&Request { root: self.folder.path().to_path_buf(), files: Vec::new(), changes: None })
    }

    /// Names of what lies in a folder.
    fn names(&self, folder: &str) -> Vec<OsString> {
        let mut names: Vec<_> = fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }
}

/// Starts a command, feeds it, and waits for its end; a run that takes too long is killed and fails the test.
fn finish(mut command: Command, input: &[u8]) -> Ran {
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    // A group of its own, so that what a shell has started ends with it.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let shown = format!("{command:?}");
    let mut child = command.spawn().expect("the program starts");
    let (mut stdin, mut stdout, mut stderr) = (child.stdin.take().unwrap(), child.stdout.take().unwrap(), child.stderr.take().unwrap());
    std::thread::scope(|scope| {
        // A program that does not read its input is none of the test's concern.
        scope.spawn(move || drop(stdin.write_all(input)));
        let out = scope.spawn(move || read_all(&mut stdout));
        let err = scope.spawn(move || read_all(&mut stderr));
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break Some(status);
            }
            if started.elapsed() > LONGEST {
                let group = rustix::process::Pid::from_child(&child);
                rustix::process::kill_process_group(group, rustix::process::Signal::KILL).unwrap();
                child.wait().unwrap();
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let (out, err) = (out.join().unwrap(), err.join().unwrap());
        let Some(status) = status else { panic!("{shown} took more than {LONGEST:?}") };
        assert!(!err.contains("panicked") && !out.contains("panicked"), "{shown} panicked: {err}");
        assert!(status.code().is_some(), "{shown} was ended by a signal: {status}: {}", head(&err));
        Ran { code: status.code(), out, err }
    })
}

fn read_all(from: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).expect("what is printed is UTF-8")
}

/// The first characters of a text, for messages.
fn head(text: &str) -> String {
    text.chars().take(400).collect()
}

fn problems(request: &Request) -> Vec<String> {
    let Err(invalid) = discover::load(request) else { return Vec::new() };
    let shown = |at: &At| match at {
        At::Span(span) => {
            let place = invalid.sources.place(*span);
            format!(" {}:{}:{}", place.file, place.line, place.column)
        }
        At::File { name, line: Some(line) } => format!(" {name}:{line}"),
        At::File { name, line: None } => format!(" {name}"),
        At::Workspace => String::new(),
    };
    invalid.problems.iter().map(|problem| format!("{}{}", problem.code.id(), shown(&problem.at))).collect()
}

/// Whether a character acts on a terminal or cannot be seen there; line feeds are the program's own.
fn hides(found: char) -> bool {
    (found.is_control() && found != '\n')
        || matches!(found, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(found, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn nothing_hides(text: &str) {
    for line in text.split('\n') {
        assert!(!line.contains(hides), "something hides in {line:?}");
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// The user that the tests run as may read and write everything.
fn almighty() -> bool {
    rustix::process::geteuid().is_root()
}

// ---------------------------------------------------------------- what stands where a file should

#[test]
fn a_user_without_an_id_is_no_set_of_roles() {
    let folder = |user: &str| World::new().with("users.ndjson", format!("{{\"userId\":\"ann\"}}\n{user}\n"));
    folder(r#"{"user_ID":"bo","roles":[]}"#).refused_with(&["users.ndjson:2:2", "did you mean `userId`?"]);
    folder(r#"{"userType":"internal-user","roles":[]}"#).refused_with(&["users.ndjson:2:2", "as a user does, and no `userId`"]);
    folder(r#"{"roles":[],"customData":{}}"#).refused_with(&["users.ndjson:2:13", "as a user does, and no `userId`"]);
}

#[test]
fn definitions_that_nobody_reads_are_pointed_at() {
    let folder = World::new().with("users.yaml", "users: [{userId: ann}]\npeople: [{userId: bo}]\n");
    let ran = folder.run(&["check", "ann", "harbour-desk"]);
    assert!(ran.err.contains("users.yaml:2:1: no kind of definitions is called so"), "{}", ran.err);
}

#[test]
fn a_pipe_is_not_waited_for() {
    for name in ["apps/x.yaml", "apps/x.yaml.gz", "users/x.csv", "overrides.json", "gatewalk.yaml"] {
        let world = World::new();
        if !world.fifo(name) {
            return;
        }
        world.refused_with(&["error[not-a-file]", name, "pipe", "-f -"]);
    }
}

#[test]
fn a_pipe_named_on_the_command_line_is_not_waited_for() {
    let world = World::new();
    if !world.fifo("pipe.yaml") {
        return;
    }
    let ran = world.run(&["validate", "-f", "pipe.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("not-a-file") && ran.out.contains("pipe.yaml"), "{}", ran.out);
}

#[test]
fn a_device_is_not_read() {
    let world = World::new();
    world.link("apps/zero.yaml", "/dev/zero");
    world.refused_with(&["error[outside-workspace]", "apps/zero.yaml"]);
    let world = World::new();
    world.link("zero.yaml", "/dev/zero");
    let ran = world.run(&["validate", "-f", "zero.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("not-a-file"), "{}", ran.out);
    for device in ["/dev/zero", "/dev/tty", "/dev/stdin"] {
        let ran = world.run(&["validate", "-f", device]);
        assert_eq!(ran.code, Some(2), "{device}");
        assert!(ran.out.contains(device), "{}", ran.out);
    }
}

#[test]
fn a_folder_is_not_a_file() {
    let world = World::new();
    fs::create_dir_all(world.path("apps/x.yaml")).unwrap();
    world.refused_with(&["error[not-a-file]", "apps/x.yaml", "a folder"]);
    let world = World::new();
    fs::create_dir_all(world.path("gatewalk.yaml")).unwrap();
    world.refused_with(&["error[not-a-file]", "gatewalk.yaml"]);
}

#[test]
fn a_folder_beside_the_settings_is_not_a_file() {
    let world = World::new();
    fs::create_dir_all(world.path("overrides.yaml")).unwrap();
    world.refused_with(&["error[not-a-file]", "overrides.yaml"]);
}

#[test]
fn links_do_not_lead_out() {
    let outside = World::empty().with("secret.yaml", "chatAppId: harbour-desk\nenabled: true\nsecret: hunter2\n");
    for (name, to) in [
        ("apps/out.yaml", "secret.yaml"),
        ("apps/out", ""),
        ("apps.yaml", "secret.yaml"),
        ("overrides", ""),
        ("users/a/b/out.csv", "secret.yaml"),
        ("gatewalk.yaml", "secret.yaml"),
    ] {
        let world = World::new();
        world.link(name, outside.path(to));
        let text = world.refused();
        assert!(text.contains("error[outside-workspace]") && text.contains(name), "{name}: {text}");
        assert!(!text.contains("hunter2") && !text.contains("secret:"), "{name} shows what is outside: {text}");
    }
}

#[test]
fn settings_that_lead_out_are_not_shown() {
    let outside = World::empty().with("secret.yaml", "semantics: hunter2\n");
    let world = World::new();
    world.link("gatewalk.yaml", outside.path("secret.yaml"));
    let text = world.refused();
    assert!(!text.contains("hunter2"), "a line of a file outside the workspace is shown: {text}");
}

#[test]
fn globs_do_not_lead_out() {
    let outside = World::new();
    let folder = outside.path("apps");
    for glob in
        [format!("{}/*.yaml", folder.display()), format!("apps/../../{}/apps/*.yaml", outside.path("").file_name().unwrap().display())]
    {
        let world = World::new().with("gatewalk.yaml", format!("apps: [\"{glob}\"]\n"));
        world.refused_with(&["error[bad-glob]: this glob leads out of the workspace", "gatewalk.yaml:1:8"]);
    }
}

#[test]
fn links_in_a_circle_end() {
    for (name, to) in [("apps/round", "."), ("apps/up", ".."), ("users/a/b", "../../users"), ("apps/self.yaml", "self.yaml")] {
        let world = World::new();
        world.link(name, to);
        world.refused_with(&["error[symlink-loop]", name]);
    }
    let world = World::new();
    world.link("apps/a.yaml", "b.yaml");
    world.link("apps/b.yaml", "a.yaml");
    world.refused_with(&["error[symlink-loop]", "apps/a.yaml", "apps/b.yaml"]);
    let world = World::new();
    world.link("gatewalk.yaml", "gatewalk.yaml");
    world.refused_with(&["gatewalk.yaml"]);
}

#[test]
fn a_link_to_nothing_is_a_problem() {
    for name in ["apps/gone.yaml", "overrides.json", "gatewalk.yaml"] {
        let world = World::new();
        world.link(name, "nowhere");
        world.refused_with(&["error[unreadable]", name]);
    }
    // What nobody would read may lead anywhere.
    let world = World::new();
    world.link("apps/notes.txt", "nowhere");
    world.accepted();
}

#[test]
fn links_inside_the_workspace_work() {
    let world = World::empty().with("shared/desk.yaml", APP).with("shared/people/crew.yaml", "userId: anna\nuserType: internal-user\n");
    world.link("apps/desk.yaml", "../shared/desk.yaml");
    world.link("users", "shared/people");
    world.accepted();
    let ran = world.run(&["check", "anna", "harbour-desk"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.starts_with("allow "), "{}", ran.out);
    assert!(ran.out.contains("apps/desk.yaml:3:12"), "the name that was found is the one that is shown: {}", ran.out);
}

#[test]
fn a_workspace_behind_a_link_works() {
    let world = World::new();
    let other = World::empty();
    other.link("here", world.path(""));
    let ran = other.run(&["validate", "-C", "here"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
}

#[test]
fn what_may_not_be_read_is_a_problem() {
    let world = World::new().with("users/crew.yaml", "userId: anna\n").with("overrides/a/desk.yaml", "chatAppId: harbour-desk\n");
    fs::set_permissions(world.path("users/crew.yaml"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(world.path("overrides/a"), fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(world.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = world.command(&["validate", "--ascii", "--color", "never"]);
    if almighty() {
        // Somebody who may not read everything, as far as this machine lets them start the program.
        command.uid(65534).gid(65534);
        if Command::new(GATEWALK).arg("--version").uid(65534).gid(65534).output().is_err() {
            return;
        }
    }
    let ran = finish(command, b"");
    fs::set_permissions(world.path("overrides/a"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(ran.code, Some(2), "{}{}", ran.out, ran.err);
    for word in ["error[unreadable]", "users/crew.yaml", "overrides/a"] {
        assert!(ran.out.contains(word), "{}", ran.out);
    }
}

#[test]
fn more_files_than_anyone_has_are_refused() {
    let world = World::new();
    for folder in 0..101 {
        let folder = world.path(format!("users/{folder:03}"));
        fs::create_dir_all(&folder).unwrap();
        for file in 0..1000 {
            fs::File::create(folder.join(format!("{file}.txt"))).unwrap();
        }
    }
    world.refused_with(&["error[too-many-files]", "100000"]);
}

#[test]
fn file_names_are_shown_harmlessly() {
    for name in ["a\nb.yaml", "a\u{1b}[2J.yaml", "a\u{202e}lmay.yaml", "::error::x.yaml", "a\u{85}b.yaml", " .yaml", "a\tb.yaml"] {
        let world = World::new();
        world.write(Path::new("apps").join(name), "chatAppId: [\n");
        let text = world.refused();
        assert!(text.contains("error[syntax]"), "{text}");
        nothing_hides(&text);
        let shown = text.lines().filter(|line| line.trim_start().starts_with("-->")).count();
        assert_eq!(shown, 1, "a name breaks its line: {text}");
    }
}

#[test]
fn answers_show_file_names_harmlessly() {
    let world = World::empty().with("users/crew.yaml", "userId: anna\n");
    world.write("apps/a\nb\u{1b}[2J\u{202e}.yaml", APP);
    for arguments in [&["check", "anna", "harbour-desk"][..], &["explain", "anna", "harbour-desk"], &["validate", "-v"]] {
        let ran = world.run(arguments);
        assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
        nothing_hides(&ran.out);
        nothing_hides(&ran.err);
    }
    let ran = world.run(&["check", "anna", "harbour-desk"]);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    let ran = world.run(&["explain", "anna", "harbour-desk", "--format", "json"]);
    let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(answer["steps"][0]["source"]["file"], "apps/a\nb\u{1b}[2J\u{202e}.yaml");
}

#[test]
fn names_that_are_not_text_are_not_passed_over() {
    let world = World::new();
    let name = |bytes: &[u8]| PathBuf::from(OsString::from_vec(bytes.to_vec()));
    world.write(name(b"apps/quay\xff.yaml"), "chatAppId: quay-desk\n");
    world.refused_with(&["apps/quay"]);
    // The same name as the one above, as far as it can be shown.
    let world = World::new();
    world.write(name(b"overrides/quay\xff.yaml"), "chatAppId: harbour-desk\nenabled: false\n");
    world.write("overrides/quay\u{fffd}.yaml", "# nothing\n");
    world.refused_with(&["overrides/quay"]);
}

#[test]
fn a_file_that_is_named_twice_or_missing() {
    let world = World::new();
    let ran = world.run(&["validate", "-f", "apps/gone.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("error[unreadable]") && ran.out.contains("apps/gone.yaml"), "{}", ran.out);
    let ran = world.run(&["validate", "-f", "apps/desk.yaml", "-f", "apps/../apps/desk.yaml"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    let ran = world.run(&["check", "x", "y", "-C", "no/such/folder"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("no/such/folder"), "{}", ran.err);
    let ran = world.run(&["validate", "-f", "apps"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
}

// ---------------------------------------------------------------- more than it looks

#[test]
fn depth_is_refused_at_once() {
    let deep = 100_000;
    let texts = [
        ("apps/x.yaml", "[".repeat(deep)),
        ("apps/x.yaml", format!("chatAppId: x\nfeatures: {}", "[".repeat(deep) + &"]".repeat(deep))),
        ("apps/x.yaml", format!("a: {}", "{a: ".repeat(deep) + &"}".repeat(deep))),
        ("apps/x.yaml", "- ".repeat(deep) + "x"),
        ("apps/x.yaml", "? ".repeat(deep) + "x"),
        ("apps/x.json", "[".repeat(deep) + &"]".repeat(deep)),
        ("apps/x.json", "{\"a\":".repeat(deep) + "1" + &"}".repeat(deep)),
        ("apps/x.ndjson", "[".repeat(deep)),
        ("users/x.csv", format!("userId,customData.{}a\nanna,x\n", "a.".repeat(deep))),
    ];
    for (name, text) in texts {
        let world = World::new().with(name, &text);
        let said = world.refused();
        assert!(said.contains(name), "{}", head(&said));
        let kinds = ["error[too-deep]", "error[syntax]", "error[complex-key]"];
        assert!(kinds.iter().any(|kind| said.starts_with(kind)), "{name}: {}", head(&said));
        assert!(said.len() < 4_000, "{name}: {} bytes are said about one file", said.len());
    }
}

#[test]
fn depth_has_its_own_name() {
    for (name, text) in [
        ("apps/x.yaml", "[".repeat(200) + &"]".repeat(200)),
        ("apps/x.yaml", format!("chatAppId: x\nfeatures: {}", "{a: ".repeat(200) + "x" + &"}".repeat(200))),
        ("apps/x.json", "[".repeat(200) + &"]".repeat(200)),
    ] {
        let world = World::new().with(name, text);
        world.refused_with(&["error[too-deep]", "32 levels", name]);
    }
}

#[test]
fn depth_on_the_command_line_is_refused() {
    let world = World::new();
    let user = format!("{{customData: {}}}", "[".repeat(10_000) + &"]".repeat(10_000));
    let ran = world.run(&["check", &user, "harbour-desk"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.len() < 4_000, "{} bytes are said", ran.err.len());
}

#[test]
fn thirty_two_levels_are_read() {
    let nested = "{a: ".repeat(30) + "{a: 1}" + &"}".repeat(30);
    World::new().with("users/crew.yaml", format!("userId: anna\ncustomData: {nested}\n")).accepted();
    let nested = "{\"a\": ".repeat(30) + "[]" + &"}".repeat(30);
    World::new().with("users/crew.json", format!("{{\"userId\": \"anna\", \"customData\": {nested}}}")).accepted();
}

#[test]
fn aliases_do_not_multiply() {
    let mut laughs = String::from("- &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for level in 1..30 {
        writeln!(laughs, "- &a{level} [{}]", vec![format!("*a{}", level - 1); 10].join(", ")).unwrap();
    }
    let world = World::new().with("users/crew.yaml", &laughs);
    let ran = world.shell("ulimit -v 600000; gatewalk validate --ascii --color never");
    assert_eq!(ran.code, Some(2), "{}", head(&ran.err));
    assert!(ran.out.contains("error[too-many-aliases]") && ran.out.contains("users/crew.yaml:"), "{}", head(&ran.out));
}

#[test]
fn a_million_aliases_end_at_the_first_too_many() {
    let mut text = String::from("- userId: anna\n  roles: &r [pilot]\n");
    for number in 0..1_000_000 {
        writeln!(text, "- {{userId: u{number}, roles: *r}}").unwrap();
    }
    let world = World::new().with("users/crew.yaml", &text);
    let said = world.refused();
    assert!(said.contains("error[too-many-aliases]") && said.contains("users/crew.yaml:103:"), "{}", head(&said));
    assert!(said.len() < 2_000, "{}", head(&said));
}

#[test]
fn anchors_do_not_copy_a_large_value_for_every_level() {
    // Each level names the whole that is below it.
    let open: String = (0..28).map(|level| format!("&l{level} [")).collect();
    let text = format!("- userId: anna\n  customData: {{a: {open}{}{}}}\n", "x, ".repeat(200_000), "]".repeat(28));
    let world = World::new().with("users/crew.yaml", &text);
    let ran = world.shell("ulimit -v 400000; gatewalk validate --ascii --color never");
    assert!(matches!(ran.code, Some(0 | 2)), "{}", head(&ran.err));
}

#[test]
fn a_hundred_aliases_are_read() {
    let mut text = String::from("- userId: anna\n  roles: &r [pilot]\n");
    for number in 0..100 {
        writeln!(text, "- {{userId: u{number}, roles: *r}}").unwrap();
    }
    World::new().with("users/crew.yaml", &text).accepted();
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = gzip(&vec![b' '; 100 << 20]);
    assert!(bomb.len() < 1 << 20);
    let world = World::new().with("users/crew.json.gz", &bomb);
    let ran = world.shell("ulimit -v 600000; gatewalk validate --ascii --color never");
    assert_eq!(ran.code, Some(2), "{}", head(&ran.err));
    assert!(ran.out.contains("error[too-large]") && ran.out.contains("users/crew.json.gz"), "{}", ran.out);
    // Many small members in a row are one stream.
    let member = gzip(&vec![b'\n'; 1 << 20]);
    let world = World::new().with("users/crew.json.gz", member.repeat(40));
    world.refused_with(&["error[too-large]"]);
}

#[test]
fn a_gzip_cut_anywhere_is_no_answer() {
    let whole = gzip(APP.as_bytes());
    for length in 0..whole.len() {
        let world = World::new().with("overrides/desk.yaml.gz", &whole[..length]);
        let found = world.problems();
        assert_eq!(found, ["bad-gzip overrides/desk.yaml.gz"], "cut after {length} bytes");
    }
    World::empty().with("apps/desk.yaml.gz", &whole).accepted();
    // Two members are one text.
    World::empty().with("apps/desk.yaml.gz", [gzip(&APP.as_bytes()[..10]), gzip(&APP.as_bytes()[10..])].concat()).accepted();
}

#[test]
fn a_line_of_fifty_megabytes_is_not_repeated() {
    let mut text = String::with_capacity(51 << 20);
    text.push_str("{\"users\": [{\"userId\": \"u\", \"customData\": {\"note\": \"");
    text.push_str(&"a".repeat(50 << 20));
    let column = text.chars().count() + 1;
    text.push_str("\"}}");
    let world = World::new().with("users/crew.json", &text);
    let said = world.refused();
    assert!(said.contains("error[syntax]") && said.contains(&format!("users/crew.json:1:{}", column + 3)), "{}", head(&said));
    assert!(said.len() < 2_000, "{} bytes are said about one place", said.len());
}

#[test]
fn a_long_name_is_not_repeated_whole() {
    let long = "a".repeat(1 << 20);
    let mut wrong = Vec::new();
    for (name, text) in [
        ("users/crew.yaml", format!("- userId: {long}\n- userId: {long}\n")),
        ("users/crew.json", format!("{{\"{long}\": 1, \"{long}\": 2}}")),
        ("users/crew.yaml", format!("userId: anna\nlastLogin: {long}\n")),
        ("users/crew.yaml", format!("userId: anna\nuserType: {long}\n")),
        ("users/crew.yaml", format!("userId: anna\nroles: {long}\n")),
        ("overrides/quay.yaml", format!("chatAppId: {long}\n")),
        ("users/crew.csv", format!("userId,{long}\n")),
        ("users/crew.csv", format!("userId,\"roles\n{}", "anna,pilot\n".repeat(50_000))),
        ("users/crew.yaml", format!("a: *{long}\n")),
        ("users/crew.json", format!("{{\"Items\": [], \"Count\": \"{long}\"}}")),
    ] {
        let said = World::new().with(name, &text).refused();
        if said.len() > 8_000 {
            let start: String = said.chars().take(60).collect();
            wrong.push(format!("{} bytes are said about {name}: {start}...", said.len()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn many_problems_on_one_line_take_no_quadratic_time() {
    // Two megabytes in one line, with a problem every hundred bytes.
    let user = |number: usize| {
        format!("{{\"userId\": \"u{number:07}\", \"userType\": \"captain\", \"customData\": {{\"note\": \"{}\"}}}}", "x".repeat(32))
    };
    let users: Vec<String> = (0..20_000).map(user).collect();
    let world = World::new().with("users/crew.json", format!("[{}]", users.join(",")));
    let said = world.refused();
    assert!(said.contains("error[unknown-value]"), "{}", head(&said));
}

#[test]
fn a_flood_of_problems_costs_no_more_than_a_multiple() {
    let world = World::new().with("users/crew.yaml", vec![1; 1 << 20]);
    let ran = world.shell("ulimit -v 1000000; gatewalk validate --ascii --color never");
    assert_eq!(ran.code, Some(2), "{}", head(&ran.err));
    assert!(ran.out.contains("error[control-character]"), "{}", head(&ran.out));
    assert!(ran.out.len() < 20 << 20, "{} bytes are said about one megabyte", ran.out.len());
}

#[test]
fn a_hundred_thousand_keys_take_no_quadratic_time() {
    let keys = |indent: &str, value: &str| (0..100_000).map(|n| format!("{indent}key{n}: {value}\n")).collect::<String>();
    World::new().with("users/crew.yaml", format!("userId: anna\ncustomData:\n{}", keys("  ", "x"))).accepted();
    let world = World::new().with("users/crew.yaml", format!("userId: anna\ncustomData:\n{}  key7: y\n", keys("  ", "x")));
    world.refused_with(&["error[duplicate-key]", "users/crew.yaml:100003:3"]);
    let keys: Vec<String> = (0..100_000).map(|n| format!("\"key{n}\": {n}")).collect();
    let world = World::new().with("users/crew.json", format!("{{\"userId\": \"anna\", \"customData\": {{{}}}}}", keys.join(", ")));
    world.accepted();
}

#[test]
fn a_hundred_thousand_unknown_fields_take_no_quadratic_time() {
    let fields: String = (0..100_000).map(|n| format!("key{n}: x\n")).collect();
    World::new().with("users/crew.yaml", format!("userId: anna\n{fields}")).accepted();
}

#[test]
fn a_hundred_thousand_features_take_no_quadratic_time() {
    let features: String = (0..100_000).map(|n| format!("  berth{n}: {{enabled: true}}\n")).collect();
    World::empty().with("apps/desk.yaml", format!("{APP}features:\n{features}")).accepted();
}

#[test]
fn a_hundred_thousand_site_features_take_no_quadratic_time() {
    let features: String = (0..100_000).map(|n| format!("  berth{n}: {{enabled: true}}\n")).collect();
    World::new().with("site/features.yaml", format!("siteFeatures:\n{features}")).accepted();
}

#[test]
fn a_hundred_thousand_roles_and_users_take_no_quadratic_time() {
    let roles: Vec<String> = (0..100_000).map(|n| format!("role{n}")).collect();
    let roles = roles.join(", ");
    let users: String = (0..100_000).map(|n| format!("- {{userId: u{n}}}\n")).collect();
    let world = World::empty().with("apps/desk.yaml", format!("chatAppId: harbour-desk\nenabled: true\nuserRoles: [{roles}]\n"));
    world.write("users/crew.yaml", users);
    world.write("users/one.yaml", format!("userId: anna\nroles: [{roles}]\n"));
    world.accepted();
    let ran = world.run(&["check", "anna", "harbour-desk"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn thousands_of_overrides_without_apps_take_no_quadratic_time() {
    let apps: String = (0..4_000).map(|n| format!("- {{chatAppId: harbour-desk-number-{n}}}\n")).collect();
    let overrides: String = (0..4_000).map(|n| format!("- {{chatAppId: harbor-dusk-numero-{n}}}\n")).collect();
    let said = World::empty().with("apps/desks.yaml", apps).with("overrides/desks.yaml", overrides).refused();
    assert!(said.contains("error[override-without-app]"), "{}", head(&said));
}

#[test]
fn a_long_field_name_takes_no_long_time() {
    let long = "e".repeat(20 << 20);
    World::new().with("users/crew.json", format!("{{\"userId\": \"anna\", \"{long}\": 1}}")).accepted();
}

#[test]
fn globs_do_not_explode() {
    for glob in [
        "{a,b}".repeat(500),
        "**/".repeat(300) + "*.yaml",
        "*".repeat(2_000),
        "[a-z]".repeat(2_000),
        "{".repeat(50_000),
        "{a,".repeat(5_000),
    ] {
        let world = World::new().with("gatewalk.yaml", format!("users: [\"{glob}\"]\n"));
        let ran = world.shell("ulimit -v 1500000; gatewalk validate --ascii --color never");
        assert!(matches!(ran.code, Some(0 | 2)), "{}: {}", head(&glob), head(&ran.err));
    }
    let world = World::new().with("users/crew.yaml", "userId: anna\n");
    for option in ["--user", "--target", "--role", "--entity"] {
        let ran = world.run(&["matrix", option, &"{a,b}*".repeat(300)]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", head(&ran.err));
    }
}

// ---------------------------------------------------------------- bytes and characters

#[test]
fn bytes_that_are_no_text_have_an_offset_and_a_line() {
    let world = World::new();
    world.write("users/crew.csv", b"userId\nanna\nj\xc3\xb6rg\nbj\xf6rn\n");
    world.refused_with(&["error[encoding]", "offset 20", "users/crew.csv:4"]);
    for order in ["utf-16le", "utf-16be"] {
        let units: Vec<u16> = "\u{feff}chatAppId: quay-desk\n".encode_utf16().collect();
        let swap = |unit: u16| if order == "utf-16le" { unit.to_le_bytes() } else { unit.to_be_bytes() };
        let bytes: Vec<u8> = units.into_iter().flat_map(swap).collect();
        World::new().with("apps/quay.yaml", bytes).refused_with(&["error[encoding]", "UTF-16", "apps/quay.yaml:1", "byte 0"]);
    }
}

#[test]
fn utf_16_without_a_mark_is_told_from_text() {
    let bytes: Vec<u8> = "chatAppId: quay-desk\nenabled: true\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let world = World::new().with("apps/quay.yaml", &bytes);
    assert_eq!(world.problems(), ["encoding apps/quay.yaml:1"]);
}

#[test]
fn a_mark_and_windows_line_ends_are_fine() {
    let dos = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let world = World::empty().with("apps/desk.yaml", dos(APP));
    world.write("overrides/desk.json", dos("{\n\"chatAppId\": \"harbour-desk\",\n\"enabled\": true, \"userRoles\": [\"pilot\"]\n}\n"));
    world.write("users/a.ndjson", dos("{\"userId\": \"anna\", \"roles\": [\"pilot\"]}\n{\"userId\": \"ben\"}\n\n"));
    world.write("users/b.csv", dos("userId,roles\ncleo,\"pilot\"\n\ndora,mate;pilot\n"));
    world.accepted();
    for (user, code) in [("anna", 0), ("ben", 1), ("cleo", 0), ("dora", 0)] {
        let ran = world.run(&["check", user, "harbour-desk"]);
        assert_eq!(ran.code, Some(code), "{user}: {}{}", ran.out, ran.err);
        assert!(!ran.out.contains('\r'), "{:?}", ran.out);
    }
    // The mark is no column, and a line end of two characters is one line end.
    let world = World::new().with("apps/quay.yaml", dos("chatAppId: a/b\nenabled: yes\n"));
    assert_eq!(world.problems(), ["app-id-character apps/quay.yaml:1:12", "wrong-type apps/quay.yaml:2:10"]);
    let world = World::new().with("users/crew.csv", dos("userId,userType\nanna,\n\nben,captain\n"));
    assert_eq!(world.problems(), ["unknown-value users/crew.csv:4:1"]);
}

#[test]
fn a_mark_inside_a_file_is_not_passed_over() {
    // Two files that were joined: the second mark would hide in the first name.
    let world = World::new().with("users/crew.ndjson", "\u{feff}{\"userId\": \"anna\"}\n\u{feff}{\"userId\": \"ben\"}\n");
    world.refused_with(&["users/crew.ndjson:2:1"]);
    let world = World::new().with("users/crew.yaml", "userId: anna\n---\n\u{feff}userId: ben\n");
    world.refused_with(&["users/crew.yaml:"]);
}

/// What may not stand in any text: it ends a line for some readers, acts on terminals, or reorders what is shown.
fn forbidden() -> impl Iterator<Item = (char, &'static str)> {
    let controls = (0..=0x1f).chain(0x7f..=0x9f).filter_map(char::from_u32).filter(|found| !"\t\n".contains(*found));
    let breaks = ['\u{2028}', '\u{2029}'];
    let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    controls.chain(breaks).map(|found| (found, "control-character")).chain(bidi.chars().map(|found| (found, "bidi-control")))
}

#[test]
fn raw_controls_are_refused_in_every_syntax() {
    for (found, code) in forbidden() {
        for (name, before, after) in [
            ("users/crew.yaml", "# moored", "enabled: true\nuserId: anna\n"),
            ("users/crew.yaml", "userId: anna\nfirstName: An", "na\n"),
            ("users/crew.yaml", "userId: anna\nfirstName: \"An", "na\"\n"),
            ("users/crew.yaml", "userId: anna\nfirstName: |\n  An", "na\n"),
            ("users/crew.json", "{\"userId\": \"anna\",\n \"firstName\": \"An", "na\"}"),
            ("users/crew.json", "{\"userId\": \"anna\"}\n", ""),
            ("users/crew.ndjson", "{\"userId\": \"anna\"}\n{\"userId\": \"ben\"}", ""),
            ("users/crew.csv", "userId,firstName\nanna,An", "na\n"),
            ("users/crew.csv", "userId,firstName\nanna,\"An", "na\"\n"),
            ("gatewalk.yaml", "# settings", "population: complete\n"),
        ] {
            let world = World::new().with(name, format!("{before}{found}{after}"));
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            let wanted = format!("{code} {name}:{line}:{column}");
            assert_eq!(world.problems(), [wanted], "U+{:04X}", u32::from(found));
        }
    }
}

#[test]
fn a_comment_never_becomes_a_grant() {
    for found in ["\u{85}", "\u{2028}", "\u{2029}", "\r", "\u{b}", "\u{c}"] {
        let world = World::empty()
            .with("apps/desk.yaml", format!("chatAppId: harbour-desk\n# later:{found}enabled: true\nuserTypes: [external-user]\n"));
        world.write("users/crew.yaml", "userId: anna\n");
        for arguments in [&["check", "anna", "harbour-desk"][..], &["matrix"], &["explain", "anna", "harbour-desk"]] {
            let ran = world.run(arguments);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
            assert!(ran.err.contains("control-character") && ran.err.contains("apps/desk.yaml:2:9"), "{}", ran.err);
            nothing_hides(&ran.err);
        }
    }
}

/// Characters that no name may have; each of another kind.
#[rustfmt::skip]
const HIDDEN: &[char] = &[
    '\0', '\u{7}', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{ad}', '\u{61c}', '\u{180e}', '\u{200b}', '\u{200c}',
    '\u{200d}', '\u{200e}', '\u{2028}', '\u{2029}', '\u{202e}', '\u{2060}', '\u{2064}', '\u{2066}', '\u{2069}', '\u{206a}', '\u{feff}',
    '\u{fff9}', '\u{e0001}', '\u{e0061}', '\u{34f}', '\u{115f}', '\u{3164}', '\u{fe00}', '\u{e0100}',
];

fn yaml_escape(found: char) -> String {
    format!("\\U{:08x}", u32::from(found))
}

fn json_escape(found: char) -> String {
    let mut units = [0; 2];
    found.encode_utf16(&mut units).iter().fold(String::new(), |text, unit| text + &format!("\\u{unit:04x}"))
}

#[test]
fn escaped_controls_are_refused_in_every_name() {
    for found in HIDDEN {
        let (yaml, json) = (yaml_escape(*found), json_escape(*found));
        for (name, text) in [
            ("users/crew.yaml", format!("userId: \"an{yaml}na\"\n")),
            ("users/crew.yaml", format!("userId: anna\nroles: [\"pi{yaml}lot\"]\n")),
            ("users/crew.yaml", format!("userId: anna\nentity: \"Al{yaml}ba\"\n")),
            ("users/crew.yaml", format!("userId: anna\ncustomData: {{ship: \"Al{yaml}ba\"}}\n")),
            ("users/crew.json", format!("{{\"userId\": \"an{json}na\"}}")),
            ("users/crew.json", format!("{{\"userId\": \"anna\", \"roles\": [\"pi{json}lot\"]}}")),
            ("users/crew.json", format!("{{\"userId\": \"anna\", \"customData\": {{\"ship\": \"{json}\"}}}}")),
            ("users/crew.ndjson", format!("{{\"Item\": {{\"userId\": {{\"S\": \"an{json}na\"}}}}}}")),
            ("apps/quay.yaml", format!("chatAppId: \"quay{yaml}\"\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nuserRoles: [\"{yaml}pilot\"]\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nallowedRoles: [\"{yaml}pilot\"]\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nrequiredRoles: [\"{yaml}pilot\"]\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nallowedEntities: [\"{yaml}Alba\"]\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nallowedUserIds: [\"{yaml}anna\"]\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\ndeniedUserIds: [\"{yaml}anna\"]\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nfeatures: {{\"berth{yaml}\": {{enabled: true}}}}\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\nfeatures: {{berth: {{enabled: true, userRoles: [\"{yaml}\"]}}}}\n")),
            ("apps/quay.yaml", format!("chatAppId: quay\noverride: {{exclusiveUserIdAccessControl: [\"{yaml}anna\"]}}\n")),
            ("overrides/desk.yaml", format!("chatAppId: harbour-desk\nexclusiveExternalAccessControl: [\"{yaml}Alba\"]\n")),
        ] {
            let world =
                World::new().with("site/entity.yaml", "siteFeatures: {entity: {enabled: true, attributeName: ship}}\n").with(name, &text);
            let found = world.problems();
            assert!(found.len() == 1 && found[0].starts_with(&format!("unsafe-name {name}:")), "{text} gives {found:?}");
        }
    }
}

#[test]
fn a_hidden_entity_on_the_command_line_is_refused() {
    let world = World::new().with("site/entity.yaml", "siteFeatures: {entity: {enabled: true, attributeName: ship}}\n");
    for user in ["{userId: \"an\\u202ena\"}", "{roles: [\"pi\\0lot\"]}", "{entity: \"\\u200b\"}", "{customData: {ship: \"Al\\u200bba\"}}"] {
        let ran = world.run(&["check", user, "harbour-desk"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{user}");
        assert!(ran.err.contains("error[unsafe-name]") && ran.err.contains("<command line>:1:"), "{user}: {}", ran.err);
    }
}

#[test]
fn reports_show_what_hides() {
    for found in HIDDEN.iter().copied().chain(forbidden().map(|(found, _)| found)) {
        let world = World::new();
        world.write("users/a.yaml", format!("userId: anna # {found}\n"));
        world.write("users/b.yaml", format!("userId: be{found}n\n"));
        world.write("users/c.json", format!("{{\"userId\": \"ben\", \"userId\": \"{found}\"}}"));
        world.write("apps/d.yaml", format!("chatAppId: \"a/b{}\"\n", yaml_escape(found)));
        let root = world.path("");
        let Err(invalid) = discover::load(&Request { root, files: Vec::new(), changes: None }) else {
            panic!("U+{:04X} is accepted", u32::from(found))
        };
        for text in render::problems(&invalid.sources, &invalid.problems, SO, Look { color: false, ascii: false, width: 100 }) {
            nothing_hides(&text);
        }
    }
}

#[test]
fn arguments_are_shown_harmlessly() {
    let world = World::new().with("users/crew.yaml", "userId: anna\n");
    let bad = "\u{1b}[2J\u{202e}\u{9b}x";
    for arguments in [
        &["check", bad, "harbour-desk"][..],
        &["check", "anna", bad],
        &["check", &format!("{{userType: \"{bad}\"}}"), "harbour-desk"],
        &["check", "{userType: \"\\e[2J\"}", "harbour-desk"],
        &["explain", "anna", &format!("harbour-desk/{bad}")],
        &["matrix", "--user", bad],
        &["matrix", "--target", bad],
        &["matrix", "--role", bad],
        &["check", "anna", "harbour-desk", "--at", bad],
        &["validate", bad],
        &["validate", "-f", bad],
        &["validate", "-C", bad],
        &["matrix", "-o", &format!("no/{bad}/x")],
    ] {
        let ran = world.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.out);
        nothing_hides(&ran.out);
        nothing_hides(&ran.err);
    }
    let ran = world.run(&["explain", "anna", "harbour-desk", "--with-role", bad, "--as-entity", bad]);
    nothing_hides(&ran.out);
}

// ---------------------------------------------------------------- names that mean something elsewhere

#[rustfmt::skip]
const STRANGE: &[&str] = &[
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "</script><img src=x onerror=alert(1)>", "::error::boom", "##[error]boom",
    "%0A::error::boom", "a|b", "`code`", "[link](http://example.org)", "*bold*", "_x_", "a\"b", "a,b", "a;b", "a'b", "a\\b", "&lt;",
    "#1", "~~x~~", "日本", "e\u{301}", "<!-- x", "${{ secrets }}", "$(id)", "../..", " lead", "trail ", "a\u{a0}b", "--help", "null", "",
];

/// Every strange name as a user, as a role and as an entity, and apps with names that are strange as far as apps may be.
fn strange() -> World {
    let world = World::empty();
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let ids: Vec<&str> = STRANGE.iter().copied().filter(|id| !id.is_empty()).collect();
    let users = ids.iter().map(|id| format!("{{\"userId\": {0}, \"roles\": [{0}], \"customData\": {{\"ship\": {0}}}}}\n", quoted(id)));
    world.write("users/crew.ndjson", users.collect::<String>());
    let roles: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
    let apps = ids.iter().filter(|id| !id.contains(['/', '#', ':', '{', '}'])).map(|id| {
        let features =
            format!("{{{0}: {{\"enabled\": true, \"userRoles\": [{0}], \"note\": \"\\u001b[2J\\u009b::error::\"}}}}", quoted("berth"));
        format!("{{\"chatAppId\": {}, \"enabled\": true, \"userRoles\": [{}], \"features\": {features}}}\n", quoted(id), roles.join(", "))
    });
    world.write("apps/desks.ndjson", apps.collect::<String>());
    world.write("site/entity.yaml", "siteFeatures: {entity: {enabled: true, attributeName: ship}}\n");
    world
}

fn strange_ids() -> impl Iterator<Item = &'static str> {
    STRANGE.iter().copied().filter(|id| !id.is_empty())
}

#[test]
fn strange_names_stay_in_their_cells() {
    let world = strange();
    world.accepted();
    let users: Vec<&str> = strange_ids().collect();
    let matrix = |arguments: &[&str]| {
        let ran = world.run(&[&["matrix", "--features"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        ran.out
    };
    for format in ["table", "csv", "markdown", "ndjson", "json"] {
        nothing_hides(&matrix(&["--format", format]));
    }
    let lines: Vec<Value> = matrix(&["--format", "ndjson"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut found: Vec<&str> = lines.iter().map(|line| line["user"].as_str().unwrap()).collect();
    found.dedup();
    assert_eq!(found, users, "users stand in the order of their definitions, byte for byte");

    let records = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), &["user", "target", "decision", "gate"][..]);
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = records(&matrix(&["--format", "csv"]));
    assert_eq!(safe.len(), lines.len());
    assert!(!safe.iter().flatten().any(|cell| runs(cell)), "a cell that a spreadsheet runs");
    let raw = records(&matrix(&["--format", "csv", "--raw"]));
    for ((line, raw), safe) in lines.iter().zip(&raw).zip(&safe) {
        let wanted: Vec<&str> = ["user", "target", "decision", "gate"].iter().map(|name| line[*name].as_str().unwrap()).collect();
        assert_eq!(raw, &wanted);
        let prefixed: Vec<String> = wanted.iter().map(|cell| if runs(cell) { format!("'{cell}") } else { (*cell).to_owned() }).collect();
        assert_eq!(safe, &prefixed);
    }

    let markdown = matrix(&["--format", "markdown"]);
    assert_eq!(markdown.lines().count(), lines.len() + 2);
    for line in markdown.lines() {
        let bars = line.char_indices().filter(|(at, found)| *found == '|' && !escaped(line, *at)).count();
        assert_eq!(bars, 5, "a cell opens another: {line}");
        assert!(!line.contains('<'), "{line}");
    }
}

/// Whether an odd number of backslashes stands before a place.
fn escaped(line: &str, at: usize) -> bool {
    line[..at].chars().rev().take_while(|found| *found == '\\').count() % 2 == 1
}

#[test]
fn strange_groups_stay_in_their_cells() {
    let world = strange();
    for group in ["role", "entity", "profile", "type"] {
        let ran = world.run(&["matrix", "--group-by", group, "--format", "csv"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let mut reader = csv::ReaderBuilder::new().from_reader(ran.out.as_bytes());
        for record in reader.records() {
            let record = record.expect("every record has as many fields as the header");
            assert!(!record.iter().any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{record:?}");
        }
        let ran = world.run(&["matrix", "--group-by", group, "--format", "markdown"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        nothing_hides(&ran.out);
    }
}

#[test]
fn strange_users_get_answers_of_one_line() {
    let world = strange();
    for id in strange_ids() {
        let ran = world.run(&["check", "--", id, "a|b"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{id}: {}", ran.out);
        assert_eq!(ran.out.lines().count(), 1, "{id}: {}", ran.out);
        assert!(ran.out.starts_with("allow "), "{}", ran.out);
        nothing_hides(&ran.out);
        for target in ["a|b/berth", "a|b/traces", "site#admin", "a|b/homePage"] {
            let ran = world.run(&["explain", "--", id, target]);
            assert!(matches!(ran.code, Some(0 | 1)), "{id}: {}", ran.err);
            nothing_hides(&ran.out);
            let ran = world.run(&["explain", "--format", "json", "--", id, target]);
            let answer: Value = serde_json::from_str(&ran.out).expect("one JSON document");
            assert_eq!(answer["user"], id);
        }
    }
}

#[test]
fn nothing_in_an_answer_commands_a_build() {
    let world = strange();
    let commands = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
    for arguments in [
        &["matrix"][..],
        &["matrix", "--group-by", "role"],
        &["check", "::error::boom", "a|b"],
        &["explain", "::error::boom", "a|b"],
        &["check", "::error::gone", "a|b"],
        &["check", "::error::boom", "::error::gone"],
    ] {
        let ran = world.run(arguments);
        for line in ran.out.lines().chain(ran.err.lines()) {
            assert!(!commands(line), "a build that prints this obeys it: {line}");
        }
    }
}

#[test]
fn settings_of_features_are_shown_harmlessly() {
    let ran = strange().run(&["explain", "a|b", "a|b/berth"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
    assert!(ran.out.contains("note"), "{}", ran.out);
    nothing_hides(&ran.out);
}

// ---------------------------------------------------------------- where answers go

/// Enough cells that an answer does not fit a pipe's buffer.
fn large() -> World {
    let users: String = (0..3_000).map(|n| format!("- {{userId: user-number-{n}}}\n")).collect();
    let apps: String = (0..10).map(|n| format!("- {{chatAppId: desk-number-{n}, enabled: true, userTypes: [external-user]}}\n")).collect();
    World::empty().with("users/crew.yaml", users).with("apps/desks.yaml", apps)
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let world = large();
    let mut wrong = Vec::new();
    for format in ["table", "csv", "ndjson", "json", "markdown"] {
        let ran = world.shell(&format!("{{ gatewalk matrix --format {format}; echo $? >&2; }} | head -1 >/dev/null"));
        if ran.err != "0\n" {
            wrong.push(format!("{format}: {}", ran.err));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let world = World::new().with("users/crew.yaml", "- x\n".repeat(5_000));
    let ran = world.shell("{ gatewalk validate; echo $? >&2; } | head -1 >/dev/null");
    assert_eq!(ran.err, "2\n");
    let ran = world.shell("gatewalk --help | true");
    assert_eq!(ran.err, "");
}

/// Questions whose answers go to standard output, and the exit code each has when it arrives.
const ANSWERS: &[(&str, i32)] = &[
    ("check anna harbour-desk", 0),
    ("check anna harbour-desk --format json", 0),
    ("check ben harbour-desk", 1),
    ("check ben harbour-desk --exit-zero", 0),
    ("explain anna harbour-desk", 0),
    ("explain anna harbour-desk --format json", 0),
    ("matrix", 0),
    ("matrix --format csv", 0),
    ("matrix --format json", 0),
    ("matrix --format ndjson", 0),
    ("matrix --format markdown", 0),
    ("matrix --summary", 0),
    ("validate", 0),
    ("validate --format json", 0),
];

fn small() -> World {
    World::new().with("users/crew.yaml", "- {userId: anna, userType: internal-user}\n- {userId: ben}\n")
}

#[test]
fn an_answer_that_is_lost_is_said_to_be() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let world = small();
    for (question, code) in ANSWERS {
        let ran = world.shell(&format!("gatewalk {question}"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(*code), ""), "{question}");
        let ran = world.shell(&format!("gatewalk {question} >/dev/full"));
        assert_eq!(ran.code, Some(2), "{question}");
        assert!(ran.err.contains("standard output"), "{question} says {:?}", ran.err);
    }
    let ran = large().shell("gatewalk matrix --format csv >/dev/full");
    assert_eq!(ran.code, Some(2));
    let broken = World::new().with("users/crew.yaml", "- x\n");
    for question in ["validate", "validate --format json"] {
        let ran = broken.shell(&format!("gatewalk {question} >/dev/full"));
        assert_eq!(ran.code, Some(2), "{question}");
        assert!(ran.err.contains("standard output"), "{question} says {:?}", ran.err);
    }
}

#[test]
fn help_that_is_lost_is_said_to_be() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let world = World::new();
    for question in ["--help", "--version", "check --help"] {
        let ran = world.shell(&format!("gatewalk {question} >/dev/full"));
        assert_eq!(ran.code, Some(2), "{question}");
        assert!(!ran.err.is_empty(), "{question} loses its text without a word");
    }
}

/// Rust opens `/dev/null` in place of a standard output that is closed, and nothing can tell that from a caller who did the same
/// on purpose: Python's `DEVNULL`, for one, is open for reading too. The exit code still answers.
#[test]
fn a_closed_output_does_not_change_the_exit_code() {
    let world = small();
    for (question, code) in [("check anna harbour-desk", 0), ("check '{userType: external-user}' harbour-desk", 1), ("matrix", 0)] {
        for closed in [">&-", "1<>/dev/null"] {
            let ran = world.shell(&format!("gatewalk {question} {closed}"));
            assert_eq!((ran.code, ran.err.as_str()), (Some(code), ""), "{question} {closed}");
        }
    }
}

#[test]
fn a_closed_standard_error_does_not_change_the_exit_code() {
    let world = World::new().with("users/crew.yaml", "- x\n");
    for end in ["2>&-", "2>/dev/full"] {
        let ran = world.shell(&format!("gatewalk check anna harbour-desk {end}"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{end}");
        let ran = world.shell(&format!("gatewalk no-such-command {end}"));
        assert_eq!(ran.code, Some(2), "{end}");
        let ran = small().shell(&format!("gatewalk validate -v {end}"));
        assert_eq!(ran.code, Some(0), "{end}");
    }
}

#[test]
fn a_file_is_written_whole() {
    let world = large();
    let ran = world.run(&["matrix", "--format", "csv"]);
    let to_file = world.run(&["matrix", "--format", "csv", "-o", "out.csv"]);
    assert_eq!((to_file.code, to_file.out.as_str(), to_file.err.as_str()), (Some(0), "", ""));
    assert_eq!(fs::read_to_string(world.path("out.csv")).unwrap(), ran.out);
    world.write("ordinary", "");
    let mode = |name: &str| fs::metadata(world.path(name)).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode("out.csv"), mode("ordinary"), "a new file is like any other new file");
    assert_eq!(world.names(""), ["apps", "ordinary", "out.csv", "users"]);
    let ran = world.shell("umask 027; gatewalk matrix -o masked.txt");
    assert_eq!((ran.code, mode("masked.txt")), (Some(0), 0o640));
    // A file that was there keeps its permissions.
    fs::set_permissions(world.path("out.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(world.run(&["matrix", "--summary", "--format", "csv", "--output", "out.csv"]).code, Some(0));
    assert_eq!(mode("out.csv"), 0o600);
    assert!(fs::read_to_string(world.path("out.csv")).unwrap().starts_with("target,allowed,denied\n"));
}

#[test]
fn every_command_writes_to_a_file_what_it_would_print() {
    let world = small();
    for (question, code) in ANSWERS {
        let ran = world.shell(&format!("gatewalk {question} --at 2026-01-31"));
        let to_file = world.shell(&format!("gatewalk {question} --at 2026-01-31 -o out"));
        assert_eq!((to_file.code, to_file.out.as_str()), (Some(*code), ""), "{question}");
        assert_eq!(fs::read_to_string(world.path("out")).unwrap(), ran.out, "{question}");
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing() {
    let world = small();
    for (place, word) in [
        ("no/such/out.csv", "no/such"),
        ("apps", "apps"),
        ("apps/", "apps"),
        (".", "."),
        ("apps/desk.yaml/out", "apps/desk.yaml"),
        ("", ""),
    ] {
        let ran = world.run(&["matrix", "-o", place]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "-o {place}");
        assert!(!ran.err.is_empty() && ran.err.contains(word), "-o {place}: {}", ran.err);
    }
    assert_eq!(world.names(""), ["apps", "users"]);
    assert_eq!(world.names("apps"), ["desk.yaml"]);
    assert_eq!(fs::read_to_string(world.path("apps/desk.yaml")).unwrap(), APP);
}

#[test]
fn a_folder_that_may_not_be_written_to_leaves_nothing() {
    let world = small();
    fs::create_dir(world.path("fixed")).unwrap();
    fs::set_permissions(world.path("fixed"), fs::Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(world.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = world.command(&["matrix", "-o", "fixed/out.csv"]);
    if almighty() {
        command.uid(65534).gid(65534);
        if Command::new(GATEWALK).arg("--version").uid(65534).gid(65534).output().is_err() {
            return;
        }
    }
    let ran = finish(command, b"");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("fixed"), "{}", ran.err);
    assert!(world.names("fixed").is_empty());
}

#[test]
fn a_disk_that_fills_up_leaves_nothing_half_written() {
    let world = large();
    world.write("out.csv", "what was there\n");
    for name in ["out.csv", "new.csv"] {
        let ran = world.shell(&format!("trap '' XFSZ; ulimit -f 8; gatewalk matrix --format csv -o {name}"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.contains(name), "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(world.path("out.csv")).unwrap(), "what was there\n");
    assert_eq!(world.names(""), ["apps", "out.csv", "users"]);
}

#[test]
fn a_file_is_kept_where_there_is_no_answer() {
    let broken = World::new().with("users/crew.yaml", "- x\n");
    let sound = small();
    for (world, arguments) in [
        (&broken, &["check", "anna", "harbour-desk"][..]),
        (&broken, &["explain", "anna", "harbour-desk"]),
        (&broken, &["matrix"]),
        (&sound, &["check", "nobody", "harbour-desk"]),
        (&sound, &["check", "anna", "no-desk"]),
        (&sound, &["matrix", "--user", "nobody*"]),
        (&sound, &["matrix", "--at", "yesterday"]),
        (&sound, &["matrix", "--format", "yaml"]),
    ] {
        world.write("out", "what was there\n");
        let ran = world.run(&[arguments, &["-o", "out"]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
        assert_eq!(fs::read_to_string(world.path("out")).unwrap(), "what was there\n", "{arguments:?}");
        assert_eq!(world.names(""), ["apps", "out", "users"]);
    }
}

#[test]
fn what_is_no_regular_file_is_not_replaced() {
    let world = small();
    if !world.fifo("pipe") {
        return;
    }
    // Somebody reads the pipe, so that an answer that is written into it arrives.
    let ran = world.shell("timeout 5 cat pipe >/dev/null & gatewalk matrix -o pipe; code=$?; kill $! 2>/dev/null; exit $code");
    assert!(matches!(ran.code, Some(0 | 2)));
    let kind = fs::symlink_metadata(world.path("pipe")).unwrap().file_type();
    assert!(kind.is_fifo(), "the pipe is gone: as root, `-o /dev/null` would replace the device");
}

#[test]
fn an_answer_is_found_where_a_link_was() {
    let world = small().with("real.txt", "what was there\n");
    world.link("out.txt", "real.txt");
    assert_eq!(world.run(&["check", "anna", "harbour-desk", "-o", "out.txt"]).code, Some(0));
    assert!(fs::read_to_string(world.path("out.txt")).unwrap().starts_with("allow "));
}

// ---------------------------------------------------------------- standard input

#[test]
fn standard_input_in_every_syntax() {
    let world = World::empty();
    for (input, users) in [
        ("chatApps:\n- chatAppId: harbour-desk\nusers:\n- userId: anna\n", 1),
        ("chatAppId: harbour-desk\n---\nuserId: anna\n---\nuserId: ben\n", 2),
        ("{\n \"chatApps\": [{\"chatAppId\": \"harbour-desk\"}],\n \"users\": [{\"userId\": \"anna\"}]\n}\n", 1),
        ("{\"chatAppId\": \"harbour-desk\"}\n{\"userId\": \"anna\"}\n{\"userId\": \"ben\"}\n", 2),
        ("[{\"chatAppId\": \"harbour-desk\"}, {\"userId\": \"anna\"}]", 1),
        ("\u{feff}{\"chatAppId\": \"harbour-desk\"}\r\n\r\n{\"userId\": \"anna\"}\r\n", 1),
    ] {
        let ran = world.run_with_input(&["validate", "-f", "-", "--format", "json"], input.as_bytes());
        assert_eq!(ran.code, Some(0), "{input}: {}", ran.out);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((answer["holds"]["apps"].as_u64(), answer["holds"]["users"].as_u64()), (Some(1), Some(users)), "{input}");
    }
    let world = World::new();
    for csv in ["userId,roles\nanna,pilot\nben,\n", "roles,userId\npilot,anna\n,ben\n", "\u{feff}user_id\r\nanna\r\nben\r\n"] {
        let ran = world.run_with_input(&["validate", "-f", "apps/desk.yaml", "-f", "-", "--format", "json"], csv.as_bytes());
        assert_eq!(ran.code, Some(0), "{csv}: {}", ran.out);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(answer["holds"]["users"].as_u64(), Some(2), "{csv}");
    }
}

#[test]
fn standard_input_with_a_quoted_header_is_csv() {
    let world = World::new();
    let ran = world.run_with_input(&["validate", "-f", "apps/desk.yaml", "-f", "-"], b"\"userId\",\"roles\"\n\"anna\",\"pilot\"\n");
    assert_eq!(ran.code, Some(0), "{}", ran.out);
}

#[test]
fn standard_input_takes_json_values_in_a_row_as_files_do() {
    let text = "{\n \"chatAppId\": \"harbour-desk\"\n}\n{\n \"userId\": \"anna\"\n}\n";
    World::empty().with("apps/desk.json", text).accepted();
    let ran = World::empty().run_with_input(&["validate", "-f", "-"], text.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.out);
}

#[test]
fn standard_input_is_not_trusted_either() {
    let world = World::empty();
    for (input, word) in [
        (&b"chatAppId: [\n"[..], "error[syntax]"),
        (b"chatAppId: a\nenabled: \xff\n", "error[encoding]"),
        (b"\xff\xfec\0", "error[encoding]"),
        (b"chatAppId: a # \x1b\n", "error[control-character]"),
        (b"{\"chatAppId\": \"a\", \"chatAppId\": \"b\"}", "error[duplicate-key]"),
        (b"{\"chatAppId\": \"a\"}\n{\"chatAppId\": \"a\"}\n", "error[duplicate-id]"),
        (b"{\"Items\": [], \"NextToken\": \"t\"}", "error[truncated-export]"),
        (b"\x1f\x8b\x08\0", "error["),
        (b"", "error[no-targets]"),
    ] {
        let ran = world.run_with_input(&["check", "{}", "a", "-f", "-"], input);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", String::from_utf8_lossy(input));
        assert!(ran.err.contains(word), "{}", ran.err);
        nothing_hides(&ran.err);
        assert!(word == "error[no-targets]" || ran.err.contains("<stdin>"), "{}", ran.err);
    }
    let ran = world.shell("gatewalk check '{}' a -f - <&-");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
}

// ---------------------------------------------------------------- exports

#[test]
fn an_export_that_is_complete_is_read() {
    for text in [
        "{\"Items\": [{\"userId\": {\"S\": \"anna\"}}], \"Count\": 1, \"ScannedCount\": 1, \"NextToken\": null}",
        "{\"Items\": [{\"userId\": {\"S\": \"anna\"}}], \"Count\": 1, \"ScannedCount\": 900, \"ConsumedCapacity\": null}",
        "{\"Items\": [{\"userId\": \"anna\"}], \"Count\": null, \"LastEvaluatedKey\": null}",
        "{\"Items\": [], \"Count\": 0}",
        "{\"users\": [{\"userId\": \"anna\"}], \"nextToken\": null}",
    ] {
        World::new().with("users/crew.json", text).accepted();
    }
}

#[test]
fn an_answer_of_an_interface_that_goes_on_is_refused() {
    for text in [
        "{\"users\": [{\"userId\": \"anna\"}], \"next_token\": \"t\"}",
        "{\"users\": [{\"userId\": \"anna\"}], \"lastEvaluatedKey\": {\"userId\": \"anna\"}}",
        "{\"Items\": [{\"userId\": \"anna\"}], \"lastEvaluatedKey\": {\"userId\": \"anna\"}}",
    ] {
        World::new().with("users/crew.json", text).refused_with(&["error[truncated-export]", "users/crew.json:1:"]);
    }
}

#[test]
fn definitions_beside_a_wrapper_are_read() {
    let world = World::empty().with(
        "apps/all.json",
        "{\"Items\": [{\"chatAppId\": \"harbour-desk\", \"enabled\": true}], \"Count\": 1, \"users\": [{\"userId\": \"anna\"}],\n \
         \"pikaConfig\": {\"siteFeatures\": {\"traces\": {\"enabled\": true}}}}",
    );
    let ran = world.run(&["validate", "--format", "json"]);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let holds = &answer["holds"];
    assert_eq!((holds["apps"].as_u64(), holds["users"].as_u64(), holds["features"].as_u64()), (Some(1), Some(1), Some(1)), "{}", ran.out);
}

#[test]
fn numbers_of_a_table_are_numbers() {
    for number in ["inf", "nan", "Infinity", "-NaN", "1e999", "0x10", "1_000", " 1", ""] {
        let text = format!("{{\"userId\": {{\"S\": \"anna\"}}, \"customData\": {{\"M\": {{\"deck\": {{\"N\": \"{number}\"}}}}}}}}");
        let world = World::new().with("users/crew.json", text);
        assert_eq!(world.problems(), ["dynamodb-value users/crew.json:1:62"], "{number}");
    }
}

#[test]
fn rows_of_preferences_are_counted_and_skipped() {
    let world =
        World::new().with("users/crew.ndjson", "{\"userId\": \"anna\"}\n{\"userId\": \"anna/prefs\"}\n{\"userId\": \"ben/prefs\"}\n");
    assert!(world.accepted().contains("2 rows of preferences"));
}

// ---------------------------------------------------------------- what is strange and still valid

#[test]
fn text_is_taken_as_written() {
    let ids = ["no", "0123", "1e3", "12:30", "0x1F", "1_000", ".5", "2026-01-31", "~x", "yes", "Null x", "0o17", "1.0", "-0", "+1"];
    let users: String = ids.iter().map(|id| format!("- {{userId: {id}, roles: [{id}]}}\n")).collect();
    let roles = ids.join(", ");
    let world = World::empty().with("users/crew.yaml", users);
    world.write("apps/desk.yaml", format!("chatAppId: 007\nenabled: true\nuserRoles: [{roles}]\n"));
    for id in ids {
        let ran = world.run(&["check", "--", id, "007"]);
        assert_eq!(ran.code, Some(0), "{id}: {}{}", ran.out, ran.err);
    }
    let ran = world.run(&["check", "1e3", "7"]);
    assert_eq!(ran.code, Some(2), "another spelling is another app");
    let ran = world.run(&["check", "1000", "007"]);
    assert_eq!(ran.code, Some(2), "another spelling is another user");
}

#[test]
fn fields_that_decide_nothing_block_nothing() {
    let world = World::empty()
        .with("apps/desk.yaml", format!("{APP}colour: blue\nmodesSupported: [standalone]\nnote: null\nshape: {{enabled: maybe}}\n"));
    world.write(
        "users/crew.yaml",
        "userId: anna\nuserType: internal-user\nroles: null\nnickname: A\ncustomData: {account_id: 1, accountId: 2}\n",
    );
    world.write("site/features.yaml", "siteFeatures: {userDataOverrides: {enabled: maybe}, berth: null}\n");
    world.accepted();
    assert_eq!(world.run(&["check", "anna", "harbour-desk"]).code, Some(0));
}

#[test]
fn null_is_absent() {
    for null in ["null", "~", "", "NULL", "Null"] {
        let world = World::empty().with("users/crew.yaml", format!("userId: anna\nuserType: {null}\nroles: {null}\nlastLogin: {null}\n"));
        world.write(
            "apps/desk.yaml",
            format!("chatAppId: harbour-desk\nenabled: true\nuserTypes: [external-user]\nuserRoles: {null}\noverride: {null}\n"),
        );
        world.accepted();
        assert_eq!(world.run(&["check", "anna", "harbour-desk"]).code, Some(0), "{null}");
    }
}

#[test]
fn looks_alike_is_not_equal() {
    let world = World::empty().with("apps/desk.yaml", "chatAppId: harbour-desk\nenabled: true\nuserRoles: [pilot, caf\u{e9}]\n");
    let users = ["Pilot", "pilot ", " pilot", "p\u{456}lot", "cafe\u{301}", "pilot\u{a0}", "pi*", "*"];
    let lines = users
        .iter()
        .enumerate()
        .map(|(n, role)| format!("{{\"userId\": \"u{n}\", \"roles\": [{}]}}\n", serde_json::to_string(role).unwrap()));
    world.write("users/crew.ndjson", lines.collect::<String>());
    world.accepted();
    for (n, role) in users.iter().enumerate() {
        assert_eq!(world.run(&["check", &format!("u{n}"), "harbour-desk"]).code, Some(1), "{role:?} is not `pilot`");
    }
}

#[test]
fn anchors_within_a_document_are_read() {
    let world = World::new().with("users/crew.yaml", "- userId: anna\n  roles: &r [pilot]\n- userId: ben\n  roles: *r\n");
    world.accepted();
    let world = World::new().with("users/crew.yaml", "- userId: anna\n  customData: {<<x: 1, \"<<\": 2}\n");
    world.accepted();
}

#[test]
fn times_are_instants() {
    #[rustfmt::skip]
    let good = [
        "2026-01-31", "2026-01-31T18:00:00Z", "2026-01-31T18:00Z", "2026-01-31T18:00:00.123456789Z", "2026-01-31T18:00:00+23:59",
        "2026-01-31T18:00:00-05:30", "2024-02-29", "\"2026-01-31\"", "2026-01-31t18:00:00z", "0001-01-01",
    ];
    #[rustfmt::skip]
    let bad = [
        "2026-01-31T18:00:00", "2026-01-31T18:00:60Z", "2016-12-31T23:59:60Z", "2026-01-31T18:00:00+24:00", "2026-01-31T18:00:00+00:60",
        "2026-02-29", "2026-13-01", "2026-1-31", "20260131", "2026-01-31T18Z", "2026-01-31T18:00:00.Z", "2026-01-31T18:00:00,5Z",
        "2026-01-31T18:00:00Z[UTC]", "2026-W05-6", "2026-031", "tomorrow", "1769882400", "2026-01-31T25:00:00Z", "2026-01-31T18:61:00Z",
        "2026-01-31T18:00:00+1:00", "2026-01-31T18:00:00\u{2212}01:00", "\u{662}\u{660}\u{662}\u{666}-01-31", "-2026-01-31",
        "+002026-01-31", "9999-12-31T23:59:59-23:59", "2026-01-31 ",
    ];
    for (name, field, head) in
        [("users/crew.yaml", "lastLogin", "userId: anna"), ("overrides/desk.yaml", "expires", "chatAppId: harbour-desk")]
    {
        for time in good {
            assert_eq!(World::new().with(name, format!("{head}\n{field}: {time}\n")).problems(), [""; 0], "{time}");
        }
        for time in bad {
            let world = World::new().with(name, format!("{head}\n{field}: \"{time}\"\n"));
            assert_eq!(world.problems(), [format!("bad-time {name}:2:{}", field.len() + 3)], "{time}");
        }
    }
    let world = small();
    for time in bad {
        let ran = world.run(&["check", "anna", "harbour-desk", &format!("--at={time}")]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{time}");
        assert!(ran.err.contains("--at"), "{}", ran.err);
    }
}

// ---------------------------------------------------------------- all that is wrong, and in order

#[test]
fn all_problems_of_all_files_are_shown() {
    let world = World::empty().with("apps/a.yaml", "chatAppId: [\n").with("apps/b.yaml", "chatAppId: b\nenabled: yes\n");
    world.write("users/c.csv", "userId\nanna\nanna\nben,x\n");
    world.write("users/d.json", "{\"userId\": }");
    world.write("users/e.ndjson", "{\"userId\": 1,}\n{\"userId\": \"x\", \"userType\": \"y\"}\n");
    let wanted = [
        "syntax apps/a.yaml",
        "wrong-type apps/b.yaml:2:10",
        "syntax users/c.csv:4:1",
        "syntax users/d.json:1:12",
        "syntax users/e.ndjson:1:14",
        "unknown-value users/e.ndjson:2:29",
        "duplicate-id users/c.csv:3:1",
    ];
    let found = world.problems();
    for wanted in wanted {
        assert!(found.iter().any(|found| found.starts_with(wanted)), "{wanted} is not in {found:?}");
    }
    assert_eq!(found.len(), wanted.len(), "{found:?}");
}

#[test]
fn problems_stand_in_the_order_of_files_and_places() {
    let world = World::empty().with(
        "apps/a.yaml",
        "chatAppId: a\nenabled: yes\nuserTypes: [crew]\napplyRulesAs: xor\noverride: {enabled: 1}\nfeatures: []\ntest: no\n",
    );
    assert_eq!(
        world.problems(),
        [
            "wrong-type apps/a.yaml:2:10",
            "unknown-value apps/a.yaml:3:13",
            "unknown-value apps/a.yaml:4:15",
            "wrong-type apps/a.yaml:5:21",
            "wrong-type apps/a.yaml:6:11",
            "wrong-type apps/a.yaml:7:7"
        ]
    );
}

#[test]
fn every_second_key_of_a_json_file_is_shown() {
    let world = World::new().with(
        "users/crew.json",
        "[\n{\"userId\": \"anna\", \"userId\": \"ben\"},\n{\"userId\": \"cleo\", \"roles\": [], \"roles\": []}\n]\n",
    );
    assert_eq!(world.problems(), ["duplicate-key users/crew.json:2:20", "duplicate-key users/crew.json:3:33"]);
}

#[test]
fn the_help_of_every_problem_is_harmless_and_short() {
    let world = World::new().with("users/crew.yaml", format!("userId: anna\nroles: \"{}\\e[2J\\u202e\"\n", "pilot ".repeat(50)));
    let text = world.refused();
    nothing_hides(&text);
    assert!(text.len() < 2_000, "{text}");
}

// ---------------------------------------------------------------- whatever comes

/// Files of the example companies, each with what its name promises.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds = Vec::new();
    let mut folders = vec![
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme"),
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pika-export"),
    ];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if [".yaml", ".json", ".ndjson", ".csv"].iter().any(|end| name.ends_with(end)) {
                seeds.push((name, fs::read(path).unwrap()));
            }
        }
    }
    assert!(seeds.len() > 15);
    seeds
}

/// Pieces that mean something to some reader.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n", "\r\n", "\r", "\t", " ", ":", ": ", "-", "- ", "---\n", "...\n", "?", "&a ", "*a", "<<: ", "!!str ", "%YAML 1.1\n", "|",
    ">-\n", "{", "}", "[", "]", ",", "\"", "'", "\\u0000", "\\ud800", "#", "\0", "\u{feff}", "\u{85}", "\u{2028}", "\u{202e}",
    "\u{1b}[2J", "é", "日", "\u{10ffff}", "null", "true", "~", "0", "-1e9", "chatAppId", "userId", "Items", "Count", "NextToken",
    "{\"S\":", "enabled: true", "exclusiveUserIdAccessControl", ";", "\"\"", "users", "/prefs", ":override",
];

fn mutated(seed: &[u8], other: &[u8], dice: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..dice.usize(1..6) {
        let at = dice.usize(0..=bytes.len());
        let length = dice.usize(0..24).min(bytes.len() - at);
        match dice.u8(0..7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.u8(0..8),
            1 if at < bytes.len() => bytes[at] = dice.u8(..),
            2 => drop(bytes.drain(at..at + length)),
            3 => drop(bytes.splice(at..at + length, dice.choice(PIECES).unwrap().bytes())),
            4 => drop(bytes.splice(at..at, dice.choice(PIECES).unwrap().bytes())),
            5 => {
                let from = dice.usize(0..other.len());
                let piece = other[from..(from + dice.usize(0..200)).min(other.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

#[test]
fn whatever_comes_is_read_or_refused() {
    let first = std::env::var("GATEWALK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0_u64);
    let seeds = seeds();
    let world = World::empty();
    let (mut refused, mut accepted) = (0, 0);
    for seed in first..first + 3_000 {
        let mut dice = fastrand::Rng::with_seed(seed);
        let (name, content) = dice.choice(&seeds).unwrap();
        let (_, other) = dice.choice(&seeds).unwrap();
        let bytes = mutated(content, other, &mut dice);
        // In its own file, or as the settings, or behind gzip.
        let (name, bytes) = match dice.u8(0..10) {
            0 => ("gatewalk.yaml".to_owned(), bytes),
            1 => (format!("{name}.gz"), gzip(&bytes)),
            2 => (format!("{name}.gz"), mutated(&gzip(content), other, &mut dice)),
            _ => (name.clone(), bytes),
        };
        let path = world.path(&name);
        fs::write(&path, &bytes).unwrap();
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let files = if name == "gatewalk.yaml" { Vec::new() } else { vec![path.clone()] };
            match discover::load(&Request { root: world.path(""), files, changes: None }) {
                Ok(workspace) => {
                    workspace.counts();
                    true
                }
                Err(invalid) => {
                    assert!(!invalid.problems.is_empty(), "refused without a reason");
                    for look in [Look { color: false, ascii: true, width: 100 }, Look { color: true, ascii: false, width: 40 }] {
                        let text: String = render::problems(&invalid.sources, &invalid.problems, SO, look).collect();
                        assert!(!text.is_empty());
                    }
                    false
                }
            }
        }));
        fs::remove_file(&path).unwrap();
        let Ok(whole) = outcome else {
            let kept = std::env::temp_dir().join(format!("gatewalk-seed-{seed}-{name}"));
            fs::write(&kept, &bytes).unwrap();
            panic!("GATEWALK_SEED={seed}: {name} makes it panic; the file is kept as {}", kept.display());
        };
        assert!(started.elapsed() < LONGEST, "GATEWALK_SEED={seed}: {name} takes {:?}", started.elapsed());
        if whole { accepted += 1 } else { refused += 1 }
    }
    assert!(refused > 500 && accepted > 50, "{refused} refused and {accepted} accepted: the mutations are too wild or too tame");
}

/// The list of codes that only run-time tests can show has to be shown here.
#[test]
fn codes_without_a_folder_are_shown_here() {
    let source = include_str!("hostile.rs");
    for code in [Code::Unreadable, Code::SymlinkLoop, Code::TooManyFiles, Code::OutsideWorkspace, Code::NotAFile] {
        assert!(source.contains(&format!("error[{}]", code.id())), "no test here shows {}", code.id());
    }
}

// ---------------------------------------------------------------- found by breaking

#[test]
fn nothing_beside_a_wrapper_is_dropped() {
    let app = "{\"chatAppId\":\"harbour-desk\",\"enabled\":true,\"userTypes\":[\"internal-user\"]}";
    for beside in ["\"overides\":[]", "\"override\":{\"enabled\":false}", "\"enabled\":false"] {
        for text in [
            format!("{{\"pikaConfig\":{{\"chatApps\":[{app}]}},{beside}}}"),
            format!("{{\"Item\":{app},{beside}}}"),
            format!("{{\"Items\":[{app}],\"Count\":1,{beside}}}"),
        ] {
            let world = World::empty().with("apps/desk.json", &text);
            world.refused();
        }
    }
    let world = World::empty().with("apps/desk.json", format!("{{\"Items\":[{app}],\"count\":2}}"));
    world.refused_with(&["truncated-export"]);
    let world = World::empty().with("apps/desk.json", format!("{{\"chatApps\":[{app}],\"count\":7,\"success\":true}}"));
    world.refused_with(&["truncated-export"]);
}

#[test]
fn a_link_means_what_its_own_place_means() {
    let world = World::new().with("shared/o.yaml", "chatAppId: harbour-desk\nenabled: false\n");
    world.link("overrides/desk.yaml", "../shared/o.yaml");
    let ran = world.shell("gatewalk check '{userType: internal-user}' harbour-desk");
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    let ran = world.shell("gatewalk check '{userType: internal-user}' harbour-desk -f apps/desk.yaml -f overrides/desk.yaml");
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    let ran = world.shell("gatewalk validate overrides/desk.yaml");
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
}

#[test]
fn an_output_that_is_a_link_to_nowhere_is_left_alone() {
    let world = small();
    world.link("out", "nowhere");
    let ran = world.shell("gatewalk check anna harbour-desk -o out");
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("it is a link that leads nowhere"), "{}", ran.err);
    let ran = world.shell("echo kept > log; gatewalk check anna harbour-desk -o /dev/stdout >> log; cat log");
    assert!(ran.out.starts_with("kept\nallow "), "{}", ran.out);
}

#[test]
fn a_command_at_the_edge_of_a_mark_is_broken_too() {
    for text in ["##[error]x", "[{##[error]\"userId\":\"u\"}]"] {
        let said = World::new().with("users/crew.json", text).refused();
        assert!(!said.contains("##["), "{said}");
    }
}

#[test]
fn wide_headers_long_aliases_and_many_globs_are_bounded() {
    let path = (0..30).map(|step| format!("s{step}")).collect::<Vec<_>>().join(".");
    let header = (0..40).map(|column| format!("customData.c{column}.{path}")).collect::<Vec<_>>().join(",");
    World::new().with("users/crew.csv", format!("userId,{header}\n")).refused_with(&["too-large", "users/crew.csv:1:1"]);
    let aliases = vec!["*a"; 100].join(",");
    let text = format!("userId: u\ncustomData: {{a: &a \"{}\", b: [{aliases}]}}\n", "x".repeat(1_000_000));
    World::new().with("users/crew.yaml", text).refused_with(&["too-many-aliases"]);
    for glob in ["apps//*.yaml", "apps/", "", "apps/./*.yaml"] {
        World::new().with("gatewalk.yaml", format!("apps: [\"{glob}\"]\n")).refused_with(&["bad-glob", "gatewalk.yaml:1:8"]);
    }
}

#[test]
fn a_definition_may_have_a_field_called_count() {
    let app = "{\"chatAppId\":\"quay\",\"enabled\":true,\"userTypes\":[\"internal-user\"],\"count\":7,\"nextToken\":\"x\"}";
    let ran = World::new().with("apps/quay.json", app).shell("gatewalk check '{userType: internal-user}' quay");
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
}
