//! `check`: what is wrong with a deck, without showing it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Check, Format, Looking, Place};
use super::{Outcome, counted, counting, explaining, mending, report, say};
use crate::browser::Browser;
use crate::check::{Room, Rules, Speller, remote_links};
use crate::diag::nearest::nearest;
use crate::diag::{Severity, explain, machine};
use crate::export;
use crate::import;
use crate::layout::Wishes;
use crate::online::{self, Answer};
use crate::open::{Entry, Trouble};
use crate::pipeline::Build;
use crate::prove::Against;
use crate::render::Cache;
use crate::source::{Disk, Files};

pub fn run(args: Check) -> anyhow::Result<Outcome> {
    if let Some(code) = &args.looking.explain {
        return Ok(tell(code)?);
    }
    let disk = Disk::default();
    let (entry, mut wishes) = args.deck.open(&disk)?;
    wishes.against = match &args.against {
        Some(article) => Some(against(article, args.all)?),
        None => None,
    };
    wishes.explain = args.explain_layout.map(|number| number as usize);
    if let Some(number) = wishes.explain {
        let build = entry.build(&disk, &wishes, &mut Cache::of_one_build());
        explaining::print(&build, number)?;
        return Ok(Outcome::Clean);
    }
    let desk = Desk {
        entry: &entry,
        wishes: &wishes,
        looking: &args.looking,
    };
    if args.mending.fix {
        mending::run(&desk, &args.mending)?;
    }
    let (build, unasked) = desk.build(&disk)?;
    let outcome = match args.looking.format {
        Format::Human => report(&build),
        format => {
            let text = written(format, &build);
            let _ = std::io::stdout().write_all(text.as_bytes());
            counting(&build)
        }
    };
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    if args.looking.format == Format::Human {
        say(&summary(
            &entry.path().display().to_string(),
            &build,
            args.against.as_deref(),
        ));
        for words in unasked {
            say(&words);
        }
    }
    Ok(outcome)
}

/// What is checked, and how.
pub struct Desk<'a> {
    /// The deck.
    pub entry: &'a Entry,
    /// How it is built.
    pub wishes: &'a Wishes,
    /// What is looked for.
    pub looking: &'a Looking,
}

impl Desk<'_> {
    /// One line for the user, beside what a program reads.
    pub fn tell(&self, line: &str) {
        match self.looking.format {
            Format::Human => say(line),
            _ => {
                let _ = writeln!(std::io::stderr(), "{line}");
            }
        }
    }

    /// The deck with all that was found in it, and what was not looked at, a
    /// sentence each.
    pub fn build(&self, files: &dyn Files) -> anyhow::Result<(Build, Vec<String>)> {
        let browser = self.looking.browser.as_ref().map(Option::as_deref);
        self.build_with(files, browser, self.looking.online)
    }

    /// The same without asking a browser or the web.
    pub fn build_unmeasured(&self, files: &dyn Files) -> anyhow::Result<(Build, Vec<String>)> {
        self.build_with(files, None, false)
    }

    fn build_with(
        &self,
        files: &dyn Files,
        browser: Option<Option<&Path>>,
        online: bool,
    ) -> anyhow::Result<(Build, Vec<String>)> {
        let mut build = self
            .entry
            .build(files, self.wishes, &mut Cache::of_one_build());
        let mut rules = build.take_rules();
        self.set_levels(&mut rules)?;
        match self.looking.room {
            Some(Place::Small) => rules.room = Some(Room::Small),
            Some(Place::Hall) => rules.room = Some(Room::Hall),
            None => {}
        }
        let mut unasked = Vec::new();
        unasked.extend(self.speller(&build, files, &mut rules)?);
        if online {
            unasked.extend(ask_the_web(&build, &mut rules)?);
        }
        let found = browser
            .map(|program| {
                let browser = Browser::find(program, build.plan.trusted, "measure")?;
                browser.measure(&export::measuring(&build.pages))
            })
            .transpose()?;
        rules.with_browser = found.is_some();
        if found.iter().flatten().any(|slide| slide.pale.is_none()) {
            unasked
                .push("contrast was not measured: this browser draws no pages as pictures".into());
        }
        build.inspect(files, self.entry.path(), &rules, found.as_deref());
        Ok((build, unasked))
    }

    fn set_levels(&self, rules: &mut Rules) -> Result<(), Trouble> {
        let said = [
            (&self.looking.deny, Some(Severity::Error)),
            (&self.looking.warn, Some(Severity::Warning)),
            (&self.looking.allow, None),
        ];
        for (codes, level) in said {
            for code in codes {
                known(code)?;
                rules.levels.set(code, level);
            }
        }
        Ok(())
    }

    /// Reads the dictionary, if there is one.
    fn speller(
        &self,
        build: &Build,
        files: &dyn Files,
        rules: &mut Rules,
    ) -> Result<Option<String>, Trouble> {
        let (lang, words) = build.spelling();
        let dictionary = match &self.looking.dictionary {
            Some(path) => path.with_extension(""),
            None => match dictionary(lang) {
                Some(path) => path,
                None => {
                    let words =
                        format!("spelling was not looked at: no dictionary for `{lang}` here");
                    return Ok(Some(words));
                }
            },
        };
        let disk = Disk::default();
        let read = |ending: &str| {
            let path = ended(&dictionary, ending);
            disk.read(&path).map_err(|error| Trouble {
                what: format!("cannot read the dictionary `{}`: {error}", path.display()),
                help: "give the path of a file `NAME.dic` that lies beside `NAME.aff`".into(),
            })
        };
        let words = build.text_within(files, words);
        let speller = Speller::new(&read("aff")?, &read("dic")?, &words);
        rules.speller = Some(speller.map_err(|error| Trouble {
            what: format!("`{}` is no dictionary: {error}", dictionary.display()),
            help: "name another one with `--dictionary`".into(),
        })?);
        Ok(None)
    }
}

