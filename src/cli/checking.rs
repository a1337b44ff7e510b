//! `check`: what is wrong with a deck, without showing it.

use std::path::Path;
use std::sync::Arc;

use super::args::Check;
use super::{Outcome, counted, explaining, report, say};
use crate::import;
use crate::open::Trouble;
use crate::pipeline::Build;
use crate::prove::Against;
use crate::render::Cache;
use crate::source::{Disk, Files};

pub fn run(args: Check) -> anyhow::Result<Outcome> {
    let (entry, mut wishes) = args.deck.open()?;
    wishes.against = match &args.against {
        Some(article) => Some(against(article, args.all)?),
        None => None,
    };
    wishes.explain = args.explain_layout.map(|number| number as usize);
    let build = entry.build(&Disk::default(), &wishes, &mut Cache::default());
    if let Some(number) = wishes.explain {
        explaining::print(&build, number)?;
        return Ok(Outcome::Clean);
    }
    let outcome = report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    say(&summary(
        &entry.path().display().to_string(),
        &build,
        args.against.as_deref(),
    ));
    Ok(outcome)
}

/// Reads the article that a deck is held against.
fn against(article: &Path, all: bool) -> Result<Against, Trouble> {
    let bytes = Disk::default().read(article).map_err(|error| Trouble {
        what: format!("cannot read `{}`: {error}", article.display()),
        help: "give the article that the deck was made of".into(),
    })?;
    let record = import::record(article, &bytes);
    let name = article.file_name().unwrap_or_default().to_string_lossy();
    Ok(Against {
        record: Arc::new(record),
        name: name.into_owned(),
        all,
    })
}

fn summary(name: &str, build: &Build, article: Option<&Path>) -> String {
    let slides = counted(build.pages.order.len(), "slide", "slides");
    let found = match build.diagnostics.len() {
        0 => "nothing found".to_string(),
        n => counted(n, "finding", "findings"),
    };
    let mut res = format!("{name}: {slides}, {found}");
    if let (Some(tally), Some(article)) = (build.tally, article) {
        let n = tally.proven + tally.missed;
        let texts = counted(n, "text", "texts");
        res += &format!("; {} of {texts} in `{}`", tally.proven, article.display());
        if tally.skipped > 0 {
            let own = counted(tally.skipped, "slide", "slides");
            res += &format!(", {own} without `from` not looked at");
        }
    }
    res
}
