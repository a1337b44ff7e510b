//! The command line: one short function for each command, and all printing.

use std::io::{IsTerminal, Write};

use crate::diag::{Diagnostic, show};
use crate::layout::Wishes;
use crate::open::{Entry, Trouble};
use crate::pipeline::Build;
use crate::source::Disk;

mod args;
mod checking;
mod explaining;
mod exporting;
mod going;
mod helping;
mod importing;
mod keeping;
mod keys;
mod mending;
mod printing;
mod publishing;
mod rehearsing;
mod reporting;
mod sharing;
mod showing;
mod updating;
mod watching;

use args::{Command, Deck};

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to say.
    Clean = 0,
    /// Something was found in the deck, and said.
    Findings = 1,
    /// The command could not do its work.
    Failed = 2,
}

/// Runs the program with the arguments of the process.
pub fn run() -> Outcome {
    let command = match args::read() {
        Ok(command) => command,
        Err(outcome) => return outcome,
    };
    let res = match command {
        Command::Import(args) => importing::run(&args),
        Command::Check(args) => checking::run(args),
        Command::Present(args) => showing::present(args),
        Command::Rehearse(args) => rehearsing::run(args),
        Command::Watch(args) => watching::run(args),
        Command::Goto(args) => going::run(&args),
        Command::Export(args) => exporting::run(args),
        Command::Help(args) => helping::run(&args),
    };
    res.unwrap_or_else(|error| {
        complain(&error);
        Outcome::Failed
    })
}

// ---- printing

/// One line for the user. A closed pipe is no fault of ours.
fn say(line: &str) {
    if keys::is_lent() {
        return;
    }
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// One line for the user where standard output is something else.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn complain(error: &anyhow::Error) {
    let mut stderr = std::io::stderr();
    let causes: Vec<String> = error
        .chain()
        .skip(1)
        .map(|cause| format!(": {cause}"))
        .collect();
    let _ = writeln!(stderr, "error: {error}{}", causes.concat());
    if let Some(trouble) = error.downcast_ref::<Trouble>() {
        let _ = writeln!(stderr, "help: {}", trouble.help);
    }
}

fn is_at_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

fn wants_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal()
        && !is_set("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Prints what was found and says how it counts.
fn report(build: &Build) -> Outcome {
    let mut stderr = std::io::stderr();
    for diagnostic in &build.diagnostics {
        let _ = writeln!(
            stderr,
            "{}\n",
            show::terminal(diagnostic, &build.sources, wants_colour())
        );
    }
    counting(build)
}

/// How what was found counts: an opinion does not.
fn counting(build: &Build) -> Outcome {
    if build.diagnostics.iter().all(Diagnostic::is_note) {
        Outcome::Clean
    } else {
        Outcome::Findings
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

impl Deck {
    /// What it names, looked at through `disk`, which then knows it.
    fn open(self, disk: &Disk) -> Result<(Entry, Wishes), Trouble> {
        let entry = Entry::find(disk, self.deck.as_deref())?;
        let entry = entry.wishing(disk, self.amount.wishes())?;
        let name = entry.name();
        Ok((
            entry,
            Wishes {
                theme: self.theme,
                name,
                against: None,
                trusted: self.trust,
                explain: None,
            },
        ))
    }
}
