//! A page that is given away: what is left out of it, what it weighs, where it
//! will lie.

use super::Outcome;
use super::args::PageArgs;
use crate::export::{self, Form, Notes, Weight};
use crate::open::Trouble;
use crate::pipeline::Build;
use crate::render::{Cache, Pages, without_notes};

/// Refuses what only a page can be asked.
pub fn refuse(form: Form, args: &PageArgs) -> Result<(), Trouble> {
    if form == Form::Html || !args.report && args.url.is_none() {
        return Ok(());
    }
    Err(Trouble {
        what: format!("`--report` and `--url` say nothing about `{}`", form.name()),
        help: "leave them out, or write HTML with `--to html`".into(),
    })
}

/// The deck as it is wanted in HTML.
pub fn page(build: &Build, cache: &mut Cache, notes: Option<Notes>, args: &PageArgs) -> Pages {
    let mut pages = match notes {
        None | Some(Notes::On | Notes::Only) => Pages::clone(&build.pages),
        Some(Notes::Off) => without_notes(&build.plan, &build.pages, cache),
    };
    export::slim(&mut pages);
    if let Some(url) = &args.url {
        pages.head.url.clone_from(url);
    }
    pages
}

/// Says what weighs what, where it does not get into a file that is written to
/// standard output.
pub fn tell(weights: &[Weight]) {
    for line in table(weights) {
        super::tell(&line);
    }
}

/// The parts of a file and what they weigh, one a line.
fn table(weights: &[Weight]) -> Vec<String> {
    let all: usize = weights.iter().map(|weight| weight.bytes).sum();
    let line = |what: &str, bytes: usize| {
        let percent = 100.0 * bytes as f64 / all as f64;
        format!("{:>9.1} KB {percent:>4.0} %  {what}", bytes as f64 / 1000.0)
    };
    let mut res: Vec<String> = weights
        .iter()
        .map(|weight| line(&weight.what, weight.bytes))
        .collect();
    if !res.is_empty() {
        res.push(line("in all", all));
    }
    res
}

/// How an export counts that may weigh no more than so much.
pub fn within(outcome: Outcome, bytes: usize, budget: Option<u64>) -> Outcome {
    let Some(budget) = budget.filter(|budget| bytes as u64 > *budget) else {
        return outcome;
    };
    let kilobytes = |bytes: u64| bytes.div_ceil(1000);
    super::tell(&format!(
        "warning: the file has {} KB, {} more than its budget of {} KB\nhelp: `--report` says what \
         of it weighs what",
        kilobytes(bytes as u64),
        kilobytes(bytes as u64 - budget),
        kilobytes(budget)
    ));
    match outcome {
        Outcome::Clean => Outcome::Findings,
        Outcome::Findings | Outcome::Failed => outcome,
    }
}
