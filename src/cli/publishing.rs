//! A page that is given away: what is left out of it, what it weighs, where it
//! will lie.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::{PageArgs, Pictures};
use crate::deck::{Asset, Plan};
use crate::export::{self, Form, Notes, Weight};
use crate::open::Trouble;
use crate::pipeline::Build;
use crate::render::{Cache, Pages, without_notes};

/// Refuses what only a page can be asked.
pub fn refuse(form: Form, args: &PageArgs) -> Result<(), Trouble> {
    if !matches!(form, Form::Html | Form::Pptx) && args.pictures.is_some() {
        return Err(Trouble {
            what: format!("`--pictures` says nothing about `{}`", form.name()),
            help: "leave it out, or write `--to html` or `--to pptx`".into(),
        });
    }
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
    pages.assets = pictures(&build.plan, &pages.assets, args.pictures);
    if let Some(url) = &args.url {
        pages.head.url.clone_from(url);
    }
    pages
}

/// The file of the picture that links to a page show.
pub fn card_beside(page: &Path) -> Result<PathBuf, Trouble> {
    if page.as_os_str() == "-" {
        return Err(Trouble {
            what: "`--card` writes a picture beside a file, and there is none".into(),
            help: "name the file with `-o`".into(),
        });
    }
    Ok(page.with_extension("png"))
}

/// The address of a file that lies beside a page.
pub fn beside_url(url: &str, file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let host = url.find("://").map_or(0, |at| at + 3);
    let folder = match url[host..].rfind('/') {
        Some(at) => &url[..=host + at],
        None => &format!("{url}/"),
    };
    format!("{folder}{}", name.replace(' ', "%20"))
}

/// Some pictures of a deck as they are given away: without what nobody sees, and
/// with no more points than anybody sees.
pub fn pictures(
    plan: &Plan,
    assets: &BTreeMap<String, Asset>,
    wanted: Option<Pictures>,
) -> BTreeMap<String, Asset> {
    let mut res = assets.clone();
    if wanted != Some(Pictures::Original) {
        export::scale(&mut res, &plan.frames, plan.head.size);
    }
    export::slim(&mut res);
    res
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