/// Has the web asked whether links to it lead somewhere; says which did not
/// answer.
fn ask_the_web(build: &Build, rules: &mut Rules) -> Result<Vec<String>, Trouble> {
    let mut silent = Vec::new();
    for (address, answer) in online::ask(&remote_links(&build.plan))? {
        match answer {
            Answer::Good => {}
            Answer::Gone(who) => {
                rules.gone.insert(address, who);
            }
            Answer::Unknown(why) => silent.push(format!("{address} was not reached: {why}")),
        }
    }
    Ok(silent)
}

/// A dictionary's name with an ending; a name may have points of its own.
fn ended(path: &Path, ending: &str) -> PathBuf {
    let mut res = path.as_os_str().to_owned();
    res.push(".");
    res.push(ending);
    res.into()
}

/// The dictionary of a language among those of the system, without its ending.
/// `DICPATH` says where they lie, as for Hunspell itself.
fn dictionary(lang: &str) -> Option<PathBuf> {
    const FOLDERS: [&str; 5] = [
        "/usr/share/hunspell",
        "/usr/share/myspell/dicts",
        "/usr/share/myspell",
        "/opt/homebrew/share/hunspell",
        "/Library/Spelling",
    ];
    let folders: Vec<PathBuf> = match std::env::var_os("DICPATH") {
        Some(paths) => std::env::split_paths(&paths).collect(),
        None => FOLDERS.map(PathBuf::from).to_vec(),
    };
    let tag = lang.replace('-', "_").to_lowercase();
    let language = tag.split('_').next().unwrap_or_default().to_string();
    let usual = match language.as_str() {
        "en" => "en_us".to_string(),
        other => format!("{other}_{other}"),
    };
    let disk = Disk::default();
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| disk.list(folder))
        .flatten()
        .filter(|path| path.extension().is_some_and(|ending| ending == "dic"))
        .map(|path| path.with_extension(""))
        .collect();
    let rank = |path: &PathBuf| {
        let stem = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = stem.replace('-', "_").to_lowercase();
        [&tag, &usual, &language]
            .iter()
            .position(|wanted| **wanted == stem)
            .or_else(|| stem.starts_with(&format!("{language}_")).then_some(3))
    };
    found.retain(|path| rank(path).is_some());
    found.into_iter().min_by_key(rank)
}

/// Refuses a code that is none.
fn known(code: &str) -> Result<&'static explain::Entry, Trouble> {
    explain::find(code).ok_or_else(|| {
        let codes = explain::all().iter().map(|entry| entry.code);
        let help = match nearest(code, codes) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a code is what stands in brackets behind `warning`: `missing-alt`".into(),
        };
        Trouble {
            what: format!("there is no finding with the code `{code}`"),
            help,
        }
    })
}

fn tell(code: &str) -> Result<Outcome, Trouble> {
    let entry = known(code)?;
    let fixable = if entry.is_fixable {
        ", can be mended by `--fix`"
    } else {
        ""
    };
    say(&format!(
        "{} ({}{fixable})\n\n{}",
        entry.code, entry.level, entry.text
    ));
    Ok(Outcome::Clean)
}

fn written(format: Format, build: &Build) -> String {
    let (found, sources) = (&build.diagnostics, &build.sources);
    match format {
        Format::Human | Format::Short => machine::short(found, sources),
        Format::Json => machine::json(found, sources),
        Format::Sarif => machine::sarif(found, sources),
        Format::Github => machine::github(found, sources),
    }
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
    let of = build.diagnostics.iter();
    let n_notes = of.filter(|found| found.is_note()).count();
    let found = match build.diagnostics.len() - n_notes {
        0 => "nothing found".to_string(),
        n => counted(n, "finding", "findings"),
    };
    let mut res = format!("{name}: {slides}, {found}");
    if n_notes > 0 {
        res += &format!(", {}", counted(n_notes, "note", "notes"));
    }
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
