//! The command-line tool; all it knows of access it knows from the library.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
